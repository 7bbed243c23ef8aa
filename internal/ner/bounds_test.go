package ner

import (
	"slices"
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
)

// bounded returns what the trims and extensions, but for those that are switched off, make of
// one name of a text.
func bounded(t *testing.T, text, name string, off Off) (names []string) {
	r := Recogniser{Gazetteer: gazetteer.Default(), Off: off}
	s := NewScratch()
	r.Propose(s, text)
	var p proposer
	p.start(&s.text, 0, nil)
	for first := range int32(len(s.document.Words)) {
		for last := first + 1; last <= int32(len(s.document.Words)); last++ {
			if span := s.text.span(first, last); s.document.Text[span.Start:span.End] == name {
				p.put(Candidate{Span: span})
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

// TestForms: legal forms before quoted names, and initials that are none.
func TestForms(t *testing.T) {
	for _, test := range []struct{ text, name, want string }{
		{"The deal of JSC «Zerde» is off.", "Zerde", "JSC «Zerde»"},
		{`The deal of AJ "Zerde" is off.`, "Zerde", `AJ "Zerde"`},
		{`The deal of MChJ "Zerde Don" is off.`, "Zerde Don", `MChJ "Zerde Don"`},
		{`The deal of OsOO "Zerde" is off.`, "Zerde", `OsOO "Zerde"`},
		{"The deal of Zerde OcOO is off.", "Zerde", "Zerde OcOO"},
		{"The deal of Zerde QK is off.", "Zerde", "Zerde QK"},
	} {
		if got := bounded(t, test.text, test.name, Off{}); !slices.Contains(got, test.want) {
			t.Errorf("%q: %q becomes %q, want %q among them", test.text, test.name, got, test.want)
		}
	}
	if got := bounded(t, "The bowler was AJ Zerde there.", "Zerde", Off{}); slices.Contains(got, "AJ Zerde") {
		t.Errorf("initials are a legal form: %q", got)
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
func featuresOf(text, candidate string, off Off) []string {
	return featuresWith(nil, text, candidate, off)
}

// featuresWith returns the same of a text that a model reads.
func featuresWith(m *model.Model, text, candidate string, off Off) (names []string) {
	r := Recogniser{Gazetteer: gazetteer.Default(), Model: m, Off: off}
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
		"ampersands":         {"Timur & Nurlan left.", "Nurlan", "ampersand.beside.given"},
		"inverted names":     {"Sanctioned: ABQAROV, Zyxwan; others.", "ABQAROV, Zyxwan", "inverted.capitals"},
		"company":            {"A plant in Georgia and one in Alabama closed.", "Georgia", "near.agrees.alone.place"},
		"namesakes":          {"Israel Zyxwan came.", "Israel Zyxwan", "given-name.place"},
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

// TestCompany: what single features of what stands around a name tell.
func TestCompany(t *testing.T) {
	for _, test := range []struct{ text, candidate, feature string }{
		{"The Ministry of Sport & Youth met Marks & Spencer.", "Ministry of Sport & Youth", "ampersand.head"},
		{"Marks & Spencer left.", "Marks & Spencer", "ampersand.other"},
		{"Tokayev & Russia's Putin met.", "Russia", "ampersand.beside.listed"},
		{"Timur & Nurlan left.", "Nurlan", "ampersand.beside.given"},
		{"The Ministry of Sport & Youth and Marks & Spencer met.", "Marks & Spencer", "ampersand.part"},
		{"The Ministry of Sport & Youth and Marks & Spencer met.", "Ministry of Sport & Youth and Marks & Spencer", "ampersand.twice"},
		{"Present: Abqarov, Nurlan; Zyxwanov, Timur.", "Zyxwanov, Timur", "inverted.surer"},
		{"Present: Abqarov, Nurlan; Zyxwanov, Timur.", "Timur", "inverted.part.surer"},
		{"May and June are hot.", "May", "date"},
		{"King Abdullah II of Jordan came.", "Jordan", "ruled"},
		{"He fishes on the Niger there.", "Niger", "headed.place"},
		{"He spoke with AFP, dpa and TASS.", "dpa", "row.before.organisation"},
		{"He spoke with AFP, dpa and TASS.", "dpa", "row.after.organisation"},
		{"Kairat drew with Astana 2-2.", "Astana", "sport.opponent.organisation"},
		{"Kairat 2-2 Astana.", "Astana", "sport.clubs.organisation"},
		{"Families ate turkey. Turkey prices rose.", "Turkey", "lower-case.elsewhere"},
		{"Timur Astana won.", "Timur Astana", "given-name.then-place"},
		{"Emma Tyler and Mary came.", "Mary", "given-name.joined.before"},
		{"Mary and Steven Tyler came.", "Mary", "given-name.joined.after"},
		{"Its ticker KAP rose.", "KAP", "ticker"},
		{"It rose (LSE: KAP) again.", "KAP", "ticker"},
		{"He likes _Kurak_ most.", "Kurak", "set-off"},
	} {
		if got := featuresWith(model.Default(), test.text, test.candidate, Off{}); !slices.Contains(got, test.feature) {
			t.Errorf("%q: %q has the features %q, want %s among them", test.text, test.candidate, got, test.feature)
		}
	}
	for _, test := range []struct{ text, candidate, feature string }{
		{"Mrs May left in June.", "May", "date"},
		{"The Minister of Jordan came.", "Jordan", "ruled"},
		{"He fishes in Niger there.", "Niger", "headed.place"},
		{"A plant in Georgia and one in Alabama, not in Tbilisi.", "Georgia", "near.agrees.alone.place"},
		{"Marks & Spencer left.", "Marks & Spencer", "ampersand.given"},
		{"Present: Abqarov, Nurlan; Zyxwanov.", "Abqarov, Nurlan", "inverted.again"},
	} {
		if got := featuresWith(model.Default(), test.text, test.candidate, Off{}); slices.Contains(got, test.feature) {
			t.Errorf("%q: %q has the feature %s", test.text, test.candidate, test.feature)
		}
	}
}

// TestReflexive: where a word of a person's name is somebody or something else.
func TestReflexive(t *testing.T) {
	for text, want := range map[string]bool{
		"Victoria Kim left Victoria.":            true,
		"Sydney Ortega flew on to Sydney.":       true,
		"Chelsea Clinton watched Chelsea.":       true,
		"Victoria Kim left, and Victoria wept.":  false,
		"Victoria Kim and Victoria wept.":        false,
		"Victoria left Victoria.":                false,
		"Victoria Kim saw that it was Victoria.": false,
	} {
		r := Recogniser{Gazetteer: gazetteer.Default(), Model: model.Default()}
		s := NewScratch()
		r.Propose(s, text)
		var last *Candidate
		for i := range s.candidates {
			if c := &s.candidates[i]; c.words() == 1 && c.meanings[0] < c.meanings[1] {
				last = c
			}
		}
		if last == nil {
			t.Fatalf("%q: nothing listed", text)
		}
		if got := s.text.reflexive(last); got != want {
			t.Errorf("%q: %v for %q, want %v", text, got, s.document.Text[last.Start:last.End], want)
		}
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
