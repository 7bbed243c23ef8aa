package ner

import (
	"fmt"
	"math"
	"strings"
)

// What the command that fits the layers needs, and nobody else.

// Kinds is the number of kinds and of none, which is number 0.
const Kinds = kinds

// Rows are the weights of a layer, by feature: those of each kind, the first for none.
func (l *Layer) Rows() [][kinds]float64 { return l.weights }

// Rows are the weights of a linker, by feature.
func (l *Linker) Rows() []float64 { return l.weights }

// Example is a candidate of a text with what is known of it.
type Example struct {
	Start, End int // bytes of the part
	Features   []Active
	Offset     [kinds]float64 // log-odds to which the features add
}

// First walks the candidates of the part last proposed, with the features that stand in
// it by themselves. The slices are good until the next part.
func (s *Scratch) First(yield func(Example) bool) {
	for _, c := range s.candidates {
		start, end := s.Source(&c)
		if !yield(Example{Start: start, End: end, Features: s.features[c.features[0]:c.features[1]]}) {
			return
		}
	}
}

// Second walks the candidates of the part last proposed for which the document's other
// names speak, as they are chosen with a layer that knows nothing of these yet.
func (r *Recogniser) Second(s *Scratch) func(yield func(Example) bool) {
	return func(yield func(Example) bool) {
		for i := range s.candidates {
			c := &s.candidates[i]
			r.layer().score(c, s.features[c.features[0]:c.features[1]])
		}
		s.choose(r.layer().Threshold)
		r.Mention(s)
		for i := range s.candidates {
			c := &s.candidates[i]
			if c.mentioned[1] == c.mentioned[0] {
				continue
			}
			start, end := s.Source(c)
			if !yield(Example{Start: start, End: end, Features: s.features[c.mentioned[0]:c.mentioned[1]], Offset: c.logits}) {
				return
			}
		}
	}
}

// Found walks the spans that are chosen with probabilities above a threshold, of a part
// that Read has read.
func (s *Scratch) Found(threshold float64, yield func(c *Candidate)) {
	s.choose(threshold)
	for i, chosen := range s.chosen {
		if chosen {
			yield(&s.candidates[i])
		}
	}
}

// Links calls each with the names of a part, the meanings that each may have, nobody first,
// and what the features of these are. The slices are good until it returns.
func (r *Recogniser) Links(s *Scratch, part string, each func(c *Candidate, meanings []Meaning, features func(m *Meaning) []Active)) {
	l := &s.linker
	l.each = func(i int) {
		each(&l.found[i], l.meanings, func(m *Meaning) []Active { return l.out[m.features[0]:m.features[1]] })
	}
	r.Read(s, part)
	l.each = nil
}

// AppendWeights appends the written form of weights, with lines about what they were made
// from. They are rounded to hundredths.
func AppendWeights(dst []byte, w *Weights, made []string) []byte {
	var body strings.Builder
	for _, m := range made {
		fmt.Fprintf(&body, "# %s\n", m)
	}
	fmt.Fprintf(&body, "# part\tfeature\t%s\n", strings.Join(kindNames, "\t"))
	for _, p := range []struct {
		part  string
		layer *Layer
	}{{partModel, w.Model}, {partBare, w.Bare}} {
		fmt.Fprintf(&body, "%s\t%s\t%.2f\n", p.part, threshold, p.layer.Threshold)
		for f, row := range p.layer.weights {
			if row == [kinds]float64{} {
				continue
			}
			fmt.Fprintf(&body, "%s\t%s", p.part, featureNames[f])
			for _, v := range row[1:] {
				fmt.Fprintf(&body, "\t%g", rounded(v))
			}
			body.WriteByte('\n')
		}
	}
	fmt.Fprintf(&body, "%s\t%s\t%.2f\n", partLink, threshold, w.Linker.Threshold)
	for f, v := range w.Linker.weights {
		if v != 0 {
			fmt.Fprintf(&body, "%s\t%s\t%g\n", partLink, linkNames[f], rounded(v))
		}
	}
	dst = fmt.Appendf(dst, "%s%s\n", weightsHead, checksum(body.String()))
	return append(dst, body.String()...)
}

func rounded(v float64) float64 { return math.Round(v*100) / 100 }
