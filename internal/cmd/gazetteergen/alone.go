package main

import (
	"bufio"
	_ "embed"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/respell"
)

//go:embed alone.txt
var aloneWords string

// dictionaries are the files of the reference data whose words, which begin their lines,
// stand for themselves: English, and American given names and surnames.
var dictionaries = []string{"words/english.txt", "names/us_given_female.tsv", "names/us_given_male.tsv", "names/us_surnames.tsv"}

// writeAlone writes the words of the dictionaries that have the skeleton of a word of a
// name of g, and are none of these words.
func writeAlone(out, reference string, g *gazetteer.Gazetteer) error {
	listed, skeletons := map[string]bool{}, map[string]bool{}
	for e := range g.All() {
		for n := range g.Names(e.ID) {
			for word := range strings.FieldsFuncSeq(n.Text, func(r rune) bool { return r == ' ' || r == '-' }) {
				folded, _ := fold.Append(nil, word)
				listed[string(folded)] = true
				skeletons[string(respell.Append(nil, word))] = true
			}
		}
	}
	found := map[string]bool{}
	for _, name := range dictionaries {
		f, err := os.Open(filepath.Join(reference, name))
		if err != nil {
			return err
		}
		s := bufio.NewScanner(f)
		for s.Scan() {
			word, _, _ := strings.Cut(s.Text(), "\t")
			folded, _ := fold.Append(nil, word)
			if skeleton := respell.Append(nil, word); len(skeleton) > 0 && skeletons[string(skeleton)] && !listed[string(folded)] {
				found[string(folded)] = true
			}
		}
		f.Close()
		if err := s.Err(); err != nil {
			return err
		}
	}
	list := make([]string, 0, len(found))
	for word := range found {
		list = append(list, word)
	}
	slices.Sort(list)
	return os.WriteFile(out, []byte(strings.Join(list, "\n")+"\n"), 0o644)
}
