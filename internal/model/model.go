package model

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/reading"
)

// The compiled form, little-endian:
//
//	magic "STPM1\n\x00\x00"
//	uint32 rows, uint32 log2 of slots, float32 scale
//	int8   transitions [Labels][Labels], then padding to a multiple of 4
//	uint32 slots: 14 bits of the feature's hash, 18 bits of row number plus one
//	uint8  rows [rows][Labels], each weight plus 128
//	uint32 CRC-32C of all before
const (
	magic      = "STPM1\n\x00\x00"
	headerSize = len(magic) + 12
	rowBits    = 18
	// MaxRows is the most features that a model can have.
	MaxRows = 1<<rowBits - 1
)

const transitionSize = (Labels*Labels + 3) &^ 3

// Model is a trained model. It is immutable and safe for concurrent use.
type Model struct {
	slots       []slot // see slot; a power of two of them
	mask        uint64
	transitions [Labels][Labels]float64 // exp of the potential, 0 where forbidden
	exp         [expSize]float64
}

// outsideShare is what is left of the potential of being in no name. Less than one
// trades precision for recall: F1 is best below even odds (Lipton, Elkan and
// Naryanaswamy, 2014, https://arxiv.org/abs/1402.1892). Chosen on the development
// sets.
const outsideShare = 0.65

// expSize is the size of the table of exponentials: a sum of weights is clipped
// to half of it on either side.
const expSize = 1 << 13

// Append appends the compiled form of a model to dst. Features lead to rows in
// steps of scale.
func Append(dst []byte, transitions *[Labels][Labels]int8, hashes []uint64, rows [][Labels]int8, scale float32) ([]byte, error) {
	if len(rows) > MaxRows {
		return nil, errors.New("model: more than 262,143 features")
	}
	start := len(dst)
	le := binary.LittleEndian
	logSlots := 4
	for 1<<logSlots < len(rows)*5/4 {
		logSlots++
	}
	dst = append(dst, magic...)
	dst = le.AppendUint32(dst, uint32(len(rows)))
	dst = le.AppendUint32(dst, uint32(logSlots))
	dst = le.AppendUint32(dst, math.Float32bits(scale))
	for _, row := range transitions {
		for _, w := range row {
			dst = append(dst, byte(w))
		}
	}
	for range transitionSize - Labels*Labels {
		dst = append(dst, 0)
	}
	slots := make([]uint32, 1<<logSlots)
	for i, h := range hashes {
		s := h & uint64(len(slots)-1)
		for slots[s] != 0 {
			s = (s + 1) & uint64(len(slots)-1)
		}
		slots[s] = uint32(h>>50)<<rowBits | uint32(i+1)
	}
	for _, s := range slots {
		dst = le.AppendUint32(dst, s)
	}
	for _, row := range rows {
		for _, w := range row {
			dst = append(dst, byte(int(w)+128))
		}
	}
	return le.AppendUint32(dst, crc32.Checksum(dst[start:], crc32.MakeTable(crc32.Castagnoli))), nil
}

// Parse reads a compiled model. It fails on data that are not whole.
func Parse(data string) (*Model, error) {
	if len(data) < headerSize+transitionSize+4 || data[:len(magic)] != magic {
		return nil, errors.New("model: not a compiled model, or of another version")
	}
	u32 := func(i int) uint32 {
		return uint32(data[i]) | uint32(data[i+1])<<8 | uint32(data[i+2])<<16 | uint32(data[i+3])<<24
	}
	rows, logSlots := u32(len(magic)), u32(len(magic)+4)
	scale := math.Float32frombits(u32(len(magic) + 8))
	if logSlots > 20 || rows > MaxRows || uint64(rows) >= 1<<logSlots || !(scale > 0 && scale < 10) {
		return nil, errors.New("model: damaged header")
	}
	slots := headerSize + transitionSize
	first := slots + 4<<logSlots
	end := first + int(rows)*Labels
	if len(data) != end+4 {
		return nil, errors.New("model: truncated")
	}
	if !Sum(data) {
		return nil, errors.New("model: checksum does not match: the data are damaged")
	}
	m := &Model{slots: make([]slot, 1<<logSlots), mask: 1<<logSlots - 1}
	filled := uint32(0)
	for i := range m.slots {
		if s := u32(slots + 4*i); s != 0 {
			row := s&MaxRows - 1
			if row >= rows {
				return nil, errors.New("model: a slot leads nowhere")
			}
			m.slots[i] = newSlot(data[first+int(row)*Labels:][:Labels], s>>rowBits)
			filled++
		}
	}
	if filled != rows {
		return nil, errors.New("model: slots and rows differ")
	}
	for i := range m.exp {
		m.exp[i] = Exp(float64(i-expSize/2) * float64(scale))
	}
	for a := range Labels {
		for b := range Labels {
			if Follows(Label(a), Label(b)) {
				m.transitions[a][b] = m.exp[expSize/2+int(int8(data[headerSize+a*Labels+b]))]
			}
		}
	}
	return m, nil
}

// Sum reports whether the checksum of a compiled model is right.
func Sum(data string) bool {
	if len(data) < 4 {
		return false
	}
	n := len(data) - 4
	b := unsafe.Slice(unsafe.StringData(data), len(data)) // read only, to spare a copy of megabytes
	return crc32.Checksum(b[:n], crc32.MakeTable(crc32.Castagnoli)) == binary.LittleEndian.Uint32(b[n:])
}

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
	marginals   [][Labels]float32 // by word of the document
	buf         [MaxFeatures]uint64
	slots       [MaxFeatures]slot // of buf
}

// Append appends the likeliest names of a document, in order.
func (m *Model) Append(dst []Name, d *reading.Document, s *Scratch) []Name {
	s.Start(d)
	s.marginals = s.marginals[:0]
	for range d.Words {
		s.marginals = append(s.marginals, [Labels]float32{1})
	}
	s.stretches = AppendStretches(s.stretches[:0], d)
	for _, stretch := range s.stretches {
		m.score(stretch, s)
		s.viterbi(m)
		s.sums(m)
		s.mark(stretch.First)
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
	s.sentence(stretch.Sentence)
	s.potentials = s.potentials[:0]
	for k := stretch.First; k < stretch.Last; k++ {
		a := m.sum(s.features(s.buf[:0], int(k-s.s.First)), &s.slots)
		var p [Labels]float64
		for l, v := range a.labels() {
			p[l] = m.exp[min(max(v+expSize/2, 0), expSize-1)]
		}
		p[Outside] *= outsideShare
		s.potentials = append(s.potentials, p)
	}
}

// slot is a slot of the table with its row: one fetch from memory gives both. It
// holds the weights of the labels a byte each, then what tell returns; a free slot
// is zero.
type slot struct{ low, high uint64 }

const tellShift = 64 - 8*(16-Labels) // of the high half

// tell returns what the slot of a feature has besides weights, never 0.
func tell(fingerprint uint64) uint64 { return fingerprint<<1 | 1 }

// newSlot returns the slot of a feature with the weights of a row.
func newSlot(row string, fingerprint uint32) slot {
	const over = 16 - Labels // bytes that the two halves of a row share
	return slot{u64(row), u64(row[Labels-8:])>>(8*over) | tell(uint64(fingerprint))<<tellShift}
}

func u64(s string) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// sum adds up the weights of features. It goes over them twice: first it looks at
// the slots alone, so that all the memory wanted is under way at once.
func (m *Model) sum(features []uint64, slots *[MaxFeatures]slot) (a sums) {
	for i, h := range features {
		slots[i] = m.slots[h&m.mask]
	}
	for i, h := range features {
		s, want := slots[i], tell(h>>50)
		for at := h; s.high != 0; s = m.slots[at&m.mask] {
			if s.high>>tellShift == want {
				a.lanes[0] += s.low & evenBytes
				a.lanes[1] += s.low >> 8 & evenBytes
				a.lanes[2] += s.high & evenBytes
				a.lanes[3] += s.high >> 8 & evenBytes
				a.rows++
				break
			}
			at++
		}
	}
	return a
}

// sums adds up rows, four weights a word: the even and the odd bytes of the two
// halves of slots, in lanes of 16 bits that MaxFeatures rows cannot overflow.
type sums struct {
	lanes [4]uint64
	rows  int32
}

const evenBytes = 0x00FF00FF00FF00FF

// labels returns the sum of each label's weights.
func (a *sums) labels() (sum [Labels]int32) {
	for l := range sum {
		sum[l] = int32(a.lanes[l/8*2+l&1]>>(l%8/2*16)&0xFFFF) - 128*a.rows
	}
	return sum
}

// resize makes room for n words.
func (s *Scratch) resize(n int) {
	for len(s.alpha) < n {
		s.alpha = append(s.alpha, [Labels]float64{})
		s.beta = append(s.beta, [Labels]float64{})
		s.back = append(s.back, [Labels]Label{})
	}
}

// viterbi sets s.labels to the likeliest labels. Ties go to the lower label.
func (s *Scratch) viterbi(m *Model) {
	n := len(s.potentials)
	s.resize(n)
	for b := range Labels {
		s.alpha[0][b] = 0
		if Label(b).opens() {
			s.alpha[0][b] = s.potentials[0][b]
		}
	}
	for i := 1; i < n; i++ {
		top := 0.0
		for b := range Labels {
			best, from := 0.0, Label(0)
			for _, a := range before[b] {
				if v := s.alpha[i-1][a] * m.transitions[a][b]; v > best {
					best, from = v, a
				}
			}
			best *= s.potentials[i][b]
			s.alpha[i][b], s.back[i][b] = best, from
			top = max(top, best)
		}
		for b := range Labels {
			s.alpha[i][b] /= top
		}
	}
	best := Outside
	for l := range Labels {
		if Label(l).closes() && s.alpha[n-1][l] > s.alpha[n-1][best] {
			best = Label(l)
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

// sums computes the forward and backward sums, each word's forward sums scaled to
// add up to one.
func (s *Scratch) sums(m *Model) {
	n := len(s.potentials)
	for i := range n {
		total := 0.0
		for b := range Labels {
			v := 0.0
			switch {
			case i > 0:
				for _, a := range before[b] {
					v += float64(s.alpha[i-1][a] * m.transitions[a][b])
				}
			case Label(b).opens():
				v = 1
			}
			s.alpha[i][b] = v * s.potentials[i][b]
			total += s.alpha[i][b]
		}
		for b := range Labels {
			s.alpha[i][b] /= total
		}
	}
	for l := range Labels {
		s.beta[n-1][l] = 0
		if Label(l).closes() {
			s.beta[n-1][l] = 1
		}
	}
	for i := n - 2; i >= 0; i-- {
		total := 0.0
		for a := range Labels {
			v := 0.0
			for _, b := range after[a] {
				v += float64(m.transitions[a][b] * s.potentials[i+1][b] * s.beta[i+1][b])
			}
			s.beta[i][a] = v
			total += v
		}
		for a := range Labels {
			s.beta[i][a] /= total
		}
	}
}

// mark notes the marginal probability of each label for the words of a stretch.
func (s *Scratch) mark(first int32) {
	for i := range s.potentials {
		total := 0.0
		for b := range Labels {
			total += float64(s.alpha[i][b] * s.beta[i][b])
		}
		for b := range Labels {
			s.marginals[int(first)+i][b] = float32(s.alpha[i][b] * s.beta[i][b] / total)
		}
	}
}

// Probability returns how probable it is that the words first to last-1 of the
// document last read by Append are one name of type t. For several words it is
// the least of the words' marginals, an upper bound.
func (s *Scratch) Probability(first, last int32, t Type) float64 {
	if last-first == 1 {
		return float64(s.marginals[first][Unit(t)])
	}
	p := min(s.marginals[first][Begin(t)], s.marginals[last-1][Last(t)])
	for k := first + 1; k < last-1; k++ {
		p = min(p, s.marginals[k][Inside(t)])
	}
	return float64(p)
}

// Outside returns how probable it is that none of the words first to last-1 is
// in a name: the least of the words' marginals.
func (s *Scratch) Outside(first, last int32) float64 {
	p := float32(1)
	for k := first; k < last; k++ {
		p = min(p, s.marginals[k][Outside])
	}
	return float64(p)
}
