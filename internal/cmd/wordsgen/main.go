// Command wordsgen writes the words of package words from the reference folder: English
// words (SCOWL), given names and surnames (U.S. Census 1990, popular-names-by-country),
// Brown clusters and clusters of word vectors (NLP4J); and the given names of Central Asia,
// of which those have few, from the gazetteer's people.
//
//	go run ./internal/cmd/wordsgen -reference ../shared/reference -o internal/words/words.bin
package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/words"
)

func main() {
	reference := flag.String("reference", "../shared/reference", "the reference `folder`")
	out := flag.String("o", "internal/words/words.bin", "write the words to this `file`")
	flag.Parse()
	data, err := compile(*reference)
	if err == nil {
		err = os.WriteFile(*out, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "wordsgen:", err)
		os.Exit(1)
	}
}

// entry is what is known of one folded word.
type entry struct {
	flags     words.Info
	path      string
	cluster   int  // -1 for none
	wanted    bool // of the spelling whose cluster is wanted
	spellings spelling
	frequent  bool
}

// spelling is a bit set of how a word is spelt where word vectors were made.
type spelling uint8

const (
	lower spelling = 1 << iota
	title
	upper
)

type lexicon map[string]*entry

func (l lexicon) at(word string) *entry {
	folded, _ := fold.Append(nil, strings.TrimSpace(word))
	e := l[string(folded)]
	if e == nil {
		e = &entry{cluster: -1}
		l[string(folded)] = e
	}
	return e
}

// compile returns the compiled words.
func compile(reference string) ([]byte, error) {
	l := lexicon{}
	err := errors.Join(
		lines(filepath.Join(reference, "words/english.txt"), func(line string) { l.at(line).flags |= words.English }),
		l.census(filepath.Join(reference, "names/us_given_male.tsv"), words.Given, 0.05),
		l.census(filepath.Join(reference, "names/us_given_female.tsv"), words.Given, 0.05),
		l.census(filepath.Join(reference, "names/us_surnames.tsv"), words.Surname, 0.01),
		l.byCountry(filepath.Join(reference, "names/forenames_by_country.csv"), words.Given),
		l.byCountry(filepath.Join(reference, "names/surnames_by_country.csv"), words.Surname),
		l.frequent(filepath.Join(reference, "words/clusters.tsv.gz")),
		l.brown(filepath.Join(reference, "words/brown.tsv.gz")),
		l.vectors(filepath.Join(reference, "words/embedding-clusters.tsv.gz")),
	)
	if err != nil {
		return nil, err
	}
	l.region()
	delete(l, "")
	return l.compile()
}

// needed reports whether a word is to be known: one that decisions are made of, a
// frequent one, or a name. Names are plainly spelt words that are in both lists of
// clusters and were capitalised, or short ones in capitals, wherever they were met.
// Beyond these the lists have 200,000 words, of which one name in a hundred is made.
func (e *entry) needed(word string) bool {
	if e.flags != 0 || e.frequent {
		return true
	}
	if e.path == "" || e.cluster < 0 || e.spellings&lower != 0 || !plain(word) {
		return false
	}
	return e.spellings&title != 0 || len(word) <= 5
}

// plain reports whether a word is spelt as names are: at most fourteen letters, a hyphen
// between two parts, or initials.
func plain(word string) bool {
	if len(word) > 14 {
		return false
	}
	hyphens := 0
	for i, r := range word {
		switch {
		case r == '-' && i > 1 && i < len(word)-2:
			hyphens++
		case r == '.' && i > 0 && i < 6:
		case r < 'a' || r > 'z' && r < 0x80:
			return false
		}
	}
	return hyphens <= 1
}

// compile compiles what is needed. Paths are numbered in their order.
func (l lexicon) compile() ([]byte, error) {
	number := map[string]int{}
	for w, e := range l {
		if !e.needed(w) {
			delete(l, w)
		} else if e.path != "" {
			number[e.path] = 0
		}
	}
	var paths []words.Path
	for i, p := range slices.Sorted(maps.Keys(number)) {
		number[p] = i
		path := words.Path(1)
		for _, bit := range []byte(p) {
			path = path<<1 | words.Path(bit-'0')
		}
		paths = append(paths, path)
	}
	known := map[uint64]words.Info{}
	for w, e := range l {
		path := -1
		if e.path != "" {
			path = number[e.path]
		}
		h := fold.Hash(w)
		if _, ok := known[h]; ok {
			return nil, fmt.Errorf("%s has the hash of another word", w)
		}
		known[h] = words.MakeInfo(e.flags, path, e.cluster)
	}
	return words.Append(nil, known, paths), nil
}
