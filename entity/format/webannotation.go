package format

import (
	"strconv"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/codepoint"
)

// webAnnotation writes an AnnotationPage a document, on a line of its own
// (https://www.w3.org/TR/annotation-model/). Each annotation has its kind, ID,
// name and both confidences as bodies, and is found by position, in code points, and by quotation.
type webAnnotation struct {
	g       *gazetteer.Gazetteer
	source  string
	count   int
	points  points
	before  string       // the end of the part before
	waiting []annotation // those whose suffix the next part may go on with
	some    bool         // an annotation was written
}

// annotation is one entity.
type annotation struct {
	number                int
	kind                  entity.Kind
	id                    entity.ID
	name                  string
	start, end            int
	confidence            string
	idConfidence          string // "" when there is none
	exact, prefix, suffix string
}

// quoteContext is how many code points before and after a name are quoted.
const quoteContext = 32

func (a *webAnnotation) begin(dst []byte, h Header) []byte {
	*a = webAnnotation{g: a.g, source: iri(h), waiting: a.waiting[:0]}
	dst = append(dst, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":`...)
	dst = appendString(dst, a.source+"#entities")
	return append(dst, `,"type":"AnnotationPage","items":[`...)
}

func (a *webAnnotation) part(dst []byte, p entity.Part) []byte {
	a.points.part(p)
	for i := range a.waiting {
		w := &a.waiting[i]
		w.suffix += firstRunes(p.Text, quoteContext-codepoint.Count(w.suffix))
	}
	for _, e := range p.Entities {
		a.count++
		at := a.points.of(e.Start, e.End)
		before := p.Text[:at.from]
		if at.from < quoteContext*utf8.UTFMax {
			before = a.before + before
		}
		a.waiting = append(a.waiting, annotation{
			number: a.count, kind: e.Kind, id: e.ID, name: entryOf(a.g, e.ID).Name,
			start: at.start, end: at.end, confidence: confidence(e), idConfidence: idConfidence(e),
			exact:  p.Text[at.from:at.to],
			prefix: lastRunes(before, quoteContext), suffix: firstRunes(p.Text[at.to:], quoteContext),
		})
	}
	whole := 0
	for whole < len(a.waiting) && codepoint.Count(a.waiting[whole].suffix) == quoteContext {
		dst = a.annotation(dst, &a.waiting[whole])
		whole++
	}
	a.waiting = a.waiting[:copy(a.waiting, a.waiting[whole:])]
	a.before = lastRunes(a.before+lastRunes(p.Text, quoteContext), quoteContext)
	return dst
}

func (a *webAnnotation) annotation(dst []byte, w *annotation) []byte {
	if a.some {
		dst = append(dst, ',')
	}
	a.some = true
	dst = appendString(append(dst, `{"id":`...), a.source+"#entity"+strconv.Itoa(w.number))
	dst = append(dst, `,"type":"Annotation","motivation":"tagging","body":[`...)
	dst = appendBody(dst, "tagging", w.kind.String())
	if w.id != "" {
		dst = appendBody(append(dst, ','), "identifying", string(w.id))
	}
	if w.name != "" {
		dst = appendBody(append(dst, ','), "describing", w.name)
	}
	dst = appendBody(append(dst, ','), "assessing", "confidence "+w.confidence)
	if w.idConfidence != "" {
		dst = appendBody(append(dst, ','), "assessing", "ID confidence "+w.idConfidence)
	}
	dst = appendString(append(dst, `],"target":{"type":"SpecificResource","source":`...), a.source)
	dst = strconv.AppendInt(append(dst, `,"selector":[{"type":"TextPositionSelector","start":`...), int64(w.start), 10)
	dst = strconv.AppendInt(append(dst, `,"end":`...), int64(w.end), 10)
	dst = appendString(append(dst, `},{"type":"TextQuoteSelector","exact":`...), w.exact)
	dst = appendString(append(dst, `,"prefix":`...), w.prefix)
	dst = appendString(append(dst, `,"suffix":`...), w.suffix)
	return append(dst, `}]}}`...)
}

func appendBody(dst []byte, purpose, value string) []byte {
	dst = append(append(dst, `{"type":"TextualBody","purpose":"`...), purpose...)
	return append(appendString(append(dst, `","value":`...), value), '}')
}

func (a *webAnnotation) end(dst []byte) []byte {
	for i := range a.waiting {
		dst = a.annotation(dst, &a.waiting[i])
	}
	return append(dst, "]}\n"...)
}

func (a *webAnnotation) open(dst []byte) []byte  { return dst }
func (a *webAnnotation) close(dst []byte) []byte { return dst }
