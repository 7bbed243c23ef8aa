package gazetteer_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

const small = `id	kind	country	name	aliases	rank	population	latitude	longitude
iso:GE	country	GE	Georgia;ambiguous		2			
iso:KZ	country	KZ	Kazakhstan	Republic of Kazakhstan|Qazaqstan;lang=kk	1			
iso:US	country	US	United States	U.S.|US|America;ambiguous	1			
geonames:1	city	KZ	Astana	Nur-Sultan;from=2019;until=2022	1	1350000	51.18	71.446
geonames:2	city	TM	Mary;ambiguous			123000	37.6	61.83
geonames:3	city	UZ	Do'stlik			20000	40.5	68
organisation:who	organisation		World Health Organization	WHO	1			
organisation:nbk	organisation	KZ	National Bank of Kazakhstan	NBK|National Bank;ambiguous	2			
organisation:rferl	organisation	US	RFE/RL		2			
person:kassym-jomart-tokayev	person	KZ	Kassym-Jomart Tokayev	Tokayev|Qasym-Jomart Toqaev	1			
person:abish-kekilbayev	person	KZ	Äbish Kekilbayev		3			
`

func build(t testing.TB, tsv string) *gazetteer.Gazetteer {
	t.Helper()
	var b gazetteer.Builder
	b.ReadTSV("test.tsv", strings.NewReader(tsv))
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestMatch(t *testing.T) {
	g := build(t, small)
	tests := []struct {
		text string
		want []string // text=ID
	}{
		{"Kazakhstan's bank", []string{"Kazakhstan=iso:KZ"}},
		{"the National Bank\nof  Kazakhstan said", []string{"National Bank\nof  Kazakhstan=organisation:nbk"}},
		{"KASSYM-JOMART TOKAYEV, Kassym-Jomart\nTokayev, Kassym Jomart Tokayev", []string{
			"KASSYM-JOMART TOKAYEV=person:kassym-jomart-tokayev", "Kassym-Jomart\nTokayev=person:kassym-jomart-tokayev", "Kassym Jomart Tokayev=person:kassym-jomart-tokayev"}},
		{"Abish Kekilbayev and ÄBISH KEKILBAYEV", []string{"Abish Kekilbayev=person:abish-kekilbayev", "ÄBISH KEKILBAYEV=person:abish-kekilbayev"}},
		{"Do’stlik, Doʻstlik and Dostlik", []string{"Do’stlik=geonames:3", "Doʻstlik=geonames:3", "Dostlik=geonames:3"}},
		{"who, Who or WHO tells us of the US", []string{"WHO=organisation:who", "US=iso:US"}},
		{"the u.s. and the U.S. today", []string{"U.S.=iso:US"}},
		{"Nur-Sultan, Nur Sultan", []string{"Nur-Sultan=geonames:1", "Nur Sultan=geonames:1"}},
		{"Astanaland and pre-Astana", []string{"Astana=geonames:1"}},
		{"mary went to Mary", []string{"Mary=geonames:2"}},
		{"RFE/RL said", []string{"RFE/RL=organisation:rferl"}},
		{"National. Bank of Kazakhstan", []string{"Kazakhstan=iso:KZ"}},
		{"\xff Astana \x92", []string{"Astana=geonames:1"}},
		{"", nil},
	}
	for _, test := range tests {
		var got []string
		for m := range g.Match(test.text) {
			got = append(got, test.text[m.Start:m.End]+"="+string(m.ID))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestLookup(t *testing.T) {
	g := build(t, small)
	for name, want := range map[string][]gazetteer.ID{
		"kazakhstan":              {"iso:KZ"},
		"NATIONAL BANK":           {"organisation:nbk"},
		"Qasym-Jomart Toqaev":     {"person:kassym-jomart-tokayev"},
		"Republic of  Kazakhstan": {"iso:KZ"},
		"kazakhstan\u2019":        {"iso:KZ"}, // a soft sign, as in Arys'
		"Tokayev.":                {"person:kassym-jomart-tokayev"},
		"Republic":                nil,
		"Narnia":                  nil,
		"":                        nil,
	} {
		var got []gazetteer.ID
		for _, e := range g.Lookup(name) {
			got = append(got, e.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("Lookup(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestEntryAndNames(t *testing.T) {
	g := build(t, small)
	e, ok := g.Entry("geonames:1")
	want := gazetteer.Entry{ID: "geonames:1", Kind: gazetteer.City, Name: "Astana", Country: "KZ", Rank: 1, Population: 1350000, Latitude: 51.18, Longitude: 71.446}
	if diff := cmp.Diff(want, e); !ok || diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
	names := slices.Collect(g.Names("geonames:1"))
	wantNames := []gazetteer.Name{{Text: "Astana"}, {Text: "Nur-Sultan", From: 2019, Until: 2022}}
	if diff := cmp.Diff(wantNames, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if _, ok := g.Entry("geonames:99"); ok {
		t.Error("found an entity that is not there")
	}
	if n := len(slices.Collect(g.All())); n != g.Len() || n != 11 {
		t.Errorf("%d entities, Len %d", n, g.Len())
	}
}

// TestFaults: every fault of every file is reported at once, with its place.
func TestFaults(t *testing.T) {
	var b gazetteer.Builder
	b.ReadTSV("a.tsv", strings.NewReader("kind\tname\taliases\tnonsense\n"))
	b.ReadTSV("b.tsv", strings.NewReader("kind\tname\taliases\tcountry\tpopulation\n"+
		"town\tAstana\t\tKZ\t1\n"+
		"city\tAstana\tAqmola;lang=kk;foo\tKZ\t\n"+
		"city\tOsh\t\tkg\tmany\n"+
		"city\tOsh\n"+
		"city\tNaryn\t\tKG\t1\n"+
		"city\tNaryn\t\tKG\t1\n"))
	b.ReadTSV("c.tsv", strings.NewReader(""))
	b.ReadTSV("d.tsv", strings.NewReader("kind\tname\nperson\tA\xffB\n"))
	b.ReadTSV("e.tsv", strings.NewReader("kind\tname\nperson\t"+strings.Repeat("x", 2<<20)+"\n"))
	b.Add(gazetteer.Entry{Kind: gazetteer.Person})
	_, err := b.Build()
	if err == nil {
		t.Fatal("no error")
	}
	want := []string{
		`a.tsv:1:19: unknown column "nonsense"`,
		`b.tsv:2:1: kind: unknown kind "town"`,
		`b.tsv:3:28: unknown attribute "foo"`,
		`b.tsv:4:14: population: "many" is not a whole number`,
		`b.tsv:5:9: 2 fields in the row, want 5`,
		`b.tsv:7:1: ID city:naryn given twice, first at b.tsv:6`,
		`c.tsv:1:1: no header line`,
		`d.tsv:2:9: not UTF-8`,
		`e.tsv:2:1048577: line longer than 1048576 bytes`,
		`entry "person:": `,
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("no fault %q in:\n%v", w, err)
		}
	}
	var fault gazetteer.Fault
	if !errors.As(err, &fault) || fault.File == "" || fault.Line == 0 {
		t.Errorf("no Fault inside: %+v", fault)
	}
}

func TestRoundTrip(t *testing.T) {
	g := build(t, small)
	var buf bytes.Buffer
	if n, err := g.WriteTo(&buf); err != nil || n != int64(buf.Len()) {
		t.Fatalf("wrote %d of %d bytes: %v", n, buf.Len(), err)
	}
	h, err := gazetteer.Parse(buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Collect(g.All()), slices.Collect(h.All())); diff != "" {
		t.Errorf("after a round trip (-want +got):\n%s", diff)
	}
	for i := range buf.Len() {
		b := slices.Clone(buf.Bytes())
		b[i] ^= 0x20
		if _, err := gazetteer.Parse(b); err == nil {
			t.Fatalf("byte %d damaged and not noticed", i)
		}
	}
	for _, n := range []int{0, 5, 40, buf.Len() - 1} {
		if _, err := gazetteer.Parse(buf.Bytes()[:n]); err == nil {
			t.Errorf("cut to %d bytes and not noticed", n)
		}
	}
}

// TestLargeRoundTrip: what is compressed in writing is all there after reading,
// and written again the same.
func TestLargeRoundTrip(t *testing.T) {
	var b gazetteer.Builder
	for i := range 3000 {
		b.Add(gazetteer.Entry{Kind: gazetteer.Person, Name: fmt.Sprintf("Person Number %d", i), Country: "KZ", Rank: i % 5, Description: "one of many"})
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if _, err := g.WriteTo(&first); err != nil {
		t.Fatal(err)
	}
	h, err := gazetteer.Parse(first.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Collect(g.All()), slices.Collect(h.All())); diff != "" {
		t.Errorf("after a round trip (-want +got):\n%s", diff)
	}
	if _, err := h.WriteTo(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("written again, %d bytes become %d others: %v", first.Len(), second.Len(), err)
	}
}

func TestDefault(t *testing.T) {
	g := gazetteer.Default()
	var buf bytes.Buffer
	if _, err := g.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	if _, err := gazetteer.Parse(buf.Bytes()); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d entities, %d bytes", g.Len(), buf.Len())
}

// TestAppendListing: a whole name is found whatever its capitals, and with a word that
// stands elsewhere.
func TestAppendListing(t *testing.T) {
	g := gazetteer.Default()
	for _, test := range []struct{ text, tail, want string }{
		{"OSH region", "", "place:osh-region"},
		{"osh", "region", "place:osh-region"},
		{"Jalal-Abad", "region", "place:jalal-abad-region"},
		{"the Hague", "", "geonames:2747373"},
		{"the Hague", "region", ""},
		{"Osh region of", "", ""},
		{"", "osh", ""},
	} {
		words, _ := token.Append(nil, nil, test.text)
		var got string
		for _, m := range gazetteer.AppendListing(g, nil, test.text, words, test.tail) {
			if m.Start != 0 || m.End != len(test.text) {
				t.Errorf("%q and %q: bytes %d to %d", test.text, test.tail, m.Start, m.End)
			}
			if got == "" {
				got = string(m.ID)
			}
		}
		if got != test.want {
			t.Errorf("%q and %q are listed as %q, want %q", test.text, test.tail, got, test.want)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	g := build(t, small)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				for m := range g.Match("Tokayev in Astana") {
					if _, ok := g.Entry(m.ID); !ok {
						t.Error("a match without an entry")
					}
				}
			}
		})
	}
	wg.Wait()
}

// FuzzMatch: matches are in order, inside the text, do not overlap, and are
// found by Lookup.
func FuzzMatch(f *testing.F) {
	lists := []*gazetteer.Gazetteer{build(f, small), gazetteer.Default()}
	f.Add("Kassym-Jomart\nTokayev of the U.S.’s \xff WHO, RFE/RL. Do'stlik")
	f.Add("ISIS-K. Tokayev, Museum of Art. 5, U\u200d.S.Inc pre-I'D")
	f.Fuzz(func(t *testing.T, text string) {
		for _, g := range lists {
			end := 0
			for m := range g.Match(text) {
				if m.Start < end || m.End <= m.Start || m.End > len(text) {
					t.Fatalf("match %+v after byte %d of %q", m, end, text)
				}
				end = m.End
				if !slices.ContainsFunc(g.Lookup(text[m.Start:m.End]), func(e gazetteer.Entry) bool { return e.ID == m.ID }) {
					t.Fatalf("%q is matched and not looked up", text[m.Start:m.End])
				}
			}
		}
	})
}

// FuzzReadTSV: any file gives faults, each with its place, or a gazetteer that
// survives a round trip.
func FuzzReadTSV(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("kind\tname\nremove\t\n\xef\xbb\xbf#\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b gazetteer.Builder
		b.ReadTSV("f.tsv", bytes.NewReader(data))
		g, err := b.Build()
		if err != nil {
			for _, line := range strings.Split(err.Error(), "\n") {
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
		if h.Len() != g.Len() {
			t.Fatalf("%d entities became %d", g.Len(), h.Len())
		}
	})
}

// FuzzParse: any bytes are refused, or usable without a panic. The checksum is
// mended, so that what lies behind it is tested.
func FuzzParse(f *testing.F) {
	var buf bytes.Buffer
	if _, err := build(f, small).WriteTo(&buf); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := gazetteer.Parse(gazetteer.MendChecksum(data))
		if err != nil {
			return
		}
		for e := range g.All() {
			for n := range g.Names(e.ID) {
				g.Lookup(n.Text)
			}
		}
		for range g.Match("Tokayev of Kazakhstan visits the World Health Organization in the U.S.") {
		}
		gazetteer.Layered(g, g)
	})
}

// FuzzIDs: an ID of any form comes back as it was, in its order.
func FuzzIDs(f *testing.F) {
	for _, id := range []string{"a", "x:007 x:7 x:-7 y:18446744073709551616 0", "x: : x:--a", "p:astana-of-the-astana-of-the-astana-of-the", "Пла:ö"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, ids string) {
		var b gazetteer.Builder
		want := map[string]bool{}
		for _, id := range strings.Fields(ids) {
			want[id] = true
		}
		for id := range want {
			b.Add(gazetteer.Entry{ID: gazetteer.ID(id), Kind: gazetteer.City, Name: "Astana of the"})
		}
		g, err := b.Build()
		if err != nil {
			return
		}
		for i := range 2 {
			var got []string
			for e := range g.All() {
				got = append(got, string(e.ID))
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("read %d times (-want +got):\n%s", i, diff)
			}
			var buf bytes.Buffer
			if _, err := g.WriteTo(&buf); err != nil {
				t.Fatal(err)
			}
			if g, err = gazetteer.Parse(buf.Bytes()); err != nil {
				t.Fatal(err)
			}
		}
	})
}
