package format

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/codepoint"
)

// iri returns a document as an IRI without a fragment: an ID that is one, escaped where
// it has to be, a name as a relative one, what has none as a URN.
func iri(h Header) string {
	name := valid(h.Name())
	switch name {
	case "":
		return "urn:x-steppe:document"
	case "-":
		return "urn:x-steppe:standard-input"
	}
	if u, err := url.Parse(name); h.Source == "" && err == nil && u.IsAbs() && !strings.ContainsFunc(name, unseen) {
		u.Fragment, u.RawFragment = "", ""
		return unsafeInIRI.Replace(u.String())
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		// A colon in the first part would end the name of a scheme.
		parts = append(parts, strings.ReplaceAll(url.PathEscape(part), ":", "%3A"))
	}
	return strings.Join(parts, "/")
}

// unsafeInIRI escapes what url.URL leaves as it is in what follows urn:.
var unsafeInIRI = strings.NewReplacer(" ", "%20", `"`, "%22", "<", "%3C", ">", "%3E", `\`, "%5C",
	"^", "%5E", "`", "%60", "{", "%7B", "|", "%7C", "}", "%7D")

// firstRunes returns the first n code points of s.
func firstRunes(s string, n int) string {
	at := 0
	for ; at < len(s) && n > 0; n-- {
		_, size := codepoint.Decode(s[at:])
		at += size
	}
	return s[:at]
}

// lastRunes returns the last n code points of s.
func lastRunes(s string, n int) string {
	// What is not UTF-8 is only known from its beginning: one code point has up to three
	// bytes of it, or up to four bytes that are.
	at := max(0, len(s)-(n+1)*utf8.UTFMax)
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	for more := codepoint.Count(s[at:]) - n; more > 0; more-- {
		_, size := codepoint.Decode(s[at:])
		at += size
	}
	return s[at:]
}

// unseen reports whether a character hides text, turns its direction or steers a
// terminal.
func unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r == '\u200B', 0x2060 <= r && r <= 0x2064, r == '\uFEFF', 0xE0000 <= r && r <= 0xE007F:
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// oneLine returns s in valid UTF-8, each white space a single space, without what
// is not seen.
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
