package entity

import (
	"context"
	"io"
	"iter"
	"sync"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// Tagger finds entities. New and NewBare make one. It is immutable and safe for
// concurrent use.
type Tagger struct {
	gazetteer     *gazetteer.Gazetteer
	tag           reading.Tagger // nil for the built-in tagger
	model         *model.Model   // nil for none
	kinds         [gazetteer.Demonym + 1]bool
	minConfidence float64
	documents     sync.Pool // of *document
}

// Option is a choice for New.
type Option func(*Tagger)

// WithGazetteer makes the tagger use g in place of gazetteer.Default(); to add
// to the default, use gazetteer.Layered.
func WithGazetteer(g *gazetteer.Gazetteer) Option {
	return func(t *Tagger) { t.gazetteer = g }
}

// WithTagger makes the tagger take its part-of-speech tags from tag, which
// appends one Penn Treebank tag to dst for each word of a sentence. It is called
// from as many goroutines as the Tagger is. Unknown tags count as none.
func WithTagger(tag func(dst, words []string) []string) Option {
	return func(t *Tagger) { t.tag = tag }
}

// WithoutModel makes the tagger do without the sequence model: only what is
// listed, and what rules can tell from titles, cues and the forms of names, is
// found. It is faster, and finds less of what no list has.
func WithoutModel() Option { return WithModel(nil) }

// WithModel is for this module's own commands, which train and compare models:
// it makes the tagger use another sequence model, none when m is nil.
func WithModel(m *model.Model) Option {
	return func(t *Tagger) { t.model = m }
}

// Only keeps entities of the kinds given.
func Only(kinds ...Kind) Option {
	return func(t *Tagger) {
		t.kinds = [gazetteer.Demonym + 1]bool{}
		for _, k := range kinds {
			if k.Valid() {
				t.kinds[k] = true
			}
		}
	}
}

// MinConfidence keeps entities of at least that confidence, from 0, which keeps all, as
// NaN does, to 1.
func MinConfidence(p float64) Option {
	return func(t *Tagger) { t.minConfidence = p }
}

// New returns a Tagger with the options given. Without any it finds all kinds
// with the default gazetteer.
func New(opts ...Option) *Tagger {
	t := newTagger()
	t.model = model.Default()
	for _, o := range opts {
		o(t)
	}
	if t.gazetteer == nil {
		t.gazetteer = gazetteer.Default()
	}
	return t
}

// NewBare returns a Tagger that finds what g lists and rules can tell, without
// the sequence model. It is New with WithGazetteer and WithoutModel, but for the
// size of the program: one that calls neither New, Find nor gazetteer.Default
// contains neither the curated names nor the model's weights, 2.5 MB in all. A nil g
// lists nothing.
func NewBare(g *gazetteer.Gazetteer, opts ...Option) *Tagger {
	t := newTagger()
	t.gazetteer = g
	for _, o := range opts {
		o(t)
	}
	if t.gazetteer == nil {
		t.gazetteer = gazetteer.Layered()
	}
	return t
}

func newTagger() *Tagger {
	t := &Tagger{}
	Only(gazetteer.Kinds()...)(t)
	t.documents.New = func() any { return newDocument() }
	return t
}

// Find walks the entities of text in order with the default Tagger, which is
// made on first use.
func Find(text string) iter.Seq[Entity] {
	defaultOnce.Do(func() { defaultTagger = New() })
	return defaultTagger.Find(text)
}

var (
	defaultOnce   sync.Once
	defaultTagger *Tagger
)

// Find walks the entities of text in order; they never overlap. Stopping early
// leaves the rest of the text unread.
func (t *Tagger) Find(text string) iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		d := t.document()
		defer t.documents.Put(d)
		for start := 0; start < len(text); {
			end := start + token.Cut(text[start:])
			d.entities = t.appendPart(d.entities[:0], d, text[start:end], start)
			for _, e := range d.entities {
				if !yield(e) {
					return
				}
			}
			start = end
		}
	}
}

// Append appends the entities of text to dst, in order, and returns it. With
// room in dst, a Tagger that has seen texts as long allocates nothing, but for what a
// part-of-speech tagger of [WithTagger] does.
func (t *Tagger) Append(dst []Entity, text string) []Entity {
	d := t.document()
	defer t.documents.Put(d)
	for start := 0; start < len(text); {
		end := start + token.Cut(text[start:])
		dst = t.appendPart(dst, d, text[start:end], start)
		start = end
	}
	return dst
}

// FindReader walks the entities of all that r holds, with offsets from its
// start. They are the same as those Find gives for the whole text, however the
// bytes arrive, and memory does not grow with the input. When reading fails, or
// ctx ends, the last pair carries the error, after the entities of what was read
// before the part in which it failed. Whether ctx has ended is looked at before each
// read and each part of up to 64 KiB, which takes some milliseconds; a read under way
// is not broken off.
func (t *Tagger) FindReader(ctx context.Context, r io.Reader) iter.Seq2[Entity, error] {
	return func(yield func(Entity, error) bool) {
		for part, err := range t.Parts(ctx, r) {
			for _, e := range part.Entities {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(Entity{}, err)
				return
			}
		}
	}
}

// maxEmptyReads is how many reads in a row may give neither bytes nor an error.
const maxEmptyReads = 100

// Part is a part of a text, with the entities in it.
type Part struct {
	Start    int      // bytes of the text before it
	Text     string   // up to 64 KiB that end between paragraphs or sentences where they can
	Entities []Entity // with offsets from the start of the whole text; good until the next part
}

// Parts walks all that r holds in parts, as FindReader walks its entities, for
// callers that need the text as well.
func (t *Tagger) Parts(ctx context.Context, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		d := t.document()
		defer t.documents.Put(d)
		buf := make([]byte, 0, token.CutBytes+1)
		var entities []Entity
		start, empty := 0, 0
		for eof := false; !eof || len(buf) > 0; {
			for !eof && len(buf) <= token.CutBytes {
				if err := ctx.Err(); err != nil {
					yield(Part{}, err)
					return
				}
				n, err := r.Read(buf[len(buf) : token.CutBytes+1])
				buf = buf[:len(buf)+n]
				if empty++; n > 0 {
					empty = 0
				}
				if err == nil && empty == maxEmptyReads {
					err = io.ErrNoProgress
				}
				if err == io.EOF { // another error may wrap it
					eof = true
				} else if err != nil {
					yield(Part{}, err)
					return
				}
			}
			if err := ctx.Err(); err != nil {
				yield(Part{}, err)
				return
			}
			if len(buf) == 0 {
				return
			}
			// The text of entities outlives the buffer, so each part is a copy.
			part := string(buf)
			part = part[:token.Cut(part)]
			entities = t.appendPart(entities[:0], d, part, start)
			if !yield(Part{start, part, entities}, nil) {
				return
			}
			start += len(part)
			buf = buf[:copy(buf, buf[len(part):])]
		}
	}
}

// document returns a document that remembers nothing.
func (t *Tagger) document() *document {
	d := t.documents.Get().(*document)
	d.forget()
	return d
}

// appendPart appends the entities of one part of a document, which begins at
// byte offset of it.
func (t *Tagger) appendPart(dst []Entity, d *document, part string, offset int) []Entity {
	t.analyse(d, part)
	for i := range d.spans {
		s := &d.spans[i]
		if !t.kinds[s.kind] {
			continue
		}
		p := s.confidence()
		if p < t.minConfidence {
			continue
		}
		start, end := d.Source(s.start, s.end)
		dst = append(dst, Entity{
			Kind: s.kind, Start: offset + start, End: offset + end,
			Text: part[start:end], ID: s.id, Evidence: s.evidence, Confidence: p,
		})
	}
	return dst
}
