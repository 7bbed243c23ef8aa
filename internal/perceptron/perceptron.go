// Package perceptron tags words with parts of speech by the averaged-perceptron
// model of prose v2, run by a decoder of our own: the same tags on the same
// words, many times faster, and always the same.
//
// The model is Matthew Honnibal's (https://explosion.ai/blog/part-of-speech-pos-tagger-in-python),
// trained by prose v2.0.0 (MIT Licence). Its weights are multiples of a
// thousandth, so they are summed as integers and sums are exact; of equal sums
// the tag that comes first in byte order wins, where prose lets the order of a
// map decide. The file is used where it lies: nothing is decoded at start-up.
package perceptron

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/fold"
)

//go:generate go run ../cmd/posgen -o prose.bin

//go:embed prose.bin
var embedded string

// Class is a part-of-speech tag.
type Class uint8

// tags are the classes of the model in byte order, then the tags that prose's
// rules give, then the contexts before a sentence.
var tags = [...]string{"#", "$", "''", "(", ")", ",", ".", ":", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD",
	"NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG",
	"VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``", "-", "-NONE-", "-*-", "-START-", "-START2-"}

// ModelClasses is the number of classes that the model chooses from, the first
// ones of all.
const ModelClasses = 45

// The classes that rules give.
const (
	hyphen Class = ModelClasses + iota
	none
	// Itself stands for a word like -LRB-, which prose tags with the word itself.
	Itself
	start
	start2
)

// String returns the Penn Treebank tag.
func (c Class) String() string {
	if int(c) >= len(tags) {
		return fmt.Sprintf("Class(%d)", uint8(c))
	}
	return tags[c]
}

// ClassOf returns the class of a tag.
func ClassOf(tag string) (Class, bool) {
	for c, t := range tags[:start] {
		if t == tag {
			return Class(c), true
		}
	}
	return 0, false
}

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

// Tagger is a part-of-speech model. It is immutable and safe for concurrent use.
type Tagger struct {
	slots       [][4]byte
	words, rows []byte
	slotCount   uint64
	wordShift   uint
	given       [len(tags) * len(tags)]atomic.Pointer[sums] // by the two tags before: see before
}

// sums are the sums of the weights of each class, in thousandths, three classes a
// word, and in the last word a bit for each class that has any. A negative sum borrows
// from the class above it; what before gives puts each sum above zero, and that is
// undone.
type sums [ModelClasses/3 + 1]uint64

const touched = ModelClasses / 3

// offset is added to the sum of each class in what before gives: as much as templates
// weights of up to MaxWeight can take away, or add.
const offset = 1 << 20

const sumBits = 21

// lanes are where the sum of each class is in sums: a word, and a shift in it.
var lanes = func() (l [1 << 6]struct{ word, shift uint8 }) {
	for class := range ModelClasses {
		l[class].word, l[class].shift = uint8(class/3), uint8(class%3*sumBits)
	}
	return l
}()

// add adds sums.
func (s *sums) add(other *sums) {
	for i, triple := range other[:touched] {
		s[i] += triple
	}
	s[touched] |= other[touched]
}

// Default returns the embedded model. Its first call verifies a checksum; that what
// it sums up is sound was seen to when the model was made.
var Default = sync.OnceValue(func() *Tagger {
	t, err := open(embedded)
	if err != nil {
		panic("perceptron: the embedded weights are damaged: " + err.Error())
	}
	return t
})

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
	b := unsafe.Slice(unsafe.StringData(data), len(data)) // read only, to spare a copy of megabytes
	le := binary.LittleEndian
	if v := le.Uint32(b[len(Magic):]); v != Version {
		return nil, fmt.Errorf("perceptron: version %d, want %d", v, Version)
	}
	if crc32.Checksum(b[len(Magic)+8:], crc32.MakeTable(crc32.Castagnoli)) != le.Uint32(b[len(Magic)+4:]) {
		return nil, errors.New("perceptron: checksum does not match: the data are damaged")
	}
	features, words, rows := le.Uint32(b[len(Magic)+8:]), le.Uint32(b[len(Magic)+12:]), le.Uint32(b[len(Magic)+16:])
	if words > 24 || features == 0 || rows > MaxRows || uint64(HeaderBytes)+4*uint64(features)+8<<words+uint64(rows) != uint64(len(data)) {
		return nil, errors.New("perceptron: lengths do not add up")
	}
	b = b[HeaderBytes:]
	slots := unsafe.Slice((*[4]byte)(b), features)
	b = b[4*features:]
	return &Tagger{slots: slots, words: b[:8<<words], rows: b[8<<words:], slotCount: uint64(features), wordShift: uint(words)}, nil
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
		for j := range int(t.rows[v]) {
			w := u24([3]byte(t.rows[v+RowHeader+3*j:]))
			if w&63 >= ModelClasses {
				return errors.New("perceptron: a class out of range")
			}
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
	h := (a ^ uint64(template)*0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9
	h ^= h >> 31
	h = (h + b) * 0x94D049BB133111EB
	return h ^ h>>29
}

// Slot returns where a feature's probe begins in a table of n.
func Slot(h, n uint64) uint64 { return h >> 32 * n >> 32 }

// WordSlot returns where a word's probe begins in a table of 1<<shift.
func WordSlot(h uint64, shift uint) int { return int(h & (1<<shift - 1)) }

// Fingerprint returns what a word's slot keeps of a hash. A feature's slot keeps the
// lowest 12 bits, and its row 16 more.
func Fingerprint(h uint64) uint32 { return uint32(h >> 32) }

// tagHashes are the hashes of the tags as features have them.
var tagHashes = func() (h [len(tags)]uint64) {
	for c, t := range tags {
		h[c] = Hash(t)
	}
	return h
}()

// context is what the model sees of one word.
type context struct {
	word, suffix uint64 // of the normalised word
}

// Scratch is what Append needs besides the words; the zero value is ready, and
// it is for one goroutine.
type Scratch struct {
	context []context
	kept    []keptSum
	tagger  *Tagger // whose sums are kept
	lower   []byte
	all     []bool
}

// use makes s keep sums of t's weights.
func (s *Scratch) use(t *Tagger) {
	if s.tagger != t {
		s.tagger, s.kept = t, make([]keptSum, keptSums)
	}
}

// The words of context beyond a sentence's ends, as prose writes them.
var (
	before2 = context{Hash("-START-"), Hash("RT-")}
	before1 = context{Hash("-START2-"), Hash("T2-")}
	after1  = context{Hash("-END-"), Hash("ND-")}
	after2  = context{Hash("-END2-"), Hash("D2-")}
)

// Append appends the tag of each word of one sentence to dst. It does not
// allocate when dst and s have room. Empty words are tagged NN.
func (t *Tagger) Append(dst []Class, words []string, s *Scratch) []Class {
	s.all = s.all[:0]
	for range words {
		s.all = append(s.all, true)
	}
	return t.AppendWanted(dst, words, s.all, s)
}

// AppendWanted appends the tags of the first words of a sentence, as many as
// wanted has elements: what Append appends for them where wanted is true, else
// that or Itself. A tag depends on the words around and on the two tags before it
// alone, so that what is not wanted is tagged only as far back as to two words that
// have but one tag.
func (t *Tagger) AppendWanted(dst []Class, words []string, wanted []bool, s *Scratch) []Class {
	s.use(t)
	first := len(dst)
	for range wanted {
		dst = append(dst, Itself)
	}
	classes := dst[first:]
	needed := len(classes) // and what follows: by a word after it
	for i := len(classes) - 1; i >= 0; i-- {
		if !wanted[i] && i < needed {
			continue
		}
		var ok bool
		if classes[i], ok = t.fixed(words[i]); !ok {
			classes[i] = undecided
			needed = i - 2
		}
	}
	s.context = append(s.context[:0], before2, before1)
	known := 0 // the words before it have their context
	for i, c := range classes {
		if c != undecided {
			continue
		}
		for ; known < min(i+3, len(words)); known++ {
			var c context
			if known >= i-2 {
				c = s.normalise(words[known])
			}
			s.context = append(s.context, c)
		}
		if i+3 > len(words) {
			s.context = append(s.context[:2+len(words)], after1, after2)
		}
		p1, p2 := start, start2
		if i > 0 {
			p1, p2 = classes[i-1], start
		}
		if i > 1 {
			p2 = classes[i-2]
		}
		classes[i] = t.predict(words[i], s.context[i:i+5], p1, p2, s)
	}
	return dst
}

// undecided stands for the tag of a word that the model has to choose.
const undecided = ^Class(0)

// normalise returns the context of a word: !HYPHEN, !YEAR and !DIGITS stand for
// what they say, other words are in lower case.
func (s *Scratch) normalise(w string) context {
	switch {
	case w == "":
		return context{Hash(""), Hash("")}
	case w[0] != '-' && strings.IndexByte(w, '-') >= 0:
		return normalHyphen
	case len(w) == 4 && isInteger(w):
		return normalYear
	case '0' <= w[0] && w[0] <= '9':
		return normalDigits
	}
	s.lower = s.lower[:0]
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			s.lower = append(s.lower[:0], strings.ToLower(w)...)
			break
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		s.lower = append(s.lower, c)
	}
	l := unsafe.String(unsafe.SliceData(s.lower), len(s.lower)) // hashed at once, never kept
	return context{Hash(l), Hash(l[max(0, len(l)-3):])}
}

var (
	normalHyphen = context{Hash("!HYPHEN"), Hash("HEN")}
	normalYear   = context{Hash("!YEAR"), Hash("EAR")}
	normalDigits = context{Hash("!DIGITS"), Hash("ITS")}
)

// isInteger reports whether strconv.Atoi accepts w, which has four bytes.
func isInteger(w string) bool {
	for i := range len(w) {
		if (w[i] < '0' || w[i] > '9') && (i > 0 || w[i] != '-' && w[i] != '+') {
			return false
		}
	}
	return true
}

// fixed returns the tag of a word that the model has not to choose.
func (t *Tagger) fixed(w string) (Class, bool) {
	if rule, ok := byRule(w); ok {
		return rule, true
	}
	one, ok := t.oneTag(w)
	switch {
	case ok && one.flags&Emoticon != 0:
		return one.class, true
	case isLink(w), isEmail(w), w[0] == '@':
		return nn, true
	case isTrace(w):
		return none, true
	case len(w) == 5 && w[0] == '-' && w[4] == '-' && isUpper(w[1:4]):
		return Itself, true
	}
	return one.class, ok
}

type oneTagWord struct {
	class Class
	flags uint8
}

// oneTag returns the only tag of a word that the model has not to choose for.
func (t *Tagger) oneTag(w string) (oneTagWord, bool) {
	if len(w) > 32 {
		return oneTagWord{}, false
	}
	h := Feature(templates, Hash(w), 0)
	for i := WordSlot(h, t.wordShift); ; i = (i + 1) & (1<<t.wordShift - 1) {
		if t.words[8*i+4] == 0 {
			return oneTagWord{}, false
		}
		if binary.LittleEndian.Uint32(t.words[8*i:]) == Fingerprint(h) {
			return oneTagWord{Class(t.words[8*i+4] - 1), t.words[8*i+5]}, true
		}
	}
}

// predict chooses the class with the greatest sum of weights for word w; p1 and p2
// are the tags before it.
func (t *Tagger) predict(w string, c []context, p1, p2 Class, s *Scratch) Class {
	sum := t.score(w, c, p1, p2, s)
	// A sum and, below it, the class, the first one greatest: it is chosen when no
	// class has weights, too.
	best, class, some := uint64(63), uint64(63), sum[touched]
	for _, triple := range sum[:touched] {
		for range 3 {
			best = max(best, (triple&(1<<sumBits-1)<<6|class)&-(some&1))
			triple >>= sumBits
			some >>= 1
			class--
		}
	}
	return Class(63 - best&63)
}

// score adds up the weights of each class: c holds the contexts of the two words
// before w, of itself, and of the two after it.
func (t *Tagger) score(w string, c []context, p1, p2 Class, s *Scratch) sums {
	sum := *t.before(p1, p2)
	t.add(&sum, Feature(tag1word0, tagHashes[p1], c[2].word))
	for g, hash := range [groups]uint64{ofWord: Hash(w), ofBefore: c[1].word, ofSecondBefore: c[0].word, ofAfter: c[3].word, ofSecondAfter: c[4].word} {
		key := Feature(templates+1+g, hash, 0)
		kept := &s.kept[key%keptSums]
		if kept.key != key {
			*kept = keptSum{key: key}
			switch g {
			case ofWord:
				n := len(w)
				var first [utf8.UTFMax]byte
				pref := utf8.EncodeRune(first[:], rune(w[0])) // a byte taken for a character, as prose does
				t.add(&kept.sums, Feature(suffix, Hash(w[n-min(n, 3):]), 0), Feature(prefix, fold.Hash(first[:pref]), 0), Feature(word0, c[2].word, 0))
			case ofBefore:
				t.add(&kept.sums, Feature(word1, c[1].word, 0), Feature(suffix1, c[1].suffix, 0))
			case ofSecondBefore:
				t.add(&kept.sums, Feature(word2, c[0].word, 0))
			case ofAfter:
				t.add(&kept.sums, Feature(next1, c[3].word, 0), Feature(nextSuffix1, c[3].suffix, 0))
			case ofSecondAfter:
				t.add(&kept.sums, Feature(next2, c[4].word, 0))
			}
		}
		sum.add(&kept.sums)
	}
	return sum
}

// The groups of features that one word alone decides, whose sums are kept: most
// words of a text come again in it.
const (
	ofWord = iota
	ofBefore
	ofSecondBefore
	ofAfter
	ofSecondAfter
	groups
)

// keptSums is how many sums of groups are kept.
const keptSums = 1 << 11

// keptSum is the sums of a group of features, by a hash of the word that they are
// made of; the zero value is that of a group without weights.
type keptSum struct {
	key uint64
	sums
}

// before returns the sums of the features that the two tags before a word alone
// decide. There are few pairs of tags and these features have the most weights, so
// the sums are kept.
func (t *Tagger) before(p1, p2 Class) *sums {
	at := &t.given[int(p1)*len(tags)+int(p2)]
	if s := at.Load(); s != nil {
		return s
	}
	s := new(sums)
	for i := range touched {
		s[i] = offset<<(2*sumBits) | offset<<sumBits | offset
	}
	h1, h2 := tagHashes[p1], tagHashes[p2]
	t.add(s, Feature(bias, 0, 0), Feature(tag1, h1, 0), Feature(tag2, h2, 0), Feature(tags12, h1, h2))
	at.Store(s)
	return s
}

// add adds the weights of features. It goes over them twice: first it looks the rows
// up, so that what it fetches from memory is under way all at once.
func (t *Tagger) add(s *sums, features ...uint64) {
	var rows [templates][][3]byte
	features = features[:min(len(features), len(rows))]
	for i, h := range features {
		rows[i] = t.row(h)
	}
	some := s[touched]
	for _, weights := range rows[:len(features)] {
		for _, weight := range weights {
			v := u24(weight)
			class := v & 63
			s[lanes[class].word%uint8(len(s))] += uint64(thousandths(v)) << (lanes[class].shift & 63)
			some |= 1 << class
		}
	}
	s[touched] = some
}

// row returns the weights of a feature, none if it is unknown.
func (t *Tagger) row(h uint64) [][3]byte {
	for i := Slot(h, t.slotCount); ; {
		slot := binary.LittleEndian.Uint32(t.slots[i][:])
		if slot>>12 == 0 {
			return nil
		}
		if slot&0xFFF == uint32(h&0xFFF) {
			row := t.rows[slot>>12-1:]
			if binary.LittleEndian.Uint16(row[1:]) == uint16(h>>12) {
				n := int(row[0])
				weights := row[RowHeader:][:3*n]
				return unsafe.Slice((*[3]byte)(unsafe.Pointer(unsafe.SliceData(weights))), n)
			}
		}
		if i++; i == t.slotCount {
			i = 0
		}
	}
}
