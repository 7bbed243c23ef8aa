package format

import (
	"strconv"

	"github.com/steppe-ner/steppe/entity"
)

// How much an object of displaCy holds, so that a document of any length is written in
// constant memory.
const (
	displacyBytes = 1 << 20               // of text at the most
	displacyEnts  = displacyBytes * 3 / 2 // of entities, after which no more text is added
)

// displacy writes what displacy.render(…, manual=True) draws
// (https://spacy.io/usage/visualizers), an object a document:
//
//	{"text":…,"ents":[{"start":…,"end":…,"label":…,"kb_id":…,"params":{"confidence":…,"idConfidence":…}}],"title":…}
//
// A text of more than displacyBytes, or of very many entities, is in several objects,
// each with offsets of its own.
type displacy struct {
	title  string
	text   []byte // what is under way, escaped
	ents   []byte // what is under way, as JSON
	bytes  int    // of text
	points points
}

func (d *displacy) begin(dst []byte, h Header) []byte {
	d.title = h.Name()
	d.clear()
	return dst
}

func (d *displacy) clear() {
	d.text, d.ents, d.bytes, d.points = d.text[:0], d.ents[:0], 0, points{}
}

func (d *displacy) part(dst []byte, p entity.Part) []byte {
	if d.bytes > 0 && (d.bytes+len(p.Text) > displacyBytes || len(d.ents) > displacyEnts) {
		dst = d.end(dst)
		d.clear()
	}
	d.bytes += len(p.Text)
	d.text = appendEscaped(d.text, p.Text)
	d.points.part(p)
	for _, e := range p.Entities {
		if len(d.ents) > 0 {
			d.ents = append(d.ents, ',')
		}
		at := d.points.of(e.Start, e.End)
		d.ents = strconv.AppendInt(append(d.ents, `{"start":`...), int64(at.start), 10)
		d.ents = strconv.AppendInt(append(d.ents, `,"end":`...), int64(at.end), 10)
		d.ents = appendString(append(d.ents, `,"label":`...), label(e.Kind))
		if e.ID != "" {
			d.ents = appendString(append(d.ents, `,"kb_id":`...), string(e.ID))
		}
		// What a template of the user's own may show, beside text and label.
		d.ents = append(append(d.ents, `,"params":{"confidence":`...), confidence(e)...)
		if p := idConfidence(e); p != "" {
			d.ents = append(append(d.ents, `,"idConfidence":`...), p...)
		}
		d.ents = append(d.ents, "}}"...)
	}
	return dst
}

func (d *displacy) end(dst []byte) []byte {
	dst = append(append(append(dst, `{"text":"`...), d.text...), `","ents":[`...)
	dst = append(append(dst, d.ents...), `],"title":`...)
	if d.title == "" {
		dst = append(dst, "null"...)
	} else {
		dst = appendString(dst, d.title)
	}
	return append(dst, "}\n"...)
}

func (d *displacy) open(dst []byte) []byte  { return dst }
func (d *displacy) close(dst []byte) []byte { return dst }
