package fitting

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/ner"
)

// problem is a multinomial logistic regression to solve.
type problem struct {
	features []ner.Active
	ends     []int32
	offsets  [][ner.Kinds]float64
	kinds    []gazetteer.Kind
	names    int
}

func (p *problem) add(e ner.Example, kind gazetteer.Kind) {
	p.features = append(p.features, e.Features...)
	p.ends = append(p.ends, int32(len(p.features)))
	p.offsets = append(p.offsets, e.Offset)
	p.kinds = append(p.kinds, kind)
	if kind != 0 {
		p.names++
	}
}

// solve sets the weights of the features that occur in the problem: by AdaGrad (Duchi,
// Hazan and Singer, 2011, https://jmlr.org/papers/v12/duchi11a.html) over the examples in a
// fixed random order, with an L2 penalty; the weights after the later half of the passes are
// averaged.
func (p *problem) solve(weights [][ner.Kinds]float64, log io.Writer) {
	const (
		passes  = 24
		rate    = 0.1
		penalty = 2e-6 // of each example, on the features that speak of it
	)
	squares, sum := make([][ner.Kinds]float64, len(weights)), make([][ner.Kinds]float64, len(weights))
	used := make([]bool, len(weights))
	for _, a := range p.features {
		used[a.Feature] = true
	}
	order := make([]int32, len(p.ends))
	for i := range order {
		order[i] = int32(i)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for pass := range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			begin := int32(0)
			if i > 0 {
				begin = p.ends[i-1]
			}
			features := p.features[begin:p.ends[i]]
			probabilities := softmax(weights, features, p.offsets[i])
			loss -= model.Log(max(probabilities[p.kinds[i]], 1e-9))
			for _, a := range features {
				w, q := &weights[a.Feature], &squares[a.Feature]
				for k := 1; k < ner.Kinds; k++ {
					g := probabilities[k]
					if int(p.kinds[i]) == k {
						g--
					}
					g = float64(g*float64(a.Value)) + float64(penalty*w[k])
					if g == 0 {
						continue
					}
					q[k] += float64(g * g)
					w[k] -= float64(rate*g) / math.Sqrt(q[k]+1e-6)
				}
			}
		}
		if pass%8 == 7 {
			fmt.Fprintf(log, "pass %d: loss %.4f a candidate\n", pass+1, loss/float64(len(order)))
		}
		if pass >= passes/2 {
			for f := range sum {
				for k := range sum[f] {
					sum[f][k] += weights[f][k]
				}
			}
		}
	}
	for f := range weights {
		if !used[f] {
			continue
		}
		for k := range weights[f] {
			weights[f][k] = sum[f][k] / (passes - passes/2)
		}
	}
}

// softmax returns the probability of each kind.
func softmax(weights [][ner.Kinds]float64, features []ner.Active, logits [ner.Kinds]float64) [ner.Kinds]float64 {
	for _, a := range features {
		w := &weights[a.Feature]
		for k := 1; k < ner.Kinds; k++ {
			logits[k] += float64(w[k] * float64(a.Value))
		}
	}
	top := 0.0
	for _, l := range logits {
		top = max(top, l)
	}
	total := 0.0
	for k := range logits {
		logits[k] = model.Exp(max(logits[k]-top, -60))
		total += logits[k]
	}
	for k := range logits {
		logits[k] /= total
	}
	return logits
}
