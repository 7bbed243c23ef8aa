package entity

import "github.com/steppe-ner/steppe/internal/token"

// language reports whether a people's adjective that stands on the words first to last-1
// names a language, which is no entity: in Kyrgyz, she speaks Uzbek and Russian, the
// Uzbek, Kazakh and Russian languages.
func (d *document) language(s token.Sentence, first, last int32) bool {
	// The row of adjectives that it stands in.
	for n := 0; n < maxRow && last < s.Last && d.inRow(last); n++ {
		k := last + 1
		if k < s.Last && d.inRow(k) {
			k++ // Uzbek, and Russian
		}
		end := d.demonymAt(k)
		if end == k || end > s.Last {
			break
		}
		last = end
	}
	for n := 0; n < maxRow && first-2 >= s.First && d.inRow(first-1); n++ {
		k := first - 2
		if k > s.First && d.inRow(k) {
			k--
		}
		if d.demonymAt(k) != k+1 {
			break
		}
		first = k
	}
	ends := last == s.Last || d.Words[last].Class == token.Punctuation
	goesOn := false // as no noun that the adjective belongs to would
	if !ends {
		switch d.word1(last) {
		case "language", "languages", "alphabet", "alphabets", "dialect", "dialects", "script":
			return true
		case "at", "to", "in", "with", "as", "well", "fluently", "badly", "better", "but", "on", "for", "from", "since", "when", "while", "too":
			goesOn = true
		}
	}
	if first == s.First {
		return false
	}
	switch d.word1(first - 1) {
	case "fluent":
		return true
	case "in", "into":
		return ends
	case "speak", "speaks", "spoke", "speaking", "spoken", "teach", "teaches", "taught", "teaching", "learn", "learns", "learned", "learnt", "learning":
		return ends || goesOn
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

// demonymAt returns the end of a listed demonym that begins at word k, k if there is none.
func (d *document) demonymAt(k int32) int32 {
	for _, m := range d.matchesAt(k) {
		if m.Kind == Demonym && d.Whole(m) {
			return m.Last
		}
	}
	return k
}
