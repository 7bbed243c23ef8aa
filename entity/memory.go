package entity

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/words"
)

// memoryNames bounds what is remembered of one document, so that an endless one
// needs no endless memory. When it is full, everything is forgotten: what is
// still in the news will be said again.
const memoryNames = 4096

// memo is what a document has told about a short name.
type memo struct {
	kind    Kind
	id      ID
	country string
	full    bool                           // told by a longer name, not by the name itself
	votes   [gazetteer.Demonym + 1]float32 // of a name that no list has: the scores of what it was taken for
}

// elected returns the kind that a name was taken for with the most confidence.
func (n *memo) elected() Kind {
	best := n.kind
	for k, v := range n.votes {
		if v > n.votes[best] {
			best = Kind(k)
		}
	}
	return best
}

// memory maps the hash of a folded short name to what it was told to mean.
type memory struct {
	names map[uint64]memo
}

func newMemory() memory { return memory{names: map[uint64]memo{}} }

func (m *memory) clear() { clear(m.names) }

func (m *memory) add(hash uint64, n memo) {
	old, ok := m.names[hash]
	for k := range old.votes {
		n.votes[k] += old.votes[k]
	}
	if ok && n.votes != old.votes {
		old.votes = n.votes
		m.names[hash] = old
	}
	if ok && (old.full && !n.full || !n.full && old.id != "" || old.id != "" && n.id == "") {
		return
	}
	if !ok && len(m.names) >= memoryNames {
		m.clear()
	}
	m.names[hash] = n
}

// nameHash returns the hash of the words first to last-1 as one name.
func (d *document) nameHash(first, last int32) uint64 {
	h := d.Words[first].Hash
	for _, w := range d.Words[first+1 : last] {
		h = (h ^ w.Hash) * 0x9E3779B97F4A7C15
	}
	return h
}

// remember notes what an accepted span tells about shorter names: the surname
// and the given name of a person, the abbreviation in brackets after a body.
func (d *document) remember(s *span) {
	if s.evidence == Recalled {
		return
	}
	n := memo{kind: s.kind, id: s.id, country: s.country}
	if !s.evidence.Has(Listed) {
		n.votes[s.kind] = float32(max(s.score, 0.1))
	}
	d.memory.add(d.nameHash(s.first, s.last), n)
	if s.length() < 2 {
		return
	}
	n.full, n.votes = true, [gazetteer.Demonym + 1]float32{}
	switch s.kind {
	case Person:
		if d.standsAlone(s.last - 1) {
			d.memory.add(d.Words[s.last-1].Hash, n)
		}
		if first := d.Words[s.first]; first.Shape&(initialShape) == 0 && s.length() == 2 && d.standsAlone(s.first) {
			if _, ok := d.memory.names[first.Hash]; !ok {
				d.memory.add(first.Hash, n)
			}
		}
	case Organisation:
		// Shanghai Cooperation Organisation (SCO)
		if i := s.last; int(i)+2 < len(d.Words) && d.word1(i) == "(" && d.word1(i+2) == ")" && d.Words[i+1].Shape&allUpper != 0 {
			d.memory.add(d.Words[i+1].Hash, n)
			return
		}
		// Mahan after Mahan Air
		if w := &d.Words[s.first]; s.length() == 2 && w.Info&(words.English|words.Given|words.Surname) == 0 && !d.listedAt(s.first) {
			d.memory.add(w.Hash, n)
		}
		// The initials of its capitalised words.
		d.initials = d.initials[:0]
		for _, w := range d.Words[s.first:s.last] {
			if w.Capital {
				d.initials, _ = fold.Append(d.initials, d.Text[w.Start:w.Start+1])
			}
		}
		if len(d.initials) >= 3 {
			if h := fold.Hash(d.initials); d.memory.names[h] == (memo{}) {
				d.memory.add(h, n)
			}
		}
	}
}

// standsAlone reports whether a word of a person's name can name the person by itself: not
// the number of Elizabeth I or John Paul II, nor what merely stood beside the name.
func (d *document) standsAlone(i int32) bool {
	w := &d.Words[i]
	if w.End-w.Start == 1 || w.Hash == junior || regnal(d.word1(i)) || w.Cues&(reading.Opener|reading.Lone|reading.Honorific) != 0 {
		return false
	}
	return w.Cues&(reading.NotName|reading.Month) == 0 || w.Info&(words.Given|words.Surname) != 0
}

// regnal reports whether w is a number of a monarch or a pope.
func regnal(w string) bool { return strings.Trim(w, "IVX") == "" }

// listedAt reports whether a listed name begins and ends with word i.
func (d *document) listedAt(i int32) bool {
	return slices.ContainsFunc(d.matchesAt(i), func(m reading.Match) bool { return m.Last == i+1 })
}

// word1 returns the text of word i.
func (d *document) word1(i int32) string { return d.Text[d.Words[i].Start:d.Words[i].End] }
