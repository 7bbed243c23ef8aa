package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// brat writes stand-off annotations (https://brat.nlplab.org/standoff.html): for
// each entity a line T1, and a line N1 that refers to its ID. A name that is
// broken over lines is in fragments. When there are several documents, a line
// "# name" stands before each but the first.
type brat struct {
	w          io.Writer
	g          *gazetteer.Gazetteer
	documents  int
	count      int
	references int
	points     points
	buf        []byte
}

func (b *brat) Begin(h Header) error {
	b.count, b.references, b.points = 0, 0, points{}
	b.documents++
	if b.documents == 1 {
		return nil
	}
	_, err := fmt.Fprintf(b.w, "# %s\n", oneLine(h.name()))
	return err
}

func (b *brat) Part(p entity.Part) error {
	b.points.part(p)
	for _, e := range p.Entities {
		b.count++
		b.buf = fmt.Appendf(b.buf, "T%d\t%s ", b.count, e.Kind)
		var texts []string
		at := e.Start
		for line := range strings.FieldsFuncSeq(e.Text, func(r rune) bool { return r == '\n' || r == '\r' }) {
			at += strings.Index(e.Text[at-e.Start:], line)
			if len(texts) > 0 {
				b.buf = append(b.buf, ';')
			}
			b.buf = fmt.Appendf(b.buf, "%d %d", b.points.of(at), b.points.of(at+len(line)))
			texts = append(texts, oneLine(line))
			at += len(line)
		}
		b.buf = fmt.Appendf(b.buf, "\t%s\n", strings.Join(texts, " "))
		if e.ID == "" {
			continue
		}
		name := entryOf(b.g, e.ID).Name
		if name == "" {
			name = strings.Join(texts, " ")
		}
		b.references++
		b.buf = fmt.Appendf(b.buf, "N%d\tReference T%d Steppe:%s\t%s\n", b.references, b.count, e.ID, name)
	}
	_, err := b.w.Write(b.buf)
	b.buf = b.buf[:0]
	return err
}

func (b *brat) End() error   { return nil }
func (b *brat) Close() error { return nil }
