package entity

import (
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

// Entity is one mention of a named entity in a text.
type Entity struct {
	Kind       Kind
	Start, End int      // bytes: text[Start:End] == Text
	Text       string   // a substring of the text
	ID         ID       // "" when the entity is not in the gazetteer
	Evidence   Evidence // the witnesses that spoke for it
	Confidence float64  // probability that span and kind are right, 0 to 1
}

// Evidence is a bit set of witnesses.
type Evidence uint8

// The witnesses.
const (
	Listed   Evidence = 1 << iota // the gazetteer has the name
	Tagged                        // the tags of its words say that it is a name
	Cued                          // a word beside or in it says what it is
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

// String returns the names of the witnesses joined by +, such as "listed+cued".
func (e Evidence) String() string { return strings.Join(e.Strings(), "+") }
