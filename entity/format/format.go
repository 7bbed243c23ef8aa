// Package format writes texts with their entities in the forms that other tools
// read, and reads two of them back.
//
// A [Writer] takes documents part by part, so that a text of any length needs no
// more memory than a part of it; [Writer.Write] gives it a whole one. Each format
// has offsets in the unit that it demands:
//
//	jsonl          JSON Lines, an object a document; bytes
//	conll          a word, a tab and its IOB2 label a line; none
//	brat           brat's stand-off annotations, what stands in .ann beside .txt; code points
//	webannotation  W3C Web Annotation, an AnnotationPage in JSON-LD a document, on a line; code points
//	displacy       what spaCy's displaCy draws, an object a document, on a line; code points
//	csv            a mention a row, comma-separated, for spreadsheets; bytes
//	tsv            the same, tab-separated; bytes
//	html           one page that needs nothing else; none
//
// A text may have bytes that are not UTF-8. Each longest run of them that begins a
// character, and each byte that begins none, counts as one code point, as the Unicode
// Standard recommends and decoders of other languages have it, and is written as U+FFFD
// wherever a format writes text, so that offsets in code points are right both in what is
// written and in the source as those read it; those in bytes are right in the source.
//
// [ReadJSONLines] and [ReadCoNLL] read texts with names marked in them, of this
// package or of other origin.
package format

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/codepoint"
	"github.com/steppe-ner/steppe/internal/token"
)

// Header says which document is meant.
type Header struct {
	Source string          // the name of its file, or ""
	ID     json.RawMessage // the ID that it has in JSON Lines, or nil
	Date   gazetteer.Date  // as of which persons are described; zero for none
}

// Name returns the source or else the ID as text; "" when there is neither.
func (h Header) Name() string {
	if h.Source != "" || len(h.ID) == 0 || string(h.ID) == "null" {
		return h.Source
	}
	var s string
	if json.Unmarshal(h.ID, &s) == nil {
		return s
	}
	return strings.ToValidUTF8(string(h.ID), "\uFFFD")
}

// Writer writes documents in one format; New and Continue make one. It is for one
// goroutine. Its errors are those of the io.Writer beneath, after which it writes no
// more and goes on returning them, and what a caller gave it that is not a document,
// of which nothing is written; the bytes of a text never cause one.
type Writer struct {
	// Alternatives is how many of the other meanings of an entity jsonl writes at the most,
	// of parts that have explanations. Other formats have no place for them.
	Alternatives int

	w       io.Writer
	encoder encoder
	buf     []byte
	err     error // of w
	whole   bool  // the encoder is to have parts as they come
	opened  bool
	within  bool // a document
	closed  bool
	end     int // of the last part, in bytes
}

// encoder is a format. It appends what it writes.
type encoder interface {
	open(dst []byte) []byte
	begin(dst []byte, h Header) []byte
	part(dst []byte, p entity.Part) []byte
	end(dst []byte) []byte
	close(dst []byte) []byte
}

// encoders make the formats. One that is to go on comes after the documents of
// another. One that divides texts itself is to have parts whole.
var encoders = []struct {
	name  string
	whole bool
	make  func(w *Writer, g *gazetteer.Gazetteer, goOn bool) encoder
}{
	{"jsonl", false, func(w *Writer, g *gazetteer.Gazetteer, _ bool) encoder { return &jsonLines{w: w, g: g} }},
	{"conll", true, func(*Writer, *gazetteer.Gazetteer, bool) encoder { return &conll{} }},
	{"brat", false, func(_ *Writer, g *gazetteer.Gazetteer, goOn bool) encoder { return &brat{g: g, goOn: goOn} }},
	{"webannotation", false, func(_ *Writer, g *gazetteer.Gazetteer, _ bool) encoder { return &webAnnotation{g: g} }},
	{"displacy", false, func(*Writer, *gazetteer.Gazetteer, bool) encoder { return &displacy{} }},
	{"csv", false, func(_ *Writer, g *gazetteer.Gazetteer, _ bool) encoder { return &table{g: g, separator: ','} }},
	{"tsv", false, func(_ *Writer, g *gazetteer.Gazetteer, _ bool) encoder { return &table{g: g, separator: '\t'} }},
	{"html", false, func(_ *Writer, g *gazetteer.Gazetteer, _ bool) encoder { return &page{g: g} }},
}

// Names returns the names of the formats.
func Names() []string {
	var names []string
	for _, f := range encoders {
		names = append(names, f.name)
	}
	return names
}

// New returns a writer of the format of that name, which takes names and
// countries of entities from g, none when it is nil. It fails on an unknown name.
func New(name string, w io.Writer, g *gazetteer.Gazetteer) (*Writer, error) {
	return newWriter(name, w, g, false)
}

// Continue is New for documents that follow those of another writer of the format,
// so that several goroutines may each write some between what one of them writes
// with Open and with Close.
func Continue(name string, w io.Writer, g *gazetteer.Gazetteer) (*Writer, error) {
	return newWriter(name, w, g, true)
}

func newWriter(name string, w io.Writer, g *gazetteer.Gazetteer, goOn bool) (*Writer, error) {
	for _, f := range encoders {
		if f.name == name {
			made := &Writer{w: w, whole: f.whole, opened: goOn}
			made.encoder = f.make(made, g, goOn)
			return made, nil
		}
	}
	return nil, fmt.Errorf("unknown format %q; the formats are %s", name, strings.Join(Names(), ", "))
}

// Open writes what stands before the first document. Begin and Close do so when it
// is still to be done.
func (w *Writer) Open() error {
	if err := w.ready(w.within); err != nil {
		return err
	}
	if !w.opened {
		w.opened = true
		w.buf = w.encoder.open(w.buf)
	}
	return w.flush()
}

// Begin begins a document, when the one before it has ended.
func (w *Writer) Begin(h Header) error {
	if h.ID != nil && !json.Valid(h.ID) {
		return fmt.Errorf("format: the ID %q is not JSON", h.ID)
	}
	if err := w.ready(false); err != nil {
		return err
	}
	if err := w.Open(); err != nil {
		return err
	}
	w.within, w.end = true, 0
	w.buf = w.encoder.begin(w.buf, h)
	return w.flush()
}

// Part writes the next part of the document. Its entities must be in order, must
// not overlap and must lie within the part; its explanations, if there are any, must be
// theirs.
func (w *Writer) Part(p entity.Part) error {
	if err := w.ready(true); err != nil {
		return err
	}
	if err := check(p, w.end); err != nil {
		return err
	}
	w.end = p.Start + len(p.Text)
	for len(p.Entities) > atOnce && !w.whole {
		n, next := p.Entities[atOnce-1].End-p.Start, p.Entities[atOnce].Start-p.Start
		for n < next && !utf8.RuneStart(p.Text[n]) {
			n++ // what is not UTF-8 may go on after an entity
		}
		first := entity.Part{Start: p.Start, Text: p.Text[:n], Entities: p.Entities[:atOnce]}
		rest := entity.Part{Start: p.Start + n, Text: p.Text[n:], Entities: p.Entities[atOnce:]}
		if p.Explanations != nil {
			first.Explanations, rest.Explanations = p.Explanations[:atOnce], p.Explanations[atOnce:]
		}
		w.buf = w.encoder.part(w.buf, first)
		if err := w.flush(); err != nil {
			return err
		}
		p = rest
	}
	w.buf = w.encoder.part(w.buf, p)
	return w.flush()
}

// atOnce is how many entities are written at once: what is written of one may be many
// times as long as itself.
const atOnce = 1000

// End ends the document.
func (w *Writer) End() error {
	if err := w.ready(true); err != nil {
		return err
	}
	w.within = false
	w.buf = w.encoder.end(w.buf)
	return w.flush()
}

// Close writes what stands after the last document. It does not close the writer
// beneath.
func (w *Writer) Close() error {
	if err := w.ready(false); err != nil {
		return err
	}
	if err := w.Open(); err != nil {
		return err
	}
	w.closed = true
	w.buf = w.encoder.close(w.buf)
	return w.flush()
}

// ready returns why nothing can be written within a document, or outside of one.
func (w *Writer) ready(within bool) error {
	switch {
	case w.err != nil:
		return w.err
	case w.closed:
		return errors.New("format: the writer is closed")
	case within && !w.within:
		return errors.New("format: no document has begun")
	case !within && w.within:
		return errors.New("format: a document has not ended")
	}
	return nil
}

// Write writes a whole document, from Begin to End. The entities are those of
// text, as [entity.Tagger.Append] gives them. When they cannot be, nothing is written.
func (w *Writer) Write(h Header, text string, entities []entity.Entity) error {
	end, rest := 0, entities
	for p := range parts(text, entities) {
		if err := check(p, end); err != nil {
			return err
		}
		end, rest = p.Start+len(p.Text), rest[len(p.Entities):]
	}
	if len(rest) > 0 {
		return fmt.Errorf("format: an entity at byte %d of a text of %d", rest[0].Start, len(text))
	}
	if err := w.Begin(h); err != nil {
		return err
	}
	for p := range parts(text, entities) {
		if err := w.Part(p); err != nil {
			return err
		}
	}
	return w.End()
}

// parts walks the parts of a text, none of which ends within an entity.
func parts(text string, entities []entity.Entity) iter.Seq[entity.Part] {
	return func(yield func(entity.Part) bool) {
		for start := 0; start < len(text); {
			end, n := start+token.Cut(text[start:]), 0
			for n < len(entities) && entities[n].Start < end {
				end = min(max(end, entities[n].End), len(text))
				n++
			}
			if !yield(entity.Part{Start: start, Text: text[start:end], Entities: entities[:n]}) {
				return
			}
			start, entities = end, entities[n:]
		}
	}
}

// flush writes what is to be written.
func (w *Writer) flush() error {
	if len(w.buf) > 0 && w.err == nil {
		n, err := w.w.Write(w.buf)
		if err == nil && n < len(w.buf) {
			err = io.ErrShortWrite
		}
		w.err = err
	}
	w.buf = w.buf[:0]
	return w.err
}

// check returns what is wrong with a part that comes after one to byte end.
func check(p entity.Part, end int) error {
	if p.Start != end {
		return fmt.Errorf("format: a part from byte %d after one to byte %d", p.Start, end)
	}
	if n := len(p.Explanations); p.Explanations != nil && n != len(p.Entities) {
		return fmt.Errorf("format: %d explanations of %d entities", n, len(p.Entities))
	}
	last := p.Start
	for i, e := range p.Entities {
		var err error
		switch {
		case e.Start >= e.End:
			err = errors.New("is empty")
		case e.Start < last:
			err = errors.New("begins before the end of the one before it, or of its part")
		case e.End > p.Start+len(p.Text):
			err = errors.New("ends after its part")
		case p.Text[e.Start-p.Start:e.End-p.Start] != e.Text:
			err = errors.New("is not of this text")
		case !e.Kind.Valid():
			err = errors.New("has no kind")
		case p.Explanations != nil && p.Explanations[i].Start != e.Start:
			err = errors.New("has the explanation of another")
		}
		if err != nil {
			return fmt.Errorf("format: the entity %.40q, bytes %d to %d, %w", e.Text, e.Start, e.End, err)
		}
		last = e.End
	}
	return nil
}

// entryOf returns what g knows of an entity.
func entryOf(g *gazetteer.Gazetteer, id entity.ID) gazetteer.Entry {
	return entryAt(g, id, gazetteer.Date{})
}

// entryAt returns what g knows of an entity as of a date.
func entryAt(g *gazetteer.Gazetteer, id entity.ID, date gazetteer.Date) gazetteer.Entry {
	if g == nil || id == "" {
		return gazetteer.Entry{}
	}
	e, _ := g.EntryAt(id, date)
	return e
}

// label returns a kind as corpora write it.
func label(k entity.Kind) string { return strings.ToUpper(k.String()) }

// hundredths rounds a confidence.
func hundredths(p float64) float64 {
	if cmp.Less(p, 0) { // NaN too
		return 0
	}
	return float64(int(min(p, 1)*100+0.5)) / 100
}

// probability returns one as formats write it.
func probability(p float64) string { return strconv.FormatFloat(hundredths(p), 'f', -1, 64) }

// confidence returns the confidence of an entity as formats write it.
func confidence(e entity.Entity) string { return probability(e.Confidence) }

// idConfidence returns the confidence in the ID of an entity as formats write it, and in
// there being none where nobody is meant; "" where there is neither.
func idConfidence(e entity.Entity) string {
	if hundredths(e.IDConfidence) == 0 {
		return ""
	}
	return probability(e.IDConfidence)
}

// points counts the code points of a document as its parts go by.
type points struct {
	before int // of the parts before
	text   string
	first  int // bytes of the parts before
	at     int // bytes of text counted
	last   int // bytes before the last code point counted, when it is not UTF-8
	count  int // code points in them
}

func (c *points) part(p entity.Part) {
	c.before += c.count + codepoint.Count(c.text[c.at:])
	c.text, c.first, c.at, c.count = p.Text, p.Start, 0, 0
}

// of returns where bytes from start to end of the document are in code points, and where
// those code points are in bytes of the part: one of which only some bytes are within,
// because they are not UTF-8, is within. Places are asked for in rising order.
func (c *points) of(start, end int) (p place) {
	p.start, p.from = c.to(start)
	if c.first+c.at > start {
		p.start, p.from = p.start-1, c.last
	}
	p.end, p.to = c.to(end)
	return p
}

// place is where something is in code points of the document, and in bytes of the part.
type place struct{ start, end, from, to int }

// to counts up to a byte of the document, and the rest of the code point that it is in.
func (c *points) to(offset int) (count, at int) {
	n := offset - c.first
	if n > c.at && utf8.ValidString(c.text[c.at:n]) {
		c.count += utf8.RuneCountInString(c.text[c.at:n])
		c.at = n
	}
	for c.at < n {
		_, size := codepoint.Decode(c.text[c.at:])
		c.last = c.at
		c.at += size
		c.count++
	}
	return c.before + c.count, c.at
}
