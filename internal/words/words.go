// Package words knows, of a folded word, whether English uses it in lower case,
// whether people are called by it, and what company it keeps: its path in a tree of
// Brown clusters (Brown and others, 1992, https://aclanthology.org/J92-4003/) and its
// cluster of word vectors. It serves features and decisions; it never makes an entity.
//
// Decisions are made of the words of English and of people's names: about one unknown
// word in 10,000 is taken for one of these. Of the others, names for the most part, only
// the company is known, and one unknown word in 1,000 is taken for one of them.
package words

import (
	_ "embed"
	"math/bits"
)

//go:generate go run ../cmd/wordsgen -reference ../../../shared/reference -o words.bin

//go:embed words.bin
var embedded string

// Info is what is known of a word. The zero Info is an unknown word.
type Info uint32

// The flags of an Info.
const (
	English Info = 1 << (iota + flagShift) // written in lower case in English
	Given                                  // a given name
	Surname                                // a surname
	Common                                 // a surname or given name among the most frequent
)

// Layout of an Info: the numbers of a cluster and a path, from 1, and the flags.
const (
	clusterBits = 8
	pathBits    = 11
	flagShift   = clusterBits + pathBits
	infoBits    = flagShift + 4
)

// MakeInfo is for the generator: paths and clusters are numbered from 0, -1 is none.
func MakeInfo(flags Info, path, cluster int) Info {
	return flags | Info(path+1)<<clusterBits | Info(cluster+1)
}

// Flags returns the flags as a small number, 0 when there is none.
func (i Info) Flags() uint32 { return uint32(i >> flagShift) }

// Cluster returns the word's cluster of word vectors, from 1; 0 when it has none.
func (i Info) Cluster() uint32 { return uint32(i & (1<<clusterBits - 1)) }

// Path returns the word's path in the tree.
func (i Info) Path() Path {
	n := i >> clusterBits & (1<<pathBits - 1)
	if n == 0 {
		return 0
	}
	return known.path(uint32(n - 1))
}

// Path is a path in a binary tree, a one and then its bits; 0 when there is none. Words
// whose paths begin alike keep like company.
type Path uint32

// Prefix returns the first n bits of a path, all of them when it is no longer.
func (p Path) Prefix(n int) Path { return p >> max(bits.Len32(uint32(p))-1-n, 0) }

// known are the words that are embedded.
var known = open(embedded)

// Verify reports whether the embedded words are whole.
func Verify() bool { return sumsUp(embedded) }

// Lookup returns what is known of the word with the given hash (fold.Hash).
func Lookup(hash uint64) Info { return known.lookup(hash) }
