// Command evaluate scores the tagger on an annotated corpus (word TAB label,
// IOB2, a blank line after each sentence): exact span and kind. Corpora that know
// only persons, locations and organisations are scored with countries, cities and
// places taken together.
//
//	go run ./internal/cmd/evaluate [flags] FILE…
//
// A file whose name ends in .txt holds texts with their entities marked in place
// instead, one a line, as internal/training/texts does.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/fitting"
	"github.com/steppe-ner/steppe/internal/ner"
)

// kinds are the kinds of the labels in capitals; a label that is not here is no entity.
var kinds = map[string]entity.Kind{
	"PERSON": entity.Person, "COUNTRY": entity.Country, "CITY": entity.City, "PLACE": entity.Place,
	"ORGANISATION": entity.Organisation, "DEMONYM": entity.Demonym,
	"PER": entity.Person, "LOC": entity.Place, "ORG": entity.Organisation,
	"LOCATION": entity.Place, "CORPORATION": entity.Organisation, "GROUP": entity.Organisation,
	"ORGANIZATION": entity.Organisation,
}

// choices are what the flags say.
type choices struct {
	errors, column              int
	calibrated, tabled, without bool
	model, weights              string
	letters                     func(string) string
	links, ablate, corpora      string
}

func main() {
	var c choices
	flag.IntVar(&c.errors, "errors", 0, "print this `number` of mistakes of each file")
	flag.BoolVar(&c.calibrated, "calibration", false, "print how often entities of each confidence are right, and what MinConfidence trades; with -links, what the threshold of IDs trades")
	flag.BoolVar(&c.tabled, "table", false, "print one table: F1 and speed of the tagger, and of it without its parts")
	flag.BoolVar(&c.without, "without-model", false, "do without the sequence model")
	flag.StringVar(&c.model, "model", "", "use the sequence model of this `file` in place of the embedded one")
	flag.StringVar(&c.weights, "weights", "", "use the fitted weights of this `file` in place of the embedded ones")
	flag.IntVar(&c.column, "column", 1, "the `number` of the column of labels, counted from 0")
	letters := flag.String("letters", "", "put the texts in `upper`, lower or title case first, as headlines and chats are")
	flag.StringVar(&c.links, "links", "", "score IDs on the texts of the files that this `pattern` names, which say whom their names mean")
	flag.StringVar(&c.ablate, "ablate", "", "print what each part is worth, fitted anew without it with the sequence models of these `files`, one a fold")
	flag.StringVar(&c.corpora, "corpora", "../shared/corpora", "the `folder` of the corpora, for -ablate")
	flag.Parse()
	var ok bool
	c.letters, ok = map[string]func(string) string{"": nil, "upper": corpus.Upper, "lower": corpus.Lower, "title": corpus.Title}[*letters]
	if flag.NArg() == 0 && c.links == "" || !ok {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Args(), c); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

// options returns those of the tagger.
func (c choices) options() ([]entity.Option, error) {
	var opts []entity.Option
	if c.model != "" {
		models, err := fitting.ReadModels(c.model)
		if err != nil {
			return nil, err
		}
		opts = append(opts, ner.Hook(func(r *ner.Recogniser) { r.Model = models[0] }).(entity.Option))
	}
	if c.weights != "" {
		data, err := os.ReadFile(c.weights)
		if err != nil {
			return nil, err
		}
		w, err := ner.ParseWeights(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", c.weights, err)
		}
		opts = append(opts, ner.Hook(func(r *ner.Recogniser) { r.Weights = w }).(entity.Option))
	}
	if c.without {
		opts = append(opts, entity.WithoutModel())
	}
	return opts, nil
}

func run(files []string, c choices) error {
	opts, err := c.options()
	if err != nil {
		return err
	}
	var sets []set
	for _, file := range files {
		docs, err := read(file, c.column)
		if err != nil {
			return err
		}
		for i := range docs {
			if c.letters != nil {
				docs[i].Text = c.letters(docs[i].Text)
			}
		}
		sets = append(sets, newSet(file, docs))
	}
	linked, err := filepath.Glob(c.links)
	if err != nil {
		return err
	}
	links, err := readLinked(linked)
	if err != nil {
		return err
	}
	if c.ablate != "" {
		models, err := fitting.ReadModels(strings.Split(c.ablate, ",")...)
		if err != nil {
			return err
		}
		data, err := fitting.Read(c.corpora, "testdata/links/fit-*.txt", models)
		if err != nil {
			return err
		}
		return ablate(sets, links, data, opts)
	}
	if c.tabled {
		return table(sets, opts)
	}
	tagger := entity.New(opts...)
	var found calibration
	for _, s := range sets {
		r := s.score(tagger, &found, &c.errors)
		fmt.Printf("%s\n%s", s.file, r.String())
	}
	if c.calibrated && len(sets) > 0 {
		found.print()
	}
	if c.links != "" {
		scoreLinks(links, tagger, c.errors).print()
		if c.calibrated {
			printThresholds(links, opts)
		}
	}
	return nil
}

// read reads a corpus in columns, or, where its name ends in .txt, texts with
// their entities marked in place, one a line.
func read(file string, column int) ([]corpus.Document, error) {
	if !strings.HasSuffix(file, ".txt") {
		return corpus.ReadFile(file, column)
	}
	return corpus.ReadMarked(file)
}

// set is an annotated corpus.
type set struct {
	file string
	docs []corpus.Document
	fine bool // tells countries and cities apart
}

func newSet(file string, docs []corpus.Document) set {
	s := set{file: file, docs: docs}
	for _, d := range docs {
		s.fine = s.fine || slices.ContainsFunc(d.Spans, func(x corpus.Span) bool { return strings.EqualFold(x.Label, "country") })
	}
	return s
}

// score scores the tagger on the set and notes how sure it was of what.
func (s *set) score(tagger *entity.Tagger, c *calibration, errors *int) *score.Report {
	r := new(score.Report)
	for _, d := range s.docs {
		var confidences []float64
		var gold, found []score.Span
		demonyms := map[[2]int]bool{}
		for e := range tagger.Find(d.Text) {
			k := e.Kind
			if !s.fine && k == entity.Demonym {
				demonyms[[2]int{e.Start, e.End}] = true
				continue
			}
			if !s.fine && (k == entity.Country || k == entity.City) {
				k = entity.Place
			}
			found = append(found, score.Span{Kind: k, Start: e.Start, End: e.End})
			confidences = append(confidences, e.Confidence)
		}
		for _, x := range d.Spans {
			k, ok := kinds[strings.ToUpper(x.Label)]
			if ok && !demonyms[[2]int{x.Start, x.End}] {
				gold = append(gold, score.Span{Kind: k, Start: x.Start, End: x.End})
			}
		}
		missed, invented := r.Add(gold, found)
		c.gold += len(gold)
		for i, x := range found {
			c.found = append(c.found, judged{confidences[i], !slices.Contains(invented, x)})
		}
		for _, x := range missed {
			report(errors, "missed", d.Text, x)
		}
		for _, x := range invented {
			report(errors, "invented", d.Text, x)
		}
	}
	return r
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
