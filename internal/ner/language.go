package ner

import (
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
)

// language reports whether a people's adjective that stands on the words first to last-1
// names a language, which is no entity: in Kyrgyz, she speaks Uzbek and Russian, the
// Uzbek, Kazakh and Russian languages.
func (t *text) language(s token.Sentence, first, last int32) bool {
	first, last = t.languages(s, first, last)
	alone := last == s.Last || t.Words[last].Class == token.Punctuation && t.mark(last)&token.Opens == 0 // no noun follows
	if !alone {
		switch c := t.Words[last].Cues; {
		case c&lexicon.LanguageHead != 0:
			return true
		case c&lexicon.AfterLanguage != 0,
			c&lexicon.And != 0 && last+1 < s.Last && t.Words[last+1].Cues&lexicon.Speaking != 0: // in Uzbek and learned Chinese
			alone = true
		}
	}
	return alone && first > s.First && t.Words[first-1].Cues&lexicon.Speaking != 0
}

// languages returns the row of names of languages that the words first to last-1 stand in.
func (t *text) languages(s token.Sentence, first, last int32) (from, to int32) {
	is := func(k int32) bool { return k >= s.First && k < s.Last && t.Words[k].Cues&lexicon.Language != 0 }
	joins := func(k int32) bool {
		return k >= s.First && k < s.Last && (t.Word(k) == "," || t.Words[k].Cues&lexicon.And != 0)
	}
	for n := 0; n < maxRow && joins(last); n++ {
		k := last + 1
		if joins(k) {
			k++ // Uzbek, and Russian
		}
		if !is(k) {
			break
		}
		last = k + 1
	}
	for n := 0; n < maxRow && joins(first-1); n++ {
		k := first - 2
		if joins(k) {
			k--
		}
		if !is(k) {
			break
		}
		first = k
	}
	return first, last
}
