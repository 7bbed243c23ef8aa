package ner

import (
	_ "embed"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
)

// Layer is a multinomial logistic regression over the features of candidates: for each
// feature, what it adds to the log-odds of each kind against none. It is immutable.
type Layer struct {
	weights   [][kinds]float64 // by feature
	Threshold float64          // the probability that a name has to pass, where F1 is best
}

// To make the weights anew, with the corpora at hand:
//
//go:generate go run ../cmd/fit -corpora ../../../shared/corpora -o layer.tsv

//go:embed layer.tsv
var embedded string

// Default returns the embedded layers: the one for texts that a sequence model has read,
// and the one for texts that none has.
var Default = sync.OnceValues(func() (withModel, withoutModel *Layer) {
	layers, err := ParseLayers(embedded)
	if err != nil {
		panic("ner: the embedded weights are damaged: " + err.Error())
	}
	return layers[0], layers[1]
})

// The written form of two layers is a table that people can read: a line that says what it
// is with the CRC-32C of all lines after it, lines that begin with # about what it was made
// from, and one line a feature: its layer (model or bare), its name, and the weights in the
// order of the kinds, all separated by tabs. Features of no weight are left out.
const (
	layerHead = "steppe layer 1 crc32c "
	threshold = "threshold"
)

var layerNames = [...]string{"model", "bare"}

// ParseLayers reads what AppendLayers writes. An error names the line.
func ParseLayers(data string) (layers [2]*Layer, err error) {
	head, body, _ := strings.Cut(data, "\n")
	sum, ok := strings.CutPrefix(head, layerHead)
	if !ok {
		return layers, fmt.Errorf("1: not a layer, or of another version")
	}
	if want := fmt.Sprintf("%08x", crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli))); sum != want {
		return layers, fmt.Errorf("1: checksum %s does not match %s: the file is damaged", sum, want)
	}
	numbers := make(map[string]feature, len(featureNames))
	for f, n := range featureNames {
		numbers[n] = feature(f)
	}
	for i := range layers {
		layers[i] = &Layer{weights: make([][kinds]float64, len(featureNames))}
	}
	line := 1
	for text := range strings.Lines(body) {
		line++
		if strings.HasPrefix(text, "#") {
			continue
		}
		if err := parseWeights(&layers, strings.TrimSuffix(text, "\n"), numbers); err != nil {
			return layers, fmt.Errorf("%d: %w", line, err)
		}
	}
	return layers, nil
}

// parseWeights reads one line of a layer.
func parseWeights(layers *[2]*Layer, line string, numbers map[string]feature) error {
	which, rest, _ := strings.Cut(line, "\t")
	name, rest, _ := strings.Cut(rest, "\t")
	l := layers[0]
	switch which {
	case layerNames[0]:
	case layerNames[1]:
		l = layers[1]
	default:
		return fmt.Errorf("no layer %q", which)
	}
	if name == threshold {
		p, err := strconv.ParseFloat(rest, 64)
		l.Threshold = p
		return err
	}
	f, ok := numbers[name]
	if !ok {
		return fmt.Errorf("no feature %q", name)
	}
	for k := 1; k < kinds; k++ {
		var field string
		field, rest, _ = strings.Cut(rest, "\t")
		w, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return fmt.Errorf("feature %q: bad weight %q", name, field)
		}
		l.weights[f][k] = w
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
	top := max(c.logits[best], 0)
	sum := model.Exp(-top)
	for k := 1; k < kinds; k++ {
		sum += model.Exp(max(c.logits[k]-top, -60))
	}
	c.Kind = gazetteer.Kind(best)
	c.P = model.Exp(max(c.logits[best]-top, -60)) / sum
}
