package gazetteer_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

const office = `id	kind	country	name	description
iso:KZ	country	KZ	Kazakhstan	state
organisation:nbk	organisation	KZ	National Bank of Kazakhstan	bank
person:a	person	KZ	Anna Akhmetova	poet
person:b	person	KZ	Bolat Bekov	governor from 2025
person:c	person	KZ	Chingiz Chokin	painter
`

const held = `person	post	body	country	from	until	known	source
person:a	foreign minister		KZ	2003	2007-01		x
person:a	prime minister		KZ	2007-01-10	2009-06-17		x
person:a	chairman	organisation:nbk	KZ	2010		2026-01	x
person:b	foreign minister		KZ	2007-01-10		2012	x
person:c	foreign minister		KZ	2014	2014		x
person:c	ambassador to Russia		KZ	2020		2022	x
`

func buildFiles(t testing.TB, whole bool, files ...string) (*gazetteer.Gazetteer, error) {
	t.Helper()
	b := gazetteer.Builder{Whole: whole}
	for i, f := range files {
		b.ReadTSV(string(rune('a'+i))+".tsv", strings.NewReader(f))
	}
	return b.Build()
}

func TestPosts(t *testing.T) {
	g, err := buildFiles(t, true, office, held)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if _, err := g.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	parsed, err := gazetteer.Parse(buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []*gazetteer.Gazetteer{g, parsed} {
		var got []string
		for p := range g.Posts("person:a") {
			got = append(got, g.Describe(p))
		}
		want := []string{"chairman, National Bank of Kazakhstan, since 2010", "prime minister of Kazakhstan, 2007 to 2009", "foreign minister of Kazakhstan, 2003 to 2007"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("posts (-want +got):\n%s", diff)
		}
		for id, want := range map[gazetteer.ID]string{
			"person:a": "prime minister of Kazakhstan, 2007 to 2009",
			"person:b": "governor from 2025",
			"person:c": "ambassador of Kazakhstan to Russia from 2020, still in 2022",
		} {
			if e, _ := g.Entry(id); e.Description != want {
				t.Errorf("%s is described as %q, want %q", id, e.Description, want)
			}
		}
		for date, want := range map[string]string{
			"2005":    "foreign minister of Kazakhstan, 2003 to 2007",
			"2007":    "prime minister of Kazakhstan, 2007 to 2009",
			"2012-01": "chairman, National Bank of Kazakhstan, since 2010",
			"1990":    "prime minister of Kazakhstan, 2007 to 2009", // none then
			"":        "prime minister of Kazakhstan, 2007 to 2009",
		} {
			at, err := gazetteer.ParseDate(date)
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := g.EntryAt("person:a", at); !ok || e.Description != want {
				t.Errorf("at %s described as %q, want %q", date, e.Description, want)
			}
			if e, ok := g.EntryAt("person:none", at); ok {
				t.Errorf("at %s there is %+v", date, e)
			}
		}
		for date, want := range map[string][]gazetteer.ID{
			"2002": nil, "2005-05": {"person:a"}, "2007": {"person:b", "person:a"}, "2007-01-09": {"person:a"}, "2007-03": {"person:b"},
			"2010": {"person:b"}, "2014-06": {"person:c"}, "2020": {"person:b"}, "": {"person:c", "person:a"},
		} {
			at, err := gazetteer.ParseDate(date)
			if err != nil {
				t.Fatal(err)
			}
			var got []gazetteer.ID
			for p := range g.Holders(gazetteer.Post{Title: "Foreign Minister", Country: "KZ"}, at) {
				got = append(got, p.Person)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("at %s (-want +got):\n%s", date, diff)
			}
		}
	}
}

// TestLayeredPosts: a layer above adds posts, ends them, and takes those of a person whom it
// removes away.
func TestLayeredPosts(t *testing.T) {
	below, err := buildFiles(t, true, office, held)
	if err != nil {
		t.Fatal(err)
	}
	var b gazetteer.Builder
	b.AddPost(gazetteer.Post{Person: "person:a", Title: "chairman", Body: "organisation:nbk", Country: "KZ", From: gazetteer.Date{Year: 2010}, Until: gazetteer.Date{Year: 2011}})
	b.AddPost(gazetteer.Post{Person: "person:a", Title: "mayor of Almaty", Country: "KZ", From: gazetteer.Date{Year: 2020}, Known: gazetteer.Date{Year: 2026}})
	b.Remove("person:b")
	above, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	g := gazetteer.Layered(below, above)
	var got []string
	for _, id := range []gazetteer.ID{"person:a", "person:b"} {
		for p := range g.Posts(id) {
			got = append(got, g.Describe(p))
		}
	}
	want := []string{"mayor of Almaty, Kazakhstan, since 2020", "chairman, National Bank of Kazakhstan, 2010 to 2011", "prime minister of Kazakhstan, 2007 to 2009", "foreign minister of Kazakhstan, 2003 to 2007"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPostFaults: what is wrong with posts is said with its place.
func TestPostFaults(t *testing.T) {
	_, err := buildFiles(t, true, office, "person\tpost\tbody\tcountry\tfrom\tuntil\tknown\n"+
		"person:a\tminister\t\tKZ\t2003\t\t\n"+
		"person:a\tminister\t\tKZ\t2003\t2002\t\n"+
		"person:a\tminister\t\tKZ\t2003-13\t2002\t\n"+
		"person:a\tminister\t\tkz\t2003\t2004\t\n"+
		"person:a\tminister\torganisation:none\tKZ\t2003\t2004\t\n"+
		"person:a\tminister\torganisation:none\tKZ\t2003\t2005\t\n"+
		"person:a\tminister\t\tKZ\t2001\t2005\t\n"+
		"person:b\tminister\t\tKZ\t2001\t2005\t2026\n"+
		"person:b\t\t\tKZ\t2001\t2005\t\n"+
		"person:x\tminister\t\tKZ\t2001-02-30\t2005\t\n",
		"person\tpost\nperson:x\tminister\n", "person\tname\n")
	for _, want := range []string{
		`b.tsv:2:29: no end, and no date as of which that is known`,
		`b.tsv:3:28: until 2002, before 2003`,
		`b.tsv:4:23: from: "2003-13" is no day of the calendar`,
		`b.tsv:5:20: country "kz" is not an ISO 3166 code`,
		`b.tsv:8:1: not sorted by person, from and title`,
		`b.tsv:9:33: known is for posts without an end`,
		`b.tsv:10:10: no post`,
		`b.tsv:11:23: from: "2001-02-30" is no day of the calendar`,
		`c.tsv:2:1: no end`,
		`d.tsv:1:8: unknown column "name"; the columns are person, post`,
		`b.tsv:6:19: no body "organisation:none"`,
		`b.tsv:7:1: post given twice, first at b.tsv:6`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no fault %s in:\n%v", want, err)
		}
	}
	_, err = buildFiles(t, true, office, "person\tpost\tknown\nperson:x\tminister\t2001\n")
	if err == nil || !strings.Contains(err.Error(), `b.tsv:2:1: no person "person:x"`) {
		t.Error(err)
	}
	if _, err = buildFiles(t, false, "person\tpost\tknown\nperson:x\tminister\t2001\n"); err != nil {
		t.Errorf("a layer by itself may tell of persons below: %v", err)
	}
}

func TestDates(t *testing.T) {
	var got []string
	dates := []gazetteer.Date{{}, {Year: 2019}, {Year: 2019, Month: 1}, {Year: 2019, Month: 1, Day: 31}, {Year: 2020, Month: 2, Day: 29}}
	for _, d := range dates {
		got = append(got, d.String())
		if back, err := gazetteer.ParseDate(d.String()); err != nil || back != d {
			t.Errorf("%v is read back as %v, %v", d, back, err)
		}
	}
	if diff := cmp.Diff([]string{"", "2019", "2019-01", "2019-01-31", "2020-02-29"}, got); diff != "" || !slices.IsSortedFunc(dates, gazetteer.Date.Compare) {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, s := range []string{"19", "2019-1", "2019-00", "2019-02-29", "2019-01-01-01", "+201", "2019-", "20190101"} {
		if d, err := gazetteer.ParseDate(s); err == nil {
			t.Errorf("%q is read as %v", s, d)
		}
	}
}

// FuzzPosts: any file of posts gives faults, each with its place, or posts that survive
// a round trip.
func FuzzPosts(f *testing.F) {
	f.Add([]byte(held))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b gazetteer.Builder
		b.ReadTSV("f.tsv", bytes.NewReader(data))
		g, err := b.Build()
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "f.tsv:") {
					t.Fatalf("fault without a place: %q", line)
				}
			}
			return
		}
		var buf bytes.Buffer
		if _, err := g.WriteTo(&buf); err != nil {
			t.Fatal(err)
		}
		h, err := gazetteer.Parse(buf.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		all := func(g *gazetteer.Gazetteer) []gazetteer.Post {
			return slices.Collect(g.Holders(gazetteer.Post{}, gazetteer.Date{}))
		}
		if diff := cmp.Diff(all(g), all(h)); diff != "" {
			t.Fatalf("after a round trip (-want +got):\n%s", diff)
		}
	})
}
