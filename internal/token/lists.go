package token

import (
	"strings"

	"github.com/steppe-ner/steppe/internal/lexicon"
)

// longestListed is the most bytes of a word that is looked up here.
const longestListed = 16

// is reports whether word is of one of the classes, whatever its case.
func is(word string, classes lexicon.Class) bool {
	return len(word) <= longestListed && lexicon.Of(word)&classes != 0
}

// IsAbbreviation reports whether a full stop after word belongs to it.
func IsAbbreviation(word string) bool {
	if len(word) > 6 || len(word) < 2 {
		return false
	}
	c := lexicon.Of(word)
	return c&lexicon.Abbreviation != 0 && (c&lexicon.Cased == 0 || 'A' <= word[0] && word[0] <= 'Z' && word[1] >= 'a')
}

// starters are the classes of words that begin a sentence far more often than they go on
// with a name.
const starters = lexicon.Opener | lexicon.Starter

// unfinished are those of words that no row ends with.
const unfinished = lexicon.Article | lexicon.OfWord | lexicon.And | lexicon.Connector | lexicon.Particle | lexicon.Unfinished

// isDigraph reports whether word is written as an initial of several letters is: Zh, Dzh.
func isDigraph(word string) bool {
	if len(word) < 2 || len(word) > 4 || word[0] < 'A' || word[0] > 'Z' {
		return false
	}
	for i := range len(word) - 1 {
		if word[i+1] < 'a' || word[i+1] > 'z' {
			return false
		}
	}
	return is(word, lexicon.Digraph)
}

// Tail reports whether word, in lower case, is one that a hyphen joins to a name without being
// part of it: the led of U.S.-led.
func Tail(word string) bool { return is(word, lexicon.Joined) }

// BreaksAfterHyphen reports whether a hyphen at the end of a line before word belongs to the two words
// that it joins, and not to the line: Almaty-based, Facebook-integrated, but Petropavl.
func BreaksAfterHyphen(word string) bool {
	return Tail(word) || len(word) > 5 && strings.HasSuffix(word, "ed")
}
