package training

import (
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
)

// types are the types of the corpora's labels in lower case; what is not here is no name.
var types = map[string]model.Type{
	"per": model.Person, "loc": model.Location, "org": model.Organisation,
	"person": model.Person, "politician": model.Person, "writer": model.Person, "musicalartist": model.Person,
	"scientist": model.Person, "researcher": model.Person,
	"location": model.Location, "country": model.Location, "city": model.Location, "place": model.Location,
	"organisation": model.Organisation, "politicalparty": model.Organisation, "university": model.Organisation, "band": model.Organisation,
}

// TypeOf returns the type of a label of the corpora, false when it is of no name.
func TypeOf(label string) (model.Type, bool) {
	t, ok := types[strings.ToLower(label)]
	return t, ok
}

// Name is a gold name as the model sees it.
type Name struct {
	Start, End int
	Type       model.Type
}

// AppendNames appends the gold names among spans of a document. What is a demonym to
// the gazetteer is none, also where a corpus calls it a place.
func AppendNames(dst []Name, d *reading.Document, spans []corpus.Span) []Name {
	demonyms := map[[2]int]bool{}
	for _, m := range d.Matches {
		if m.Kind == gazetteer.Demonym && m.Usage == gazetteer.Sure {
			start, end := d.Source(int32(m.Start), int32(m.End))
			demonyms[[2]int{start, end}] = true
		}
	}
	for _, s := range spans {
		t, ok := TypeOf(s.Label)
		if ok && !(t == model.Location && demonyms[[2]int{s.Start, s.End}]) {
			dst = append(dst, Name{s.Start, s.End, t})
		}
	}
	return dst
}
