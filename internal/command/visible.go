package command

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine returns s as Visible does, with single spaces for its white space.
func OneLine(s string) string { return strings.Join(strings.Fields(Visible(s)), " ") }

// Visible returns s in valid UTF-8, without the characters that would steer a terminal,
// those of C1 too, or turn the direction of what it shows.
func Visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, steers) {
		return s
	}
	// A byte that is not UTF-8 may be a control character of a terminal that knows
	// only bytes: it becomes U+FFFD.
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return -1
		}
		return r
	}, s)
}

func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
}
