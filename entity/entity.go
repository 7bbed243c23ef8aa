package entity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
)

// Kind is the kind of an entity.
type Kind = gazetteer.Kind

// ID identifies an entity of the gazetteer.
type ID = gazetteer.ID

// The kinds, as in package gazetteer. The first four are what most callers want;
// Place is every other named place, Demonym an adjective or noun of nation,
// people or state.
const (
	Person       = gazetteer.Person
	Country      = gazetteer.Country
	City         = gazetteer.City
	Organisation = gazetteer.Organisation
	Place        = gazetteer.Place
	Demonym      = gazetteer.Demonym
)

// Entity is one mention of a named entity in a text. As JSON it is an object like
//
//	{"kind":"city","start":13,"end":20,"text":"Bishkek","id":"geonames:1528675","evidence":["listed"],"confidence":0.98,"idConfidence":0.99}
//
// with both probabilities as they are.
type Entity struct {
	Kind       Kind     `json:"kind"`
	Start      int      `json:"start"` // bytes: text[Start:End] == Text
	End        int      `json:"end"`
	Text       string   `json:"text"`         // a substring of the text
	ID         ID       `json:"id,omitempty"` // "" when the entity is not in the gazetteer, or it is unsure which one it is
	Evidence   Evidence `json:"evidence"`     // the witnesses that spoke for it
	Confidence float64  `json:"confidence"`   // probability that span and kind are right, 0 to 1

	// IDConfidence is the probability that the entity is the one that ID names, or is none
	// of the gazetteer's where ID is empty, given that span and kind are right: 0 to 1, and 0
	// for demonyms and where ID is empty because no meaning was likely enough.
	IDConfidence float64 `json:"idConfidence,omitempty"`
}

// Evidence is a bit set of witnesses.
type Evidence uint8

// The witnesses.
const (
	Listed   Evidence = 1 << iota // the gazetteer has the name
	Tagged                        // the tags of its words, or the sequence model, say that it is a name
	Cued                          // a word beside or in it, or its form, says what it is
	Recalled                      // the document's other names say what it is
	Own                           // a layer laid over the default gazetteer has the name
)

var evidenceNames = [...]string{"listed", "tagged", "cued", "recalled", "own"}

// Has reports whether all the witnesses of w are in e.
func (e Evidence) Has(w Evidence) bool { return e&w == w }

// Strings returns the names of the witnesses, in the order of the constants.
func (e Evidence) Strings() []string {
	names := make([]string, 0, len(evidenceNames))
	for i, name := range evidenceNames {
		if e.Has(1 << i) {
			names = append(names, name)
		}
	}
	return names
}

// MarshalJSON returns the names of the witnesses as an array of strings.
func (e Evidence) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i, name := range e.Strings() {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendQuote(b, name)
	}
	return append(b, ']'), nil
}

// UnmarshalJSON is the inverse of MarshalJSON. It fails on a name that is no witness's. It
// spares programs that import the package encoding/json, which hands it valid JSON.
func (e *Evidence) UnmarshalJSON(data []byte) error {
	list, isArray := strings.CutPrefix(strings.TrimSpace(string(data)), "[")
	if !isArray {
		return fmt.Errorf("entity: %s is no array of witnesses", data)
	}
	*e = 0
	list = strings.TrimSpace(strings.TrimSuffix(list, "]"))
	if list == "" {
		return nil
	}
	for field := range strings.SplitSeq(list, ",") {
		name, err := strconv.Unquote(strings.TrimSpace(field))
		i := slices.Index(evidenceNames[:], name)
		if err != nil || i < 0 {
			return fmt.Errorf("entity: unknown witness %s; the witnesses are %s", field, strings.Join(evidenceNames[:], ", "))
		}
		*e |= 1 << i
	}
	return nil
}

// String returns the names of the witnesses joined by +, such as "listed+cued".
func (e Evidence) String() string { return strings.Join(e.Strings(), "+") }
