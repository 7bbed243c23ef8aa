// Command evaluate scores the tagger on an annotated corpus (word TAB label,
// IOB2, a blank line after each sentence): exact span and kind. Corpora that know
// only persons, locations and organisations are scored with countries, cities and
// places taken together.
//
//	go run ./internal/cmd/evaluate [flags] FILE…
//
// A file whose name ends in .txt holds texts with their entities marked in place
// instead, one a line, as internal/cmd/train/texts does.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
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

func main() {
	errors := flag.Int("errors", 0, "print this `number` of mistakes of each file")
	calibrated := flag.Bool("calibration", false, "print how often entities of each confidence are right, and what MinConfidence trades")
	tabled := flag.Bool("table", false, "print one table: F1 and speed of the tagger, and of it without its parts")
	without := flag.Bool("without-model", false, "do without the sequence model")
	weights := flag.String("model", "", "use the weights of this `file` in place of the embedded ones")
	column := flag.Int("column", 1, "the `number` of the column of labels, counted from 0")
	letters := flag.String("letters", "", "put the texts in `upper`, lower or title case first, as headlines and chats are")
	flag.Parse()
	change, ok := map[string]func(string) string{"": nil, "upper": corpus.Upper, "lower": corpus.Lower, "title": corpus.Title}[*letters]
	if flag.NArg() == 0 || !ok {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Args(), *column, *errors, *weights, *without, *calibrated, *tabled, change); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(files []string, column, errors int, weights string, without, calibrated, tabled bool, change func(string) string) error {
	var opts []entity.Option
	if weights != "" {
		data, err := os.ReadFile(weights)
		if err != nil {
			return err
		}
		m, err := model.Parse(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", weights, err)
		}
		opts = append(opts, ner.Hook(func(r *ner.Recogniser) { r.Model = m }).(entity.Option))
	}
	if without {
		opts = append(opts, entity.WithoutModel())
	}
	var sets []set
	for _, file := range files {
		docs, err := read(file, column)
		if err != nil {
			return err
		}
		for i := range docs {
			if change != nil {
				docs[i].Text = change(docs[i].Text)
			}
		}
		sets = append(sets, newSet(file, docs))
	}
	if tabled {
		return table(sets, opts)
	}
	tagger := entity.New(opts...)
	var c calibration
	for _, s := range sets {
		r := s.score(tagger, &c, &errors)
		fmt.Printf("%s\n%s", s.file, r.String())
	}
	if calibrated {
		c.print()
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

// table prints the F1 of the tagger and of it without its parts on each set, and
// how fast it is, in megabytes a second and over that of the whole.
func table(sets []set, opts []entity.Option) error {
	var empty gazetteer.Builder
	none, err := empty.Build()
	if err != nil {
		return err
	}
	untagged := entity.WithTagger(func(dst, words []string) []string { return dst })
	fmt.Print("| tagger |")
	for _, s := range sets {
		fmt.Printf(" %s |", filepath.Base(filepath.Dir(s.file)))
	}
	fmt.Print(" MB/s | of the whole |\n| --- |", strings.Repeat(" --- |", len(sets)+2), "\n")
	whole := 0.0
	for _, v := range []struct {
		name string
		opts []entity.Option
	}{
		{"whole", nil},
		{"without the sequence model", []entity.Option{entity.WithoutModel()}},
		{"without prose's tags", []entity.Option{untagged}},
		{"without the gazetteer", []entity.Option{entity.WithGazetteer(none)}},
	} {
		tagger := entity.New(append(slices.Clone(opts), v.opts...)...)
		fmt.Printf("| %s |", v.name)
		bytes := 0
		var entities []entity.Entity
		for _, s := range sets {
			fmt.Printf(" %.1f |", 100*s.score(tagger, new(calibration), new(int)).Total().F1())
		}
		start := time.Now()
		for time.Since(start) < time.Second {
			for _, s := range sets {
				for _, d := range s.docs {
					entities = tagger.Append(entities[:0], d.Text)
					bytes += len(d.Text)
				}
			}
		}
		rate := float64(bytes) / 1e6 / time.Since(start).Seconds()
		if whole == 0 {
			whole = rate
		}
		fmt.Printf(" %.1f | %.2f |\n", rate, rate/whole)
	}
	return nil
}

// judged is an entity found, with its confidence and whether it is right.
type judged struct {
	confidence float64
	right      bool
}

// calibration is what was found and how much there was to find.
type calibration struct {
	found []judged
	gold  int
}

// print prints, for each tenth of confidence, what it is in the mean and how many
// of the entities are right; the expected calibration error (Guo and others,
// 2017, https://arxiv.org/abs/1706.04599) over these tenths; and precision,
// recall and F1 when entities below a confidence are left out.
func (c *calibration) print() {
	fmt.Println("confidence  right  entities")
	expected := 0.0
	for tenth := range 10 {
		n, right, sum := 0, 0, 0.0
		for _, x := range c.found {
			if min(int(x.confidence*10), 9) == tenth {
				n++
				sum += x.confidence
				if x.right {
					right++
				}
			}
		}
		if n > 0 {
			fmt.Printf("%10.3f  %5.3f  %8d\n", sum/float64(n), float64(right)/float64(n), n)
			expected += math.Abs(sum-float64(right)) / float64(len(c.found))
		}
	}
	fmt.Printf("expected calibration error %.3f\n\nMinConfidence  precision  recall    F1\n", expected)
	for _, least := range []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95} {
		var n score.Count
		for _, x := range c.found {
			switch {
			case x.confidence < least:
			case x.right:
				n.Right++
			default:
				n.Invented++
			}
		}
		n.Missed = c.gold - n.Right
		fmt.Printf("%13.2f  %9.1f  %6.1f  %4.1f\n", least, 100*n.Precision(), 100*n.Recall(), 100*n.F1())
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
