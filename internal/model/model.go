package model

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/reading"
)

// The compiled form, little-endian:
//
//	magic "STPM2\n\x00\x00"
//	uint32 rows, uint32 log2 of slots
//	int8   transitions [Labels][Labels], then padding to a multiple of 8
//	uint64 slots: see slot
//	uint32 CRC-32C of all before
//
// It is used where it lies.
const (
	magic       = "STPM2\n\x00\x00"
	headerSize  = len(magic) + 8
	maxLogSlots = 20
	// MaxRows is the most features that a model can have.
	MaxRows = 1 << maxLogSlots * 4 / 5
)

const transitionSize = (Labels*Labels + 7) &^ 7

// scale is the potential that a step of a weight stands for.
const scale = 1.0 / 24

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

// slot is a slot of the table: the weights of the labels, four bits each; two bits
// for how far these are shifted; ten bits of the feature's hash. A free slot is
// zero. Only differences between the weights of a row matter, so that its least is
// zero.
type slot uint64

const (
	shiftBits = 4 * Labels
	tellBits  = shiftBits + 2
)

// newSlot returns the slot of a feature with the weights of a row, rounded; a free
// one when they are all alike.
func newSlot(hash uint64, row *[Labels]float32) slot {
	least, most := slices.Min(row[:]), slices.Max(row[:])
	shift := 0
	for shift < 3 && float64(most-least) > 15.5*scale*float64(int(1)<<shift) {
		shift++
	}
	var s slot
	for l, w := range row {
		step := scale * float64(int(1)<<shift)
		s |= slot(min(math.RoundToEven(float64(w-least)/step), 15)) << (4 * l)
	}
	if s == 0 {
		return 0
	}
	return s | slot(shift)<<shiftBits | slot(hash>>tellBits)<<tellBits
}

// Append appends the compiled form of a model to dst: potentials of transitions
// and, for each feature, of labels. Features that say nothing are left out.
func Append(dst []byte, transitions *[Labels][Labels]float32, hashes []uint64, rows [][Labels]float32) ([]byte, error) {
	if len(rows) > MaxRows {
		return nil, errors.New("model: more than 838,860 features")
	}
	start := len(dst)
	le := binary.LittleEndian
	logSlots := 4
	for 1<<logSlots < len(rows)*5/4 {
		logSlots++
	}
	slots := make([]slot, 1<<logSlots)
	filled := uint32(0)
	for i, h := range hashes {
		row := newSlot(h, &rows[i])
		if row == 0 {
			continue
		}
		s := h % uint64(len(slots))
		for slots[s] != 0 {
			s = (s + 1) % uint64(len(slots))
		}
		slots[s] = row
		filled++
	}
	dst = append(dst, magic...)
	dst = le.AppendUint32(dst, filled)
	dst = le.AppendUint32(dst, uint32(logSlots))
	for _, row := range transitions {
		for _, w := range row {
			dst = append(dst, byte(int8(min(max(math.RoundToEven(float64(w)/scale), -127), 127))))
		}
	}
	for range transitionSize - Labels*Labels {
		dst = append(dst, 0)
	}
	for _, s := range slots {
		dst = le.AppendUint64(dst, uint64(s))
	}
	return le.AppendUint32(dst, crc32.Checksum(dst[start:], crc32.MakeTable(crc32.Castagnoli))), nil
}

// Parse returns the compiled model in data, which is used in place. It fails on data
// that are not whole.
func Parse(data string) (*Model, error) {
	m, err := open(data)
	if err != nil {
		return nil, err
	}
	filled := uint32(0)
	for i := range m.mask + 1 {
		if m.slot(i) != 0 {
			filled++
		}
	}
	if filled != m.rows { // fewer than slots: every search ends
		return nil, errors.New("model: slots and rows differ")
	}
	return m, nil
}

// open is Parse for data that need no more than a look at their checksum.
func open(data string) (*Model, error) {
	if len(data) < headerSize+transitionSize+4 || data[:len(magic)] != magic {
		return nil, errors.New("model: not a compiled model, or of another version")
	}
	b := bytesOf(data)
	rows, logSlots := binary.LittleEndian.Uint32(b[len(magic):]), binary.LittleEndian.Uint32(b[len(magic)+4:])
	if logSlots > maxLogSlots || rows >= 1<<logSlots {
		return nil, errors.New("model: damaged header")
	}
	if len(b) != headerSize+transitionSize+8<<logSlots+4 {
		return nil, errors.New("model: truncated")
	}
	if !Sum(data) {
		return nil, errors.New("model: checksum does not match: the data are damaged")
	}
	slots := b[headerSize+transitionSize:]
	m := &Model{slots: unsafe.Slice((*[8]byte)(slots), 1<<logSlots), mask: 1<<logSlots - 1, rows: rows}
	for i := range m.exp {
		m.exp[i] = Exp(float64(i-expSize/2) * scale)
	}
	transition := func(a, b Label) float64 {
		return m.exp[expSize/2+int(int8(data[headerSize+int(a)*Labels+int(b)]))]
	}
	for i, b := range openers {
		for j, a := range closers {
			m.across[i][j] = transition(a, b)
		}
	}
	for t := range Type(Types) {
		for i, b := range [...]Label{Inside(t), Last(t)} {
			for j, a := range [...]Label{Begin(t), Inside(t)} {
				m.within[t][i][j] = transition(a, b)
			}
		}
	}
	return m, nil
}

// slot returns the slot where the search for a hash begins.
func (m *Model) slot(hash uint64) slot {
	return slot(binary.LittleEndian.Uint64(m.slots[hash&m.mask][:]))
}

// bytesOf returns the bytes of data, to be read only: it spares a copy of megabytes.
func bytesOf(data string) []byte { return unsafe.Slice(unsafe.StringData(data), len(data)) }

// Sum reports whether the checksum of a compiled model is right.
func Sum(data string) bool {
	if len(data) < 4 {
		return false
	}
	n, b := len(data)-4, bytesOf(data)
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

// weigh adds up the weights of the features of word k of the document.
func (m *Model) weigh(k int32, s *Scratch) sums {
	v := s.window(k)
	a := m.sum(v.appendSingle(s.buf[:0]), &s.slots)
	for g, key := range v.keys() {
		kept := &s.kept[key%keptSums]
		if !kept.is(key) {
			kept.set(key, m.sum(v.appendGroup(s.buf[:0], group(g)), &s.slots))
		}
		a.add((*sums)(kept))
	}
	return a
}

// keptSums is how many sums of groups are kept.
const keptSums = 1 << 12

// keptSum is the sum of a group's weights, with 48 more bits of the hash that it is
// found by in the lanes that no label needs. The zero value is right for the hash 0,
// that of a group without features.
type keptSum sums

func (s *keptSum) is(key uint64) bool {
	return s[1]>>48 == key>>16&0xFFFF && s[2]>>48 == key>>32&0xFFFF && s[3]>>48 == key>>48
}

// set makes s the sum a.
func (s *keptSum) set(key uint64, a sums) {
	s[0] = a[0]
	for k := 1; k < len(a); k++ {
		s[k] = a[k]&(1<<48-1) | key>>(16*k)<<48
	}
}

// sum adds up the weights of features. It goes over them twice: first it looks at
// the slots alone, so that all the memory wanted is under way at once.
func (m *Model) sum(features []uint64, slots *[MaxFeatures]slot) sums {
	features = features[:min(len(features), len(slots))]
	for i, h := range features {
		slots[i] = m.slot(h)
	}
	var a0, a1, a2, a3 slot
	for i, h := range features {
		s := slots[i]
		if s != 0 && s>>tellBits != slot(h>>tellBits) {
			s = m.next(h)
		}
		shift := s >> shiftBits & 3
		a0 += s & fourths << shift
		a1 += s >> 4 & fourths << shift
		a2 += s >> 8 & fourths << shift
		a3 += s >> 12 & fourths << shift
	}
	return sums{uint64(a0), uint64(a1), uint64(a2), uint64(a3)}
}

// next returns the slot of a feature that is not in the first one of its search, a free
// one when it has none.
func (m *Model) next(hash uint64) slot {
	for at := hash + 1; ; at++ {
		if s := m.slot(at); s == 0 || s>>tellBits == slot(hash>>tellBits) {
			return s
		}
	}
}

// sums adds up rows: label l is in lane l/4 of word l%4. Lanes have 16 bits, which
// MaxFeatures rows cannot overflow. Of the last lanes only that of word 0 means
// anything.
type sums [4]uint64

const fourths = 0x000F000F000F000F

// add adds the rows that b has added up.
func (a *sums) add(b *sums) {
	for k := range a {
		a[k] += b[k]
	}
}

// of returns the sum of the weights of label l, in steps of scale.
func (a *sums) of(l int) int { return int(a[l%4] >> (l / 4 * 16) & 0xFFFF) }

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
