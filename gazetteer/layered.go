package gazetteer

import (
	"cmp"
	"slices"
	"sync"

	"github.com/steppe-ner/steppe/internal/token"
)

// Layered lays gazetteers over one another and returns the whole. Where two
// layers have an entity of the same ID, the later one's fields that are set win,
// and its names are added; a name that both have takes the later usage and
// years, so that [Never] silences it. An entity that a later layer removes is
// gone, with all that the layers below it say; what a layer denies is denied to the layers
// below, not to those above. With no layer the result is empty; a nil one counts as none.
//
// The layers are unchanged and used where they are: it takes time for what a later layer
// says of entities of the layers below it, and none for the rest.
func Layered(layers ...*Gazetteer) *Gazetteer {
	var all []layer
	for _, g := range layers {
		if g == nil {
			continue
		}
		for _, l := range g.layers {
			all = append(all, layer{compiled: l.compiled, own: len(all) > 0 && !l.curated})
		}
	}
	if len(all) == 0 {
		c, err := compile(nil, nil, spellings{})
		if err != nil {
			panic(err) // nothing passes no limit
		}
		all = []layer{{compiled: c}}
	}
	return stack(all)
}

// layer is a compiled list in its place among others.
type layer struct {
	*compiled
	own      bool                 // see Match.Own
	over     map[uint32]*together // the entries of which other layers speak too
	silenced map[uint32]bool      // the hits of names that a layer above has too
}

// together is what several layers say of one entity.
type together struct {
	record record
	top    *compiled // the highest layer that has a say
	gone   bool      // for the layers below that which removes it
}

// stack returns the gazetteer of layers, of which there is at least one.
func stack(layers []layer) *Gazetteer {
	g := &Gazetteer{layers: layers}
	g.scratches.New = func() any { return new(matchScratch) }
	g.length = sync.OnceValue(g.count)
	g.posts = sync.OnceValue(func() held {
		if len(layers) == 1 {
			return newHeld(layers[0].posts())
		}
		return newHeld(mergePosts(layers))
	})
	for k := len(layers) - 1; k > 0; k-- {
		for i := range layers[k].entryCount {
			if layers[k].over[uint32(i)] == nil {
				g.join(k, i)
			}
		}
	}
	return g
}

// join brings together what is said of entry i of layer top, which no layer above has, and
// of the same in the layers below.
func (g *Gazetteer) join(top, i int) {
	id := g.layers[top].id(i)
	type place struct{ layer, entry int }
	places := []place{{top, i}}
	for k := top - 1; k >= 0; k-- {
		if at, ok := g.layers[k].find(id); ok {
			places = append(places, place{k, at})
		}
	}
	if len(places) == 1 {
		return
	}
	whole := &together{top: g.layers[top].compiled}
	gone := &together{gone: true}
	now, above := whole, map[string]bool{}
	var parts []record // the highest first
	for _, p := range places {
		l := &g.layers[p.layer]
		if l.over == nil {
			l.over, l.silenced = map[uint32]*together{}, map[uint32]bool{}
		}
		l.over[uint32(p.entry)] = now
		if now.gone {
			continue
		}
		r := l.record(p.entry)
		if r.removed {
			if now = gone; len(parts) == 0 {
				l.over[uint32(p.entry)] = gone
				gone.top = l.compiled
			}
			continue
		}
		for _, n := range r.names {
			if above[n.Text] {
				l.silence(p.entry, r.entry, n)
			}
			above[n.Text] = true
		}
		parts = append(parts, r)
	}
	for k, r := range slices.Backward(parts) {
		if k == len(parts)-1 {
			whole.record = r
		} else {
			whole.record = merge(whole.record, r)
		}
	}
}

// silence notes that a name of an entry is not to be found by this layer.
func (l *layer) silence(entry int, e Entry, n Name) {
	s := l.scratches.Get().(*matchScratch)
	defer l.scratches.Put(s)
	s.words, s.sentences = token.Append(s.words[:0], s.sentences[:0], n.Text)
	s.divide(n.Text, s.words)
	node, _, ok := l.whole(s, n.Text)
	if !ok {
		return
	}
	_, want := newHit(entry, e, n)
	lo, hi := l.trie.Values(node)
	for i := lo; i < hi; i++ {
		if l.hit(i) == want && !l.silenced[uint32(i)] {
			l.silenced[uint32(i)] = true
			return
		}
	}
}

// seenFromAbove sets what other layers say of the entry that hit i denotes, and reports
// whether anything is left of the hit.
func (l *layer) seenFromAbove(i int, entry uint32, m *Match) bool {
	t := l.over[entry]
	if t == nil {
		return true
	}
	if t.gone || l.silenced[uint32(i)] {
		return false
	}
	e := &t.record.entry
	if e.Kind == none && m.Usage != Deny {
		return false
	}
	m.Kind, m.Rank, m.Country = e.Kind, e.Rank, e.Country
	m.Primary = m.Primary && t.top == l.compiled
	return true
}

// wholeEntry returns what all layers say of an entry; false when it is no entity.
func (l *layer) wholeEntry(i int) (Entry, bool) {
	if t := l.over[uint32(i)]; t != nil {
		return t.record.entry, !t.gone && t.record.entry.Kind.Valid()
	}
	if !l.kind(i).Valid() {
		return Entry{}, false
	}
	return l.entry(i), true
}

// flatten compiles all layers into one list.
func (g *Gazetteer) flatten() (*compiled, error) {
	var records []record
	for k := range g.layers {
		l := &g.layers[k]
		for i := range l.entryCount {
			t := l.over[uint32(i)]
			switch {
			case t == nil || t.gone && t.top == l.compiled:
				records = append(records, l.record(i))
			case t.top == l.compiled:
				records = append(records, t.record)
			}
		}
	}
	slices.SortStableFunc(records, func(a, b record) int { return cmp.Compare(a.entry.ID, b.entry.ID) })
	records = slices.CompactFunc(records, func(a, b record) bool { return a.entry.ID == b.entry.ID }) // one list laid over itself
	var s spellings
	for _, l := range g.layers {
		l.addTo(&s)
	}
	return compile(records, g.posts().posts, s)
}

// merge returns what the layer above makes of the record below.
func merge(below, above record) record {
	e, a := below.entry, above.entry
	e.Kind = cmp.Or(a.Kind, e.Kind)
	e.Name = cmp.Or(a.Name, e.Name)
	e.Country = cmp.Or(a.Country, e.Country)
	e.Rank = cmp.Or(a.Rank, e.Rank)
	e.Population = cmp.Or(a.Population, e.Population)
	if a.Latitude != 0 || a.Longitude != 0 {
		e.Latitude, e.Longitude = a.Latitude, a.Longitude
	}
	e.Of = cmp.Or(a.Of, e.Of)
	e.Wikidata = cmp.Or(a.Wikidata, e.Wikidata)
	e.Description = cmp.Or(a.Description, e.Description)
	names, at := slices.Clone(below.names), map[string]int{}
	for i, n := range names {
		at[n.Text] = i
	}
	for _, n := range above.names {
		if i, ok := at[n.Text]; ok {
			names[i] = n
		} else {
			names = append(names, n)
		}
	}
	if e.Kind == none {
		names = slices.DeleteFunc(names, func(n Name) bool { return n.Usage != Deny })
	}
	return record{entry: e, names: names}
}
