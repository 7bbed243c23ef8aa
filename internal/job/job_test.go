package job

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/input"
)

// TestSteady: a file that changes while it is read is a fault.
func TestSteady(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grows":   func(path string) error { return os.WriteFile(path, make([]byte, 200_000), 0o666) },
		"shrinks": func(path string) error { return os.Truncate(path, 10) },
		"other":   func(path string) error { return os.Chtimes(path, time.Time{}, time.Unix(1, 0)) },
		"same":    func(path string) error { return nil },
	} {
		path := filepath.Join(t.TempDir(), "a.txt")
		if err := os.WriteFile(path, bytes.Repeat([]byte("a "), 50_000), 0o666); err != nil {
			t.Fatal(err)
		}
		in, end, err := (&Job{progress: &progress{}}).open(t.Context(), source{path: path})
		if err != nil {
			t.Fatal(err)
		}
		defer end()
		text, err := in.Text(input.Text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, text, 10); err != nil {
			t.Fatal(err)
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, text); (err != nil) != (name != "same") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOrdered: a folder is walked in the order of names, however many there are.
func TestOrdered(t *testing.T) {
	dir := t.TempDir()
	var want []string
	for i := range 150 {
		name := strconv.Itoa(i*7919%150) + ".txt"
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		want = append(want, name)
	}
	slices.Sort(want)
	for _, n := range []int{1, 7, 75, 149, 150, 151, 1000} {
		var got []string
		for e, err := range inBatches(dir, n, func(entry) bool { return true }) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e.name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d at a time (-want +got):\n%s", n, diff)
		}
	}
}
