// Package respell reduces a word of a name of Central Asia to what its spellings have in
// common. The press writes one name in many ways: Tokayev, Tokaev, Toqaev and Tokaiev,
// Zhaparov and Dzhaparov, Berdimuhamedow and Berdymukhammedov, and in Cyrillic, of six
// alphabets; they all have one skeleton. What different letters distinguish in the
// languages themselves, such as Mirzoyev and Mirziyoyev, the skeleton keeps apart.
package respell

import (
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
)

// MaxBytes is the length of the longest word that has a skeleton.
const MaxBytes = 64

// cyrillic romanises the letters from U+0430 to U+045F, after the systems of BGN and
// PCGN with a single form where these have several.
var cyrillic = [...]string{
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
	"e", "yo", 0x56 - 0x30: "i", 0x5E - 0x30: "o",
}

// others romanises the letters that Kazakh, Kyrgyz, Tajik, Uzbek and Turkmen have besides.
var others = map[rune]string{
	'ғ': "g", 'җ': "j", 'қ': "q", 'ң': "n", 'ҳ': "h", 'ҷ': "j", 'һ': "h", 'ү': "u", 'ұ': "u",
	'ә': "a", 'ө': "o", 'ӣ': "i", 'ӯ': "u",
	'ç': "ch", 'ş': "sh", 'ž': "zh", 'ı': "y",
}

// reductions are what is written for one sound, by the first letter; of those that begin
// alike the longest stands first.
var reductions = ['z' - 'a' + 1][]struct{ from, to string }{
	'c' - 'a': {{"ch", "ch"}, {"ck", "k"}, {"c", "k"}},
	'd' - 'a': {{"dzh", "j"}, {"dj", "j"}},
	'g' - 'a': {{"gh", "g"}},
	'k' - 'a': {{"kh", "h"}},
	'n' - 'a': {{"ng", "n"}},
	'o' - 'a': {{"ou", "u"}},
	'p' - 'a': {{"ph", "f"}},
	'q' - 'a': {{"q", "k"}},
	's' - 'a': {{"shch", "sh"}},
	't' - 'a': {{"tch", "ch"}, {"tsh", "ch"}},
	'w' - 'a': {{"w", "v"}},
	'x' - 'a': {{"x", "h"}},
	'z' - 'a': {{"zh", "j"}},
}

// Append appends the skeleton of a word, which has no hyphen and no space; nothing when it
// has other letters than names of the region are written in, or is too long.
func Append(dst []byte, word string) []byte {
	if len(word) > MaxBytes {
		return dst
	}
	var latin [4 * MaxBytes]byte
	roman, ok := romanise(latin[:0], word)
	if !ok {
		return dst
	}
	first := len(dst)
	for i := 0; i < len(roman); {
		if c := roman[i]; len(reductions[c-'a']) == 0 && c != 'y' {
			dst = appendSound(dst, first, c)
			i++
			continue
		}
		sound, n := reduce(roman[i:])
		i += n
		if sound == "y" {
			if i < len(roman) && vowel(roman[i]) {
				continue
			}
			sound = "i"
		}
		for k := range len(sound) {
			dst = appendSound(dst, first, sound[k])
		}
	}
	return dst
}

// appendSound appends a letter to the skeleton that begins at first: none twice in a row,
// and no i between vowels.
func appendSound(dst []byte, first int, c byte) []byte {
	end := len(dst)
	if end == first {
		return append(dst, c)
	}
	if dst[end-1] == 'i' && vowel(c) && end > first+1 && vowel(dst[end-2]) {
		end--
		dst = dst[:end]
	}
	if dst[end-1] == c {
		return dst
	}
	return append(dst, c)
}

// reduce returns the sound that a word begins with and how many bytes it is written with.
func reduce(roman []byte) (sound string, n int) {
	c := roman[0] - 'a'
	for _, r := range reductions[c] {
		if len(roman) >= len(r.from) && string(roman[:len(r.from)]) == r.from {
			return r.to, len(r.from)
		}
	}
	return alphabet[c : c+1], 1
}

const alphabet = "abcdefghijklmnopqrstuvwxyz"

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'o' || c == 'u' }

// romanise appends a word in small Latin letters; false when it has other ones.
func romanise(dst []byte, word string) ([]byte, bool) {
	for i := 0; i < len(word); {
		if c := word[i] | 0x20; 'a' <= c && c <= 'z' { // ASCII, as no byte of a longer character is then a letter
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		lower := unicode.ToLower(r)
		known, ok := others[lower]
		switch {
		case 0x430 <= lower && int(lower) < 0x430+len(cyrillic):
			dst = append(dst, cyrillic[lower-0x430]...)
		case ok:
			dst = append(dst, known...)
		default:
			first := len(dst)
			// After a letter, as an apostrophe alone folds to itself.
			dst, _ = fold.Append(dst, string(append([]byte{'a'}, word[i:i+size]...)))
			dst = append(dst[:first], dst[first+1:]...)
			if !letters(dst[first:]) {
				return dst, false
			}
		}
		i += size
	}
	return dst, true
}

// letters reports whether all of b are small Latin letters.
func letters(b []byte) bool {
	for _, c := range b {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
