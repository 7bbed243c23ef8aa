// Package codepoint counts the code points of text as other languages do: where bytes
// are not UTF-8, each longest run of them that begins a character, and each byte that
// begins none, is one U+FFFD, as the Unicode Standard recommends (section 3.9, U+FFFD
// Substitution of Maximal Subparts) and decoders of the Web, of Python and of Java do.
// Go's own counts each such byte.
package codepoint

import (
	"strings"
	"unicode/utf8"
)

// Decode returns the first code point of s and the bytes that it takes; 0 of an empty
// string.
func Decode(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		size = subpart(s)
	}
	return r, size
}

// subpart returns the length of the maximal subpart that s, which is not UTF-8, begins
// with.
func subpart(s string) int {
	lowest, highest, more := byte(0x80), byte(0xBF), 1 // of the second byte; bytes to come
	switch c := s[0]; {
	case 0xE0 <= c && c <= 0xEF:
	case 0xF0 <= c && c <= 0xF4:
		more = 2
	default:
		return 1
	}
	switch s[0] { // as table 3-7 of the standard has them
	case 0xE0:
		lowest = 0xA0
	case 0xED:
		highest = 0x9F
	case 0xF0:
		lowest = 0x90
	case 0xF4:
		highest = 0x8F
	}
	n := 1
	for n < len(s) && n <= more && lowest <= s[n] && s[n] <= highest {
		lowest, highest = 0x80, 0xBF
		n++
	}
	return n
}

// Count returns how many code points s has.
func Count(s string) int {
	if utf8.ValidString(s) {
		return utf8.RuneCountInString(s)
	}
	n := 0
	for len(s) > 0 {
		_, size := Decode(s)
		s = s[size:]
		n++
	}
	return n
}

// Valid returns s in UTF-8, with U+FFFD for what is not.
func Valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := Decode(s)
		b.WriteRune(r)
		s = s[size:]
	}
	return b.String()
}
