package gazetteer

import (
	"cmp"
	"slices"

	"github.com/steppe-ner/steppe/internal/listing/hook"
	"github.com/steppe-ner/steppe/internal/token"
)

// The seam for what reads texts within this module: see package listing.
func init() {
	hook.Matches = (*Gazetteer).appendEnglish
	hook.Listing = (*Gazetteer).appendListing
	hook.Posts = (*Gazetteer).postsOf
	hook.OtherTitle = Post.otherTitle
	hook.Standing = Post.standing
}

// layeredMatch is a match with the layer that found it.
type layeredMatch struct {
	Match
	layer int
}

// appendEnglish is appendMatches for English text: Default's names in other scripts are
// not looked for, those of other lists are.
func (g *Gazetteer) appendEnglish(dst []Match, text string, words []token.Word) []Match {
	return g.append(dst, text, words, true)
}

// appendMatches appends every listed name in the words of one sentence, with
// what it can be believed to mean: by start, then longest first, then likeliest first;
// up to [MaxMeanings] that begin with one word. Matches may overlap. Of words that are
// denied there is one match, of usage Deny.
func (g *Gazetteer) appendMatches(dst []Match, text string, words []token.Word) []Match {
	return g.append(dst, text, words, false)
}

func (g *Gazetteer) append(dst []Match, text string, words []token.Word, english bool) []Match {
	if len(g.layers) == 1 {
		return g.layers[0].appendMatches(dst, text, words, english)
	}
	return g.merged(dst, func(l *layer, dst []Match) []Match { return l.appendMatches(dst, text, words, english) })
}

// appendListing appends what the listed name means that the words of text and, if it is
// not empty, the word tail make up, whatever their capitals, likeliest first: the Osh of
// "Osh and Batken regions", with tail "region". Start and End are those of the words.
func (g *Gazetteer) appendListing(dst []Match, text string, words []token.Word, tail string) []Match {
	first := len(dst)
	dst = g.merged(dst, func(l *layer, dst []Match) []Match { return l.appendListing(dst, text, words, tail) })
	if len(dst) > first && dst[first].Usage == Deny {
		return dst[:first]
	}
	return dst
}

// merged appends what the layers find, each by itself.
func (g *Gazetteer) merged(dst []Match, find func(l *layer, dst []Match) []Match) []Match {
	s := g.scratches.Get().(*matchScratch)
	defer g.scratches.Put(s)
	s.layered = s.layered[:0]
	for k := range g.layers {
		first := len(dst)
		dst = find(&g.layers[k], dst)
		for _, m := range dst[first:] {
			s.layered = append(s.layered, layeredMatch{m, k})
		}
		dst = dst[:first]
	}
	slices.SortStableFunc(s.layered, func(a, b layeredMatch) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	begun := len(dst)
	for rest := s.layered; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Start == rest[0].Start && rest[n].End == rest[0].End {
			n++
		}
		if begun < len(dst) && dst[begun].Start != rest[0].Start {
			begun = len(dst)
		}
		dst = g.appendMeanings(dst, rest[:n], MaxMeanings-(len(dst)-begun))
		rest = rest[n:]
	}
	return dst
}

// appendMeanings appends up to most of the matches of one span, the lowest layer's first:
// as one list of all layers would have them, but for what is denied, which is denied to
// the layers below alone.
func (g *Gazetteer) appendMeanings(dst []Match, found []layeredMatch, most int) []Match {
	for i := len(found) - 1; i >= 0; i-- {
		if found[i].Usage == Deny {
			if above := found[i+1:]; len(above) > 0 {
				found = above
			} else {
				found = found[i:]
			}
			break
		}
	}
	if len(found) > 1 {
		slices.SortStableFunc(found, func(a, b layeredMatch) int {
			return cmp.Or(
				cmp.Compare(a.Usage, b.Usage), cmp.Compare(g.weight(b.Match), g.weight(a.Match)),
				cmp.Compare(a.ID, b.ID), cmp.Compare(flagsOf(a.Match), flagsOf(b.Match)),
			)
		})
	}
	first := len(dst)
	for _, m := range found {
		if len(dst)-first < most && !slices.ContainsFunc(dst[first:], func(other Match) bool { return other.ID == m.ID }) {
			dst = append(dst, m.Match)
		}
	}
	return dst
}

// flagsOf returns the flags of the hit that a match is of, but for hitPrimary: which name
// is the main one depends on the layers above.
func flagsOf(m Match) (flags uint8) {
	if m.Former {
		flags |= hitFormer
	}
	if m.Upper {
		flags |= hitUpper
	}
	return flags
}

// weight returns the likelihood of what a match denotes.
func (g *Gazetteer) weight(m Match) float64 {
	l, i := g.find(m.ID)
	if l == nil {
		return 0
	}
	e, _ := l.wholeEntry(i)
	return likelihood(e, m.Former)
}
