package main

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/training"
	"github.com/steppe-ner/steppe/internal/words"
)

// region marks the words that begin the names of people of the five countries, in the
// frozen list, so that the words are the same whatever rows are added. What ends names as
// often as it begins them may be a surname that stands first; places and peoples, and
// English words, stay what they are.
func (l lexicon) region() {
	begins, ends, places := map[string]int{}, map[string]int{}, map[string]bool{}
	g := training.Gazetteer()
	for e := range g.All() {
		if e.Kind != gazetteer.Person && e.Kind != gazetteer.Organisation { // clubs bear names of people
			for n := range g.Names(e.ID) {
				places[n.Text] = true
			}
		}
		if e.Kind != gazetteer.Person || !slices.Contains([]string{"KG", "KZ", "TJ", "TM", "UZ"}, e.Country) {
			continue
		}
		firsts := map[string]bool{}
		for n := range g.Names(e.ID) {
			parts := strings.Fields(n.Text)
			if n.Lang != "" || len(parts) < 2 {
				continue
			}
			if len(parts[0]) > 2 && !strings.ContainsAny(parts[0], ".-'") {
				firsts[parts[0]] = true
			}
			ends[parts[len(parts)-1]]++
		}
		for first := range firsts {
			begins[first]++
		}
	}
	for name, n := range begins {
		if e := l.at(name); n > ends[name] && !places[name] && e.flags&words.English == 0 {
			e.flags |= words.Given
		}
	}
}
