package page

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

// Request is a text and what is wanted of it. Decode makes one.
type Request struct {
	Text          string
	Date          gazetteer.Date  // of the text; zero when not said
	ID            json.RawMessage // what a line of a batch is called; nil when nothing
	Line          int             // its number there, from 1
	Kinds         []entity.Kind   // all when empty
	MinConfidence float64         // 0 to 1
	Offsets       string          // bytes (of UTF-8, the default), codepoints or utf16
	Format        string          // of package format; "" for the service's own JSON
	Names         []Name          // of the caller's own
	Alternatives  int             // the most of other meanings that an entity is to have
}

// Name is an entity of the caller's own, laid over the built-in ones.
type Name struct {
	Entry   gazetteer.Entry
	Aliases []string
}

// Form says which fields a request has.
type Form int

// The forms of requests.
const (
	Entities Form = iota // for entities with offsets
	Convert              // for a document in a format
	Line                 // for entities, as a line of a batch
)

// Limits of a request.
const (
	MaxNames   = 1000 // of the caller's own
	maxAliases = 20   // of one of them
	maxOthers  = 100  // other meanings of an entity
	maxID      = 1000 // bytes
)

var units = []string{"bytes", "codepoints", "utf16"}

// Decode reads a request of a form. Any error is a Fault.
func Decode(data []byte, form Form) (*Request, error) {
	r := &Request{Offsets: units[0]}
	given := false
	known := fields{
		{"text", func(value []byte) error { given = true; return text(&r.Text)(value) }},
		{"date", r.takeDate},
		{"kinds", list(100, r.takeKind)},
		{"minConfidence", r.takeConfidence},
		{"names", list(MaxNames, r.takeName)},
	}
	if form == Convert {
		known = append(known, field{"format", oneOf(&r.Format, format.Names())})
	} else {
		known = append(known, field{"offsets", oneOf(&r.Offsets, units)}, field{"alternatives", r.takeAlternatives})
	}
	if form == Line {
		known = append(known, field{"id", r.takeID})
	}
	if err := known.decode(data); err != nil {
		return nil, err
	}
	switch {
	case !given:
		return nil, &Fault{"text", "is missing"}
	case form == Convert && r.Format == "":
		return nil, &Fault{"format", "is missing; the formats are " + strings.Join(format.Names(), ", ")}
	}
	return r, nil
}

func (r *Request) takeID(value []byte) error {
	if len(value) > maxID {
		return &Fault{Reason: fmt.Sprintf("more than %d bytes", maxID)}
	}
	r.ID = slices.Clone(value)
	return nil
}

func (r *Request) takeDate(value []byte) error {
	var s string
	err := text(&s)(value)
	if err == nil {
		r.Date, err = gazetteer.ParseDate(s)
	}
	return err
}

func (r *Request) takeAlternatives(value []byte) error {
	n, err := number(value)
	if err != nil {
		return err
	}
	if !(n >= 0 && n <= maxOthers) || n != math.Trunc(n) {
		return &Fault{Reason: fmt.Sprintf("not a whole number from 0 to %d", maxOthers)}
	}
	r.Alternatives = int(n)
	return nil
}

func (r *Request) takeKind(value []byte) error {
	var k entity.Kind
	err := takeKind(&k)(value)
	r.Kinds = append(r.Kinds, k)
	return err
}

func takeKind(to *entity.Kind) func([]byte) error {
	return func(value []byte) error {
		var s string
		err := text(&s)(value)
		if err == nil {
			*to, err = gazetteer.ParseKind(s)
		}
		return err
	}
}

func (r *Request) takeConfidence(value []byte) error {
	n, err := number(value)
	if err != nil {
		return err
	}
	if !(n >= 0 && n <= 1) {
		return &Fault{Reason: "not between 0 and 1"}
	}
	r.MinConfidence = n
	return nil
}

func (r *Request) takeName(value []byte) error {
	var n Name
	e := &n.Entry
	err := fields{
		{"kind", takeKind(&e.Kind)},
		{"name", text(&e.Name)},
		{"aliases", list(maxAliases, func(value []byte) error {
			var alias string
			err := text(&alias)(value)
			n.Aliases = append(n.Aliases, alias)
			return err
		})},
		{"id", text(&e.ID)},
		{"country", text(&e.Country)},
		{"wikidata", item(&e.Wikidata)},
		{"description", text(&e.Description)},
	}.decode(value)
	switch {
	case err != nil:
		return err
	case !e.Kind.Valid():
		return &Fault{"kind", "is missing"}
	case e.Name == "":
		return &Fault{"name", "is missing"}
	}
	r.Names = append(r.Names, n)
	return nil
}

var wikidataItem = regexp.MustCompile(`^(Q[1-9][0-9]*)?$`)

// item returns a function that takes an item of Wikidata, which the page makes a link of.
func item(to *string) func([]byte) error {
	return func(value []byte) error {
		err := text(to)(value)
		if err == nil && !wikidataItem.MatchString(*to) {
			err = &Fault{Reason: "not an item such as Q2607"}
		}
		return err
	}
}

// oneOf returns a function that takes one of some strings.
func oneOf(to *string, choices []string) func([]byte) error {
	return func(value []byte) error {
		if err := text(to)(value); err != nil {
			return err
		}
		if !slices.Contains(choices, *to) {
			return &Fault{Reason: "not one of " + strings.Join(choices, ", ")}
		}
		return nil
	}
}
