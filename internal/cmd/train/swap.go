package main

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/training"
)

// How many times each of our own texts is made: first as it stands, then with its names
// swapped; and how many of the latter a pass over the data takes, others each time, so
// that little hangs on which names they got.
const (
	swapped   = 12
	swappedIn = 3
)

// makings returns texts as they stand, and as often as said with names swapped.
func makings(own []training.Document) (m [1 + swapped][]training.Document) {
	s := newSwapper()
	m[0] = own
	for _, d := range own {
		s.seed(&d)
		for i := range swapped {
			m[1+i] = append(m[1+i], training.Document{Set: d.Set, Number: d.Number, Document: s.swap(d.Document)})
		}
	}
	return m
}

// swapper puts other names of the same kind in the place of names. Its choices
// are the same in every run, and in a text whatever other texts there are.
type swapper struct {
	random *rand.Rand
	names  map[string][]string // by label
	given  []string
	family []string
}

func newSwapper() *swapper {
	s := &swapper{names: map[string][]string{}}
	region := []string{"KZ", "KG", "TJ", "TM", "UZ"}
	for e := range training.Gazetteer().All() {
		near := slices.Contains(region, e.Country)
		if !near && (e.Kind == gazetteer.Place || e.Rank > 2) {
			continue
		}
		label := e.Kind.String()
		s.names[label] = append(s.names[label], e.Name)
		if words := strings.Fields(e.Name); e.Kind == gazetteer.Person && near && len(words) == 2 {
			s.given = append(s.given, words[0])
			s.family = append(s.family, words[1])
		}
	}
	return s
}

// seed makes the choices those for a text.
func (s *swapper) seed(d *training.Document) {
	h := fnv.New64a()
	h.Write([]byte(d.Set))
	s.random = rand.New(rand.NewPCG(h.Sum64(), uint64(d.Number)))
}

func (s *swapper) pick(list []string) string { return list[s.random.IntN(len(list))] }

// name returns another name of the kind. Half of the persons are in no list.
func (s *swapper) name(label string) string {
	if label == person && s.random.IntN(2) == 0 {
		return s.pick(s.given) + " " + s.pick(s.family)
	}
	return s.pick(s.names[label])
}

var (
	person  = gazetteer.Person.String()
	demonym = gazetteer.Demonym.String()
)

// swap returns the text with most of its names swapped. Names that share a last
// word, such as a person's full name and surname, go on sharing it.
func (s *swapper) swap(d corpus.Document) corpus.Document {
	var b strings.Builder
	var swapped []corpus.Span
	full := map[string]string{} // last word of a full name to what replaces that name
	for _, sp := range d.Spans {
		if words := strings.Fields(d.Text[sp.Start:sp.End]); sp.Label == person && len(words) > 1 {
			full[words[len(words)-1]] = s.name(sp.Label)
		}
	}
	last := 0
	for _, sp := range d.Spans {
		b.WriteString(d.Text[last:sp.Start])
		last = sp.End
		name := d.Text[sp.Start:sp.End]
		words := strings.Fields(name)
		whole, known := full[words[len(words)-1]]
		replacement := name
		switch {
		case sp.Label == demonym:
		case sp.Label == person && known && len(words) > 1:
			replacement = whole
		case sp.Label == person && known:
			parts := strings.Fields(whole)
			replacement = parts[len(parts)-1]
		case sp.Label == person:
			replacement = s.pick(s.given)
		case s.random.IntN(4) > 0:
			replacement = s.name(sp.Label)
		}
		if name == strings.ToUpper(name) && len(name) > 5 {
			replacement = strings.ToUpper(replacement)
		}
		start := b.Len()
		b.WriteString(replacement)
		swapped = append(swapped, corpus.Span{Start: start, End: b.Len(), Label: sp.Label})
	}
	b.WriteString(d.Text[last:])
	return corpus.Document{Text: b.String(), Spans: swapped}
}
