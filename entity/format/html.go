package format

import (
	"cmp"
	_ "embed"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

//go:embed page.html
var pageHead string

// maxRows is how many different names the table of one document counts.
const maxRows = 5000

// page writes one HTML page: each text with its names marked, and a table of
// them. It has no script and refers to nothing outside.
type page struct {
	w     io.Writer
	g     *gazetteer.Gazetteer
	begun bool
	rows  map[rowKey]*row
	buf   []byte
}

type rowKey struct {
	kind entity.Kind
	name string // the ID, or a space and the text
}

type row struct {
	kind                       entity.Kind
	name, country, description string
	id                         entity.ID
	times, first               int
}

func (p *page) Begin(h Header) error {
	if !p.begun {
		p.begun = true
		p.buf = append(p.buf, pageHead...)
	}
	p.rows = map[rowKey]*row{}
	p.buf = append(p.buf, "<article>\n"...)
	if name := h.name(); name != "" {
		p.buf = append(p.buf, "<h2>"...)
		p.text(name)
		p.buf = append(p.buf, "</h2>\n"...)
	}
	p.buf = append(p.buf, `<div class="text">`...)
	return p.flush()
}

func (p *page) Part(part entity.Part) error {
	last := 0
	for _, e := range part.Entities {
		p.text(part.Text[last : e.Start-part.Start])
		last = e.End - part.Start
		entry := entryOf(p.g, e.ID)
		title := e.Kind.String()
		for _, more := range []string{entry.Name, entry.Description, string(e.ID), strings.Join(e.Evidence.Strings(), ", ")} {
			if more != "" {
				title += "; " + more
			}
		}
		p.buf = fmt.Appendf(p.buf, `<mark class="%s" title="%s; %.0f %%">`, e.Kind, html.EscapeString(title), 100*e.Confidence)
		p.text(e.Text)
		p.buf = append(p.buf, "</mark>"...)
		p.count(e, entry)
	}
	p.text(part.Text[last:])
	return p.flush()
}

func (p *page) count(e entity.Entity, entry gazetteer.Entry) {
	name := strings.Join(strings.Fields(oneLine(e.Text)), " ")
	k := rowKey{e.Kind, string(e.ID)}
	if e.ID == "" {
		k.name = " " + name
	}
	r, ok := p.rows[k]
	if !ok {
		if len(p.rows) >= maxRows {
			return
		}
		r = &row{kind: e.Kind, name: cmp.Or(entry.Name, name), country: entry.Country, description: entry.Description, id: e.ID, first: e.Start}
		p.rows[k] = r
	}
	r.times++
}

func (p *page) End() error {
	p.buf = append(p.buf, "</div>\n"...)
	if len(p.rows) > 0 {
		p.buf = append(p.buf, "<table><thead><tr><th>Kind</th><th>Name</th><th>Times</th><th>Country</th><th>What</th><th>ID</th></tr></thead><tbody>\n"...)
		var rows []*row
		for _, r := range p.rows {
			rows = append(rows, r)
		}
		slices.SortFunc(rows, func(a, b *row) int {
			return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.times, a.times), cmp.Compare(a.first, b.first))
		})
		for _, r := range rows {
			p.buf = fmt.Appendf(p.buf, `<tr><td><mark class="%s">%s</mark></td><td>%s</td><td>%d</td><td>%s</td><td>%s</td><td>%s</td></tr>`+"\n",
				r.kind, r.kind, html.EscapeString(r.name), r.times, r.country, html.EscapeString(r.description), html.EscapeString(string(r.id)))
		}
		p.buf = append(p.buf, "</tbody></table>\n"...)
	}
	p.buf = append(p.buf, "</article>\n"...)
	return p.flush()
}

func (p *page) Close() error {
	if !p.begun {
		p.buf = append(p.buf, pageHead...)
	}
	p.buf = append(p.buf, "</body>\n</html>\n"...)
	return p.flush()
}

// text appends text, what is not seen by its number.
func (p *page) text(s string) {
	last := 0
	for i, r := range s {
		if !unseen(r) {
			continue
		}
		p.escaped(s[last:i])
		p.buf = fmt.Appendf(p.buf, `<span class="unseen">%U</span>`, r)
		last = i + len(string(r))
	}
	p.escaped(s[last:])
}

func (p *page) escaped(s string) {
	p.buf = append(p.buf, html.EscapeString(string([]rune(s)))...)
}

func (p *page) flush() error {
	_, err := p.w.Write(p.buf)
	p.buf = p.buf[:0]
	return err
}
