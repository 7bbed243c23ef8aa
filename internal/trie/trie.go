// Package trie finds sequences of words in a compiled, immutable form that is
// used where it lies: an embedded string needs no decoding.
//
// A trie over words, not over letters, keeps whole-word matching free: a name is
// a path of word numbers, and text words become numbers by one hash probe.
// Nodes are numbered breadth first, so the edge that leads to node n is edge
// n-1, the children of a node lie side by side, and a node needs no more than
// where its children and its values begin. Words that begin a name have the
// lowest numbers, in the order of their nodes: the root needs no search.
package trie

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"

	"github.com/steppe-ner/steppe/internal/fold"
)

// MaxWords bounds the different words of a trie: a hash slot has 20 bits for a
// word number and 12 for a fingerprint.
const MaxWords = 1<<20 - 1

// Builder collects word sequences. The zero value is ready.
type Builder struct {
	paths []path
}

type path struct {
	words []string
	value uint32
}

// Add adds a sequence of folded words that leads to value. Equal sequences keep
// their values in the order of the calls.
func (b *Builder) Add(words []string, value uint32) {
	b.paths = append(b.paths, path{words, value})
}

// Append appends the compiled trie to dst: lengths, word table, hash table, edges,
// nodes, all little-endian 32-bit words, and the words' bytes. It also returns the
// values in the order in which the trie numbers the sequences: what Values says
// of a node are indexes of that. It fails when there are more than MaxWords words.
func (b *Builder) Append(dst []byte) (compiled []byte, values []uint32, err error) {
	paths := slices.Clone(b.paths)
	slices.SortStableFunc(paths, func(a, b path) int { return slices.Compare(a.words, b.words) })
	words, numbers := numberWords(paths)
	if len(words) > MaxWords {
		return nil, nil, errors.New("trie: more than 1,048,575 different words")
	}
	var nodes []node
	var edges []uint32
	nodes, edges, values = layout(paths, numbers)

	le := binary.LittleEndian
	pool := 0
	for _, w := range words {
		pool += len(w)
	}
	logSlots := bits.Len(uint(len(words) * 5 / 4))
	for _, n := range []int{len(words), pool, logSlots, len(edges), len(values)} {
		dst = le.AppendUint32(dst, uint32(n))
	}
	slots := make([]uint32, 1<<logSlots)
	offset := uint32(0)
	for i, w := range words {
		dst = le.AppendUint32(dst, offset)
		offset += uint32(len(w))
		h := fold.Hash([]byte(w))
		s := slot(h, logSlots)
		for slots[s] != 0 {
			s = (s + 1) & (len(slots) - 1)
		}
		slots[s] = fingerprint(h) | uint32(i+1)
	}
	dst = le.AppendUint32(dst, offset)
	for _, s := range slots {
		dst = le.AppendUint32(dst, s)
	}
	for _, e := range edges {
		dst = le.AppendUint32(dst, e)
	}
	for _, n := range nodes {
		dst = le.AppendUint32(dst, n.child)
		dst = le.AppendUint32(dst, n.value)
	}
	for _, w := range words {
		dst = append(dst, w...)
	}
	return dst, values, nil
}

// numberWords numbers the different words: those that begin a sequence first,
// each group in byte order.
func numberWords(paths []path) ([]string, map[string]uint32) {
	first := map[string]bool{}
	for _, p := range paths {
		for i, w := range p.words {
			first[w] = first[w] || i == 0
		}
	}
	words := make([]string, 0, len(first))
	for w := range first {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		if first[a] != first[b] {
			if first[a] {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	})
	numbers := make(map[string]uint32, len(words))
	for i, w := range words {
		numbers[w] = uint32(i)
	}
	return words, numbers
}

// node is where a node's children (as edges) and values begin; the next node's
// numbers are where they end.
type node struct{ child, value uint32 }

// layout numbers the nodes of the sorted paths breadth first. Each edge is the
// number of its word.
func layout(paths []path, numbers map[string]uint32) (nodes []node, edges, values []uint32) {
	type group struct{ lo, hi, depth int }
	for queue := []group{{0, len(paths), 0}}; len(queue) > 0; queue = queue[1:] {
		g := queue[0]
		n := node{uint32(len(edges)), uint32(len(values))}
		lo := g.lo
		for lo < g.hi && len(paths[lo].words) == g.depth {
			values = append(values, paths[lo].value)
			lo++
		}
		type child struct {
			word uint32
			g    group
		}
		var children []child
		for lo < g.hi {
			hi := lo + 1
			for hi < g.hi && paths[hi].words[g.depth] == paths[lo].words[g.depth] {
				hi++
			}
			children = append(children, child{numbers[paths[lo].words[g.depth]], group{lo, hi, g.depth + 1}})
			lo = hi
		}
		slices.SortFunc(children, func(a, b child) int { return cmp.Compare(a.word, b.word) })
		for _, c := range children {
			edges = append(edges, c.word)
			queue = append(queue, c.g)
		}
		nodes = append(nodes, n)
	}
	nodes = append(nodes, node{uint32(len(edges)), uint32(len(values))})
	return nodes, edges, values
}

func slot(h uint64, logSlots int) int { return int(h >> 8 & (1<<logSlots - 1)) }

// fingerprint returns bits of the hash that slot does not use, in place for a
// slot's upper 12 bits.
func fingerprint(h uint64) uint32 { return uint32(h>>52) << 20 }

// Trie is a compiled trie. It is immutable and safe for concurrent use.
type Trie struct {
	data                               string // from the first length to the last word byte
	words, edgeCount, valueCount       int
	logSlots                           int
	offsets, slots, edges, nodes, pool int // where the parts begin in data
	roots                              uint32
}

// Node is a place in a trie. The zero Node is the root.
type Node uint32

const header = 5 * 4

// Parse reads a compiled trie from the start of data and returns it with the
// number of bytes that it occupies. Every number in it is checked once, here,
// so that a walk cannot leave the data whatever they hold.
func Parse(data string) (*Trie, int, error) {
	if len(data) < header {
		return nil, 0, errors.New("trie: too short")
	}
	t := &Trie{data: data}
	t.words = int(t.u32(0))
	pool := int(t.u32(4))
	t.logSlots = int(t.u32(8))
	t.edgeCount = int(t.u32(12))
	t.valueCount = int(t.u32(16))
	if t.words > MaxWords || t.logSlots > 22 || 1<<t.logSlots <= t.words || pool > 1<<30 || t.edgeCount > 1<<28 || t.valueCount > 1<<28 {
		return nil, 0, errors.New("trie: lengths out of range")
	}
	t.offsets = header
	t.slots = t.offsets + 4*(t.words+1)
	t.edges = t.slots + 4<<t.logSlots
	t.nodes = t.edges + 4*t.edgeCount
	t.pool = t.nodes + 8*(t.edgeCount+2)
	end := t.pool + pool
	if end > len(data) {
		return nil, 0, errors.New("trie: cut short")
	}
	t.data = data[:end]
	return t, end, t.check(uint32(pool))
}

// check verifies every index of the trie.
func (t *Trie) check(pool uint32) error {
	bad := errors.New("trie: index out of range")
	last := uint32(0)
	for i := range t.words + 1 {
		o := t.u32(t.offsets + 4*i)
		if o < last || o > pool {
			return bad
		}
		last = o
	}
	empty := 0
	for i := range 1 << t.logSlots {
		s := t.u32(t.slots + 4*i)
		if int(s&MaxWords) > t.words {
			return bad
		}
		if s == 0 {
			empty++
		}
	}
	if empty == 0 {
		return bad // a probe for a missing word would not end
	}
	for i := range t.edgeCount {
		if int(t.u32(t.edges+4*i)) >= t.words {
			return bad
		}
	}
	var child, value uint32
	for i := range t.edgeCount + 2 {
		c, v := t.u32(t.nodes+8*i), t.u32(t.nodes+8*i+4)
		// Breadth first, a node's children come after it: no walk can turn in a circle.
		if c < child || v < value || int(c) > t.edgeCount || int(v) > t.valueCount || i <= t.edgeCount && int(c) < i {
			return bad
		}
		child, value = c, v
	}
	t.roots = t.u32(t.nodes + 8)
	for i := range t.roots {
		if t.u32(t.edges+4*int(i)) != i {
			return bad
		}
	}
	if t.u32(t.nodes) != 0 || int(child) != t.edgeCount || int(value) != t.valueCount {
		return bad
	}
	return nil
}

func (t *Trie) u32(i int) uint32 {
	d := t.data[i : i+4]
	return uint32(d[0]) | uint32(d[1])<<8 | uint32(d[2])<<16 | uint32(d[3])<<24
}

// Word returns the number of a folded word given with its hash (fold.Hash);
// false when no sequence holds it.
func (t *Trie) Word(folded []byte, hash uint64) (uint32, bool) {
	mask := 1<<t.logSlots - 1
	fp := fingerprint(hash)
	for s := slot(hash, t.logSlots); ; s = (s + 1) & mask {
		v := t.u32(t.slots + 4*s)
		if v == 0 {
			return 0, false
		}
		if v&^MaxWords != fp || v&MaxWords == 0 {
			continue
		}
		w := v&MaxWords - 1
		lo, hi := t.u32(t.offsets+4*int(w)), t.u32(t.offsets+4*int(w)+4)
		if t.data[t.pool+int(lo):t.pool+int(hi)] == string(folded) {
			return w, true
		}
	}
}

// Step returns the node that word leads to from n.
func (t *Trie) Step(n Node, word uint32) (Node, bool) {
	if n == 0 {
		return Node(word + 1), word < t.roots
	}
	lo, hi := t.u32(t.nodes+8*int(n)), t.u32(t.nodes+8*int(n)+8)
	for lo < hi {
		mid := lo + (hi-lo)/2
		switch e := t.u32(t.edges + 4*int(mid)); {
		case e == word:
			return Node(mid + 1), true
		case e < word:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0, false
}

// Values returns the range of the numbers of the sequences that end at n.
func (t *Trie) Values(n Node) (lo, hi int) {
	i := t.nodes + 8*int(n) + 4
	return int(t.u32(i)), int(t.u32(i + 8))
}

// ValueCount returns the number of sequences.
func (t *Trie) ValueCount() int { return t.valueCount }

// WordString is Word for a string.
func (t *Trie) WordString(folded string) (uint32, bool) {
	b := []byte(folded)
	return t.Word(b, fold.Hash(b))
}
