package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/internal/input"
)

// read sends every document, and every fault and note, to the workers and to the
// output, in order. It ends early when ctx ends.
func (j *Job) read(ctx context.Context, tasks, order chan<- *task) {
	defer close(order)
	defer close(tasks)
	send := func(t *task) bool {
		t.done = make(chan result, 1)
		select {
		case order <- t:
		case <-ctx.Done():
			return false
		}
		select {
		case tasks <- t:
			return true
		case <-ctx.Done():
			return false
		}
	}
	// settle sends what needs no worker.
	settle := func(s source, r result) bool {
		t := &task{source: s, done: make(chan result, 1)}
		t.done <- r
		select {
		case order <- t:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for s, err := range sources(j.Paths) {
		var left *leftOut
		switch {
		case errors.As(err, &left):
			if !settle(s, result{note: left.Error()}) {
				return
			}
		case err != nil:
			if !settle(s, result{err: err}) {
				return
			}
		case s.form(j.Form).Documents():
			note, err := j.readLines(ctx, s, send, func(err error) bool { return settle(s, result{err: err}) })
			if (err != nil || note != "") && !settle(s, result{err: err, note: note}) {
				return
			}
		default:
			if !send(&task{source: s, header: format.Header{Source: s.path, Date: j.Date}, name: s.name}) {
				return
			}
		}
	}
}

// readLines sends the documents of a JSON Lines file, and returns what is to be noted.
func (j *Job) readLines(ctx context.Context, s source,
	send func(*task) bool, fail func(error) bool) (note string, err error) {
	in, end, err := j.open(ctx, s)
	if err != nil {
		return "", err
	}
	defer end()
	err = in.Documents(s.form(j.Form), s.path, func(d input.Document) bool {
		if d.ID == nil {
			d.ID = json.RawMessage("null")
		}
		t := &task{source: s, header: format.Header{ID: d.ID, Date: cmp.Or(d.Date, j.Date)}, text: d.Text, line: d.Line}
		if j.Sink.beside() {
			t.name = cmp.Or(t.header.Name(), fmt.Sprintf("%s-%d", s.name, d.Line))
		}
		var ok bool
		t.credits, ok = j.lines.take(ctx, len(d.ID)+len(d.Text))
		return ok && send(t)
	}, fail)
	return doubt(s, in.Warning()), err
}

// doubt returns what is to be said of an input that was read.
func doubt(s source, w *input.Warning) string {
	switch {
	case w == nil:
		return ""
	case w.Encoding == "":
		return fmt.Sprintf("%s:%d: %s", s.path, w.Line, w.What)
	}
	return fmt.Sprintf("%s:%d: %s; -encoding %s reads text in that", s.path, w.Line, w.What, w.Encoding)
}

// open opens a source and undoes its compression. The progress sees the bytes of
// the file.
func (j *Job) open(ctx context.Context, s source) (in *input.Reader, end func(), err error) {
	r, closed := j.Stdin, func() {}
	if s.path != "-" {
		f, err := os.Open(s.path)
		if err != nil {
			return nil, nil, err
		}
		closed = func() { f.Close() } // it is only read
		if r, err = steady(f); err != nil {
			closed()
			return nil, nil, err
		}
	}
	reserve := func(bytes int) (func(), error) {
		credits, ok := j.windows.take(ctx, bytes)
		if !ok {
			return nil, context.Cause(ctx)
		}
		return func() { j.windows.give(credits) }, nil
	}
	in, err = input.Open(counting{r, j.progress}, input.Options{Encoding: j.Encoding, Reserve: reserve})
	if err != nil {
		closed()
		return nil, nil, err
	}
	return in, func() { in.Close(); closed() }, nil
}

// counting tells the progress how much was read.
type counting struct {
	r io.Reader
	p *progress
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.p.add(n)
	return n, err
}

// steadyFile is a regular file that fails at its end when it was changed since it
// was opened: what was read of it may never have stood in it.
type steadyFile struct {
	*os.File
	size     int64
	modified time.Time
}

func steady(f *os.File) (io.Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a folder now")
	}
	if !info.Mode().IsRegular() {
		return f, nil
	}
	return &steadyFile{f, info.Size(), info.ModTime()}, nil
}

func (s *steadyFile) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	if err == io.EOF {
		if info, statErr := s.Stat(); statErr != nil {
			err = statErr
		} else if info.Size() != s.size || !info.ModTime().Equal(s.modified) {
			err = errors.New("changed while it was read")
		}
	}
	return n, err
}
