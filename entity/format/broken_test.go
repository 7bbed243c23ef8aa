package format_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
)

// TestBroken: where bytes are not UTF-8, within names and beside them, every format has
// offsets that are right in the text as decoders of other languages read it.
func TestBroken(t *testing.T) {
	pieces := []string{
		"\xe2\x82", "\xf0\x9f\x90", "\xff", "\xc3", "\x80", "\xed\xa0\x80", "\x85", "\u202e", "é", "🐎", "a",
		"Osh", "Moscow", " ", "\n", "\r", "\t", "=", "\"", ",", "-", "'",
	}
	tagger := entity.New()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		text := ""
		for range random.IntN(14) {
			text += pieces[random.IntN(len(pieces))]
		}
		for _, entities := range [][]entity.Entity{tagger.Append(nil, text), anywhere(text, 1+i%7)} {
			for _, name := range format.Names() {
				header := format.Header{ID: json.RawMessage(`{"a":1}`)}
				check[name](t, write(t, name, header, text, entities), text, entities)
				if t.Failed() {
					t.Fatalf("%s of %q", name, text)
				}
			}
		}
	}
}
