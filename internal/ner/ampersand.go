package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// An ampersand stands within the name of a body, Marks & Spencer, the Ministry of Culture &
// Sport, or between two names, Begimai & Nargiza: what stands on either side of it tells.

// amper is what stands on the sides of an ampersand.
type amper int

const (
	betweenGiven  amper = iota // a given name, and a word that may be one and is all of its side
	betweenListed              // a person or a place that is surely listed is all of one side
	betweenHeads               // the words of a body, or its legal form
	betweenOthers
)

var (
	amperNames      = []string{"given", "listed", "head", "other"}
	ampersandIn     = names("ampersand", amperNames...)        // the candidate holds one
	ampersandBeside = names("ampersand.beside", amperNames...) // one stands before or behind it
	ampersandTwice  = name("ampersand.twice")                  // it holds an "and" between two
	ampersandPart   = name("ampersand.part")                   // it stands beside such an "and"
)

// ofAmpersands is what the ampersands in a candidate and beside it stand between.
func (x *extractor) ofAmpersands(c *Candidate) {
	s := x.sentence
	if !x.seen.ampersands {
		return
	}
	for k := c.First + 1; k < c.Last-1; k++ {
		if x.isAmpersand(k) {
			x.loud(ampersandIn + feature(x.between(k)))
			break
		}
	}
	for _, k := range [...]int32{c.First - 1, c.Last} {
		if k > s.First && k+1 < s.Last && x.isAmpersand(k) {
			x.loud(ampersandBeside + feature(x.between(k)))
		}
	}
	for k := c.First - 1; k <= c.Last; k++ {
		if k <= s.First || k+1 >= s.Last || x.Words[k].Cues&lexicon.And == 0 || x.isAmpersand(k) || !x.ampersandsAround(k) {
			continue
		}
		if k < c.First || k == c.Last {
			x.loud(ampersandPart)
		} else {
			x.loud(ampersandTwice)
		}
		break
	}
}

// isAmpersand reports whether word k is an ampersand by itself.
func (t *text) isAmpersand(k int32) bool {
	return t.Words[k].Class == token.Punctuation && t.Text[t.Words[k].Start] == '&'
}

// side returns the end of the run of capitalised words that goes from word k towards step.
func (x *extractor) side(k, step int32) int32 {
	for k >= x.sentence.First && k < x.sentence.Last && x.Words[k].Capital {
		k += step
	}
	return k
}

// ampersandsAround reports whether the "and" at word k joins capitalised words, with an ampersand
// among them on both of its sides.
func (x *extractor) ampersandsAround(k int32) bool {
	before, after := x.side(k-1, -1), x.side(k+1, 1)
	return before >= x.sentence.First && before < k-1 && x.isAmpersand(before) &&
		after < x.sentence.Last && after > k+1 && x.isAmpersand(after)
}

// between returns what the ampersand at word k, which is neither the first nor the last of its
// sentence, stands between.
func (x *extractor) between(k int32) amper {
	before, after := x.side(k-1, -1)+1, x.side(k+1, 1)
	for i := before; i < after; i++ {
		if x.Words[i].Cues&(lexicon.OrgHead|lexicon.OrgSuffix) != 0 {
			return betweenHeads
		}
	}
	of := before - 1
	if of > x.sentence.First && x.Words[of].Cues&lexicon.OfWord != 0 && x.Words[of-1].Cues&lexicon.OrgHead != 0 {
		return betweenHeads // Ministry of Culture & Sport
	}
	for i := before; i < k; i++ {
		for _, m := range x.listedFrom(i) {
			if m.Last == k && surelyApart(m.Kind, m.Usage) {
				return betweenListed
			}
		}
	}
	for _, m := range x.listedFrom(k + 1) {
		if m.Last == after && surelyApart(m.Kind, m.Usage) {
			return betweenListed
		}
	}
	if after == k+2 && (x.givenAlone(k-1) && x.unknown(k+1) || x.unknown(k-1) && x.givenAlone(k+1)) {
		return betweenGiven
	}
	return betweenOthers
}

// givenAlone reports whether word k is a given name and nothing else.
func (x *extractor) givenAlone(k int32) bool {
	w := &x.Words[k]
	return w.Info&words.Given != 0 && w.Info&words.Common == 0 && x.unknown(k)
}

// surelyApart reports whether what is listed so goes on in no name behind an ampersand.
func surelyApart(k gazetteer.Kind, u gazetteer.Usage) bool {
	return u == gazetteer.Sure && (k == gazetteer.Person || k == gazetteer.Country || k == gazetteer.City)
}
