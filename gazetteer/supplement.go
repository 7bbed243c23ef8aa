package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// supplementColumns are those of a file that says more of entities of other files.
var supplementColumns = []string{"id", "lang", "names", "wikidata", "latitude", "longitude", "source"}

// supplement is what a row says of an entity of another row.
type supplement struct {
	entry      Entry // with what is added alone
	names      []Name
	file       string
	line       int
	id, column int // of the ID, and of what is added
}

// supplement reads a row.
func (t *tsv) supplement(fields []string) {
	before := len(t.b.faults)
	s := supplement{file: t.file, line: t.line}
	rec := record{}
	lang := ""
	if i := slices.Index(t.header, "lang"); i >= 0 {
		lang = fields[i]
	}
	column := 1
	for i, field := range fields {
		t.at[t.header[i]] = column
		switch t.header[i] {
		case "names":
			s.column = column
			at := column
			for text := range strings.SplitSeq(field, "|") {
				if n, ok := t.name(text, at); field != "" && ok {
					n.Lang = cmp.Or(n.Lang, lang)
					if _, reason := n.check(); reason != "" {
						t.fault(at, "%s", reason)
					}
					s.names = append(s.names, n)
				}
				at += len(text) + 1
			}
		case "lang", "source":
		default:
			t.field(&rec, t.header[i], field, column)
		}
		column += len(field) + 1
	}
	s.entry, s.id, s.column = rec.entry, t.at["id"], max(s.column, 1)
	if s.entry.ID == "" {
		t.fault(s.id, "no ID")
	}
	b := t.b
	b.size.names += len(s.names)
	for _, n := range s.names {
		b.size.bytes += len(n.Text) + len(n.Lang)
	}
	b.size.bytes += len(s.entry.ID) + len(s.entry.Wikidata)
	if limit := b.size.passed(); limit != "" {
		t.fault(1, "%s", limit)
		b.full = true
	}
	if len(b.faults) == before {
		b.supplements = append(b.supplements, s)
	}
}

// supplemented adds what the supplements say to records, which are sorted, and returns
// what does not fit.
func (b *Builder) supplemented(records []record) (faults []error) {
	fault := func(s supplement, column int, format string, args ...any) {
		if len(faults) < MaxFaults {
			faults = append(faults, Fault{s.file, s.line, max(column, 1), fmt.Sprintf(format, args...)})
		}
	}
	cloned := map[ID]map[string]bool{} // the names of the records that were changed
	for _, s := range b.supplements {
		i, ok := slices.BinarySearchFunc(records, s.entry.ID, func(r record, id ID) int { return cmp.Compare(r.entry.ID, id) })
		if !ok || records[i].removed {
			fault(s, s.id, "no entity %s", quote(string(s.entry.ID)))
			continue
		}
		r := &records[i]
		seen := cloned[s.entry.ID]
		if seen == nil {
			seen = map[string]bool{}
			for _, n := range r.names {
				seen[n.Text] = true
			}
			r.names = slices.Clone(r.names)
			cloned[s.entry.ID] = seen
		}
		for _, n := range s.names {
			if seen[n.Text] {
				fault(s, s.column, "name %s given twice", quote(n.Text))
			}
			seen[n.Text] = true
			r.names = append(r.names, n)
		}
		if e := &r.entry; s.entry.Wikidata != "" && e.Wikidata != "" {
			fault(s, s.id, "%s has item %s already", s.entry.ID, e.Wikidata)
		} else if s.entry.Wikidata != "" {
			e.Wikidata = s.entry.Wikidata
		}
		if s.entry.Latitude != 0 || s.entry.Longitude != 0 {
			if r.entry.Latitude != 0 || r.entry.Longitude != 0 {
				fault(s, s.id, "%s has coordinates already", s.entry.ID)
			}
			r.entry.Latitude, r.entry.Longitude = s.entry.Latitude, s.entry.Longitude
		}
		checked := record{entry: r.entry}
		reason := ""
		if checked.check(func(_, why string) { reason = cmp.Or(reason, why) }); reason != "" {
			fault(s, s.id, "%s", reason)
		}
	}
	return faults
}
