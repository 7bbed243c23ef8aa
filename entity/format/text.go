package format

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// iri returns a name as a relative IRI; what has none is an urn.
func iri(name string) string {
	switch name {
	case "":
		return "urn:x-steppe:document"
	case "-":
		return "urn:x-steppe:standard-input"
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		parts = append(parts, url.PathEscape(part))
	}
	return strings.Join(parts, "/")
}

// firstRunes returns the first few code points of s.
func firstRunes(s string) string {
	s = s[:min(len(s), quoteContext*utf8.UTFMax)]
	r := []rune(s)
	return string(r[:min(len(r), quoteContext)])
}

// lastRunes returns the last few code points of s.
func lastRunes(s string) string {
	n := 0
	at := len(s)
	for ; at > 0 && n < quoteContext; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return string([]rune(s[at:]))
}

// unseen reports whether a character would hide text, turn its direction or steer
// a terminal.
func unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF, 0xE0000 <= r && r <= 0xE007F:
		return true
	}
	return unicode.IsControl(r)
}

// oneLine returns s in valid UTF-8, its line breaks, tabs and other white space
// each a single space, without what is not seen.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, s)
}
