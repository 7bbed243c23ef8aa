package trie_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/trie"
)

// built is a trie with the values of its sequences.
type built struct {
	*trie.Trie
	values []uint32
}

// build compiles sequences, each leading to its index.
func build(t testing.TB, names []string) built {
	var b trie.Builder
	for i, name := range names {
		b.Add(strings.Fields(name), uint32(i))
	}
	data, values, err := b.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	tr, n, err := trie.Parse(string(data))
	if err != nil || n != len(data) {
		t.Fatalf("Parse read %d of %d bytes: %v", n, len(data), err)
	}
	return built{tr, values}
}

// find returns the values of a sequence.
func find(tr built, name string) (values []uint32) {
	var n trie.Node
	for w := range strings.FieldsSeq(name) {
		number, ok := tr.WordString(w)
		if !ok {
			return nil
		}
		if n, ok = tr.Step(n, number); !ok {
			return nil
		}
	}
	lo, hi := tr.Values(n)
	for i := lo; i < hi; i++ {
		values = append(values, tr.values[i])
	}
	return values
}

func TestTrie(t *testing.T) {
	names := []string{"astana", "nur sultan", "nur", "new york", "new york city", "york", "astana", "city of new york"}
	tr := build(t, names)
	for name, want := range map[string][]uint32{
		"astana": {0, 6}, "nur sultan": {1}, "nur": {2}, "new york": {3}, "new york city": {4}, "york": {5}, "city of new york": {7},
		"new": nil, "sultan": nil, "york city": nil, "nowhere": nil,
	} {
		if diff := cmp.Diff(want, find(tr, name)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", name, diff)
		}
	}
}

// TestManyWords: numbers of words that two bytes cannot hold.
func TestManyWords(t *testing.T) {
	var names []string
	for i := range 70_000 {
		names = append(names, fmt.Sprintf("first w%d", i))
	}
	names = append(names, strings.Repeat("long", 1024))
	tr := build(t, names)
	for i := 0; i < len(names); i += 999 {
		if diff := cmp.Diff([]uint32{uint32(i)}, find(tr, names[i])); diff != "" {
			t.Errorf("%q (-want +got):\n%s", names[i], diff)
		}
	}
	if got := find(tr, "first w70000"); got != nil {
		t.Errorf("found %v", got)
	}
}

// FuzzTrie builds a trie of any names and finds each again, and nothing else.
func FuzzTrie(f *testing.F) {
	f.Add("nur sultan\nnur\nnew york\nnew york city", "new")
	f.Fuzz(func(t *testing.T, lines, other string) {
		if slices.ContainsFunc(strings.Fields(lines), func(w string) bool { return len(w) > trie.MaxWordBytes }) {
			return
		}
		var names []string
		want := map[string][]uint32{}
		for line := range strings.SplitSeq(lines, "\n") {
			if key := strings.Join(strings.Fields(line), " "); key != "" {
				want[key] = append(want[key], uint32(len(names)))
				names = append(names, line)
			}
		}
		tr := build(t, names)
		for _, name := range append(names, other) {
			if got := find(tr, name); len(strings.Fields(name)) > 0 && !slices.Equal(got, want[strings.Join(strings.Fields(name), " ")]) {
				t.Errorf("%q leads to %v, want %v", name, got, want[name])
			}
			for _, word := range strings.Fields(name) {
				if n, ok := tr.WordString(word); ok && tr.Text(n) != word {
					t.Errorf("word %d is %q, want %q", n, tr.Text(n), word)
				}
			}
		}
	})
}

// FuzzParse reads any bytes: an error or a trie, never a panic.
func FuzzParse(f *testing.F) {
	var b trie.Builder
	b.Add([]string{"nur", "sultan"}, 7)
	data, _, _ := b.Append(nil)
	f.Add(string(data), "nur sultan")
	f.Fuzz(func(t *testing.T, data, name string) {
		if tr, _, err := trie.Parse(data); err == nil && tr.ValueCount() < 1<<16 {
			find(built{tr, make([]uint32, tr.ValueCount())}, name)
		}
	})
}
