package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tag": main})
}

// TestScripts runs the command as the scripts of testdata/script say.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Files:               scripts(t),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// compress gz|zst|zst-long FROM TO
			"compress": func(ts *testscript.TestScript, _ bool, args []string) {
				var buf bytes.Buffer
				var w io.WriteCloser = gzip.NewWriter(&buf)
				if args[0] != "gz" {
					window := map[string]int{"zst": 1 << 20, "zst-long": 16 << 20}[args[0]]
					var err error
					w, err = zstd.NewWriter(&buf, zstd.WithWindowSize(window))
					ts.Check(err)
				}
				_, err := io.WriteString(w, ts.ReadFile(args[1]))
				if z, ok := w.(*zstd.Encoder); ok {
					err = errors.Join(err, z.Flush()) // else the window would be as small as the text
				}
				ts.Check(errors.Join(err, w.Close()))
				ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[2])), 0o777))
				ts.Check(os.WriteFile(ts.MkAbs(args[2]), buf.Bytes(), 0o666))
			},
			// make KIND FILE
			"make": func(ts *testscript.TestScript, _ bool, args []string) {
				text := map[string]string{
					"large":     strings.Repeat("Putin left Moscow for Astana.\n", 10_000),
					"deep":      strings.Repeat("<div>", 3000) + "Putin left Moscow.",
					"longtag":   `<p>Putin left Moscow.<img src="` + strings.Repeat("x", 5<<20) + `">`,
					"longline":  `{"text":"a"}` + "\n" + `{"text":"` + strings.Repeat("x", 9<<20) + `"}` + "\n" + `{"text":"a"}`,
					"latin":     "<meta charset=iso-8859-1><p>M\xfcller",
					"utf16page": "\xff\xfe<\x00p\x00>\x00P\x00u\x00t\x00i\x00n\x00",
					"utf16":     "\xff\xfeP\x00u\x00t\x00i\x00n\x00",
					"utf16be":   "\xfe\xff\x00P\x00u\x00t\x00i\x00n",
					"utf32":     "\xff\xfe\x00\x00P\x00\x00\x00u\x00\x00\x00t\x00\x00\x00i\x00\x00\x00n\x00\x00\x00",
					"nomark":    "P\x00u\x00t\x00i\x00n\x00",
					"oddmark":   "\xff\xfePutin left Moscow.\n",
					"cyrillic":  "Putin left Moscow.\n\xcf\xf3\xf2\xe8\xed Osh\n",
					"oneletter": "Putin left Moscow.\nZo\xeb left Osh.\n",
					"pdf":       "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
					"docx":      "PK\x03\x04" + strings.Repeat("\x00", 26) + "[Content_Types].xml\x00word/document.xml",
					"png":       "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
					"tar":       "a.txt" + strings.Repeat("\x00", 252) + "ustar\x0000",
				}[args[0]]
				ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o666))
			},
		},
	})
}

// scripts returns the scripts of this command.
func scripts(t *testing.T) []string {
	all, err := filepath.Glob("../../testdata/script/*.txtar")
	if err != nil || len(all) == 0 {
		t.Fatalf("%d scripts: %v", len(all), err)
	}
	return slices.DeleteFunc(all, func(name string) bool { return strings.HasPrefix(filepath.Base(name), "eval") })
}

// brokenWriter fails after some bytes, as a full disk or a closed pipe does.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return 0, os.ErrClosed
	}
	w.left -= len(p)
	return len(p), nil
}

// TestBrokenOutput: output that fails ends the run with a message, and leaves no
// worker behind to wait for ever.
func TestBrokenOutput(t *testing.T) {
	in := strings.Repeat("{\"id\":1,\"text\":\"Tokayev is in Astana.\"}\n", 2000)
	var stderr bytes.Buffer
	args := []string{"-format", "jsonl", "-input", "jsonl", "-j", "4"}
	code := run(t.Context(), args, strings.NewReader(in), &brokenWriter{5000}, &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "closed") {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}

// TestClosedPipe: nobody is told that nobody listens.
func TestClosedPipe(t *testing.T) {
	r, w := io.Pipe()
	r.CloseWithError(&os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE})
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"../../testdata/news"}, nil, w, &stderr)
	if code != exitFailed || stderr.Len() > 0 {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}

// TestInterrupt: a run that is interrupted, before it begins, in the middle of a
// text or waiting for input, fails at once and leaves nothing behind.
func TestInterrupt(t *testing.T) {
	for _, args := range [][]string{{"-o", "out.jsonl", "-format", "jsonl"}, {"-o", "out", "-format", "brat"}} {
		for name, stdin := range map[string]func(cancel func()) io.Reader{
			"before": func(cancel func()) io.Reader { cancel(); return strings.NewReader("") },
			"within": func(cancel func()) io.Reader {
				n := 0
				return readerFunc(func(p []byte) (int, error) {
					if n++; n == 200 {
						cancel()
					}
					return copy(p, strings.Repeat("Putin left Moscow. ", 100)), nil
				})
			},
			"waiting": func(cancel func()) io.Reader {
				return readerFunc(func([]byte) (int, error) { cancel(); select {} })
			},
		} {
			t.Run(name+args[3], func(t *testing.T) {
				dir := t.TempDir()
				t.Setenv("TMPDIR", dir)
				ctx, cancel := context.WithCancel(context.Background())
				args := slices.Clone(args)
				args[1] = filepath.Join(dir, args[1])
				var stdout, stderr bytes.Buffer
				code := run(ctx, args, stdin(cancel), &stdout, &stderr)
				if code != exitFailed || stderr.String() != "tag: interrupted\n" {
					t.Errorf("exit %d, %q", code, stderr.String())
				}
				left, err := os.ReadDir(dir)
				if err != nil || len(left) > 0 || stdout.Len() > 0 {
					t.Errorf("left behind: %v, %v, %q", left, err, stdout.String())
				}
			})
		}
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestLong: a text of many parts is written as a whole one is, and of several long
// ones each is whole.
func TestLong(t *testing.T) {
	text := strings.Repeat("Putin left Moscow for Astana.\n\n"+
		"Tokayev of the National Bank\nof Kazakhstan stayed in Osh.\n\n", 2000)
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var want bytes.Buffer
	w, err := format.New("jsonl", &want, gazetteer.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := w.Write(format.Header{Source: filepath.Join(dir, name)}, text, entity.New().Append(nil, text)); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-j", "3", "-format", "jsonl", dir}, nil, &stdout, &stderr); code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
	if stdout.String() != want.String() {
		t.Error("texts of several parts are written otherwise than whole ones")
	}
}

// TestColour: the text as a terminal shows it, with nothing in it that steers the
// terminal.
func TestColour(t *testing.T) {
	text := "Putin\x1b[31m left\u202e Moscow"
	var buf bytes.Buffer
	w := &textWriter{w: &buf, g: gazetteer.Default(), colour: true}
	part := entity.Part{Text: text, Entities: entity.New().Append(nil, text)}
	if err := errors.Join(w.Begin(format.Header{Source: "a\x1b\n"}), w.Part(part), w.End()); err != nil {
		t.Fatal(err)
	}
	want := "\x1b[1ma \x1b[0m\n\n\x1b[1;33mPutin\x1b[0m[31m left \x1b[1;36mMoscow\x1b[0m\n\nKIND"
	if !strings.HasPrefix(buf.String(), want) {
		t.Errorf("%q, want %q", buf.String(), want)
	}
}

// TestOrder: any number of workers writes the same bytes.
func TestOrder(t *testing.T) {
	for _, flags := range [][]string{{"-format", "jsonl"}, {"-format", "jsonl", "-alternatives", "2"}, {"-explain"}} {
		var want string
		for _, j := range []string{"1", "2", "7"} {
			var stdout, stderr bytes.Buffer
			args := append([]string{"-j", j, "../../testdata/news"}, flags...)
			if code := run(t.Context(), args, nil, &stdout, &stderr); code != exitOK {
				t.Fatalf("%v: exit %d: %s", flags, code, stderr.String())
			}
			if want == "" {
				want = stdout.String()
			}
			if stdout.String() != want {
				t.Errorf("%v -j %s writes something else", flags, j)
			}
		}
	}
}

// TestAlternativesLong: a text of many parts has the alternatives of a whole one.
func TestAlternativesLong(t *testing.T) {
	text := strings.Repeat("Defence Minister Ivanov left Moscow.\n\nBush stayed in Paris.\n\n", 3000)
	var want bytes.Buffer
	w, err := format.New("jsonl", &want, gazetteer.Default())
	if err != nil {
		t.Fatal(err)
	}
	w.Alternatives = 2
	part := entity.Part{Text: text, Explanations: entity.New().Explain(text)}
	for _, x := range part.Explanations {
		part.Entities = append(part.Entities, x.Entity)
	}
	if err := errors.Join(w.Begin(format.Header{Source: "-"}), w.Part(part), w.End()); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-format", "jsonl", "-alternatives", "2"}, strings.NewReader(text), &stdout, &stderr)
	if code != exitOK || stdout.String() != want.String() || !strings.Contains(want.String(), `"alternatives":[`) {
		t.Errorf("exit %d, %s: a text of several parts is written otherwise than a whole one", code, stderr.String())
	}
}

// FuzzWorkers: how many workers there are changes nothing that is written, whatever
// the files hold and however many of them are at fault.
func FuzzWorkers(f *testing.F) {
	f.Add("Tokayev met Blinken in Astana.\x00{\"text\":\"In Osh.\"}\n{\x00\xff\xfeA", uint8(9))
	f.Fuzz(func(t *testing.T, all string, choice uint8) {
		dir := t.TempDir()
		for i, text := range strings.SplitN(all, "\x00", 8) {
			name := fmt.Sprintf("%d.%s", i, []string{"txt", "jsonl", "html"}[(int(choice)+i)%3])
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		var want string
		for _, j := range []string{"1", "2", "5"} {
			var stdout, stderr bytes.Buffer
			args := []string{"-j", j, "-format", []string{"text", "jsonl", "conll"}[choice/3%3], dir}
			code := run(t.Context(), args, nil, &stdout, &stderr)
			got := fmt.Sprintf("exit %d\n%s\n%s", code, &stdout, &stderr)
			if want == "" {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-j %s (-alone +together):\n%s", j, diff)
			}
		}
	})
}
