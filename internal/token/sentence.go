package token

import (
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/lexicon"
)

// ends reports whether the sentence under way ends with the last word: at a
// full stop, a question or exclamation mark, with the quotation marks and
// brackets that close it, when what follows can begin a sentence.
func (s *scanner) ends() bool {
	i := max(s.core, s.first)
	if i >= len(s.words) {
		return false
	}
	w := s.words[i]
	switch text := s.text[w.Start:w.End]; {
	case text == "|":
		return isBar(s.text, int(w.Start))
	case w.Class == Punctuation && (text[0] == '.' || text[0] == '!' || text[0] == '?' || text == "…"):
	case i == len(s.words)-1 && w.Class == Letters && text[len(text)-1] == '.':
		return s.abbreviationEnds(text)
	default:
		return false
	}
	if i == s.first && s.text[w.Start] == '.' {
		return false // a stray full stop begins what follows it
	}
	// A closing mark still to come belongs to this sentence.
	j := s.pos
	for j < len(s.text) && isBlank(s.text[j]) {
		j++
	}
	if j >= len(s.text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[j:])
	if j == s.pos {
		// Nothing but a capital can begin a sentence without a space.
		return unicode.IsUpper(r)
	}
	return !unicode.IsLower(r) && !(r == ')' || r == ']' || r == ',' || r == ';')
}

// isBlank reports whether c is ASCII white space.
func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// abbreviationEnds reports whether an abbreviation whose full stop is part of
// it also ends the sentence: never a title, a month or an initial, else when a
// word follows that begins sentences more often than it continues a name, or, after that of a
// company, a subject with its verb.
func (s *scanner) abbreviationEnds(abbreviation string) bool {
	n := len(abbreviation) - 1
	if !is(abbreviation[:n], lexicon.Closing) && (n <= 2 || !singleLetters(abbreviation[:n])) {
		return false
	}
	i := s.pos
	for i < len(s.text) && isBlank(s.text[i]) {
		i++
	}
	return s.starts(i) || is(abbreviation[:n], lexicon.OrgSuffix) && s.clause(i)
}

// maxSubject is how many words a subject may have that is looked for.
const maxSubject = 4

// clause reports whether a capitalised subject, which is no officer of a company, stands at i with a
// verb after it: Bektenov said.
func (s *scanner) clause(i int) bool {
	for n := range maxSubject {
		j := i
		for j < len(s.text) && (s.text[j] >= utf8.RuneSelf || ascii[s.text[j]] == letter || s.text[j] == '-') {
			j++
		}
		word := s.text[i:j]
		first, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(first) {
			return n > 0 && is(word, lexicon.Speech|lexicon.Verb)
		}
		if j == len(s.text) || s.text[j] != ' ' && s.text[j] != '\n' || n == 0 && is(word, lexicon.Officer) {
			return false
		}
		i = j + 1
	}
	return false
}

// starts reports whether the word at i is one that begins sentences more often than it
// continues a name. I and A before a full stop are initials.
func (s *scanner) starts(i int) bool {
	j := i
	for j < len(s.text) && ascii[s.text[j]&0x7F] == letter && s.text[j] < utf8.RuneSelf {
		j++
	}
	return j > i && s.text[i] >= 'A' && s.text[i] <= 'Z' && (j == len(s.text) || s.text[j] != '.') && is(s.text[i:j], starters)
}
