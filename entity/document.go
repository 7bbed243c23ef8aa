package entity

import (
	"iter"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// span is a candidate for an entity.
type span struct {
	start, end  int32 // bytes of the part
	first, last int32 // words: first to last-1
	kind        Kind
	id          ID
	country     string
	evidence    Evidence
	score       float64 // log-odds that span and kind are right
	ambiguous   bool    // needs a second witness
	famous      bool    // of what is often in the news
	earlier     int32   // the candidate before it that begins with the same word, plus one
	rival       bool    // the name is listed as something of another type too
}

// confidence returns the probability that a span of that score is right: a
// logistic curve (Platt, 1999) fitted on the development sets, see
// go run ./internal/cmd/evaluate -calibration.
func (s *span) confidence() float64 { return 1 / (1 + model.Exp(0.65-float64(0.72*s.score))) }

func (s *span) length() int { return int(s.last - s.first) }

// document is the scratch of one text under way, with what it has told so far.
type document struct {
	reading.Document
	cands     []span
	ranges    []int   // candidates of sentence i: cands[ranges[i]:ranges[i+1]]
	latest    []int32 // by word: the latest candidate that begins there, plus one
	longest   int32   // words of the longest candidate, up to longestListed
	spans     []span
	entities  []Entity
	recalled  []span // of one sentence
	memory    memory
	initials  []byte // scratch of remember
	letters   []byte // scratch of recase
	headlines []bool // by sentence, of recase
	names     []model.Name
	modelled  bool // by the sequence model
	gazetteer *gazetteer.Gazetteer
	others    []reading.Match   // scratch of rivals
	name      []token.Word      // scratch of listing
	meanings  []gazetteer.Match // and what it returns
	taken     []bool            // by word: what choose has kept on it
	longer    []uint8           // by word: the kinds of likely names of several words on it
	model     model.Scratch
}

func newDocument() *document { return &document{memory: newMemory()} }

// propose appends a candidate.
func (d *document) propose(c span) {
	c.earlier = d.latest[c.first]
	d.cands = append(d.cands, c)
	d.latest[c.first] = int32(len(d.cands))
	d.longest = min(max(d.longest, c.last-c.first), longestListed)
}

// starting walks the candidates that begin with word k, the latest first.
func (d *document) starting(k int32) iter.Seq[*span] {
	return func(yield func(*span) bool) {
		for j := d.latest[k]; j > 0; j = d.cands[j-1].earlier {
			if !yield(&d.cands[j-1]) {
				return
			}
		}
	}
}

// over walks the candidates of up to longestListed words that may hold word k, as all
// listed ones are, the nearest and latest first.
func (d *document) over(k int32) iter.Seq[*span] {
	return func(yield func(*span) bool) {
		for first := k; first >= 0 && first > k-d.longest; first-- {
			for c := range d.starting(first) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// longestListed is how many words a listed name has at most, but for hyphens that
// stand alone in it.
const longestListed = gazetteer.MaxNameWords

// forget makes d ready for another text.
func (d *document) forget() { d.memory.clear() }

// analyse finds the entities of one part of a document: d.spans, in order. What
// the earlier parts told is remembered.
func (t *Tagger) analyse(d *document, part string) {
	d.gazetteer = t.gazetteer
	d.Divide(part, t.gazetteer)
	d.recase(t)
	d.Tag(t.tag)
	if d.modelled = t.model != nil; d.modelled {
		d.names = t.model.Append(d.names[:0], &d.Document, &d.model)
	}
	d.cands, d.ranges, d.longest = d.cands[:0], d.ranges[:0], 0
	d.latest = append(d.latest[:0], make([]int32, len(d.Words)+1)...)
	for i, s := range d.Sentences {
		caps := d.Capitals[i]
		d.ranges = append(d.ranges, len(d.cands))
		d.listed(i, s, caps)
		if caps {
			continue // a headline in capitals would be one long name
		}
		d.guess(i)
		if t.model != nil {
			d.weigh(i, s)
		}
	}
	d.ranges = append(d.ranges, len(d.cands))
	d.resolve()
}
