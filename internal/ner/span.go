package ner

import (
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// Span is where a name may stand: bytes Start to End-1 of a part of a text, on the words
// First to Last-1 of it.
type Span struct {
	Start, End  int32
	First, Last int32
}

// words returns how many words the span stands on.
func (s Span) words() int { return int(s.Last - s.First) }

// kinds is the number of kinds, and of none, which comes first.
const kinds = int(gazetteer.Demonym) + 1

// Candidate is a span that may be a name, with what is known of it.
type Candidate struct {
	Span
	Kind          gazetteer.Kind // the likeliest kind
	P             float64        // probability that span and kind are right
	meanings      [2]int32       // the listed meanings of exactly these bytes, of all the document's
	features      [2]int32       // what is known of it in its place, of all the document's
	mentioned     [2]int32       // and what the document's other names say
	logits        [kinds]float64 // log-odds of each kind against none
	Evidence      uint8          // the witnesses of its kind
	ID            gazetteer.ID   // whom it means, "" for nobody in the gazetteer or when that is unsure
	Country       string         // of that
	base          [2]int32       // the words of the candidate that an extension has made it of: the model knows those
	madeBy        uint8          // the trim or extension that proposed it, plus one
	heldBy        uint8          // bit i: extension i has made a longer one of which it is part
	inversion     uint8          // what speaks for a surname and a comma before a given name, in it or in one that holds it
	own           bool           // a layer of the user's is sure of it
	IDProbability float64        // that it means so, or nobody, given that span and kind are right
}

// text is a part of a text that has been read, and what its stages ask of it.
type text struct {
	*reading.Document
	model      *model.Scratch // of the model's probabilities, nil without a model
	matches    []int32        // by word: the first match that begins with it or later
	gazetteer  *gazetteer.Gazetteer
	listed     []gazetteer.Match // scratch of headed
	name       []token.Word
	off        *Off
	smallWords hashing.Table[bool] // the hashes of the words in small letters, once they are asked for
	smallRead  bool
}

// mark returns what word k may do that is a punctuation mark.
func (t *text) mark(k int32) token.Mark { return token.MarkOf(t.Word(k)) }

// index makes the queries over matches fast: once a text.
func (t *text) index() {
	t.matches, t.smallRead = t.matches[:0], false
	for i, m := range t.Matches {
		for int32(len(t.matches)) <= m.First {
			t.matches = append(t.matches, int32(i))
		}
	}
	for len(t.matches) <= len(t.Words) {
		t.matches = append(t.matches, int32(len(t.Matches)))
	}
}

// listedFrom returns the listed names that begin with word k.
func (t *text) listedFrom(k int32) []reading.Match {
	if int(k) >= len(t.Words) {
		return nil
	}
	return t.Matches[t.matches[k]:t.matches[k+1]]
}

// meaningsOf returns the listed meanings of a candidate.
func (t *text) meaningsOf(c *Candidate) []reading.Match {
	return t.Matches[c.meanings[0]:c.meanings[1]]
}

// typeOf returns the type that the sequence model gives to names of a kind.
func typeOf(k gazetteer.Kind) model.Type {
	switch k {
	case gazetteer.Person:
		return model.Person
	case gazetteer.Organisation:
		return model.Organisation
	}
	return model.Location
}

// resized returns a slice of n elements, each of them the zero value.
func resized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// sameBytes reports whether two spans cover the same bytes.
func sameBytes(a, b Span) bool { return a.Start == b.Start && a.End == b.End }

// sortSpans puts candidates in the order of their first bytes, the shorter of two first.
func sortSpans(c []Candidate) {
	slices.SortStableFunc(c, func(a, b Candidate) int {
		if a.Start != b.Start {
			return int(a.Start - b.Start)
		}
		return int(a.End - b.End)
	})
}
