package token

import (
	"math/bits"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/hashing"
)

// plain adds the word at s.pos if it is one of the many that are ASCII letters
// alone, with white space or a comma after them: no link, no abbreviation, and no
// sentence ends there. It says the same of them as word, shape and ends, and looks at
// eight bytes at once.
func (s *scanner) plain() bool {
	start, i := s.pos, s.pos
	var capitals, smalls uint64 // not 0 when there are any
	for {
		if i+8 > len(s.text) {
			for i < len(s.text) && s.text[i] < utf8.RuneSelf && ascii[s.text[i]] == letter {
				smalls |= uint64(s.text[i] & 0x20)
				capitals |= uint64(^s.text[i] & 0x20)
				i++
			}
			break
		}
		n, c, l := letters(s.text[i : i+8])
		i += n
		capitals |= c
		smalls |= l
		if n < 8 {
			break
		}
	}
	n := i - start
	if n == 0 || i < len(s.text) && s.text[i] != ' ' && s.text[i] != '\n' && s.text[i] != ',' {
		return false
	}
	var shape Shape
	if s.text[start] <= 'Z' {
		shape = Capital
	}
	switch {
	case smalls != 0:
		shape |= HasLower
	case n > 1:
		shape |= AllUpper
	}
	s.pos = i
	s.words = append(s.words, Word{Start: int32(start), End: int32(i), Class: Letters, Shape: shape, Lower: capitals == 0})
	return true
}

// letters returns how many ASCII letters the eight bytes of text begin with, and a bit
// for each of them that is a capital, and that is a small one.
func letters(text string) (n int, capitals, smalls uint64) {
	const ones = 0x0101010101010101
	x := load(text)
	low := x&(0x7F*ones) | 0x20*ones
	// The highest bit of each byte says: at least 'a', more than 'z'.
	atLeast, more := low+(0x80-'a')*ones, low+(0x7F-'z')*ones
	other := (^atLeast | more | x) & (0x80 * ones)
	first := (other&-other)>>7 - 1 // all bits of the letters
	return bits.TrailingZeros64(other) / 8, ^x & first & (0x20 * ones), x & first & (0x20 * ones)
}

// load returns the first eight bytes of text, the first one lowest.
func load(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}

// Key is the bytes of a word of up to 16, the first one lowest and nothing after them.
// Words hold no zero byte: they are equal when their keys are, and the zero Key is no
// word's.
type Key struct{ low, high uint64 }

// KeyOf returns the key of text[start:end]; false when it has more than 16 bytes, or
// stands at the end of text.
func KeyOf(text string, start, end int32) (Key, bool) {
	n := end - start
	if n > 16 || int(start)+16 > len(text) {
		return Key{}, false
	}
	b := text[start:][:16]
	return Key{load(b[:8]) & firstBytes[min(n, 8)], load(b[8:]) & firstBytes[max(n, 8)-8]}, true
}

// Slot returns where k is kept in a table of 1<<log places.
func (k Key) Slot(log int) uint64 {
	return hashing.Place(k.low, k.high, log)
}

// firstBytes masks the first bytes of eight.
var firstBytes = [9]uint64{0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
