package markup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

func TestParse(t *testing.T) {
	text, spans, err := Parse("{person:Blinken|person:antony-blinken} in {city:Nur-\nSultan} {{x}}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("Blinken in Nur-\nSultan {x}", text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	want := []Span{{Kind: gazetteer.Person, Start: 0, End: 7, ID: "person:antony-blinken"}, {Kind: gazetteer.City, Start: 11, End: 22}}
	if diff := cmp.Diff(want, spans); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
}

func TestParseFaults(t *testing.T) {
	for marked, want := range map[string]string{
		"a\n{people:X}":       "2:1: no kind",
		"a}":                  "1:2: } without {",
		"{city:A":             "1: an entity without }",
		"{city:A {person:B}}": "1:9: an entity inside",
		"{city:}":             "1:7: an empty entity",
		"{city:A|}":           "1:8: no ID",
		"{city:|geonames:1}":  "1:18: an empty entity",
		"{city:A|geonames:1":  "1:8: no ID",
	} {
		if _, _, err := Parse(marked); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", marked, err, want)
		}
	}
}

// FuzzParse: what is marked is inside the text, in order, without overlap.
func FuzzParse(f *testing.F) {
	f.Add("{city:A|geonames:1} {person:B|-}")
	f.Add("{person:Blinken} in {city:Astana} {{}}")
	f.Fuzz(func(t *testing.T, marked string) {
		text, spans, err := Parse(marked)
		if err != nil {
			return
		}
		end := 0
		for _, s := range spans {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %+v of %q after byte %d", s, text, end)
			}
			end = s.End
		}
	})
}
