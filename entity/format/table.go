package format

import (
	"strconv"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// tableHeader names the columns of a table. Offsets are in bytes.
var tableHeader = []string{
	"document", "kind", "start", "end", "text", "id", "name", "country", "evidence", "confidence", "idConfidence",
}

// table writes a row a mention, after a row with the names of the columns: comma-separated
// values as RFC 4180 has them, or tab-separated ones, quoted by the same rules, as
// spreadsheets read both. White space in a field is a space, so that a row is a line, and
// what a spreadsheet would take for a formula has an apostrophe before it.
type table struct {
	g         *gazetteer.Gazetteer
	separator byte
	document  string
}

func (t *table) open(dst []byte) []byte {
	for i, name := range tableHeader {
		dst = append(t.between(dst, i), name...)
	}
	return append(dst, '\n')
}

func (t *table) begin(dst []byte, h Header) []byte {
	t.document = h.Name()
	return dst
}

func (t *table) part(dst []byte, p entity.Part) []byte {
	for _, e := range p.Entities {
		entry := entryOf(t.g, e.ID)
		for i, field := range [...]string{
			t.document, e.Kind.String(), strconv.Itoa(e.Start), strconv.Itoa(e.End), e.Text,
			string(e.ID), entry.Name, entry.Country, strings.Join(e.Evidence.Strings(), " "),
			confidence(e), idConfidence(e),
		} {
			dst = t.field(t.between(dst, i), field)
		}
		dst = append(dst, '\n')
	}
	return dst
}

// between appends what stands before field i of a row.
func (t *table) between(dst []byte, i int) []byte {
	if i == 0 {
		return dst
	}
	return append(dst, t.separator)
}

// formulas are what formulas begin with; the wide ones for spreadsheets of East Asia.
const formulas = "=+-@＝＋－＠"

// field appends a field.
func (t *table) field(dst []byte, s string) []byte {
	s = valid(oneLine(s))
	if begins := strings.TrimLeft(s, " "); len(begins) > 1 && strings.ContainsAny(firstRunes(begins, 1), formulas) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, `",`+"\t") && s == strings.TrimSpace(s) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

func (t *table) end(dst []byte) []byte   { return dst }
func (t *table) close(dst []byte) []byte { return dst }
