package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
)

// maxEntity is how long an HTML entity may be, in bytes.
const maxEntity = 32

// entity reads what begins with an ampersand: an HTML entity that was left in the text
// is what it stands for.
func (t *Text) entity(i int) int {
	to := entityEnd(t.source, i)
	if to == 0 {
		return i + 1
	}
	name := t.source[i:to]
	with := unescaped(name)
	if with == "&" {
		// What was escaped twice: &amp;nbsp;
		if end := entityEnd(t.source, to-1); end > 0 {
			name = "&" + t.source[to:end]
			if again := unescaped(name); again != name {
				with, to = again, end
			}
		}
	}
	if with == name || with == "\ufffd" {
		return i + 1
	}
	r, size := utf8.DecodeRuneInString(with)
	if r < utf8.RuneSelf || size < len(with) {
		return t.replace(i, to, with)
	}
	if edits := len(t.edits); t.rune(r, i, to) == to && len(t.edits) == edits {
		t.replace(i, to, with)
	}
	return max(to, t.done)
}

// entityEnd returns the end of what looks like an HTML entity whose ampersand, or the
// semicolon in its place, is byte i of text; 0 when nothing does.
func entityEnd(text string, i int) int {
	for j := i + 1; j < len(text) && j < i+maxEntity; j++ {
		switch c := text[j]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '#' && j == i+1:
		case c == ';' && j > i+2:
			return j + 1
		default:
			return 0
		}
	}
	return 0
}

// maxMarkup is how many marks in a row may set a name off.
const maxMarkup = 3

// markup reads asterisks and underscores: around a name they set it off, _Nurbek Egen_,
// **Bishkek**, and are not read. Those between letters, and those that touch nothing,
// are as they are.
func (t *Text) markup(i int) int {
	to := i + 1
	for to < len(t.source) && isMarkup(t.source[to]) {
		to++
	}
	if to-i > maxMarkup {
		return to
	}
	before, _ := utf8.DecodeLastRuneInString(t.before(i))
	after, _ := utf8.DecodeRuneInString(t.source[to:])
	first, last := isLetter(before), isLetter(after)
	if first && last || !first && !last && !closing(before) {
		return to
	}
	return t.replace(i, to, "")
}

// isLetter reports whether r is a letter or a digit.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// closing reports whether r may stand between a name and the mark that sets it off.
func closing(r rune) bool { return strings.ContainsRune(`.,!?;:"')]”’»`, r) }

// lineEnd reads a hyphen at the end of a line, where a word was broken: that of Petro-
// pavl is not read, that of Kassym-Jomart is.
func (t *Text) lineEnd(i int) int {
	to := t.afterLineBreak(i + 1)
	before := t.before(i)
	r, size := utf8.DecodeLastRuneInString(before)
	if to == i+1 || !isLetter(r) && r != '.' {
		return i + 1
	}
	after, n := utf8.DecodeRuneInString(t.source[to:])
	end := to + n
	for end < len(t.source) && 'a' <= t.source[end] && t.source[end] <= 'z' {
		end++
	}
	if lexicon.Of(t.source[to:end])&lexicon.AfterHyphen != 0 {
		return i + 1 // first African- and Asian-American
	}
	second, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	with := "-"
	if unicode.IsLower(r) && unicode.IsLetter(second) && unicode.IsLower(after) && !token.BreaksAfterHyphen(t.source[to:end]) {
		with = ""
	}
	return t.lineBreakAfter(t.replace(i, to, with))
}

// lineBreakAfter reads the space after the word that goes on at byte i of the source as the end
// of the line that the word was broken at, and returns the byte after what was read.
func (t *Text) lineBreakAfter(i int) int {
	end := i
	for end < len(t.source) && t.source[end] > ' ' && isPlain(t.source, end) {
		end++
	}
	if end < len(t.source) && t.source[end] == ' ' {
		return t.replace(end, end+1, token.BrokenLine)
	}
	return i
}

// afterLineBreak returns the byte of the source after the end of a line that begins at
// byte i, if a letter begins the next line; else i.
func (t *Text) afterLineBreak(i int) int {
	j, breaks := i, 0
	for j < len(t.source) && (t.source[j] == ' ' || t.source[j] == '\n' || t.source[j] == '\r') {
		if t.source[j] == '\n' {
			breaks++
		}
		j++
	}
	if r, _ := utf8.DecodeRuneInString(t.source[j:]); breaks == 1 && unicode.IsLetter(r) {
		return j
	}
	return i
}
