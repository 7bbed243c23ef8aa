package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/steppe-ner/steppe/internal/input"
	"github.com/steppe-ner/steppe/internal/lines"
)

func init() {
	register.DoFn4x1[context.Context, fileio.ReadableFile, func(Document), func(string), error](&readFn{})
	register.Emitter1[Document]()
	register.Emitter1[string]()
	beam.RegisterType(reflect.TypeFor[Document]())
}

// Document is a text, and what it is called.
type Document struct {
	Source string // the name of its file, "" with an ID
	ID     string // JSON, as the input has it
	Date   string // of its line: a day, month or year, "" when it has none
	Text   string
}

// maxText is the longest text of a file, in bytes: a runner moves whole elements about.
const maxText = 32 << 20

// Read turns files into Documents. What cannot be read goes to the second collection, a
// line of JSON each: {"source":…,"line":…,"error":…}, with what examples/tag says of it.
func Read(s beam.Scope, files beam.PCollection) (documents, unread beam.PCollection) {
	return beam.ParDo2(s.Scope("Read"), &readFn{}, files)
}

type readFn struct{}

func (readFn) ProcessElement(
	ctx context.Context,
	file fileio.ReadableFile,
	each func(Document),
	fail func(string),
) error {
	path := file.Metadata.Path
	bad := func(err error) bool {
		var fault *lines.Fault
		line := 0
		if errors.As(err, &fault) {
			line = fault.Line
		} else {
			err = fmt.Errorf("%s: %w", path, err)
		}
		// Encoding strings and numbers cannot fail.
		b, _ := json.Marshal(struct {
			Source string `json:"source"`
			Line   int    `json:"line,omitempty"`
			Error  string `json:"error"`
		}{path, line, err.Error()})
		fail(string(b) + "\n")
		return true
	}
	if err := read(ctx, file, each, bad); err != nil {
		bad(err)
	}
	return nil
}

// read reads a file as its ending says.
func read(ctx context.Context, file fileio.ReadableFile, each func(Document), bad func(error) bool) error {
	path := file.Metadata.Path
	r, err := file.Open(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	in, err := input.Open(r, input.Options{})
	if err != nil {
		return err
	}
	defer in.Close()
	form, _ := input.FormOf(path)
	if form.Documents() {
		return in.Documents(form, path, func(d input.Document) bool {
			each(Document{ID: cmp.Or(string(d.ID), "null"), Date: d.Date.String(), Text: d.Text})
			return true
		}, bad)
	}
	content, err := in.Text(form)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(content, maxText+1))
	switch {
	case err != nil:
		return err
	case len(text) > maxText:
		return fmt.Errorf("a text of more than %d bytes", maxText)
	}
	each(Document{Source: path, Text: string(text)})
	return nil
}
