package gazetteer_test

import (
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
)

// BenchmarkDefault opens the embedded data, which is what the first call of
// Default costs.
func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := gazetteer.OpenDefault(); err != nil {
			b.Fatal(err)
		}
	}
}
