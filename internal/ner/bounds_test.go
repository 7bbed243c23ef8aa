package ner

import (
	"slices"
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
)

// bounded returns what the trims and extensions, but for those that are switched off, make of
// one name of a text.
func bounded(t *testing.T, text, name string, off Off) (names []string) {
	r := Recogniser{Gazetteer: gazetteer.Default(), Off: off}
	s := NewScratch()
	r.Propose(s, text)
	p := proposer{text: &s.text, sentence: s.document.Sentences[0]}
	for first := range int32(len(s.document.Words)) {
		for last := first + 1; last <= int32(len(s.document.Words)); last++ {
			if span := s.text.span(first, last); s.document.Text[span.Start:span.End] == name {
				p.found = append(p.found, Candidate{Span: span})
			}
		}
	}
	if len(p.found) != 1 {
		t.Fatalf("%q stands %d times in %q", name, len(p.found), text)
	}
	p.bounds()
	for _, c := range p.found[1:] {
		names = append(names, s.document.Text[c.Start:c.End])
	}
	return names
}

// TestBounds: what each trim and each extension makes of a name, and nothing else does.
func TestBounds(t *testing.T) {
	tests := map[string]struct{ text, name, want string }{
		"trim article":          {"They met The Zerde Bank there.", "The Zerde Bank", "Zerde Bank"},
		"trim title":            {"It was King Zyxwan Abqar who came.", "King Zyxwan Abqar", "Zyxwan Abqar"},
		"trim owner":            {"He joined Zerde's Council.", "Zerde's Council", "Council"},
		"trim nation":           {"The Kazakh Foreign Ministry met.", "Kazakh Foreign Ministry", "Foreign Ministry"},
		"trim city":             {"The Academy of Arts in Tashkent opened.", "Academy of Arts in Tashkent", "Academy of Arts"},
		"extension patronymic":  {"Lawyer Aiganysh Bolot kyzy defends him.", "Aiganysh Bolot", "Aiganysh Bolot kyzy"},
		"extension nickname":    {`Kamchy "Kolya" Kolbayev was wanted.`, "Kamchy", `Kamchy "Kolya" Kolbayev`},
		"extension inverted":    {"Sanctioned: Abqarov, Zyxwan; others.", "Abqarov", "Abqarov, Zyxwan"},
		"extension form":        {"The contract went to TOO Zerde there.", "Zerde", "TOO Zerde"},
		"extension form behind": {"It sued Air Astana Ltd. over debts.", "Air Astana", "Air Astana Ltd."},
		"extension initial":     {"He met K. Tokayev there.", "Tokayev", "K. Tokayev"},
	}
	for i, name := range Bounds() {
		t.Run(name, func(t *testing.T) {
			test, ok := tests[name]
			if !ok {
				t.Fatal("no test")
			}
			if got := bounded(t, test.text, test.name, Off{}); !slices.Contains(got, test.want) {
				t.Errorf("%q: %q becomes %q, want %q among them", test.text, test.name, got, test.want)
			}
			if got := bounded(t, test.text, test.name, Off{Bounds: 1 << i}); slices.Contains(got, test.want) {
				t.Errorf("%q: %q becomes %q without the rule, too", test.text, test.name, test.want)
			}
		})
	}
}

// TestNoBounds: what only looks like something that goes on.
func TestNoBounds(t *testing.T) {
	for _, test := range []struct{ text, name, not string }{
		{`“Gosvetset”, “Kargalinka” and “C” bid.`, "Gosvetset", "Gosvetset”, “Kargalinka”"},
		{"Ministers Abqarov, Zyxwan and Tashiev met.", "Abqarov", "Abqarov, Zyxwan"},
	} {
		if got := bounded(t, test.text, test.name, Off{}); slices.Contains(got, test.not) {
			t.Errorf("%q: %q becomes %q", test.text, test.name, test.not)
		}
	}
}

// featuresOf returns the names of the features of a candidate of a text.
func featuresOf(text, candidate string, off Off) (names []string) {
	r := Recogniser{Gazetteer: gazetteer.Default(), Off: off}
	s := NewScratch()
	r.Propose(s, text)
	for _, c := range s.candidates {
		if s.document.Text[c.Start:c.End] == candidate {
			for _, a := range s.features[c.features[0]:c.features[1]] {
				names = append(names, featureNames[a.Feature])
			}
		}
	}
	return names
}

// TestGroups: each group of features says what no other one says.
func TestGroups(t *testing.T) {
	tests := map[string]struct{ text, candidate, want string }{
		"model":              {"He flew to Astana.", "Astana", "model.unread"},
		"list":               {"He flew to Astana.", "Astana", "listed.city.sure.1"},
		"neighbouring lists": {"He joined Air Astana there.", "Astana", "within.organisation.sure"},
		"tags":               {"He flew to Astana.", "Astana", "tags.proper"},
		"letters":            {"He joined the OSCE there.", "OSCE", "letters.upper.3"},
		"words":              {"He met Tokayev there.", "Tokayev", "surname.ending.one-word"},
		"own classes":        {"It was the Zyxwan Bank there.", "Zyxwan Bank", "last.org-head"},
		"surroundings":       {"He met President Tokayev.", "Tokayev", "before.capital.title"},
		"across commas":      {"A fair in Atlanta, Georgia, opened.", "Georgia", "comma-before.agrees.place"},
		"rows":               {"In Osh, Talas and Batken regions it rained.", "Talas", "row.divisions"},
		"heads":              {"It rained in Osh region.", "Osh", "headed.place"},
		"no names":           {"She speaks Uzbek and Russian.", "Uzbek", "language"},
		"clusters":           {"He flew to Zyxwan Bank there.", "Zyxwan Bank", "path.last.0"},
		"sport":              {"Astana beat Ordabasy in the league.", "Astana", "sport.organisation"},
	}
	for i, name := range Groups() {
		t.Run(name, func(t *testing.T) {
			test, ok := tests[name]
			if !ok {
				t.Fatal("no test")
			}
			got := featuresOf(test.text, test.candidate, Off{})
			if name != "clusters" && !slices.Contains(got, test.want) {
				t.Errorf("%q: %q has the features %q, want %s among them", test.text, test.candidate, got, test.want)
			}
			without := featuresOf(test.text, test.candidate, Off{Groups: 1 << i})
			if slices.Contains(without, test.want) || len(without) >= len(got) {
				t.Errorf("%q: %q has the features %q without the group, too", test.text, test.candidate, without)
			}
		})
	}
}

// TestHeads: the small word that says what a place is, wherever it stands.
func TestHeads(t *testing.T) {
	for text, want := range map[string]string{
		"It rained in Osh region.":                                "region",
		"It rained in Osh, Talas and Batken regions.":             "region",
		"It rained in the southern region of Osh.":                "region",
		"It rained in ten regions: Osh, Talas and Batken.":        "region",
		"It rained in the regions, including Talas, Osh, Batken.": "region",
		"The river Osh rose.":                                     "river",
		"It rained in one of the districts of Osh.":               "",
		"It rained in Osh.":                                       "",
	} {
		r := Recogniser{Gazetteer: gazetteer.Default()}
		s := NewScratch()
		r.Propose(s, text)
		for _, c := range s.candidates {
			if s.document.Text[c.Start:c.End] != "Osh" {
				continue
			}
			if got := s.text.headOf(&c); got != want {
				t.Errorf("%q: head %q, want %q", text, got, want)
			}
		}
	}
}
