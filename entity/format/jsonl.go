package format

import (
	"strconv"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// jsonLines writes an object a document:
//
//	{"source":"a.txt","entities":[{"kind":"person","start":0,"end":7,…},…]}
//
// An entity has alternatives when they are asked for and there are some.
type jsonLines struct {
	w    *Writer
	g    *gazetteer.Gazetteer
	some bool
}

func (j *jsonLines) begin(dst []byte, h Header) []byte {
	j.some = false
	dst = append(dst, '{')
	if h.Source != "" {
		dst = append(appendString(append(dst, `"source":`...), h.Source), ',')
	}
	if h.ID != nil {
		dst = append(appendRaw(append(dst, `"id":`...), h.ID), ',')
	}
	return append(dst, `"entities":[`...)
}

func (j *jsonLines) part(dst []byte, p entity.Part) []byte {
	for i, e := range p.Entities {
		if j.some {
			dst = append(dst, ',')
		}
		j.some = true
		dst = append(append(dst, `{"kind":"`...), e.Kind.String()...)
		dst = strconv.AppendInt(append(dst, `","start":`...), int64(e.Start), 10)
		dst = strconv.AppendInt(append(dst, `,"end":`...), int64(e.End), 10)
		dst = appendString(append(dst, `,"text":`...), e.Text)
		entry := entryOf(j.g, e.ID)
		for _, field := range [...]struct{ name, value string }{
			{`,"id":`, string(e.ID)}, {`,"name":`, entry.Name}, {`,"country":`, entry.Country},
		} {
			if field.value != "" {
				dst = appendString(append(dst, field.name...), field.value)
			}
		}
		dst = append(dst, `,"evidence":[`...)
		for k, witness := range e.Evidence.Strings() {
			if k > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, witness)
		}
		dst = append(append(dst, `],"confidence":`...), confidence(e)...)
		if p := idConfidence(e); p != "" {
			dst = append(append(dst, `,"idConfidence":`...), p...)
		}
		if p.Explanations != nil {
			dst = j.alternatives(dst, &p.Explanations[i])
		}
		dst = append(dst, '}')
	}
	return dst
}

// alternatives appends whom a name may mean instead, as far as the probability is not too
// small to be written; an object without an ID stands for nobody in the gazetteer.
func (j *jsonLines) alternatives(dst []byte, x *entity.Explanation) []byte {
	n := 0
	for _, m := range x.Alternatives() {
		if n == j.w.Alternatives || hundredths(m.Probability) == 0 {
			break
		}
		if n++; n == 1 {
			dst = append(dst, `,"alternatives":[{`...)
		} else {
			dst = append(dst, `,{`...)
		}
		if m.ID != "" {
			dst = append(appendString(append(dst, `"id":`...), string(m.ID)), ',')
		}
		if name := entryOf(j.g, m.ID).Name; name != "" {
			dst = append(appendString(append(dst, `"name":`...), name), ',')
		}
		dst = append(append(append(dst, `"p":`...), probability(m.Probability)...), '}')
	}
	if n > 0 {
		dst = append(dst, ']')
	}
	return dst
}

func (j *jsonLines) end(dst []byte) []byte   { return append(dst, "]}\n"...) }
func (j *jsonLines) open(dst []byte) []byte  { return dst }
func (j *jsonLines) close(dst []byte) []byte { return dst }
