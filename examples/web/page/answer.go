package page

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
)

// Response is the answer to a request, as JSON.
type Response struct {
	Line     int             `json:"line,omitempty"` // of a batch
	ID       json.RawMessage `json:"id,omitempty"`   // of that line
	Offsets  string          `json:"offsets"`        // the unit of start and end
	Entities []Entity        `json:"entities"`
}

// Entity is one mention of an entity, with what the gazetteer knows of it.
type Entity struct {
	Kind        entity.Kind  `json:"kind"`
	Start       int          `json:"start"`
	End         int          `json:"end"`
	Text        string       `json:"text"`
	ID          entity.ID    `json:"id,omitempty"`
	Name        string       `json:"name,omitempty"`
	Country     string       `json:"country,omitempty"`
	Description string       `json:"description,omitempty"`
	Wikidata    string       `json:"wikidata,omitempty"`
	Location    *Coordinates `json:"location,omitempty"`
	Evidence    []string     `json:"evidence"`
	Confidence  float64      `json:"confidence"` // in hundredths

	// IDConfidence is the probability that it is the one that ID names, or none in the
	// gazetteer where ID is empty, in hundredths.
	IDConfidence float64       `json:"idConfidence,omitempty"`
	Alternatives []Alternative `json:"alternatives,omitempty"` // whom else it may mean, on request
}

// Alternative is another meaning of an entity.
type Alternative struct {
	ID          entity.ID `json:"id,omitempty"` // none for nobody in the gazetteer
	Name        string    `json:"name,omitempty"`
	Description string    `json:"description,omitempty"`
	Wikidata    string    `json:"wikidata,omitempty"`
	P           float64   `json:"p"` // in hundredths
}

// Coordinates are in degrees.
type Coordinates struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Answer walks the answer to r in chunks, one for each part of the text that the
// tagger takes at once and one for the end; some are empty. A chunk is good until the
// next. The only error is that of ctx.
func (t *Tagger) Answer(ctx context.Context, r *Request) iter.Seq2[[]byte, error] {
	if r.Format != "" {
		return t.document(ctx, r)
	}
	return func(yield func([]byte, error) bool) {
		var b bytes.Buffer
		b.WriteByte('{')
		if r.Line > 0 {
			fmt.Fprintf(&b, `"line":%d,`, r.Line)
		}
		if r.ID != nil {
			b.WriteString(`"id":`)
			b.Write(r.ID)
			b.WriteByte(',')
		}
		b.WriteString(`"offsets":"` + r.Offsets + `","entities":[`)
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		unit := counter{text: r.Text, unit: r.Offsets}
		first := true
		parts := t.tagger.Parts
		if r.Alternatives > 0 {
			parts = t.tagger.ExplainParts
		}
		for part, err := range parts(ctx, strings.NewReader(r.Text)) {
			if err != nil {
				yield(nil, err)
				return
			}
			for i, found := range part.Entities {
				if !first {
					b.WriteByte(',')
				}
				first = false
				x := t.entity(found, r, &unit)
				if part.Explanations != nil {
					x.Alternatives = t.alternatives(&part.Explanations[i], r)
				}
				_ = e.Encode(x)         // strings and numbers
				b.Truncate(b.Len() - 1) // the line break
			}
			if !yield(b.Bytes(), nil) {
				return
			}
			b.Reset()
		}
		b.WriteString("]}\n")
		yield(b.Bytes(), nil)
	}
}

func (t *Tagger) entity(e entity.Entity, r *Request, unit *counter) Entity {
	x := Entity{
		Kind: e.Kind, Start: unit.at(e.Start), End: unit.at(e.End), Text: e.Text, ID: e.ID,
		Evidence: e.Evidence.Strings(), Confidence: hundredths(e.Confidence), IDConfidence: hundredths(e.IDConfidence),
	}
	if entry, ok := t.gazetteer.EntryAt(e.ID, r.Date); ok {
		x.Name, x.Country, x.Description, x.Wikidata = entry.Name, entry.Country, entry.Description, entry.Wikidata
		if entry.Latitude != 0 || entry.Longitude != 0 {
			x.Location = &Coordinates{entry.Latitude, entry.Longitude}
		}
	}
	return x
}

// alternatives returns the other meanings of an entity, the likeliest first, as many as r
// asks for at the most.
func (t *Tagger) alternatives(x *entity.Explanation, r *Request) (list []Alternative) {
	for _, m := range x.Alternatives() {
		p := hundredths(m.Probability)
		if p == 0 || len(list) == r.Alternatives {
			break
		}
		entry, _ := t.gazetteer.EntryAt(m.ID, r.Date)
		list = append(list, Alternative{m.ID, entry.Name, entry.Description, entry.Wikidata, p})
	}
	return list
}

// hundredths rounds a probability.
func hundredths(p float64) float64 { return float64(int(p*100+0.5)) / 100 }

// document is Answer in a format of package format.
func (t *Tagger) document(ctx context.Context, r *Request) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var b bytes.Buffer
		w, err := format.New(r.Format, &b, t.gazetteer)
		if err == nil {
			err = w.Begin(format.Header{Source: "text", Date: r.Date})
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for part, err := range t.tagger.Parts(ctx, strings.NewReader(r.Text)) {
			if err == nil {
				err = w.Part(part)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(b.Bytes(), nil) {
				return
			}
			b.Reset()
		}
		if err := errors.Join(w.End(), w.Close()); err != nil {
			yield(nil, err)
			return
		}
		yield(b.Bytes(), nil)
	}
}

// counter turns byte offsets, asked for in rising order, into other units.
type counter struct {
	text, unit    string
	bytes, others int
}

func (c *counter) at(offset int) int {
	if c.unit == "bytes" {
		return offset
	}
	for c.bytes < offset {
		r, size := utf8.DecodeRuneInString(c.text[c.bytes:])
		c.bytes += size
		c.others++
		if c.unit == "utf16" && r > 0xFFFF {
			c.others++
		}
	}
	return c.others
}
