package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// A club bears the name of its city, or of a person: in a sentence on sport both are told by
// what the name is listed as, by other clubs, and by where opponents stand.

var (
	inSport    = names("sport", kindNames...)          // listed so, in a sentence on sport
	amongClubs = names("sport.clubs", kindNames...)    // that has several listed bodies
	opponent   = names("sport.opponent", kindNames...) // listed so, behind "beat", "drew with" or "lost to"
)

// seen is what a sentence has, for the features of the names in it.
type seen struct {
	sport, ampersands bool
	bodies            int // listed ones, in a sentence on sport
}

// see sets what the sentence has.
func (x *extractor) see() {
	x.seen = seen{}
	for k := x.sentence.First; k < x.sentence.Last; k++ {
		switch w := &x.Words[k]; {
		case w.Cues&lexicon.Sport != 0, w.Class == token.Number && isScore(x.Text[w.Start:w.End]):
			x.seen.sport = true
		case x.isAmpersand(k):
			x.seen.ampersands = true
		}
	}
	if !x.seen.sport {
		return
	}
	end := 0
	for _, m := range x.Matches[x.Ranges[x.number]:x.Ranges[x.number+1]] {
		if m.Kind == gazetteer.Organisation && m.Start >= end {
			x.seen.bodies++
			end = m.End
		}
	}
}

// isScore reports whether a word is the score of a match: 2-1.
func isScore(w string) bool {
	hyphen := 0
	for i := range len(w) {
		switch {
		case w[i] == '-' && hyphen == 0 && i > 0 && i < len(w)-1:
			hyphen = i
		case !('0' <= w[i] && w[i] <= '9'):
			return false
		}
	}
	return hyphen > 0 && hyphen < 3 && len(w)-hyphen <= 3
}

// ofSport notes what a name is listed as that stands in a sentence on sport.
func (x *extractor) ofSport(c *Candidate) {
	meanings := x.meaningsOf(c)
	if !x.seen.sport || len(meanings) == 0 {
		return
	}
	any := func(reading.Match) bool { return true }
	x.noteKinds(inSport, x.on, meanings, any)
	if x.seen.bodies > 1 {
		x.noteKinds(amongClubs, x.on, meanings, any)
	}
	if x.opposed(c.First - 1) {
		x.noteKinds(opponent, x.loud, meanings, any)
	}
}

// opposed reports whether word k ends what stands before an opponent: beat, drew with, lost to.
func (x *extractor) opposed(k int32) bool {
	const small = lexicon.Connector | lexicon.Locative | lexicon.NotName
	if k > x.sentence.First && x.Words[k].Cues&small != 0 && !x.Words[k].Capital {
		k--
	}
	return k >= x.sentence.First && x.Words[k].Cues&lexicon.Contest != 0
}
