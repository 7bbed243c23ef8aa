package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

func init() {
	register.DoFn3x1[Document, func(string), func(string), error](&findFn{})
	register.Function2x1(countLine)
}

// Find finds the entities of Documents: each document as its format has it, and for
// every mention the day, kind, ID and name, separated by tabs.
func Find(s beam.Scope, documents beam.PCollection, what findFn) (found, mentions beam.PCollection) {
	return beam.ParDo2(s.Scope("Find"), &what, documents)
}

// findFn says what is to be found, and finds it.
type findFn struct {
	Format        string
	Kinds         []entity.Kind // all when empty
	MinConfidence float64
	Gazetteers    [][]byte // compiled, to be laid over the built-in one

	tagger    *entity.Tagger
	gazetteer *gazetteer.Gazetteer
	entities  []entity.Entity
}

// Setup makes the tagger, once for every instance of the function in a worker.
func (f *findFn) Setup() (err error) {
	f.tagger, f.gazetteer, err = f.make()
	return err
}

func (f *findFn) ProcessElement(d Document, document, mention func(string)) error {
	date, err := gazetteer.ParseDate(d.Date)
	if err != nil {
		return err
	}
	f.entities = f.tagger.On(date).Append(f.entities[:0], d.Text)
	var b strings.Builder
	w, err := format.Continue(f.Format, &b, f.gazetteer)
	if err != nil {
		return err
	}
	h := format.Header{Source: d.Source, Date: date}
	if d.ID != "" {
		h.ID = json.RawMessage(d.ID)
	}
	if err := w.Write(h, d.Text, f.entities); err != nil {
		return err
	}
	document(b.String())
	for _, e := range f.entities {
		name := strings.ToValidUTF8(strings.Join(strings.Fields(e.Text), " "), "\uFFFD")
		if entry, ok := f.gazetteer.Entry(e.ID); ok {
			name = entry.Name
		}
		mention(strings.Join([]string{d.Date, e.Kind.String(), string(e.ID), name}, "\t"))
	}
	return nil
}

// frame returns what a format has before the first document of a file and after the last.
func frame(name string) (head, tail []byte, err error) {
	var b bytes.Buffer
	w, err := format.New(name, &b, nil)
	if err != nil {
		return nil, nil, err
	}
	if err := w.Open(); err != nil {
		return nil, nil, err
	}
	n := b.Len()
	if err := w.Close(); err != nil {
		return nil, nil, err
	}
	return b.Bytes()[:n:n], b.Bytes()[n:], nil
}

// Count counts equal mentions: {"day":…,"kind":…,"id":…,"name":…,"mentions":…}.
func Count(s beam.Scope, mentions beam.PCollection) beam.PCollection {
	s = s.Scope("Count")
	return beam.ParDo(s, countLine, stats.Count(s, mentions))
}

func countLine(mention string, n int) string {
	fields := strings.Split(mention, "\t")
	b, _ := json.Marshal(struct {
		Day      string `json:"day,omitempty"`
		Kind     string `json:"kind"`
		ID       string `json:"id,omitempty"`
		Name     string `json:"name"`
		Mentions int    `json:"mentions"`
	}{fields[0], fields[1], fields[2], fields[3], n})
	return string(b) + "\n"
}
