package gazetteer

import (
	"slices"
	"strconv"
	"strings"
)

// itemNumber returns the number of a Wikidata item such as "Q2607".
func itemNumber(s string) (uint64, bool) {
	digits, ok := strings.CutPrefix(s, "Q")
	if !ok || digits == "" || digits[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, err == nil
}

// newItems returns the entries by the number of their item.
func (c *compiled) newItems() map[uint64][]uint32 {
	items := map[uint64][]uint32{}
	for i := range c.entryCount {
		if c.kind(i).Valid() {
			if n, ok := itemNumber(c.entry(i).Wikidata); ok {
				items[n] = append(items[n], uint32(i))
			}
		}
	}
	return items
}

// appendItems appends the entities that have a Wikidata item and are not there yet, in the
// order of their IDs.
func (g *Gazetteer) appendItems(dst []Entry, item uint64) []Entry {
	first := len(dst)
	for k := range g.layers {
		l := &g.layers[k]
		for _, i := range l.byItem()[item] {
			e, ok := g.entry(l, int(i))
			n, _ := itemNumber(e.Wikidata) // a layer above may know better
			if ok && n == item && !slices.ContainsFunc(dst, func(other Entry) bool { return other.ID == e.ID }) {
				dst = append(dst, e)
			}
		}
	}
	slices.SortFunc(dst[first:], func(a, b Entry) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return dst
}
