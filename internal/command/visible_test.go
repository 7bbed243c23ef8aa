package command_test

import (
	"testing"

	"github.com/steppe-ner/steppe/internal/command"
)

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{
		"Osh\n\tÄ 🐎":                    "Osh\n\tÄ 🐎",
		"a\x1b[31mb\x07\x7f\r":          "a[31mb",
		"a\u009b31mb\u0085\u009d0;x":    "a31mb0;x",
		"\x9b31m\xff":                   "\uFFFD31m\uFFFD",
		"a\u202eb\u2066c\u200fd\u061ce": "abcde",
	} {
		if got := command.Visible(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if got, want := command.OneLine(" a\n\x1b b\u202e\u2028c "), "a b c"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
