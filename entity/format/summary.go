package format

import (
	"cmp"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// maxRows is how many different names a Summary tells apart, so that it stays
// small whatever the document.
const maxRows = 10_000

// Summary adds up who and what a document names, how often, and where first.
type Summary struct {
	// Date is that of the document, as of which persons are described; zero for none.
	Date gazetteer.Date

	g      *gazetteer.Gazetteer
	rows   map[rowKey]*Row
	lines  int // line breaks so far
	others int
}

// Row is one entity, or one name that the gazetteer does not know.
type Row struct {
	Kind        entity.Kind
	ID          entity.ID // "" when it is not known
	Name        string    // that of the gazetteer, or else as in the text, on one line
	Country     string
	Description string
	Times       int
	First       int     // bytes of the text before it
	Line        int     // of the first, from 1
	Confidence  float64 // the highest

	// IDConfidence is the highest in the ID, or that there is none; 0 where there is neither.
	IDConfidence float64
}

type rowKey struct {
	kind entity.Kind
	id   entity.ID
	name string // without an ID
}

// NewSummary returns the summary of an empty document. It takes names and
// descriptions from g, none when it is nil.
func NewSummary(g *gazetteer.Gazetteer) *Summary {
	return &Summary{g: g, rows: map[rowKey]*Row{}}
}

// Add adds the next part of the document. Entities that do not begin in it, or not
// after the one before, are left out.
func (s *Summary) Add(p entity.Part) {
	last := 0
	for _, e := range p.Entities {
		if e.Start-p.Start < last || e.Start-p.Start > len(p.Text) {
			continue // not of this part
		}
		s.lines += strings.Count(p.Text[last:e.Start-p.Start], "\n")
		last = e.Start - p.Start
		k := rowKey{kind: e.Kind, id: e.ID}
		if e.ID == "" {
			k.name = strings.Join(strings.Fields(oneLine(e.Text)), " ")
		}
		r := s.rows[k]
		if r == nil {
			if len(s.rows) >= maxRows {
				s.others++
				continue
			}
			// A substring would keep the whole part.
			k.name = strings.Clone(k.name)
			r = &Row{Kind: e.Kind, ID: e.ID, Name: k.name, First: e.Start, Line: s.lines + 1}
			if e.ID != "" {
				entry := entryAt(s.g, e.ID, s.Date)
				r.Name = oneLine(cmp.Or(entry.Name, strings.Clone(e.Text)))
				r.Country, r.Description = entry.Country, oneLine(entry.Description)
			}
			s.rows[k] = r
		}
		r.Times++
		r.Confidence = max(r.Confidence, e.Confidence)
		r.IDConfidence = max(r.IDConfidence, e.IDConfidence)
	}
	s.lines += strings.Count(p.Text[last:], "\n")
}

// Rows returns what was added, by kind, the most frequent first.
func (s *Summary) Rows() []Row {
	rows := make([]Row, 0, len(s.rows))
	for _, r := range s.rows {
		rows = append(rows, *r)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Times, a.Times), cmp.Compare(a.First, b.First))
	})
	return rows
}

// Others returns how many mentions are in no row: those of names that came after
// the first ten thousand different ones.
func (s *Summary) Others() int { return s.others }
