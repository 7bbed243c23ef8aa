package ner

import (
	"fmt"
	"hash/crc32"
	"math"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
)

// What the command that fits the layers needs, and nobody else.

// Kinds is the number of kinds and of none, which is number 0.
const Kinds = kinds

// Weights are those of a layer under way: by feature, of each kind.
type Weights [][kinds]float64

// NewWeights returns weights of zero.
func NewWeights() Weights { return make(Weights, len(featureNames)) }

// Layer returns a layer of the weights.
func (w Weights) Layer(threshold float64) *Layer { return &Layer{w, threshold} }

// Example is a candidate of a text with what is known of it.
type Example struct {
	Span
	Features []Active
	Offset   [kinds]float64 // log-odds to which the features add
}

// First walks the candidates of the part last proposed, with the features that stand in
// it by themselves. The slices are good until the next part.
func (s *Scratch) First(yield func(Example) bool) {
	for _, c := range s.candidates {
		if !yield(Example{Span: c.Span, Features: s.features[c.features[0]:c.features[1]]}) {
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
			r.Layer.score(c, s.features[c.features[0]:c.features[1]])
		}
		s.choose(r.Layer.Threshold)
		r.Mention(s)
		for i := range s.candidates {
			c := &s.candidates[i]
			if c.mentioned[1] > c.mentioned[0] && !yield(Example{Span: c.Span, Features: s.features[c.mentioned[0]:c.mentioned[1]], Offset: c.logits}) {
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

// AppendLayers appends the written form of two layers, with lines about what they were
// made from. Weights are rounded to thousandths.
func AppendLayers(dst []byte, layers [2]*Layer, made []string) []byte {
	var body strings.Builder
	for _, m := range made {
		fmt.Fprintf(&body, "# %s\n", m)
	}
	kindList := make([]string, 0, kinds-1)
	for _, k := range gazetteer.Kinds() {
		kindList = append(kindList, k.String())
	}
	fmt.Fprintf(&body, "# layer\tfeature\t%s\n", strings.Join(kindList, "\t"))
	for i, l := range layers {
		fmt.Fprintf(&body, "%s\t%s\t%.2f\n", layerNames[i], threshold, l.Threshold)
		for f, w := range l.weights {
			if w == [kinds]float64{} {
				continue
			}
			fmt.Fprintf(&body, "%s\t%s", layerNames[i], featureNames[f])
			for k := 1; k < kinds; k++ {
				fmt.Fprintf(&body, "\t%g", math.Round(w[k]*1000)/1000)
			}
			body.WriteByte('\n')
		}
	}
	dst = fmt.Appendf(dst, "%s%08x\n", layerHead, crc32.Checksum([]byte(body.String()), crc32.MakeTable(crc32.Castagnoli)))
	return append(dst, body.String()...)
}
