package gazetteer

import (
	"cmp"
	"slices"
)

// Layered lays gazetteers over one another and returns the whole. Where two
// layers have an entity of the same ID, the later one's fields that are set win,
// and its names are added; a name that both have takes the later usage and
// years, so that [Never] silences it. An entity that a later layer removes is
// gone, with all that the layers below it say. With no layer the result is empty; a nil
// one counts as none. The layers are unchanged. Layered panics when they are too large
// together, as only layers that are near the limits by themselves can be: [Lay] is for
// these.
func Layered(layers ...*Gazetteer) *Gazetteer {
	g, err := Lay(layers...)
	if err != nil {
		panic(err)
	}
	return g
}

// Lay is [Layered] for layers of any size: the error is a [Fault] that names the limit
// of a gazetteer which they pass together.
func Lay(layers ...*Gazetteer) (*Gazetteer, error) {
	var records []record // in the order of their IDs, as each layer has its own
	for _, g := range layers {
		if g == nil {
			continue
		}
		below := records
		records = make([]record, 0, len(below)+g.entryCount)
		for i := range g.entryCount {
			r := g.record(i)
			for len(below) > 0 && below[0].entry.ID < r.entry.ID {
				records, below = append(records, below[0]), below[1:]
			}
			if len(below) > 0 && below[0].entry.ID == r.entry.ID {
				if !r.removed && !below[0].removed {
					r = merge(below[0], r)
				}
				below = below[1:]
			}
			records = append(records, r)
		}
		records = append(records, below...)
	}
	return compile(records, mergePosts(layers))
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
	return record{entry: e, names: names}
}
