// Package page is what the page of examples/web consists of: its files, and the
// functions that both the server and the WebAssembly program answer with.
package page

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

//go:embed static
var static embed.FS

// Files returns the files of the page: index.html and what it refers to.
func Files() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}

// Request is a text and what is wanted of it.
type Request struct {
	Text          string        `json:"text"`
	Kinds         []entity.Kind `json:"kinds,omitempty"`         // all when empty
	MinConfidence float64       `json:"minConfidence,omitempty"` // 0 to 1
	Offsets       string        `json:"offsets,omitempty"`       // bytes (of UTF-8, the default), codepoints or utf16
	Format        string        `json:"format,omitempty"`        // for Convert
}

// Convert answers a Request in one of the formats of package format.
func Convert(r Request) (string, error) {
	g := gazetteer.Default()
	var b strings.Builder
	w, err := format.New(r.Format, &b, g)
	if err != nil {
		return "", err
	}
	err = errors.Join(w.Write(format.Header{Source: "text"}, r.Text, tagger(r).Append(nil, r.Text)), w.Close())
	return b.String(), err
}

// Response is what was found.
type Response struct {
	Offsets  string   `json:"offsets"` // the unit of start and end
	Entities []Entity `json:"entities"`
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
	Location    *Coordinates `json:"location,omitempty"`
	Evidence    []string     `json:"evidence"`
	Confidence  float64      `json:"confidence"` // in hundredths
}

// Coordinates are in degrees.
type Coordinates struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Decode reads a Request. The error says what is wrong with it.
func Decode(data []byte) (Request, error) {
	var r Request
	if err := json.Unmarshal(data, &r); err != nil {
		return r, err
	}
	switch r.Offsets {
	case "":
		r.Offsets = "bytes"
	case "bytes", "codepoints", "utf16":
	default:
		return r, fmt.Errorf("offsets %q: want bytes, codepoints or utf16", r.Offsets)
	}
	if !(r.MinConfidence >= 0 && r.MinConfidence <= 1) {
		return r, errors.New("minConfidence is not between 0 and 1")
	}
	return r, nil
}

// Find answers a Request.
func Find(r Request) Response {
	g := gazetteer.Default()
	response := Response{Offsets: r.Offsets, Entities: []Entity{}}
	unit := counter{text: r.Text, unit: r.Offsets}
	for e := range tagger(r).Find(r.Text) {
		x := Entity{
			Kind: e.Kind, Start: unit.at(e.Start), End: unit.at(e.End), Text: e.Text, ID: e.ID,
			Evidence: e.Evidence.Strings(), Confidence: float64(int(e.Confidence*100+0.5)) / 100,
		}
		if entry, ok := g.Entry(e.ID); ok {
			x.Name, x.Country, x.Description = entry.Name, entry.Country, entry.Description
			if entry.Latitude != 0 || entry.Longitude != 0 {
				x.Location = &Coordinates{entry.Latitude, entry.Longitude}
			}
		}
		response.Entities = append(response.Entities, x)
	}
	return response
}

// tagger returns the tagger that a Request asks for.
func tagger(r Request) *entity.Tagger {
	opts := []entity.Option{entity.MinConfidence(r.MinConfidence)}
	if len(r.Kinds) > 0 {
		opts = append(opts, entity.Only(r.Kinds...))
	}
	return entity.New(opts...)
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

// Map is the world drawn in dots, a dot where the gazetteer has a city: the d
// attributes of SVG paths whose coordinates are tenths of a degree, east of 180°
// West and south of the North Pole.
type Map struct {
	World  string `json:"world"`
	Region string `json:"region"` // Central Asia, all its towns
}

// Dots returns the map.
func Dots() Map {
	var world, region []int
	for e := range gazetteer.Default().All() {
		if e.Kind != gazetteer.City {
			continue
		}
		x, y := int(10*(e.Longitude+180)+0.5), int(10*(90-e.Latitude)+0.5)
		world = append(world, (y+5)/10*10*10000+(x+5)/10*10)
		if slices.Contains([]string{"KZ", "KG", "TJ", "TM", "UZ"}, e.Country) {
			region = append(region, y*10000+x)
		}
	}
	return Map{dots(world), dots(region)}
}

// dots returns a path that is a dot for each of the places, y*10000+x.
func dots(places []int) string {
	slices.Sort(places)
	var b strings.Builder
	for _, p := range slices.Compact(places) {
		b.WriteString("M" + strconv.Itoa(p%10000) + " " + strconv.Itoa(p/10000) + "h0")
	}
	return b.String()
}
