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
	w         io.Writer
	g         *gazetteer.Gazetteer
	colour    bool
	explain   bool
	summary   *format.Summary
	lines     int  // line breaks so far
	lineBreak bool // the coloured text ended with one
	buf       []byte
}

func (t *textWriter) Begin(h format.Header) error {
	t.summary, t.lines, t.lineBreak = format.NewSummary(t.g), 0, true
	name := cmp.Or(command.Visible(strings.ReplaceAll(h.Name(), "\n", " ")), command.OneLine(string(h.ID)))
	switch {
	case t.colour && t.explain:
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
	case t.explain:
		last := 0
		for _, e := range p.Entities {
			t.lines += strings.Count(p.Text[last:e.Start-p.Start], "\n")
			last = e.Start - p.Start
			t.explanation(e)
		}
		t.lines += strings.Count(p.Text[last:], "\n")
	case t.colour:
		last := 0
		for _, e := range p.Entities {
			t.buf = append(t.buf, command.Visible(p.Text[last:e.Start-p.Start])...)
			last = e.End - p.Start
			t.buf = t.name(t.buf, e, command.Visible(e.Text))
		}
		t.buf = append(t.buf, command.Visible(p.Text[last:])...)
		t.lineBreak = strings.HasSuffix(p.Text, "\n")
	}
	return t.flush()
}

// name appends a name, in its colour when there are colours.
func (t *textWriter) name(dst []byte, e entity.Entity, text string) []byte {
	if !t.colour {
		return append(dst, text...)
	}
	return append(append(append(dst, colours[e.Kind]...), text...), "\x1b[0m"...)
}

// witness is what one witness says for an entity.
type witness struct{ name, says string }

// witnesses returns what speaks for an entity.
func witnesses(e entity.Entity) []witness {
	var list []witness
	for _, w := range [...]struct {
		evidence entity.Evidence
		says     string
	}{
		{entity.Listed, "the gazetteer has the name"},
		{entity.Tagged, "its words are tagged as those of a name"},
		{entity.Cued, "a word beside it or in it says what it is"},
		{entity.Recalled, "the text names it more fully elsewhere"},
	} {
		if e.Evidence.Has(w.evidence) {
			list = append(list, witness{w.evidence.String(), w.says})
		}
	}
	return append(list, witness{"confidence", fmt.Sprintf("%.2f that it is a name of this kind and length", e.Confidence)})
}

// explanation appends why an entity was found.
func (t *textWriter) explanation(e entity.Entity) {
	t.buf = t.name(append(t.buf, '\n'), e, command.OneLine(e.Text))
	t.buf = fmt.Appendf(t.buf, ": %s in line %d, bytes %d to %d\n", e.Kind, t.lines+1, e.Start, e.End)
	if entry, ok := t.g.Entry(e.ID); ok {
		t.buf = fmt.Appendf(t.buf, "  %-10s  %s", "entry", command.OneLine(entry.Name))
		if entry.Description != "" {
			t.buf = fmt.Appendf(t.buf, ", %s", command.OneLine(entry.Description))
		}
		t.buf = fmt.Appendf(t.buf, " (%s)\n", command.OneLine(string(e.ID)))
	}
	for _, w := range witnesses(e) {
		t.buf = fmt.Appendf(t.buf, "  %-10s  %s\n", w.name, w.says)
	}
}

func (t *textWriter) End() error {
	if t.colour && !t.explain {
		if !t.lineBreak {
			t.buf = append(t.buf, '\n')
		}
	}
	if t.colour || t.explain {
		t.buf = append(t.buf, '\n')
	}
	if err := t.flush(); err != nil {
		return err
	}
	w := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tNAME\tTIMES\tLINE\tBYTE\tCONFIDENCE\tID\tWHAT")
	for _, r := range t.summary.Rows() {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%.2f\t%s\t%s\n",
			r.Kind, command.OneLine(r.Name), r.Times, r.Line, r.First, r.Confidence,
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
