package entity

import (
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/token"
)

// language reports whether a people's adjective that stands on the words first to last-1
// names a language, which is no entity: in Kyrgyz, she speaks Uzbek and Russian, the
// Uzbek, Kazakh and Russian languages.
func (d *document) language(s token.Sentence, first, last int32) bool {
	if !d.isLanguage(first, last) {
		return false
	}
	// The row of adjectives that it stands in.
	for n := 0; n < maxRow && last < s.Last && d.inRow(last); n++ {
		k := last + 1
		if k < s.Last && d.inRow(k) {
			k++ // Uzbek, and Russian
		}
		if k >= s.Last || !d.isLanguage(k, k+1) {
			break
		}
		last = k + 1
	}
	for n := 0; n < maxRow && first-2 >= s.First && d.inRow(first-1); n++ {
		k := first - 2
		if k > s.First && d.inRow(k) {
			k--
		}
		if !d.isLanguage(k, k+1) {
			break
		}
		first = k
	}
	alone := last == s.Last || d.Words[last].Class == token.Punctuation && !d.opens(last) // no noun follows
	if !alone {
		switch d.word1(last) {
		case "language", "languages", "alphabet", "alphabets", "dialect", "dialects":
			return true
		case "at", "to", "in", "with", "as", "well", "fluently", "badly", "better", "but", "on", "for", "from", "since", "when", "while", "too":
			alone = true
		}
	}
	if first == s.First {
		return false
	}
	switch d.word1(first - 1) {
	case "fluent":
		return true
	case "in", "In", "into", "speak", "speaks", "spoke", "speaking", "Speaking", "spoken", "teach", "teaches", "taught", "teaching", "learn", "learns", "learned", "learnt", "learning":
		return alone
	}
	return false
}

// maxRow is how many members of a row are looked at on each side.
const maxRow = 8

// inRow reports whether word k stands between the members of a row.
func (d *document) inRow(k int32) bool {
	w := d.word1(k)
	return w == "," || w == "and" || w == "or"
}

// isLanguage reports whether the words first to last-1 are one that names a language.
func (d *document) isLanguage(first, last int32) bool {
	return last == first+1 && languages[d.Words[first].Hash]
}

// languages holds the hashes of the adjectives that are languages, too.
var languages = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq(`albanian arabic armenian azerbaijani azeri bashkir belarusian bengali bulgarian burmese
		chechen chinese croatian czech danish dari dutch english estonian farsi finnish french georgian german greek hebrew
		hindi hungarian indonesian italian japanese karakalpak kazakh khmer korean kurdish kyrgyz latvian lithuanian malay
		mongol mongolian nepali norwegian ossetian pashto persian polish portuguese punjabi romanian russian serbian slovak
		slovenian spanish swahili swedish tajik tatar thai tibetan turkish turkmen uighur ukrainian urdu uyghur uzbek
		vietnamese`) {
		m[fold.Hash(w)] = true
	}
	return m
}()
