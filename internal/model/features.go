package model

import (
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// Stretch is a range of words of one sentence that may hold names.
type Stretch struct {
	Sentence    int
	First, Last int32
}

// maxGap is the most words without a capital that a name may hold in a row.
const maxGap = 3

// AppendStretches appends the stretches of a document: words with a capital, and
// what may stand between two of them inside one name.
func AppendStretches(dst []Stretch, d *reading.Document) []Stretch {
	for i, s := range d.Sentences {
		last := int32(-1) // of the last word with a capital
		for k := s.First; k < s.Last; k++ {
			w := &d.Words[k]
			if !d.Anchor(w) {
				if last >= 0 && (!bridge(d, w) || k-last > maxGap) {
					last = -1
				}
				continue
			}
			if last < 0 {
				dst = append(dst, Stretch{i, k, k + 1})
			}
			dst[len(dst)-1].Last = k + 1
			last = k
		}
	}
	return dst
}

// bridge reports whether w may stand inside a name without a capital.
func bridge(d *reading.Document, w *reading.Word) bool {
	switch w.Class {
	case token.Letters:
		return w.Cues&(reading.Connector|reading.Particle) != 0
	case token.Possessive, token.Number:
		return true
	case token.Punctuation:
		switch d.Text[w.Start] {
		case '-':
			return w.Shape&token.Spaced == 0 // LONDON - Kazakhstan's is no name
		case '&', '/', '.', '\'', '`':
			return true
		}
	}
	return false
}

// seen notes, for one word of a document, what stood around it anywhere in it.
type seen uint16

const (
	seenMiddle    seen = 1 << iota // capitalised within a sentence
	seenLower                      // in lower case
	seenTitled                     // after a title
	seenSaid                       // before a verb of saying
	seenGivenName                  // after a given name
	seenIn                         // after a preposition of place
	seenThe                        // after "the"
	seenListed                     // one bit each for the four groups of kinds, as a sure name
	seenListed2
	seenListed3
	seenListed4
	seenTwice // twice or more
)

// Extractor computes the features of a document's words. It is scratch, for one
// goroutine.
type Extractor struct {
	d     *reading.Document
	keys  []uint64
	bits  []seen
	mask  uint64
	words []wordValues
	s     token.Sentence
	caps  bool

	prepared int // the sentence prepared last, from 1
}

// wordValues is what features are made of, for one word of the sentence.
type wordValues struct {
	hash, shape, tag, fine, coarse, listed, info, cues, seen uint64
	head, tail                                               uint32
	runFirst, runLast                                        int32 // the run of capitalised words that it is in, both 0 for none
}

// Start reads what the whole document tells about its words.
func (x *Extractor) Start(d *reading.Document) {
	x.d, x.prepared = d, 0
	n := 16
	for n < 2*len(d.Words) {
		n *= 2
	}
	if cap(x.keys) < n {
		x.keys, x.bits = make([]uint64, n), make([]seen, n)
	}
	x.keys, x.bits = x.keys[:n], x.bits[:n]
	clear(x.keys)
	clear(x.bits)
	x.mask = uint64(n - 1)
	for _, s := range d.Sentences {
		for k := s.First; k < s.Last; k++ {
			w := &d.Words[k]
			if w.Class != token.Letters {
				continue
			}
			b := x.at(w.Hash)
			*b |= around(d, s, k)
		}
	}
}

// around returns what word k of sentence s sees.
func around(d *reading.Document, s token.Sentence, k int32) (b seen) {
	w := &d.Words[k]
	if w.Shape&token.Capital == 0 {
		return seenLower
	}
	for g := range 4 {
		if w.Listed>>(8*g)&0xF != 0 {
			b |= seenListed << g
		}
	}
	if k == s.First {
		return b
	}
	b |= seenMiddle
	p := &d.Words[k-1]
	switch {
	case p.Cues&(reading.Title|reading.Honorific) != 0:
		b |= seenTitled
	case p.Cues&reading.Locative != 0:
		b |= seenIn
	case p.Capital && p.Info&words.Given != 0 && p.Info&words.English == 0:
		b |= seenGivenName
	case d.Text[p.Start:p.End] == "the":
		b |= seenThe
	}
	if k+1 < s.Last && d.Words[k+1].Cues&reading.Speech != 0 {
		b |= seenSaid
	}
	return b
}

// at returns the bits of a word's hash.
func (x *Extractor) at(hash uint64) *seen {
	hash |= 1
	i := hash >> 7 & x.mask
	for x.keys[i] != 0 && x.keys[i] != hash {
		i = (i + 1) & x.mask
	}
	if x.keys[i] != 0 {
		x.bits[i] |= seenTwice
	}
	x.keys[i] = hash
	return &x.bits[i]
}

// sentence prepares the words of sentence i, unless they are prepared already.
func (x *Extractor) sentence(i int) {
	if x.prepared == i+1 {
		return
	}
	x.prepared = i + 1
	x.s = x.d.Sentences[i]
	x.caps = x.d.InCapitals(x.s)
	x.words = x.words[:0]
	for k := x.s.First; k < x.s.Last; k++ {
		x.words = append(x.words, x.values(&x.d.Words[k]))
	}
	for i := 0; i < len(x.words); {
		j := i
		for j < len(x.words) && x.d.Words[int(x.s.First)+j].Capital {
			j++
		}
		for k := i; k < j; k++ {
			x.words[k].runFirst, x.words[k].runLast = int32(i), int32(j)
		}
		i = max(j, i+1)
	}
}

func (x *Extractor) values(w *reading.Word) wordValues {
	v := wordValues{
		hash:   w.Hash,
		shape:  uint64(w.Shape&^(token.Spaced|token.LineStart)) | uint64(w.Class)<<8 | length(w)<<12,
		tag:    uint64(w.Tag) + 1,
		fine:   uint64(w.Info.Fine()),
		coarse: uint64(w.Info.Coarse()),
		listed: uint64(w.Listed),
		info:   uint64(w.Info & 15),
		cues:   uint64(w.Cues),
		head:   w.Head,
		tail:   w.Tail,
	}
	if w.Class == token.Letters {
		hash := w.Hash | 1
		for i := hash >> 7 & x.mask; x.keys[i] != 0; i = (i + 1) & x.mask {
			if x.keys[i] == hash {
				v.seen = uint64(x.bits[i]) + 1
				break
			}
		}
	}
	return v
}

// length returns the length of a word, as far as it tells names from other words.
func length(w *reading.Word) uint64 {
	if w.Class != token.Letters {
		return 0 // 's and ’s are alike
	}
	return uint64(min(w.End-w.Start, 3))
}

// The words beyond a sentence's ends.
var beforeFirst, afterLast = wordValues{hash: 1, shape: 1 << 16, tag: 100}, wordValues{hash: 2, shape: 2 << 16, tag: 101}

func (x *Extractor) word(i int) *wordValues {
	switch {
	case i < 0:
		return &beforeFirst
	case i >= len(x.words):
		return &afterLast
	}
	return &x.words[i]
}

// MaxFeatures is the most features that a word has.
const MaxFeatures = 128

// mix returns the hash of a feature: its template and its value.
func mix(template int, value uint64) uint64 {
	h := (value ^ uint64(template)*0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9
	h ^= h >> 30
	h *= 0x94D049BB133111EB
	return h ^ h>>31
}

// both combines two values into one.
func both(a, b uint64) uint64 { return (a+0x9E3779B97F4A7C15)*0xD6E8FEB86659FD93 ^ b }

// Features appends the hashes of the features of word i of the sentence (counted
// from its first) that sentence prepared.
func (x *Extractor) features(dst []uint64, i int) []uint64 {
	w, p, n, pp, nn := x.word(i), x.word(i-1), x.word(i+1), x.word(i-2), x.word(i+2)
	t := 0
	add := func(value uint64) {
		dst = append(dst, mix(t, value))
		t++
	}
	add(0)
	add(w.hash)
	add(p.hash)
	add(n.hash)
	add(pp.hash)
	add(nn.hash)
	add(both(p.hash, w.hash))
	add(both(w.hash, n.hash))
	add(both(p.hash, n.hash))
	add(both(w.hash, w.shape))
	add(w.shape)
	add(both(p.shape, w.shape))
	add(both(w.shape, n.shape))
	add(both(both(p.shape, w.shape), n.shape))
	capital := w.shape & 1
	add(both(uint64(w.tail), capital))
	add(both(uint64(w.tail&0xFFFFFF), capital))
	add(both(uint64(w.tail&0xFFFF), capital))
	add(both(uint64(w.head), capital))
	add(both(uint64(w.head&0xFFFFFF), capital))
	add(both(uint64(n.tail&0xFFFFFF), n.shape&1))
	add(both(uint64(p.tail&0xFFFFFF), p.shape&1))
	add(w.tag)
	add(both(p.tag, w.tag))
	add(both(w.tag, n.tag))
	add(both(both(p.tag, w.tag), n.tag))
	add(w.fine)
	add(p.fine)
	add(n.fine)
	add(w.coarse)
	add(p.coarse)
	add(n.coarse)
	add(pp.coarse)
	add(nn.coarse)
	add(both(p.fine, w.fine))
	add(both(w.fine, n.fine))
	add(both(both(p.coarse, w.coarse), n.coarse))
	add(both(w.fine, w.shape))
	add(w.listed)
	add(both(p.listed, w.listed))
	add(both(w.listed, n.listed))
	add(both(w.listed, w.tag))
	add(both(p.hash, w.listed))
	add(both(n.hash, w.listed))
	add(w.info)
	add(both(p.info, w.info))
	add(both(w.info, n.info))
	add(both(both(w.info, w.shape), p.info))
	add(w.cues)
	add(p.cues)
	add(n.cues)
	add(both(p.cues, n.cues))
	add(both(p.cues, w.shape))
	add(both(n.cues, w.shape))
	add(both(w.cues, n.hash))
	add(w.seen)
	add(both(w.seen, w.info))
	add(both(w.seen, w.listed))
	add(both(p.seen, w.seen))
	add(both(w.seen, n.seen))
	place := uint64(min(i, 1)) | uint64(min(len(x.words)-i, 2))<<1
	if x.caps {
		place |= 8
	}
	add(place)
	add(both(place, w.shape))
	add(both(place, w.info))
	add(both(both(place, w.tag), n.shape))
	if w.listed != 0 {
		for b := w.listed; b != 0; b &= b - 1 {
			dst = append(dst, mix(t, b&-b))
		}
	}
	t++
	for b := w.seen >> 1; b != 0; b &= b - 1 {
		dst = append(dst, mix(t, b&-b))
	}
	t++
	if w.runLast == 0 {
		return dst
	}
	// What the run of capitalised words as a whole looks like, and what stands
	// around it: School of Art says what Glasgow is in front of it.
	first, last := x.word(int(w.runFirst)), x.word(int(w.runLast)-1)
	before, after := x.word(int(w.runFirst)-1), x.word(int(w.runLast))
	at := uint64(min(int32(i)-w.runFirst, 3)) | uint64(min(w.runLast-int32(i), 4))<<2
	add(at)
	add(both(first.hash, at))
	add(both(last.hash, at))
	add(both(last.fine, at))
	add(both(first.info, last.info)*32 + at)
	add(both(last.cues, at))
	add(both(before.hash, w.shape))
	add(both(after.hash, w.shape))
	add(both(before.hash, after.hash))
	add(both(both(before.cues, after.cues), at))
	add(both(before.coarse, after.coarse))
	return dst
}

// Features calls each with the features of every word of a stretch, in order.
// The slice is good until each returns.
func (x *Extractor) Features(s Stretch, each func(features []uint64)) {
	x.sentence(s.Sentence)
	var buf [MaxFeatures]uint64
	for k := s.First; k < s.Last; k++ {
		each(x.features(buf[:0], int(k-x.s.First)))
	}
}
