package perceptron

import (
	"encoding/binary"
	"unicode/utf8"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/fold"
)

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
