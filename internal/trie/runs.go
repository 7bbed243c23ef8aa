package trie

import (
	"encoding/binary"
	"math/bits"
)

// runs says how many items each of many owns, when the items are numbered in the
// order of their owners: a zero bit for each item and a one bit after those of
// each run, as in LOUDS (Jacobson, 1989, https://doi.org/10.1109/SFCS.1989.63533).
// Where every 16th run begins is stored before the bits, so that a run is found
// in a few words of them.
type runs struct {
	at    int // where the samples begin in the data; 4 bytes each
	runs  int
	items int
}

func (r runs) samples() int { return (r.runs + 15) / 16 }

func (r runs) bits() int { return r.at + 4*r.samples() }

// end returns where the bits end in the data: whole words of 64.
func (r runs) end() int { return r.bits() + (r.runs+r.items+63)/64*8 }

func appendRuns(dst []byte, counts []int) []byte {
	var row []uint64
	position := 0
	for i, n := range counts {
		if i%16 == 0 {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(position))
		}
		position += n
		for len(row) <= position/64 {
			row = append(row, 0)
		}
		row[position/64] |= 1 << (position % 64)
		position++
	}
	for _, w := range row {
		dst = binary.LittleEndian.AppendUint64(dst, w)
	}
	return dst
}

// check reports whether the bits are those of as many runs and items, and the
// samples theirs.
func (r runs) check(data string) bool {
	run, next := 0, 0
	for at := r.bits(); at < r.end(); at += 8 {
		for w := u64(data, at); w != 0; w &= w - 1 {
			if run%16 == 0 && (run >= r.runs || int(u32(data, r.at+run/16*4)) != next) {
				return false
			}
			run++
			next = (at-r.bits())*8 + bits.TrailingZeros64(w) + 1
		}
	}
	return run == r.runs && next == r.runs+r.items
}

// run returns the items of run i, from lo to hi-1.
func (r runs) run(data string, i int) (lo, hi int) {
	start := int(u32(data, r.at+i/16*4))
	at := r.bits() + start/64*8
	base := start / 64 * 64
	w := u64(data, at) &^ (1<<(start%64) - 1)
	skip := i % 16
	for n := bits.OnesCount64(w); n <= skip; n = bits.OnesCount64(w) {
		if w != 0 {
			start = base + bits.Len64(w)
		}
		skip -= n
		at += 8
		base += 64
		w = u64(data, at)
	}
	for ; skip > 0; skip-- {
		start = base + bits.TrailingZeros64(w) + 1
		w &= w - 1
	}
	return start - i, base + bits.TrailingZeros64(w) - i
}

func u64(data string, i int) uint64 {
	d := data[i : i+8]
	return uint64(d[0]) | uint64(d[1])<<8 | uint64(d[2])<<16 | uint64(d[3])<<24 |
		uint64(d[4])<<32 | uint64(d[5])<<40 | uint64(d[6])<<48 | uint64(d[7])<<56
}
