// Package hashing holds what the compiled tables and the caches of this module share: how
// hashes are made of several values, where the search for one begins, and checksums.
package hashing

import (
	"cmp"
	"hash/crc32"
	"slices"
	"unsafe"
)

// The multipliers of SplitMix64 (Steele, Lea and Flood, 2014,
// https://doi.org/10.1145/2660193.2660195), and an odd one more.
const (
	golden = 0x9E3779B97F4A7C15
	first  = 0xBF58476D1CE4E5B9
	second = 0x94D049BB133111EB
	third  = 0xD6E8FEB86659FD93
)

// Feature returns the hash of a feature: its template and its value.
func Feature(template int, value uint64) uint64 {
	h := (value ^ uint64(template)*golden) * first
	h ^= h >> 30
	h *= second
	return h ^ h>>31
}

// Both combines two values into one.
func Both(a, b uint64) uint64 { return (a+golden)*third ^ b }

// Then returns the hash of a sequence by that of all but its last value, and that value.
func Then(h, last uint64) uint64 { return (h ^ last) * golden }

// Spread spreads a hash over all its bits.
func Spread(h uint64) uint64 {
	h ^= h >> 32
	h *= golden
	return h ^ h>>29
}

// Place returns where two words are kept in a table of 1<<log places.
func Place(low, high uint64, log int) uint64 {
	return (low ^ high*golden) * first >> (64 - log)
}

// Home returns the slot of n that the search for a hash begins with, by its lower 32 bits
// as a fraction.
func Home(hash uint64, n int) int { return int(uint64(uint32(hash)) * uint64(n) >> 32) }

// Next returns the slot of n after s.
func Next(s, n int) int {
	if s++; s == n {
		return 0
	}
	return s
}

// Tell returns the uppermost bits of a hash, so many, by which a slot knows it; never 0.
func Tell(hash uint64, bits int) uint64 { return max(hash>>(64-bits), 1) }

// Ordered lays out hashes in a table of n slots, more than there are hashes, and returns
// for each slot the number of the hash in it, counted from 1, or 0. A hash is searched for
// from Home upwards, and those on the way have more in what Tell returns (Amble and Knuth,
// 1974, https://doi.org/10.1093/comjnl/17.2.135): a search for one that is not there ends
// where it would be. Hashes must differ.
func Ordered(hashes []uint64, n, bits int) []int {
	order := make([]int, len(hashes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := hashes[a], hashes[b]
		return cmp.Or(cmp.Compare(Tell(y, bits), Tell(x, bits)), cmp.Compare(x, y))
	})
	slots := make([]int, n)
	for _, i := range order {
		s := Home(hashes[i], n)
		for slots[s] != 0 {
			s = Next(s, n)
		}
		slots[s] = i + 1
	}
	return slots
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Sum returns the CRC-32C of data.
func Sum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// Bytes returns the bytes of s, which must not be changed.
func Bytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
