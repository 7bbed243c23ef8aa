// Package trie finds sequences of words in a compiled, immutable form that is
// used where it lies: of an embedded string no more is decoded than a table of some
// dozen numbers.
//
// A trie over words, not over letters, keeps whole-word matching free: a name is
// a path of word numbers, and text words become numbers by one hash probe.
// Nodes are numbered breadth first, so the edge that leads to node n is edge
// n-1, the children of a node lie side by side, and what a node needs is how many
// children and values it has: two rows of bits (see runs). Words that begin a
// name have the lowest numbers, in the order of their nodes: the edges of the
// root need not be stored. Words of one length lie side by side: where a word's
// bytes are follows from its number.
package trie

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/hashing"
)

// Limits of a trie.
const (
	MaxWords     = 1<<20 - 1 // different words: a hash slot has 20 bits for a number and 12 for a fingerprint
	MaxWordBytes = 1 << 12   // of one word
)

// Builder collects word sequences. The zero value is ready.
type Builder struct {
	paths []path
}

type path struct {
	words []string
	value uint32
}

// Add adds a sequence of folded words, at least one, that leads to value. Equal
// sequences keep their values in the order of the calls.
func (b *Builder) Add(words []string, value uint32) {
	b.paths = append(b.paths, path{words, value})
}

// Append appends the compiled trie to dst, all numbers little-endian: seven
// lengths, the classes (for words that begin a sequence, then for the others, and
// for each length from 0 to the longest and one more: the first word and its
// place in the pool), the hash table, what leads to the nodes below the root's
// children (two bytes each when the words are few enough, or four), the runs of
// children, the runs of values, and the words' bytes. It also returns the values
// in the order in which the trie numbers the sequences: what Values says of a
// node are indexes of that. It fails when a limit is passed.
func (b *Builder) Append(dst []byte) (compiled []byte, values []uint32, err error) {
	paths := slices.Clone(b.paths)
	slices.SortStableFunc(paths, func(a, b path) int { return slices.Compare(a.words, b.words) })
	words, roots := sortWords(paths)
	if len(words) > MaxWords {
		return nil, nil, errors.New("more than 1,048,575 different words")
	}
	numbers := make(map[string]uint32, len(words))
	longest := 0
	for i, w := range words {
		numbers[w] = uint32(i)
		longest = max(longest, len(w))
	}
	if longest > MaxWordBytes {
		return nil, nil, errors.New("trie: a word of more than 4,096 bytes")
	}
	t := layout(paths, numbers)

	le := binary.LittleEndian
	slotCount := len(words)*4/3 + 1
	pool := 0
	for _, w := range words {
		pool += len(w)
	}
	for _, n := range []int{len(words), roots, longest, pool, slotCount, len(t.edges), len(t.values)} {
		dst = le.AppendUint32(dst, uint32(n))
	}
	number, offset := 0, 0
	for _, end := range []int{roots, len(words)} {
		for length := range longest + 2 {
			for number < end && len(words[number]) < length {
				offset += len(words[number])
				number++
			}
			dst = le.AppendUint32(dst, uint32(number))
			dst = le.AppendUint32(dst, uint32(offset))
		}
	}
	slots := make([]uint32, slotCount)
	for i, w := range words {
		h := fold.Hash(w)
		s := home(h, slotCount)
		for slots[s] != 0 {
			s = hashing.Next(s, slotCount)
		}
		slots[s] = fingerprint(h) | uint32(i+1)
	}
	for _, s := range slots {
		dst = le.AppendUint32(dst, s)
	}
	for _, e := range t.edges[roots:] {
		if len(words) <= 1<<16 {
			dst = le.AppendUint16(dst, uint16(e))
		} else {
			dst = le.AppendUint32(dst, e)
		}
	}
	t.children[0] = 0 // the root's are known by their number
	dst = appendRuns(dst, t.children)
	dst = appendRuns(dst, t.counts)
	for _, w := range words {
		dst = append(dst, w...)
	}
	return dst, t.values, nil
}

// sortWords returns the different words: the roots, which begin a sequence,
// first, each group by length and then in byte order.
func sortWords(paths []path) (words []string, roots int) {
	first := map[string]bool{}
	for _, p := range paths {
		for i, w := range p.words {
			first[w] = first[w] || i == 0
		}
	}
	words = make([]string, 0, len(first))
	for w, begins := range first {
		words = append(words, w)
		if begins {
			roots++
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if first[a] != first[b] {
			if first[a] {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return words, roots
}

// tree is what a trie is compiled from.
type tree struct {
	edges    []uint32 // the number of the word that leads to each node but the root
	children []int    // of each node
	counts   []int    // how many values each node has
	values   []uint32
}

// layout numbers the nodes of the sorted paths breadth first.
func layout(paths []path, numbers map[string]uint32) (t tree) {
	type group struct{ lo, hi int32 } // the paths that lead through a node
	type child struct {
		word uint32
		g    group
	}
	var children []child
	var next []group
	for depth, level := 0, []group{{0, int32(len(paths))}}; len(level) > 0; depth, level, next = depth+1, next, level[:0] {
		for _, g := range level {
			lo := g.lo
			for lo < g.hi && len(paths[lo].words) == depth {
				t.values = append(t.values, paths[lo].value)
				lo++
			}
			t.counts = append(t.counts, int(lo-g.lo))
			children = children[:0]
			for lo < g.hi {
				hi := lo + 1
				for hi < g.hi && paths[hi].words[depth] == paths[lo].words[depth] {
					hi++
				}
				children = append(children, child{numbers[paths[lo].words[depth]], group{lo, hi}})
				lo = hi
			}
			slices.SortFunc(children, func(a, b child) int { return cmp.Compare(a.word, b.word) })
			t.children = append(t.children, len(children))
			for _, c := range children {
				t.edges = append(t.edges, c.word)
				next = append(next, c.g)
			}
		}
	}
	return t
}

// home returns the first of n slots to look for a hash in, by the middle of the hash.
func home(h uint64, n int) int { return hashing.Home(h>>16, n) }

// fingerprint returns bits of the hash that slot does not use, in place for a
// slot's upper 12 bits.
func fingerprint(h uint64) uint32 { return uint32(h>>52) << 20 }

// Trie is a compiled trie. It is immutable and safe for concurrent use.
type Trie struct {
	data                  string // from the first length to the last word byte
	words, roots, longest int
	edgeCount, valueCount int
	slotCount, edgeBytes  int
	slots, edges, pool    int // where the parts begin in data
	children, counts      runs
	classes               [2][]class // of the words that begin a sequence, and of the others; by length, and one more
}

// class is where the words of one length begin: the first one's number, and its bytes
// in the pool.
type class struct{ word, bytes int }

// Node is a place in a trie. The zero Node is the root.
type Node uint32

const header = 7 * 4

// Parse reads a compiled trie from the start of data and returns it with the
// number of bytes that it occupies. Every number in it is checked once, here,
// so that a walk cannot leave the data whatever they hold.
func Parse(data string) (*Trie, int, error) {
	t, n, err := Open(data)
	if err != nil {
		return nil, 0, err
	}
	return t, n, t.check()
}

// Open is Parse for data that are known to be what Append has written: it looks at
// the lengths alone.
func Open(data string) (*Trie, int, error) {
	if len(data) < header {
		return nil, 0, errors.New("trie: too short")
	}
	t := &Trie{data: data, edgeBytes: 2}
	var pool int
	for i, n := range []*int{&t.words, &t.roots, &t.longest, &pool, &t.slotCount, &t.edgeCount, &t.valueCount} {
		if *n = int(t.u32(4 * i)); *n < 0 { // where an int has 32 bits
			return nil, 0, errors.New("trie: lengths out of range")
		}
	}
	if t.words > MaxWords || t.roots > t.words || t.longest > MaxWordBytes || t.slotCount > 1<<22 || t.slotCount <= t.words ||
		pool > 1<<30 || t.edgeCount > 1<<28 || t.edgeCount < t.roots || t.valueCount > 1<<28 {
		return nil, 0, errors.New("trie: lengths out of range")
	}
	if t.words > 1<<16 {
		t.edgeBytes = 4
	}
	nodes := t.edgeCount + 1
	t.slots = header + 2*8*(t.longest+2)
	t.edges = t.slots + 4*t.slotCount
	t.children = runs{at: t.edges + t.edgeBytes*(t.edgeCount-t.roots), runs: nodes, items: t.edgeCount - t.roots}
	t.counts = runs{at: t.children.end(), runs: nodes, items: t.valueCount}
	t.pool = t.counts.end()
	if pool > len(data)-t.pool {
		return nil, 0, errors.New("trie: cut short")
	}
	end := t.pool + pool
	t.data = data[:end]
	for group := range t.classes {
		at := header + 8*group*(t.longest+2)
		t.classes[group] = make([]class, t.longest+2)
		for length := range t.classes[group] {
			t.classes[group][length] = class{int(t.u32(at + 8*length)), int(t.u32(at + 8*length + 4))}
		}
	}
	return t, end, nil
}

// check verifies every number of the trie.
func (t *Trie) check() error {
	pool := len(t.data) - t.pool
	bad := errors.New("trie: number out of range")
	number, offset := 0, 0
	for group, end := range []int{t.roots, t.words} {
		for length, c := range t.classes[group] {
			if c.word < number || c.word > end || length > 0 && c.bytes-offset != (c.word-number)*(length-1) || length == 0 && (c.word != number || c.bytes != offset) {
				return bad
			}
			number, offset = c.word, c.bytes
		}
		if number != end {
			return bad
		}
	}
	if offset != pool {
		return bad
	}
	empty := 0
	for i := range t.slotCount {
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
	for i := t.roots; i < t.edgeCount; i++ {
		if int(t.edge(i)) >= t.words {
			return bad
		}
	}
	if !t.children.check(t.data) || !t.counts.check(t.data) {
		return bad
	}
	return nil
}

func (t *Trie) edge(i int) uint32 {
	i -= t.roots
	if t.edgeBytes == 2 {
		d := t.data[t.edges+2*i:][:2]
		return uint32(d[0]) | uint32(d[1])<<8
	}
	return t.u32(t.edges + 4*i)
}

func (t *Trie) u32(i int) uint32 { return u32(t.data, i) }

func u32(data string, i int) uint32 {
	d := data[i : i+4]
	return uint32(d[0]) | uint32(d[1])<<8 | uint32(d[2])<<16 | uint32(d[3])<<24
}

// Word returns the number of a folded word given with its hash (fold.Hash);
// false when no sequence holds it.
func (t *Trie) Word(folded []byte, hash uint64) (uint32, bool) {
	if len(folded) > t.longest {
		return 0, false
	}
	fp := fingerprint(hash)
	for s := home(hash, t.slotCount); ; s = hashing.Next(s, t.slotCount) {
		v := t.u32(t.slots + 4*s)
		if v == 0 {
			return 0, false
		}
		if v&^MaxWords != fp || v&MaxWords == 0 {
			continue
		}
		w := int(v&MaxWords - 1)
		group := 0
		if w >= t.roots {
			group = 1
		}
		c := t.classes[group][len(folded):][:2]
		if w < c[0].word || w >= c[1].word {
			continue
		}
		at := t.pool + c[0].bytes + (w-c[0].word)*len(folded)
		if t.data[at:at+len(folded)] == string(folded) {
			return uint32(w), true
		}
	}
}

// Step returns the node that word leads to from n.
func (t *Trie) Step(n Node, word uint32) (Node, bool) {
	if n == 0 {
		return Node(word + 1), int(word) < t.roots
	}
	lo, hi := t.Children(n)
	return t.Child(lo, hi, word)
}

// Children returns the range of the children of n, which is not the root, as Child
// takes it: a name can go on only when it is not empty.
func (t *Trie) Children(n Node) (lo, hi int) {
	lo, hi = t.children.run(t.data, int(n))
	return lo + t.roots, hi + t.roots
}

// Child returns the node that word leads to among the children lo to hi-1.
func (t *Trie) Child(lo, hi int, word uint32) (Node, bool) {
	for lo < hi {
		mid := lo + (hi-lo)/2
		switch e := t.edge(mid); {
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
func (t *Trie) Values(n Node) (lo, hi int) { return t.counts.run(t.data, int(n)) }

// ValueCount returns the number of sequences.
func (t *Trie) ValueCount() int { return t.valueCount }

// Words returns the number of different words, which are numbered from 0.
func (t *Trie) Words() int { return t.words }

// Text returns the folded word of a number.
func (t *Trie) Text(word uint32) string {
	group := 0
	if int(word) >= t.roots {
		group = 1
	}
	classes := t.classes[group]
	length := 0
	for length < t.longest && classes[length+1].word <= int(word) {
		length++
	}
	c := classes[length]
	at := t.pool + c.bytes + (int(word)-c.word)*length
	return t.data[at : at+length]
}

// WordString is Word for a string.
func (t *Trie) WordString(folded string) (uint32, bool) {
	return t.Word([]byte(folded), fold.Hash(folded))
}
