package lexicon

import (
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/internal/fold"
)

// TestFile: the words are folded and sorted, none stands twice or without a class, every
// class is spelt as it is named and has words.
func TestFile(t *testing.T) {
	used := Class(0)
	last := ""
	n := 0
	for line := range strings.Lines(file) {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		word, list, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || word <= last {
			t.Errorf("line %d: %q after %q", n, line, last)
		}
		if folded, _ := fold.Append(nil, word); string(folded) != word {
			t.Errorf("line %d: %q is not folded", n, word)
		}
		last = word
		list, country, ok := strings.Cut(list, "\t")
		if local := Lookup(fold.Hash(word))&Local != 0; local != ok || ok && len(country) != 2 {
			t.Errorf("line %d: %q is local, or has a country, and not both", n, word)
		}
		for name := range strings.SplitSeq(list, " ") {
			if classOf[name] == 0 {
				t.Errorf("line %d: no class %q", n, name)
			}
			used |= classOf[name]
		}
		if Lookup(fold.Hash(word)) == 0 {
			t.Errorf("line %d: %q is not found", n, word)
		}
	}
	for i := range classes {
		if used&(1<<i) == 0 {
			t.Errorf("no word of class %s", Class(1<<i).Name())
		}
	}
}

// TestWeighed: the classes that features are made of are the first ones.
func TestWeighed(t *testing.T) {
	if Weighed != 1<<WeighedClasses-1 {
		t.Errorf("%d classes are weighed, and the bits of %b", WeighedClasses, Weighed)
	}
}
