// Package format writes texts with their entities in the forms that other tools
// read, and reads two of them back.
//
// A [Writer] takes documents part by part, so that a text of any length needs no
// more memory than a part of it; [Write] gives it a whole one. Every format has
// offsets in the unit that it demands:
//
//	jsonl          JSON Lines, an object a document; bytes
//	conll          a word and its IOB2 label a line; none
//	brat           brat's stand-off annotations, what stands in .ann beside .txt; code points
//	webannotation  W3C Web Annotation, a page in JSON-LD a document; code points
//	displacy       what spaCy's displaCy draws, an object a part; code points
//	html           one page that needs nothing else; none
//
// A byte that is not UTF-8 counts as one code point and is written as U+FFFD
// wherever a format writes text; offsets of jsonl are those of the source.
package format

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// Header says which document is meant.
type Header struct {
	Source string          // the name of its file, or ""
	ID     json.RawMessage // the ID that it has in JSON Lines, or nil
}

// name returns the source, or else the ID as text.
func (h Header) name() string {
	if h.Source != "" || len(h.ID) == 0 || string(h.ID) == "null" {
		return h.Source
	}
	var s string
	if json.Unmarshal(h.ID, &s) == nil {
		return s
	}
	return string(h.ID)
}

// Writer writes documents in one format. It is for one goroutine. An error is
// that of the io.Writer beneath.
type Writer interface {
	// Begin begins a document.
	Begin(h Header) error
	// Part writes the next part of the document. Its entities are in order, do not
	// overlap and lie within the part.
	Part(p entity.Part) error
	// End ends the document.
	End() error
	// Close writes what stands after the last document. It does not close the
	// writer beneath.
	Close() error
}

// writers are the formats.
var writers = []struct {
	name string
	make func(w io.Writer, g *gazetteer.Gazetteer) Writer
}{
	{"jsonl", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &jsonLines{w: w, g: g} }},
	{"conll", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &conll{w: w} }},
	{"brat", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &brat{w: w, g: g} }},
	{"webannotation", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &webAnnotation{w: w, g: g} }},
	{"displacy", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &displacy{w: w} }},
	{"html", func(w io.Writer, g *gazetteer.Gazetteer) Writer { return &page{w: w, g: g} }},
}

// Names returns the names of the formats.
func Names() []string {
	var names []string
	for _, f := range writers {
		names = append(names, f.name)
	}
	return names
}

// New returns a writer of the format of that name, which takes names and
// countries of entities from g, none when it is nil. It fails on an unknown name.
func New(name string, w io.Writer, g *gazetteer.Gazetteer) (Writer, error) {
	for _, f := range writers {
		if f.name == name {
			return f.make(w, g), nil
		}
	}
	return nil, fmt.Errorf("format: unknown format %q; there are %s", name, strings.Join(Names(), ", "))
}

// Write writes a whole document. The entities are those of text, as
// [entity.Tagger.Append] gives them.
func Write(w Writer, h Header, text string, entities []entity.Entity) error {
	if err := w.Begin(h); err != nil {
		return err
	}
	if err := w.Part(entity.Part{Text: text, Entities: entities}); err != nil {
		return err
	}
	return w.End()
}

// entryOf returns what g knows of an entity.
func entryOf(g *gazetteer.Gazetteer, id entity.ID) gazetteer.Entry {
	if g == nil || id == "" {
		return gazetteer.Entry{}
	}
	e, _ := g.Entry(id)
	return e
}

// label is a kind as corpora write it.
func label(k entity.Kind) string { return strings.ToUpper(k.String()) }

// hundredths rounds a confidence.
func hundredths(p float64) float64 { return float64(int(p*100+0.5)) / 100 }

// points counts the code points of a document as its parts go by.
type points struct {
	before int // of the parts before
	text   string
	start  int // bytes of the parts before
	at     int // bytes of text counted
	count  int // code points in them
}

func (c *points) part(p entity.Part) {
	c.before += utf8.RuneCountInString(c.text)
	c.text, c.start, c.at, c.count = p.Text, p.Start, 0, 0
}

// of returns the code points before a byte of the document; bytes are asked for in
// rising order.
func (c *points) of(offset int) int {
	n := offset - c.start
	c.count += utf8.RuneCountInString(c.text[c.at:n])
	c.at = n
	return c.before + c.count
}

// appendJSON appends v as JSON without escaping what only HTML needs escaped.
func appendJSON(dst []byte, v any) []byte {
	b := appender{dst}
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		// Strings, numbers and IDs that were JSON before cannot fail.
		panic("format: " + err.Error())
	}
	return b.bytes[:len(b.bytes)-1]
}

type appender struct{ bytes []byte }

func (a *appender) Write(p []byte) (int, error) {
	a.bytes = append(a.bytes, p...)
	return len(p), nil
}
