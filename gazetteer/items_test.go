package gazetteer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

// TestItems: an entity is looked up by its Wikidata item, in layers by that of the highest.
func TestItems(t *testing.T) {
	const header = "id\tkind\tname\twikidata\n"
	below := build(t, header+"person:a\tperson\tAnna\tQ5\nperson:b\tperson\tBolat\tQ5\nperson:c\tperson\tQ7\tQ8\n")
	above := build(t, header+"person:b\tperson\tBolat\tQ6\n")
	for _, test := range []struct {
		g    *gazetteer.Gazetteer
		item string
		want []gazetteer.ID
	}{
		{below, "Q5", []gazetteer.ID{"person:a", "person:b"}},
		{below, " Q8 ", []gazetteer.ID{"person:c"}},
		{below, "Q7", []gazetteer.ID{"person:c"}},
		{below, "Q05", nil},
		{below, "Q", nil},
		{gazetteer.Layered(below, above), "Q5", []gazetteer.ID{"person:a"}},
		{gazetteer.Layered(below, above), "Q6", []gazetteer.ID{"person:b"}},
	} {
		var got []gazetteer.ID
		for _, e := range test.g.Lookup(test.item) {
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.item, diff)
		}
	}
	for item, want := range map[string]gazetteer.ID{"Q232": "iso:KZ", "Q1520": "geonames:1526273", "Q487413": "place:issyk-kul-region", "Q200881": "person:kassym-jomart-tokayev"} {
		if got := gazetteer.Default().Lookup(item); len(got) != 1 || got[0].ID != want {
			t.Errorf("%s is %v, want %s", item, got, want)
		}
	}
}
