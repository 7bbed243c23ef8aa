package plain

import (
	"unicode"
	"unicode/utf8"
)

// lookAlike reads a letter of the Greek or the Cyrillic alphabet as the Latin one that
// it looks like, if it stands within a Latin word: a reader cannot tell, and whoever
// wrote it typed it by mistake or to deceive.
func (t *Text) lookAlike(r rune, from, to int) int {
	if from >= t.mixed.end {
		t.mixed = t.wordAround(from)
	}
	if latin := lookAlikes[r]; latin != "" && t.mixed.mixed {
		return t.replace(from, to, latin)
	}
	return to
}

// wordAround returns the letters around byte i of the source.
func (t *Text) wordAround(i int) (w word) {
	latin, alike, odd := false, false, false
	look := func(r rune) {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin = true
		case lookAlikes[r] != "":
			alike = true
		default:
			odd = true
		}
	}
	for w.start = i; w.start > t.mixed.end; {
		r, size := utf8.DecodeLastRuneInString(t.source[t.mixed.end:w.start])
		if !unicode.IsLetter(r) {
			break
		}
		look(r)
		w.start -= size
	}
	for w.end = i; w.end < len(t.source); {
		r, size := utf8.DecodeRuneInString(t.source[w.end:])
		if !unicode.IsLetter(r) {
			break
		}
		look(r)
		w.end += size
	}
	w.mixed = latin && alike && !odd
	return w
}

// lookAlikes are the letters that look like Latin ones in most typefaces.
var lookAlikes = func() map[rune]string {
	m := map[rune]string{}
	pair := func(letters, latin string) {
		for i, r := range []rune(letters) {
			m[r] = latin[i : i+1]
		}
	}
	pair("АВЕЅІЈКМНОРСТУХҮ", "ABESIJKMHOPCTYXY")
	pair("аеѕіјкорсухһ", "aesijkopcyxh")
	pair("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
	pair("αικνορυϲϳ", "aikvopucj")
	return m
}()
