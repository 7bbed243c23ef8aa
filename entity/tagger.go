package entity

import (
	"context"
	"io"
	"iter"
	"math"
	"sync"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/ner"
	"github.com/steppe-ner/steppe/internal/token"
)

// Tagger finds entities. New and NewBare make one; the zero Tagger is NewBare(nil). It is
// immutable and safe for concurrent use.
type Tagger struct {
	recogniser    ner.Recogniser
	kinds         uint8 // bit k: entities of kind k are left out
	minConfidence float64
	ready         sync.Once
}

// scratches are those of all taggers, of *scratch: none remembers whose it was.
var scratches = sync.Pool{New: func() any { return &scratch{Scratch: ner.NewScratch()} }}

// scratch is what one goroutine needs for one text.
type scratch struct {
	*ner.Scratch
	entities []Entity
}

// Option is a choice for New.
type Option func(*Tagger)

// The seam for this module's own commands, which train and compare: an Option that changes
// the recogniser of a Tagger.
func init() {
	ner.Hook = func(change func(*ner.Recogniser)) any {
		return Option(func(t *Tagger) { change(&t.recogniser) })
	}
}

// WithGazetteer makes the tagger use g in place of gazetteer.Default(); to add
// to the default, use gazetteer.Layered.
func WithGazetteer(g *gazetteer.Gazetteer) Option {
	return func(t *Tagger) { t.recogniser.Gazetteer = g }
}

// WithTagger makes the tagger take its part-of-speech tags from tag, which
// appends one Penn Treebank tag to dst for each word of a sentence. It is called
// from as many goroutines as the Tagger is. Unknown tags count as none.
func WithTagger(tag func(dst, words []string) []string) Option {
	return func(t *Tagger) { t.recogniser.Tag = tag }
}

// WithoutModel makes the tagger do without the sequence model: only what is
// listed, and what rules can tell from titles, cues and the forms of names, is
// found. It is faster, and finds less of what no list has.
func WithoutModel() Option { return func(t *Tagger) { t.recogniser.Model = nil } }

// Only keeps entities of the kinds given.
func Only(kinds ...Kind) Option {
	return func(t *Tagger) {
		t.kinds = math.MaxUint8
		for _, k := range kinds {
			if k.Valid() {
				t.kinds &^= 1 << k
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
	t := &Tagger{}
	t.recogniser.Model = model.Default()
	for _, o := range opts {
		o(t)
	}
	if t.recogniser.Gazetteer == nil {
		t.recogniser.Gazetteer = gazetteer.Default()
	}
	return t
}

// NewBare returns a Tagger that finds what g lists and cues can tell, without
// the sequence model. It is New with WithGazetteer and WithoutModel, but for the
// size of the program: one that calls neither New, Find nor gazetteer.Default
// contains neither the curated names nor the model's weights. A nil g lists nothing.
func NewBare(g *gazetteer.Gazetteer, opts ...Option) *Tagger {
	t := &Tagger{}
	t.recogniser.Gazetteer = g
	for _, o := range opts {
		o(t)
	}
	return t
}

// On returns a Tagger for texts of a date: a title means who held the post then. It shares
// all that t has and costs nothing to make. The zero Date stands for no date.
func (t *Tagger) On(date gazetteer.Date) *Tagger {
	t.prepare()
	return &Tagger{recogniser: t.recogniser.On(date), kinds: t.kinds, minConfidence: t.minConfidence}
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
		s := t.scratch()
		defer scratches.Put(s)
		for start := 0; start < len(text); {
			end := start + token.Cut(text[start:])
			s.entities = t.appendPart(s.entities[:0], s, text[start:end], start)
			for _, e := range s.entities {
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
	s := t.scratch()
	defer scratches.Put(s)
	for start := 0; start < len(text); {
		end := start + token.Cut(text[start:])
		dst = t.appendPart(dst, s, text[start:end], start)
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

// Part is a part of a text, with the entities in it.
type Part struct {
	Start    int      // bytes of the text before it
	Text     string   // up to 64 KiB that end between paragraphs or sentences where they can
	Entities []Entity // with offsets from the start of the whole text; good until the next part

	// Explanations are those of the entities, one each and in their order, from ExplainParts;
	// none from Parts. They are good until the next part.
	Explanations []Explanation
}

// Parts walks all that r holds in parts, as FindReader walks its entities, for
// callers that need the text as well.
func (t *Tagger) Parts(ctx context.Context, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		s := t.scratch()
		defer scratches.Put(s)
		var entities []Entity
		for part, err := range cut(ctx, r) {
			if err == nil {
				entities = t.appendPart(entities[:0], s, part.Text, part.Start)
				part.Entities = entities
			}
			if !yield(part, err) {
				return
			}
		}
	}
}

// prepare sets what a zero Tagger, and one of which no option says it, does with.
func (t *Tagger) prepare() {
	t.ready.Do(func() {
		if t.recogniser.Gazetteer == nil {
			t.recogniser.Gazetteer = gazetteer.Layered()
		}
		if t.recogniser.Weights == nil {
			t.recogniser.Weights = ner.Default()
		}
	})
}

// scratch returns a scratch that remembers nothing.
func (t *Tagger) scratch() *scratch {
	t.prepare()
	s := scratches.Get().(*scratch)
	s.Memory.Clear()
	return s
}

// appendPart appends the entities of one part of a document, which begins at
// byte offset of it.
func (t *Tagger) appendPart(dst []Entity, s *scratch, part string, offset int) []Entity {
	found := t.recogniser.Read(s.Scratch, part)
	for i := range found {
		if e, ok := t.entity(s, &found[i], part, offset); ok {
			dst = append(dst, e)
		}
	}
	return dst
}

// entity returns what was found in a part that begins at byte offset of a document; false
// when it is not wanted.
func (t *Tagger) entity(s *scratch, c *ner.Candidate, part string, offset int) (Entity, bool) {
	start, end := s.Source(c)
	return Entity{
		Kind: c.Kind, Start: offset + start, End: offset + end,
		Text: part[start:end], ID: c.ID, Evidence: Evidence(c.Evidence), Confidence: c.P, IDConfidence: c.IDProbability,
	}, t.kinds&(1<<c.Kind) == 0 && !(c.P < t.minConfidence)
}
