package entity

import (
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
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
	part        bool    // one of the names of a hyphenated word
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
	ranges    []int // candidates of sentence i: cands[ranges[i]:ranges[i+1]]
	spans     []span
	entities  []Entity
	recalled  []span // of one sentence
	memory    memory
	initials  []byte // scratch of remember
	letters   []byte // scratch of recase
	headlines []bool // by sentence, of recase
	names     []model.Name
	modelled  bool            // by the sequence model
	others    []reading.Match // scratch of rivals
	index     map[spanKey]int // the candidates of the sentence under way
	listedTo  []int           // by sentence: where its listed candidates, which are in order, end
	taken     []uint8         // by word: what choose has kept on it
	longer    []uint8         // by word: the kinds of likely names of several words on it
	model     model.Scratch
}

// spanKey tells candidates apart.
type spanKey struct {
	first, last int32
	kind        Kind
}

func (s *span) key() spanKey { return spanKey{s.first, s.last, s.kind} }

func newDocument() *document { return &document{memory: newMemory(), index: map[spanKey]int{}} }

// forget makes d ready for another text.
func (d *document) forget() { d.memory.clear() }

// analyse finds the entities of one part of a document: d.spans, in order. What
// the earlier parts told is remembered.
func (t *Tagger) analyse(d *document, part string) {
	d.Divide(part, t.gazetteer)
	d.recase(part, t.gazetteer)
	d.Tag(t.tag)
	if d.modelled = t.model != nil; d.modelled {
		d.names = t.model.Append(d.names[:0], &d.Document, &d.model)
	}
	d.cands, d.ranges, d.listedTo = d.cands[:0], d.ranges[:0], d.listedTo[:0]
	for i, s := range d.Sentences {
		caps := d.Capitals[i]
		d.ranges = append(d.ranges, len(d.cands))
		d.listed(i, s, caps)
		d.listedTo = append(d.listedTo, len(d.cands))
		clear(d.index)
		for j := d.ranges[i]; j < len(d.cands); j++ {
			d.index[d.cands[j].key()] = j
		}
		if caps {
			continue // a headline in capitals would be one long name
		}
		d.guess(s)
		if t.model != nil {
			d.weigh(i, s)
		}
	}
	d.ranges = append(d.ranges, len(d.cands))
	d.resolve()
}
