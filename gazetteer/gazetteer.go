package gazetteer

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/internal/token"
)

// Gazetteer is an immutable collection of entities and their names. It is safe
// for concurrent use. The zero value is not usable.
type Gazetteer struct {
	layers    []layer // the lowest first, at least one
	posts     func() held
	length    func() int
	scratches sync.Pool // of *matchScratch
}

// newGazetteer returns the gazetteer of one compiled list.
func newGazetteer(c *compiled) *Gazetteer { return stack([]layer{{compiled: c}}) }

// Len returns the number of entities.
func (g *Gazetteer) Len() int { return g.length() }

func (g *Gazetteer) count() int {
	n := 0
	for range g.All() {
		n++
	}
	return n
}

// All walks the entities in the order of their IDs.
func (g *Gazetteer) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		next := make([]int, len(g.layers))
		for {
			top := -1 // the highest of the layers whose next ID is the first one
			var id ID
			for i := range g.layers {
				if next[i] == g.layers[i].entryCount {
					continue
				}
				if at := g.layers[i].id(next[i]); top < 0 || at <= id {
					top, id = i, at
				}
			}
			if top < 0 {
				return
			}
			entry := next[top]
			for i := range g.layers {
				if next[i] < g.layers[i].entryCount && g.layers[i].id(next[i]) == id {
					next[i]++
				}
			}
			if e, ok := g.entry(&g.layers[top], entry); ok && !yield(e) {
				return
			}
		}
	}
}

// Entry returns the entity with the given ID.
func (g *Gazetteer) Entry(id ID) (Entry, bool) {
	l, i := g.find(id)
	if l == nil {
		return Entry{}, false
	}
	return g.entry(l, i)
}

// find returns the highest layer that has a record of the given ID, and its number there.
func (g *Gazetteer) find(id ID) (*layer, int) {
	for k := len(g.layers) - 1; k >= 0; k-- {
		if i, ok := g.layers[k].find(id); ok {
			return &g.layers[k], i
		}
	}
	return nil, 0
}

// entry returns what all layers say of the entry of one of them; false when it is no
// entity.
func (g *Gazetteer) entry(l *layer, i int) (Entry, bool) {
	e, ok := l.wholeEntry(i)
	if !ok {
		return Entry{}, false
	}
	return g.described(e), true
}

// Names walks the names of an entity, none when the ID is unknown.
func (g *Gazetteer) Names(id ID) iter.Seq[Name] {
	return func(yield func(Name) bool) {
		l, i := g.find(id)
		if l == nil || !l.kind(i).Valid() {
			return
		}
		var names []Name
		if t := l.over[uint32(i)]; t != nil {
			names = t.record.names
		} else {
			names = l.record(i).names
		}
		for _, n := range names {
			if !yield(n) {
				return
			}
		}
	}
}

// Lookup returns what a name denotes, likeliest first: sure names before
// ambiguous ones, then by how often the entity is in the news and by population.
// Case, diacritics, apostrophes and hyphens are folded; the whole name must
// match, but for full stops and apostrophes at its end. Names flagged Never and Deny are
// found too, last. The Wikidata item of an entity, such as "Q2607", denotes it as well, and
// a person is found with the surname first ("Tokayev, Kassym-Jomart"), one of Central Asia
// with a patronymic that the list does not have and in other spellings, Cyrillic too.
func (g *Gazetteer) Lookup(name string) []Entry {
	name = strings.TrimSpace(name)
	entries := g.lookup(name)
	if bare := strings.TrimRight(name, ".'’ʼʹ`ʻ"); len(entries) == 0 && bare != name {
		entries = g.lookup(bare) // the soft sign of Arys', the full stop of a sentence
	}
	if len(entries) == 0 {
		for other := range personForms(name) {
			entries = slices.DeleteFunc(g.lookup(other), func(e Entry) bool {
				return e.Kind != Person || !respelled(e.Kind, e.Country) && !strings.Contains(name, ",")
			})
			if len(entries) > 0 {
				break
			}
		}
	}
	if item, ok := itemNumber(name); ok {
		entries = g.appendItems(entries, item)
	}
	return entries
}

// candidate is what one name of one layer denotes.
type candidate struct {
	entry  Entry
	usage  Usage
	weight float64
}

func (g *Gazetteer) lookup(name string) []Entry {
	var found []candidate
	for k := range g.layers {
		found = g.layers[k].appendCandidates(found, name)
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		if len(g.layers) == 1 {
			return cmp.Compare(a.usage, b.usage) // the rest is sorted
		}
		return cmp.Or(cmp.Compare(a.usage, b.usage), cmp.Compare(b.weight, a.weight), cmp.Compare(a.entry.ID, b.entry.ID))
	})
	var entries []Entry
	seen := make(map[ID]bool, len(found))
	for _, c := range found {
		if !seen[c.entry.ID] {
			seen[c.entry.ID] = true
			entries = append(entries, g.described(c.entry))
		}
	}
	return entries
}

// appendCandidates appends what a name denotes by the names of one layer.
func (l *layer) appendCandidates(dst []candidate, name string) []candidate {
	s := l.scratches.Get().(*matchScratch)
	defer l.scratches.Put(s)
	name = s.plain.Read(name)
	s.words, s.sentences = token.Append(s.words[:0], s.sentences[:0], name)
	s.divide(name, s.words)
	s.anyCase = true
	n, otherwise, ok := l.whole(s, name)
	s.anyCase = false
	if !ok {
		return dst
	}
	lo, hi := l.trie.Values(n)
	for i := lo; i < hi; i++ {
		h := l.hit(i)
		if l.silenced[uint32(i)] {
			continue
		}
		if e, ok := l.wholeEntry(int(h.entry)); ok && (!otherwise || slices.Contains(ofTheRegion, e.Country)) {
			dst = append(dst, candidate{e, h.usage, likelihood(e, h.flags&hitFormer != 0)})
		}
	}
	return dst
}

// Match walks the listed names in text, leftmost first and longest where several
// begin at one place, without overlap. Where a name has several meanings the
// likeliest is given; Lookup knows the others. A capital in a listed name must be
// a capital in the text, and an abbreviation must be in capitals: "who" and "Who"
// are not WHO. Names do not reach over the end of a sentence: one with the end of a
// sentence in it, as "Yahoo! Inc", is found by Lookup alone. Any bytes are accepted,
// UTF-8 or not.
func (g *Gazetteer) Match(text string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		s := g.scratches.Get().(*matchScratch)
		defer g.scratches.Put(s)
		for start := 0; start < len(text); {
			end := token.Cut(text[start:]) + start
			part := s.plain.Read(text[start:end])
			s.words, s.sentences = token.Append(s.words[:0], s.sentences[:0], part)
			for _, sentence := range s.sentences {
				s.matches = g.appendMatches(s.matches[:0], part, s.words[sentence.First:sentence.Last])
				last := 0
				for _, m := range s.matches { // those of one start stand together, longest first
					if m.Start < last || m.Usage == Deny {
						continue
					}
					last = m.End
					m.Start, m.End = start+s.plain.Start(m.Start), start+s.plain.End(m.End)
					if !yield(m) {
						return
					}
				}
			}
			start = end
		}
	}
}

// WriteTo writes the compiled form, which Parse reads. Layers are written as one list: it
// fails when that would pass a limit of a gazetteer, with a [Fault].
func (g *Gazetteer) WriteTo(w io.Writer) (int64, error) {
	c := g.layers[0].compiled
	if len(g.layers) > 1 {
		records, err := g.flatten()
		if err != nil {
			return 0, err
		}
		c = records
	}
	n, err := io.WriteString(w, c.compressed())
	return int64(n), err
}
