package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/command"
)

// colours are the terminal colours of the kinds.
var colours = map[entity.Kind]string{
	entity.Person: "\x1b[1;33m", entity.Country: "\x1b[1;32m", entity.City: "\x1b[1;36m",
	entity.Organisation: "\x1b[1;35m", entity.Place: "\x1b[32m", entity.Demonym: "\x1b[34m",
}

// textWriter writes what a person reads: the name of the document, the text with
// its names coloured or what is known of each name, and a table of who and what is
// named.
type textWriter struct {
	w            io.Writer
	g            *gazetteer.Gazetteer
	colour       bool
	explain      bool
	alternatives int            // of each name, shown also without explain
	date         gazetteer.Date // of the document
	summary      *format.Summary
	lines        int  // line breaks so far
	lineBreak    bool // the coloured text ended with one
	buf          []byte
}

// listing reports whether what is known of names is written in place of the text.
func (t *textWriter) listing() bool { return t.explain || t.alternatives > 0 }

func (t *textWriter) Begin(h format.Header) error {
	t.summary, t.date, t.lines, t.lineBreak = format.NewSummary(t.g), h.Date, 0, true
	t.summary.Date = h.Date
	name := cmp.Or(command.Visible(strings.ReplaceAll(h.Name(), "\n", " ")), command.OneLine(string(h.ID)))
	switch {
	case t.colour && t.listing():
		t.buf = fmt.Appendf(t.buf, "\x1b[1m%s\x1b[0m\n", name)
	case t.colour:
		t.buf = fmt.Appendf(t.buf, "\x1b[1m%s\x1b[0m\n\n", name)
	default:
		t.buf = fmt.Appendf(t.buf, "%s\n", name)
	}
	return t.flush()
}

func (t *textWriter) Part(p entity.Part) error {
	t.summary.Add(p)
	switch {
	case t.listing():
		last := 0
		for i := range p.Explanations {
			x := &p.Explanations[i]
			t.lines += strings.Count(p.Text[last:x.Start-p.Start], "\n")
			last = x.Start - p.Start
			if t.explain {
				t.explanation(x)
			} else if len(t.others(x)) > 0 {
				t.head(&x.Entity)
				t.meanings(x)
			}
		}
		t.lines += strings.Count(p.Text[last:], "\n")
	case t.colour:
		last := 0
		for _, e := range p.Entities {
			t.buf = append(t.buf, command.Visible(p.Text[last:e.Start-p.Start])...)
			last = e.End - p.Start
			t.buf = t.name(t.buf, e.Kind, command.Visible(e.Text))
		}
		t.buf = append(t.buf, command.Visible(p.Text[last:])...)
		t.lineBreak = strings.HasSuffix(p.Text, "\n")
	}
	return t.flush()
}

// name appends a name, in its colour when there are colours.
func (t *textWriter) name(dst []byte, k entity.Kind, text string) []byte {
	if !t.colour {
		return append(dst, text...)
	}
	return append(append(append(dst, colours[k]...), text...), "\x1b[0m"...)
}

func (t *textWriter) End() error {
	if t.colour && !t.listing() {
		if !t.lineBreak {
			t.buf = append(t.buf, '\n')
		}
	}
	if t.colour || t.listing() {
		t.buf = append(t.buf, '\n')
	}
	if err := t.flush(); err != nil {
		return err
	}
	w := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tNAME\tTIMES\tLINE\tBYTE\tCONFIDENCE\tIDCONFIDENCE\tID\tWHAT")
	for _, r := range t.summary.Rows() {
		inID := "-"
		if r.IDConfidence > 0 {
			inID = fmt.Sprintf("%.2f", r.IDConfidence)
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%.2f\t%s\t%s\t%s\n",
			r.Kind, command.OneLine(r.Name), r.Times, r.Line, r.First, r.Confidence, inID,
			cmp.Or(command.OneLine(string(r.ID)), "-"), cmp.Or(command.OneLine(r.Description), "-"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if n := t.summary.Others(); n > 0 {
		_, err := fmt.Fprintf(t.w, "and %d mentions of names that came after these\n", n)
		return err
	}
	return nil
}

func (t *textWriter) flush() error {
	_, err := t.w.Write(t.buf)
	t.buf = t.buf[:0]
	return err
}
