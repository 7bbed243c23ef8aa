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
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

//go:generate go run ../cmd/posgen -o prose.bin

//go:embed prose.bin
var embedded string

// Tagger is a part-of-speech model. It is immutable and safe for concurrent use.
type Tagger struct {
	slots       [][4]byte
	words, rows []byte
	slotCount   int
	wordShift   uint
	given       [len(tags) * len(tags)]atomic.Pointer[sums] // by the two tags before: see before
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
			s.lower = s.lower[:0]
			for _, r := range w { // as strings.ToLower, which allocates
				s.lower = utf8.AppendRune(s.lower, unicode.ToLower(r))
			}
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
