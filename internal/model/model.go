package model

import "github.com/steppe-ner/steppe/internal/reading"

// Model is a trained model. It is immutable and safe for concurrent use.
type Model struct {
	slots  [][8]byte // a power of two of them
	mask   uint64
	rows   uint32
	across [ends][ends]float64  // exp of the potential, to each of openers from each of closers
	within [Types][2][2]float64 // to inside and last from begin and inside
	exp    [expSize]float64
}

// outsideShare is what is left of the potential of being in no name. Less than one
// trades precision for recall: F1 is best below even odds (Lipton, Elkan and
// Naryanaswamy, 2014, https://arxiv.org/abs/1402.1892). Chosen on the development
// sets.
const outsideShare = 0.65

// expSize is the size of the table of exponentials: a sum of weights is clipped
// to half of it on either side.
const expSize = 1 << 13

// Name is a name that the model has found: words First to Last-1 of the document.
type Name struct {
	First, Last int32
	Type        Type
	Probability float64 // that span and type are right, an estimate
}

// Scratch is what one goroutine needs to decode.
type Scratch struct {
	Extractor
	stretches   []Stretch
	potentials  [][Labels]float64
	alpha, beta [][Labels]float64
	back        [][Labels]Label
	labels      []Label
	marginals   [][Labels]float32 // of the words in stretches; the first is that of all others
	at          []int32           // by word of the document: its place in marginals
	buf         [MaxFeatures]uint64
	slots       [MaxFeatures]slot // of buf
	model       *Model            // of kept
	kept        []keptSum
}

// Append appends the likeliest names of a document, in order.
func (m *Model) Append(dst []Name, d *reading.Document, s *Scratch) []Name {
	s.stretches = AppendStretches(s.stretches[:0], d)
	s.Start(d, s.stretches)
	if s.model != m {
		s.model, s.kept = m, make([]keptSum, keptSums)
	}
	s.marginals = append(s.marginals[:0], [Labels]float32{1})
	s.at = append(s.at[:0], make([]int32, len(d.Words))...)
	for _, stretch := range s.stretches {
		m.score(stretch, s)
		if len(s.potentials) == 1 {
			s.single(stretch.First)
		} else {
			s.viterbi(m)
			s.sums(m)
			s.mark(stretch.First)
		}
		for i := 0; i < len(s.labels); i++ {
			l := s.labels[i]
			if l == Outside {
				continue
			}
			j := i
			for !s.labels[j].closes() {
				j++
			}
			t := Type((l - 1) / 4)
			first, last := stretch.First+int32(i), stretch.First+int32(j)+1
			dst = append(dst, Name{first, last, t, s.Probability(first, last, t)})
			i = j
		}
	}
	return dst
}

// score computes the potentials of a stretch.
func (m *Model) score(stretch Stretch, s *Scratch) {
	s.prepare(stretch)
	s.potentials = s.potentials[:0]
	for k := stretch.First; k < stretch.Last; k++ {
		a := m.weigh(k, s)
		var p [Labels]float64
		for l := range p {
			p[l] = m.exp[min(max(a.of(l)-a.of(int(Outside))+expSize/2, 0), expSize-1)]
		}
		p[Outside] *= outsideShare
		s.potentials = append(s.potentials, p)
	}
}

// Probability returns how probable it is that the words first to last-1 of the
// document last read by Append are one name of type t. For several words it is
// the least of the words' marginals, an upper bound.
func (s *Scratch) Probability(first, last int32, t Type) float64 {
	if last-first == 1 {
		return float64(s.marginals[s.at[first]][Unit(t)])
	}
	p := min(s.marginals[s.at[first]][Begin(t)], s.marginals[s.at[last-1]][Last(t)])
	for k := first + 1; k < last-1; k++ {
		p = min(p, s.marginals[s.at[k]][Inside(t)])
	}
	return float64(p)
}

// Outside returns how probable it is that none of the words first to last-1 is
// in a name: the least of the words' marginals.
func (s *Scratch) Outside(first, last int32) float64 {
	p := float32(1)
	for k := first; k < last; k++ {
		p = min(p, s.marginals[s.at[k]][Outside])
	}
	return float64(p)
}
