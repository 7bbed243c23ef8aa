package format

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// brat writes stand-off annotations (https://brat.nlplab.org/standoff.html): for
// each entity a line T1, a note #1 of its confidence and of that in its ID, and a line N1 that refers to
// its ID. brat compares the text of a T line with the .txt file, so that it stands as
// it is there; a name that is broken over lines is in fragments, because brat shows no
// others. A line "# name" stands before each document but the first, which has none so that what
// is written of one document is an .ann file.
type brat struct {
	g          *gazetteer.Gazetteer
	goOn       bool
	count      int
	references int
	points     points
}

func (b *brat) begin(dst []byte, h Header) []byte {
	goOn := b.goOn
	*b = brat{g: b.g, goOn: true}
	if !goOn {
		return dst
	}
	return fmt.Appendf(dst, "# %s\n", oneLine(h.Name()))
}

func (b *brat) part(dst []byte, p entity.Part) []byte {
	b.points.part(p)
	for _, e := range p.Entities {
		var fragments, texts []string
		at := e.Start
		for line := range strings.FieldsFuncSeq(e.Text, breaksLine) {
			at = e.End - len(strings.TrimLeftFunc(e.Text[at-e.Start:], breaksLine))
			place := b.points.of(at, at+len(line))
			fragments = append(fragments, fmt.Sprintf("%d %d", place.start, place.end))
			texts = append(texts, valid(p.Text[place.from:place.to]))
			at += len(line)
		}
		if len(fragments) == 0 {
			continue // nothing but line breaks
		}
		b.count++
		text := strings.Join(texts, " ")
		dst = fmt.Appendf(dst, "T%d\t%s %s\t%s\n", b.count, e.Kind, strings.Join(fragments, ";"), text)
		dst = fmt.Appendf(dst, "#%d\tAnnotatorNotes T%[1]d\tconfidence %s", b.count, confidence(e))
		if p := idConfidence(e); p != "" {
			dst = append(append(dst, ", ID confidence "...), p...)
		}
		dst = append(dst, '\n')
		if e.ID == "" {
			continue
		}
		name := entryOf(b.g, e.ID).Name
		if name == "" {
			name = text
		}
		b.references++
		id := strings.ReplaceAll(oneLine(string(e.ID)), " ", "_")
		dst = fmt.Appendf(dst, "N%d\tReference T%d Steppe:%s\t%s\n", b.references, b.count, id, oneLine(name))
	}
	return dst
}

// breaksLine reports whether a character ends a line or a field of an .ann file for
// some reader: for brat itself, which is written in Python, U+2028 ends one.
func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func (b *brat) end(dst []byte) []byte   { return dst }
func (b *brat) open(dst []byte) []byte  { return dst }
func (b *brat) close(dst []byte) []byte { return dst }
