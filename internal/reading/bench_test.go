package reading_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// BenchmarkStages is each stage before resolution by itself, on news.
func BenchmarkStages(b *testing.B) {
	files, err := filepath.Glob("../../testdata/news/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no texts: %v", err)
	}
	var texts []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	text := strings.Join(texts, "\n\n")
	g, m := gazetteer.Default(), model.Default()
	var d reading.Document
	d.Read(text, g, nil)
	var words []token.Word
	var sentences []token.Sentence
	var scratch model.Scratch
	var names []model.Name
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"words", func() { words, sentences = token.Append(words[:0], sentences[:0], text) }},
		{"words and listed names", func() { d.Divide(text, g) }},
		{"tags", func() { d.Tag(nil) }},
		{"model", func() { names = m.Append(names[:0], &d, &scratch, 0.01) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				stage.run()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(d.Words)), "ns/word")
		})
	}
}
