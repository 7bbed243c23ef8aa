// Command evaluate scores the tagger on an annotated corpus (word TAB label,
// IOB2, a blank line after each sentence): exact span and kind. Corpora that know
// only persons, locations and organisations are scored with countries, cities and
// places taken together.
//
//	go run ./internal/cmd/evaluate [-errors N] [-column N] FILE…
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
)

// kinds are the kinds of the labels; a label that is not here is no entity.
var kinds = map[string]entity.Kind{
	"PERSON": entity.Person, "COUNTRY": entity.Country, "CITY": entity.City, "PLACE": entity.Place,
	"ORGANISATION": entity.Organisation, "DEMONYM": entity.Demonym,
	"PER": entity.Person, "LOC": entity.Place, "ORG": entity.Organisation,
	"person": entity.Person, "location": entity.Place, "corporation": entity.Organisation, "group": entity.Organisation,
	"ORGANIZATION": entity.Organisation,
}

func main() {
	errors := flag.Int("errors", 0, "print this `number` of mistakes of each file")
	column := flag.Int("column", 1, "the `number` of the column of labels, counted from 0")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	failed := false
	for _, file := range flag.Args() {
		docs, err := corpus.ReadFile(file, *column)
		if err != nil {
			fmt.Fprintln(os.Stderr, "evaluate:", err)
			failed = true
			continue
		}
		evaluate(file, docs, *errors)
	}
	if failed {
		os.Exit(1)
	}
}

// evaluate prints the scores of one corpus.
func evaluate(file string, docs []corpus.Document, errors int) {
	fine := false // tells countries and cities apart
	for _, d := range docs {
		for _, s := range d.Spans {
			fine = fine || s.Label == "COUNTRY"
		}
	}
	tagger := entity.New()
	var r score.Report
	for _, d := range docs {
		var gold, found []score.Span
		demonyms := map[[2]int]bool{}
		for e := range tagger.Find(d.Text) {
			k := e.Kind
			if !fine && k == entity.Demonym {
				demonyms[[2]int{e.Start, e.End}] = true
				continue
			}
			if !fine && (k == entity.Country || k == entity.City) {
				k = entity.Place
			}
			found = append(found, score.Span{Kind: k, Start: e.Start, End: e.End})
		}
		for _, s := range d.Spans {
			k, ok := kinds[s.Label]
			if ok && !demonyms[[2]int{s.Start, s.End}] {
				gold = append(gold, score.Span{Kind: k, Start: s.Start, End: s.End})
			}
		}
		missed, invented := r.Add(gold, found)
		for _, s := range missed {
			report(&errors, "missed", d.Text, s)
		}
		for _, s := range invented {
			report(&errors, "invented", d.Text, s)
		}
	}
	fmt.Printf("%s\n%s", file, r.String())
}

// report prints a mistake with what stands around it.
func report(left *int, what, text string, s score.Span) {
	if *left <= 0 {
		return
	}
	*left--
	around := text[max(0, s.Start-50):min(len(text), s.End+50)]
	fmt.Printf("%-8s %-12s %q in %q\n", what, gazetteer.Kind(s.Kind), text[s.Start:s.End], strings.ToValidUTF8(around, ""))
}
