package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/lines"
)

// MaxLine is the longest line that the readers take, in bytes.
const MaxLine = 8 << 20

// Document is a text with the names that are marked in it.
type Document struct {
	Header
	Line  int    // where it begins in its file, from 1
	Text  string // "" where the file has no text
	Spans []Span // in the order of the file
}

// Span is a marked name.
type Span struct {
	Label        string // as the file has it
	Start, End   int    // bytes of the text
	Text         string // "" where the file has none
	Confidence   float64
	Line, Column int // where the file has it, from 1
}

// ReadJSONLines walks documents of the form that the format jsonl has, a line
// each; "text" may stand beside "entities", and an entity needs no more than
// "kind", "start" and "end", in bytes. Other fields are ignored. Blank lines are
// skipped. In the place of a faulty line comes an error that says where it is,
// FILE:LINE:COLUMN, and the walk goes on; an error in reading ends it.
func ReadJSONLines(r io.Reader, file string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		n := 0
		for line, err := range lines.All(r, MaxLine) {
			n++
			var d Document
			switch {
			case errors.Is(err, lines.ErrTooLong):
				err = &lines.Fault{File: file, Line: n, Column: 1, Why: fmt.Sprintf("a line of more than %d bytes", MaxLine)}
			case err != nil:
				err = fmt.Errorf("%s: %w", file, err)
			case len(bytes.TrimSpace(line)) == 0:
				continue
			default:
				var fault *lines.Fault
				if d, fault = readObject(line); fault != nil {
					fault.File, fault.Line = file, n
					err = fault
				}
				d.Line = n
				for i := range d.Spans {
					d.Spans[i].Line = n
				}
			}
			if err != nil {
				d = Document{}
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// readObject reads a line.
func readObject(line []byte) (d Document, fault *lines.Fault) {
	var object struct {
		Source   string          `json:"source"`
		ID       json.RawMessage `json:"id"`
		Text     *string         `json:"text"`
		Entities json.RawMessage `json:"entities"`
	}
	if fault = lines.JSON(line, &object); fault != nil {
		return d, fault
	}
	if object.Entities == nil {
		return d, &lines.Fault{Column: 1, Why: `no "entities"`}
	}
	d.Source, d.ID = object.Source, object.ID
	if object.Text != nil {
		d.Text = *object.Text
	}
	column := columnOf(line, "entities")
	if object.Entities[0] != '[' {
		return d, &lines.Fault{Column: column, Why: `"entities" is not an array`}
	}
	// A decoder knows where each entity stands.
	decoder := json.NewDecoder(bytes.NewReader(object.Entities))
	if _, err := decoder.Token(); err != nil {
		return d, &lines.Fault{Column: column, Why: err.Error()}
	}
	for decoder.More() {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return d, &lines.Fault{Column: column, Why: err.Error()}
		}
		at := column + int(decoder.InputOffset()) - len(raw)
		var e struct {
			Kind       *string `json:"kind"`
			Start      *int    `json:"start"`
			End        *int    `json:"end"`
			Text       string  `json:"text"`
			Confidence float64 `json:"confidence"`
		}
		if fault := lines.JSON(raw, &e); fault != nil {
			fault.Column += at - 1
			return d, fault
		}
		if e.Kind == nil || e.Start == nil || e.End == nil {
			return d, &lines.Fault{Column: at, Why: `an entity without "kind", "start" or "end"`}
		}
		s := Span{Label: *e.Kind, Start: *e.Start, End: *e.End, Text: e.Text, Confidence: e.Confidence, Column: at}
		if why := wrong(s, object.Text); why != "" {
			return d, &lines.Fault{Column: at, Why: why}
		}
		if s.Text == "" && object.Text != nil {
			s.Text = d.Text[s.Start:s.End]
		}
		d.Spans = append(d.Spans, s)
	}
	return d, nil
}

// columnOf returns where the value of a field begins in an object, from 1.
func columnOf(object []byte, field string) (column int) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	_, err := decoder.Token() // the brace
	for err == nil && decoder.More() {
		var name json.Token
		var value json.RawMessage
		if name, err = decoder.Token(); err == nil {
			err = decoder.Decode(&value)
		}
		if s, _ := name.(string); strings.EqualFold(s, field) {
			column = int(decoder.InputOffset()) - len(value) + 1
		}
	}
	return column
}

// wrong returns what is wrong with a span of a text, which is nil where there is
// none.
func wrong(s Span, text *string) string {
	switch {
	case s.Start < 0 || s.Start >= s.End:
		return fmt.Sprintf("an entity from byte %d to %d", s.Start, s.End)
	case text == nil:
		return ""
	case s.End > len(*text):
		return fmt.Sprintf("an entity from byte %d to %d in a text of %d", s.Start, s.End, len(*text))
	case !starts(*text, s.Start) || !starts(*text, s.End):
		return fmt.Sprintf("an entity from byte %d to %d, within a character; offsets are in bytes", s.Start, s.End)
	case s.Text != "" && s.Text != (*text)[s.Start:s.End]:
		return fmt.Sprintf("an entity %q, but bytes %d to %d of the text are %q; offsets are in bytes",
			s.Text, s.Start, s.End, (*text)[s.Start:s.End])
	}
	return ""
}

// starts reports whether a character starts, or the text ends, at i.
func starts(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// ReadCoNLL walks documents of a word and its labels a line, in columns divided by
// tabs or, in lines that have none, by spaces. The word is in the first column and
// the label in the given one, or when that is negative so many from the right: -1
// for the last. Blank lines divide sentences and -DOCSTART- lines documents; a file
// without any is one document. Labels are O or a name after B- and I- (IOB2, and
// IOB1, where a name may begin with I-), also with E-, L-, S- and U-. Text is the
// words with a space between two, a line break between sentences. The first error,
// FILE:LINE:COLUMN where it is a faulty line, ends the walk.
func ReadCoNLL(r io.Reader, file string, column int) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		var b builder
		n := 0
		for line, err := range lines.All(r, MaxLine) {
			n++
			fault := &lines.Fault{File: file, Line: n, Column: 1}
			text := strings.TrimSuffix(string(line), "\r")
			switch {
			case errors.Is(err, lines.ErrTooLong):
				fault.Why = fmt.Sprintf("a line of more than %d bytes", MaxLine)
			case err != nil:
				yield(Document{}, fmt.Errorf("%s: %w", file, err))
				return
			case strings.TrimSpace(text) == "":
				b.endSentence()
			case strings.HasPrefix(text, "-DOCSTART-"):
				if b.begun && !yield(b.document(), nil) {
					return
				}
				b = builder{begun: true, line: n}
			default:
				if !b.begun {
					b = builder{begun: true, line: n}
				}
				fault.Column, fault.Why = b.add(text, column, n)
			}
			if fault.Why != "" {
				yield(Document{}, fault)
				return
			}
		}
		if b.begun {
			yield(b.document(), nil)
		}
	}
}

// builder joins words to a document.
type builder struct {
	begun bool
	line  int
	text  []byte
	spans []Span
	gap   string // what a word stands after
	open  bool   // the last span may go on
}

func (b *builder) endSentence() {
	b.open = false
	if len(b.text) > 0 {
		b.gap = "\n"
	}
}

// add adds a line. It returns what is wrong with it, and in which column.
func (b *builder) add(line string, column, number int) (at int, why string) {
	fields := columns(line)
	i := column
	if i < 0 {
		i += len(fields)
	}
	if i < 1 || i >= len(fields) {
		return 1, fmt.Sprintf("%d columns, with no label in the one asked for", len(fields))
	}
	word, label, at := fields[0].text, fields[i].text, fields[i].at+1
	if word == "" {
		return 1, "no word"
	}
	prefix, name, _ := strings.Cut(label, "-")
	if label != "O" && (name == "" || len(prefix) != 1 || !strings.Contains("BIELSU", prefix)) {
		return at, fmt.Sprintf("label %q: want O, or a name after B- or I-", label)
	}
	b.text = append(append(b.text, b.gap...), word...)
	b.gap = " "
	start := len(b.text) - len(word)
	switch last := len(b.spans) - 1; {
	case label == "O":
		b.open = false
		return 0, ""
	case b.open && strings.Contains("IEL", prefix) && b.spans[last].Label == name:
		b.spans[last].End = len(b.text)
	default:
		b.spans = append(b.spans, Span{Label: name, Start: start, End: len(b.text), Line: number, Column: at})
	}
	b.open = strings.Contains("BI", prefix)
	return 0, ""
}

// field is a column of a line, and the bytes before it.
type field struct {
	text string
	at   int
}

// columns divides a line at its tabs or, when it has none, at its spaces.
func columns(line string) []field {
	var list []field
	tabs := strings.Contains(line, "\t")
	separator := byte(' ')
	if tabs {
		separator = '\t'
	}
	for at := 0; at <= len(line); {
		n := strings.IndexByte(line[at:], separator)
		if n < 0 {
			n = len(line) - at
		}
		if text := line[at : at+n]; tabs || text != "" {
			list = append(list, field{strings.TrimSpace(text), at})
		}
		at += n + 1
	}
	return list
}

func (b *builder) document() Document {
	d := Document{Line: b.line, Text: string(b.text), Spans: b.spans}
	for i, s := range d.Spans {
		d.Spans[i].Text = d.Text[s.Start:s.End]
	}
	return d
}
