// Package lines reads lines of any length in bounded memory, and says where in a
// file a fault is.
package lines

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
)

// Fault is what is wrong with a file, and where.
type Fault struct {
	File         string
	Line, Column int // from 1; the column in bytes
	Why          string
}

func (f *Fault) Error() string { return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Why) }

// ErrTooLong stands in the place of a line that is longer than the limit.
var ErrTooLong = errors.New("line too long")

// All walks the lines of r, after a byte order mark, without their line breaks; each is good until the next.
// In the place of one of more than limit bytes comes ErrTooLong, and the walk goes
// on; any other error ends it.
func All(r io.Reader, limit int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		if mark, err := br.Peek(3); err == nil && string(mark) == "\ufeff" {
			_, _ = br.Discard(3) // it has them
		}
		var long []byte // of lines that the reader's buffer cannot hold
		for {
			line, err := br.ReadSlice('\n')
			if errors.Is(err, bufio.ErrBufferFull) {
				tooLong := false
				long = append(long[:0], line...)
				for errors.Is(err, bufio.ErrBufferFull) {
					line, err = br.ReadSlice('\n')
					// The line break at its end is not counted.
					if tooLong = tooLong || len(long)+len(line) > limit+1; !tooLong {
						long = append(long, line...)
					}
				}
				line = long
				if tooLong || err != nil && len(long) > limit {
					line = nil
					if !yield(nil, ErrTooLong) {
						return
					}
				}
			}
			if err != nil && err != io.EOF { // another error may wrap it
				yield(nil, err)
				return
			}
			if len(line) > 0 {
				if line[len(line)-1] == '\n' {
					line = line[:len(line)-1]
				}
				if !yield(line, nil) {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
}

// JSON reads a JSON value of a line into v, a pointer to a struct. Unlike encoding/json
// it tells capitals from small letters in names: it overwrites others in line. A fault
// has no file and line yet.
func JSON(line []byte, v any) *Fault {
	hideOthers(line, reflect.TypeOf(v).Elem())
	err := json.Unmarshal(line, v)
	if err == nil {
		return nil
	}
	f := &Fault{Column: 1, Why: strings.TrimPrefix(err.Error(), "json: ")}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		f.Column = max(int(syntax.Offset), 1)
	case errors.As(err, &kind):
		f.Column = max(int(kind.Offset), 1)
		f.Why = fmt.Sprintf("%s where %s should be", kind.Value, jsonName(kind.Type.Kind().String()))
		if kind.Field != "" {
			f.Why = fmt.Sprintf("%q: %s", kind.Field, f.Why)
		}
	}
	return f
}

// hideOthers overwrites, in an object, what encoding/json would take for the name of a
// field of t and differs from it in case. In a line that is not JSON it may overwrite
// anything in quotation marks.
func hideOthers(line []byte, t reflect.Type) {
	depth := 0
	for at := 0; at < len(line); at++ {
		switch line[at] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			n := stringLength(line[at+1:])
			name := line[at+1 : at+1+n]
			at += n + 1
			if depth == 1 && at < len(line) && bytes.HasPrefix(bytes.TrimLeft(line[at+1:], " \t\r\n"), []byte(":")) {
				hideOther(name, t)
			}
		}
	}
}

// stringLength returns the length of a JSON string, after its quotation mark.
func stringLength(b []byte) int {
	for n := 0; ; n++ {
		i := bytes.IndexByte(b[n:], '"')
		if i < 0 {
			return len(b)
		}
		n += i
		if escapes := n - len(bytes.TrimRight(b[:n], `\`)); escapes%2 == 0 {
			return n
		}
	}
}

func hideOther(name []byte, t reflect.Type) {
	read := string(name)
	if strings.Contains(read, `\`) && json.Unmarshal([]byte(`"`+read+`"`), &read) != nil {
		return // which will be said
	}
	for f := range t.NumField() {
		field, _, _ := strings.Cut(t.Field(f).Tag.Get("json"), ",")
		if read != field && strings.EqualFold(read, field) {
			for k := range name {
				name[k] = '-'
			}
		}
	}
}

// jsonName returns what JSON calls a type of Go.
func jsonName(kind string) string {
	switch kind {
	case "struct", "map":
		return "an object"
	case "slice", "array":
		return "an array"
	case "int", "float64":
		return "a number"
	}
	return "a " + kind
}
