package main

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/steppe-ner/steppe/internal/model"
)

const none = math.MaxUint32

// count drops the features seen less often than the least number of times, and
// makes room for the weights of the others.
func (t *trainer) count(least int) {
	seen := make([]int32, len(t.hashes))
	for _, e := range t.stretches {
		for _, f := range e.features {
			seen[f]++
		}
	}
	t.keep(func(f int) bool { return seen[f] >= int32(least) })
	t.weights = make([][model.Labels]float32, len(t.hashes))
	t.squares = make([][model.Labels]float32, len(t.hashes))
}

// keep renumbers the features so that only those remain for which good is true.
func (t *trainer) keep(good func(f int) bool) {
	number := make([]uint32, len(t.hashes))
	n := 0
	for f, h := range t.hashes {
		number[f] = none
		if good(f) {
			number[f] = uint32(n)
			t.hashes[n] = h
			if t.weights != nil {
				t.weights[n] = t.weights[f]
				t.squares[n] = t.squares[f]
			}
			n++
		}
	}
	t.hashes, t.index = t.hashes[:n], nil
	if t.weights != nil {
		t.weights, t.squares = t.weights[:n], t.squares[:n]
	}
	for i := range t.stretches {
		e := &t.stretches[i]
		kept := e.features[:0]
		begin := int32(0)
		for w, end := range e.ends {
			for _, f := range e.features[begin:end] {
				if number[f] != none {
					kept = append(kept, number[f])
				}
			}
			begin, e.ends[w] = end, int32(len(kept))
		}
		e.features = kept
	}
}

// train passes over the stretches in a fixed random order, following the gradient
// of the log-likelihood by AdaGrad (Duchi, Hazan and Singer, 2011,
// https://jmlr.org/papers/v12/duchi11a.html) with a small L2 penalty. Of the features of a
// word only some are seen each time, so that the model learns not to lean on any one of
// them (Hinton and others, 2012, https://arxiv.org/abs/1207.0580). The weights after the
// later half of the passes are averaged.
func (t *trainer) train(passes int, rate float32) {
	random := rand.New(rand.NewPCG(1, uint64(passes)))
	var l lattice
	sum := make([][model.Labels]float32, len(t.weights))
	first := passes / 2 // of the passes after which the weights are averaged
	for pass := range passes {
		order := t.pass(pass)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.step(&l, l.drop(&t.stretches[i], random), rate)
		}
		fmt.Printf("pass %d: loss %.4f a stretch\n", pass+1, loss/float64(len(order)))
		if pass >= first {
			for i := range sum {
				for k, w := range t.weights[i] {
					sum[i][k] += w
				}
			}
		}
	}
	for i := range sum {
		for k := range sum[i] {
			t.weights[i][k] = sum[i][k] / float32(passes-first)
		}
	}
}

// scale multiplies the weights of features: where all of these are seen, each says less.
func (t *trainer) scale(by float32) {
	for i := range t.weights {
		for k := range t.weights[i] {
			t.weights[i][k] *= by
		}
	}
}

// pass returns the stretches of one pass: the corpora, our own texts, and some of what
// swapping names has made of these.
func (t *trainer) pass(pass int) []int32 {
	order := slices.Concat(t.order, t.own[0])
	for i := range swappedIn {
		order = append(order, t.own[1+(pass*swappedIn+i)%swapped]...)
	}
	return order
}

// penalty is the L2 penalty of a weight each time that its feature is seen.
const penalty = 3e-5

// little is a gradient that is not worth a step: most words are clear after a pass or
// two, and training takes half the time without them.
const little = 0.002

// dropped is the share of features that are not seen each time, in parts of 256.
const dropped = 154

// lattice is the scratch of one stretch.
type lattice struct {
	scores, alpha, beta [][model.Labels]float64
	seen                example
}

// drop returns a stretch without the features that are not seen this time. It is good
// until the next call.
func (l *lattice) drop(e *example, random *rand.Rand) *example {
	l.seen = example{e.labels, l.seen.ends[:0], l.seen.features[:0]}
	begin := int32(0)
	bits, left := uint64(0), 0
	for _, end := range e.ends {
		for _, f := range e.features[begin:end] {
			if left == 0 {
				bits, left = random.Uint64(), 8
			}
			if bits&0xFF >= dropped {
				l.seen.features = append(l.seen.features, f)
			}
			bits >>= 8
			left--
		}
		begin = end
		l.seen.ends = append(l.seen.ends, int32(len(l.seen.features)))
	}
	return &l.seen
}

// step takes one step for a stretch and returns its loss.
func (t *trainer) step(l *lattice, e *example, rate float32) float64 {
	n := len(e.labels)
	for len(l.scores) < n {
		l.scores = append(l.scores, [model.Labels]float64{})
		l.alpha = append(l.alpha, [model.Labels]float64{})
		l.beta = append(l.beta, [model.Labels]float64{})
	}
	begin := int32(0)
	gold := 0.0
	for i, end := range e.ends {
		var sum [model.Labels]float32
		for _, f := range e.features[begin:end] {
			w := &t.weights[f]
			for k := range sum {
				sum[k] += w[k]
			}
		}
		begin = end
		gold += float64(sum[e.labels[i]])
		if i > 0 {
			gold += float64(t.transitions[e.labels[i-1]][e.labels[i]])
		}
		top := slices.Max(sum[:])
		gold -= float64(top)
		for k := range sum {
			l.scores[i][k] = model.Exp(float64(sum[k] - top))
		}
	}
	var transitions [model.Labels][model.Labels]float64
	for a := range model.Labels {
		for b := range model.Labels {
			if model.Follows(model.Label(a), model.Label(b)) {
				transitions[a][b] = model.Exp(float64(t.transitions[a][b]))
			}
		}
	}
	logZ := l.sums(n, &transitions)

	begin = 0
	for i, end := range e.ends {
		var gradient [model.Labels]float32
		total := 0.0
		for k := range gradient {
			total += float64(l.alpha[i][k] * l.beta[i][k])
		}
		for k := range gradient {
			gradient[k] = -float32(l.alpha[i][k] * l.beta[i][k] / total)
		}
		gradient[e.labels[i]]++
		if !slices.ContainsFunc(gradient[:], func(g float32) bool { return g > little || g < -little }) {
			begin = end
			continue
		}
		for _, f := range e.features[begin:end] {
			w, q := &t.weights[f], &t.squares[f]
			for k, g := range gradient {
				g = float32(g) - float32(penalty*w[k])
				q[k] += float32(g * g)
				w[k] += float32(rate*g) / float32(math.Sqrt(float64(q[k]+1e-4)))
			}
		}
		begin = end
		if i > 0 {
			t.stepTransitions(l, i, &transitions, e.labels[i-1], e.labels[i], rate)
		}
	}
	return logZ - gold
}

// stepTransitions takes the step for the transition into word i.
func (t *trainer) stepTransitions(l *lattice, i int, transitions *[model.Labels][model.Labels]float64, from, to model.Label, rate float32) {
	total := 0.0
	var p [model.Labels][model.Labels]float64
	for a := range model.Labels {
		for b := range model.Labels {
			p[a][b] = l.alpha[i-1][a] * transitions[a][b] * l.scores[i][b] * l.beta[i][b]
			total += p[a][b]
		}
	}
	for a := range model.Labels {
		for b := range model.Labels {
			if transitions[a][b] == 0 {
				continue
			}
			g := -float32(p[a][b] / total)
			if model.Label(a) == from && model.Label(b) == to {
				g++
			}
			t.transitionSquare[a][b] += float32(g * g)
			t.transitions[a][b] += float32(rate*g) / float32(math.Sqrt(float64(t.transitionSquare[a][b])+1e-4))
		}
	}
}

// sums computes the scaled forward and backward sums of n words and returns the
// logarithm of the partition function.
func (l *lattice) sums(n int, transitions *[model.Labels][model.Labels]float64) (logZ float64) {
	for i := range n {
		total := 0.0
		for b := range model.Labels {
			v := 0.0
			if i > 0 {
				for a := range model.Labels {
					v += float64(l.alpha[i-1][a] * transitions[a][b])
				}
			} else if model.Follows(model.Outside, model.Label(b)) {
				v = 1
			}
			l.alpha[i][b] = v * l.scores[i][b]
			total += l.alpha[i][b]
		}
		for b := range model.Labels {
			l.alpha[i][b] /= total
		}
		logZ += model.Log(total)
	}
	end := 0.0
	for b := range model.Labels {
		l.beta[n-1][b] = 0
		if model.Follows(model.Label(b), model.Outside) {
			l.beta[n-1][b] = 1
			end += l.alpha[n-1][b]
		}
	}
	logZ += model.Log(end)
	for i := n - 2; i >= 0; i-- {
		total := 0.0
		for a := range model.Labels {
			v := 0.0
			for b := range model.Labels {
				v += float64(transitions[a][b] * l.scores[i+1][b] * l.beta[i+1][b])
			}
			l.beta[i][a] = v
			total += v
		}
		for a := range model.Labels {
			l.beta[i][a] /= total
		}
	}
	return logZ
}

// strength is what pruning goes by: how far a feature tells labels apart.
func strength(w *[model.Labels]float32) float32 {
	return slices.Max(w[:]) - slices.Min(w[:])
}

// prune keeps the strongest features.
func (t *trainer) prune(rows int) {
	if len(t.weights) <= rows {
		return
	}
	var order []int32
	good := make([]bool, len(t.weights))
	for i := range t.weights {
		if good[i] = t.habits[t.hashes[i]]; !good[i] {
			order = append(order, int32(i))
		}
	}
	seen := make([]int32, len(t.weights))
	for _, e := range t.stretches {
		for _, f := range e.features {
			seen[f]++
		}
	}
	value := make([]float32, len(t.weights))
	for i := range value {
		value[i] = strength(&t.weights[i]) * float32(model.Log(1+float64(seen[i])))
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(value[b], value[a]), cmp.Compare(t.hashes[a], t.hashes[b]))
	})
	for _, f := range order[:min(rows, len(order))] {
		good[f] = true
	}
	t.keep(func(f int) bool { return good[f] })
	fmt.Printf("%d features kept\n", len(t.hashes))
}

// compile returns the model in its compiled form.
func (t *trainer) compile() ([]byte, error) {
	var order []int32
	for i, h := range t.hashes {
		if !t.habits[h] {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(t.hashes[a], t.hashes[b]) })
	hashes := make([]uint64, len(order))
	rows := make([][model.Labels]float32, len(order))
	for i, f := range order {
		hashes[i], rows[i] = t.hashes[f], t.weights[f]
	}
	return model.Append(nil, &t.transitions, hashes, rows)
}
