package ner

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// What the names chosen at first tell of a name that they share words with.
var (
	elsewhere     = names("elsewhere", kindNames...) // the same words, taken for that kind: a share
	elsewhereMany = name("elsewhere.twice")
	elsewhereHead = names("elsewhere.headed", kindNames...)     // where a word beside it says what it is here
	shortFor      = names("short-for", shortForms...)           // a longer name: its probability
	shortListed   = names("short-for.listed", shortForms...)    // and it is listed as something of another type
	shortObscure  = names("short-for.obscure", shortForms...)   // and no more than little known as that
	shortEnglish  = names("short-for.english", shortForms...)   // and an English word
	shortPlaced   = names("short-for.placed", shortForms...)    // and it stands after a preposition of place
	shortUnplaced = names("short-for.unplaced", shortForms...)  // and never does so in the text
	shortTitled   = names("short-for.continues", shortForms...) // and a capital stands beside it
)

// A short form is how a name is shortened.
type shortForm uint8

const (
	lastOfPerson shortForm = iota
	firstOfPerson
	abbreviationOfBody // in brackets after it
	initialsOfBody
	firstOfBody
)

var shortForms = []string{"person.last", "person.first", "body.abbreviation", "body.initials", "body.first"}

// memo is what a document has told of some words.
type memo struct {
	sum   [kinds]float32 // probabilities of the names that they were chosen for
	short [5]float32     // by short form: the probability of the likeliest long name
	place bool           // they stand after a preposition of place somewhere
}

// memoryNames bounds what is remembered of one document, so that an endless one
// needs no endless memory. When it is full, everything is forgotten: what is
// still in the news will be said again.
const memoryNames = 4096

// Memory is what a document has told about its names, by the hash of their words.
type Memory struct {
	memos    map[uint64]memo
	people   people
	initials []byte // scratch
}

// NewMemory returns a memory of nothing.
func NewMemory() *Memory { return &Memory{memos: map[uint64]memo{}, people: newPeople()} }

// Clear forgets everything.
func (m *Memory) Clear() {
	clear(m.memos)
	m.people.clear()
}

// set sets what is told of the words with a hash.
func (m *Memory) set(hash uint64, n memo) {
	if len(m.memos) >= memoryNames {
		if _, ok := m.memos[hash]; !ok {
			clear(m.memos)
		}
	}
	m.memos[hash] = n
}

// shorten notes that the words with a hash are a short form of a likely name.
func (m *Memory) shorten(hash uint64, form shortForm, p float32) {
	n := m.memos[hash]
	n.short[form] = max(n.short[form], p)
	m.set(hash, n)
}

// nameHash returns the hash of the words of a span as one name.
func (t *text) nameHash(s Span) uint64 {
	h := t.Words[s.First].Hash
	for _, w := range t.Words[s.First+1 : s.Last] {
		h = hashing.Then(h, w.Hash)
	}
	return h
}

// note remembers a name that was chosen, unless a word beside it alone says what it is, and
// what it may be shortened to.
func (m *Memory) note(t *text, c *Candidate, headed bool) {
	p := float32(c.P)
	if place := t.afterPlace(c); place || !headed {
		hash := t.nameHash(c.Span)
		n := m.memos[hash]
		if !headed {
			n.sum[c.Kind] += p
		}
		n.place = n.place || place
		m.set(hash, n)
	}
	if c.words() < 2 {
		return
	}
	switch c.Kind {
	case gazetteer.Person:
		if t.standsAlone(c.Last - 1) {
			m.shorten(t.Words[c.Last-1].Hash, lastOfPerson, p)
			surname := c.Last - 1
			for surname > c.First+1 && t.Words[surname-1].Cues&lexicon.Particle != 0 {
				surname--
			}
			if surname < c.Last-1 { // Gloria La Riva
				m.shorten(t.nameHash(Span{First: surname, Last: c.Last}), lastOfPerson, p)
			}
		}
		if t.Words[c.First].Shape&token.Initial == 0 && c.words() == 2 && t.standsAlone(c.First) {
			m.shorten(t.Words[c.First].Hash, firstOfPerson, p)
		}
	case gazetteer.Organisation:
		if k := c.Last; int(k)+2 < len(t.Words) && t.Word(k) == "(" && t.Word(k+2) == ")" && t.Words[k+1].Shape&token.AllUpper != 0 {
			m.shorten(t.Words[k+1].Hash, abbreviationOfBody, p)
		}
		if w := &t.Words[c.First]; c.words() == 2 && w.Info&(words.English|words.Given|words.Surname) == 0 {
			m.shorten(w.Hash, firstOfBody, p)
		}
		m.initials = m.initials[:0]
		for _, w := range t.Words[c.First:c.Last] {
			if w.Capital {
				m.initials, _ = fold.Append(m.initials, t.Text[w.Start:w.Start+1])
			}
		}
		if len(m.initials) >= 3 {
			m.shorten(fold.Hash(m.initials), initialsOfBody, p)
		}
	}
}

// afterPlace reports whether a candidate stands after a preposition of place, or "of".
func (t *text) afterPlace(c *Candidate) bool {
	return c.First > 0 && t.Words[c.First-1].Cues&(lexicon.Locative|lexicon.OfWord) != 0
}

// standsAlone reports whether a word of a person's name can name the person by itself: not
// the number of Elizabeth I or John Paul II, nor what merely stood beside the name.
func (t *text) standsAlone(k int32) bool {
	w := &t.Words[k]
	if w.End-w.Start == 1 || w.Cues&lexicon.Junior != 0 || strings.Trim(t.Word(k), "IVX") == "" {
		return false
	}
	if w.Cues&(lexicon.Opener|lexicon.Lone|lexicon.Honorific) != 0 {
		return false
	}
	return w.Cues&(lexicon.NotName|lexicon.Month) == 0 || w.Info&(words.Given|words.Surname) != 0
}

// appendMentioned appends the features of what the memory tells of a candidate; own is
// what the candidate itself has told. headed says that a word beside it, or the row that it
// stands in, tells what it is.
func (m *Memory) appendMentioned(dst []Active, t *text, c *Candidate, chosen, headed bool) []Active {
	n, ok := m.memos[t.nameHash(c.Span)]
	if !ok || t.dated(c) {
		return dst
	}
	if chosen && !headed {
		n.sum[c.Kind] -= float32(c.P)
	}
	total := float32(0)
	for _, v := range n.sum {
		total += v
	}
	if total > 0.01 {
		scale := min(total, 1) / total
		first := elsewhere
		if headed {
			first = elsewhereHead
		}
		for k := 1; k < kinds; k++ {
			if v := float32(n.sum[k] * scale); v > 0.01 {
				dst = append(dst, Active{first + feature(k-1), v})
			}
		}
		if total > 1 {
			dst = append(dst, Active{elsewhereMany, 1})
		}
	}
	if headed || t.reflexive(c) {
		return dst
	}
	w := &t.Words[c.First]
	ruled := t.behindRuler(c)
	for form, p := range n.short {
		if p == 0 || ruled && form <= int(firstOfPerson) {
			continue
		}
		dst = append(dst, Active{shortFor + feature(form), p})
		if w.Info&words.English != 0 {
			dst = append(dst, Active{shortEnglish + feature(form), 1})
		}
		if t.afterPlace(c) {
			dst = append(dst, Active{shortPlaced + feature(form), 1})
		}
		if !n.place {
			dst = append(dst, Active{shortUnplaced + feature(form), 1})
		}
		if c.First > 0 && t.Words[c.First-1].Capital || int(c.Last) < len(t.Words) && t.Words[c.Last].Capital {
			dst = append(dst, Active{shortTitled + feature(form), 1})
		}
		listed, known := false, false
		for _, x := range t.meaningsOf(c) {
			if x.Kind != gazetteer.Demonym && (form <= int(firstOfPerson)) != (x.Kind == gazetteer.Person) {
				listed = true
				known = known || 0 < x.Rank && x.Rank < leastKnown
			}
		}
		if listed {
			dst = append(dst, Active{shortListed + feature(form), 1})
		}
		if listed && !known {
			dst = append(dst, Active{shortObscure + feature(form), 1})
		}
	}
	return dst
}

// leastKnown is the rank of what is hardly ever in the news.
const leastKnown = 4

// behindRuler reports whether a candidate is listed as a country and stands behind its ruler: the
// king of Jordan is none of Michael Jordan's.
func (t *text) behindRuler(c *Candidate) bool {
	if c.First < 2 || t.Words[c.First-1].Cues&lexicon.OfWord == 0 {
		return false
	}
	if before := &t.Words[c.First-2]; !before.Capital && before.Cues&(lexicon.Title|lexicon.Dignity|lexicon.Numeral) == 0 {
		return false
	}
	for _, m := range t.meaningsOf(c) {
		if m.Kind == gazetteer.Country {
			return true
		}
	}
	return false
}

// maxClause is how many small words stand between a person and what he does something to.
const maxClause = 3

// reflexive reports whether a candidate that is listed as no person is a word of the name that
// a few small words stand behind: Victoria Kim left Victoria. Whoever is meant by it, a person
// does things to others.
func (t *text) reflexive(c *Candidate) bool {
	meanings := t.meaningsOf(c)
	if len(meanings) == 0 || slices.ContainsFunc(meanings, func(m reading.Match) bool { return m.Kind == gazetteer.Person }) {
		return false
	}
	k := c.First - 1
	for k > 0 && c.First-1-k < maxClause && t.joinsNothing(k) {
		k--
	}
	if k == c.First-1 {
		return false
	}
	same := false
	last := k
	for ; k >= 0 && t.Words[k].Capital; k-- {
		same = same || t.Words[k].Hash == t.Words[c.First].Hash
	}
	return same && last-k > 1
}

// joinsNothing reports whether word k is in small letters and no "and".
func (t *text) joinsNothing(k int32) bool {
	w := &t.Words[k]
	return w.Class == token.Letters && !w.Capital && w.Cues&lexicon.And == 0
}
