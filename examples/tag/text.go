package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/steppe-ner/steppe/entity"
)

// jsonEntity is an entity as JSON Lines output has it.
type jsonEntity struct {
	Kind       entity.Kind `json:"kind"`
	Start      int         `json:"start"`
	End        int         `json:"end"`
	Text       string      `json:"text"`
	ID         entity.ID   `json:"id,omitempty"`
	Name       string      `json:"name,omitempty"`
	Country    string      `json:"country,omitempty"`
	Evidence   []string    `json:"evidence"`
	Confidence float64     `json:"confidence"`
}

// jsonDocument is a line of JSON Lines output.
type jsonDocument struct {
	Source   string          `json:"source,omitempty"`
	ID       json.RawMessage `json:"id,omitempty"`
	Entities []jsonEntity    `json:"entities"`
}

// appendJSON appends the document's line.
func (j *job) appendJSON(dst []byte, d document, entities []entity.Entity) []byte {
	doc := jsonDocument{Source: d.source, ID: d.id, Entities: make([]jsonEntity, 0, len(entities))}
	for _, e := range entities {
		x := jsonEntity{
			Kind: e.Kind, Start: e.Start, End: e.End, Text: e.Text, ID: e.ID,
			Evidence: e.Evidence.Strings(), Confidence: float64(int(e.Confidence*100+0.5)) / 100,
		}
		if entry, ok := j.gazetteer.Entry(e.ID); ok {
			x.Name, x.Country = entry.Name, entry.Country
		}
		doc.Entities = append(doc.Entities, x)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		// Strings, numbers and an ID that was parsed as JSON cannot fail.
		panic("tag: " + err.Error())
	}
	return append(dst, buf.Bytes()...)
}

// colours are the terminal colours of the kinds.
var colours = map[entity.Kind]string{
	entity.Person: "\x1b[1;33m", entity.Country: "\x1b[1;32m", entity.City: "\x1b[1;36m",
	entity.Organisation: "\x1b[1;35m", entity.Place: "\x1b[32m", entity.Demonym: "\x1b[34m",
}

// appendText appends the text with its names coloured, when the output is a
// terminal, and a table of who and what is in it.
func (j *job) appendText(dst []byte, d document, entities []entity.Entity) []byte {
	name := cmp.Or(d.source, string(d.id))
	if j.colour {
		dst = fmt.Appendf(dst, "\x1b[1m%s\x1b[0m\n\n", name)
		last := 0
		for _, e := range entities {
			dst = append(dst, visible(d.text[last:e.Start])...)
			dst = append(dst, colours[e.Kind]...)
			dst = append(dst, visible(e.Text)...)
			dst = append(dst, "\x1b[0m"...)
			last = e.End
		}
		dst = append(dst, visible(d.text[last:])...)
		dst = append(bytes.TrimRight(dst, "\n"), "\n\n"...)
	} else {
		dst = fmt.Appendf(dst, "%s\n", name)
	}
	return j.appendTable(dst, entities)
}

// visible returns s without the control characters that would steer a terminal.
func visible(s string) string {
	if !strings.ContainsFunc(s, control) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, s)
}

func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0
}

// mention is a row of the table: one entity, or one name without an ID.
type mention struct {
	kind       entity.Kind
	id         entity.ID
	name       string
	count      int
	first      int // bytes
	confidence float64
}

// appendTable appends who and what is mentioned, by kind, most mentioned first.
func (j *job) appendTable(dst []byte, entities []entity.Entity) []byte {
	type key struct {
		kind entity.Kind
		name string
	}
	index := map[key]int{}
	var rows []mention
	for _, e := range entities {
		k := key{e.Kind, string(e.ID)}
		text := strings.Join(strings.Fields(visible(e.Text)), " ")
		if e.ID == "" {
			k.name = " " + text
		}
		i, ok := index[k]
		if !ok {
			i = len(rows)
			index[k] = i
			name := text
			if entry, ok := j.gazetteer.Entry(e.ID); ok {
				name = entry.Name
			}
			rows = append(rows, mention{kind: e.Kind, id: e.ID, name: name, first: e.Start})
		}
		rows[i].count++
		rows[i].confidence = max(rows[i].confidence, e.Confidence)
	}
	slices.SortStableFunc(rows, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.count, a.count), cmp.Compare(a.first, b.first))
	})
	var buf bytes.Buffer
	w := tabwriter.NewWriter(&buf, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "KIND\tNAME\tTIMES\tFIRST AT BYTE\tCONFIDENCE\tID")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.2f\t%s\n", r.kind, r.name, r.count, r.first, r.confidence, cmp.Or(string(r.id), "-"))
	}
	w.Flush()
	return append(dst, buf.Bytes()...)
}
