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
// was wrapped at narrow columns (minWidth) or more is never parted so.
type block struct {
	lines   int
	width   int  // columns of the longest line of several words
	rows    bool // every line is a row of a list
	prose   bool // wrapped prose, though narrow
	broken  bool // words were broken at line ends
	cells   bool // some line has cells
	bullets int  // lines that begin with a bullet: others belong to the items
	numbers int  // lines that begin with a number of their own

	last         string // its last line
	words, small int    // of narrow lines: those in small letters
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

// startBlock looks at the lines of the paragraph whose first word begins at s.pos.
func (s *scanner) startBlock() {
	from := max(s.pos-maxLine, 0)
	s.line = from + strings.LastIndexByte(s.text[from:s.pos], '\n') + 1
	b := &s.block
	*b = block{rows: true}
	for rest := s.text[s.line:]; rest != ""; {
		line := rest[:min(len(rest), maxLine)]
		if i := strings.IndexByte(line, '\n'); i >= 0 {
			line, rest = line[:i], rest[i+1:]
			if b.lines == 0 && (rest == "" || rest[0] == '\n' || rest[0] == '\r') {
				return // as nearly always: one line
			}
		} else if len(rest) > maxLine {
			b.width, b.rows = maxLine, false
			break
		} else {
			rest = ""
		}
		if !b.add(strings.TrimRight(line, " \t\r")) || hasSeparator(line) {
			break
		}
	}
	stopped := stops(b.last)
	b.prose = b.width < minWidth && stopped && b.small*3 >= b.words
	b.rows = b.rows && b.lines >= minRows && !stopped && b.bullets < 2 && b.numbers < 2
}

// hasSeparator reports whether a paragraph ends within a line.
func hasSeparator(line string) bool {
	return strings.IndexByte(line, '\f') >= 0 || strings.Contains(line, "\u2029")
}

// add notes what a line, without the white space at its end, says; false when it is blank.
func (b *block) add(line string) bool {
	text := strings.TrimLeft(line, " \t")
	if text == "" {
		return false
	}
	b.lines++
	b.last = text
	first, _ := utf8.DecodeRuneInString(text)
	b.rows = b.rows && !unicode.IsLower(first)
	b.cells = b.cells || hasCells(text)
	b.broken = b.broken || strings.Contains(text, BrokenLine)
	if strings.IndexByte(text, ' ') >= 0 {
		b.width = max(b.width, utf8.RuneCountInString(line))
	}
	switch {
	case bulleted(text):
		b.bullets++
	case numbered(text):
		b.numbers++
	}
	if b.width < minWidth {
		words, small := countWords(text)
		b.words, b.small = b.words+words, b.small+small
	}
	return true
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
		return true
	}
	b := &s.block
	line := strings.TrimRight(s.text[s.lastLine:max(s.line-1, s.lastLine)], " \t\r")
	next := s.text[s.pos:]
	if i := strings.IndexByte(next, '\n'); i >= 0 {
		next = next[:i]
	}
	word, _, _ := strings.Cut(next, " ")
	width := max(b.width-b.width/8, minWidth) // letters are not all as wide
	if b.prose {
		width = b.width
	}
	fits := !b.broken && len(line)+1+len(strings.TrimRight(word, "\r")) <= width
	cells, nextCells := b.cells && hasCells(strings.TrimLeft(line, " \t")), b.cells && hasCells(next)
	switch {
	case cells && nextCells:
		return true
	case bulleted(next):
		return fits || b.bullets > 1 || b.rows
	case numbered(next):
		return fits || b.numbers > 1 || b.rows
	case b.rows:
		return true
	case !fits:
		return false
	}
	return !goesOn(line) && beginsRow(next)
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
	return in(unfinished, line[strings.LastIndexByte(line, ' ')+1:])
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

// countWords returns how many words a line has, and how many of them begin with a small letter.
func countWords(line string) (words, small int) {
	for w := range strings.FieldsSeq(line) {
		words++
		if 'a' <= w[0] && w[0] <= 'z' {
			small++
		}
	}
	return words, small
}
