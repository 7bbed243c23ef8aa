package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
)

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

// handle scans @name and #tag; a lone mark is punctuation, and so is that of #Kazakhstan, whose
// word is read by itself: it is written as names are, unlike #KazakhFloods.
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
	if s.text[start] == '#' && writtenAsName(s.text[start+1:s.pos]) {
		s.pos = start + 1
	}
	if s.pos == start+1 {
		s.add(start, Punctuation)
		return
	}
	s.add(start, Handle)
}

// writtenAsName reports whether a tag is a capital and small letters, or capitals alone.
func writtenAsName(tag string) bool {
	first, size := utf8.DecodeRuneInString(tag)
	if !unicode.IsUpper(first) || size == len(tag) {
		return false
	}
	upper, lower := 0, 0
	for _, r := range tag[size:] {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		default:
			return false
		}
	}
	return upper == 0 || lower == 0
}

// run scans a word of letters and digits with what may stand inside it.
func (s *scanner) run(kind int) {
	start, class := s.pos, Letters
	if kind == digit {
		class = Number
	}
	dots, segment := 0, start // full stops inside; start of the piece after the last one
	part := start             // start of what stands after the last hyphen
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
				segment, part, dots = s.pos, s.pos, 0
				continue
			}
		case apostrophe:
			if s.apostrophe(start, segment, size, class) {
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
			case c == '.' && s.initialsJoined(segment):
				s.pos += 2
				segment = s.pos
				continue
			case c == '.' && s.inside(s.pos+1):
				if s.numberBeforeName(start, class) {
					s.add(start, class)
					return
				}
				if s.initialBeforeName(segment) {
					s.pos++
					s.add(start, class)
					return
				}
				if s.sentenceWithoutSpace(segment) {
					break
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
		case dots > 0 && class == Letters && initials(s.text[part:s.pos]), IsAbbreviation(w) && (!is(w, lexicon.Numbering) || s.numberAfter(s.pos+1)), s.initial(start, segment):
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
	if s.pos-segment < 2 || s.domainAfter(s.pos+1) || isDigraph(s.text[segment:s.pos]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[segment:s.pos])
	after, _ := utf8.DecodeRuneInString(s.text[s.pos+1:])
	return unicode.IsLower(before) && unicode.IsUpper(after)
}

// domainAfter reports whether the last part of a name on the internet stands at i, and nothing
// that goes on after it.
func (s *scanner) domainAfter(i int) bool {
	j := i
	for j < len(s.text) && s.text[j] < utf8.RuneSelf && ascii[s.text[j]] == letter {
		j++
	}
	return isDomain(s.text[i:j]) && !s.inside(j) && !(j < len(s.text) && s.text[j] == '-')
}

// isDomain reports whether the last part of a word with a full stop makes it a name on the
// internet. What English has as a word after a full stop is none when it is capitalised.
func isDomain(part string) bool {
	if len(part) < 2 || len(part) > longestListed {
		return false
	}
	c := lexicon.Of(part)
	return c&lexicon.Domain != 0 && (part[0] >= 'a' || c&lexicon.Cased == 0)
}

// initialBeforeName reports whether the full stop at s.pos ends an initial that
// a name follows without a space: S.Japarov, Sh.Mirziyoyev
func (s *scanner) initialBeforeName(segment int) bool {
	r, size := utf8.DecodeRuneInString(s.text[segment:])
	if !unicode.IsUpper(r) || segment+size != s.pos && !isDigraph(s.text[segment:s.pos]) {
		return false
	}
	return s.nameAt(s.pos+1) && !s.digraphAt(s.pos+1)
}

// digraphAt reports whether an initial of several letters stands at i: the Zh. of B.Zh. Abdraisov.
func (s *scanner) digraphAt(i int) bool {
	for n := 2; n <= 4 && i+n < len(s.text); n++ {
		if s.text[i+n] == '.' {
			return isDigraph(s.text[i : i+n])
		}
	}
	return false
}

// nameAt reports whether a capital and a small letter stand at i.
func (s *scanner) nameAt(i int) bool {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	if !unicode.IsUpper(r) || i+size >= len(s.text) {
		return false
	}
	r, _ = utf8.DecodeRuneInString(s.text[i+size:])
	return unicode.IsLower(r)
}

// numberBeforeName reports whether the full stop at s.pos is that of a number in a list, which a
// name follows without a space: 35.Abduvohid Nematov
func (s *scanner) numberBeforeName(start int, class Class) bool {
	if class != Number || s.pos-start > 3 || !s.nameAt(s.pos+1) || s.domainAfter(s.pos+1) {
		return false
	}
	for i := start; i < s.pos; i++ {
		if !isDigit(s.text[i]) {
			return false
		}
	}
	return true
}

// initialsJoined reports whether the full stop at s.pos ends an initial that a
// hyphen joins to another one: J.-P. Raffarin
func (s *scanner) initialsJoined(segment int) bool {
	rest := s.text[s.pos+1:]
	if len(rest) < 3 || rest[0] != '-' {
		return false
	}
	one, size := utf8.DecodeRuneInString(s.text[segment:])
	two, n := utf8.DecodeRuneInString(rest[1:])
	return segment+size == s.pos && unicode.IsUpper(one) && unicode.IsUpper(two) && n+1 < len(rest) && rest[n+1] == '.'
}

// initial reports whether text[start:s.pos] is an initial before a name, or ends with one as
// Kassym-J. does: one upper-case letter, or those that stand for one Cyrillic
// letter, with a capitalised word after the full stop that does not begin a sentence.
func (s *scanner) initial(start, segment int) bool {
	if segment != start && (s.text[segment-1] != '-' || abbreviated(s.text[start:segment-1])) {
		return false
	}
	w := s.text[segment:s.pos]
	r, size := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(r) {
		return false
	}
	if size != len(w) && !isDigraph(w) {
		return false
	}
	i := s.pos + 1
	for i < len(s.text) && isBlank(s.text[i]) {
		i++
	}
	r, _ = utf8.DecodeRuneInString(s.text[i:])
	return i > s.pos+1 && unicode.IsUpper(r) && !s.starts(i)
}

// abbreviated reports whether w is two capitals or more: the letter after the hyphen of
// ISIS-K is no initial.
func abbreviated(w string) bool {
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return len(w) > 1
}

// initials reports whether w is single letters, or those that stand for one Cyrillic letter, with
// full stops between them.
func initials(w string) bool {
	if singleLetters(w) {
		return true
	}
	for part := range strings.SplitSeq(w, ".") {
		if len(part) != 1 && !isDigraph(part) {
			return false
		}
	}
	return true
}

// singleLetters reports whether w is single letters with full stops between
// them, such as U.S or p.m, marks and characters that are not seen aside.
func singleLetters(w string) bool {
	n := 0
	for _, r := range w {
		if r == '.' {
			n = 0
		} else if r < utf8.RuneSelf || r == utf8.RuneError || unicode.IsLetter(r) {
			if n++; n > 1 {
				return false
			}
		}
	}
	return true
}

// apostrophe handles the mark of the given size at s.pos after a word that
// began at start, with its last piece at segment: where it begins a possessive or a
// contraction, it adds both words and returns true.
func (s *scanner) apostrophe(start, segment, size int, class Class) bool {
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
	after, before := s.text[i:j], s.text[segment:s.pos]
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
		if n := len(before) - 1; n > 0 && (before[n] == 'n' || before[n] == 'N') {
			s.pos = mark - 1
			s.add(start, class)
			s.pos = j
			s.add(mark-1, Clitic)
			return true
		}
	case "re", "ve", "ll", "d", "m", "RE", "VE", "LL", "D", "M":
		if after == "ll" || is(before, lexicon.Pronoun) { // Kazakhstan'll
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
	letters, upper, lower, stop := 0, 0, 0, 0 // lower: in ASCII; stop: the last full stop
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
			case c == '.':
				stop = i
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
	switch {
	case stop == 0:
	case stop < len(word)-1:
		if (w.Class == Letters || w.Class == Number) && isDomain(word[stop+1:]) {
			shape |= Domain
		}
	case shape&Capital == 0:
	case letters <= 2 && (upper == 1 || shape&HasHyphen != 0) && !IsAbbreviation(word[:stop]), isDigraph(word[:stop]):
		shape |= Initial
	}
	w.Shape |= shape
	w.Lower = lower == len(word)
}

// Part returns the word that the bytes start to end of w, which is a word of text, are by
// themselves.
func Part(text string, w Word, start, end int32) Word {
	part := Word{Start: start, End: end}
	if kind, _ := classify(text, int(start)); kind == digit {
		part.Class = Number
	}
	s := scanner{text: text}
	s.shape(&part)
	if start == w.Start {
		part.Shape |= w.Shape & (Spaced | LineStart)
	}
	return part
}
