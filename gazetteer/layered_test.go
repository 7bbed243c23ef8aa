package gazetteer_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

func TestLayered(t *testing.T) {
	var above gazetteer.Builder
	above.Add(gazetteer.Entry{ID: "iso:KZ", Kind: gazetteer.Country, Name: "Kazakhstan"}, gazetteer.Name{Text: "Qazaqstan", Usage: gazetteer.Never}, gazetteer.Name{Text: "KZ"})
	above.Add(gazetteer.Entry{Kind: gazetteer.Organisation, Name: "Acme Mining", Country: "KZ"})
	above.Remove("geonames:2")
	top, err := above.Build()
	if err != nil {
		t.Fatal(err)
	}
	g := gazetteer.Layered(build(t, small), top)
	text := "KZ, Qazaqstan, Acme Mining, Mary, Kazakhstan, Astana"
	var got []string
	for m := range g.Match(text) {
		got = append(got, fmt.Sprint(m.ID, " ", m.Own))
	}
	want := []string{"iso:KZ true", "organisation:acme-mining true", "iso:KZ true", "geonames:1 false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("matches (-want +got):\n%s", diff)
	}
	if e, ok := g.Entry("iso:KZ"); !ok || e.Rank != 1 || e.Country != "KZ" {
		t.Errorf("the entry below lost fields: %+v", e)
	}
	if len(g.Lookup("Qazaqstan")) != 1 {
		t.Error("a silenced name is no longer known to Lookup")
	}
	if gazetteer.Layered().Len() != 0 || gazetteer.Layered(nil).Len() != 0 {
		t.Error("no layers, yet entities")
	}
	for m := range gazetteer.Layered(top, gazetteer.Default()).Match("Astana") {
		if m.Own {
			t.Error("Default's names are not a user's own")
		}
	}
}

// TestDeny: what is denied is no entity on exactly those words, whatever layers below say,
// until a layer above says otherwise.
func TestDeny(t *testing.T) {
	const header = "id\tkind\tname\taliases\n"
	below := build(t, header+"organisation:amazon\torganisation\tAmazon\tAmazon Web Services\ncity:hope\tcity\tHope\tHope Springs\ncity:ob\tcity\tOb;deny\t\n")
	deny := build(t, header+"organisation:amazon\torganisation\tAmazon;deny\t\n\tnone\tHope\tAstana Times\n")
	back := build(t, header+"city:hope\tcity\tHope\t\n")
	text := "Amazon, Amazon Web Services, Hope, Hope Springs, Ob, HOPE"
	for _, test := range []struct {
		g             *gazetteer.Gazetteer
		found, denied string
	}{
		{below, "Amazon|Amazon Web Services|Hope|Hope Springs|HOPE", "Ob"},
		{gazetteer.Layered(below, deny), "Amazon Web Services|Hope Springs", "Amazon|Amazon|Hope|Hope|Ob|HOPE"},
		{gazetteer.Layered(below, deny, back), "Amazon Web Services|Hope|Hope Springs|HOPE", "Amazon|Amazon|Ob"},
		{gazetteer.Layered(below, deny, build(t, "id\tkind\tname\nnone:hope\tremove\t\n")), "Amazon Web Services|Hope|Hope Springs|HOPE", "Amazon|Amazon|Ob"},
	} {
		var found, denied []string
		for m := range test.g.Match(text) {
			found = append(found, text[m.Start:m.End])
		}
		words, _ := token.Append(nil, nil, text)
		for _, m := range gazetteer.AppendMatches(test.g, nil, text, words) {
			if m.Usage == gazetteer.Deny {
				denied = append(denied, text[m.Start:m.End])
			}
		}
		if diff := cmp.Diff([]string{test.found, test.denied}, []string{strings.Join(found, "|"), strings.Join(denied, "|")}); diff != "" {
			t.Errorf("found and denied (-want +got):\n%s", diff)
		}
	}
	g := gazetteer.Layered(below, deny)
	if g.Len() != 3 || len(g.Lookup("Astana Times")) != 0 || len(g.Lookup("Amazon")) != 1 || len(slices.Collect(g.All())) != 3 {
		t.Error("words that are no entity are one")
	}
	if _, ok := g.Entry("none:hope"); ok || len(slices.Collect(g.Names("none:hope"))) != 0 {
		t.Error("words that are no entity have an entry")
	}
}

// all is everything that a gazetteer says of texts and names.
type all struct {
	Entries []gazetteer.Entry
	Names   [][]gazetteer.Name
	Lookups [][]gazetteer.ID
	Matches []gazetteer.Match
	Seen    []gazetteer.Match
	Posts   []gazetteer.Post
}

func everything(g *gazetteer.Gazetteer, names []string) (a all) {
	a.Entries = slices.Collect(g.All())
	for _, e := range a.Entries {
		a.Names = append(a.Names, slices.Collect(g.Names(e.ID)))
		if got, ok := g.Entry(e.ID); !ok || got != e {
			a.Entries = append(a.Entries, got)
		}
	}
	for _, name := range names {
		var ids []gazetteer.ID
		for _, e := range g.Lookup(name) {
			ids = append(ids, e.ID)
		}
		a.Lookups = append(a.Lookups, ids)
	}
	text := strings.Join(names, " ")
	a.Matches = slices.Collect(g.Match(text))
	words, sentences := token.Append(nil, nil, text)
	for _, s := range sentences {
		a.Seen = gazetteer.AppendMatches(g, a.Seen, text, words[s.First:s.Last])
	}
	for _, ms := range [][]gazetteer.Match{a.Matches, a.Seen} {
		for i := range ms {
			ms[i].Own = false
		}
	}
	a.Posts = slices.Collect(g.Holders(gazetteer.Post{}, gazetteer.Date{}))
	return a
}

// FuzzLayered: layers that are looked up together say what they say when compiled into
// one list, and so does a stack of stacks. A byte of the input is a row of one of three
// layers; a fourth is a denial or a removal at random.
func FuzzLayered(f *testing.F) {
	f.Add([]byte("one two three four five six seven eight nine ten"))
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 65, 66, 128, 129, 130, 192, 200, 210, 220, 230, 240, 250, 255})
	names := []string{"Astana", "Nur Sultan", "Osh", "OSH", "Osh Region", "Amazon", "astana", "Ästana"}
	f.Fuzz(func(t *testing.T, data []byte) {
		builders := make([]gazetteer.Builder, 3)
		rows := map[string]bool{}
		for i, c := range data[:min(len(data), 60)] {
			k := i % 3
			id := gazetteer.ID(fmt.Sprint("x:", c%5))
			if rows[fmt.Sprint(k, id)] {
				continue
			}
			rows[fmt.Sprint(k, id)] = true
			b := &builders[k]
			if c%16 == 15 {
				b.Remove(id)
				continue
			}
			e := gazetteer.Entry{ID: id, Kind: gazetteer.Kinds()[c%4], Name: names[c/8%8], Rank: int(c / 16 % 5), Population: int(c) * 1000, Wikidata: fmt.Sprint("Q", c%7+1)}
			other := gazetteer.Name{Text: names[(c/8+c%3+1)%8], Usage: gazetteer.Usage(c % 3)}
			if c%2 == 0 {
				other.Until = 1990
			}
			b.Add(e, gazetteer.Name{Text: e.Name, Usage: gazetteer.Usage(c / 32 % 3)}, other)
			b.AddPost(gazetteer.Post{Person: id, Title: "mayor", From: gazetteer.Date{Year: 1990 + int(c%3)}, Until: gazetteer.Date{Year: 2000 + int(c%4)}})
		}
		var layers []*gazetteer.Gazetteer
		for i := range builders {
			g, err := builders[i].Build()
			if err != nil {
				t.Fatal(err)
			}
			layers = append(layers, g)
		}
		asked := append([]string{"Q1", "Q5"}, names...)
		g := gazetteer.Layered(layers...)
		want := everything(g.Flatten(), asked)
		// Names of one entity that are written alike but for case or diacritics may change places.
		primary := cmpopts.IgnoreFields(gazetteer.Match{}, "Primary")
		for how, other := range map[string]*gazetteer.Gazetteer{
			"together":  g,
			"in stacks": gazetteer.Layered(gazetteer.Layered(layers[0], layers[1]), layers[2]),
		} {
			if diff := cmp.Diff(want, everything(other, asked), primary, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s (-one list +layers):\n%s", how, diff)
			}
		}
		var buf bytes.Buffer
		if _, err := g.WriteTo(&buf); err != nil {
			t.Fatal(err)
		}
		if h, err := gazetteer.Parse(buf.Bytes()); err != nil || h.Len() != g.Len() {
			t.Errorf("%d entities are written and read as something else: %v", g.Len(), err)
		}
	})
}

// BenchmarkLayered lays a list of a hundred names, some of which Default has, over it, and
// looks one up: what a service pays that changes its names.
func BenchmarkLayered(b *testing.B) {
	var rows strings.Builder
	rows.WriteString("id\tkind\tname\n")
	for i := range 90 {
		fmt.Fprintf(&rows, "\torganisation\tAcme Mining %d\n", i)
	}
	for e := range gazetteer.Default().All() {
		if e.Kind == gazetteer.Person && e.Rank == 3 && strings.HasPrefix(e.Name, "A") {
			fmt.Fprintf(&rows, "%s\tperson\t%s\n", e.ID, e.Name)
			if strings.Count(rows.String(), "\n") > 100 {
				break
			}
		}
	}
	for b.Loop() {
		g := gazetteer.Layered(gazetteer.Default(), build(b, rows.String()))
		if len(g.Lookup("Acme Mining 7")) != 1 {
			b.Fatal("not found")
		}
	}
}

// BenchmarkMatch matches news with Default alone, and with a small layer above it.
func BenchmarkMatch(b *testing.B) {
	text := strings.Repeat("President Kassym-Jomart Tokayev met Vladimir Putin in Astana on Tuesday to discuss trade between Kazakhstan and Russia, the press service said. ", 1000)
	for name, g := range map[string]*gazetteer.Gazetteer{
		"default": gazetteer.Default(),
		"layered": gazetteer.Layered(gazetteer.Default(), build(b, "kind\tname\norganisation\tZerde Holding\n")),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for range g.Match(text) {
				}
			}
		})
	}
}
