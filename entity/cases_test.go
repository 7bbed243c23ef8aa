package entity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
)

// mention is a name in one of the cases.
type mention struct {
	Start, End int
	Kind       entity.Kind
}

// TestCases: the inputs of ../shared/cases find what they want, but for the known misses,
// which may only become fewer.
func TestCases(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../../shared/cases/mentions.jsonl"))
	if err != nil {
		t.Skipf("the cases are not part of the project: %v", err)
	}
	tagger := entity.New()
	known := knownMisses(t, "testdata/cases_known_misses.txt")
	for line := range bytes.Lines(data) {
		var c struct {
			Text string
			Want []mention
		}
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		diff := cmp.Diff(shown(c.Text, c.Want), shown(c.Text, found(tagger, c.Text, c.Want)))
		switch known := known[c.Text]; {
		case diff == "" && known:
			t.Errorf("%q is found now: no known miss any more", c.Text)
		case diff != "" && known:
			t.Logf("%q (-want +got):\n%s", c.Text, diff)
		case diff != "":
			t.Errorf("%q (-want +got):\n%s", c.Text, diff)
		}
	}
}

// knownMisses returns the texts in a file whose names are not found as they should be.
func knownMisses(t *testing.T, file string) map[string]bool {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		text, err := strconv.Unquote(strings.TrimSuffix(line, "\n"))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		known[text] = true
	}
	return known
}

// found returns the names found in text of the kinds that are wanted, or all.
func found(tagger *entity.Tagger, text string, want []mention) (got []mention) {
	kinds := map[entity.Kind]bool{}
	for _, m := range want {
		kinds[m.Kind] = true
	}
	for e := range tagger.Find(text) {
		if kinds[e.Kind] || len(kinds) == 0 {
			got = append(got, mention{e.Start, e.End, e.Kind})
		}
	}
	return got
}

// shown returns names as a reader tells them apart.
func shown(text string, names []mention) string {
	var b strings.Builder
	for _, m := range names {
		fmt.Fprintf(&b, "%d %s %q\n", m.Start, m.Kind, text[m.Start:m.End])
	}
	return b.String()
}
