package ner

import (
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// People bear the names of places, and places, months and birds those of one another.

var (
	givenThenPlace = name("given-name.then-place")     // Daniyar Astana
	placeThenName  = name("given-name.place")          // Israel Adesanya: the given name is a place, too
	placeCompetes  = name("given-name.place.competes") // such a one who beats or draws: no club is called so
	lowerElsewhere = name("lower-case.elsewhere")      // an English word begins a sentence, and is elsewhere in small letters
	isTicker       = name("ticker")
	setOff         = name("set-off") // by marks of emphasis
)

// ofNamesakes is what tells people who bear the names of places, and words that are listed.
func (x *extractor) ofNamesakes(c *Candidate) {
	if x.SetOff(c.Start, c.End) {
		x.on(setOff)
	}
	if c.words() == 1 {
		if x.ticker(c) {
			x.loud(isTicker)
		}
		begins := c.First == x.sentence.First || x.mark(c.First-1)&token.Opens != 0
		if begins && !x.unknown(c.First) && c.meanings[0] < c.meanings[1] && x.inSmall(x.Words[c.First].Hash) {
			x.loud(lowerElsewhere)
		}
		return
	}
	last := c.Last - 1
	if c.words() != 2 || c.meanings[0] < c.meanings[1] || x.Words[c.First].Info&words.Given == 0 {
		return
	}
	if !x.unknown(c.First) || !x.unknown(last) {
		return
	}
	if x.place(c.First, last) {
		x.loud(placeThenName)
		if c.Last < x.sentence.Last && x.Words[c.Last].Cues&lexicon.Contest != 0 {
			x.loud(placeCompetes)
		}
	} else if x.place(last, c.Last) {
		x.loud(givenThenPlace)
	}
}

// place reports whether a place is listed on exactly the words first to last-1.
func (x *extractor) place(first, last int32) bool {
	for _, m := range x.listedFrom(first) {
		if m.Last == last && isPlace(m) {
			return true
		}
	}
	return false
}

// unknown reports whether word k is capitalised and none that English has.
func (x *extractor) unknown(k int32) bool {
	return x.Words[k].Capital && x.Words[k].Info&words.English == 0
}

// inSmall reports whether the text has a word in small letters.
func (t *text) inSmall(hash uint64) bool {
	if !t.smallRead {
		t.smallRead = true
		t.smallWords.Reset(len(t.Words))
		for i := range t.Words {
			if w := &t.Words[i]; w.Shape&token.Capital == 0 {
				*t.smallWords.Put(w.Hash) = true
			}
		}
	}
	return t.smallWords.Get(hash)
}

// ticker reports whether a candidate of one word is the symbol of a share: the ticker KAP,
// (LSE: KAP).
func (x *extractor) ticker(c *Candidate) bool {
	k := c.First - 1
	if k > x.sentence.First && x.Words[k].Class == token.Punctuation {
		k--
	}
	return k >= x.sentence.First && x.Words[k].Cues&lexicon.Exchange != 0 && x.Words[c.First].Shape&token.AllUpper != 0
}

// ruled reports whether the candidate is what somebody with a title is of: King Abdullah II
// of Jordan.
func (x *extractor) ruled(c *Candidate) bool {
	of := c.First - 1
	if of-2 < x.sentence.First || x.Words[of].Cues&lexicon.OfWord == 0 {
		return false
	}
	for k := of - 2; k >= max(x.sentence.First, of-maxTitle) && x.Words[k+1].Capital && x.Words[k].Capital; k-- {
		if x.Words[k].Cues&lexicon.Title != 0 && x.Words[k+1].Cues&(lexicon.Title|lexicon.OrgHead) == 0 {
			return true
		}
	}
	return false
}

// dated reports whether a candidate is a month beside a number or another month: May 3,
// May and June. That is a date, whoever is called May.
func (t *text) dated(c *Candidate) bool {
	if c.words() != 1 || t.Words[c.First].Cues&lexicon.Month == 0 {
		return false
	}
	in := func(k int32) bool { return k >= 0 && int(k) < len(t.Words) }
	number := func(k int32) bool { return in(k) && t.Words[k].Class == token.Number }
	across := func(joint, month int32) bool {
		return in(joint) && in(month) && t.Words[month].Cues&lexicon.Month != 0 &&
			(t.Words[joint].Cues&(lexicon.And|lexicon.Locative) != 0 || t.Word(joint) == "," || t.Word(joint) == "-")
	}
	k := c.First
	return number(k+1) || number(k-1) || across(k+1, k+2) || across(k-1, k-2)
}
