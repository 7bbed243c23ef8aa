package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/training"
)

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
	d.Read(text, training.Gazetteer(), nil)
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

// TestSwap: a text with its names swapped has as many names, each where it says it is,
// and the same ones whatever other texts there are.
func TestSwap(t *testing.T) {
	docs, err := training.Lines("a.txt", "{person:Aman Bekov} left {city:Osh}. {person:Bekov} of the {organisation:Kyrgyz Post} is {demonym:Kyrgyz}.")
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	m := makings(docs)
	for _, made := range m[1:] {
		swapped := made[0]
		if len(swapped.Spans) != len(d.Spans) {
			t.Fatalf("%d names in %q", len(swapped.Spans), swapped.Text)
		}
		var rest []string
		last := 0
		for i, x := range swapped.Spans {
			if x.Label != d.Spans[i].Label {
				t.Errorf("a %v became a %v", d.Spans[i].Label, x.Label)
			}
			rest = append(rest, swapped.Text[last:x.Start])
			last = x.End
		}
		if diff := cmp.Diff([]string{"", " left ", ". ", " of the ", " is "}, rest); diff != "" {
			t.Errorf("between the names of %q (-want +got):\n%s", swapped.Text, diff)
		}
		at := func(i int) string { return swapped.Text[swapped.Spans[i].Start:swapped.Spans[i].End] }
		if !strings.HasSuffix(at(0), " "+at(2)) {
			t.Errorf("%s became %s", at(0), at(2))
		}
	}
	other := training.Document{Set: "own/b.txt", Document: d.Document}
	if diff := cmp.Diff(m[1][0], makings([]training.Document{other, d})[1][1]); diff != "" {
		t.Errorf("beside another text (-alone +beside):\n%s", diff)
	}
}

// TestLeft: what is left out.
func TestLeft(t *testing.T) {
	l := left{sets: []string{"own", "crossner-ai"}, folds: 4, fold: 1}
	for set, want := range map[string]bool{"own/world.txt": true, "crossner-ai/dev.tsv": true, "crossner-music/dev.tsv": false} {
		if got := l.set(set); got != want {
			t.Errorf("%s: %v", set, got)
		}
	}
	for number, want := range map[int]bool{0: false, 1: true, 4: false, 5: true} {
		if got := l.document(&training.Document{Number: number}); got != want {
			t.Errorf("document %d: %v", number, got)
		}
	}
	if new(left).document(new(training.Document)) {
		t.Error("a document is left out without folds")
	}
}
