package ner

import (
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
)

// Off are parts that an ablation switches off: bit i is that of the name i in Groups,
// Bounds, Stages and LinkGroups (Links). The zero value switches nothing off.
type Off struct{ Groups, Bounds, Stages, Links uint64 }

// Groups are the names of the groups of features.
func Groups() (names []string) {
	for _, g := range groups {
		names = append(names, g.name)
	}
	return names
}

// The stages that can be switched off.
const (
	trueCase = iota
	mentions
	linking
)

// Stages are the names of the stages that can be switched off.
func Stages() []string { return []string{"true case", "mentions", "linking"} }

// Hook is set by package entity: it makes an entity.Option that changes the recogniser of a
// Tagger, for this module's own commands. No exported name of entity is of an internal type.
var Hook func(change func(*Recogniser)) any

// Recogniser finds names. It is immutable and safe for concurrent use.
type Recogniser struct {
	Gazetteer *gazetteer.Gazetteer
	Model     *model.Model   // nil for none
	Tag       reading.Tagger // nil for the built-in tagger
	Weights   *Weights
	Off       Off
	date      gazetteer.Date // of the texts, zero for none
}

// On returns a recogniser for texts of a date.
func (r Recogniser) On(date gazetteer.Date) Recogniser {
	r.date = date
	return r
}

// Source returns where what was found stands in the part that Read has read, in bytes: a
// part is read as its readers see it.
func (s *Scratch) Source(c *Candidate) (start, end int) { return s.document.Source(c.Start, c.End) }

// layer returns the layer for texts that the model, if any, has read.
func (r *Recogniser) layer() *Layer {
	if r.Model == nil {
		return r.Weights.Bare
	}
	return r.Weights.Model
}

// Scratch is what one goroutine needs for the names of one document, which it remembers.
type Scratch struct {
	Memory     *Memory
	document   reading.Document
	model      model.Scratch
	text       text
	names      []model.Name
	candidates []Candidate
	ranges     []int32 // by sentence: its first candidate
	more       []int32 // by sentence: its first candidate of those proposed later
	features   []Active
	own        bool   // some candidates are what the user's layers are sure of
	chosen     []bool // by candidate
	chooser    chooser
	proposer   proposer
	extractor  extractor
	linker     linker
	found      []Candidate
}

// NewScratch returns a scratch that remembers nothing.
func NewScratch() *Scratch { return &Scratch{Memory: NewMemory()} }

// Read finds the names of one part of a document: in order, none over another. What it
// returns is good until the next call.
func (r *Recogniser) Read(s *Scratch, part string) []Candidate {
	r.Propose(s, part)
	for i := range s.candidates {
		c := &s.candidates[i]
		r.layer().score(c, s.features[c.features[0]:c.features[1]])
	}
	s.choose(r.layer().Threshold)
	if r.Off.Stages&(1<<mentions) == 0 {
		r.Mention(s)
		s.choose(r.layer().Threshold)
	}
	s.collect()
	for i := range s.found {
		s.found[i].Evidence = r.evidence(s, &s.found[i])
	}
	if r.Off.Stages&(1<<linking) == 0 {
		r.link(s)
	}
	return s.found
}

// Propose reads a part of a document and sets the candidates of its names, with their
// features.
func (r *Recogniser) Propose(s *Scratch, part string) {
	d := &s.document
	d.Divide(part, r.Gazetteer)
	if r.Off.Stages&(1<<trueCase) == 0 {
		d.TrueCase(r.Gazetteer)
	}
	d.Tag(r.Tag)
	s.text.Document, s.text.model, s.text.gazetteer, s.text.off = d, nil, r.Gazetteer, &r.Off
	s.text.index()
	s.names = s.names[:0]
	if r.Model != nil {
		s.names = r.Model.Append(s.names, d, &s.model, leastProposed)
		s.text.model = &s.model
	}
	s.candidates, s.ranges, s.features, s.own = s.candidates[:0], s.ranges[:0], s.features[:0], false
	names := s.names
	for i, sentence := range d.Sentences {
		n := 0
		for n < len(names) && names[n].First < sentence.Last {
			n++
		}
		begin := len(s.candidates)
		s.ranges = append(s.ranges, int32(begin))
		s.candidates = s.proposer.propose(s.candidates, &s.text, i, names[:n])
		for k := range s.candidates[begin:] {
			s.own = s.own || s.candidates[begin+k].own
		}
		s.extract(i, begin, names[:n])
		names = names[n:]
	}
	s.ranges = append(s.ranges, int32(len(s.candidates)))
	s.more = s.more[:0]
}

// extract notes the features of the candidates of sentence i, which are those from begin
// on.
func (s *Scratch) extract(i, begin int, names []model.Name) {
	if begin == len(s.candidates) {
		return
	}
	x := &s.extractor
	x.text, x.sentence, x.number, x.names, x.out = &s.text, s.document.Sentences[i], i, names, s.features
	x.longest = 0
	for _, n := range names {
		x.longest = max(x.longest, n.Last-n.First)
	}
	x.see()
	for k := range s.candidates[begin:] {
		x.extract(&s.candidates[begin+k])
	}
	s.features = x.out
}

// choose sets s.chosen.
func (s *Scratch) choose(threshold float64) {
	if s.own {
		s.takeOwn()
	}
	s.chosen = resized(s.chosen, len(s.candidates))
	for i := range s.document.Sentences {
		r := [2][2]int32{{s.ranges[i], s.ranges[i+1]}}
		if len(s.more) > 0 {
			r[1] = [2]int32{s.more[i], s.more[i+1]}
		}
		s.chooser.choose(s.candidates, r, threshold, func(number int32) { s.chosen[number] = true })
	}
}

// Mention lets the document's other names speak of each: the memory takes what was chosen,
// words that it knows and nobody has proposed are proposed, and the log-odds of all that it
// tells something of change.
func (r *Recogniser) Mention(s *Scratch) {
	t := &s.text
	for i, chosen := range s.chosen {
		if chosen {
			c := &s.candidates[i]
			s.Memory.note(t, c, s.headed(c))
		}
	}
	n := len(s.candidates)
	for i := range s.document.Sentences {
		s.more = append(s.more, int32(len(s.candidates)))
		s.recall(i)
		for k := s.more[i]; int(k) < len(s.candidates); k++ {
			c := &s.candidates[k]
			r.layer().score(c, s.features[c.features[0]:c.features[1]])
		}
	}
	s.more = append(s.more, int32(len(s.candidates)))
	for i := range s.candidates {
		c := &s.candidates[i]
		from := len(s.features)
		headed := s.headed(c)
		s.features = s.Memory.appendMentioned(s.features, t, c, i < n && s.chosen[i], headed)
		if len(s.features) > from {
			c.mentioned = [2]int32{int32(from), int32(len(s.features))}
		}
	}
	for i := range s.candidates {
		if c := &s.candidates[i]; c.mentioned[1] > c.mentioned[0] {
			r.layer().score(c, s.features[c.mentioned[0]:c.mentioned[1]])
		}
	}
}

// headed reports whether a word beside a candidate, a place across a comma, or the row that
// it stands in, says what it is here: that says nothing of the same words elsewhere.
func (s *Scratch) headed(c *Candidate) bool {
	return slices.ContainsFunc(s.features[c.features[0]:c.features[1]], func(a Active) bool { return a.Feature >= commaBefore && a.Feature < rowOf+3 })
}

// recall proposes the words of sentence i that are short for a name of the document and
// that nobody has proposed.
func (s *Scratch) recall(i int) {
	t := &s.text
	begin := len(s.candidates)
	k := s.ranges[i]
	for _, w := range t.Marked(i) {
		if !t.Words[w].Capital {
			continue
		}
		if _, ok := s.Memory.memos[t.Words[w].Hash]; !ok {
			continue
		}
		for k < s.ranges[i+1] && s.candidates[k].Start < t.Words[w].Start {
			k++
		}
		span := t.span(w, w+1)
		proposed := false
		for j := k; j < s.ranges[i+1] && s.candidates[j].Start == span.Start; j++ {
			proposed = proposed || s.candidates[j].End == span.End
		}
		if !proposed && !t.denied(span) {
			s.candidates = append(s.candidates, Candidate{Span: span})
		}
	}
	s.extract(i, begin, nil)
}

// collect sets s.found to the candidates chosen, in order.
func (s *Scratch) collect() {
	s.found = s.found[:0]
	for i := range s.document.Sentences {
		begin := len(s.found)
		for k := s.ranges[i]; k < s.ranges[i+1]; k++ {
			if s.chosen[k] {
				s.found = append(s.found, s.candidates[k])
			}
		}
		if len(s.more) > 0 && s.more[i] < s.more[i+1] {
			for k := s.more[i]; k < s.more[i+1]; k++ {
				if s.chosen[k] {
					s.found = append(s.found, s.candidates[k])
				}
			}
			sortSpans(s.found[begin:])
		}
	}
}
