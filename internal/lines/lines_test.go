package lines_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/lines"
)

// read returns the lines of r, "!" for each that is too long, and the error at
// the end.
func read(r io.Reader, limit int) (list []string, err error) {
	for line, err := range lines.All(r, limit) {
		switch {
		case errors.Is(err, lines.ErrTooLong):
			list = append(list, "!")
		case err != nil:
			return list, err
		default:
			list = append(list, string(line))
		}
	}
	return list, nil
}

func TestAll(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	for _, test := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"a", []string{"a"}},
		{"\ufeffa\n\ufeff", []string{"a", "\ufeff"}},
		{"a\n\nb\r\n", []string{"a", "", "b\r"}},
		{long + "\nb\n", []string{long, "b"}},
		{"a\n" + long + "x\nb", []string{"a", "!", "b"}},
		{long + "x", []string{"!"}},
		{long, []string{long}},
		{strings.Repeat(long, 5) + "\n\n" + long, []string{"!", "", long}},
	} {
		got, err := read(strings.NewReader(test.in), len(long))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", test.in, diff)
		}
	}
	got, err := read(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(io.ErrClosedPipe)), 10)
	if len(got) != 1 || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1}`:   "",
		`{"a":x}`:   "f:1:6: invalid character 'x' looking for beginning of value",
		`{"a":"b"}`: `f:1:8: "a": string where a number should be`,
		`[1]`:       "f:1:1: array where an object should be",
		`{"a"`:      "f:1:4: unexpected end of JSON input",
		`{"A":"b"}`: "",
	} {
		var v struct {
			A int `json:"a"`
		}
		got := ""
		if f := lines.JSON([]byte(in), &v); f != nil {
			f.File, f.Line = "f", 1
			got = f.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestNames: a name in other letters is another name, at any place; what it holds is
// left as it is.
func TestNames(t *testing.T) {
	var v struct {
		A string          `json:"a"`
		B json.RawMessage `json:"b"`
	}
	line := `{"A":"no","a" : "yes\\","\"A":1,"B":2,"\u0041":"no","b":{"A":"\"B\":"},"A":"no"}`
	if f := lines.JSON([]byte(line), &v); f != nil || v.A != `yes\` || string(v.B) != `{"A":"\"B\":"}` {
		t.Errorf("%s: %q, %s, %v", line, v.A, v.B, f)
	}
}

// TestWrappedEOF: an error that wraps io.EOF is no end of the file.
func TestWrappedEOF(t *testing.T) {
	broken := fmt.Errorf("the line is down: %w", io.EOF)
	if _, err := read(io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), 1<<16); err != broken {
		t.Error(err)
	}
}

// FuzzAll: what is read is what stands between the line breaks.
func FuzzAll(f *testing.F) {
	f.Add([]byte("a\n\nbcdef\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var want []string
		for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
			if line = bytes.TrimSuffix(line, []byte("\n")); len(line) > 1<<16 {
				line = []byte("!")
			}
			want = append(want, string(line))
		}
		got, err := read(iotest.OneByteReader(bytes.NewReader(data)), 1<<16)
		if err != nil || !cmp.Equal(want, got) {
			t.Errorf("%q, want %q: %v", got, want, err)
		}
	})
}
