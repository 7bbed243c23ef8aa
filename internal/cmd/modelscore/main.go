// Command modelscore scores the sequence model by itself on annotated corpora: its
// likeliest names, exact span and type, three types told apart. What the rest of the
// tagger makes of them internal/cmd/evaluate shows.
//
//	go run ./internal/cmd/modelscore [-model FILE,…] FILE…
//
// A file whose name ends in .txt holds texts with their names marked in place, one a line.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/training"
)

func main() {
	weights := flag.String("model", "", "score the weights of these `files`, separated by commas, in place of the embedded ones")
	folds := flag.Int("folds", 0, "score one fold of this `number` alone")
	fold := flag.Int("fold", 0, "the `number` of the fold that is scored")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	for _, file := range strings.Split(*weights, ",") {
		if err := run(file, *folds, *fold, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, "modelscore:", err)
			os.Exit(1)
		}
	}
}

// count is what is counted of a type; the last one is of all together.
type count struct{ right, found, gold int }

func (c *count) f1() float64 { return 200 * float64(c.right) / float64(max(c.found+c.gold, 1)) }

// run prints a line for each set: F1 of all types together, of each, and how many
// names there are.
func run(weights string, folds, fold int, files []string) error {
	m, err := open(weights)
	if err != nil {
		return err
	}
	fmt.Printf("%-28s %6s %6s %6s %6s %6s\n", cmp.Or(filepath.Base(weights), "embedded"), "F1", "person", "place", "org", "names")
	var r reader
	sum := 0.0
	for _, file := range files {
		docs, err := read(file)
		if err != nil {
			return err
		}
		var counts [model.Types + 1]count
		for _, d := range docs {
			if folds == 0 || d.Fold(folds) == fold {
				r.score(m, &d, &counts)
			}
		}
		name := filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file)
		all := &counts[model.Types]
		fmt.Printf("%-28s %6.2f %6.1f %6.1f %6.1f %6d\n", name, all.f1(),
			counts[model.Person].f1(), counts[model.Location].f1(), counts[model.Organisation].f1(), all.gold)
		sum += all.f1()
	}
	fmt.Printf("%-28s %6.2f\n", "mean", sum/float64(len(files)))
	return nil
}

// open returns the model with the weights of a file, the embedded one without a file.
func open(weights string) (*model.Model, error) {
	if weights == "" {
		return model.Default(), nil
	}
	data, err := os.ReadFile(weights)
	if err != nil {
		return nil, err
	}
	m, err := model.Parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", weights, err)
	}
	return m, nil
}

func read(file string) ([]training.Document, error) {
	if strings.HasSuffix(file, ".txt") {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		return training.Lines(filepath.Base(file), string(data))
	}
	s := training.Set{File: file, Column: 1}
	return s.Read("")
}

// reader is the scratch of reading documents.
type reader struct {
	doc     reading.Document
	scratch model.Scratch
	found   []model.Name
	gold    []training.Name
}

// score counts the names of a document.
func (r *reader) score(m *model.Model, d *training.Document, counts *[model.Types + 1]count) {
	r.doc.Read(d.Text, training.Gazetteer(), nil)
	r.found = m.Append(r.found[:0], &r.doc, &r.scratch, 0.5)
	r.gold = training.AppendNames(r.gold[:0], &r.doc, d.Spans)
	gold := map[training.Name]bool{}
	for _, n := range r.gold {
		gold[n] = true
		counts[n.Type].gold++
		counts[model.Types].gold++
	}
	for _, n := range r.found {
		start, end := r.doc.Source(r.doc.Words[n.First].Start, r.doc.Words[n.Last-1].End)
		x := training.Name{Start: start, End: end, Type: n.Type}
		for _, t := range [...]model.Type{n.Type, model.Types} {
			counts[t].found++
			if gold[x] {
				counts[t].right++
			}
		}
	}
}
