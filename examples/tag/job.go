package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// job is one run of the command.
type job struct {
	*settings
	tagger    *entity.Tagger
	gazetteer *gazetteer.Gazetteer
	stdin     io.Reader
	stderr    io.Writer
	colour    bool
	progress  *progress

	mu     sync.Mutex // guards failed and writes to stderr
	failed bool
}

// fail names an input that could not be done.
func (j *job) fail(name string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.failed = true
	var line lineError
	var path *os.PathError
	switch {
	case errors.As(err, &line):
		fmt.Fprintf(j.stderr, "tag: %s:%v\n", name, err)
	case errors.As(err, &path):
		fmt.Fprintf(j.stderr, "tag: %s: %v\n", name, path.Err)
	default:
		fmt.Fprintf(j.stderr, "tag: %s: %v\n", name, err)
	}
}

// task is a document on its way through the workers; its result is sent when it
// is written out.
type task struct {
	doc    document
	result chan []byte
}

// run tags all inputs with the workers and writes the results in input order.
// Only as many documents are in memory as there are workers, and one more each.
func (j *job) run(ctx context.Context, w *bufio.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	tasks := make(chan *task)
	order := make(chan *task, j.workers)
	list := sources(j.paths, j.fail)
	for _, s := range list {
		j.progress.total += s.size
	}
	j.progress.begin()
	go j.read(ctx, list, tasks, order)
	var workers sync.WaitGroup
	for range j.workers {
		workers.Go(func() {
			for t := range tasks {
				t.result <- j.render(t.doc)
			}
		})
	}
	defer workers.Wait()
	var failure error
	first := true
	for t := range order {
		result := <-t.result
		if failure != nil {
			continue
		}
		if j.format == "text" && !first {
			result = append([]byte("\n"), result...)
		}
		first = false
		if _, failure = w.Write(result); failure != nil {
			cancel()
			continue
		}
		// Standard input is often a pipe that somebody watches.
		if len(order) == 0 && j.out == "" {
			if failure = w.Flush(); failure != nil {
				cancel()
			}
		}
		j.progress.add(len(t.doc.text))
	}
	return cmpErr(failure, context.Cause(ctx))
}

// cmpErr returns the first of the errors that is one.
func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// read sends every document to the workers and, in order, to the writer.
func (j *job) read(ctx context.Context, list []source, tasks, order chan<- *task) {
	defer close(tasks)
	defer close(order)
	send := func(d document) bool {
		t := &task{d, make(chan []byte, 1)}
		select {
		case order <- t:
		case <-ctx.Done():
			return false
		}
		select {
		case tasks <- t:
			return true
		case <-ctx.Done():
			t.result <- nil
			return false
		}
	}
	for _, s := range list {
		if ctx.Err() != nil {
			return
		}
		if err := j.open(s, send); err != nil {
			j.fail(s.name, err)
		}
	}
}

// open reads one source and sends its documents.
func (j *job) open(s source, send func(document) bool) error {
	r := j.stdin
	if s.name != "-" {
		f, err := os.Open(s.name)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	if j.input == "jsonl" {
		return readLines(r, send, func(err error) { j.fail(s.name, err) })
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if i := bytes.IndexByte(data[:min(len(data), 8<<10)], 0); i >= 0 && bytes.Count(data[:min(len(data), 8<<10)], []byte{0}) > len(data[:min(len(data), 8<<10)])/100 {
		return errors.New("binary data, not text")
	}
	send(document{source: s.name, text: string(data)})
	return nil
}

// render tags a document and writes it in the format asked for.
func (j *job) render(d document) []byte {
	entities := j.tagger.Append(nil, d.text)
	if j.format == "jsonl" {
		return j.appendJSON(nil, d, entities)
	}
	return j.appendText(nil, d, entities)
}
