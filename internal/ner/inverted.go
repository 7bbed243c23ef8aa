package ner

import (
	"math"
	"math/bits"

	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// What speaks for a surname, a comma and given names of one person, as lists of names have
// them, rather than for two names of a row.
const (
	invertedUpper  = iota // the surname alone is in capitals: SATYBALDY, Kairat
	invertedGiven         // what follows the comma is a given name
	invertedRow           // nothing but the marks of a list stands around both
	invertedEnding        // the surname ends as those of the region do
	invertedAgain         // the sentence has another one like it
	invertedSure          // three of these
	invertedSurer         // four
	inversions
)

var (
	inversionNames = []string{"capitals", "given-name", "row", "ending", "again", "sure", "surer"}
	invertedIs     = names("inverted", inversionNames...)      // of the whole
	invertedPart   = names("inverted.part", inversionNames...) // of what it holds
)

// inverted is the number of the extension withGivenName.
const inverted = 2

// upperBeforeSmall reports whether the words first to comma-1 are in capitals, and the one
// behind the comma is not: a dateline, of a listed place, aside.
func (t *text) upperBeforeSmall(first, comma int32) bool {
	for k := first; k < comma; k++ {
		if t.Words[k].Shape&token.AllUpper == 0 {
			return false
		}
	}
	for _, m := range t.listedFrom(first) {
		if m.Last == comma && isPlace(m) {
			return false
		}
	}
	return t.Words[comma+1].Shape&token.AllUpper == 0
}

// rowOfInverted notes where the first of the inverted names that stand as members of a list
// ends, and where the last one begins.
func (p *proposer) rowOfInverted() {
	p.firstInverted, p.lastInverted = math.MaxInt32, -1
	for i := p.begin; i < len(p.found); i++ {
		c := &p.found[i]
		if c.madeBy == uint8(len(trims)+inverted+1) && p.listMark(c.First-1) && p.listMark(c.Last) {
			p.firstInverted, p.lastInverted = min(p.firstInverted, c.Last), max(p.lastInverted, c.First)
		}
	}
}

// inversion returns what speaks for an inverted name, as bits.
func (p *proposer) inversion(c Candidate) (found uint8) {
	comma := c.base[1]
	if p.upperBeforeSmall(c.First, comma) {
		found |= 1 << invertedUpper
	}
	if w := &p.Words[comma+1]; w.Info&words.Given != 0 {
		found |= 1 << invertedGiven
	}
	if p.listMark(c.First-1) && p.listMark(c.Last) {
		found |= 1 << invertedRow
	}
	if surnameEnding(p.Word(comma - 1)) {
		found |= 1 << invertedEnding
	}
	if p.firstInverted <= c.First || p.lastInverted >= c.Last {
		found |= 1 << invertedAgain
	}
	switch n := bits.OnesCount8(found); {
	case n > 3:
		found |= 1<<invertedSure | 1<<invertedSurer
	case n > 2:
		found |= 1 << invertedSure
	}
	return found
}

// listMark reports whether word k is beyond the sentence, or a mark that stands between the
// members of a list that have commas in them.
func (p *proposer) listMark(k int32) bool {
	if k < p.sentence.First || k >= p.sentence.Last {
		return true
	}
	w := &p.Words[k]
	switch w.Class {
	case token.Number:
		return k == p.sentence.First
	case token.Punctuation:
		return p.Text[w.Start] != ',' && p.Text[w.Start] != '&'
	}
	return w.Cues&lexicon.And != 0 && k > p.sentence.First && p.Word(k-1) == ";"
}

// ofInverted is what speaks for an inverted name.
func (x *extractor) ofInverted(c *Candidate) {
	first := invertedPart
	if c.madeBy == uint8(len(trims)+inverted+1) {
		first = invertedIs
	}
	for i := range feature(inversions) {
		if c.inversion&(1<<i) != 0 {
			x.loud(first + i)
		}
	}
}
