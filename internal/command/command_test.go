package command_test

import (
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/command"
)

func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"":                         "text 1:",
		"a.txt b.txt":              "text 1: a.txt b.txt",
		"-format jsonl a.txt":      "jsonl 1: a.txt",
		"a.txt -format jsonl":      "jsonl 1: a.txt",
		"a.txt -j=3 - -format x b": "x 3: a.txt - b",
		"-j 2 -- -format x":        "text 2: -format x",
		"a -j 2 -- -- b":           "text 2: a -- b",
		"a --":                     "text 1: a",
		"a -unknown":               "flag provided but not defined: -unknown",
	} {
		f := flag.NewFlagSet("", flag.ContinueOnError)
		f.SetOutput(io.Discard)
		format, j := f.String("format", "text", ""), f.String("j", "1", "")
		others, err := command.Parse(f, strings.Fields(line))
		got := strings.TrimSuffix(*format+" "+*j+": "+strings.Join(others, " "), " ")
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
}
