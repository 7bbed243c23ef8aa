package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// A hyphen joins the parts of one name, Kassym-Jomart and Jalal-Abad, and words of which some are
// names of their own: U.S.-led, ex-Soviet, Trump-Xi, the Baku-Tbilisi-Kars railway. The latter are
// divided, hyphens apart, so that what finds names need not look inside words.

// maxParts is how many parts a hyphenated word may have that is looked at.
const maxParts = 8

// compound is a hyphenated word under way.
type compound struct {
	d       *Document
	bounds  []int32 // where the parts begin, and one byte after the word's end
	before  *token.Word
	after   *token.Word
	matches []gazetteer.Match // that stand on the word or beside it
}

// divideCompounds returns the words of a sentence with those divided that hyphens join and that
// are names, or no names, by themselves. Its listed names are in d.matches.
func (d *Document) divideCompounds(tokens []token.Word) []token.Word {
	done := 0
	d.divided = d.divided[:0]
	for i := range tokens {
		w := &tokens[i]
		d.cuts = d.cuts[:0]
		switch {
		case w.Shape&token.Initial != 0 && d.endsListed(w):
			d.divided = append(d.divided, tokens[done:i]...)
			stop := token.Word{Start: w.End - 1, End: w.End, Class: token.Punctuation, Shape: token.Joint} // no name goes on behind it
			d.divided = append(d.divided, token.Part(d.Text, *w, w.Start, w.End-1), stop)
			done = i + 1
			continue
		case w.Shape&token.HasHyphen == 0 || w.Class > token.Number:
			continue
		}
		d.cutCompound(tokens, i)
		if len(d.cuts) == 0 {
			continue
		}
		slices.Sort(d.cuts)
		d.divided = append(d.divided, tokens[done:i]...)
		start := w.Start
		for _, hyphen := range d.cuts {
			joint := token.Word{Start: hyphen, End: hyphen + 1, Class: token.Punctuation, Shape: token.Joint}
			d.divided = append(d.divided, token.Part(d.Text, *w, start, hyphen), joint)
			start = hyphen + 1
		}
		d.divided = append(d.divided, token.Part(d.Text, *w, start, w.End))
		done = i + 1
	}
	if done == 0 {
		return tokens
	}
	d.divided = append(d.divided, tokens[done:]...)
	return d.divided
}

// endsListed reports whether a listed name of several words ends with an initial, less its
// full stop, which is that of a sentence then: the Space X of "He sold Space X. Musk".
func (d *Document) endsListed(w *token.Word) bool {
	return slices.ContainsFunc(d.matches, func(m gazetteer.Match) bool { return m.End == int(w.End)-1 && m.Start < int(w.Start) })
}

// cutCompound notes in d.cuts the hyphens at which word i of a sentence is divided.
func (d *Document) cutCompound(tokens []token.Word, i int) {
	w := tokens[i]
	var buf [maxParts + 1]int32
	c := compound{d: d, bounds: append(buf[:0], w.Start)}
	capital := false
	for at := w.Start; at < w.End; at++ {
		switch b := d.Text[at]; {
		case b == '-' && len(c.bounds) == maxParts:
			return
		case b == '-':
			c.bounds = append(c.bounds, at+1)
		case 'A' <= b && b <= 'Z' || b >= utf8.RuneSelf:
			capital = true
		}
	}
	if c.bounds = append(c.bounds, w.End+1); !capital || len(c.bounds) == 2 {
		return
	}
	if i > 0 {
		c.before = &tokens[i-1]
	}
	if i+1 < len(tokens) {
		c.after = &tokens[i+1]
	}
	from, _ := slices.BinarySearchFunc(d.matches, tokens[max(i-gazetteer.MaxNameWords, 0)].Start, func(m gazetteer.Match, start int32) int {
		return cmp.Compare(m.Start, int(start))
	})
	c.matches = d.matches[from:]
	for n, m := range c.matches {
		if m.Start >= int(w.End) {
			c.matches = c.matches[:n]
			break
		}
	}
	c.cut()
}

// cut notes the hyphens in c.d.cuts.
func (c *compound) cut() {
	first, last := 0, len(c.bounds)-1
	for last-first > 1 && !c.covered(first, last) && c.hasTail(first, last) {
		last--
		c.cutBefore(last)
	}
	if last-first > 1 && !c.covered(first, last) && c.hasPrefix(first, last) {
		first++
		c.cutBefore(first)
	}
	if last-first > 1 && !c.covered(first, last) {
		c.cutNames(first, last)
	}
}

// cutBefore notes that the word is divided before a part.
func (c *compound) cutBefore(part int) { c.d.cuts = append(c.d.cuts, c.bounds[part]-1) }

// text returns parts first to last-1.
func (c *compound) text(first, last int) string { return c.d.Text[c.bounds[first] : c.bounds[last]-1] }

// covered reports whether parts first to last-1 are in one listed name.
func (c *compound) covered(first, last int) bool {
	return slices.ContainsFunc(c.matches, func(m gazetteer.Match) bool {
		return m.Start <= int(c.bounds[first]) && m.End >= int(c.bounds[last])-1
	})
}

// hasTail reports whether the last of parts first to last-1 is a word that a hyphen joins to a
// name: the led of U.S.-led.
func (c *compound) hasTail(first, last int) bool {
	tail, name := c.text(last-1, last), c.text(first, last-1)
	if tail == "" || name == "" || tail[0] < 'a' || tail[0] > 'z' || !hasCapital(name) {
		return false
	}
	if lexicon.Of(tail)&lexicon.LanguageHead != 0 {
		return false // Spanish-language films
	}
	if c.sure(first, last-1) {
		return token.Tail(tail) || len(tail) > 3 && c.d.english(tail)
	}
	return token.Tail(tail) && len(name) > 1 && c.d.mayBeName(name)
}

// hasPrefix reports whether the first of parts first to last-1 is a word that a hyphen joins to a
// name after it: the ex of ex-Soviet, the number of a report.
func (c *compound) hasPrefix(first, last int) bool {
	prefix, next := c.text(first, first+1), c.text(first+1, first+2)
	if prefix == "" || next == "" || !hasCapital(next[:1]) && next[0] < utf8.RuneSelf {
		return false
	}
	listed, sure := false, false
	for _, m := range c.matches {
		if m.Start == int(c.bounds[first+1]) {
			listed, sure = true, sure || m.Usage == gazetteer.Sure
		}
	}
	class := lexicon.Class(0)
	if strings.ToLower(prefix) == prefix {
		class = lexicon.Of(prefix)
	}
	switch {
	case isSlug(prefix):
		return true
	case '0' <= prefix[0] && prefix[0] <= '9':
		return listed && strings.Trim(prefix, "0123456789") == "" || c.before != nil && isSlug(c.d.Text[c.before.Start:c.before.End])
	case class&lexicon.Attitude != 0 && len(next) > 2 && c.d.mayBeName(next):
		return true
	case class&(lexicon.Prefix|lexicon.Attitude) != 0:
		return listed
	}
	return sure && lexicon.Of(prefix)&lexicon.Attitude != 0 && (c.after == nil || c.after.Shape&token.Capital == 0)
}

// isSlug reports whether word is one that agencies write in capitals before a headline.
func isSlug(word string) bool {
	return strings.ToUpper(word) == word && lexicon.Of(word)&lexicon.Slug != 0
}

// sure reports whether parts first to last-1 are the sure name of something.
func (c *compound) sure(first, last int) bool {
	return slices.ContainsFunc(c.matches, func(m gazetteer.Match) bool {
		return m.Usage == gazetteer.Sure && m.Start == int(c.bounds[first]) && m.End == int(c.bounds[last])-1
	})
}

// english reports whether English has word in small letters.
func (d *Document) english(word string) bool { return d.lookUp(word)&words.English != 0 }

// mayBeName reports whether word is no English one, and none that is written like a name: Muslim.
func (d *Document) mayBeName(word string) bool {
	var hash uint64
	d.folded, hash = fold.Append(d.folded[:0], word)
	return words.Lookup(hash)&words.English == 0 && lexicon.Lookup(hash)&(lexicon.NotName|lexicon.Month) == 0
}

// givenName reports whether people are called word, which is no English one.
func (d *Document) givenName(word string) bool {
	return d.lookUp(word)&(words.Given|words.English) == words.Given
}

// lookUp returns what is known of a word.
func (d *Document) lookUp(word string) words.Info {
	var hash uint64
	d.folded, hash = fold.Append(d.folded[:0], word)
	return words.Lookup(hash)
}

// hasCapital reports whether s has a capital letter.
func hasCapital(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }
