package job

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/codepoint"
)

// worker tags documents.
type worker struct {
	*Job
	part     []byte
	entities []entity.Entity
}

func (j *Job) work(ctx context.Context, tasks <-chan *task) {
	w := &worker{Job: j, part: make([]byte, partBytes)}
	for t := range tasks {
		r := result{out: j.spools.get()}
		if j.Sink.beside() {
			r.text = j.spools.get()
		}
		r.note, r.err = w.document(ctx, t, r)
		t.done <- r
	}
}

// document reads, tags and writes a document, and returns what is to be noted of it.
func (w *worker) document(ctx context.Context, t *task, r result) (note string, err error) {
	out, err := w.Writer(r.out)
	if err != nil {
		return "", err
	}
	if r.text != nil {
		out = &besideWriter{out, r.text}
	}
	if err := out.Begin(t.header); err != nil {
		return "", err
	}
	if t.line > 0 {
		return "", w.text(ctx, t, strings.NewReader(t.text), out, r)
	}
	in, end, err := w.open(ctx, t.source)
	if err != nil {
		return "", err
	}
	defer end()
	text, err := in.Text(t.source.form(w.Form))
	if err != nil {
		return "", err
	}
	if err := w.text(ctx, t, text, out, r); err != nil {
		return "", err
	}
	return doubt(t.source, in.Warning()), nil
}

// text tags and writes the text of a document.
func (w *worker) text(ctx context.Context, t *task, text io.Reader, out DocumentWriter, r result) error {
	tagger := w.Tagger
	if t.header.Date != (gazetteer.Date{}) {
		tagger = tagger.On(t.header.Date)
	}
	if err := w.tag(ctx, tagger, text, out); err != nil {
		return err
	}
	if err := out.End(); err != nil {
		return err
	}
	return r.end()
}

// tag tags and writes a text.
func (w *worker) tag(ctx context.Context, tagger *entity.Tagger, text io.Reader, out DocumentWriter) error {
	if w.Explain {
		return write(tagger.ExplainParts(ctx, text), out)
	}
	// Most documents are in one part and need no more than this.
	n, whole, err := fill(w.part, text)
	switch {
	case err != nil:
		return err
	case whole:
		text := string(w.part[:n])
		w.entities = tagger.Append(w.entities[:0], text)
		return errors.Join(ctx.Err(), out.Part(entity.Part{Text: text, Entities: w.entities}))
	}
	return write(tagger.Parts(ctx, io.MultiReader(bytes.NewReader(w.part[:n]), text)), out)
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

// write writes the parts of a document of any length.
func write(parts iter.Seq2[entity.Part, error], out DocumentWriter) error {
	for part, err := range parts {
		if err == nil {
			err = out.Part(part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// besideWriter writes the text beside what another writer writes of it, as that has it.
type besideWriter struct {
	DocumentWriter
	text io.Writer
}

func (b *besideWriter) Part(p entity.Part) error {
	if _, err := io.WriteString(b.text, codepoint.Valid(p.Text)); err != nil {
		return err
	}
	return b.DocumentWriter.Part(p)
}
