// Command fit fits the layers of package ner, which tell names from other candidates and
// kinds from one another, on annotated texts that the sequence models at hand did not train
// on. The same texts, models, gazetteer and code give the same bytes.
//
//	go run ./internal/cmd/fit -corpora ../shared/corpora -models a.bin,b.bin -o internal/ner/layer.tsv
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/ner"
)

// sets are the annotated texts.
var sets = []string{"wikinews-gold/train.tsv", "usgov-gold/train.tsv", "gmb-gold/train.tsv", "statedept-gold/train.tsv"}

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "the `folder` of the corpora")
	models := flag.String("models", "", "the `files` of sequence models, separated by commas: number i of n trained on all but the texts whose number is i modulo n")
	texts := flag.String("texts", "internal/cmd/train/texts/*.txt", "our own texts: a `pattern` of files")
	links := flag.String("links", "testdata/links/fit-*.txt", "texts that say whom names mean: a `pattern` of files")
	out := flag.String("o", "", "write the layers to this `file`")
	flag.Parse()
	if *out == "" || *models == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, strings.Split(*models, ","), *texts, *links, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(corpora string, files []string, texts, links, out string) error {
	var models []*model.Model
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		m, err := model.Parse(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		models = append(models, m)
	}
	docs, err := read(corpora, texts, len(models))
	if err != nil {
		return err
	}
	weights := ner.NewWeights()
	f := fitter{recogniser: ner.Recogniser{Gazetteer: gazetteer.Default(), Weights: weights}, docs: docs, scratch: ner.NewScratch()}
	f.fit(weights.Bare)
	f.models = models
	f.fit(weights.Model)
	linked, err := readLinked(links)
	if err != nil {
		return err
	}
	f.docs = linked
	f.link(weights.Linker)
	return os.WriteFile(out, ner.AppendWeights(nil, weights, []string{"made by internal/cmd/fit"}), 0o644)
}

// document is a text with the kinds of its names by their bytes.
type document struct {
	text string
	gold map[[2]int32]gazetteer.Kind
	fold int
	ids  map[[2]int32]gazetteer.ID // of the names that say whom they mean, "" for nobody
}

// read reads all texts. One in sixteen stands in capitals once more, and one With Every
// Word Capitalised.
func read(corpora, texts string, folds int) ([]document, error) {
	var docs []document
	add := func(number int, d corpus.Document) {
		doc := document{text: d.Text, gold: map[[2]int32]gazetteer.Kind{}, fold: number % folds}
		for _, x := range d.Spans {
			if k, err := gazetteer.ParseKind(strings.ToLower(x.Label)); err == nil {
				doc.gold[[2]int32{int32(x.Start), int32(x.End)}] = k
			}
		}
		docs = append(docs, doc)
		for i, change := range []func(string) string{corpus.Upper, corpus.Title} {
			if number%16 == 5+i {
				doc.text = change(doc.text)
				docs = append(docs, doc)
			}
		}
	}
	for _, set := range sets {
		read, err := corpus.ReadFile(filepath.Join(corpora, set), 1)
		if err != nil {
			return nil, err
		}
		for i, d := range read {
			add(i, d)
		}
	}
	files, err := filepath.Glob(texts)
	if err != nil {
		return nil, err
	}
	number := 0
	for _, f := range files {
		read, err := corpus.ReadMarked(f)
		if err != nil {
			return nil, err
		}
		for _, d := range read {
			add(number, d)
			number++
		}
	}
	return docs, nil
}

// fitter fits one layer.
type fitter struct {
	recogniser ner.Recogniser
	models     []*model.Model // none for the layer without a model
	docs       []document
	scratch    *ner.Scratch
}

// propose reads a document.
func (f *fitter) propose(d *document) {
	if f.models != nil {
		f.recogniser.Model = f.models[d.fold]
	}
	f.scratch.Memory.Clear()
	f.recogniser.Propose(f.scratch, d.text)
}

// fit fits a layer in place.
func (f *fitter) fit(layer *ner.Layer) {
	var first problem
	gold := 0
	for i := range f.docs {
		d := &f.docs[i]
		gold += len(d.gold)
		f.propose(d)
		for e := range f.scratch.First {
			first.add(e, d.gold[[2]int32{e.Start, e.End}])
		}
	}
	fmt.Printf("%d texts, %d names, %d candidates, %d of them names\n", len(f.docs), gold, len(first.kinds), first.names)
	first.solve(layer.Rows())
	layer.Threshold = f.threshold()
	var second problem
	for i := range f.docs {
		d := &f.docs[i]
		f.propose(d)
		for e := range f.recogniser.Second(f.scratch) {
			second.add(e, d.gold[[2]int32{e.Start, e.End}])
		}
	}
	fmt.Printf("%d candidates that other names speak of\n", len(second.kinds))
	second.solve(layer.Rows())
	layer.Threshold = f.threshold()
}

// threshold returns the probability that names have to pass for the highest F1.
func (f *fitter) threshold() float64 {
	const least, steps, step = 0.3, 11, 0.03
	var right, found [steps]int
	gold := 0
	for i := range f.docs {
		d := &f.docs[i]
		if f.models != nil {
			f.recogniser.Model = f.models[d.fold]
		}
		f.scratch.Memory.Clear()
		f.recogniser.Read(f.scratch, d.text)
		gold += len(d.gold)
		for j := range steps {
			f.scratch.Found(least+step*float64(j), func(c *ner.Candidate) {
				found[j]++
				if d.gold[[2]int32{c.Start, c.End}] == c.Kind {
					right[j]++
				}
			})
		}
	}
	best, top := 0, 0.0
	for j := range steps {
		if f1 := 2 * float64(right[j]) / float64(found[j]+gold); f1 > top {
			best, top = j, f1
		}
		fmt.Printf("threshold %.2f: F1 %.2f\n", least+step*float64(j), 200*float64(right[j])/float64(found[j]+gold))
	}
	return math.Round((least+step*float64(best))*100) / 100
}
