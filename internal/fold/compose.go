package fold

import "sync"

// Compose returns the one character that a letter and a combining mark after it make; false when
// there is none for the two.
func Compose(letter, mark rune) (rune, bool) {
	r, ok := composed()[[2]rune{letter, mark}]
	return r, ok
}

// composed holds the compositions: few texts need any.
var composed = sync.OnceValue(func() map[[2]rune]rune {
	m := map[[2]rune]rune{}
	for all := []rune(compositions); len(all) > 0; all = all[3:] {
		m[[2]rune{all[0], all[1]}] = all[2]
	}
	return m
})
