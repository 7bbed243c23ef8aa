package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/internal/command"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"eval": main})
}

// TestScripts runs the command as testdata/script/eval.txtar says.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Files: []string{"../../testdata/script/eval.txtar"}, RequireExplicitExec: true})
}

// perfect is the last line of a comparison without a mistake.
var perfect = regexp.MustCompile(` all +100\.0 +100\.0 +100\.0 +[1-9]`)

// TestOwn: what package format writes is compared as it is.
func TestOwn(t *testing.T) {
	text := "Putin left\u00a0Moscow for Astana.\n\nTokayev's \"National Bank\nof Kazakhstan\" stayed in pro-Moscow Osh\xff."
	for _, name := range []string{"jsonl", "conll"} {
		var buf bytes.Buffer
		w, err := format.New(name, &buf, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{"a", "b"} {
			if err := w.Write(format.Header{Source: source}, text, entity.New().Append(nil, text)); err != nil {
				t.Fatal(err)
			}
		}
		file := filepath.Join(t.TempDir(), "a."+name)
		if err := os.WriteFile(file, buf.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		if code := run([]string{file, file}, &stdout, &stderr); code != exitOK {
			t.Fatalf("%s: exit %d: %s", name, code, stderr.String())
		}
		if !perfect.MatchString(stdout.String()) {
			t.Errorf("%s: %s", name, stdout.String())
		}
	}
}

// TestShown: nothing of the files steers the terminal on which mistakes are shown.
func TestShown(t *testing.T) {
	const line = `{"source":"a\u001b[31m\u202e","text":"Tok\u009b x\u061c\u001b Osh","entities":[{"kind":"%s","start":0,"end":5,"text":"Tok\u009b"}]}`
	var files []string
	for _, kind := range []string{"person", "city"} {
		file := filepath.Join(t.TempDir(), "a\u009b.jsonl")
		if err := os.WriteFile(file, fmt.Appendf(nil, line, kind), 0o666); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	var stdout, stderr bytes.Buffer
	if code := run(files, &stdout, &stderr); code != exitOK || stdout.String() != command.Visible(stdout.String()) {
		t.Errorf("exit %d: %q %q", code, stdout.String(), stderr.String())
	}
	if want := "a[31m, byte 0: [Tok] x Osh\n"; !strings.Contains(stdout.String(), want) {
		t.Errorf("%q lacks %q", stdout.String(), want)
	}
}

// FuzzAlign: a name is moved to where its characters stand in the other text.
func FuzzAlign(f *testing.F) {
	f.Add("The bank of New York, 🐎", uint8(3), uint8(8), uint8(16))
	f.Fuzz(func(t *testing.T, gold string, every, from, to uint8) {
		if !utf8.ValidString(gold) {
			return // bytes with a space between may be a character without it
		}
		// The same text with white space in other places.
		var b strings.Builder
		var offsets []int // of the characters in the found text
		for i, r := range gold {
			_, size := utf8.DecodeRuneInString(gold[i:])
			if every > 0 && i%int(every) == 0 {
				b.WriteByte('\n')
			}
			offsets = append(offsets, b.Len())
			if !blank(r) {
				b.WriteString(gold[i : i+size])
			}
		}
		found := b.String()
		if int(from) >= int(to) || int(to) >= len(offsets) || offsets[from] >= offsets[to] {
			return
		}
		d := &document{text: found, spans: []score.Span{{Kind: 1, Start: offsets[from], End: offsets[to]}}}
		want := squeeze(found[offsets[from]:offsets[to]])
		if want == "" {
			return
		}
		if err := align(&document{text: gold}, d); err != nil {
			t.Fatal(err)
		}
		if got := squeeze(gold[d.spans[0].Start:d.spans[0].End]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func squeeze(s string) string { return strings.Join(strings.FieldsFunc(s, blank), "") }
