package model

// resize makes room for n words.
func (s *Scratch) resize(n int) {
	for len(s.alpha) < n {
		s.alpha = append(s.alpha, [Labels]float64{})
		s.beta = append(s.beta, [Labels]float64{})
		s.steps = append(s.steps, [Types][2]step{})
		s.total = append(s.total, 0)
	}
}

// step is how much likelier the words so far become when a name goes on from its first
// word, or from one within it, to a word: what the forward sums are multiplied by.
type step struct{ fromBegin, fromInside float64 }

// The labels that a step goes to.
const (
	toInside = iota
	toLast
)

// sums computes the forward and backward sums of a stretch whose first word has place
// from, each word's scaled to add up to one (Rabiner, 1989, section V.A), and what
// spanProbability needs of them.
func (s *Scratch) sums(m *Model, from int) {
	n := len(s.potentials)
	s.resize(from + n)
	alpha, beta, steps, total := s.alpha[from:from+n], s.beta[from:from+n], s.steps[from:from+n], s.total[from:from+n]
	alpha[0] = [Labels]float64{}
	for _, b := range openers {
		alpha[0][b] = s.potentials[0][b]
	}
	scaled(&alpha[0])
	steps[0] = [Types][2]step{} // no name goes on from the stretch before
	for i := 1; i < n; i++ {
		last, next, potential := &alpha[i-1], &alpha[i], &s.potentials[i]
		for j, b := range openers {
			v := 0.0
			for k, a := range closers {
				v += float64(last[a] * m.across[j][k])
			}
			next[b] = v * potential[b]
		}
		for t := range Type(Types) {
			for j, b := range [...]Label{Inside(t), Last(t)} {
				w := &m.within[t][j]
				steps[i][t][j] = step{w[0] * potential[b], w[1] * potential[b]}
				next[b] = float64(last[Begin(t)]*steps[i][t][j].fromBegin) + float64(last[Inside(t)]*steps[i][t][j].fromInside)
			}
		}
		scale := 1 / scaled(next)
		for t := range steps[i] {
			for j := range steps[i][t] {
				steps[i][t][j].fromBegin *= scale
				steps[i][t][j].fromInside *= scale
			}
		}
	}
	beta[n-1] = [Labels]float64{}
	for _, l := range closers {
		beta[n-1][l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		last, next, potential := &beta[i], &beta[i+1], &s.potentials[i+1]
		var p [Labels]float64
		for b := range p {
			p[b] = potential[b] * next[b]
		}
		*last = [Labels]float64{}
		for k, a := range closers {
			for j, b := range openers {
				last[a] += float64(m.across[j][k] * p[b])
			}
		}
		for t := range Type(Types) {
			for k, a := range [...]Label{Begin(t), Inside(t)} {
				last[a] = float64(m.within[t][0][k]*p[Inside(t)]) + float64(m.within[t][1][k]*p[Last(t)])
			}
		}
		scaled(last)
	}
	for i := range n {
		sum := 0.0
		for l := range Labels {
			sum += float64(alpha[i][l] * beta[i][l])
		}
		total[i] = 1 / sum
	}
}

// single is sums for a stretch of one word.
func (s *Scratch) single(at int) {
	s.resize(at + 1)
	s.steps[at] = [Types][2]step{}
	alpha := &s.alpha[at]
	*alpha = [Labels]float64{}
	for _, l := range [...]Label{Outside, Unit(Person), Unit(Location), Unit(Organisation)} {
		alpha[l] = s.potentials[0][l]
	}
	scaled(alpha)
	for l := range s.beta[at] {
		s.beta[at][l] = 1
	}
	s.total[at] = 1
}

// scaled scales v to add up to one, and returns what it added up to.
func scaled(v *[Labels]float64) float64 {
	total := 0.0
	for _, x := range v {
		total += x
	}
	for b := range v {
		v[b] /= total
	}
	return total
}

// marginal returns the probability that the word at a place has label l.
func (s *Scratch) marginal(at int32, l Label) float64 {
	return s.alpha[at][l] * s.beta[at][l] * s.total[at]
}

// Read reports whether word k of the document is in a stretch: the model has looked at it.
func (s *Scratch) Read(k int32) bool { return s.at[k] >= 0 }

// Probability returns the probability that the words first to last-1 of the document last
// read are one name of type t: the sum over all paths of labels that have it.
func (s *Scratch) Probability(first, last int32, t Type) float64 {
	from, to := s.at[first], s.at[last-1]
	if from < 0 || to < 0 || to-from != last-1-first {
		return 0 // outside all stretches, or in two
	}
	if from == to {
		return s.marginal(from, Unit(t))
	}
	p := s.alpha[from][Begin(t)]
	begun := true
	for i := from + 1; i < to; i++ {
		p *= s.steps[i][t][toInside].from(begun)
		begun = false
	}
	return p * s.steps[to][t][toLast].from(begun) * s.beta[to][Last(t)] * s.total[to]
}

func (s step) from(begun bool) float64 {
	if begun {
		return s.fromBegin
	}
	return s.fromInside
}

// Outside returns how probable it is that none of the words first to last-1 is
// in a name: the least of the words' marginals, an upper bound.
func (s *Scratch) Outside(first, last int32) float64 {
	p := 1.0
	for k := first; k < last; k++ {
		if at := s.at[k]; at >= 0 {
			p = min(p, s.marginal(at, Outside))
		}
	}
	return p
}

// appendNames appends the names of a stretch, whose first word has place from, that have
// at least a probability. Where a name goes on, the probability of its being under way
// bounds that of all that end later.
func (s *Scratch) appendNames(dst []Name, stretch Stretch, from int32, least float64) []Name {
	n := stretch.Last - stretch.First
	for i := range n {
		for t := range Type(Types) {
			at := from + i
			if p := s.marginal(at, Unit(t)); p >= least {
				dst = append(dst, Name{stretch.First + i, stretch.First + i + 1, t, p})
			}
			if i+1 == n || s.marginal(at, Begin(t)) < least {
				continue
			}
			p := s.alpha[at][Begin(t)]
			begun := true
			for j := i + 1; j < n; j++ {
				to := from + j
				if q := p * s.steps[to][t][toLast].from(begun) * s.beta[to][Last(t)] * s.total[to]; q >= least {
					dst = append(dst, Name{stretch.First + i, stretch.First + j + 1, t, q})
				}
				p *= s.steps[to][t][toInside].from(begun)
				begun = false
				if p*s.beta[to][Inside(t)]*s.total[to] < least {
					break
				}
			}
		}
	}
	return dst
}
