// Package job tags the texts of files, folders, globs and standard input with any
// number of workers, and writes the results in the order of the inputs, each whole or
// not at all, in bounded memory. What is at fault is named, and the others are done.
package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/command"
	"github.com/steppe-ner/steppe/internal/input"
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

// Job is one run. All fields but Form, Encoding, Date, Explain, Frame and Screen are to be
// set.
type Job struct {
	Name     string            // of the command, which messages begin with
	Paths    []string          // files, folders and globs; none, and "-", is standard input
	Form     input.Form        // of all of them; "" for what the endings say
	Encoding encoding.Encoding // of what has no byte order mark; nil for UTF-8
	Workers  int
	Tagger   *entity.Tagger
	Date     gazetteer.Date                            // of the documents that say none; zero for none
	Explain  bool                                      // the writers are to have explanations
	Writer   func(w io.Writer) (DocumentWriter, error) // makes what writes one document
	Frame    Frame
	Sink     Sink
	Screen   bool // the output is on a terminal, as the progress may be
	Stdin    io.Reader
	Stderr   io.Writer

	progress *progress
	spools   spools
	lines    budget // of lines under way
	windows  budget // of the decoders of compressed files
	failed   bool   // some input
}

// DocumentWriter writes one document, part by part.
type DocumentWriter interface {
	Begin(h format.Header) error
	Part(p entity.Part) error
	End() error
}

// Frame is what stands before the first document, between two, and after the last.
type Frame struct{ Before, Between, After []byte }

// ErrFailed is returned when some input could not be done, which was said.
var ErrFailed = errors.New("some input failed")

// task is a document, a fault or a note, on its way to the output.
type task struct {
	source  source
	header  format.Header
	name    string // of the document, for a folder
	line    int    // of JSON Lines, 0 for a file
	text    string // of that line
	credits int    // that it holds
	done    chan result
}

// result is what is to be written of a task, or why there is nothing.
type result struct {
	out, text *spool
	note      string // for whoever watches, who need do nothing
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

// Run tags all inputs with the workers and writes the results in input order. The
// output is whole, or there is none but what a stream has already taken.
func (j *Job) Run(ctx context.Context) error {
	defer j.Sink.discard()
	j.spools.dir = j.Sink.spoolDir()
	j.progress = newProgress(j.Stderr, j.Paths)
	defer j.progress.finish()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	j.lines, j.windows = newBudget(budgetBytes), newBudget(windowBytes)
	tasks := make(chan *task)
	order := make(chan *task, waiting*j.Workers)
	go j.read(ctx, tasks, order)
	for range j.Workers {
		go j.work(ctx, tasks)
	}
	before := j.Frame.Before
	for {
		t, err := receive(ctx, order)
		if err != nil {
			return err
		}
		if t == nil {
			if ctx.Err() != nil { // which ends the reading too
				return context.Cause(ctx)
			}
			if err := j.Sink.commit(append(before, j.Frame.After...)); err != nil {
				return err
			}
			break
		}
		r, err := receive(ctx, t.done)
		if err != nil {
			return err
		}
		written, err := j.write(t, before, r)
		if err != nil {
			return err
		}
		if written {
			before = j.Frame.Between
		}
		j.release(t, r)
		// Standard input is often a pipe that somebody watches.
		if len(order) == 0 {
			if err := j.Sink.flush(); err != nil {
				return err
			}
		}
	}
	if j.failed {
		return ErrFailed
	}
	return nil
}

// write writes what came of a task, which is nothing or a message when it is no
// document that is whole.
func (j *Job) write(t *task, before []byte, r result) (written bool, err error) {
	if r.err == nil && r.out != nil {
		if j.Screen {
			j.progress.clear()
		}
		r.err = j.Sink.document(t.name, before, r.out, r.text)
		if refused := (*refusal)(nil); r.err != nil && !errors.As(r.err, &refused) {
			return false, r.err
		}
		written = r.err == nil
	}
	if r.note != "" {
		j.say(r.note)
	}
	if r.err != nil {
		j.fail(t, r.err)
	}
	return written, nil
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
func (j *Job) fail(t *task, err error) {
	j.failed = true
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
	j.say(err.Error())
}

// say writes a message.
func (j *Job) say(message string) {
	j.progress.clear()
	fmt.Fprintf(j.Stderr, "%s: %s\n", j.Name, command.OneLine(message))
}

// release gives back what a task that is done took of the memory.
func (j *Job) release(t *task, r result) {
	j.lines.give(t.credits)
	for _, s := range []*spool{r.out, r.text} {
		if s != nil {
			s.close()
		}
	}
}
