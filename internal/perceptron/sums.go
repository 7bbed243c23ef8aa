package perceptron

import (
	"encoding/binary"
	"unicode/utf8"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/hashing"
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
	var buf [templates]uint64
	features := append(buf[:0], Feature(tag1word0, tagHashes[p1], c[2].word))
	// The sums of the other groups are made after those that are kept have been added:
	// by then all that they want from memory is under way.
	var (
		made [groups]struct {
			kept *keptSum
			key  uint64
			end  int // of the group's features
		}
		n int
	)
	for g, hash := range [groups]uint64{ofWord: Hash(w), ofBefore: c[1].word, ofSecondBefore: c[0].word, ofAfter: c[3].word, ofSecondAfter: c[4].word} {
		key := Feature(templates+1+g, hash, 0)
		kept := &s.kept[key%keptSums]
		if kept.key == key {
			sum.add(&kept.sums)
			continue
		}
		switch g {
		case ofWord:
			end := len(w)
			var first [utf8.UTFMax]byte
			pref := utf8.EncodeRune(first[:], rune(w[0])) // a byte taken for a character, as prose does
			features = append(features, Feature(suffix, Hash(w[end-min(end, 3):]), 0), Feature(prefix, fold.Hash(first[:pref]), 0), Feature(word0, c[2].word, 0))
		case ofBefore:
			features = append(features, Feature(word1, c[1].word, 0), Feature(suffix1, c[1].suffix, 0))
		case ofSecondBefore:
			features = append(features, Feature(word2, c[0].word, 0))
		case ofAfter:
			features = append(features, Feature(next1, c[3].word, 0), Feature(nextSuffix1, c[3].suffix, 0))
		case ofSecondAfter:
			features = append(features, Feature(next2, c[4].word, 0))
		}
		made[n].kept, made[n].key, made[n].end = kept, key, len(features)
		n++
	}
	var rows [templates]row
	t.fetch(features, &rows)
	sum.addRows(rows[:1])
	from := 1
	for _, g := range made[:n] {
		*g.kept = keptSum{key: g.key}
		g.kept.addRows(rows[from:g.end])
		sum.add(&g.kept.sums)
		from = g.end
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
	var rows [templates]row
	t.fetch([]uint64{Feature(bias, 0, 0), Feature(tag1, h1, 0), Feature(tag2, h2, 0), Feature(tags12, h1, h2)}, &rows)
	s.addRows(rows[:])
	at.Store(s)
	return s
}

// row is the weights of a feature.
type row [][3]byte

// addRows adds the weights of features.
func (s *sums) addRows(rows []row) {
	some := s[touched]
	for _, weights := range rows {
		for _, weight := range weights {
			v := u24(weight)
			class := v & 63
			s[lanes[class].word%uint8(len(s))] += uint64(thousandths(v)) << (lanes[class].shift & 63)
			some |= 1 << class
		}
	}
	s[touched] = some
}

// fetch sets rows to the weights of features. It goes over them twice: first it looks
// at where the searches begin alone, so that all the memory wanted is under way at once.
func (t *Tagger) fetch(features []uint64, rows *[templates]row) {
	var slots [templates]uint32
	features = features[:min(len(features), templates)]
	for i, h := range features {
		slots[i] = binary.LittleEndian.Uint32(t.slots[Slot(h, t.slotCount)][:])
	}
	for i, h := range features {
		rows[i] = t.search(h, slots[i])
	}
}

// search returns the weights of a feature, none if it is unknown: slot is the one where
// the search for it begins.
func (t *Tagger) search(h uint64, slot uint32) row {
	for i := Slot(h, t.slotCount); slot>>12 != 0; {
		if slot&0xFFF == uint32(h&0xFFF) {
			at := t.rows[slot>>12-1:]
			if binary.LittleEndian.Uint16(at[1:]) == uint16(h>>12) {
				n := int(at[0])
				weights := at[RowHeader:][:3*n]
				return unsafe.Slice((*[3]byte)(unsafe.Pointer(unsafe.SliceData(weights))), n)
			}
		}
		i = hashing.Next(i, t.slotCount)
		slot = binary.LittleEndian.Uint32(t.slots[i][:])
	}
	return nil
}
