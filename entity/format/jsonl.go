package format

import (
	"io"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// jsonEntity is an entity as JSON Lines have it.
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

// jsonLines writes an object a document:
//
//	{"source":"a.txt","entities":[{"kind":"person","start":0,"end":7,…},…]}
type jsonLines struct {
	w    io.Writer
	g    *gazetteer.Gazetteer
	buf  []byte
	some bool
}

func (j *jsonLines) Begin(h Header) error {
	j.some = false
	j.buf = append(j.buf[:0], '{')
	if h.Source != "" {
		j.buf = append(appendJSON(append(j.buf, `"source":`...), h.Source), ',')
	}
	if h.ID != nil {
		j.buf = append(appendJSON(append(j.buf, `"id":`...), h.ID), ',')
	}
	j.buf = append(j.buf, `"entities":[`...)
	return j.flush()
}

func (j *jsonLines) Part(p entity.Part) error {
	for _, e := range p.Entities {
		if j.some {
			j.buf = append(j.buf, ',')
		}
		j.some = true
		entry := entryOf(j.g, e.ID)
		j.buf = appendJSON(j.buf, jsonEntity{
			Kind: e.Kind, Start: e.Start, End: e.End, Text: e.Text, ID: e.ID, Name: entry.Name, Country: entry.Country,
			Evidence: e.Evidence.Strings(), Confidence: hundredths(e.Confidence),
		})
	}
	return j.flush()
}

func (j *jsonLines) End() error {
	j.buf = append(j.buf, "]}\n"...)
	return j.flush()
}

func (j *jsonLines) Close() error { return nil }

func (j *jsonLines) flush() error {
	_, err := j.w.Write(j.buf)
	j.buf = j.buf[:0]
	return err
}

// displacy writes an object a part: {"text":…,"ents":[{"start":…,"end":…,"label":…}],"title":…}.
type displacy struct {
	w      io.Writer
	header Header
}

type displacyEntity struct {
	Start int       `json:"start"`
	End   int       `json:"end"`
	Label string    `json:"label"`
	KB    entity.ID `json:"kb_id,omitempty"`
}

func (d *displacy) Begin(h Header) error {
	d.header = h
	return nil
}

func (d *displacy) Part(p entity.Part) error {
	c := points{text: p.Text, start: p.Start}
	object := struct {
		Text     string           `json:"text"`
		Entities []displacyEntity `json:"ents"`
		Title    *string          `json:"title"`
	}{Text: string([]rune(p.Text)), Entities: []displacyEntity{}}
	if name := d.header.name(); name != "" && p.Start == 0 {
		object.Title = &name
	}
	for _, e := range p.Entities {
		object.Entities = append(object.Entities, displacyEntity{c.of(e.Start), c.of(e.End), label(e.Kind), e.ID})
	}
	_, err := d.w.Write(append(appendJSON(nil, object), '\n'))
	return err
}

func (d *displacy) End() error   { return nil }
func (d *displacy) Close() error { return nil }

// webAnnotation writes an AnnotationPage a document, on a line of its own
// (https://www.w3.org/TR/annotation-model/).
type webAnnotation struct {
	w      io.Writer
	g      *gazetteer.Gazetteer
	source string
	count  int
	points points
	buf    []byte
}

type annotation struct {
	ID         string           `json:"id"`
	Type       string           `json:"type"`
	Motivation string           `json:"motivation"`
	Body       []annotationBody `json:"body"`
	Target     annotationTarget `json:"target"`
}

type annotationBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

type annotationTarget struct {
	Source   string `json:"source"`
	Selector [2]any `json:"selector"`
}

type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

// quoteContext is how many code points before and after a name are quoted.
const quoteContext = 32

func (a *webAnnotation) Begin(h Header) error {
	a.source, a.count, a.points = iri(h.name()), 0, points{}
	a.buf = append(a.buf[:0], `{"@context":"http://www.w3.org/ns/anno.jsonld","id":`...)
	a.buf = appendJSON(a.buf, a.source+"#entities")
	a.buf = append(a.buf, `,"type":"AnnotationPage","items":[`...)
	return a.flush()
}

func (a *webAnnotation) Part(p entity.Part) error {
	a.points.part(p)
	for _, e := range p.Entities {
		if a.count > 0 {
			a.buf = append(a.buf, ',')
		}
		a.count++
		body := []annotationBody{{"TextualBody", "tagging", e.Kind.String()}}
		if e.ID != "" {
			body = append(body, annotationBody{"TextualBody", "identifying", string(e.ID)})
		}
		if name := entryOf(a.g, e.ID).Name; name != "" {
			body = append(body, annotationBody{"TextualBody", "describing", name})
		}
		from, to := e.Start-p.Start, e.End-p.Start
		a.buf = appendJSON(a.buf, annotation{
			ID: a.source + "#entity" + itoa(a.count), Type: "Annotation", Motivation: "tagging", Body: body,
			Target: annotationTarget{a.source, [2]any{
				positionSelector{"TextPositionSelector", a.points.of(e.Start), a.points.of(e.End)},
				quoteSelector{"TextQuoteSelector", string([]rune(p.Text[from:to])), lastRunes(p.Text[:from]), firstRunes(p.Text[to:])},
			}},
		})
	}
	return a.flush()
}

func (a *webAnnotation) End() error {
	a.buf = append(a.buf, "]}\n"...)
	return a.flush()
}

func (a *webAnnotation) Close() error { return nil }

func (a *webAnnotation) flush() error {
	_, err := a.w.Write(a.buf)
	a.buf = a.buf[:0]
	return err
}
