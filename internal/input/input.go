// Package input reads texts as they come: compressed or not, in UTF-8 or another
// encoding, plain, as HTML pages or as JSON Lines; and says of what is no text what
// it is. The command, the service and the pipeline of examples read by it alike.
//
// Offsets are those of the text that is read: of a page its main text, of UTF-16, of
// UTF-32 and of what an encoding was given for, the text converted to UTF-8.
package input

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// Form is how an input is divided into texts, and what is taken of it.
type Form string

// The forms. JSON is what the name of a file may say: JSON Lines, or nothing that is read.
const (
	Text  Form = "text"  // one text
	Lines Form = "jsonl" // JSON Lines: a text a line, as {"id":…,"text":…}
	HTML  Form = "html"  // a page, whose main text is read
	JSON  Form = "json"  // JSON Lines, or refused
)

// Documents reports whether an input of the form may have several texts, which
// [Reader.Documents] reads.
func (f Form) Documents() bool { return f == Lines || f == JSON }

// endings say of which form files are, in capitals too.
var endings = map[string]Form{".txt": Text, ".jsonl": Lines, ".json": JSON, ".html": HTML, ".htm": HTML}

// FormOf returns what the ending of a file's name, before that of its compression,
// says of it: [Text] when it says nothing, which is reported.
func FormOf(path string) (f Form, known bool) {
	if f, known = endings[ending(uncompressed(path))]; !known {
		return Text, false
	}
	return f, true
}

// Bare returns a path without the endings that say how the file is read.
func Bare(path string) string {
	path = uncompressed(path)
	if ext := ending(path); endings[ext] != "" {
		path = path[:len(path)-len(ext)]
	}
	return path
}

// ending returns the ending of a path in small letters.
func ending(path string) string { return strings.ToLower(filepath.Ext(path)) }

// uncompressed returns a path without the ending of a compressed file.
func uncompressed(path string) string {
	for _, ext := range []string{".gz", ".zst"} {
		if ending(path) == ext {
			path = path[:len(path)-len(ext)]
		}
	}
	return path
}

// Encoding returns the encoding of a name or label as the Web knows it: windows-1251,
// koi8-r, latin1, utf-16le.
func Encoding(name string) (encoding.Encoding, error) {
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return nil, fmt.Errorf("unknown encoding %q; want one that the Web knows, such as windows-1251", name)
	}
	return e, nil
}

// Options say how an input is read. The zero value is that of most.
type Options struct {
	// Encoding is that of what has no byte order mark; nil for UTF-8, or what a page
	// says of itself.
	Encoding encoding.Encoding

	// Reserve, when it is not nil, is asked for the memory that undoing a compression
	// takes, in bytes, before it is taken, and waits until there is as much. Close
	// calls release.
	Reserve func(bytes int) (release func(), err error)
}

// Reader is an input as it is read. It is for one goroutine.
type Reader struct {
	r        *bufio.Reader // what the input holds, its compression undone
	encoding encoding.Encoding
	strays   *strays // nil where nothing is read as UTF-8
	closers  []func()
}

// headBytes is how much of an input is looked at to see what it is.
const headBytes = 8 << 10

// Open begins to read an input and undoes its compression.
func Open(r io.Reader, o Options) (*Reader, error) {
	in := &Reader{encoding: o.Encoding}
	if err := in.decompress(bufio.NewReaderSize(r, 32<<10), o.Reserve); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// Close gives back what reading takes. It does not close the reader beneath.
func (in *Reader) Close() {
	for i := len(in.closers) - 1; i >= 0; i-- {
		in.closers[i]()
	}
	in.closers = nil
}

// Text returns the one text of an input, in UTF-8 but for bytes that are in no
// encoding it knows: of a page the main text. It fails on what is no text.
func (in *Reader) Text(f Form) (io.Reader, error) {
	r, converted, err := in.decoded()
	switch {
	case err != nil:
		return nil, err
	case f == HTML:
		return in.page(r, converted), nil
	}
	return r, nil
}

// decoded returns what the input holds, in UTF-8 when its byte order mark or the
// options say in which encoding it is, which is reported.
func (in *Reader) decoded() (r io.Reader, converted bool, err error) {
	head, _ := in.r.Peek(headBytes) // a fault comes again when it is read
	if what := NotText(head); what != "" {
		return nil, false, fmt.Errorf("%s, not text", what)
	}
	e := marked(head)
	if e == nil && !strings.HasPrefix(string(head), "\ufeff") {
		e = in.encoding
	}
	if e != nil {
		return e.NewDecoder().Reader(in.r), true, nil
	}
	if err := mostlyText(head); err != nil {
		return nil, false, err
	}
	in.strays = &strays{r: in.r, line: 1}
	return in.strays, false, nil
}

// Warning is what is doubtful about a text that was read.
type Warning struct {
	Line     int    // from 1
	What     string // as part of a sentence
	Encoding string // that the text may be in, "" when that is not known
}

// Warning returns what is doubtful about what was read so far, nil for nothing.
func (in *Reader) Warning() *Warning {
	if in.strays == nil {
		return nil
	}
	return in.strays.warning()
}
