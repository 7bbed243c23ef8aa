package main

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/training"
	"github.com/steppe-ner/steppe/internal/words"
)

// minBearers is how many listed people bear a name that is taken for a given one: what one
// alone bears may be a surname that stands first, or a pen name.
const minBearers = 2

// region marks the words that begin the names of several people of the five countries, in the
// frozen list, so that the words are the same whatever rows are added. English words, and the
// surnames of census lists, stay what they are.
func (l lexicon) region() {
	bearers := map[string]int{}
	for e := range training.Gazetteer().All() {
		if e.Kind != gazetteer.Person || !slices.Contains([]string{"KG", "KZ", "TJ", "TM", "UZ"}, e.Country) {
			continue
		}
		if parts := strings.Fields(e.Name); len(parts) > 1 && len(parts[0]) > 2 && !strings.Contains(parts[0], ".") {
			bearers[parts[0]]++
		}
	}
	for name, n := range bearers {
		if n < minBearers {
			continue
		}
		if e := l.at(name); e.flags&words.English == 0 {
			e.flags |= words.Given
		}
	}
}
