package gazetteer_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sureWords are the English words that are a sure name all the same, since
// capitalised they nearly always are. Shakhrikhan is none; the table of words, which
// errs about once in 100,000, takes it for one.
var sureWords = map[string]bool{"chile": true, "china": true, "french": true, "guinea": true, "turkey": true, "shakhrikhan": true}

// meanings is what a folded name denotes: the strongest usage by entity.
type meanings map[gazetteer.ID]gazetteer.Usage

// TestClashes lists how many names are something else besides, by what that is
// and by how far such names are believed, and compares with
// testdata/golden/clashes.txt; -update writes it. And it holds the list to its
// rules: a common word is never sure, and no name is sure of two kinds but a city
// and a place.
func TestClashes(t *testing.T) {
	g := gazetteer.Default()
	names := map[string]meanings{}
	kinds := map[gazetteer.ID]gazetteer.Kind{}
	abbreviations := map[string]bool{}
	for e := range g.All() {
		kinds[e.ID] = e.Kind
		for n := range g.Names(e.ID) {
			key := gazetteer.FoldName(n.Text)
			if names[key] == nil {
				names[key] = meanings{}
			}
			if old, ok := names[key][e.ID]; !ok || n.Usage < old {
				names[key][e.ID] = n.Usage
			}
			abbreviations[key] = abbreviations[key] || n.Text == strings.ToUpper(n.Text)
		}
	}
	counts := map[string]*[3]int{}
	count := func(class string, u gazetteer.Usage) {
		if counts[class] == nil {
			counts[class] = new([3]int)
		}
		counts[class][u]++
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		usage := gazetteer.Never
		all, sure := map[gazetteer.Kind]int{}, map[gazetteer.Kind]bool{}
		for id, u := range names[name] {
			usage = min(usage, u)
			all[kinds[id]]++
			if u == gazetteer.Sure {
				sure[kinds[id]] = true
			}
		}
		if !strings.Contains(name, " ") {
			info := words.Lookup(fold.Hash([]byte(name)))
			switch {
			case info&words.English != 0:
				count("an English word", usage)
				if usage == gazetteer.Sure && !abbreviations[name] && !sureWords[name] {
					t.Errorf("%q is a common word and sure: %v", name, names[name])
				}
			case info&words.Given != 0:
				count("a given name", usage)
			case info&words.Surname != 0:
				count("a surname", usage)
			}
		}
		if len(names[name]) > 1 {
			var class []string
			for _, k := range gazetteer.Kinds() {
				if all[k] == 1 {
					class = append(class, k.String())
				} else if all[k] > 1 {
					class = append(class, "several of "+k.String())
				}
			}
			count(strings.Join(class, " and "), usage)
		}
		delete(sure, gazetteer.Place)
		if len(sure) > 1 {
			t.Errorf("%q is sure of several kinds: %v", name, names[name])
		}
	}
	var buf bytes.Buffer
	w := tabwriter.NewWriter(&buf, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "a name that is\tsure\tambiguous\tnever")
	for _, class := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(a, " and "), strings.Count(b, " and ")), cmp.Compare(a, b))
	}) {
		c := counts[class]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\n", class, c[0], c[1], c[2])
	}
	w.Flush()
	const golden = "../testdata/golden/clashes.txt"
	if *update {
		if err := os.WriteFile(golden, buf.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, buf.Bytes()) {
		t.Errorf("the clashes have changed (go test ./gazetteer -run TestClashes -update writes them anew; review the difference):\n%s", buf.Bytes())
	}
}
