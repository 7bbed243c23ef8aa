package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tag": main})
}

// TestScripts runs the command as the scripts of testdata/script say.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "../../testdata/script", RequireExplicitExec: true})
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
	code := run(context.Background(), []string{"-format", "jsonl", "-input", "jsonl", "-j", "4"}, strings.NewReader(in), &brokenWriter{5000}, &stderr)
	if code != exitFailed || !strings.Contains(stderr.String(), "closed") {
		t.Errorf("exit %d, %q", code, stderr.String())
	}
}

// TestInterrupt: a run that is interrupted fails and leaves no output file.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := t.TempDir() + "/out.jsonl"
	var stdout, stderr bytes.Buffer
	if code := run(ctx, []string{"-o", out, "../../testdata/news"}, nil, &stdout, &stderr); code != exitFailed {
		t.Errorf("exit %d", code)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("an output file of a run that did not end")
	}
}

// TestOrder: any number of workers writes the same bytes.
func TestOrder(t *testing.T) {
	var want string
	for _, j := range []string{"1", "2", "7"} {
		var stdout, stderr bytes.Buffer
		if code := run(context.Background(), []string{"-j", j, "-format", "jsonl", "../../testdata/news"}, nil, &stdout, &stderr); code != exitOK {
			t.Fatalf("exit %d: %s", code, stderr.String())
		}
		if want == "" {
			want = stdout.String()
		}
		if stdout.String() != want {
			t.Errorf("-j %s writes something else", j)
		}
	}
}

// FuzzReadLines: any input ends, and every line is a document, a fault or blank.
func FuzzReadLines(f *testing.F) {
	f.Add([]byte("{\"id\":\"a\",\"text\":\"b\"}\n\n{\"text\":1}\nx\n{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		documents, faults, blank := 0, 0, 0
		err := readLines(bytes.NewReader(data), func(document) bool { documents++; return true }, func(err error) {
			faults++
			if !strings.Contains(err.Error(), ":") {
				t.Fatalf("a fault without a place: %v", err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, line := range lines {
			if len(bytes.TrimSpace(line)) == 0 {
				blank++
			}
		}
		if documents+faults+blank != len(lines) {
			t.Fatalf("%d documents, %d faults, %d blank of %d lines", documents, faults, blank, len(lines))
		}
	})
}
