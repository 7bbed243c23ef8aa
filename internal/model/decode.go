package model

// resize makes room for n words.
func (s *Scratch) resize(n int) {
	for len(s.alpha) < n {
		s.alpha = append(s.alpha, [Labels]float64{})
		s.beta = append(s.beta, [Labels]float64{})
		s.back = append(s.back, [Labels]Label{})
	}
}

// single does for a stretch of one word what viterbi, sums and mark do, in the same
// order.
func (s *Scratch) single(word int32) {
	potential := &s.potentials[0]
	scale := 0.0
	for _, b := range openers {
		scale += potential[b]
	}
	alone := [...]Label{Outside, Unit(Person), Unit(Location), Unit(Organisation)}
	var alpha [len(alone)]float64
	best, total := 0, 0.0
	for i, l := range alone {
		alpha[i] = potential[l] / scale
		total += alpha[i]
		if potential[l] > potential[alone[best]] {
			best = i
		}
	}
	var p [Labels]float32
	for i, l := range alone {
		p[l] = float32(alpha[i] / total)
	}
	s.labels = append(s.labels[:0], alone[best])
	s.at[word] = int32(len(s.marginals))
	s.marginals = append(s.marginals, p)
}

// viterbi sets s.labels to the likeliest labels. Ties go to the lower label.
func (s *Scratch) viterbi(m *Model) {
	n := len(s.potentials)
	s.resize(n)
	s.alpha[0] = [Labels]float64{}
	for _, b := range openers {
		s.alpha[0][b] = s.potentials[0][b]
	}
	for i := 1; i < n; i++ {
		last, next, potential, back := &s.alpha[i-1], &s.alpha[i], &s.potentials[i], &s.back[i]
		for j, b := range openers {
			best, from := 0.0, Label(0)
			for k, a := range closers {
				if v := last[a] * m.across[j][k]; v > best {
					best, from = v, a
				}
			}
			next[b], back[b] = best*potential[b], from
		}
		for t := range Type(Types) {
			for j, b := range [...]Label{Inside(t), Last(t)} {
				best, from := 0.0, Label(0)
				for k, a := range [...]Label{Begin(t), Inside(t)} {
					if v := last[a] * m.within[t][j][k]; v > best {
						best, from = v, a
					}
				}
				next[b], back[b] = best*potential[b], from
			}
		}
		top := 0.0
		for _, v := range next {
			top = max(top, v)
		}
		for b := range next {
			next[b] /= top
		}
	}
	best := Outside
	for _, l := range closers {
		if s.alpha[n-1][l] > s.alpha[n-1][best] {
			best = l
		}
	}
	s.labels = s.labels[:0]
	for range n {
		s.labels = append(s.labels, Outside)
	}
	for i := n - 1; i >= 0; i-- {
		s.labels[i] = best
		best = s.back[i][best]
	}
}

// sums computes the forward and backward sums, each word's scaled to add up to one.
func (s *Scratch) sums(m *Model) {
	n := len(s.potentials)
	s.alpha[0] = [Labels]float64{}
	for _, b := range openers {
		s.alpha[0][b] = s.potentials[0][b]
	}
	scaled(&s.alpha[0])
	for i := 1; i < n; i++ {
		last, next, potential := &s.alpha[i-1], &s.alpha[i], &s.potentials[i]
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
				next[b] = (float64(last[Begin(t)]*w[0]) + float64(last[Inside(t)]*w[1])) * potential[b]
			}
		}
		scaled(next)
	}
	s.beta[n-1] = [Labels]float64{}
	for _, l := range closers {
		s.beta[n-1][l] = 1
	}
	for i := n - 2; i >= 0; i-- {
		last, next, potential := &s.beta[i], &s.beta[i+1], &s.potentials[i+1]
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
}

// scaled scales v to add up to one.
func scaled(v *[Labels]float64) {
	total := 0.0
	for _, x := range v {
		total += x
	}
	for b := range v {
		v[b] /= total
	}
}

// mark notes the marginal probability of each label for the words of a stretch.
func (s *Scratch) mark(first int32) {
	for i := range s.potentials {
		total := 0.0
		for b := range Labels {
			total += float64(s.alpha[i][b] * s.beta[i][b])
		}
		var p [Labels]float32
		for b := range Labels {
			p[b] = float32(s.alpha[i][b] * s.beta[i][b] / total)
		}
		s.at[int(first)+i] = int32(len(s.marginals))
		s.marginals = append(s.marginals, p)
	}
}
