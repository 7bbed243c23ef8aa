package main

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/markup"
)

// Sentences in the manner of news, on Central Asia and the world, written for this
// project, one text a line. The gold texts of testdata are not among them.
//
//go:embed texts/*.txt
var texts embed.FS

// How many times each line is made a text: first as it stands, then with its names
// swapped; and how many of the latter a pass over the data takes, others each time, so
// that little hangs on which names they got.
const (
	swapped   = 12
	swappedIn = 3
)

// own returns our own texts as they stand, and as often as said with names swapped.
func own() (makings [1 + swapped][]corpus.Document, err error) {
	s := newSwapper()
	files, err := texts.ReadDir("texts")
	if err != nil {
		return makings, err
	}
	for _, f := range files {
		data, err := texts.ReadFile("texts/" + f.Name())
		if err != nil {
			return makings, err
		}
		number := 0
		for line := range strings.Lines(string(data)) {
			number++
			text, spans, err := markup.Parse(strings.TrimSuffix(line, "\n"))
			if err != nil {
				return makings, fmt.Errorf("%s:%d: %w", f.Name(), number, err)
			}
			makings[0] = append(makings[0], document(text, spans))
			for i := range swapped {
				makings[1+i] = append(makings[1+i], document(s.swap(text, spans)))
			}
		}
	}
	return makings, nil
}

// labels6 are the labels of the kinds; a demonym is no name to the model.
var labels6 = map[gazetteer.Kind]string{
	gazetteer.Person: "PER", gazetteer.Country: "LOC", gazetteer.City: "LOC", gazetteer.Place: "LOC", gazetteer.Organisation: "ORG",
}

func document(text string, spans []markup.Span) corpus.Document {
	d := corpus.Document{Text: text}
	for _, s := range spans {
		if label := labels6[s.Kind]; label != "" {
			d.Spans = append(d.Spans, corpus.Span{Start: s.Start, End: s.End, Label: label})
		}
	}
	return d
}

// swapper puts other names of the same kind in the place of names. Its choices
// are the same in every run.
type swapper struct {
	random *rand.Rand
	names  map[gazetteer.Kind][]string
	given  []string
	family []string
}

func newSwapper() *swapper {
	s := &swapper{random: rand.New(rand.NewPCG(7, 9)), names: map[gazetteer.Kind][]string{}}
	region := []string{"KZ", "KG", "TJ", "TM", "UZ"}
	for e := range gazetteer.Default().All() {
		near := slices.Contains(region, e.Country)
		if !near && (e.Kind == gazetteer.Place || e.Rank > 2) {
			continue
		}
		s.names[e.Kind] = append(s.names[e.Kind], e.Name)
		if words := strings.Fields(e.Name); e.Kind == gazetteer.Person && near && len(words) == 2 {
			s.given = append(s.given, words[0])
			s.family = append(s.family, words[1])
		}
	}
	return s
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// name returns another name of the kind. Half of the persons are in no list.
func (s *swapper) name(k gazetteer.Kind) string {
	if k == gazetteer.Person && s.random.IntN(2) == 0 {
		return pick(s.random, s.given) + " " + pick(s.random, s.family)
	}
	return pick(s.random, s.names[k])
}

// swap returns the text with most of its names swapped. Names that share a last
// word, such as a person's full name and surname, go on sharing it.
func (s *swapper) swap(text string, spans []markup.Span) (string, []markup.Span) {
	var b strings.Builder
	var swapped []markup.Span
	full := map[string]string{} // last word of a full name to what replaces that name
	for _, sp := range spans {
		name := text[sp.Start:sp.End]
		if words := strings.Fields(name); sp.Kind == gazetteer.Person && len(words) > 1 {
			full[words[len(words)-1]] = s.name(sp.Kind)
		}
	}
	last := 0
	for _, sp := range spans {
		b.WriteString(text[last:sp.Start])
		last = sp.End
		name := text[sp.Start:sp.End]
		words := strings.Fields(name)
		whole, known := full[words[len(words)-1]]
		replacement := name
		switch {
		case sp.Kind == gazetteer.Demonym:
		case sp.Kind == gazetteer.Person && known && len(words) > 1:
			replacement = whole
		case sp.Kind == gazetteer.Person && known:
			parts := strings.Fields(whole)
			replacement = parts[len(parts)-1]
		case sp.Kind == gazetteer.Person:
			replacement = pick(s.random, s.given)
		case s.random.IntN(4) > 0:
			replacement = s.name(sp.Kind)
		}
		if name == strings.ToUpper(name) && len(name) > 5 {
			replacement = strings.ToUpper(replacement)
		}
		start := b.Len()
		b.WriteString(replacement)
		swapped = append(swapped, markup.Span{Kind: sp.Kind, Start: start, End: b.Len()})
	}
	b.WriteString(text[last:])
	return b.String(), swapped
}
