package perceptron

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/hashing"
)

// Templates of features, in the order of prose's featurize. The numbers are part
// of the file format.
const (
	bias = iota
	suffix
	prefix
	tag1
	tag2
	tags12
	word0
	tag1word0
	word1
	suffix1
	word2
	next1
	nextSuffix1
	next2
	templates
)

// Prefixes are how prose's features begin, by template.
var Prefixes = [templates]string{"bias", "i suffix", "i pref1", "i-1 tag", "i-2 tag", "i tag+i-2 tag", "i word", "i-1 tag+i word",
	"i-1 word", "i-1 suffix", "i-2 word", "i+1 word", "i+1 suffix", "i+2 word"}

// The file, all numbers little-endian:
//
//	magic     "steppe prose pos"  16 bytes
//	version   uint32              2
//	checksum  uint32              CRC-32C of all that follows
//	features  uint32              number of feature slots
//	words     uint32              logarithm of the number of one-tag word slots
//	rows      uint32              length of the rows in bytes
//	slots     4 bytes each        12 bits of the hash, 20 of where the row begins plus one
//	words     8 bytes each        fingerprint, class plus one, flags
//	rows                          count, 2 bytes of the hash, then 3 bytes a weight: 6 bits class,
//	                              18 bits thousandths; those with the most weights first, as these
//	                              are asked for most
//
// Versions, all of November 2026: 2 has slots of half the size.
const (
	Magic       = "steppe prose pos"
	Version     = 2
	HeaderBytes = len(Magic) + 5*4
	// RowHeader is how many bytes of a row stand before its weights.
	RowHeader = 3
	// MaxRows is the most bytes that rows can have.
	MaxRows = 1<<20 - 1
	// MaxWeight is the greatest weight either way, in thousandths: with one for each
	// template sums stay within sumBits.
	MaxWeight = offset/templates - 1
)

// Emoticon flags a one-tag word that precedes prose's other rules.
const Emoticon = 1

// Parse returns the model in data, which is used in place. It fails when data
// are not whole or an index in them is out of range.
func Parse(data string) (*Tagger, error) {
	t, err := open(data)
	if err != nil {
		return nil, err
	}
	return t, t.check()
}

// open verifies the checksum and the lengths.
func open(data string) (*Tagger, error) {
	if len(data) < HeaderBytes || data[:len(Magic)] != Magic {
		return nil, errors.New("perceptron: not a file of weights")
	}
	b := hashing.Bytes(data) // to spare a copy of megabytes
	le := binary.LittleEndian
	if v := le.Uint32(b[len(Magic):]); v != Version {
		return nil, fmt.Errorf("perceptron: version %d, want %d", v, Version)
	}
	if hashing.Sum(b[len(Magic)+8:]) != le.Uint32(b[len(Magic)+4:]) {
		return nil, errors.New("perceptron: checksum does not match: the data are damaged")
	}
	features, words, rows := le.Uint32(b[len(Magic)+8:]), le.Uint32(b[len(Magic)+12:]), le.Uint32(b[len(Magic)+16:])
	if words > 24 || features == 0 || rows > MaxRows || uint64(HeaderBytes)+4*uint64(features)+8<<words+uint64(rows) != uint64(len(data)) {
		return nil, errors.New("perceptron: lengths do not add up")
	}
	b = b[HeaderBytes:]
	slots := unsafe.Slice((*[4]byte)(b), features)
	b = b[4*features:]
	return &Tagger{slots: slots, words: b[:8<<words], rows: b[8<<words:], slotCount: int(features), wordShift: uint(words)}, nil
}

// check verifies that every probe ends and every row lies inside.
func (t *Tagger) check() error {
	free := 0
	for _, slot := range t.slots {
		v := int(binary.LittleEndian.Uint32(slot[:]) >> 12)
		if v == 0 {
			free++
			continue
		}
		v--
		if v+RowHeader > len(t.rows) || v+RowHeader+3*int(t.rows[v]) > len(t.rows) {
			return errors.New("perceptron: a row out of range")
		}
		seen := uint64(0)
		for j := range int(t.rows[v]) {
			w := u24([3]byte(t.rows[v+RowHeader+3*j:]))
			if w&63 >= ModelClasses || seen>>(w&63)&1 != 0 {
				return errors.New("perceptron: a class out of range, or twice in a row")
			}
			seen |= 1 << (w & 63)
			if weight := thousandths(w); weight < -MaxWeight || weight > MaxWeight {
				return errors.New("perceptron: a weight out of range")
			}
		}
	}
	freeWords := 0
	for i := 0; i < len(t.words); i += 8 {
		if t.words[i+4] == 0 {
			freeWords++
		}
		if t.words[i+4] > uint8(ModelClasses) {
			return errors.New("perceptron: a class out of range")
		}
	}
	if free == 0 || freeWords == 0 {
		return errors.New("perceptron: a table without a free slot")
	}
	return nil
}

// u24 reads a weight with its class.
func u24(b [3]byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }

// thousandths returns the weight in what u24 has read.
func thousandths(v uint32) int64 { return int64(int32(v<<8) >> 14) }

// Hash returns the FNV-1a hash of s, of which features are made.
func Hash(s string) uint64 { return fold.Hash(s) }

// Feature returns the hash of a feature with one or two parts; an absent part
// is 0.
func Feature(template int, a, b uint64) uint64 {
	return hashing.Feature(template, hashing.Both(a, b))
}

// Slot returns where a feature's probe begins in a table of n.
func Slot(h uint64, n int) int { return hashing.Home(h>>32, n) }

// WordSlot returns where a word's probe begins in a table of 1<<shift.
func WordSlot(h uint64, shift uint) int { return int(h & (1<<shift - 1)) }

// Fingerprint returns what a word's slot keeps of a hash. A feature's slot keeps the
// lowest 12 bits, and its row 16 more.
func Fingerprint(h uint64) uint32 { return uint32(h >> 32) }
