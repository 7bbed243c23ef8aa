package token

import "unicode/utf8"

// CutBytes is the most of a text that is divided at once. It bounds memory and
// lets a text be read in parts: where it is cut depends on its bytes alone,
// never on how they arrive.
const CutBytes = 64 << 10

// Cut returns where the first part of text ends, in bytes: all of a text of up
// to CutBytes, else after the last blank line of the first CutBytes, else after
// the last sentence that ends with a line, else after the last white space, else
// before the character that reaches over the limit. It looks at no more than the
// first CutBytes+1 bytes.
func Cut(text string) int {
	if len(text) <= CutBytes {
		return len(text)
	}
	head := text[:CutBytes]
	line, stop, space := 0, 0, 0
	blank := true // only white space since the last line break seen, going back
	for i := len(head) - 1; i > 0; i-- {
		switch c := head[i]; {
		case c == '\n':
			if blank && line > 0 {
				return line
			}
			line, blank = i+1, true
			if stop == 0 && i > 0 && (head[i-1] == '.' || i > 1 && head[i-1] == '\r' && head[i-2] == '.') {
				stop = i + 1
			}
			if space == 0 {
				space = i + 1
			}
		case c == ' ' || c == '\t' || c == '\r':
			if space == 0 {
				space = i + 1
			}
			if stop == 0 && c == ' ' && head[i-1] == '.' {
				stop = i + 1
			}
		default:
			blank = false
		}
	}
	if stop > 0 {
		return stop
	}
	if space > 0 {
		return space
	}
	n := CutBytes
	for n > CutBytes-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	if !utf8.RuneStart(text[n]) {
		return CutBytes
	}
	return n
}
