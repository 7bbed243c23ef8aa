package ner

import (
	"cmp"
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
)

// The witnesses of a name, as package entity shows them.
const (
	Listed   uint8 = 1 << iota // the gazetteer has the name as one of the kind
	Tagged                     // its words are tagged as proper nouns, or the sequence model speaks for the kind
	Cued                       // a word beside or in it is one of the kind's cues, or its form alone speaks for it
	Recalled                   // the document's other names speak for the kind
	Own                        // a layer that the user laid over the gazetteer has the name
)

// evidence returns the witnesses that spoke for a candidate's kind.
func (r *Recogniser) evidence(s *Scratch, c *Candidate) (e uint8) {
	for _, m := range s.text.meaningsOf(c) {
		if m.Kind == c.Kind {
			e |= Listed
			if m.Own {
				e |= Own
			}
		}
	}
	recalled, modelled := 0.0, 0.0
	for _, a := range s.features[c.features[0]:c.features[1]] {
		switch f := a.Feature; {
		case f == tagsProper:
			e |= Tagged
		case f >= modelType && f < modelOutside:
			modelled += float64(r.layer().weights[f][c.Kind] * float64(a.Value))
		case f >= firstClass && f < beforeIs && classOf(f)&cues[c.Kind] != 0:
			e |= Cued
		}
	}
	for _, a := range s.features[c.mentioned[0]:c.mentioned[1]] {
		recalled += float64(r.layer().weights[a.Feature][c.Kind] * float64(a.Value))
	}
	if modelled > 0 {
		e |= Tagged
	}
	if recalled > 0 {
		e |= Recalled
	}
	if e == 0 {
		e = Cued
	}
	return e
}

// cues are the classes that speak for each kind.
var cues = [kinds]lexicon.Class{
	gazetteer.Person: lexicon.PersonCues, gazetteer.Country: lexicon.CountryCues, gazetteer.City: lexicon.CityCues,
	gazetteer.Organisation: lexicon.OrganisationCues, gazetteer.Place: lexicon.PlaceCues,
}

// classOf returns the class that a feature of classes is of, 0 when it is none.
func classOf(f feature) lexicon.Class {
	for _, first := range [...]feature{firstClass, lastClass, onlyClass, anyClass, beforeClass, beforeCapital, before2Class, afterClass, afterCapital} {
		if f >= first && f < first+lexicon.WeighedClasses {
			return 1 << (f - first)
		}
	}
	return 0
}

// Spoken is a feature that spoke of a name, with what it added to the log-odds of the
// name's kind.
type Spoken struct {
	Feature string
	Weight  float64
}

// spoken returns the features that spoke of a candidate.
func (r *Recogniser) spoken(s *Scratch, c *Candidate) (spoken []Spoken) {
	for _, features := range [...][]Active{s.features[c.features[0]:c.features[1]], s.features[c.mentioned[0]:c.mentioned[1]]} {
		for _, a := range features {
			if w := r.layer().weights[a.Feature][c.Kind]; w != 0 {
				spoken = append(spoken, Spoken{featureNames[a.Feature], float64(w * float64(a.Value))})
			}
		}
	}
	return spoken
}

// Explain calls each with what Read returns of a part, the features that spoke of it, and
// its meanings, the likeliest first.
func (r *Recogniser) Explain(s *Scratch, part string, each func(c *Candidate, spoken []Spoken, meanings []Meaning)) {
	meanings := map[int][]Meaning{}
	s.linker.each = func(i int) { meanings[i] = slices.Clone(s.linker.meanings) }
	found := r.Read(s, part)
	s.linker.each = nil
	for i := range found {
		slices.SortStableFunc(meanings[i], func(a, b Meaning) int { return cmp.Compare(b.P, a.P) })
		each(&found[i], r.spoken(s, &found[i]), meanings[i])
	}
}
