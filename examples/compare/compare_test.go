package main

import (
	"strings"
	"testing"
)

// TestCompare: the tools that are always here give a row each, and steppe finds
// more of what is there than prose.
func TestCompare(t *testing.T) {
	for name, finder := range finders {
		names := finder()
		found, err := names("Antony Blinken met Kassym-Jomart Tokayev in Astana.")
		if err != nil || len(found) == 0 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
	texts, err := read("../../internal/training/texts/central-asia.txt")
	if err != nil || len(texts) < 100 || len(texts[0].Gold) == 0 {
		t.Fatalf("%d texts: %v", len(texts), err)
	}
	var out strings.Builder
	if err := find("steppe", strings.NewReader("\"Tokayev left.\"\n\"\"\n"), &out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "[{\"Start\":0,\"End\":7,\"Type\":\"person\"}]\n[]\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
