package ner

import (
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/token"
)

// maxTitle is how many words of a title are looked at.
const maxTitle = 8

// appendTitle appends the hashes of the words of the title that stands before a person, or
// after a comma behind: Kazakh Foreign Minister Murat Nurtleu; Nurtleu, the foreign
// minister. There is one only where one of its words is of the class.
func (t *text) appendTitle(dst []uint64, c *Candidate) []uint64 {
	first := c.First
	for first > 0 && c.First-first < maxTitle && t.inTitle(first-1) {
		first--
	}
	dst = t.appendTitleOf(dst, first, c.First)
	if k := c.Last; len(dst) == 0 && int(k)+1 < len(t.Words) && t.Word(k) == "," {
		last := k + 1
		for int(last) < len(t.Words) && last-k < maxTitle && t.inTitle(last) {
			last++
		}
		dst = t.appendTitleOf(dst, k+1, last)
	}
	return dst
}

// inTitle reports whether word k may stand in a title.
func (t *text) inTitle(k int32) bool {
	w := &t.Words[k]
	return w.Class == token.Letters && w.Cues&(lexicon.Speech|lexicon.And) == 0 && (w.Cues&lexicon.Locative == 0 || w.Capital) ||
		w.Class == token.Possessive
}

// appendTitleOf appends the hashes of the words first to last-1 if there is a title among
// them.
func (t *text) appendTitleOf(dst []uint64, first, last int32) []uint64 {
	n, titled := len(dst), false
	for k := first; k < last; k++ {
		w := &t.Words[k]
		if titled = titled || w.Cues&lexicon.Title != 0; w.Cues&(lexicon.OfWord|lexicon.Article|lexicon.Connector) == 0 {
			dst = append(dst, w.Hash)
		}
	}
	if !titled {
		return dst[:n]
	}
	return dst
}

// ofTitle notes whether the title beside a mention is that of a post of the one it may
// mean: the share of the post's words that stand in it.
func (l *linker) ofTitle(m *Meaning, x *context) {
	if l.date != (gazetteer.Date{}) && l.kind == gazetteer.Person {
		l.ofDate(m)
	}
	if len(x.title) == 0 {
		return
	}
	best, posts := 0.0, 0
	for _, p := range listing.Posts(l.gazetteer, m.ID) {
		posts++
		if p.HeldAt(l.date) {
			best = max(best, shared(p.Title, x.title))
		}
	}
	switch {
	case posts == 0:
		l.on(nth(meansTitle, 2))
	case best > 0:
		l.add(meansTitle, best)
	default:
		l.on(nth(meansTitle, 1))
	}
}

// ofDate notes whether the one whom a mention may mean held a post at the date of the text.
func (l *linker) ofDate(m *Meaning) {
	posts := listing.Posts(l.gazetteer, m.ID)
	for _, p := range posts {
		if p.HeldAt(l.date) {
			l.on(meansHeld)
			return
		}
	}
	if len(posts) > 0 {
		l.on(nth(meansHeld, 1))
	}
}

// shared returns the share of the words of a post whose hashes are among those of a title.
func shared(post string, title []uint64) float64 {
	in, all := 0, 0
	for word := range strings.SplitSeq(post, " ") {
		var buf [64]byte
		_, h := fold.Append(buf[:0], word)
		if lexicon.Lookup(h)&(lexicon.OfWord|lexicon.Article|lexicon.Connector) != 0 {
			continue
		}
		all++
		for _, t := range title {
			if t == h {
				in++
				break
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}
