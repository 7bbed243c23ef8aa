package token_test

import (
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/internal/token"
)

func BenchmarkAppend(b *testing.B) {
	text := strings.Repeat("ASTANA, Feb 28 (Reuters) - The U.S. envoy, J. Smith, met Kazakhstan's\npresident on Tuesday. \"Talks go on,\" he said.\n\n", 100)
	var words []token.Word
	var sentences []token.Sentence
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		words, sentences = token.Append(words[:0], sentences[:0], text)
	}
}
