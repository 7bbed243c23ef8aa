package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is what the lines of a paragraph, taken together, say of where they end.
//
// Prose that is wrapped fills its lines: the first word of the next one had no room. So
// a line ends a row when that word would have fitted and begins like a row does. What
// was wrapped at narrow columns (minWidth) or more is never parted so. Where a paragraph
// reads as prose, whose lines may be ragged all the same, only headings end.
type block struct {
	start   int // of its first line
	lines   int
	width   int  // of the longest line of several words, in bytes, or columns when these were counted
	rows    bool // every line is a row of a list
	stopped bool // it ends as sentences do
	broken  bool // words were broken at line ends
	bullets int  // lines that begin with a bullet: others belong to the items
	numbers int  // lines that begin with a number of their own
	end     int  // of its last line
	prose   bool // it reads as prose, when its words have been counted
	counted bool // its words are
	columns bool // width is in columns
}

// BrokenLine stands for the space after a word that was broken at the end of a line: lines are
// no longer as wide as they were.
const BrokenLine = "\v"

// minWidth is the least width, in columns, at which text that is more than a few words
// is wrapped.
const minWidth = 40

// minRows is how many lines that begin like rows, and are no sentence, make a list.
const minRows = 4

// maxLine is how many bytes a line may have that is looked at: longer ones are not wrapped.
const maxLine = 4 << 10

// startBlock notes that a paragraph begins at s.pos.
func (s *scanner) startBlock() {
	s.rowStart, s.cells = s.line, false
	s.block = block{start: s.line}
	if strings.Trim(s.text[s.line:s.pos], " \t") != "" {
		s.block.start = s.pos // another paragraph ends within the line
	}
}

// lookAtBlock looks at the lines of the paragraph under way, once, when something hangs on them.
func (s *scanner) lookAtBlock() *block {
	b := &s.block
	if b.lines > 0 {
		return b
	}
	b.rows, b.end = true, b.start
	last := ""
	for more := true; more && b.end < len(s.text); {
		rest := s.text[b.end:]
		line := rest[:min(len(rest), maxLine)]
		next := len(line)
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], i+1
		} else if len(rest) > maxLine {
			b.lines++
			b.width, b.columns, b.rows = maxLine, true, false
			return b
		}
		if line = trimmed(line); line == "" {
			break
		}
		b.add(line)
		more = !s.separated || !hasSeparator(line)
		last, b.end = line, b.end+next
	}
	b.stopped = stops(last)
	b.broken = strings.Contains(s.text[b.start:b.end], BrokenLine)
	b.rows = b.rows && b.lines >= minRows && !b.stopped && b.bullets < 2 && b.numbers < 2
	return b
}

// trimmed returns a line without the white space at its end.
func trimmed(line string) string {
	if line == "" || line[len(line)-1] > ' ' {
		return line // as nearly always
	}
	return strings.TrimRight(line, " \t\r")
}

// hasSeparator reports whether a paragraph ends within a line.
func hasSeparator(line string) bool {
	return strings.IndexByte(line, '\f') >= 0 || strings.Contains(line, "\u2029")
}

// add notes what a line, without the white space at its end, says.
func (b *block) add(line string) {
	b.lines++
	text := line
	if text[0] <= ' ' {
		text = strings.TrimLeft(line, " \t")
	}
	if len(line) > b.width && strings.IndexByte(text, ' ') >= 0 {
		b.width = len(line)
	}
	switch c := text[0]; {
	case 'A' <= c && c <= 'Z':
	case 'a' <= c && c <= 'z':
		b.rows = false
	case bulleted(text):
		b.bullets++
	case numbered(text):
		b.numbers++
	default:
		b.rows = b.rows && beginsRow(text)
	}
}

// hasCells reports whether a line, without the white space around it, has cells.
func hasCells(line string) bool {
	if strings.IndexByte(line, '\t') >= 0 {
		return true
	}
	for i := strings.IndexByte(line, '|'); i >= 0; {
		if isBar(line, i) {
			return true
		}
		next := strings.IndexByte(line[i+1:], '|')
		if next < 0 {
			break
		}
		i += next + 1
	}
	return false
}

// isBar reports whether the bar at byte i of text ends a cell: white space stands on both sides of
// it, or on none.
func isBar(text string, i int) bool {
	before := i == 0 || isBlank(text[i-1])
	after := i+1 == len(text) || isBlank(text[i+1])
	return before == after
}

// rowEnds reports whether a row or a cell ends before the word at s.pos, which another
// line or a tab stands before.
func (s *scanner) rowEnds() bool {
	if s.gap == withinRow {
		s.cells = true
		return true
	}
	cells := s.cells
	s.cells = false
	next := s.text[s.pos:]
	if c := next[0]; !cells && 'a' <= c && c <= 'z' {
		return false // as nearly always
	}
	if i := strings.IndexByte(next, '\n'); i >= 0 {
		next = next[:i]
	}
	b := s.lookAtBlock()
	line := trimmed(s.text[s.lastLine:max(s.line-1, s.lastLine)])
	word, _, _ := strings.Cut(next, " ")
	fits := !b.broken && s.fits(len(line)+1+len(trimmed(word)))
	switch {
	case cells && hasCells(next):
		return true
	case bulleted(next):
		return fits || b.bullets > 1 || b.rows
	case numbered(next):
		return fits || b.numbers > 1 || b.rows
	case b.rows:
		return true
	case !fits || goesOn(line) || !beginsRow(next):
		return false
	}
	return b.width < minWidth || !s.readsAsProse() || s.isHeading(line)
}

// fits reports whether a line of so many bytes is shorter than the lines of the block are.
func (s *scanner) fits(length int) bool {
	b := &s.block
	if !b.columns && length <= max(b.width, minWidth) {
		b.columns, b.width = true, columns(s.text[b.start:b.end])
	}
	if b.width < minWidth && s.readsAsProse() {
		return length <= b.width
	}
	return length <= max(b.width-b.width/8, minWidth) // letters are not all as wide
}

// columns returns how many columns the longest line of several words of a text has.
func columns(text string) int {
	width := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \t\r\n"); len(line) > width && strings.Contains(strings.TrimLeft(line, " \t"), " ") {
			width = max(width, utf8.RuneCountInString(line))
		}
	}
	return width
}

// readsAsProse reports whether the block is sentences: it ends as they do, and many of its words
// are in small letters.
func (s *scanner) readsAsProse() bool {
	if b := &s.block; b.stopped && !b.counted {
		words, small := countWords(s.text[b.start:b.end])
		b.prose, b.counted = small*4 >= words, true
	}
	return s.block.prose
}

// isHeading reports whether the line before s.line may stand by itself: hardly a word is in
// small letters, and it begins what is no sentence, after the end of another row or sentence.
func (s *scanner) isHeading(line string) bool {
	words, small := countWords(line)
	first, _, _ := strings.Cut(strings.TrimLeft(line, " \t"), " ")
	return small*4 <= words && !is(first, starters) &&
		(s.lastLine == s.rowStart || stops(strings.TrimRight(s.text[max(min(s.block.start, s.lastLine), s.lastLine-maxLine):s.lastLine], " \t\r\n")))
}

// beginsRow reports whether a row may begin as line does.
func beginsRow(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return !unicode.IsLower(r) && !strings.ContainsRune(",;:.!?)]}%”»", r)
}

// goesOn reports whether a line ends with what something must follow.
func goesOn(line string) bool {
	if line == "" {
		return false
	}
	switch line[len(line)-1] {
	case ',', '(', '[', '&', '-', '/':
		return true
	}
	return is(line[strings.LastIndexByte(line, ' ')+1:], unfinished)
}

// stops reports whether a line ends as sentences do.
func stops(line string) bool {
	line = strings.TrimRight(line, `"')]”’»`)
	return line != "" && strings.IndexByte(".!?", line[len(line)-1]) >= 0 || strings.HasSuffix(line, "…")
}

// bulleted reports whether a line begins with a mark of its own.
func bulleted(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	return len(line) > size && (line[size] == ' ' || line[size] == '\t') && strings.ContainsRune("-–—*•·▪◦‣►→+", r) || r == '•'
}

// numbered reports whether a line begins with its number: 1. or 2).
func numbered(line string) bool {
	n := 0
	for n < len(line) && n < 3 && isDigit(line[n]) {
		n++
	}
	return n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && !isDigit(line[n+1])
}

// countWords returns how many words text has, and how many of them begin with a small letter.
func countWords(text string) (words, small int) {
	blank := true
	for i := range len(text) {
		c := text[i]
		if blank && c > ' ' {
			words++
			if 'a' <= c && c <= 'z' {
				small++
			}
		}
		blank = c <= ' '
	}
	return words, small
}
