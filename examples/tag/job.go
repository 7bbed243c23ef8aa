package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lines"
)

// What is in memory at once: a document is read by its worker, in parts, and what
// is written of it is spooled; only lines of JSON Lines are whole.
const (
	partBytes   = 64 << 10 // of a document that is not worth a reader
	waiting     = 4        // documents for each worker that wait for their turn
	budgetBytes = 5 << 19  // of lines under way: a longer one is there alone
	creditBytes = 16 << 10 // what one credit of a budget stands for
	windowBytes = 16 << 20 // of compressed files being read, as far as they say
)

// job is one run of the command.
type job struct {
	*settings
	tagger    *entity.Tagger
	gazetteer *gazetteer.Gazetteer
	stdin     io.Reader
	stderr    io.Writer
	sink      sink
	colour    bool // of names
	screen    bool // the output is on a terminal, as the progress may be
	several   bool // there may be several documents
	beside    bool // the text is written too, beside the annotations
	progress  *progress
	spools    spools
	lines     budget // of lines under way
	windows   budget // of the decoders of compressed files
	failed    bool   // some input
}

// task is a document, or a fault, on its way to the output.
type task struct {
	source  source
	header  format.Header
	name    string // of the document, for -o FOLDER
	line    int    // of JSON Lines, 0 for a file
	text    string // of that line
	credits int    // that it holds
	done    chan result
}

// result is what is to be written of a task, or why there is nothing.
type result struct {
	out, text *spool
	err       error
}

// end ends the writing of a document that is whole.
func (r result) end() error {
	if r.text != nil {
		if err := r.text.end(); err != nil {
			return err
		}
	}
	return r.out.end()
}

// run tags all inputs with the workers and writes the results in input order.
func (j *job) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	j.lines, j.windows = newBudget(budgetBytes), newBudget(windowBytes)
	tasks := make(chan *task)
	order := make(chan *task, waiting*j.workers)
	go j.read(ctx, tasks, order)
	for range j.workers {
		go j.work(ctx, tasks)
	}
	before, after, err := j.frame()
	if err != nil {
		return err
	}
	for {
		t, err := receive(ctx, order)
		if err != nil {
			return err
		}
		if t == nil {
			if ctx.Err() != nil { // which ends the reading too
				return context.Cause(ctx)
			}
			return j.sink.commit(append(before, after...))
		}
		r, err := receive(ctx, t.done)
		if err != nil {
			return err
		}
		if r.err == nil {
			if j.screen {
				j.progress.clear()
			}
			r.err = j.sink.document(t.name, before, r.out, r.text)
			if refused := (*refusal)(nil); r.err != nil && !errors.As(r.err, &refused) {
				return r.err
			}
		}
		switch {
		case r.err == nil && j.format == "text":
			before = []byte("\n")
		case r.err == nil:
			before = nil
		default:
			j.fail(t, r.err)
		}
		j.release(t, r)
		// Standard input is often a pipe that somebody watches.
		if len(order) == 0 {
			if err := j.sink.flush(); err != nil {
				return err
			}
		}
	}
}

// receive returns what comes from c, the zero value at its end.
func receive[T any](ctx context.Context, c <-chan T) (v T, err error) {
	select {
	case v = <-c:
		return v, nil
	case <-ctx.Done():
		return v, context.Cause(ctx)
	}
}

// fail names an input that could not be done.
func (j *job) fail(t *task, err error) {
	j.failed = true
	j.progress.clear()
	name := t.source.path
	var fault *lines.Fault
	var path *os.PathError
	switch {
	case errors.As(err, &fault): // it says of which file it is
	case t.line > 0:
		err = &lines.Fault{File: name, Line: t.line, Column: 1, Why: err.Error()}
	case errors.As(err, &path) && path.Path == name:
		err = fmt.Errorf("%s: %w", name, path.Err)
	default:
		err = fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintln(j.stderr, "tag:", oneLine(err.Error()))
}

// frame returns what stands before the first document and after the last.
func (j *job) frame() (before, after []byte, err error) {
	if j.format == "text" {
		return nil, nil, nil
	}
	var buf bytes.Buffer
	w, err := format.New(j.format, &buf, j.gazetteer)
	if err != nil {
		return nil, nil, err
	}
	if err := w.Open(); err != nil {
		return nil, nil, err
	}
	n := buf.Len()
	if err := w.Close(); err != nil {
		return nil, nil, err
	}
	return buf.Bytes()[:n:n], buf.Bytes()[n:], nil
}

// read sends every document, and every fault, to the workers and to the output, in
// order. It ends early when ctx ends.
func (j *job) read(ctx context.Context, tasks, order chan<- *task) {
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
	fail := func(s source, err error) bool {
		t := &task{source: s, done: make(chan result, 1)}
		t.done <- result{err: err}
		select {
		case order <- t:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for s, err := range sources(j.paths) {
		switch {
		case err != nil:
			if !fail(s, err) {
				return
			}
		case s.input(j.input) == "jsonl":
			if err := j.readLines(ctx, s, send, fail); err != nil && !fail(s, err) {
				return
			}
		default:
			if !send(&task{source: s, header: format.Header{Source: s.path}, name: s.name}) {
				return
			}
		}
	}
}

// readLines sends the documents of a JSON Lines file.
func (j *job) readLines(ctx context.Context, s source, send func(*task) bool, fail func(source, error) bool) error {
	in, err := j.open(ctx, s)
	if err != nil {
		return err
	}
	defer in.close()
	return readLines(in.r, s.path, func(id json.RawMessage, text string, line int) bool {
		t := &task{source: s, header: format.Header{ID: id}, text: text, line: line}
		if j.beside {
			t.name = cmp.Or(t.header.Name(), fmt.Sprintf("%s-%d", s.name, line))
		}
		var ok bool
		t.credits, ok = j.lines.take(ctx, len(id)+len(text))
		return ok && send(t)
	}, func(err error) bool { return fail(s, err) })
}

// release gives back what a task that is done took of the memory.
func (j *job) release(t *task, r result) {
	j.lines.give(t.credits)
	for _, s := range []*spool{r.out, r.text} {
		if s != nil {
			s.close()
		}
	}
}

// budget is how much of something may be in memory, in credits of creditBytes: as
// many as are in the channel are in use.
type budget struct {
	credits chan struct{}
	taker   chan struct{} // the one whose turn it is to take
}

func newBudget(bytes int) budget {
	return budget{make(chan struct{}, bytes/creditBytes), make(chan struct{}, 1)}
}

// take waits for the credits for n bytes, or for all that there are, and returns how
// many they are; false when ctx ends first.
func (b budget) take(ctx context.Context, n int) (credits int, ok bool) {
	select {
	case b.taker <- struct{}{}:
		defer func() { <-b.taker }()
	case <-ctx.Done():
		return 0, false
	}
	for credits < min(max(1, (n+creditBytes-1)/creditBytes), cap(b.credits)) {
		select {
		case b.credits <- struct{}{}:
			credits++
		case <-ctx.Done():
			b.give(credits)
			return 0, false
		}
	}
	return credits, true
}

func (b budget) give(credits int) {
	for range credits {
		<-b.credits
	}
}

// worker tags documents.
type worker struct {
	*job
	part     []byte
	entities []entity.Entity
}

func (j *job) work(ctx context.Context, tasks <-chan *task) {
	w := &worker{job: j, part: make([]byte, partBytes)}
	for t := range tasks {
		r := result{out: j.spools.get()}
		if j.beside {
			r.text = j.spools.get()
		}
		r.err = w.document(ctx, t, r)
		t.done <- r
	}
}

// document reads, tags and writes a document.
func (w *worker) document(ctx context.Context, t *task, r result) error {
	out, err := w.writer(r)
	if err != nil {
		return err
	}
	if err := out.Begin(t.header); err != nil {
		return err
	}
	var text io.Reader = strings.NewReader(t.text)
	if t.header.Source != "" {
		in, err := w.open(ctx, t.source)
		if err != nil {
			return err
		}
		defer in.close()
		if text, err = in.text(t.source.input(w.input) == "html"); err != nil {
			return err
		}
	}
	// Most documents are in one part and need no more than this.
	n, whole, err := fill(w.part, text)
	if err != nil {
		return err
	}
	if whole {
		text := string(w.part[:n])
		w.entities = w.tagger.Append(w.entities[:0], text)
		err = errors.Join(ctx.Err(), out.Part(entity.Part{Text: text, Entities: w.entities}))
	} else {
		err = w.parts(ctx, io.MultiReader(bytes.NewReader(w.part[:n]), text), out)
	}
	if err != nil {
		return err
	}
	if err := out.End(); err != nil {
		return err
	}
	return r.end()
}

// fill reads until buf is full or r is at its end, which it reports.
func fill(buf []byte, r io.Reader) (n int, whole bool, err error) {
	for n < len(buf) {
		m, err := r.Read(buf[n:])
		n += m
		if err == io.EOF {
			return n, true, nil
		}
		if err != nil {
			return n, false, err
		}
	}
	return n, false, nil
}

// parts tags and writes a document of any length.
func (w *worker) parts(ctx context.Context, text io.Reader, out documentWriter) error {
	for part, err := range w.tagger.Parts(ctx, text) {
		if err == nil {
			err = out.Part(part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// documentWriter writes one document, part by part.
type documentWriter interface {
	Begin(h format.Header) error
	Part(p entity.Part) error
	End() error
}

// writer returns what writes a document in the format asked for.
func (w *worker) writer(r result) (documentWriter, error) {
	switch {
	case w.format == "text":
		return &textWriter{w: r.out, g: w.gazetteer, colour: w.colour, explain: w.explain}, nil
	case w.beside:
		out, err := format.New(w.format, r.out, w.gazetteer)
		return &besideWriter{out, r.text}, err
	case w.format == "brat" && !w.several:
		return format.New(w.format, r.out, w.gazetteer)
	}
	return format.Continue(w.format, r.out, w.gazetteer)
}

// besideWriter writes the text beside what another writer writes of it. A byte that
// is not UTF-8 becomes U+FFFD, so that both count the same code points.
type besideWriter struct {
	documentWriter
	text io.Writer
}

func (b *besideWriter) Part(p entity.Part) error {
	if _, err := io.WriteString(b.text, string([]rune(p.Text))); err != nil {
		return err
	}
	return b.documentWriter.Part(p)
}
