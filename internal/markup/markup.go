// Package markup reads texts with their entities marked in place, the form in
// which this project's gold texts are written and reviewed:
//
//	{person:Blinken} flew to {city:Astana} on Tuesday.
//
// A brace that is not markup is written {{ or }}. Where it is annotated whom a name means,
// the gazetteer's ID stands behind a bar, or a dash when the gazetteer has nobody:
//
//	{person:Biden|person:hunter-biden} met {person:Aigul Japarova|-}, a teacher.
package markup

import (
	"fmt"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
)

// Span is a marked entity, in bytes of the text without its markup.
type Span struct {
	Kind       gazetteer.Kind
	Start, End int
	ID         string // whom it means, "-" for nobody, "" when that is not annotated
}

// Parse returns the text without its markup and the entities in order. Faults
// are reported with line and column, in bytes, both from 1.
func Parse(marked string) (text string, spans []Span, err error) {
	var b strings.Builder
	line, lineStart := 1, 0
	open := false
	for i := 0; i < len(marked); i++ {
		fault := func(format string, args ...any) error {
			return fmt.Errorf("%d:%d: %s", line, i-lineStart+1, fmt.Sprintf(format, args...))
		}
		switch c := marked[i]; {
		case (c == '{' || c == '}') && i+1 < len(marked) && marked[i+1] == c:
			b.WriteByte(c)
			i++
		case c == '{':
			if open {
				return "", nil, fault("an entity inside an entity")
			}
			name, _, ok := strings.Cut(marked[i+1:], ":")
			kind, kindErr := gazetteer.ParseKind(name)
			if !ok || kindErr != nil {
				return "", nil, fault("no kind after {")
			}
			spans = append(spans, Span{Kind: kind, Start: b.Len()})
			open = true
			i += len(name) + 1
		case c == '}':
			if !open {
				return "", nil, fault("} without {")
			}
			if spans[len(spans)-1].End = b.Len(); spans[len(spans)-1].Start == b.Len() {
				return "", nil, fault("an empty entity")
			}
			open = false
		case c == '|' && open:
			id, _, ok := strings.Cut(marked[i+1:], "}")
			if !ok || id == "" || strings.ContainsAny(id, "{|\n") {
				return "", nil, fault("no ID and } after |")
			}
			spans[len(spans)-1].ID = id
			i += len(id)
		default:
			if c == '\n' {
				line, lineStart = line+1, i+1
			}
			b.WriteByte(c)
		}
	}
	if open {
		return "", nil, fmt.Errorf("%d: an entity without }", line)
	}
	return b.String(), spans, nil
}
