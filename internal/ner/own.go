package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
)

// What a layer that a user lays over the gazetteer is sure of is taken for sure: such a
// name is found whatever the model and the layer think, and only a longer listed name
// takes it in.

// ownKinds returns the kinds that the user's layers are sure of, bit k for kind k.
func (t *text) ownKinds(c *Candidate) (set uint8) {
	for _, m := range t.meaningsOf(c) {
		if m.Own && m.Usage == gazetteer.Sure {
			set |= 1 << m.Kind
		}
	}
	return set
}

// takeOwn makes candidates what the user's layers are sure of.
func (s *Scratch) takeOwn() {
	for i := range s.candidates {
		c := &s.candidates[i]
		if !c.own {
			continue
		}
		best := gazetteer.Kind(0)
		for set, k := s.text.ownKinds(c), gazetteer.Person; k <= gazetteer.Demonym; k++ {
			if set&(1<<k) != 0 && (best == 0 || c.logits[k] > c.logits[best]) {
				best = k
			}
		}
		c.Kind, c.P = best, 1
	}
}

// takenIn reports whether a longer listed name, among candidates that pass a threshold,
// holds candidate i of a sentence.
func takenIn(candidates []Candidate, i int32, first, last int32, threshold float64) bool {
	c := &candidates[i]
	for k := first; k < last; k++ {
		b := &candidates[k]
		if b.Start <= c.Start && c.End <= b.End && b.words() > c.words() && b.meanings[1] > b.meanings[0] && (b.own || b.P > threshold) {
			return true
		}
	}
	return false
}

// ownGain is more than all the names of a sentence are worth together.
const ownGain = 1 << 20
