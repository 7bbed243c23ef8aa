package plain

import (
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
)

// bullet is read for what marks an item of a list and would else be part of its first
// word: a keycap.
const bullet = "•"

// character reads the character at byte i of the source, which may not be plain, and
// returns the byte after what was read.
func (t *Text) character(i int) int {
	switch c := t.source[i]; {
	case c == hyphen:
		return t.lineEnd(i)
	case c == entity:
		return t.entity(i)
	case c == markup1 || c == markup2:
		return t.markup(i)
	case c == 0xE2 && i+2 < len(t.source) && t.source[i+1] == 0x80 && t.source[i+2]-0x92 < 0x15:
		return i + 3 // quotation marks and dashes, as nearly always
	case 0xC3 <= c && c <= 0xCB && i+1 < len(t.source) && t.source[i+1]&0xC0 == 0x80:
		return i + 2 // Latin letters
	}
	r, size := utf8.DecodeRuneInString(t.source[i:])
	if r == utf8.RuneError && size == 1 {
		return t.windows(i)
	}
	return t.rune(r, i, i+size)
}

// windows reads a byte that is not UTF-8 as Windows-1252 has it, where that is no letter.
func (t *Text) windows(i int) int {
	switch t.source[i] {
	case 0xA0:
		return t.replace(i, i+1, " ")
	case 0xAD:
		return t.rune(softHyphen, i, i+1)
	}
	return i + 1
}

// Characters with a meaning of their own.
const (
	softHyphen     = 0xAD
	zeroWidthSpace = 0x200B
	lineSeparator  = 0x2028
	nextLine       = 0x85
	asPicture      = 0xFE0F
	keycap         = 0x20E3
	information    = 0x2139 // a letter by its class
)

// rune reads r, which stands for the bytes from to to of the source.
func (t *Text) rune(r rune, from, to int) int {
	if r == asPicture {
		if next, size := utf8.DecodeRuneInString(t.source[to:]); next == keycap {
			r, to = next, to+size
		}
	}
	switch {
	case r == keycap:
		return t.keycap(from, to)
	case r == information:
		return t.replace(from, to, bullet)
	case r == zeroWidthSpace && t.betweenWords(from, to):
		return t.replace(from, to, " ")
	case r == softHyphen:
		if next := t.afterLineBreak(to); next > to {
			return t.lineBreakAfter(t.replace(from, next, ""))
		}
		return t.replace(from, to, "")
	case fold.Invisible(r):
		return t.replace(from, to, "")
	case 0x300 <= r && r <= 0x36F:
		return t.mark(r, from, to)
	case r == lineSeparator || r == nextLine:
		return t.replace(from, to, "\n")
	case r != paragraphSeparator && unicode.IsSpace(r):
		return t.replace(from, to, " ")
	case r == 0x2010 || r == 0x2011:
		return t.replace(from, to, "-")
	case 0xFB00 <= r && r <= 0xFB04:
		return t.replace(from, to, ligatures[r-0xFB00])
	case 0xFF01 <= r && r <= 0xFF5E: // as wide as a Chinese character
		return t.replace(from, to, string(r-0xFF01+'!'))
	case 0x370 <= r && r <= 0x4FF:
		return t.lookAlike(r, from, to)
	}
	return to
}

// paragraphSeparator is for who divides the text.
const paragraphSeparator = 0x2029

// ligatures are the letters that U+FB00 and those after it stand for.
var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl"}

// keycap reads the frame around the character before it, which is a picture then.
func (t *Text) keycap(from, to int) int {
	if from > t.done {
		if c := t.source[from-1]; '0' <= c && c <= '9' || c == '#' || c == '*' {
			return t.replace(from-1, to, bullet)
		}
	}
	return t.replace(from, to, "")
}

// betweenWords reports whether a small letter is before byte from of the source and a
// capital after byte to: there somebody meant a space.
func (t *Text) betweenWords(from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(t.before(from))
	after, _ := utf8.DecodeRuneInString(t.source[to:])
	return unicode.IsLower(before) && unicode.IsUpper(after)
}

// mark reads a combining mark together with the character before it: as the one character
// that the two make, or as if the mark were not there.
func (t *Text) mark(r rune, from, to int) int {
	before := t.before(from)
	letter, size := utf8.DecodeLastRuneInString(before)
	if size == 0 || letter == utf8.RuneError && size == 1 {
		return t.replace(from, to, "")
	}
	with := before[len(before)-size:]
	if c, ok := fold.Compose(letter, r); ok {
		with = string(c)
	}
	if from > t.done {
		return t.replace(from-size, to, with)
	}
	last := &t.edits[len(t.edits)-1]
	if int(last.end-last.start) != size {
		return t.replace(from, to, "")
	}
	// The character is read in place of another one already.
	t.buf = append(t.buf[:last.start], with...)
	last.end, last.to = int32(len(t.buf)), int32(to)
	t.done = to
	return to
}
