// Command train trains the sequence model on the corpora and writes its weights.
// The same corpora, gazetteer and code give the same bytes.
//
//	go run ./internal/cmd/train -corpora ../shared/corpora -o internal/model/model.bin
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/training"
)

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "the `folder` of the corpora")
	out := flag.String("o", "", "write the weights to this `file`")
	passes := flag.Int("passes", 8, "the `number` of passes over the data")
	rows := flag.Int("rows", 218_000, "keep this `number` of features")
	without := flag.String("without", "", "leave out these `sets`, separated by commas, such as gmb,own: to see what they are worth, and to test on them")
	folds := flag.Int("folds", 0, "divide the gold sets and our own texts into this `number` of folds, by the numbers of their documents, and leave one out")
	fold := flag.Int("fold", 0, "the `number` of the fold that is left out, from 0")
	flag.Parse()
	if *out == "" || *rows > model.MaxRows {
		flag.Usage()
		os.Exit(2)
	}
	l := left{strings.FieldsFunc(*without, func(r rune) bool { return r == ',' }), *folds, *fold}
	if err := run(*corpora, *out, *passes, *rows, l); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// left says which documents are not trained on.
type left struct {
	sets        []string // the beginnings of the names of sets
	folds, fold int      // of the documents that are divided, those of this fold
}

func (l *left) set(name string) bool {
	return slices.ContainsFunc(l.sets, func(w string) bool { return strings.HasPrefix(name, w) })
}

func (l *left) document(d *training.Document) bool { return l.folds > 0 && d.Fold(l.folds) == l.fold }

func run(corpora, out string, passes, rows int, l left) error {
	var t trainer
	t.index, t.habits = map[uint64]uint32{}, map[uint64]bool{}
	for _, s := range training.Sets {
		if l.set(s.File) {
			continue
		}
		docs, err := s.Read(corpora)
		if err != nil {
			return err
		}
		if s.Gold {
			docs = slices.DeleteFunc(docs, func(d training.Document) bool { return l.document(&d) })
		}
		read := t.readAll(s.File, docs, s.Habits)
		for range s.Repeat {
			t.order = append(t.order, read...)
		}
	}
	own, err := training.Own()
	if err != nil {
		return err
	}
	own = slices.DeleteFunc(own, func(d training.Document) bool { return l.set(d.Set) || l.document(&d) })
	for i, docs := range makings(own) {
		t.own[i] = t.readAll("our own", docs, 0)
	}
	t.count(2)
	fmt.Printf("%d stretches, %d words, %d features\n", len(t.stretches), t.words, len(t.hashes))
	t.train(passes, 0.1)
	t.prune(rows)
	t.train(4, 0.05)
	t.scale(1 - dropped/256.)
	data, err := t.compile()
	if err != nil {
		return err
	}
	return os.WriteFile(out, data, 0o644)
}

// example is a stretch with its gold labels; features of word i are
// features[ends[i-1]:ends[i]].
type example struct {
	labels   []model.Label
	ends     []int32
	features []uint32
}

type trainer struct {
	index     map[uint64]uint32 // feature hash to number
	hashes    []uint64
	habits    map[uint64]bool // the hashes of features that are for training only
	stretches []example
	order     []int32              // the stretches of the corpora, some more than once
	own       [1 + swapped][]int32 // those of our own texts, by making
	words     int

	weights, squares [][model.Labels]float32
	transitions      [model.Labels][model.Labels]float32
	transitionSquare [model.Labels][model.Labels]float32

	doc       reading.Document
	extractor model.Extractor
	ranges    []model.Stretch
}

// number returns the number of a feature.
func (t *trainer) number(h uint64) uint32 {
	n, ok := t.index[h]
	if !ok {
		n = uint32(len(t.hashes))
		t.index[h] = n
		t.hashes = append(t.hashes, h)
	}
	return n
}

// readAll adds the stretches of a set and returns their numbers.
func (t *trainer) readAll(name string, docs []training.Document, habits int) []int32 {
	before := len(t.stretches)
	for _, d := range docs {
		t.read(d.Document, habits)
	}
	var numbers []int32
	for i := before; i < len(t.stretches); i++ {
		numbers = append(numbers, int32(i))
	}
	fmt.Printf("%-32s %6d texts %7d stretches\n", name, len(docs), len(numbers))
	return numbers
}

// read adds the stretches of a document of a set with the given habits. Features
// of the habits explain away in training what its annotators alone do; the
// weights that they get are not kept.
func (t *trainer) read(d corpus.Document, habits int) {
	t.doc.Read(d.Text, training.Gazetteer(), nil)
	gold := align(&t.doc, d.Spans)
	t.ranges = model.AppendStretches(t.ranges[:0], &t.doc)
	t.extractor.Start(&t.doc, t.ranges)
	for _, s := range t.ranges {
		e := example{labels: labels(s, gold)}
		t.extractor.Features(s, func(features []uint64) {
			for _, h := range features {
				e.features = append(e.features, t.number(h))
			}
			if habits > 0 {
				for _, h := range t.extractor.Habitual(s.First + int32(len(e.ends))) {
					h = hashing.Then(h, uint64(habits))
					t.habits[h] = true
					e.features = append(e.features, t.number(h))
				}
			}
			e.ends = append(e.ends, int32(len(e.features)))
		})
		t.words += len(e.labels)
		t.stretches = append(t.stretches, e)
	}
}

// name is a gold name on words first to last-1.
type name struct {
	first, last int32
	kind        model.Type
}

// align finds the words that the gold names stand on. A name that does not begin
// and end with words is none.
func align(d *reading.Document, spans []corpus.Span) []name {
	var names []name
	w, n := int32(0), int32(len(d.Words))
	start := func(k int32) int { from, _ := d.Source(d.Words[k].Start, d.Words[k].End); return from }
	end := func(k int32) int { _, to := d.Source(d.Words[k].Start, d.Words[k].End); return to }
	for _, s := range training.AppendNames(nil, d, spans) {
		for w < n && start(w) < s.Start {
			w++
		}
		last := w
		for last < n && end(last) <= s.End {
			last++
		}
		if last > w && start(w) == s.Start && end(last-1) == s.End {
			names = append(names, name{w, last, s.Type})
			w = last
		}
	}
	return names
}

// labels returns the labels of a stretch. A name that is not within it is none.
func labels(s model.Stretch, gold []name) []model.Label {
	l := make([]model.Label, s.Last-s.First)
	for _, n := range gold {
		if n.first < s.First || n.last > s.Last {
			continue
		}
		at := l[n.first-s.First : n.last-s.First]
		if len(at) == 1 {
			at[0] = model.Unit(n.kind)
			continue
		}
		for i := range at {
			at[i] = model.Inside(n.kind)
		}
		at[0], at[len(at)-1] = model.Begin(n.kind), model.Last(n.kind)
	}
	return l
}
