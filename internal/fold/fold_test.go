package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
)

func TestAppend(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"Tokayev", "tokayev"},
		{"Žaparov", "zaparov"},
		{"Oʻzbekiston", "ozbekiston"},
		{"O‘zbekiston", "ozbekiston"},
		{"Ma’ruf", "maruf"},
		{"U.S.", "us"},
		{"Türkiye", "turkiye"},
		{"Әбіш", "әбіш"},
		{"Чёрное", "черное"},
		{"Straße", "strasse"},
		{"Łódź", "lodz"},
		{"e\u0301clair", "eclair"}, // a combining accent
		{"Ba\u200bku", "baku"},     // a zero-width space
		{".", "."},
		{"’", "'"},
		{"\x92", "'"},
		{"..", ".."},
		{"\xff", "\xff"},
	} {
		got, hash := fold.Append(nil, c.word)
		if string(got) != c.want {
			t.Errorf("%q folds to %q, want %q", c.word, got, c.want)
		}
		if hash != fold.Hash(got) {
			t.Errorf("%q: the hash is not that of %q", c.word, got)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("Nur-Sultan")
	f.Add("İstanbul’s \xff\x00")
	f.Fuzz(func(t *testing.T, word string) {
		got, hash := fold.Append(nil, word)
		if hash != fold.Hash(got) {
			t.Errorf("%q: the hash is not that of %q", word, got)
		}
		if (len(got) == 0) != (len(word) == 0) {
			t.Errorf("%q folds to %q", word, got)
		}
		if 2*len(got) > 3*len(word)+2 {
			t.Errorf("%q grows to %q", word, got)
		}
		if utf8.ValidString(word) && !utf8.Valid(got) {
			t.Errorf("%q folds to %q, which is not UTF-8", word, got)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	words := strings.Fields("The president of Kazakhstan, Kassym-Jomart Tokayev, met Türkiye’s Erdoğan in Şymkent")
	var dst []byte
	n := 0
	for _, w := range words {
		n += len(w) + 1
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			dst, _ = fold.Append(dst[:0], w)
		}
	}
}
