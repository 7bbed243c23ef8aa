package entity

import (
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

// Explain returns the entities that Find walks, with why each was found and whom else it
// could mean, for people who review by hand. What it returns is the caller's. It is slower
// than Find, and takes memory for all of the text.
func (t *Tagger) Explain(text string) []Explanation {
	s := t.scratch()
	defer scratches.Put(s)
	var all []Explanation
	for start := 0; start < len(text); {
		end := start + token.Cut(text[start:])
		part := text[start:end]
		t.recogniser.Explain(s.Scratch, part, func(c *ner.Candidate, spoken []ner.Spoken, meanings []ner.Meaning) {
			e, ok := t.entity(s, c, part, start)
			if !ok {
				return
			}
			x := Explanation{Entity: e}
			for _, f := range spoken {
				x.Features = append(x.Features, Feature{f.Feature, f.Weight})
			}
			for _, m := range meanings {
				x.Meanings = append(x.Meanings, Meaning{m.ID, m.P})
			}
			all = append(all, x)
		})
		start = end
	}
	return all
}
