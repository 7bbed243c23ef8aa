// Package words knows, of a folded word, whether English uses it in lower case,
// whether people are called by it, and which distributional clusters it is in.
// It serves features and decisions; it never makes an entity.
//
// The table is used in place: a slot is found by the word's hash and verified by
// 16 more bits of it, so that about one unknown word in 100,000 is taken for a
// known one.
package words

import (
	_ "embed"
	"hash/crc32"
	"unsafe"
)

//go:generate go run ../cmd/wordsgen -reference ../../../shared/reference -o words.bin

//go:embed words.bin
var table string

// Info is what is known of a word. The zero Info is an unknown word.
type Info uint32

// The bits of an Info. The two cluster numbers are read by Coarse and Fine.
const (
	English Info = 1 << iota // written in lower case in English
	Given                    // a given name
	Surname                  // a surname
	Common                   // a surname or given name among the most frequent
)

// Layout of Info: four flags, a cluster of 256 (plus one), a cluster of 1,000
// (plus one).
const (
	fineShift   = 4
	coarseShift = fineShift + 10
)

// MakeInfo is for the generator: clusters are numbered from 0, -1 is none.
func MakeInfo(flags Info, coarse, fine int) Info {
	return flags | Info(fine+1)<<fineShift | Info(coarse+1)<<coarseShift
}

// Coarse returns the word's cluster of 256, from 1; 0 when it has none.
func (i Info) Coarse() uint32 { return uint32(i) >> coarseShift }

// Fine returns the word's cluster of 1,000, from 1; 0 when it has none.
func (i Info) Fine() uint32 { return uint32(i) >> fineShift & (1<<10 - 1) }

// SlotBytes is the size of a slot: 16 bits of hash, 24 bits of Info.
const SlotBytes = 5

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// mask is one less than the number of slots, a power of two.
var mask = uint64(max(len(table)-4, SlotBytes)/SlotBytes) - 1

// Verify reports whether the embedded table is whole.
func Verify() bool {
	b := unsafe.Slice(unsafe.StringData(table), len(table))
	n := len(b) - 4
	return n > 0 && crc32.Checksum(b[:n], castagnoli) == uint32(b[n])|uint32(b[n+1])<<8|uint32(b[n+2])<<16|uint32(b[n+3])<<24
}

// Lookup returns what is known of the word with the given hash (fold.Hash).
func Lookup(hash uint64) Info {
	hash = Mix(hash)
	fp := Fingerprint(hash)
	for s := hash & mask; ; s = (s + 1) & mask {
		b := table[s*SlotBytes:][:SlotBytes]
		f := uint16(b[0]) | uint16(b[1])<<8
		if f == 0 {
			return 0
		}
		if f == fp {
			return Info(b[2]) | Info(b[3])<<8 | Info(b[4])<<16
		}
	}
}

// Mix spreads a hash over all its bits.
func Mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// Fingerprint returns the bits that a slot keeps of a mixed hash, never 0.
func Fingerprint(mixed uint64) uint16 { return uint16(mixed>>48) | 1 }
