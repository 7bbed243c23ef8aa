package ner

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/model"
)

// Layer is a multinomial logistic regression over the features of candidates: for each
// feature, what it adds to the log-odds of each kind against none. It is immutable.
type Layer struct {
	weights   [][kinds]float64 // by feature; those of none, the first, are zero
	Threshold float64          // the probability that a name has to pass, where F1 is best
}

// Weights are all that is fitted: the layer for texts that a sequence model has read, the
// one for texts that none has, and the linker.
type Weights struct {
	Model, Bare *Layer
	Linker      *Linker
}

// To make the weights anew, with the corpora at hand:
//
//go:generate go run ../cmd/fit -corpora ../../../shared/corpora -links ../../testdata/links/fit-*.txt -o weights.tsv

//go:embed weights.tsv
var embedded string

// Default returns the embedded weights.
var Default = sync.OnceValue(func() *Weights {
	w, err := ParseWeights(embedded)
	if err != nil {
		panic("ner: the embedded weights are damaged: " + err.Error())
	}
	return w
})

// The written form of weights is a table that people can read: a line that says what it is
// with the CRC-32C of all lines after it, lines that begin with # about what it was made
// from, and one line a feature: its part (model, bare or link), its name, and its weights,
// in the order of the kinds but for links, all separated by tabs. Features of no weight are
// left out.
const (
	weightsHead = "steppe weights 1 crc32c "
	threshold   = "threshold"
)

// The parts of the written form.
const (
	partModel = "model"
	partBare  = "bare"
	partLink  = "link"
)

// ParseWeights reads what AppendWeights writes. An error names the line.
func ParseWeights(data string) (*Weights, error) {
	head, body, _ := strings.Cut(data, "\n")
	sum, ok := strings.CutPrefix(head, weightsHead)
	if !ok {
		return nil, fmt.Errorf("1: no weights, or of another version")
	}
	if want := checksum(body); sum != want {
		return nil, fmt.Errorf("1: checksum %s does not match %s: the file is damaged", sum, want)
	}
	w := NewWeights()
	features, links := numbered(featureNames), numbered(linkNames)
	line := 1
	for text := range strings.Lines(body) {
		line++
		if strings.HasPrefix(text, "#") {
			continue
		}
		if err := w.parse(strings.TrimSuffix(text, "\n"), features, links); err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
	return w, nil
}

// NewWeights returns weights of zero.
func NewWeights() *Weights {
	return &Weights{NewLayer(), NewLayer(), &Linker{weights: make([]float64, len(linkNames))}}
}

// NewLayer returns a layer of zero weights.
func NewLayer() *Layer { return &Layer{weights: make([][kinds]float64, len(featureNames))} }

func checksum(body string) string {
	return fmt.Sprintf("%08x", hashing.Sum([]byte(body)))
}

// numbered returns the number of each name.
func numbered(names []string) map[string]feature {
	m := make(map[string]feature, len(names))
	for f, n := range names {
		m[n] = feature(f)
	}
	return m
}

// parse reads one line of weights.
func (w *Weights) parse(line string, features, links map[string]feature) error {
	part, rest, _ := strings.Cut(line, "\t")
	name, rest, _ := strings.Cut(rest, "\t")
	var row [kinds]float64
	n := 0
	for field := range strings.SplitSeq(rest, "\t") {
		v, err := strconv.ParseFloat(field, 64)
		if err != nil || n == len(row) {
			return fmt.Errorf("feature %q: bad weights %q", name, rest)
		}
		row[n] = v
		n++
	}
	layer := w.Model
	switch part {
	case partLink:
		if f, ok := links[name]; name == threshold {
			w.Linker.Threshold = row[0]
		} else if ok {
			w.Linker.weights[f] = row[0]
		} else {
			return fmt.Errorf("no feature of links %q", name)
		}
		return nil
	case partBare:
		layer = w.Bare
	case partModel:
	default:
		return fmt.Errorf("no part %q", part)
	}
	f, ok := features[name]
	switch {
	case name == threshold:
		layer.Threshold = row[0]
	case !ok:
		return fmt.Errorf("no feature %q", name)
	default:
		copy(layer.weights[f][1:], row[:])
	}
	return nil
}

// score adds what features say to the log-odds of a candidate, and sets its kind and
// probability.
func (l *Layer) score(c *Candidate, features []Active) {
	for _, a := range features {
		w := &l.weights[a.Feature]
		v := float64(a.Value)
		for k := 1; k < kinds; k++ {
			c.logits[k] += float64(w[k] * v)
		}
	}
	c.settle()
}

// settle sets the kind and the probability of a candidate from its log-odds.
func (c *Candidate) settle() {
	best := 1
	for k := 2; k < kinds; k++ {
		if c.logits[k] > c.logits[best] {
			best = k
		}
	}
	c.Kind = gazetteer.Kind(best)
	sum := power(-c.logits[best])
	for k := 1; k < kinds; k++ {
		if k != best {
			sum += power(c.logits[k] - c.logits[best])
		}
	}
	c.P = 1 / (1 + sum)
}

// power returns e to the power of x: 0 where that is nothing beside one, and no more than
// can be added up.
func power(x float64) float64 {
	if x < -40 {
		return 0
	}
	return model.Exp(min(x, 40))
}
