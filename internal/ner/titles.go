package ner

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/token"
)

// maxTitle is how many words of a title are looked at.
const maxTitle = 12

// appendTitle appends the hashes of the words of the title that stands before person i, or
// after a comma behind: Kazakh Foreign Minister Murat Nurtleu; Nurtleu, the foreign
// minister. There is one only where one of its words is of the class. It reaches no other
// person: the prime minister Japarov who met Rahmon is not he.
func (l *linker) appendTitle(dst []uint64, i int) []uint64 {
	c := &l.found[i]
	from, to := l.between(i)
	first := c.First
	for first > from && c.First-first < maxTitle && l.inTitle(first-1) {
		first--
	}
	dst = l.appendTitleOf(dst, first, c.First)
	if k := c.Last; len(dst) == 0 && k+1 < to && l.Word(k) == "," {
		last := k + 1
		for last < to && last-k < maxTitle && l.inTitle(last) {
			last++
		}
		// What goes on to another person is that one's title: Lavrov, President Tokayev and others.
		if last < to || int(to) == len(l.Words) {
			dst = l.appendTitleOf(dst, k+1, last)
		}
	}
	return dst
}

// between returns the words around person i that no other person is named on.
func (l *linker) between(i int) (from, to int32) {
	to = int32(len(l.Words))
	for j := i - 1; j >= 0 && l.found[j].Last+maxTitle > l.found[i].First; j-- {
		if l.found[j].Kind == gazetteer.Person {
			from = l.found[j].Last
			break
		}
	}
	for j := i + 1; j < len(l.found) && l.found[j].First < l.found[i].Last+maxTitle; j++ {
		if l.found[j].Kind == gazetteer.Person {
			to = l.found[j].First
			break
		}
	}
	return from, to
}

// inTitle reports whether word k may stand in a title: no verb, no preposition but those
// that names have, too, nobody's son, and nobody's president's.
func (t *text) inTitle(k int32) bool {
	w := &t.Words[k]
	switch {
	case w.Class == token.Possessive:
		return k == 0 || t.Words[k-1].Cues&lexicon.Title == 0
	case w.Class != token.Letters || w.Cues&(lexicon.Speech|lexicon.And|lexicon.FamilyWord) != 0:
		return false
	case w.Capital || w.Cues&(lexicon.Title|lexicon.Article|lexicon.OfWord|lexicon.Connector) != 0:
		return true
	}
	return w.Cues&(lexicon.Locative|lexicon.NotName) == 0 && !isVerb(w.Tag)
}

// isVerb reports whether a tag is that of a verb that has a subject.
func isVerb(tag perceptron.Class) bool { return tag < perceptron.Itself && verbs[tag] }

var verbs = func() (is [perceptron.Itself]bool) {
	for _, tag := range [...]string{"VBD", "VBP", "VBZ", "MD"} {
		if c, ok := perceptron.ClassOf(tag); ok {
			is[c] = true
		}
	}
	return is
}()

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

// postsOf returns the posts of somebody, who is asked about more than once.
func (l *linker) postsOf(id gazetteer.ID) []gazetteer.Post {
	if l.holder != id {
		l.holder, l.posts = id, listing.Posts(l.gazetteer, id)
	}
	return l.posts
}

// ofTitle notes whether the title beside a mention is that of a post of the one it may
// mean: the share of the post's words that stand in it.
func (l *linker) ofTitle(m *Meaning, x *context) {
	if l.kind == gazetteer.Person && x.given == 0 && len(l.people.bodies) > 0 {
		l.ofOffice(m)
	}
	if l.kind == gazetteer.Person && (l.date != (gazetteer.Date{}) || x.given == 0 && len(l.meanings) > 2) {
		l.ofDate(m)
	}
	if len(x.title) == 0 {
		return
	}
	posts := l.postsOf(m.ID)
	foremost := 0
	for _, p := range posts {
		foremost = max(foremost, listing.Standing(p))
	}
	latest, before, other := 0.0, 0.0, 0.0
	for _, p := range posts {
		share := max(shared(p.Title, x.title), shared(listing.OtherTitle(p), x.title))
		if !p.HeldAt(l.date) {
			other = max(other, share)
		} else if listing.Standing(p) == foremost || p.Until == (gazetteer.Date{}) || l.date != (gazetteer.Date{}) {
			latest = max(latest, share)
		} else {
			before = max(before, share)
		}
	}
	switch {
	case len(posts) == 0:
		l.on(nth(meansTitle, 2))
	case latest > 0 && latest >= before:
		l.add(meansTitle, latest)
	case before > 0:
		l.add(nth(meansTitle, 3), before)
	case other > 0:
		l.add(nth(meansTitle, 4), other)
	default:
		l.on(nth(meansTitle, 1))
	}
}

// ofDate notes whether the one whom a mention may mean held a post at the date of the text,
// or, when that is not known and there are several, holds one still.
func (l *linker) ofDate(m *Meaning) {
	posts := l.postsOf(m.ID)
	undated := l.date == (gazetteer.Date{})
	held, leads := false, false
	for _, p := range posts {
		if undated && p.Until != (gazetteer.Date{}) || !p.HeldAt(l.date) {
			continue
		}
		held = true
		leads = leads || listing.Standing(p) == 2
	}
	switch {
	case held && undated:
		l.on(nth(meansHeld, 2))
	case held:
		l.on(meansHeld)
	case len(posts) > 0 && !undated:
		l.on(nth(meansHeld, 1))
	}
	if leads {
		l.on(nth(meansHeld, 3))
	}
}

// ofOffice notes whether one who is named by the surname alone has, or had at the date of the
// text, a post in a body that the text names.
func (l *linker) ofOffice(m *Meaning) {
	for _, p := range l.postsOf(m.ID) {
		if p.Body != "" && p.HeldAt(l.date) && l.people.bodies[p.Body] {
			l.on(meansOffice)
			return
		}
	}
}

// ofIntroduction notes whether one who is introduced as somebody new may be so: a teacher is
// no president.
func (l *linker) ofIntroduction(m *Meaning, x *context) {
	if x.introduced == notIntroduced {
		return
	}
	l.on(nth(meansNew, x.introduced-1))
	posts := l.postsOf(m.ID)
	if x.newAs == 0 || len(posts) == 0 {
		return
	}
	for _, p := range posts {
		if shared(p.Title, []uint64{x.newAs}) > 0 {
			l.on(meansNewAs)
			return
		}
	}
	l.on(nth(meansNewAs, 1))
}

// shared returns the share of the words of a post whose hashes are among those of a title,
// times that of the title's nouns that are among the post's words: a deputy minister is no
// minister.
func shared(post string, title []uint64) float64 {
	in, all := 0, 0
	nouns := 0
	for _, t := range title {
		if lexicon.Lookup(t)&lexicon.Title != 0 {
			nouns++
		}
	}
	alike := 0
	for word := range strings.SplitSeq(post, " ") {
		var buf [64]byte
		_, h := fold.Append(buf[:0], word)
		cues := lexicon.Lookup(h)
		if cues&(lexicon.OfWord|lexicon.Article|lexicon.Connector) != 0 {
			continue
		}
		all++
		if slices.Contains(title, h) {
			in++
			if cues&lexicon.Title != 0 {
				alike++
			}
		}
	}
	if all == 0 {
		return 0
	}
	share := float64(in) / float64(all)
	if alike < nouns {
		share *= float64(alike) / float64(nouns)
	}
	return share
}
