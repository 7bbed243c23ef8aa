package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Fault is what is wrong with a request.
type Fault struct {
	Field  string // "" when no field is at fault
	Reason string
}

func (f *Fault) Error() string {
	if f.Field == "" {
		return f.Reason
	}
	return f.Field + ": " + f.Reason
}

// fields is what an object may have: a function for each field, which takes its
// value, some JSON, and says what is wrong with it.
type fields []field

type field struct {
	name string
	take func(value []byte) error
}

// decode takes a JSON object. Unlike encoding/json it tells capitals from small
// letters in names, and refuses what it does not know and what stands twice.
func (known fields) decode(data []byte) error {
	if err := valid(data); err != nil {
		return err
	}
	if data = bytes.TrimLeft(data, space); data[0] != '{' {
		return &Fault{Reason: typeName(data) + " where an object should be"}
	}
	seen := make([]bool, len(known))
	for name, value := range members(data) {
		i := slices.IndexFunc(known, func(f field) bool { return f.name == name })
		switch {
		case i < 0:
			return &Fault{name, "unknown; the fields are " + known.names()}
		case seen[i]:
			return &Fault{name, "stands twice"}
		}
		seen[i] = true
		if err := known[i].take(value); err != nil {
			var within *Fault
			if errors.As(err, &within) && within.Field != "" {
				return &Fault{name + "." + within.Field, within.Reason}
			}
			return &Fault{name, err.Error()}
		}
	}
	return nil
}

func (known fields) names() string {
	var names []string
	for _, f := range known {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

// space is what JSON takes for white space.
const space = " \t\r\n"

// valid says where data are not one JSON value in UTF-8.
func valid(data []byte) error {
	if len(bytes.TrimLeft(data, space)) == 0 {
		return &Fault{Reason: "nothing where an object should be"}
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			r, size := utf8.DecodeRune(data[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return &Fault{Reason: fmt.Sprintf("not UTF-8 at byte %d", at)}
	}
	var nothing struct{}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, &nothing); errors.As(err, &syntax) {
		return &Fault{Reason: fmt.Sprintf("not JSON at byte %d: %v", syntax.Offset, syntax)}
	}
	return nil
}

// members walks the members of an object, which is JSON and begins data.
func members(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		rest := bytes.TrimLeft(data[1:], space)
		for len(rest) > 0 && rest[0] == '"' {
			n := valueLength(rest)
			var name string
			_ = json.Unmarshal(rest[:n], &name) // it is a string
			rest = bytes.TrimLeft(rest[n:], space)
			rest = bytes.TrimLeft(rest[1:], space) // the colon
			n = valueLength(rest)
			if !yield(name, rest[:n]) {
				return
			}
			rest = bytes.TrimLeft(rest[n:], space)
			rest = bytes.TrimLeft(rest[1:], space) // a comma, or the end
		}
	}
}

// elements walks the elements of an array, which is JSON and begins data.
func elements(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		rest := bytes.TrimLeft(data[1:], space)
		for len(rest) > 0 && rest[0] != ']' {
			n := valueLength(rest)
			if !yield(rest[:n]) {
				return
			}
			rest = bytes.TrimLeft(rest[n:], space)
			if rest[0] == ']' {
				return
			}
			rest = bytes.TrimLeft(rest[1:], space)
		}
	}
}

// valueLength returns the length of the JSON value that begins data.
func valueLength(data []byte) int {
	switch data[0] {
	case '"':
		return stringLength(data)
	case '{', '[':
		depth := 0
		for n := 0; ; n++ {
			switch data[n] {
			case '"':
				n += stringLength(data[n:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return n + 1
				}
			}
		}
	}
	if n := bytes.IndexAny(data, ",]}"+space); n >= 0 {
		return n
	}
	return len(data)
}

// stringLength returns the length of the JSON string that begins data.
func stringLength(data []byte) int {
	for n := 1; ; n++ {
		n += bytes.IndexAny(data[n:], `"\`)
		if data[n] == '"' {
			return n + 1
		}
		n++ // what a reverse solidus escapes
	}
}

// typeName says of what type a JSON value is.
func typeName(value []byte) string {
	switch value[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 'n':
		return "null"
	case 't', 'f':
		return "a truth value"
	}
	return "a number"
}

// text returns a function that takes a string.
func text[T ~string](to *T) func([]byte) error {
	return func(value []byte) error {
		if value[0] != '"' {
			return &Fault{Reason: typeName(value) + " where a string should be"}
		}
		var s string
		err := json.Unmarshal(value, &s)
		*to = T(s)
		return err
	}
}

// number returns a number, which is infinite when it is too large.
func number(value []byte) (float64, error) {
	if name := typeName(value); name != "a number" {
		return 0, &Fault{Reason: name + " where a number should be"}
	}
	n, _ := strconv.ParseFloat(string(value), 64) // it is JSON; the only fault left is its size
	return n, nil
}

// list returns a function that takes an array of at most so many elements, each by
// the function given.
func list(most int, take func(value []byte) error) func([]byte) error {
	return func(value []byte) error {
		if value[0] != '[' {
			return &Fault{Reason: typeName(value) + " where an array should be"}
		}
		n := 0
		for element := range elements(value) {
			if n++; n > most {
				return &Fault{Reason: fmt.Sprintf("more than %d elements", most)}
			}
			if err := take(element); err != nil {
				return err
			}
		}
		return nil
	}
}
