// Package token divides news text into words and sentences. Both are byte
// ranges over the text as it is: nothing is cleaned, rejoined or replaced, so
// that text[w.Start:w.End] is always what the source says.
//
// News comes hard-wrapped, so one line break is a space and a blank line ends a
// paragraph. Words follow the Penn Treebank where that matters to a
// part-of-speech tagger trained on it (a possessive 's and a contraction's n't
// are words), and the names of Central Asia where the Treebank would break them
// (Mo'minov, Do‘stlik, Ma’ruf).
package token

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
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
type Shape uint8

// The bits of a Shape.
const (
	Capital   Shape = 1 << iota // begins with an upper-case letter
	AllUpper                    // two letters or more, every cased one upper-case
	HasLower                    // has a lower-case letter
	HasDigit                    // has a digit
	HasHyphen                   // has a hyphen inside
	Initial                     // one upper-case letter and a full stop (S.), or two (Zh.)
	Spaced                      // white space or the text's start stands before it
	LineStart                   // the first word of a line
)

// Word is one word of a text, as byte offsets into it.
type Word struct {
	Start, End int32
	Class      Class
	Shape      Shape
	Lower      bool // small ASCII letters alone: folding leaves it as it is
}

// Sentence is a range of words: words[s.First:s.Last].
type Sentence struct {
	First, Last int32
	// Paragraph is set on the first sentence of a paragraph.
	Paragraph bool
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
	for {
		if i := s.pos + 1; i < end && text[s.pos] == ' ' && ' ' < text[i] && text[i] < utf8.RuneSelf {
			s.spaced = true // as nearly always
			s.pos = i
		} else if s.space(); s.pos >= end {
			break
		}
		if s.newParagraph && s.first < len(s.words) {
			sentences = s.endSentence(sentences)
		}
		n := len(s.words)
		plain := s.plain()
		if plain {
			s.core = n
		} else {
			s.word()
			for i := n; i < len(s.words); i++ {
				s.shape(&s.words[i])
				if !closing(text[s.words[i].Start:s.words[i].End]) {
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
			s.paragraph, s.newParagraph = true, false
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
}

func (s *scanner) endSentence(sentences []Sentence) []Sentence {
	sentences = append(sentences, Sentence{int32(s.first), int32(len(s.words)), s.paragraph})
	s.first, s.paragraph = len(s.words), false
	return sentences
}

// space skips white space and notes the breaks in it.
func (s *scanner) space() {
	breaks := 0
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '\n':
			breaks++
			s.lineStart, s.spaced = true, true
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

// Kinds of characters, as one word's scan tells them apart.
const (
	other = iota
	letter
	digit
	apostrophe
	hyphen
)

// classify returns the kind and the length in bytes of the character at i.
func classify(text string, i int) (kind, size int) {
	c := text[i]
	if c < utf8.RuneSelf {
		return int(ascii[c]), 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		switch {
		case c == 0x92 || c == 0x91:
			return apostrophe, 1
		case c >= 0xC0:
			return letter, 1
		}
		return other, 1
	case fold.Apostrophe(r):
		return apostrophe, size
	case r == 0x2010 || r == 0x2011:
		return hyphen, size
	case r == 0xAD, r == 0x200C, r == 0x200D:
		return letter, size
	case 0x2000 <= r && r < 0x2070: // quotation marks and dashes, spared a look at tables
		return other, size
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter, size
	case unicode.IsDigit(r):
		return digit, size
	}
	return other, size
}

// ascii holds the kinds of the ASCII characters.
var ascii = func() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t[c] = letter
		case '0' <= c && c <= '9':
			t[c] = digit
		}
	}
	t['\''], t['`'], t['-'] = apostrophe, apostrophe, hyphen
	return t
}()

// plain adds the word at s.pos if it is one of the many that are ASCII letters
// alone, with white space or a comma after them: no link, no abbreviation, and no
// sentence ends there. It says the same of them as word, shape and ends, and looks at
// eight bytes at once.
func (s *scanner) plain() bool {
	start, i := s.pos, s.pos
	upper := 0
	for i+8 <= len(s.text) {
		n, capitals := letters(s.text[i : i+8])
		i += n
		upper += capitals
		if n < 8 {
			break
		}
	}
	for i < len(s.text) && ascii[s.text[i]&0x7F] == letter && s.text[i] < utf8.RuneSelf {
		if s.text[i] <= 'Z' {
			upper++
		}
		i++
	}
	n := i - start
	if n == 0 || i < len(s.text) && s.text[i] != ' ' && s.text[i] != '\n' && s.text[i] != ',' {
		return false
	}
	var shape Shape
	if s.text[start] <= 'Z' {
		shape = Capital
	}
	switch {
	case upper < n:
		shape |= HasLower
	case n > 1:
		shape |= AllUpper
	}
	s.pos = i
	s.words = append(s.words, Word{Start: int32(start), End: int32(i), Class: Letters, Shape: shape, Lower: upper == 0})
	return true
}

// letters returns how many ASCII letters the eight bytes of text begin with, and how
// many of these are capitals.
func letters(text string) (n, capitals int) {
	const ones = 0x0101010101010101
	x := load(text)
	low := x&(0x7F*ones) | 0x20*ones
	// The highest bit of each byte says: at least 'a', more than 'z'.
	atLeast, more := low+(0x80-'a')*ones, low+(0x7F-'z')*ones
	other := (^atLeast | more | x) & (0x80 * ones)
	n = bits.TrailingZeros64(other) / 8
	return n, bits.OnesCount64(^x & (0x20 * ones) & (1<<(8*n) - 1))
}

// load returns the first eight bytes of text, the first one lowest.
func load(text string) uint64 {
	_ = text[7]
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
}

// Bytes returns the bytes of text[start:end], of which there are up to 16, the first
// one lowest and nothing after them; false when there are more, or when they stand at
// the end of text. Words hold no zero byte: they are equal when these are.
func Bytes(text string, start, end int32) (low, high uint64, ok bool) {
	n := end - start
	if n > 16 || int(start)+16 > len(text) {
		return 0, 0, false
	}
	b := text[start:][:16]
	return load(b[:8]) & firstBytes[min(n, 8)], load(b[8:]) & firstBytes[max(n, 8)-8], true
}

// firstBytes masks the first bytes of eight.
var firstBytes = [9]uint64{0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF}

// word scans one run that starts at s.pos, appending one word or, for a
// possessive or a contraction, two.
func (s *scanner) word() {
	start := s.pos
	kind, size := classify(s.text, start)
	switch {
	case kind == letter || kind == digit:
		if n := link(s.text[start:]); n > 0 {
			s.pos = start + n
			s.add(start, Link)
			return
		}
		s.run(kind)
	case s.text[start] == '@' || s.text[start] == '#':
		s.handle()
	default:
		s.pos += size
		// A mark repeated, such as ... or --, is one word.
		if size == 1 && (s.text[start] == '.' || s.text[start] == '-' || s.text[start] == '!' || s.text[start] == '?' || s.text[start] == '*' || s.text[start] == '_' || s.text[start] == '=') {
			for s.pos < len(s.text) && s.text[s.pos] == s.text[start] {
				s.pos++
			}
		}
		s.add(start, Punctuation)
	}
}

// handle scans @name and #tag; a lone mark is punctuation.
func (s *scanner) handle() {
	start := s.pos
	s.pos++
	for s.pos < len(s.text) {
		kind, size := classify(s.text, s.pos)
		if kind != letter && kind != digit && s.text[s.pos] != '_' {
			break
		}
		s.pos += size
	}
	if s.pos == start+1 {
		s.add(start, Punctuation)
		return
	}
	s.add(start, Handle)
}

// run scans a word of letters and digits with what may stand inside it.
func (s *scanner) run(kind int) {
	start, class := s.pos, Letters
	if kind == digit {
		class = Number
	}
	dots, segment := 0, start // full stops inside; start of the piece after the last one
	for {
		for s.pos < len(s.text) && s.text[s.pos] < utf8.RuneSelf && (ascii[s.text[s.pos]] == letter || ascii[s.text[s.pos]] == digit) {
			s.pos++
		}
		if s.pos == len(s.text) {
			break
		}
		kind, size := classify(s.text, s.pos)
		switch kind {
		case letter, digit:
			s.pos += size
			continue
		case hyphen:
			if s.inside(s.pos + size) {
				s.pos += size
				segment = s.pos
				continue
			}
		case apostrophe:
			if s.apostrophe(start, size, class) {
				return
			}
			if next := s.pos + size; next < len(s.text) {
				if k, _ := classify(s.text, next); k == letter {
					s.pos = next
					continue
				}
			}
		default:
			switch c := s.text[s.pos]; {
			case c == '.' && s.inside(s.pos+1):
				if s.sentenceWithoutSpace(segment) {
					break
				}
				if s.initialBeforeName(segment) {
					s.pos++
					s.add(start, class)
					return
				}
				s.pos++
				dots++
				segment = s.pos
				continue
			case (c == ',' || c == ':') && class == Number && s.digitAround():
				s.pos++
				continue
			case c == '&' && s.inside(s.pos+1), c == '_':
				s.pos++
				continue
			case c == '@' && s.inside(s.pos+1) && s.email(start):
				return
			}
		}
		break
	}
	// The full stop of an abbreviation or an initial belongs to it.
	if s.pos < len(s.text) && s.text[s.pos] == '.' && (s.pos+1 == len(s.text) || s.text[s.pos+1] != '.') {
		w := s.text[start:s.pos]
		switch {
		case dots > 0 && singleLetters(w), IsAbbreviation(w) && (!in(numbering, w) || s.numberAfter(s.pos+1)), s.initial(start, segment):
			s.pos++
		}
	}
	s.add(start, class)
}

// numberAfter reports whether a number follows, white space aside, at i.
func (s *scanner) numberAfter(i int) bool {
	for i < len(s.text) && isBlank(s.text[i]) {
		i++
	}
	return i < len(s.text) && isDigit(s.text[i])
}

// inside reports whether a letter or digit stands at i.
func (s *scanner) inside(i int) bool {
	if i >= len(s.text) {
		return false
	}
	kind, _ := classify(s.text, i)
	return kind == letter || kind == digit
}

// digitAround reports whether digits stand on both sides of the byte at s.pos.
func (s *scanner) digitAround() bool {
	return s.pos > 0 && s.pos+1 < len(s.text) && isDigit(s.text[s.pos-1]) && isDigit(s.text[s.pos+1])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// sentenceWithoutSpace reports whether the full stop at s.pos ends a sentence
// whose next one follows without a space: visit.The
func (s *scanner) sentenceWithoutSpace(segment int) bool {
	if s.pos-segment < 2 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[segment:s.pos])
	after, _ := utf8.DecodeRuneInString(s.text[s.pos+1:])
	return unicode.IsLower(before) && unicode.IsUpper(after)
}

// initialBeforeName reports whether the full stop at s.pos ends an initial that
// a name follows without a space: S.Japarov
func (s *scanner) initialBeforeName(segment int) bool {
	r, size := utf8.DecodeRuneInString(s.text[segment:])
	if segment+size != s.pos || !unicode.IsUpper(r) {
		return false
	}
	r, size = utf8.DecodeRuneInString(s.text[s.pos+1:])
	if !unicode.IsUpper(r) || s.pos+1+size >= len(s.text) {
		return false
	}
	r, _ = utf8.DecodeRuneInString(s.text[s.pos+1+size:])
	return unicode.IsLower(r)
}

// initial reports whether text[start:s.pos] is an initial before a name: one
// upper-case letter, or one of the pairs that stand for one Cyrillic letter,
// with a capitalised word after the full stop.
func (s *scanner) initial(start, segment int) bool {
	if segment != start && s.text[segment-1] != '-' {
		return false
	}
	w := s.text[segment:s.pos]
	r, size := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(r) {
		return false
	}
	if size != len(w) && w != "Zh" && w != "Sh" && w != "Ch" && w != "Kh" && w != "Yu" && w != "Ya" && w != "Ye" && w != "Dj" && w != "Ts" {
		return false
	}
	i := s.pos + 1
	for i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\n' || s.text[i] == '\r') {
		i++
	}
	r, _ = utf8.DecodeRuneInString(s.text[i:])
	return i > s.pos+1 && unicode.IsUpper(r)
}

// singleLetters reports whether w is single letters with full stops between
// them, such as U.S or p.m
func singleLetters(w string) bool {
	n := 0
	for i := 0; i < len(w); {
		if w[i] == '.' {
			n = 0
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(w[i:])
		i += size
		if n++; n > 1 {
			return false
		}
	}
	return true
}

// apostrophe handles the mark of the given size at s.pos after a word that
// began at start: where it begins a possessive or a contraction, it adds both
// words and returns true.
func (s *scanner) apostrophe(start, size int, class Class) bool {
	i := s.pos + size
	j := i
	for j < len(s.text) {
		kind, n := classify(s.text, j)
		if kind != letter && kind != digit {
			break
		}
		j += n
		if j-i > 3 {
			break
		}
	}
	after, before := s.text[i:j], s.text[start:s.pos]
	mark := s.pos
	switch after {
	case "s", "S":
		s.add(start, class)
		s.pos = j
		s.add(mark, Possessive)
		return true
	case "":
		if c := before[len(before)-1]; c == 's' || c == 'S' || c == 'z' || c == 'x' {
			s.add(start, class)
			s.pos = i
			s.add(mark, Possessive)
			return true
		}
	case "t", "T":
		if n := len(before) - 1; n > 0 && (before[n] == 'n' || before[n] == 'N') && in(contracted, before) {
			s.pos = mark - 1
			s.add(start, class)
			s.pos = j
			s.add(mark-1, Clitic)
			return true
		}
	case "re", "ve", "ll", "d", "m", "RE", "VE", "LL", "D", "M":
		if in(pronouns, before) {
			s.add(start, class)
			s.pos = j
			s.add(mark, Clitic)
			return true
		}
	}
	return false
}

// email extends a run that has reached an @ into an address, if it is one.
func (s *scanner) email(start int) bool {
	i, dots := s.pos+1, 0
	for i < len(s.text) {
		c := s.text[i]
		if c == '.' && i+1 < len(s.text) && ascii[s.text[i+1]&0x7F] != other && s.text[i+1] < utf8.RuneSelf {
			dots++
		} else if c >= utf8.RuneSelf || ascii[c] != letter && ascii[c] != digit && c != '-' {
			break
		}
		i++
	}
	if dots == 0 {
		return false
	}
	s.pos = i
	s.add(start, Email)
	return true
}

// link returns the length in bytes of the URL that text begins with, or 0.
func link(text string) int {
	if !hasPrefixFold(text, "http://") && !hasPrefixFold(text, "https://") && !hasPrefixFold(text, "www.") {
		return 0
	}
	n := 0
	for n < len(text) && text[n] > ' ' && text[n] != '"' && text[n] != '<' && text[n] != '>' && text[n] < utf8.RuneSelf {
		n++
	}
	for n > 0 && (text[n-1] == '.' || text[n-1] == ',' || text[n-1] == ')' || text[n-1] == ';' || text[n-1] == ':' || text[n-1] == '\'' || text[n-1] == '!' || text[n-1] == '?' || text[n-1] == ']') {
		n--
	}
	return n
}

func hasPrefixFold(text, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if c := text[i]; c != prefix[i] && c|0x20 != prefix[i] {
			return false
		}
	}
	return true
}

// shape notes what w looks like, apart from what stands around it.
func (s *scanner) shape(w *Word) {
	if w.Class == Punctuation {
		return
	}
	var shape Shape
	letters, upper, lower := 0, 0, 0 // lower: in ASCII
	word := s.text[w.Start:w.End]
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			switch {
			case 'a' <= c && c <= 'z':
				shape |= HasLower
				letters++
				lower++
			case 'A' <= c && c <= 'Z':
				letters++
				upper++
				if i == 0 {
					shape |= Capital
				}
			case '0' <= c && c <= '9':
				shape |= HasDigit
			case c == '-':
				shape |= HasHyphen
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		switch {
		case unicode.IsUpper(r):
			letters++
			upper++
			if i == 0 {
				shape |= Capital
			}
		case unicode.IsLower(r):
			letters++
			shape |= HasLower
		case r == 0x2010 || r == 0x2011:
			shape |= HasHyphen
		}
		i += size
	}
	if letters > 1 && upper == letters {
		shape |= AllUpper
	}
	if shape&Capital != 0 && word[len(word)-1] == '.' && letters <= 2 && upper == 1 && !IsAbbreviation(word[:len(word)-1]) {
		shape |= Initial
	}
	w.Shape |= shape
	w.Lower = lower == len(word)
}
