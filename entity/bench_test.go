package entity_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jdkato/prose/v2"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/prosetag"
	"github.com/steppe-ner/steppe/gazetteer"
)

// news returns the texts of testdata/news.
func news(b *testing.B) []string {
	files, err := filepath.Glob("../testdata/news/*.txt")
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
	return texts
}

// proseRate is what prose's NewDocument does with the same texts on this
// machine, in bytes a second.
var proseRate = sync.OnceValue(func() float64 {
	file, err := os.ReadFile("../testdata/news/visit.txt")
	if err != nil {
		return 0
	}
	start := time.Now()
	n := 0
	for range 2 {
		if _, err := prose.NewDocument(string(file)); err != nil {
			return 0
		}
		n += len(file)
	}
	return float64(n) / time.Since(start).Seconds()
})

// measure runs f over the texts and reports bytes a second, and how many times
// as fast as prose that is in the same run.
func measure(b *testing.B, texts []string, f func(text string)) {
	n := 0
	for _, t := range texts {
		n += len(t)
	}
	rate := proseRate()
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			f(t)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/rate, "x-prose")
}

// BenchmarkTagger is the whole: words, listed names, tags, resolution.
func BenchmarkTagger(b *testing.B) {
	tagger := entity.New()
	var dst []entity.Entity
	measure(b, news(b), func(text string) { dst = tagger.Append(dst[:0], text) })
}

// BenchmarkTaggerParallel is the whole on all cores.
func BenchmarkTaggerParallel(b *testing.B) {
	tagger := entity.New()
	text := strings.Join(news(b), "\n\n")
	b.SetBytes(int64(len(text)))
	b.RunParallel(func(pb *testing.PB) {
		var dst []entity.Entity
		for pb.Next() {
			dst = tagger.Append(dst[:0], text)
		}
	})
}

// BenchmarkGazetteer is the gazetteer alone.
func BenchmarkGazetteer(b *testing.B) {
	g := gazetteer.Default()
	measure(b, news(b), func(text string) {
		for range g.Match(text) {
		}
	})
}

// BenchmarkProsetag is the whole with prose's own tagger behind the seam.
func BenchmarkProsetag(b *testing.B) {
	tagger := entity.New(entity.WithTagger(prosetag.Tag))
	var dst []entity.Entity
	measure(b, news(b)[:2], func(text string) { dst = tagger.Append(dst[:0], text) })
}

// BenchmarkProse is prose v2 by itself, for the ratio.
func BenchmarkProse(b *testing.B) {
	measure(b, news(b)[:1], func(text string) {
		if _, err := prose.NewDocument(text); err != nil {
			b.Fatal(err)
		}
	})
}
