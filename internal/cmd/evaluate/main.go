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
	"slices"
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
	calibrated := flag.Bool("calibration", false, "print how often entities of each confidence are right")
	without := flag.Bool("without-model", false, "do without the sequence model")
	column := flag.Int("column", 1, "the `number` of the column of labels, counted from 0")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	tagger := entity.New()
	if *without {
		tagger = entity.New(entity.WithoutModel())
	}
	var c calibration
	failed := false
	for _, file := range flag.Args() {
		docs, err := corpus.ReadFile(file, *column)
		if err != nil {
			fmt.Fprintln(os.Stderr, "evaluate:", err)
			failed = true
			continue
		}
		evaluate(tagger, file, docs, *errors, &c)
	}
	if *calibrated {
		c.print()
	}
	if failed {
		os.Exit(1)
	}
}

// evaluate prints the scores of one corpus.
func evaluate(tagger *entity.Tagger, file string, docs []corpus.Document, errors int, c *calibration) {
	fine := false // tells countries and cities apart
	for _, d := range docs {
		for _, s := range d.Spans {
			fine = fine || s.Label == "COUNTRY"
		}
	}
	var r score.Report
	for _, d := range docs {
		var confidences []float64
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
			confidences = append(confidences, e.Confidence)
		}
		for _, s := range d.Spans {
			k, ok := kinds[s.Label]
			if ok && !demonyms[[2]int{s.Start, s.End}] {
				gold = append(gold, score.Span{Kind: k, Start: s.Start, End: s.End})
			}
		}
		missed, invented := r.Add(gold, found)
		for i, s := range found {
			c.add(confidences[i], !slices.Contains(invented, s))
		}
		for _, s := range missed {
			report(&errors, "missed", d.Text, s)
		}
		for _, s := range invented {
			report(&errors, "invented", d.Text, s)
		}
	}
	fmt.Printf("%s\n%s", file, r.String())
}

// calibration counts, for each tenth of confidence, how many entities there are,
// how many are right, and what their confidences add up to.
type calibration [10]struct {
	found, right int
	sum          float64
}

func (c *calibration) add(confidence float64, right bool) {
	b := &c[min(int(confidence*10), 9)]
	b.found++
	b.sum += confidence
	if right {
		b.right++
	}
}

func (c *calibration) print() {
	fmt.Println("confidence  right  entities")
	for _, b := range c {
		if b.found > 0 {
			fmt.Printf("%10.3f  %5.3f  %8d\n", b.sum/float64(b.found), float64(b.right)/float64(b.found), b.found)
		}
	}
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
