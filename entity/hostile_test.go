package entity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// hostile are texts of about n bytes that could cost more than others of their
// length: each would be slow if something looked back or ahead without a bound.
func hostile(n int) map[string]string {
	of := func(s string) string { return strings.Repeat(s, n/len(s)+1)[:n] }
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	// The beginnings of the listed names of most words, one after another.
	var near strings.Builder
	for near.Len() < n {
		for _, name := range []string{"Ministry of Foreign Affairs of the Republic of ", "Organization for Security and Co-operation in ", "National Bank of the Republic of ", "Kassym-Jomart-Kassym-", "United Nations High Commissioner for "} {
			near.WriteString(name)
		}
	}
	return map[string]string{
		"one word":           of("a"),
		"one capital word":   of("A"),
		"letters and dots":   of("A."),
		"small and dots":     of("a.b"),
		"hyphens":            of("Osh-"),
		"listed in a word":   of("Kazakhstan-China-"),
		"apostrophes":        of("a'"),
		"capitalised words":  of("Aaaaa Bbbbb Ccccc "),
		"different words":    numbered("Axq%dx "),
		"different names":    numbered("President Qxa%[1]dv Wzu%[1]dv met. "),
		"one letter":         of("A "),
		"capitals":           of("THE PRESIDENT OF KAZAKHSTAN "),
		"title case":         of("The President Of Kazakhstan Visits Every Town And "),
		"quotes":             of("\"'“‘("),
		"closing marks":      of("\")”’»"),
		"full stops":         of(". "),
		"stop, closing":      of(".\")"),
		"one listed name":    of("Tokayev "),
		"name and comma":     of("Tokayev, "),
		"long listed names":  of("Shanghai Cooperation Organisation "),
		"ambiguous names":    of("Georgia Jordan Mary Osh Washington "),
		"near misses":        near.String()[:n],
		"near misses, lower": strings.ToLower(near.String()[:n]),
		"of":                 of("of the "),
		"bodies of bodies":   of("Ministry of Bank of University of "),
		"titles":             of("President Minister Secretary of State "),
		"particles":          of("de la van der Al bin "),
		"brackets":           of("Xyz Bank (XB) "),
		"links":              of("http://www."),
		"e-mail":             of("a@b."),
		"at":                 of("@#@a"),
		"digits":             of("1,000:"),
		"marks":              of("-"),
		"blanks":             of(" "),
		"breaks":             of("\n"),
		"carriage returns":   of("a\r"),
		"combining":          of("a\u0301\u0302"),
		"invalid":            of("\xff\xc0A"),
		"zero":               of("\x00"),
		"joiners":            of("A\u200d"),
		"soft hyphens":       of("Kaz\u00adakh\u00ad"),
		"initials":           of("S. K. "),
		"demonyms":           of("Kazakh Russian "),
		"and":                of("Tokayev and Putin and "),
		"city, country":      of("Mary, Turkmenistan, Georgia, "),
	}
}

// TestHostile: however odd a text is, entities are where they say, what is read
// is what is found in the whole, and a tagger that has seen it is as good as new.
func TestHostile(t *testing.T) {
	tagger := entity.New()
	sound := all(t)
	want := show(tagger.Append(nil, sound))
	for name, text := range hostile(20_000) {
		entities := tagger.Append(nil, text)
		end := 0
		for _, e := range entities {
			if e.Start < end || text[e.Start:e.End] != e.Text || !(e.Confidence > 0 && e.Confidence <= 1) {
				t.Fatalf("%s: %+v after byte %d", name, e, end)
			}
			end = e.End
		}
		if read := collect(t, tagger, strings.NewReader(text)); show(read) != show(entities) {
			t.Errorf("%s: read otherwise than found", name)
		}
		for m := range gazetteer.Default().Match(text) {
			_ = m
		}
		if show(tagger.Append(nil, sound)) != want {
			t.Fatalf("after %s, another text has other entities", name)
		}
	}
}

// BenchmarkHostile is for looking at: the speed should hang on the kind of a text,
// not on its length.
func BenchmarkHostile(b *testing.B) {
	tagger := entity.New()
	for _, n := range []int{8 << 10, 64 << 10} {
		for name, text := range hostile(n) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				var dst []entity.Entity
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					dst = tagger.Append(dst[:0], text)
				}
			})
		}
	}
}
