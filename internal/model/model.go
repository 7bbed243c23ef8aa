package model

import "github.com/steppe-ner/steppe/internal/reading"

// Model is a trained model. It is immutable and safe for concurrent use.
type Model struct {
	slots  [][8]byte
	rows   uint32
	across [ends][ends]float64  // exp of the potential, to each of openers from each of closers
	within [Types][2][2]float64 // to inside and last from begin and inside
	exp    [expSize]float64
}

// expSize is the size of the table of exponentials: a sum of weights is clipped
// to half of it on either side.
const expSize = 1 << 13

// Name is a name that the model has found: words First to Last-1 of the document.
type Name struct {
	First, Last int32
	Type        Type
	Probability float64 // that span and type are right
}

// Scratch is what one goroutine needs to decode.
type Scratch struct {
	Extractor
	stretches   []Stretch
	potentials  [][Labels]float64
	alpha, beta [][Labels]float64 // of the words in stretches: their sums, by place
	steps       [][Types][2]step  // from the word before
	total       []float64         // one over the sum of alpha times beta
	at          []int32           // by word of the document: its place, -1 for none
	buf         [MaxFeatures]uint64
	slots       [MaxFeatures]slot // of buf
	model       *Model            // of kept
	kept        []keptSum
}

// Append appends every name that the words of a document are with a probability of at
// least least: by stretch, first word, type, then last word. Names may overlap but for a
// least of one half or more. The probabilities that Scratch has are good until the next
// call.
func (m *Model) Append(dst []Name, d *reading.Document, s *Scratch, least float64) []Name {
	s.stretches = AppendStretches(s.stretches[:0], d)
	s.Start(d, s.stretches)
	if s.model != m {
		s.model, s.kept = m, make([]keptSum, keptSums)
	}
	s.at = s.at[:0]
	for range d.Words {
		s.at = append(s.at, -1)
	}
	from := int32(0)
	for _, stretch := range s.stretches {
		m.score(stretch, s)
		if len(s.potentials) == 1 {
			s.single(int(from))
		} else {
			s.sums(m, int(from))
		}
		for k := stretch.First; k < stretch.Last; k++ {
			s.at[k] = from + k - stretch.First
		}
		dst = s.appendNames(dst, stretch, from, least)
		from += stretch.Last - stretch.First
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
		s.potentials = append(s.potentials, p)
	}
}
