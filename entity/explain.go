package entity

import (
	"context"
	"io"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/ner"
	"github.com/steppe-ner/steppe/internal/token"
)

// Explanation says why an entity was found, and whom else it could mean.
type Explanation struct {
	Entity
	Features []Feature // what spoke for and against its kind, in the order in which it was looked at
	Meanings []Meaning // whom it may mean, the likeliest first; none for demonyms
}

// Feature is something known of a name in its place.
type Feature struct {
	Name   string  // such as "before.title"
	Weight float64 // what it adds to the log-odds that the name is of its kind, against no name
}

// Meaning is one of those whom a name may mean.
type Meaning struct {
	ID          ID      // "" for nobody in the gazetteer
	Probability float64 // given that span and kind are right, 0 to 1; those of all add up to one
}

// Alternatives returns whom the name may mean instead, the likeliest first: the meanings
// but the one that ID names, or, where no ID stands, but nobody if nobody is the likeliest.
func (x *Explanation) Alternatives() []Meaning {
	if x.IDConfidence > 0 && len(x.Meanings) > 0 {
		return x.Meanings[1:]
	}
	return x.Meanings // none was likely enough
}

// Explain returns the entities that Find walks, with why each was found and whom else it
// could mean, for people who review by hand. What it returns is the caller's. It is slower
// than Find, and takes memory for all of the text.
func (t *Tagger) Explain(text string) []Explanation {
	s := t.scratch()
	defer scratches.Put(s)
	var x explained
	for start := 0; start < len(text); {
		end := start + token.Cut(text[start:])
		t.explain(s, text[start:end], start, x.add)
		start = end
	}
	return x.all
}

// maxExplained is how many explanations are in memory at once: each takes many times as
// much as its name.
const maxExplained = 500

// ExplainParts walks all that r holds in parts, as Parts does, with the explanations of the
// entities of each; a part with very many entities is divided between two of them. Memory
// does not grow with the input.
func (t *Tagger) ExplainParts(ctx context.Context, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		s := t.scratch()
		defer scratches.Put(s)
		var x explained
		for part, err := range cut(ctx, r) {
			if err != nil {
				yield(Part{}, err)
				return
			}
			stopped := false
			hand := func(length int) {
				stopped = !yield(Part{part.Start, part.Text[:length], x.entities, x.all}, nil)
				part.Start, part.Text = part.Start+length, part.Text[length:]
				x.clear()
			}
			t.explain(s, part.Text, part.Start, func(e Entity, features []ner.Spoken, meanings []ner.Meaning) {
				if len(x.all) == maxExplained && !stopped {
					n := x.all[maxExplained-1].End - part.Start
					for n < e.Start-part.Start && !utf8.RuneStart(part.Text[n]) {
						n++ // what is not UTF-8 may go on after an entity
					}
					hand(n)
				}
				if !stopped {
					x.add(e, features, meanings)
				}
			})
			if !stopped {
				hand(len(part.Text))
			}
			if stopped {
				return
			}
		}
	}
}

// explained are explanations, with the arrays that their features and meanings stand in.
type explained struct {
	all      []Explanation
	entities []Entity
	features []Feature
	meanings []Meaning
}

// clear forgets all that was explained, and keeps the memory.
func (x *explained) clear() {
	x.all, x.entities, x.features, x.meanings = x.all[:0], x.entities[:0], x.features[:0], x.meanings[:0]
}

// add adds an explanation.
func (x *explained) add(e Entity, features []ner.Spoken, meanings []ner.Meaning) {
	f, m := len(x.features), len(x.meanings)
	for _, feature := range features {
		x.features = append(x.features, Feature{feature.Feature, feature.Weight})
	}
	for _, meaning := range meanings {
		x.meanings = append(x.meanings, Meaning{meaning.ID, meaning.P})
	}
	x.entities = append(x.entities, e)
	x.all = append(x.all, Explanation{e, slices.Clip(x.features[f:]), slices.Clip(x.meanings[m:])})
}

// explain calls each with the entities of one part of a document, which begins at byte
// offset of it, and what speaks for them.
func (t *Tagger) explain(s *scratch, part string, offset int, each func(Entity, []ner.Spoken, []ner.Meaning)) {
	t.recogniser.Explain(s.Scratch, part, func(c *ner.Candidate, spoken []ner.Spoken, meanings []ner.Meaning) {
		if e, ok := t.entity(s, c, part, offset); ok {
			each(e, spoken, meanings)
		}
	})
}
