package gazetteer

import (
	"iter"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/internal/respell"
)

// patronymics are how the skeletons of patronymics end: of Russian ones, and of the
// words for a son or daughter in the languages of the region.
var patronymics = []string{"ovich", "evich", "ich", "ovna", "evna", "ichna", "uli", "ulu", "kizi", "kisi", "ogli", "ugli", "zoda"}

// personForms walks the other forms of a person's name that a list may have: the given
// name first where a comma, or the order, has it last, and each without a patronymic.
func personForms(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		surname, given, inverted := strings.Cut(name, ",")
		words := strings.Fields(surname)
		if inverted {
			words = append(strings.Fields(given), words...)
		}
		if len(words) < 2 || len(words) > 4 || inverted && !yield(strings.Join(words, " ")) {
			return
		}
		orders := [][]string{words, slices.Concat(words[1:], words[:1])} // Serik Nurtayevich Akhmetov of Akhmetov Serik Nurtayevich
		for _, order := range orders {
			short := slices.DeleteFunc(slices.Clone(order), isPatronymic)
			if len(short) >= 2 && !yield(strings.Join(short, " ")) {
				return
			}
		}
	}
}

// isPatronymic reports whether a word is a patronymic by its end.
func isPatronymic(word string) bool {
	skeleton := string(respell.Append(nil, word))
	return slices.ContainsFunc(patronymics, func(end string) bool {
		return strings.HasSuffix(skeleton, end) && (len(skeleton) > len(end)+1 || len(skeleton) == len(end) && strings.HasPrefix(end, "u"))
	})
}
