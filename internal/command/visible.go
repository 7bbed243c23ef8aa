package command

import (
	"fmt"
	"io"
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

// Shown returns a writer for a terminal on which results for programs are looked at. What
// would steer the terminal is written as JSON escapes it, so that JSON means the same.
func Shown(w io.Writer) io.Writer { return &shown{w: w} }

type shown struct {
	w    io.Writer
	rest []byte // of a character that is not whole yet
	out  []byte
}

func (s *shown) Write(p []byte) (int, error) {
	in := append(s.rest, p...)
	s.out = s.out[:0]
	for utf8.FullRune(in) {
		r, size := utf8.DecodeRune(in)
		if steers(r) {
			s.out = fmt.Appendf(s.out, `\u%04x`, r)
		} else {
			s.out = utf8.AppendRune(s.out, r) // U+FFFD for a byte that is not UTF-8
		}
		in = in[size:]
	}
	s.rest = append(s.rest[:0], in...)
	if _, err := s.w.Write(s.out); err != nil {
		return 0, err
	}
	return len(p), nil
}
