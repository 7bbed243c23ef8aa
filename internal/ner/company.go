package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/words"
)

// A name is known by the company it keeps: the Georgia of a sentence on Alabama is no
// country, and what stands in a row of agencies is one.

var (
	// Another place of the sentence lies in the country of the listed one; in none of those of
	// its other meanings.
	nearAgrees = names("near.agrees", kindNames...)
	nearAlone  = names("near.agrees.alone", kindNames...)

	// What stands beside it in a row is listed so, and so is it: AFP, dpa and TASS.
	mateBefore = names("row.before", kindNames...)
	mateAfter  = names("row.after", kindNames...)

	// It is a given name, and a person's name stands across an "and" or a comma.
	joinedTo = names("given-name.joined", "before", "after")
)

// ofCompany is what the other names of the sentence say.
func (x *extractor) ofCompany(c *Candidate) {
	x.ofJoined(c)
	if meanings := x.meaningsOf(c); len(meanings) > 0 {
		x.ofRowMates(c, meanings)
		if inSeveral(meanings) {
			x.ofNear(c, meanings)
		}
	}
}

// noteKinds notes the kinds of the meanings that are good.
func (x *extractor) noteKinds(first feature, note func(feature), meanings []reading.Match, good func(reading.Match) bool) {
	noted := 0
	for _, m := range meanings {
		if noted&(1<<m.Kind) == 0 && good(m) {
			noted |= 1 << m.Kind
			note(first + feature(m.Kind-1))
		}
	}
}

// inSeveral reports whether meanings are places of several countries.
func inSeveral(meanings []reading.Match) bool {
	country := ""
	for _, m := range meanings {
		if !isPlace(m) || m.Country == "" {
			continue
		}
		if country != "" && m.Country != country {
			return true
		}
		country = m.Country
	}
	return false
}

// ofNear is in which country the sentence's other places lie.
func (x *extractor) ofNear(c *Candidate, meanings []reading.Match) {
	const several = "several"
	country := ""
	x.noteKinds(nearAgrees, x.loud, meanings, func(m reading.Match) bool {
		if !isPlace(m) || !x.near(c, m.Country) {
			return false
		}
		if country != "" && country != m.Country {
			country = several
		} else {
			country = m.Country
		}
		return true
	})
	x.noteKinds(nearAlone, x.loud, meanings, func(m reading.Match) bool {
		return isPlace(m) && m.Country != "" && m.Country == country
	})
}

// maxNear is how many words on each side of a name are looked at.
const maxNear = 40

// near reports whether the sentence has another place of a country, or its people.
func (x *extractor) near(c *Candidate, country string) bool {
	if country == "" {
		return false
	}
	for k := max(c.First-maxNear, x.sentence.First); k < min(c.Last+maxNear, x.sentence.Last); k++ {
		for _, n := range x.listedFrom(k) {
			if n.Country != country || n.First < c.Last && c.First < n.Last {
				continue
			}
			// A region's name that may be a woman's is one beside another region.
			if n.Kind == gazetteer.Place || n.Usage == gazetteer.Sure && (isPlace(n) || n.Kind == gazetteer.Demonym) {
				return true
			}
		}
	}
	return false
}

// joins reports whether word k stands between two members of a row.
func (x *extractor) joins(k int32) bool {
	return k > x.sentence.First && k+1 < x.sentence.Last && (x.Words[k].Cues&lexicon.And != 0 || x.Word(k) == ",")
}

// ofRowMates is what stands beside a candidate in a row.
func (x *extractor) ofRowMates(c *Candidate, meanings []reading.Match) {
	if k := c.Last; x.joins(k) {
		x.noteKinds(mateAfter, x.on, meanings, func(m reading.Match) bool {
			for _, n := range x.listedFrom(k + 1) {
				if n.Kind == m.Kind && (n.Usage == gazetteer.Sure || n.Upper) {
					return true
				}
			}
			return false
		})
	}
	if k := c.First - 1; x.joins(k) {
		x.noteKinds(mateBefore, x.on, meanings, func(m reading.Match) bool {
			for i := max(k-gazetteer.MaxNameWords, x.sentence.First); i < k; i++ {
				for _, n := range x.listedFrom(i) {
					if n.Last == k && n.Kind == m.Kind && (n.Usage == gazetteer.Sure || n.Upper) {
						return true
					}
				}
			}
			return false
		})
	}
}

// ofJoined is what a person's name in the same row says of a given name: Emma Tyler and
// Mary.
func (x *extractor) ofJoined(c *Candidate) {
	if c.words() != 1 || x.Words[c.First].Info&words.Given == 0 {
		return
	}
	person := func(k int32) bool {
		return x.Words[k].Info&words.Given != 0 && x.unknown(k) && !x.place(k, k+1)
	}
	if k := c.Last; x.joins(k) && person(k+1) {
		x.on(joinedTo + 1)
	}
	if k := c.First - 1; x.joins(k) {
		for i := k - 1; i >= max(k-3, x.sentence.First) && x.Words[i].Capital; i-- {
			if person(i) {
				x.on(joinedTo)
				break
			}
		}
	}
}
