package model

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/hashing"
)

// The compiled form, little-endian:
//
//	magic "STPM3\n\x00\x00"
//	uint32 rows, uint32 slots
//	int8   transitions [Labels][Labels], then padding to a multiple of 8
//	uint64 slots: see slot
//	uint32 CRC-32C of all before
//
// It is used where it lies. A slot is searched for from where the feature's hash says,
// upwards, and those on the way have more in their bits of the hash (Amble and Knuth,
// 1974, https://doi.org/10.1093/comjnl/17.2.135): a search for a feature that is not
// there, as half of them are, ends where it would be.
const (
	magic      = "STPM3\n\x00\x00"
	headerSize = len(magic) + 8
	maxSlots   = 1 << 20
	// MaxRows is the most features that a model can have.
	MaxRows = maxSlots * 4 / 5
)

const transitionSize = (Labels*Labels + 7) &^ 7

// scale is the potential that a step of a weight stands for.
const scale = 1.0 / 24

// slot is a slot of the table: the weights of the labels, four bits each; two bits
// for how far these are shifted; ten bits of the feature's hash, never zero. A free slot
// is zero. Only differences between the weights of a row matter, so that its least is
// zero.
type slot uint64

const (
	shiftBits = 4 * Labels
	tellBits  = shiftBits + 2
)

// tell returns the bits of a hash that a slot keeps.
func tell(hash uint64) slot { return slot(hashing.Tell(hash, 64-tellBits)) }

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
	return s | slot(shift)<<shiftBits | tell(hash)<<tellBits
}

// Append appends the compiled form of a model to dst: potentials of transitions
// and, for each feature, of labels. Features that say nothing are left out.
func Append(dst []byte, transitions *[Labels][Labels]float32, hashes []uint64, rows [][Labels]float32) ([]byte, error) {
	if len(rows) > MaxRows {
		return nil, errors.New("model: more than 838,860 features")
	}
	start := len(dst)
	le := binary.LittleEndian
	var kept []uint64 // the hashes of the features that say something
	var filled []slot
	for i, h := range hashes {
		if s := newSlot(h, &rows[i]); s != 0 {
			kept, filled = append(kept, h), append(filled, s)
		}
	}
	slots := make([]slot, len(kept)*5/4+1)
	for at, i := range hashing.Ordered(kept, len(slots), 64-tellBits) {
		if i != 0 {
			slots[at] = filled[i-1]
		}
	}
	dst = append(dst, magic...)
	dst = le.AppendUint32(dst, uint32(len(kept)))
	dst = le.AppendUint32(dst, uint32(len(slots)))
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
	return le.AppendUint32(dst, hashing.Sum(dst[start:])), nil
}

// Parse returns the compiled model in data, which is used in place. It fails on data
// that are not whole.
func Parse(data string) (*Model, error) {
	m, err := open(data)
	if err != nil {
		return nil, err
	}
	filled := uint32(0)
	for i := range m.slots {
		if m.at(i) != 0 {
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
	rows, slots := binary.LittleEndian.Uint32(b[len(magic):]), binary.LittleEndian.Uint32(b[len(magic)+4:])
	if slots > maxSlots || rows >= slots {
		return nil, errors.New("model: damaged header")
	}
	if len(b) != headerSize+transitionSize+8*int(slots)+4 {
		return nil, errors.New("model: truncated")
	}
	if !sumsUp(data) {
		return nil, errors.New("model: checksum does not match: the data are damaged")
	}
	m := &Model{slots: unsafe.Slice((*[8]byte)(b[headerSize+transitionSize:]), slots), rows: rows}
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

// at returns slot i.
func (m *Model) at(i int) slot { return slot(binary.LittleEndian.Uint64(m.slots[i][:])) }

// bytesOf returns the bytes of data, to be read only: it spares a copy of megabytes.
func bytesOf(data string) []byte { return unsafe.Slice(unsafe.StringData(data), len(data)) }

// sumsUp reports whether the checksum of a compiled model is right.
func sumsUp(data string) bool {
	if len(data) < 4 {
		return false
	}
	n, b := len(data)-4, bytesOf(data)
	return hashing.Sum(b[:n]) == binary.LittleEndian.Uint32(b[n:])
}
