// Command train trains the sequence model on the corpora and writes its weights.
// The same corpora, gazetteer and code give the same bytes.
//
//	go run ./internal/cmd/train -corpora ../shared/corpora -o internal/model/model.bin
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
)

// set is a file of the corpora.
type set struct {
	file   string
	column int
	repeat int // how often it is seen in one pass
	habits int // 0 for newswire; other sets of one number share their annotators' habits
}

// training are the sets that the model is trained on. What is kept for
// development is not among them.
var training = []set{
	{"gmb.tsv.gz", 2, 1, 0},
	{"wikinews/silver.tsv", 1, 1, 0},
	{"statedept/silver.tsv.gz", 1, 1, 0},
	{"redocred/test.tsv", 1, 2, 1},
	{"crossner-politics/train.tsv", 1, 2, 2}, {"crossner-politics/dev.tsv", 1, 2, 2}, {"crossner-politics/test.tsv", 1, 2, 2},
	{"crossner-literature/train.tsv", 1, 1, 2}, {"crossner-literature/dev.tsv", 1, 1, 2}, {"crossner-literature/test.tsv", 1, 1, 2},
	{"crossner-music/train.tsv", 1, 1, 2}, {"crossner-music/dev.tsv", 1, 1, 2}, {"crossner-music/test.tsv", 1, 1, 2},
	{"crossner-science/train.tsv", 1, 1, 2}, {"crossner-science/dev.tsv", 1, 1, 2}, {"crossner-science/test.tsv", 1, 1, 2},
	{"crossner-ai/train.tsv", 1, 1, 2}, {"crossner-ai/dev.tsv", 1, 1, 2}, {"crossner-ai/test.tsv", 1, 1, 2},
	{"uner-en-ewt/dev.tsv", 1, 2, 3}, {"uner-en-ewt/test.tsv", 1, 2, 3},
}

// types are the types of the corpora's labels; what is not here is no name.
var types = map[string]model.Type{
	"PER": model.Person, "LOC": model.Location, "ORG": model.Organisation,
	"person": model.Person, "politician": model.Person, "writer": model.Person, "musicalartist": model.Person,
	"scientist": model.Person, "researcher": model.Person,
	"location": model.Location, "country": model.Location,
	"organisation": model.Organisation, "politicalparty": model.Organisation, "university": model.Organisation, "band": model.Organisation,
}

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "the `folder` of the corpora")
	out := flag.String("o", "", "write the weights to this `file`")
	passes := flag.Int("passes", 6, "the `number` of passes over the data")
	rows := flag.Int("rows", 80_000, "keep this `number` of features")
	without := flag.String("without", "", "leave out these `sets`, separated by commas, such as gmb,own: to see what they are worth, and to test on them")
	flag.Parse()
	if *out == "" || *rows > model.MaxRows {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, *out, *passes, *rows, strings.FieldsFunc(*without, func(r rune) bool { return r == ',' })); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(corpora, out string, passes, rows int, without []string) error {
	left := func(set string) bool {
		return slices.ContainsFunc(without, func(w string) bool { return strings.HasPrefix(set, w) })
	}
	var t trainer
	t.index, t.habits = map[uint64]uint32{}, map[uint64]bool{}
	for _, s := range training {
		if left(s.file) {
			continue
		}
		docs, err := corpus.ReadFile(filepath.Join(corpora, s.file), s.column)
		if err != nil {
			return err
		}
		read := t.readAll(s.file, docs, s.habits)
		for range s.repeat {
			t.order = append(t.order, read...)
		}
	}
	makings, err := own()
	if err != nil {
		return err
	}
	if !left("own") {
		for i, docs := range makings {
			t.own[i] = t.readAll("our own", docs, 0)
		}
	}
	t.count(2)
	fmt.Printf("%d stretches, %d words, %d features\n", len(t.stretches), t.words, len(t.hashes))
	t.train(passes, 0.1)
	t.prune(rows)
	t.train(4, 0.05)
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

// habitual are the templates that a set's habits are learnt by: the bias, the
// word's shape, its cluster, its places in lists.
var habitual = [...]int{0, 1, 2, 14}

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
func (t *trainer) readAll(name string, docs []corpus.Document, habits int) []int32 {
	before := len(t.stretches)
	for _, d := range docs {
		t.read(d, habits)
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
	t.doc.Read(d.Text, gazetteer.Default(), nil)
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
				for _, i := range habitual {
					h := (features[i] + uint64(habits)) * 0x9E3779B97F4A7C15
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
// and end with words, or is a demonym, is none.
func align(d *reading.Document, spans []corpus.Span) []name {
	demonyms := map[[2]int]bool{}
	for _, m := range d.Matches {
		if m.Kind == gazetteer.Demonym && m.Usage == gazetteer.Sure {
			demonyms[[2]int{m.Start, m.End}] = true
		}
	}
	var names []name
	w := int32(0)
	for _, s := range spans {
		kind, ok := types[s.Label]
		if !ok || kind == model.Location && demonyms[[2]int{s.Start, s.End}] {
			continue
		}
		for w < int32(len(d.Words)) && int(d.Words[w].Start) < s.Start {
			w++
		}
		last := w
		for last < int32(len(d.Words)) && int(d.Words[last].End) <= s.End {
			last++
		}
		if last > w && int(d.Words[w].Start) == s.Start && int(d.Words[last-1].End) == s.End {
			names = append(names, name{w, last, kind})
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
