package entity

import (
	"context"
	"io"
	"iter"

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
		t.explain(&x, s, text[start:end], start)
		start = end
	}
	return x.all
}

// ExplainParts walks all that r holds in parts, as Parts does, with the explanations of the
// entities of each. Memory does not grow with the input.
func (t *Tagger) ExplainParts(ctx context.Context, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		s := t.scratch()
		defer scratches.Put(s)
		var x explained
		var entities []Entity
		for part, err := range cut(ctx, r) {
			if err == nil {
				x.clear()
				t.explain(&x, s, part.Text, part.Start)
				entities = entities[:0]
				for i := range x.all {
					entities = append(entities, x.all[i].Entity)
				}
				part.Entities, part.Explanations = entities, x.all
			}
			if !yield(part, err) {
				return
			}
		}
	}
}

// explained are explanations, with the arrays that their features and meanings stand in.
type explained struct {
	all      []Explanation
	features []Feature
	meanings []Meaning
}

// clear forgets all that was explained, and keeps the memory.
func (x *explained) clear() {
	x.all, x.features, x.meanings = x.all[:0], x.features[:0], x.meanings[:0]
}

// explain adds the explanations of one part of a document, which begins at byte offset of
// it.
func (t *Tagger) explain(x *explained, s *scratch, part string, offset int) {
	t.recogniser.Explain(s.Scratch, part, func(c *ner.Candidate, spoken []ner.Spoken, meanings []ner.Meaning) {
		e, ok := t.entity(s, c, part, offset)
		if !ok {
			return
		}
		f, m := len(x.features), len(x.meanings)
		for _, feature := range spoken {
			x.features = append(x.features, Feature{feature.Feature, feature.Weight})
		}
		for _, meaning := range meanings {
			x.meanings = append(x.meanings, Meaning{meaning.ID, meaning.P})
		}
		x.all = append(x.all, Explanation{e, x.features[f:len(x.features):len(x.features)], x.meanings[m:len(x.meanings):len(x.meanings)]})
	})
}
