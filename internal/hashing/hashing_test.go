package hashing

import (
	"math/rand/v2"
	"testing"
)

// TestOrdered: every hash stands in a slot of its own, where a search for it comes by, and a
// search for another ends before a free slot or at it.
func TestOrdered(t *testing.T) {
	const bits = 10
	random := rand.New(rand.NewPCG(1, 2))
	hashes := make([]uint64, 900)
	for i := range hashes {
		hashes[i] = random.Uint64()
	}
	slots := Ordered(hashes, 1000, bits)
	for i, h := range hashes {
		s := Home(h, len(slots))
		for slots[s] != 0 && slots[s] != i+1 && Tell(hashes[slots[s]-1], bits) >= Tell(h, bits) {
			s = Next(s, len(slots))
		}
		if slots[s] != i+1 {
			t.Fatalf("hash %d is not found", i)
		}
	}
	seen := map[int]bool{}
	for _, i := range slots {
		if i != 0 && seen[i] {
			t.Fatalf("hash %d stands twice", i)
		}
		seen[i] = true
	}
}

// FuzzTable: a table holds what a map holds. Each byte of the input is a hash to add or to
// look for.
func FuzzTable(f *testing.F) {
	f.Add([]byte{2, 4, 130, 4, 2, 6})
	f.Fuzz(func(t *testing.T, data []byte) {
		var table Table[int]
		want := map[uint64]int{}
		for range 2 {
			table.Reset(len(data))
			clear(want)
			for i, c := range data {
				hash := uint64(c&0x7F) << 1 * 0x0101010101010101 &^ 1
				if c < 0x80 {
					*table.Put(hash) += i
					want[hash] += i
				}
				if n, ok := want[hash]; table.Get(hash) != n || (table.Find(hash) != nil) != ok {
					t.Fatalf("%x is %d, want %d", hash, table.Get(hash), n)
				}
			}
		}
	})
}
