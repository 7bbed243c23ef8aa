package ner

import (
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
)

// linked returns the ID of the last mention of a name in a text, without the features of
// meanings that are switched off, and how sure it is.
func linked(text, name string, off uint64) (id gazetteer.ID, p float64) {
	r := Recogniser{Gazetteer: gazetteer.Default(), Weights: Default(), Model: model.Default(), Off: Off{Links: off}}
	s := NewScratch()
	for _, c := range r.Read(s, text) {
		if s.document.Text[c.Start:c.End] == name {
			id, p = c.ID, c.IDProbability
		}
	}
	return id, p
}

// TestLinkGroups: each group of features of meanings helps to say whom a name means.
func TestLinkGroups(t *testing.T) {
	const (
		court   = "organisation:supreme-court-of-kyrgyzstan"
		akylbek = "person:akylbek-japarov"
		serdar  = "person:serdar-berdimuhamedov"
	)
	tests := map[string]struct {
		text, name string
		want       gazetteer.ID
	}{
		"meanings: listing":                    {"Tokayev ordered a review of the contract.", "Tokayev", "person:kassym-jomart-tokayev"},
		"meanings: countries":                  {"The road to Osh is closed. Kyrgyz drivers wait. The Supreme Court has no say.", "Supreme Court", court},
		"meanings: words at home in a country": {"He was fined 5,000 soms. The Supreme Court let him off.", "Supreme Court", court},
		"meanings: the sentence":               {"A Russian firm lost. The Supreme Court in the end sided with a shepherd from Naryn.", "Supreme Court", court},
		"meanings: the dateline":               {"BISHKEK - The Supreme Court heard a case about Moscow.", "Supreme Court", court},
		"meanings: places beside":              {"A fair in Paris, Texas, drew few.", "Paris", ""},
		"meanings: the same name":              {"Prime Minister Akhmetov opened it. Akhmetov left.", "Akhmetov", "person:serik-akhmetov"},
		"meanings: bodies of posts":            {"The National Bank of Kazakhstan sat. Suleimenov spoke.", "Suleimenov", "person:timur-suleimenov"},
		"meanings: persons in full":            {"Serdar Berdimuhamedov flew to Baku. Berdimuhamedov said gas would flow.", "Berdimuhamedov", serdar},
		"meanings: abbreviations":              {"The International Boxing Association (IBA) met. IBA said no.", "IBA", "organisation:international-boxing-association"},
		"meanings: introductions":              {"Bus driver Kassym-Jomart Tokayev, 52, stopped in time.", "Kassym-Jomart Tokayev", ""},
		"meanings: introduced as":              {"Sadyr Japarov, a teacher from Osh, won.", "Sadyr Japarov", ""},
		"meanings: titles":                     {"Prime Minister Japarov opened a school.", "Japarov", akylbek},
		"meanings: dates":                      {"ASTANA, March 2013 - Akhmetov met farmers.", "Akhmetov", "person:serik-akhmetov"},
	}
	for i, name := range LinkGroups() {
		t.Run(name, func(t *testing.T) {
			test, ok := tests[name]
			if !ok {
				t.Fatal("no test")
			}
			got, p := linked(test.text, test.name, 0)
			if got != test.want {
				t.Errorf("%q: %s is %q, want %q", test.text, test.name, got, test.want)
			}
			if got, without := linked(test.text, test.name, 1<<i); got == test.want && without > p-0.005 {
				t.Errorf("%q: %s is %q as surely without the group: %.3f, with it %.3f", test.text, test.name, got, without, p)
			}
		})
	}
}

// TestTitles: a title speaks for the name that it stands beside.
func TestTitles(t *testing.T) {
	for _, test := range []struct {
		text, name string
		titled     bool
	}{
		{"Kazakh Foreign Minister Murat Nurtleu spoke.", "Murat Nurtleu", true},
		{"Murat Nurtleu, the foreign minister, spoke.", "Murat Nurtleu", true},
		{"The deputy prime minister Japarov met Rahmon.", "Rahmon", false},
		{"The president of Kazakhstan thanked Xi.", "Xi", false},
		{"President Bush met Tokayev.", "Tokayev", false},
		{"The president's brother Marat Bakiyev came.", "Marat Bakiyev", false},
		{"Lavrov, President Tokayev and others came.", "Lavrov", false},
		{"Tokayev, who met President Trump, left.", "Tokayev", false},
	} {
		r := Recogniser{Gazetteer: gazetteer.Default(), Weights: Default(), Model: model.Default()}
		s := NewScratch()
		for i, c := range r.Read(s, test.text) {
			if s.document.Text[c.Start:c.End] != test.name {
				continue
			}
			if titled := len(s.linker.appendTitle(nil, i)) > 0; titled != test.titled {
				t.Errorf("%q: %s has a title: %v", test.text, test.name, titled)
			}
		}
	}
}
