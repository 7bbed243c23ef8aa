package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/markup"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
)

// TestTypes: what the labels of each corpus mean. One that is not a name of a
// person, place or body must not be here.
func TestTypes(t *testing.T) {
	for label, want := range map[string]model.Type{
		"PER": model.Person, "person": model.Person, "politician": model.Person, "writer": model.Person, "musicalartist": model.Person,
		"scientist": model.Person, "researcher": model.Person,
		"LOC": model.Location, "location": model.Location, "country": model.Location,
		"ORG": model.Organisation, "organisation": model.Organisation, "politicalparty": model.Organisation, "university": model.Organisation,
		"band": model.Organisation,
	} {
		if got, ok := types[label]; !ok || got != want {
			t.Errorf("%s is %v, want %v", label, got, want)
		}
	}
	for _, label := range []string{"MISC", "misc", "TIME", "NUM", "event", "election", "award", "song", "album", "book", "poem", "magazine",
		"musicgenre", "literarygenre", "discipline", "theory", "protein", "task", "algorithm", "programlang", "product", "metrics", "conference"} {
		if got, ok := types[label]; ok {
			t.Errorf("%s is %v", label, got)
		}
	}
}

// TestLabels: a text and its gold names become BILOU labels by stretches; what
// is no name to the model, and demonyms that a corpus calls places, are outside.
func TestLabels(t *testing.T) {
	text := "Mr. Olzhas Beketov of Nomad Steel Works met Kazakh guests in Oskemen in May."
	var spans []corpus.Span
	for _, s := range [][2]string{{"Olzhas Beketov", "PER"}, {"Nomad Steel Works", "ORG"}, {"Kazakh", "LOC"}, {"Oskemen", "LOC"}, {"May", "TIME"}} {
		start := strings.Index(text, s[0])
		spans = append(spans, corpus.Span{Start: start, End: start + len(s[0]), Label: s[1]})
	}
	var d reading.Document
	d.Read(text, gazetteer.Default(), nil)
	gold := align(&d, spans)
	got := map[string]model.Label{}
	for _, s := range model.AppendStretches(nil, &d) {
		for i, l := range labels(s, gold) {
			w := d.Words[int(s.First)+i]
			got[text[w.Start:w.End]] = l
		}
	}
	want := map[string]model.Label{
		"Mr.": model.Outside, "Olzhas": model.Begin(model.Person), "Beketov": model.Last(model.Person), "of": model.Outside,
		"Nomad": model.Begin(model.Organisation), "Steel": model.Inside(model.Organisation), "Works": model.Last(model.Organisation),
		"Kazakh": model.Outside, "Oskemen": model.Unit(model.Location), "in": model.Outside, "May": model.Outside, "met": model.Outside, "guests": model.Outside,
	}
	for w, l := range got {
		if want[w] != l {
			t.Errorf("%q is labelled %d, want %d", w, l, want[w])
		}
	}
}

// TestPass: a pass has all that is not swapped, and in turn all that is.
func TestPass(t *testing.T) {
	tr := trainer{order: []int32{-1, -1}}
	for i := range tr.own {
		tr.own[i] = []int32{int32(i)}
	}
	seen := map[int32]int{}
	for pass := range swapped / swappedIn {
		for _, i := range tr.pass(pass) {
			seen[i]++
		}
	}
	for i := range tr.own {
		if want := max(1, (1-min(i, 1))*swapped/swappedIn); seen[int32(i)] != want {
			t.Errorf("making %d %d times, want %d", i, seen[int32(i)], want)
		}
	}
	if seen[-1] != 2*swapped/swappedIn {
		t.Errorf("the corpora %d times", seen[-1])
	}
}

// TestOwn: our own texts are there, and a text with its names swapped has as many
// names, each where it says it is.
func TestOwn(t *testing.T) {
	makings, err := own()
	if err != nil {
		t.Fatal(err)
	}
	for _, docs := range makings {
		if len(docs) < 900 || len(docs) != len(makings[0]) {
			t.Errorf("%d texts", len(docs))
		}
	}
	s := newSwapper()
	text, spans, err := markup.Parse("{person:Aman Bekov} left {city:Osh}. {person:Bekov} of the {organisation:Kyrgyz Post} is {demonym:Kyrgyz}.")
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		swapped, found := s.swap(text, spans)
		if len(found) != len(spans) {
			t.Fatalf("%d names in %q", len(found), swapped)
		}
		var rest []string
		last := 0
		for i, x := range found {
			if x.Kind != spans[i].Kind {
				t.Errorf("a %v became a %v", spans[i].Kind, x.Kind)
			}
			rest = append(rest, swapped[last:x.Start])
			last = x.End
		}
		if diff := cmp.Diff([]string{"", " left ", ". ", " of the ", " is "}, rest); diff != "" {
			t.Errorf("between the names of %q (-want +got):\n%s", swapped, diff)
		}
		full, short := swapped[found[0].Start:found[0].End], swapped[found[2].Start:found[2].End]
		if !strings.HasSuffix(full, " "+short) {
			t.Errorf("%s became %s", full, short)
		}
	}
}
