package gazetteer

import (
	"iter"
	"sort"
	"strings"

	"github.com/steppe-ner/steppe/internal/token"
)

// Len returns the number of entities.
func (g *Gazetteer) Len() int {
	n := 0
	for i := range g.entryCount {
		if g.kind(i) != 0 {
			n++
		}
	}
	return n
}

// All walks the entities in the order of their IDs.
func (g *Gazetteer) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i := range g.entryCount {
			if g.kind(i) != 0 && !yield(g.entry(i)) {
				return
			}
		}
	}
}

// Entry returns the entity with the given ID.
func (g *Gazetteer) Entry(id ID) (Entry, bool) {
	i, ok := g.find(id)
	if !ok {
		return Entry{}, false
	}
	return g.entry(i), g.kind(i) != 0
}

// Names walks the names of an entity, none when the ID is unknown.
func (g *Gazetteer) Names(id ID) iter.Seq[Name] {
	return func(yield func(Name) bool) {
		i, ok := g.find(id)
		if !ok {
			return
		}
		for _, n := range g.record(i).names {
			if !yield(n) {
				return
			}
		}
	}
}

// Lookup returns what a name denotes, likeliest first: sure names before
// ambiguous ones, then by how often the entity is in the news and by population.
// Case, diacritics, apostrophes and hyphens are folded; the whole name must
// match, but for full stops and apostrophes at its end. Names flagged Never are
// found too, last.
func (g *Gazetteer) Lookup(name string) []Entry {
	name = strings.TrimSpace(name)
	entries := g.lookup(name)
	if bare := strings.TrimRight(name, ".'’ʼʹ`ʻ"); len(entries) == 0 && bare != name {
		return g.lookup(bare) // the soft sign of Arys', the full stop of a sentence
	}
	return entries
}

func (g *Gazetteer) lookup(name string) []Entry {
	s := g.scratches.Get().(*matchScratch)
	defer g.scratches.Put(s)
	name = s.plain.Read(name)
	s.words, s.sentences = token.Append(s.words[:0], s.sentences[:0], name)
	s.divide(name, s.words)
	n, ok := g.whole(s, name)
	if !ok {
		return nil
	}
	var entries []Entry
	seen := map[uint32]bool{}
	lo, hi := g.trie.Values(n)
	for i := lo; i < hi; i++ {
		if h := g.hit(i); !seen[h.entry] {
			seen[h.entry] = true
			entries = append(entries, g.entry(int(h.entry)))
		}
	}
	return entries
}

// find returns the number of the record with the given ID.
func (g *Gazetteer) find(id ID) (int, bool) {
	return sort.Find(g.entryCount, func(i int) int { return strings.Compare(string(id), string(g.id(i))) })
}
