// Package fitting fits what package ner decides with: its layers, which tell names from other
// candidates and kinds from one another, and its linker, on annotated texts that the
// sequence models at hand did not train on. The same texts, models, gazetteer and code give
// the same weights.
package fitting

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/ner"
	"github.com/steppe-ner/steppe/internal/training"
)

// Data is what weights are fitted on.
type Data struct {
	docs, linked []document
	models       []*model.Model
}

// Read reads the gold sets of a folder of corpora, our own texts, and those of the files that
// the pattern links names, which say whom their names mean. Model i of n is one that trained
// on all but fold i of n.
func Read(corpora, links string, models []*model.Model) (*Data, error) {
	d := &Data{models: models}
	var err error
	if d.docs, err = read(corpora, len(models)); err != nil {
		return nil, err
	}
	d.linked, err = readLinked(links)
	return d, err
}

// Fit returns weights fitted without the parts that are switched off. What it does it says
// on log.
func (d *Data) Fit(off ner.Off, log io.Writer) *ner.Weights {
	w := ner.NewWeights()
	f := fitter{recogniser: ner.Recogniser{Gazetteer: training.Gazetteer(), Weights: w, Off: off}, docs: d.docs, scratch: ner.NewScratch(), log: log}
	f.fit(w.Bare)
	f.models = d.models
	f.fit(w.Model)
	d.FitLinks(w, off, log)
	return w
}

// FitLinks fits the linker of weights alone: their layers stay.
func (d *Data) FitLinks(w *ner.Weights, off ner.Off, log io.Writer) {
	r := ner.Recogniser{Gazetteer: training.Gazetteer(), Weights: w, Off: off}
	f := fitter{recogniser: r, docs: d.linked, models: d.models, scratch: ner.NewScratch(), log: log}
	f.link(w.Linker)
}

// ReadModels returns the compiled models in files.
func ReadModels(names ...string) ([]*model.Model, error) {
	var models []*model.Model
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		m, err := model.Parse(string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		models = append(models, m)
	}
	return models, nil
}

// document is a text with the kinds of its names by their bytes.
type document struct {
	text string
	gold map[[2]int]gazetteer.Kind
	fold int
	ids  map[[2]int]gazetteer.ID // of the names that say whom they mean, "" for nobody
}

// read reads all texts. One in sixteen stands in capitals once more, and one With Every
// Word Capitalised.
func read(corpora string, folds int) ([]document, error) {
	divided, err := training.Divided(corpora)
	if err != nil {
		return nil, err
	}
	var docs []document
	for _, d := range divided {
		doc := document{text: d.Text, gold: map[[2]int]gazetteer.Kind{}, fold: d.Fold(folds)}
		for _, x := range d.Spans {
			if k, err := gazetteer.ParseKind(strings.ToLower(x.Label)); err == nil {
				doc.gold[[2]int{x.Start, x.End}] = k
			}
		}
		docs = append(docs, doc)
		for i, change := range []func(string) string{corpus.Upper, corpus.Title} {
			if d.Number%16 == 5+i {
				changed := doc
				changed.text = change(doc.text)
				docs = append(docs, changed)
			}
		}
	}
	return docs, nil
}

// fitter fits one layer.
type fitter struct {
	recogniser ner.Recogniser
	models     []*model.Model // none for the layer without a model
	docs       []document
	log        io.Writer
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
			first.add(e, d.gold[[2]int{e.Start, e.End}])
		}
	}
	fmt.Fprintf(f.log, "%d texts, %d names, %d candidates, %d of them names\n", len(f.docs), gold, len(first.kinds), first.names)
	first.solve(layer.Rows(), f.log)
	layer.Threshold = f.threshold()
	var second problem
	for i := range f.docs {
		d := &f.docs[i]
		f.propose(d)
		for e := range f.recogniser.Second(f.scratch) {
			second.add(e, d.gold[[2]int{e.Start, e.End}])
		}
	}
	fmt.Fprintf(f.log, "%d candidates that other names speak of\n", len(second.kinds))
	second.solve(layer.Rows(), f.log)
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
				if d.gold[at(f.scratch, c)] == c.Kind {
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
		fmt.Fprintf(f.log, "threshold %.2f: F1 %.2f\n", least+step*float64(j), 200*float64(right[j])/float64(found[j]+gold))
	}
	return math.Round((least+step*float64(best))*100) / 100
}

// at returns where a candidate stands in its text.
func at(s *ner.Scratch, c *ner.Candidate) [2]int {
	start, end := s.Source(c)
	return [2]int{start, end}
}
