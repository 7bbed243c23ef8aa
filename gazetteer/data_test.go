package gazetteer_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

// TestLayers: every file is sorted by ID, and every layer says where it comes
// from.
func TestLayers(t *testing.T) {
	files, err := filepath.Glob("data/*/*.tsv")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		if source, err := os.ReadFile(filepath.Join(filepath.Dir(file), "SOURCE.md")); err != nil || len(source) < 100 {
			t.Errorf("%s: no provenance: %v", file, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for line := range strings.Lines(string(data)) {
			id, _, _ := strings.Cut(line, "\t")
			ids = append(ids, id)
		}
		if !slices.IsSorted(ids[1:]) {
			t.Errorf("%s is not sorted by ID", file)
		}
	}
}

// TestSources: every row that ends with a source names one that SOURCE.md tells of.
func TestSources(t *testing.T) {
	files, err := filepath.Glob("data/*/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, file := range files {
		rows, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(rows), "\n")
		if !strings.HasSuffix(header, "\tsource") {
			continue
		}
		source, err := os.ReadFile(filepath.Join(filepath.Dir(file), "SOURCE.md"))
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range strings.Split(strings.TrimSpace(string(rows)), "\n")[1:] {
			checked++
			keys := strings.Fields(row[strings.LastIndexByte(row, '\t')+1:])
			if len(keys) == 0 {
				t.Errorf("%s:%d: no source", file, i+2)
			}
			for _, key := range keys {
				if !strings.Contains(string(source), "| `"+key+"` |") {
					t.Errorf("%s:%d: no source %q in SOURCE.md", file, i+2, key)
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("%d rows with a source", checked)
	}
}

// TestOneItem: no Wikidata item is that of two entities.
func TestOneItem(t *testing.T) {
	items := map[string]gazetteer.ID{}
	for e := range gazetteer.Default().All() {
		if other := items[e.Wikidata]; e.Wikidata != "" && other != "" {
			t.Errorf("%s is the item of %s and %s", e.Wikidata, other, e.ID)
		}
		items[e.Wikidata] = e.ID
	}
}

// TestOneSentence: no name that texts are searched for holds the end of a sentence.
func TestOneSentence(t *testing.T) {
	g := gazetteer.Default()
	for e := range g.All() {
		for n := range g.Names(e.ID) {
			if _, sentences := token.Append(nil, nil, n.Text); n.Usage != gazetteer.Never && len(sentences) != 1 {
				t.Errorf("%s: %q cannot be found: mark it never", e.ID, n.Text)
			}
		}
	}
}

// TestFacts: every city has a country, and coordinates where it has a number of GeoNames,
// every person a country or none on purpose, every demonym's country exists, and IDs are
// of their kind.
func TestFacts(t *testing.T) {
	g := gazetteer.Default()
	prefixes := map[gazetteer.Kind]string{
		gazetteer.Person: "person:", gazetteer.Country: "iso:", gazetteer.City: "geonames:",
		gazetteer.Organisation: "organisation:", gazetteer.Place: "place:", gazetteer.Demonym: "demonym:",
	}
	counts := map[gazetteer.Kind]int{}
	for e := range g.All() {
		counts[e.Kind]++
		village := e.Kind == gazetteer.City && strings.HasPrefix(string(e.ID), "city:") // which no reference has
		if !village && !strings.HasPrefix(string(e.ID), prefixes[e.Kind]) {
			t.Errorf("%s is a %v", e.ID, e.Kind)
		}
		if e.Kind == gazetteer.City && (e.Country == "" || !village && e.Latitude == 0 && e.Longitude == 0) {
			t.Errorf("%s (%s) lacks a country or coordinates", e.ID, e.Name)
		}
		if e.Latitude < -90 || e.Latitude > 90 || e.Longitude < -180 || e.Longitude > 180 {
			t.Errorf("%s lies at %v, %v", e.ID, e.Latitude, e.Longitude)
		}
		if _, ok := g.Entry(e.Of); e.Of != "" && !ok {
			t.Errorf("%s is of %s, which does not exist", e.ID, e.Of)
		}
		if strings.HasPrefix(e.Wikidata, "Q") == (e.Wikidata == "") {
			t.Errorf("%s: Wikidata identifier %q", e.ID, e.Wikidata)
		}
	}
	for k, least := range map[gazetteer.Kind]int{
		gazetteer.Person: 2800, gazetteer.Country: 200, gazetteer.City: 6500,
		gazetteer.Organisation: 2800, gazetteer.Place: 400, gazetteer.Demonym: 270,
	} {
		if counts[k] < least {
			t.Errorf("%d of kind %v, want %d", counts[k], k, least)
		}
	}
}

var stopBeforeCapital = regexp.MustCompile(`\pL{2}\. ?\p{Lu}`)

// TestNames: every name is looked up, and every sure one of three letters or more
// is found in a plain sentence, with no shorter span.
func TestNames(t *testing.T) {
	g := gazetteer.Default()
	for e := range g.All() {
		for n := range g.Names(e.ID) {
			if !slices.ContainsFunc(g.Lookup(n.Text), func(found gazetteer.Entry) bool { return found.ID == e.ID }) {
				t.Errorf("Lookup(%q) does not give %s", n.Text, e.ID)
			}
			// "Mail.Ru" is two sentences that lack a space to the tokenizer; Mail.ru is found.
			if n.Usage != gazetteer.Sure || len(n.Text) < 3 || stopBeforeCapital.MatchString(n.Text) {
				continue
			}
			text := "They spoke of " + n.Text + " yesterday."
			found := false
			for m := range g.Match(text) {
				found = found || text[m.Start:m.End] == n.Text
			}
			if !found {
				t.Errorf("%q of %s is not found in a sentence", n.Text, e.ID)
			}
		}
	}
}
