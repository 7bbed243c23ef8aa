package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxLine is the longest line of JSON Lines input, in bytes.
const maxLine = 64 << 20

// source is one file to read, or standard input.
type source struct {
	name string
	size int64
}

// sources returns the files that the paths name, in their order; those of a
// folder and of a glob in the order of their names. Paths that name nothing are
// reported to fail.
func sources(paths []string, fail func(string, error)) []source {
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	var list []source
	for _, path := range paths {
		if path == "-" {
			list = append(list, source{name: "-"})
			continue
		}
		info, err := os.Stat(path)
		if err == nil && info.IsDir() {
			list = append(list, folder(path, fail)...)
			continue
		}
		if err == nil {
			list = append(list, source{path, info.Size()})
			continue
		}
		matches, globErr := filepath.Glob(path)
		if globErr != nil || len(matches) == 0 {
			fail(path, err)
			continue
		}
		list = append(list, sources(matches, fail)...)
	}
	return list
}

// folder returns the texts under a folder.
func folder(root string, fail func(string, error)) []source {
	var list []source
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			fail(path, err)
			return nil
		}
		if ext := filepath.Ext(path); d.Type().IsRegular() && (ext == ".txt" || ext == ".jsonl") {
			s := source{name: path}
			if info, err := d.Info(); err == nil {
				s.size = info.Size()
			}
			list = append(list, s)
		}
		return nil
	})
	return list
}

// document is one text to tag.
type document struct {
	source string          // "" with an ID
	id     json.RawMessage // as the input has it
	text   string
}

// lineError is a fault in one line of JSON Lines input; the next ones are read.
type lineError struct {
	line, column int
	why          string
}

func (e lineError) Error() string { return fmt.Sprintf("%d:%d: %s", e.line, e.column, e.why) }

// readLines reads JSON Lines: an object with "id" and "text" a line. Blank lines
// are skipped. Faulty lines go to fail, the others to each, until each returns
// false.
func readLines(r io.Reader, each func(document) bool, fail func(error)) error {
	br := bufio.NewReaderSize(r, 64<<10)
	var buf []byte
	for line := 1; ; line++ {
		var tooLong bool
		var err error
		buf, tooLong, err = readLine(br, buf[:0])
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		switch trimmed := bytes.TrimSpace(buf); {
		case tooLong:
			fail(lineError{line, 1, fmt.Sprintf("line longer than %d bytes", maxLine)})
		case len(trimmed) > 0:
			doc, why := parseLine(trimmed)
			if why != nil {
				why.line = line
				why.column += bytes.Index(buf, trimmed)
				fail(*why)
			} else if !each(doc) {
				return nil
			}
		}
		if err != nil {
			return nil
		}
	}
}

// readLine appends the next line to buf; of one that is too long, the rest is
// skipped.
func readLine(r *bufio.Reader, buf []byte) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(buf)+len(part) > maxLine {
			tooLong = true
			buf = buf[:0]
		} else if !tooLong {
			buf = append(buf, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return buf, tooLong, err
		}
	}
}

// parseLine reads one object.
func parseLine(line []byte) (document, *lineError) {
	var object struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &object); err != nil {
		e := &lineError{column: 1, why: strings.TrimPrefix(err.Error(), "json: ")}
		var syntax *json.SyntaxError
		var kind *json.UnmarshalTypeError
		if errors.As(err, &syntax) {
			e.column = max(int(syntax.Offset), 1)
		} else if errors.As(err, &kind) {
			e.column = max(int(kind.Offset), 1)
		}
		return document{}, e
	}
	if object.Text == nil {
		return document{}, &lineError{column: 1, why: `no "text"`}
	}
	if object.ID == nil {
		object.ID = json.RawMessage("null")
	}
	return document{id: object.ID, text: *object.Text}, nil
}
