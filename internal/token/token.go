// Package token divides news text into words and sentences. Both are byte
// ranges over the text as it is: nothing is cleaned, rejoined or replaced, so
// that text[w.Start:w.End] is always what the source says.
//
// News comes hard-wrapped, so one line break is a space and a blank line ends a
// paragraph; but the rows of a list, the cells of a table, headings and signatures end
// with their lines, see block. Words follow the Penn Treebank where that matters to a
// part-of-speech tagger trained on it (a possessive 's and a contraction's n't
// are words), and the names of Central Asia where the Treebank would break them
// (Mo'minov, Do‘stlik, Ma’ruf).
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Class says what a word is made of.
type Class uint8

// The classes of words.
const (
	Letters     Class = iota // a word with at least one letter
	Number                   // digits first, perhaps with letters (24.kg, 2nd)
	Punctuation              // marks, symbols, emoji
	Possessive               // 's, or ' after an s
	Clitic                   // n't, 're, 'll and their like
	Link                     // a URL
	Email                    // an e-mail address
	Handle                   // @name or #tag
)

// Shape is a bit set of what a word looks like.
type Shape uint16

// The bits of a Shape.
const (
	Capital   Shape = 1 << iota // begins with an upper-case letter
	AllUpper                    // two letters or more, every cased one upper-case
	HasLower                    // has a lower-case letter
	HasDigit                    // has a digit
	HasHyphen                   // has a hyphen inside
	Initial                     // one upper-case letter and a full stop (S.), or those of one Cyrillic one (Zh., Dzh.), or two (J.-P.)
	Spaced                      // white space stands before it
	LineStart                   // the first word of a line
	Domain                      // a name on the internet: Zakon.kz, Mail.Ru, 24.kg
	Joint                       // a hyphen or full stop over which no name goes on, see package reading
)

// Word is one word of a text, as byte offsets into it.
type Word struct {
	Start, End int32
	Shape      Shape
	Class      Class
	Lower      bool // small ASCII letters alone: folding leaves it as it is
}

// Sentence is a range of words: words[s.First:s.Last].
type Sentence struct {
	First, Last int32
	// Paragraph is set on the first sentence of a paragraph.
	Paragraph bool
	// Row is set on the first sentence of a paragraph, and of a row or a cell in one.
	Row bool
}

// Append appends the words and sentences of text to the slices given and
// returns them. Sentence ranges count from the words' own start, so callers
// pass words of length 0. Texts longer than MaxText bytes are not accepted:
// callers cut first. It does not allocate when the slices have room.
func Append(words []Word, sentences []Sentence, text string) ([]Word, []Sentence) {
	return AppendParagraphs(words, sentences, text, 0, len(text))
}

// AppendParagraphs appends what Append finds in some paragraphs of text: from start,
// where the first word of one begins, or 0, to end, where that of another one does, or
// len(text).
func AppendParagraphs(words []Word, sentences []Sentence, text string, start, end int) ([]Word, []Sentence) {
	s := scanner{text: text, pos: start, words: words, newParagraph: true, lineStart: true, spaced: start > 0}
	s.line = strings.LastIndexByte(text[:start], '\n') + 1
	s.separated = hasSeparator(text[s.line:end])
	for {
		if i := s.pos + 1; i < end && text[s.pos] == ' ' && ' ' < text[i] && text[i] < utf8.RuneSelf {
			s.spaced = true // as nearly always
			s.gap = withinLine
			s.pos = i
		} else if s.space(); s.pos >= end {
			break
		}
		switch {
		case s.newParagraph:
			if s.first < len(s.words) {
				sentences = s.endSentence(sentences)
			}
			s.startBlock()
		case s.gap != withinLine && len(s.words) > 0 && s.rowEnds():
			if s.first < len(s.words) {
				sentences = s.endSentence(sentences)
			}
			s.row, s.rowStart = true, s.line
		}
		n := len(s.words)
		plain := s.plain()
		if plain {
			s.core = n
		} else {
			s.word()
			for i := n; i < len(s.words); i++ {
				s.shape(&s.words[i])
				if MarkOf(text[s.words[i].Start:s.words[i].End])&Closes == 0 {
					s.core = i
				}
			}
		}
		if len(s.words) > n {
			if s.spaced {
				s.words[n].Shape |= Spaced
			}
			if s.lineStart {
				s.words[n].Shape |= LineStart
			}
			s.lineStart, s.spaced = false, false
		}
		if s.newParagraph {
			s.paragraph, s.row, s.newParagraph = true, true, false
		}
		if !plain && s.ends() {
			sentences = s.endSentence(sentences)
		}
	}
	if s.first < len(s.words) {
		sentences = s.endSentence(sentences)
	}
	return s.words, sentences
}

// MaxText is the longest text, in bytes, that Append accepts: offsets are 32
// bits wide.
const MaxText = 1 << 30

// scanner walks one text.
type scanner struct {
	text         string
	pos          int
	words        []Word
	first        int  // the first word of the sentence under way
	core         int  // the last word that is no closing mark: thousands of these in a row are each looked at once
	spaced       bool // white space before pos
	lineStart    bool // a line break before pos
	newParagraph bool // a blank line before pos
	paragraph    bool // the sentence under way is the first of its paragraph
	row          bool // and of its row or cell
	gap          gap  // what stands before pos
	line         int  // where the line at pos begins
	lastLine     int  // and the one before it
	cells        bool // the line at pos has cells
	separated    bool // some paragraph ends within a line
	rowStart     int  // where the line begins that the row at pos does
	block        block
}

// gap is what white space between two words says.
type gap uint8

// The gaps.
const (
	withinLine gap = iota
	withinRow      // a tab
	betweenLines
)

func (s *scanner) endSentence(sentences []Sentence) []Sentence {
	sentences = append(sentences, Sentence{int32(s.first), int32(len(s.words)), s.paragraph, s.row})
	s.first, s.paragraph = len(s.words), false
	s.row = s.text[s.words[len(s.words)-1].Start] == '|' // a cell has ended
	s.cells = s.cells || s.row
	return sentences
}

// space skips white space and notes the breaks in it.
func (s *scanner) space() {
	breaks := 0
	s.gap = withinLine
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '\n':
			breaks++
			s.lineStart, s.spaced, s.gap = true, true, betweenLines
			s.pos++
			if breaks == 1 {
				s.lastLine = s.line
			}
			s.line = s.pos
		case c == '\t':
			s.spaced = true
			if s.gap == withinLine && s.pos > s.line {
				s.gap = withinRow
			}
			s.pos++
		case c == '\r':
			if s.pos+1 == len(s.text) || s.text[s.pos+1] != '\n' {
				breaks++
				s.lineStart = true
			}
			s.spaced = true
			s.pos++
		case c == '\f':
			breaks += 2
			s.lineStart, s.spaced = true, true
			s.pos++
		case c <= ' ':
			s.spaced = true
			s.pos++
		case c == 0xA0: // Windows-1252's no-break space; in UTF-8 no character starts so
			s.spaced = true
			s.pos++
		case c < utf8.RuneSelf:
			s.newParagraph = s.newParagraph || breaks > 1
			return
		default:
			r, size := utf8.DecodeRuneInString(s.text[s.pos:])
			if r == 0x2029 {
				breaks += 2
				s.lineStart = true
			} else if r != 0xFEFF && !unicode.IsSpace(r) {
				s.newParagraph = s.newParagraph || breaks > 1
				return
			}
			s.spaced = true
			s.pos += size
		}
	}
}

// add appends the word text[start:s.pos].
func (s *scanner) add(start int, class Class) {
	s.words = append(s.words, Word{Start: int32(start), End: int32(s.pos), Class: class})
}
