package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/codepoint"
)

const hex = "0123456789abcdef"

// appendString appends s as a JSON string.
func appendString(dst []byte, s string) []byte {
	return append(appendEscaped(append(dst, '"'), s), '"')
}

// appendEscaped appends what stands between the quotation marks of s as a JSON
// string, as encoding/json has it when it is not for HTML, but that bytes that are not
// UTF-8 become a U+FFFD for each of Unicode's maximal subparts, as offsets count them.
func appendEscaped(dst []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[last:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\n':
				dst = append(dst, `\n`...)
			case '\r':
				dst = append(dst, `\r`...)
			case '\t':
				dst = append(dst, `\t`...)
			case '\b':
				dst = append(dst, `\b`...)
			case '\f':
				dst = append(dst, `\f`...)
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			last = i
			continue
		}
		r, size := codepoint.Decode(s[i:])
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || r == '\u2028' || r == '\u2029' {
			// The two separators end lines in JavaScript.
			dst = fmt.Appendf(append(dst, s[last:i]...), `\u%04x`, r)
			last = i + size
		}
		i += size
	}
	return append(dst, s[last:]...)
}

// appendRaw appends a JSON value on one line and in UTF-8.
func appendRaw(dst []byte, value json.RawMessage) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, value); err != nil {
		panic(err) // Begin has seen that it is JSON
	}
	return append(dst, valid(b.String())...)
}

// valid returns s in UTF-8, with U+FFFD for what is not.
func valid(s string) string { return codepoint.Valid(s) }
