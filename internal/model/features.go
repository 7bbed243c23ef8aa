package model

import (
	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/lexicon"
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

// maxStretch is about how many words a stretch has at the most: thousands of capitals in
// a row are no name, and are not to take memory as if they were.
const maxStretch = 256

// AppendStretches appends the stretches of a document: anchors, and what may stand
// between two of them inside one name.
func AppendStretches(dst []Stretch, d *reading.Document) []Stretch {
	for i := range d.Sentences {
		last := int32(-1) // the last anchor of the sentence
		for _, k := range d.Marked(i) {
			if !d.Words[k].Anchor {
				continue
			}
			if last < 0 || !bridged(d, last, k) || k-dst[len(dst)-1].First >= maxStretch {
				dst = append(dst, Stretch{i, k, k + 1})
			}
			for k+1 < d.Sentences[i].Last && d.Words[k+1].Cues&lexicon.Patronymic != 0 && !d.Words[k+1].Capital {
				k++ // Makhabat Tajibek kyzy
			}
			dst[len(dst)-1].Last = k + 1
			last = k
		}
	}
	return dst
}

// bridged reports whether one name may hold the anchors last and k.
func bridged(d *reading.Document, last, k int32) bool {
	if k-last-1 > maxGap {
		return false
	}
	for j := last + 1; j < k; j++ {
		if !bridge(d, &d.Words[j]) {
			return false
		}
	}
	return true
}

// bridge reports whether w may stand inside a name without a capital.
func bridge(d *reading.Document, w *reading.Word) bool {
	switch w.Class {
	case token.Letters:
		return w.Cues&(lexicon.Connector|lexicon.Particle) != 0
	case token.Possessive, token.Number:
		return true
	case token.Punctuation:
		switch d.Text[w.Start] {
		case '-':
			return w.Shape&(token.Spaced|token.Joint) == 0 // LONDON - Kazakhstan's is no name, nor is Trump-Xi
		case '.':
			return w.Shape&token.Joint == 0
		case '&', '/', '\'', '`':
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
	seenOnce  // at all; not for features
)

// Extractor computes the features of a document's words. It is scratch, for one
// goroutine.
type Extractor struct {
	d    *reading.Document
	seen hashing.Table[seen] // by the hashes of the words in stretches

	words    []wordValues // of a stretch, and two on either side
	first    int32        // the first of these
	sentence token.Sentence
	caps     bool
}

// wordValues is what features are made of, for one word.
type wordValues struct {
	hash, shape, tag, cluster, listed, info, cues, seen uint64
	head, tail                                          uint32
	path                                                words.Path
	runFirst, runLast                                   int32 // the run of capitalised words that it is in, both 0 for none
}

// Start reads what the whole document tells about the words of its stretches.
func (x *Extractor) Start(d *reading.Document, stretches []Stretch) {
	x.d = d
	words := 0
	for _, s := range stretches {
		words += int(s.Last - s.First)
	}
	x.seen.Reset(words)
	for _, s := range stretches {
		for k := s.First; k < s.Last; k++ {
			if w := &d.Words[k]; w.Class == token.Letters {
				x.seen.Put(w.Hash)
			}
		}
	}
	for _, s := range d.Sentences {
		for k := s.First; k < s.Last; k++ {
			w := &d.Words[k]
			if w.Class != token.Letters {
				continue
			}
			if b := x.seen.Find(w.Hash); b != nil {
				if *b&seenOnce != 0 {
					*b |= seenTwice
				}
				*b |= seenOnce | around(d, s, k)
			}
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
	case p.Cues&(lexicon.Title|lexicon.Honorific) != 0:
		b |= seenTitled
	case p.Cues&lexicon.Locative != 0:
		b |= seenIn
	case p.Capital && p.Info&words.Given != 0 && p.Info&words.English == 0:
		b |= seenGivenName
	case d.Text[p.Start:p.End] == "the":
		b |= seenThe
	}
	if k+1 < s.Last && d.Words[k+1].Cues&lexicon.Speech != 0 {
		b |= seenSaid
	}
	return b
}

// prepare reads the words of a stretch and those around it.
func (x *Extractor) prepare(s Stretch) {
	x.sentence, x.caps = x.d.Sentences[s.Sentence], x.d.Capitals[s.Sentence]
	x.first = max(s.First-2, x.sentence.First)
	x.words = x.words[:0]
	for k := x.first; k < min(s.Last+2, x.sentence.Last); k++ {
		x.words = append(x.words, x.values(k, k >= s.First && k < s.Last))
	}
	for i := s.First; i < s.Last; {
		j := i
		for j < s.Last && x.d.Words[j].Capital {
			j++
		}
		for k := i; k < j; k++ {
			w := x.word(k)
			w.runFirst, w.runLast = i, j
		}
		i = max(j, i+1)
	}
}

// values returns the values of word k, which is in a stretch or beside one.
func (x *Extractor) values(k int32, within bool) wordValues {
	w := &x.d.Words[k]
	v := wordValues{
		hash:    w.Hash,
		shape:   uint64(w.Shape&^(token.Spaced|token.LineStart|token.Domain|token.Joint)) | uint64(w.Class)<<8 | length(w)<<12,
		tag:     uint64(w.Tag) + 1,
		listed:  uint64(w.Listed),
		info:    uint64(w.Info.Flags()),
		cues:    uint64(w.Cues & lexicon.Learnt),
		head:    w.Head,
		tail:    w.Tail,
		path:    w.Info.Path(),
		cluster: uint64(w.Info.Cluster()),
	}
	if within && w.Class == token.Letters {
		v.seen = uint64(x.seen.Get(w.Hash)&^seenOnce) + 1
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

// word returns the values of word k of the document, as far as they are prepared.
func (x *Extractor) word(k int32) *wordValues {
	switch {
	case k < x.sentence.First:
		return &beforeFirst
	case k >= x.sentence.Last:
		return &afterLast
	}
	return &x.words[k-x.first]
}

// MaxFeatures is the most features that a word has.
const MaxFeatures = 192

// A group is features that are made of the same few values. These come again and
// again in news, so that the sum of a group's weights need not be made anew each
// time (see keptSum).
type group int

const (
	ofWord   group = iota // the word itself, wherever it stands
	ofLists               // its places in lists
	ofBefore              // the word before it
	ofAfter               // the word after it
	ofSecondBefore
	ofSecondAfter
	ofShapes
	ofTags
	ofInfo // what is known of the words around
	ofSeen // what the rest of the document tells about it
	ofRun  // the run of capitalised words that it is in
	groups
)

// window is what the features of one word are made of.
type window struct {
	w, p, n, pp, nn             *wordValues // the word, those before and after, and the second ones
	place                       uint64      // where in the sentence
	at                          uint64      // where in the run
	first, last, before, behind *wordValues // the ends of the run, and what stands around it; nil without a run
}

// window returns the window of word k of the document, in the stretch prepared.
func (x *Extractor) window(k int32) (v window) {
	v.w, v.p, v.n, v.pp, v.nn = x.word(k), x.word(k-1), x.word(k+1), x.word(k-2), x.word(k+2)
	v.place = uint64(min(k-x.sentence.First, 1)) | uint64(min(x.sentence.Last-k, 2))<<1
	if x.caps {
		v.place |= 8
	}
	if w := v.w; w.runLast != 0 {
		v.first, v.last = x.word(w.runFirst), x.word(w.runLast-1)
		v.before, v.behind = x.word(w.runFirst-1), x.word(w.runLast)
		v.at = uint64(min(k-w.runFirst, 3)) | uint64(min(w.runLast-k, 4))<<2
	}
	return v
}

// known returns what package words knows of a word, which hangs on its class as well as on
// its hash.
func (v *wordValues) known() uint64 { return uint64(v.path)<<16 ^ v.cluster<<4 ^ v.info }

// keys returns a hash of the values that each group is made of.
func (v *window) keys() (k [groups]uint64) {
	w, p, n := v.w, v.p, v.n
	k[ofWord] = hashing.Feature(int(ofWord),
		hashing.Both(
			hashing.Both(w.hash, w.shape),
			hashing.Both(w.known(), uint64(w.head)<<32|uint64(w.tail)),
		))
	k[ofLists] = hashing.Feature(int(ofLists),
		hashing.Both(
			hashing.Both(p.listed, w.listed),
			hashing.Both(n.listed, w.tag),
		))
	k[ofBefore] = hashing.Feature(int(ofBefore),
		hashing.Both(
			hashing.Both(hashing.Both(p.hash, p.shape), hashing.Both(uint64(p.tail), p.known())),
			hashing.Both(w.listed, w.shape),
		))
	k[ofAfter] = hashing.Feature(int(ofAfter),
		hashing.Both(
			hashing.Both(hashing.Both(n.hash, n.shape), hashing.Both(uint64(n.tail), n.known())),
			hashing.Both(w.listed, w.shape),
		))
	k[ofSecondBefore] = hashing.Feature(int(ofSecondBefore), hashing.Both(v.pp.hash, v.pp.known()))
	k[ofSecondAfter] = hashing.Feature(int(ofSecondAfter), hashing.Both(v.nn.hash, v.nn.known()))
	k[ofShapes] = hashing.Feature(int(ofShapes),
		hashing.Both(
			hashing.Both(p.shape, w.shape),
			hashing.Both(n.shape, v.place),
		))
	k[ofTags] = hashing.Feature(int(ofTags), hashing.Both(p.tag|w.tag<<8|v.place<<24, n.shape))
	k[ofInfo] = hashing.Feature(int(ofInfo), hashing.Both(p.info|w.info<<4|n.info<<8|v.place<<12, w.shape))
	k[ofSeen] = hashing.Feature(int(ofSeen), hashing.Both(hashing.Both(w.seen, w.info), w.listed))
	if v.first != nil {
		k[ofRun] = hashing.Feature(int(ofRun),
			hashing.Both(
				hashing.Both(hashing.Both(v.first.hash, v.first.known()), hashing.Both(v.last.hash, v.last.known())),
				v.at,
			))
	}
	return k
}

// maxTemplates is the most templates of a group.
const maxTemplates = 32

// appendGroup appends the hashes of the features of a group.
func (v *window) appendGroup(dst []uint64, g group) []uint64 {
	template := int(g) * maxTemplates
	add := func(value uint64) {
		dst = append(dst, hashing.Feature(template, value))
		template++
	}
	w, p, n := v.w, v.p, v.n
	switch g {
	case ofWord:
		capital := w.shape & 1
		add(0)
		add(w.shape)
		add(w.hash)
		add(hashing.Both(w.hash, w.shape))
		add(hashing.Both(uint64(w.tail), capital))
		add(hashing.Both(uint64(w.tail&0xFFFFFF), capital))
		add(hashing.Both(uint64(w.tail&0xFFFF), capital))
		add(hashing.Both(uint64(w.head), capital))
		add(hashing.Both(uint64(w.head&0xFFFFFF), capital))
		add(w.info)
		add(w.cues)
		add(uint64(w.path.Prefix(4)))
		add(uint64(w.path.Prefix(6)))
		add(uint64(w.path.Prefix(10)))
		add(uint64(w.path))
		add(hashing.Both(uint64(w.path), w.shape))
		add(w.cluster)
	case ofLists:
		add(w.listed)
		add(hashing.Both(p.listed, w.listed))
		add(hashing.Both(w.listed, n.listed))
		add(hashing.Both(w.listed, w.tag))
		for b := w.listed; b != 0; b &= b - 1 {
			dst = append(dst, hashing.Feature(template, b&-b))
		}
	case ofBefore, ofAfter:
		beside := p
		if g == ofAfter {
			beside = n
		}
		add(beside.hash)
		add(hashing.Both(uint64(beside.tail&0xFFFFFF), beside.shape&1))
		add(hashing.Both(beside.hash, w.listed))
		add(beside.cues)
		add(hashing.Both(beside.cues, w.shape))
		add(hashing.Both(beside.hash, w.shape))
		add(uint64(beside.path.Prefix(4)))
		add(uint64(beside.path.Prefix(6)))
		add(uint64(beside.path.Prefix(10)))
		add(uint64(beside.path))
		add(beside.cluster)
	case ofSecondBefore:
		add(v.pp.hash)
		add(uint64(v.pp.path.Prefix(6)))
		add(uint64(v.pp.path))
	case ofSecondAfter:
		add(v.nn.hash)
		add(uint64(v.nn.path.Prefix(6)))
		add(uint64(v.nn.path))
	case ofShapes:
		add(hashing.Both(p.shape, w.shape))
		add(hashing.Both(w.shape, n.shape))
		add(hashing.Both(hashing.Both(p.shape, w.shape), n.shape))
		add(v.place)
		add(hashing.Both(v.place, w.shape))
	case ofTags:
		add(w.tag)
		add(hashing.Both(p.tag, w.tag))
		add(hashing.Both(hashing.Both(v.place, w.tag), n.shape))
	case ofInfo:
		add(hashing.Both(p.info, w.info))
		add(hashing.Both(w.info, n.info))
		add(hashing.Both(hashing.Both(w.info, w.shape), p.info))
		add(hashing.Both(v.place, w.info))
	case ofSeen:
		add(w.seen)
		add(hashing.Both(w.seen, w.info))
		add(hashing.Both(w.seen, w.listed))
		for b := max(w.seen, 1) - 1; b != 0; b &= b - 1 {
			dst = append(dst, hashing.Feature(template, b&-b))
		}
	case ofRun:
		if v.first == nil {
			break
		}
		add(v.at)
		add(hashing.Both(v.first.hash, v.at))
		add(hashing.Both(v.last.hash, v.at))
		add(hashing.Both(v.last.cluster, v.at))
		add(hashing.Both(v.first.info, v.last.info)*32 + v.at)
		add(hashing.Both(v.last.cues, v.at))
	}
	return dst
}

// appendSingle appends the hashes of the features that are in no group: of two
// words together, which seldom come again.
func (v *window) appendSingle(dst []uint64) []uint64 {
	template := int(groups) * maxTemplates
	add := func(value uint64) {
		dst = append(dst, hashing.Feature(template, value))
		template++
	}
	w, p, n := v.w, v.p, v.n
	add(hashing.Both(p.hash, w.hash))
	add(hashing.Both(w.hash, n.hash))
	if v.first != nil {
		// What the run as a whole stands between: School of Art says what
		// Glasgow is in front of it.
		add(hashing.Both(v.before.hash, v.behind.hash))
		add(hashing.Both(hashing.Both(v.before.cues, v.behind.cues), v.at))
		add(hashing.Both(uint64(v.before.path.Prefix(10)), uint64(v.behind.path.Prefix(10))))
	}
	return dst
}

// Features calls each with the features of every word of a stretch, in order.
// The slice is good until each returns.
func (x *Extractor) Features(s Stretch, each func(features []uint64)) {
	x.prepare(s)
	var buf [MaxFeatures]uint64
	for k := s.First; k < s.Last; k++ {
		v := x.window(k)
		features := buf[:0]
		for g := range groups {
			features = v.appendGroup(features, g)
		}
		each(v.appendSingle(features))
	}
}

// Habitual returns hashes of what a set's habits are learnt by, for word k of the stretch
// whose features have been called for last: its shape, its cluster, its places in lists.
func (x *Extractor) Habitual(k int32) [4]uint64 {
	w := x.word(k)
	return [...]uint64{hashing.Feature(-1, 0), hashing.Feature(-2, w.shape), hashing.Feature(-3, w.cluster), hashing.Feature(-4, w.listed)}
}
