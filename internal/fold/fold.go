// Package fold reduces a word to the form under which names are compared: lower
// case, without diacritics, apostrophes, full stops and invisible characters.
// It knows words only; hyphens and spaces are for its callers to split at.
package fold

import (
	"unicode"
	"unicode/utf8"
)

//go:generate sh -c "go run ../cmd/foldgen >table.go.new && mv table.go.new table.go"

// Offset and prime of the 64-bit FNV-1a hash, see
// https://datatracker.ietf.org/doc/html/draft-eastlake-fnv.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// Append appends the folded form of word to dst and returns it with the FNV-1a
// hash of the bytes it added. A word of nothing but dropped characters, such as
// a full stop, is appended as it is, but for an apostrophe, which is a straight one: Workers’
// Party is Workers' Party. Bytes that are not UTF-8 are kept. It does
// not allocate when dst has room: no word grows by more than a half.
func Append(dst []byte, word string) ([]byte, uint64) {
	n := len(dst)
	h := uint64(fnvOffset)
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case c == '\'' || c == '.' || c == '`':
				continue
			}
			dst = append(dst, c)
			h = (h ^ uint64(c)) * fnvPrime
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		m := len(dst)
		dst = appendRune(dst, r, word[i:i+size])
		i += size
		for _, c := range dst[m:] {
			h = (h ^ uint64(c)) * fnvPrime
		}
	}
	if len(dst) == n {
		dst = append(dst, lone(word)...)
		h = Hash(dst[n:])
	}
	return dst, h
}

// lone returns what a word of dropped characters alone folds to.
func lone(word string) string {
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && size > 1 && Apostrophe(r) || word == "\x91" || word == "\x92" {
		return "'"
	}
	return word
}

// Hash returns the hash that Append returns for a word already folded.
func Hash[T []byte | string](folded T) uint64 {
	h := uint64(fnvOffset)
	for i := range len(folded) {
		h = (h ^ uint64(folded[i])) * fnvPrime
	}
	return h
}

// appendRune appends what the non-ASCII rune r folds to; source is its bytes.
func appendRune(dst []byte, r rune, source string) []byte {
	var pair string
	switch {
	case r == utf8.RuneError && len(source) == 1:
		if source[0] == 0x91 || source[0] == 0x92 { // Windows-1252 quotation marks
			return dst
		}
		return append(dst, source...)
	case 0xC0 <= r && r <= 0x24F:
		pair = latin[2*(r-0xC0):][:2]
	case 0x1E00 <= r && r <= 0x1EFF:
		pair = latinAdditional[2*(r-0x1E00):][:2]
	case r == 'ə':
		return append(dst, 'a')
	case r == 'ё' || r == 'Ё': // which Russian mostly writes without the dots
		return append(dst, "е"...)
	case dropped(r):
		return dst
	}
	if pair != "" && pair[0] != 0 {
		dst = append(dst, pair[0])
		if pair[1] != 0 {
			dst = append(dst, pair[1])
		}
		return dst
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// Apostrophe reports whether r is one of the marks written for an apostrophe or
// for the modifier letters of Uzbek, Tajik and Arabic names.
func Apostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', 'ʹ', 'ʻ', 'ʼ', 'ʽ', 'ʾ', 'ʿ', 'ˈ', '‘', '’', '‛', '′':
		return true
	}
	return false
}

// Invisible reports whether r is not seen and says nothing of the word it stands in:
// soft hyphens, zero-width spaces and joiners, marks of direction, and what chooses among
// the forms of the character before it. One that begins a word or ends one is no part of it.
func Invisible(r rune) bool {
	switch {
	case r < 0x200B:
		return r == 0xAD || r == 0x34F || r == 0x61C || r == 0x180E
	case r < 0x20D0:
		return r <= 0x200F || 0x202A <= r && r <= 0x202E || 0x2060 <= r && r <= 0x206F
	}
	return r <= 0x20FF || 0xFE00 <= r && r <= 0xFE0F || r == 0xFEFF || 0xFFF9 <= r && r <= 0xFFFB || 0xE0000 <= r && r <= 0xE0FFF
}

// dropped reports whether folding leaves out r: apostrophes, combining marks,
// and characters that are not seen.
func dropped(r rune) bool {
	return 0x300 <= r && r <= 0x36F || Invisible(r) || Apostrophe(r)
}
