package format

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

//go:embed page.html
var pageHead string

// page writes one HTML page: each text with its names marked, and a table of
// them. It has no script and refers to nothing outside. Characters that are not
// seen, or turn the direction of what is, are written by their numbers.
type page struct {
	g       *gazetteer.Gazetteer
	date    gazetteer.Date // of the document
	summary *Summary
}

func (p *page) open(dst []byte) []byte { return append(dst, pageHead...) }

func (p *page) begin(dst []byte, h Header) []byte {
	p.summary, p.date = NewSummary(p.g), h.Date
	p.summary.Date = h.Date
	dst = append(dst, "<article>\n"...)
	if name := h.Name(); name != "" {
		dst = append(appendText(append(dst, "<h2>"...), name), "</h2>\n"...)
	}
	return append(dst, `<div class="text">`...)
}

func (p *page) part(dst []byte, part entity.Part) []byte {
	p.summary.Add(part)
	last := 0
	for _, e := range part.Entities {
		dst = appendText(dst, part.Text[last:e.Start-part.Start])
		last = e.End - part.Start
		entry := entryAt(p.g, e.ID, p.date)
		title := e.Kind.String()
		for _, more := range []string{entry.Name, entry.Description, string(e.ID), strings.Join(e.Evidence.Strings(), ", ")} {
			if more != "" {
				title += "; " + oneLine(more)
			}
		}
		dst = fmt.Appendf(dst, `<mark class="%s" title="%s; %.0f %%`,
			e.Kind, html.EscapeString(title), 100*hundredths(e.Confidence))
		if id := hundredths(e.IDConfidence); id > 0 {
			dst = fmt.Appendf(dst, ", ID %.0f %%", 100*id)
		}
		dst = append(dst, `">`...)
		dst = append(appendText(dst, e.Text), "</mark>"...)
	}
	return appendText(dst, part.Text[last:])
}

func (p *page) end(dst []byte) []byte {
	dst = append(dst, "</div>\n"...)
	rows := p.summary.Rows()
	if len(rows) > 0 {
		dst = append(dst, "<table><caption>Who and what is named</caption><thead><tr>"...)
		for _, column := range []string{"Kind", "Name", "Times", "First in line", "Country", "What", "ID"} {
			dst = fmt.Appendf(dst, `<th scope="col">%s</th>`, column)
		}
		dst = append(dst, "</tr></thead><tbody>\n"...)
		for _, r := range rows {
			dst = fmt.Appendf(dst, `<tr><td><span class="%s">%[1]s</span></td><th scope="row">%s</th><td>%d</td><td>%d</td>`,
				r.Kind, html.EscapeString(r.Name), r.Times, r.Line)
			for _, cell := range []string{r.Country, r.Description, oneLine(string(r.ID))} {
				dst = fmt.Appendf(dst, "<td>%s</td>", html.EscapeString(cell))
			}
			dst = append(dst, "</tr>\n"...)
		}
		dst = append(dst, "</tbody></table>\n"...)
	}
	if n := p.summary.Others(); n > 0 {
		dst = fmt.Appendf(dst, "<p>%d mentions of other names are not in the table.</p>\n", n)
	}
	return append(dst, "</article>\n"...)
}

func (p *page) close(dst []byte) []byte { return append(dst, "</body>\n</html>\n"...) }

// appendText appends text, what is not seen by its number.
func appendText(dst []byte, s string) []byte {
	last := 0
	for i, r := range s {
		if unseen(r) {
			dst = append(dst, html.EscapeString(valid(s[last:i]))...)
			dst = fmt.Appendf(dst, `<span class="unseen">%U</span>`, r)
			last = i + len(string(r))
		}
	}
	return append(dst, html.EscapeString(valid(s[last:]))...)
}
