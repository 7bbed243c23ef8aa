package command_test

import (
	"strings"
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

// TestShown: however it is cut.
func TestShown(t *testing.T) {
	const text = "{\"a\":\"\x1b[2J \u009b31m Ä🐎 \u202e\"}\n\t\xff\x9b.\n"
	const want = "{\"a\":\"\\u001b[2J \\u009b31m Ä🐎 \\u202e\"}\n\t\uFFFD\uFFFD.\n"
	for size := 1; size <= len(text); size++ {
		var b strings.Builder
		w := command.Shown(&b)
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if m, err := w.Write([]byte(rest[:n])); m != n || err != nil {
				t.Fatal(m, err)
			}
			rest = rest[n:]
		}
		if b.String() != want {
			t.Errorf("%d bytes at a time: %q, want %q", size, b.String(), want)
		}
	}
}
