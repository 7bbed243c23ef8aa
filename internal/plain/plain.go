// Package plain gives a text as a reader sees it: without characters that are not
// seen, and with spaces, hyphens, letters and marks as they are usually written,
// however the text was set, copied or converted. It is the one place that says what a
// character is to a name; what divides, looks up and weighs words reads plain text
// alone.
//
// Most of a text is plain already and is not copied. What was changed is noted, so that
// a place in the plain text is found again in the bytes as they were.
package plain

import (
	"math/bits"
	"sort"
	"unsafe"
)

// Text is a text and what a reader sees of it. It is scratch: Read uses it again and
// again. It is for one goroutine.
type Text struct {
	source string
	edits  []edit
	buf    []byte // what is read, up to byte done of source
	done   int
	mixed  word // the last word that was looked at for look-alikes
}

// edit says that the bytes start to end of what is read stand for the bytes from to to
// of the source.
type edit struct{ start, end, from, to int32 }

// word is the bytes of a word of the source, and whether the letters of other alphabets in
// it are meant for Latin ones.
type word struct {
	start, end int
	mixed      bool
}

// Read returns what a reader sees of source. It is source itself when that is plain;
// else it is good until the next Read.
func (t *Text) Read(source string) string {
	t.source, t.edits, t.buf, t.done, t.mixed = source, t.edits[:0], t.buf[:0], 0, word{}
	for i := next(source, 0); i < len(source); i = next(source, i) {
		i = t.character(i)
	}
	if len(t.edits) == 0 {
		return source
	}
	t.buf = append(t.buf, source[t.done:]...)
	return unsafe.String(unsafe.SliceData(t.buf), len(t.buf))
}

// Start returns the byte of the source at which byte i of what was read begins.
func (t *Text) Start(i int) int {
	n := t.after(i)
	if n < len(t.edits) && int(t.edits[n].start) <= i {
		return int(t.edits[n].from)
	}
	return i + t.shift(n)
}

// End returns the byte of the source after that which is read as the byte before i.
// Nothing that is not seen stands at the end of what is read.
func (t *Text) End(i int) int {
	n := t.after(i - 1)
	if n < len(t.edits) && int(t.edits[n].start) < i {
		return int(t.edits[n].to)
	}
	return i + t.shift(n)
}

// SetOff reports whether the bytes start to end of what was read have marks of emphasis
// around them in the source, which are not read.
func (t *Text) SetOff(start, end int) bool {
	if len(t.edits) == 0 {
		return false
	}
	from, to := t.Start(start)-1, t.End(end)
	return from >= 0 && to < len(t.source) && isMarkup(t.source[from]) && isMarkup(t.source[to])
}

func isMarkup(c byte) bool { return c == markup1 || c == markup2 }

// after returns the first edit that ends after byte i of what was read.
func (t *Text) after(i int) int {
	return sort.Search(len(t.edits), func(n int) bool { return int(t.edits[n].end) > i })
}

// shift returns how far what was read after n edits is from its place in the source.
func (t *Text) shift(n int) int {
	if n == 0 {
		return 0
	}
	return int(t.edits[n-1].to - t.edits[n-1].end)
}

// replace notes that the bytes from to to of the source are read as with, and returns
// to. What stands before from is read as it is, or was replaced before.
func (t *Text) replace(from, to int, with string) int {
	t.buf = append(t.buf, t.source[t.done:from]...)
	start := len(t.buf)
	t.buf = append(t.buf, with...)
	t.edits = append(t.edits, edit{int32(start), int32(len(t.buf)), int32(from), int32(to)})
	t.done = to
	return to
}

// before returns what is read before byte i of the source, the last few bytes at least.
func (t *Text) before(i int) string {
	if i > t.done {
		return t.source[t.done:i]
	}
	return unsafe.String(unsafe.SliceData(t.buf), len(t.buf))
}

// Apart from these and from what is not ASCII, every character is plain.
const (
	markup1, markup2 = '*', '_'
	entity           = '&'
	hyphen           = '-'
)

// next returns the first byte of text from i on that may not be plain.
func next(text string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for i+8 <= len(text) {
		x := load(text[i : i+8])
		a, b, c, d := x^markup1*ones, x^markup2*ones, x^entity*ones, x^hyphen*ones
		found := (x | (a-ones)&^a | (b-ones)&^b | (c-ones)&^c | (d-ones)&^d) & high
		if found == 0 {
			i += 8
			continue
		}
		if i += bits.TrailingZeros64(found) / 8; !isPlain(text, i) {
			return i
		}
		i++
	}
	for i < len(text) && isPlain(text, i) {
		i++
	}
	return i
}

// isPlain reports whether byte i of text is a character that is plain wherever it stands.
func isPlain(text string, i int) bool {
	switch c := text[i]; c {
	case markup1, markup2, entity:
		return false
	case hyphen:
		return i+1 == len(text) || text[i+1] > ' '
	default:
		return c < 0x80
	}
}

// load returns eight bytes of text, the first one lowest.
func load(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}
