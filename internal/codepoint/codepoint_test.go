package codepoint_test

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/steppe-ner/steppe/internal/codepoint"
)

// TestStandard are the examples of the Unicode Standard, tables 3-8 to 3-11.
func TestStandard(t *testing.T) {
	for in, want := range map[string]string{
		"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82A": "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
		"\xED\xA0\x80\xED\xBF\xBF\xED\xAFA": "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA",
		"\xF4\x91\x92\x93\xFFA\x80\xBFB":    "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB",
		"\xE1\x80\xE2\xF0\x91\x92\xF1\xBFA": "\uFFFD\uFFFD\uFFFD\uFFFDA",
		"Äb🐎":                               "Äb🐎",
		"":                                  "",
	} {
		if got := codepoint.Valid(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// FuzzValid: what is not UTF-8 is read as the decoder of the Web reads it, and counted
// so.
func FuzzValid(f *testing.F) {
	f.Add("Bishkek\xE2\x82 \xF0\x9F\x90Osh\xFF")
	f.Fuzz(func(t *testing.T, s string) {
		want, err := unicode.UTF8.NewDecoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := codepoint.Valid(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
		if got, want := codepoint.Count(s), utf8.RuneCountInString(want); got != want {
			t.Errorf("%q has %d code points, want %d", s, got, want)
		}
	})
}
