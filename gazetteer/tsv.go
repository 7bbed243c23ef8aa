package gazetteer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxLineBytes is the longest line that ReadTSV accepts, without its line break.
const MaxLineBytes = 1 << 20

// columns are the columns of a TSV file of entities, in the order in which the project's
// own files have them.
var columns = []string{"id", "kind", "country", "name", "aliases", "rank", "population", "latitude", "longitude", "of", "wikidata", "description"}

// postColumns are those of a file of posts.
var postColumns = []string{"person", "post", "body", "country", "from", "until", "known", "source"}

// ReadTSV adds the entities, or posts, of a tab-separated file, one a row. The first line
// names the columns, in any order: kind and name are required; id, country,
// aliases, rank, population, latitude, longitude, of, wikidata and description
// may be left out. Blank lines and lines that begin with # are skipped.
//
// Aliases are separated by |. A name or an alias may carry attributes after
// semicolons: ambiguous, never, deny, lang=kk, from=2019, until=2022. A row of kind
// "remove" needs an id only and removes that entity from the layers below. A row of kind
// "none" denies its names: they are no entity at all.
//
// A file with the column person is one of posts: person (an ID) and post (the title,
// without the country: "foreign minister") are required; body (the ID of an
// organisation), country, from, until, known and source may be left out. Dates are
// YYYY, YYYY-MM or YYYY-MM-DD. A post without until is held, and known says as of when.
// What source says is not kept.
//
// A file with the column id and neither kind nor name says more of entities that other
// files given to the same Builder have: names, separated by |, with attributes as aliases
// have them, and the language of all of them in lang; wikidata, latitude and longitude.
// What source says is not kept.
//
// The name stands before line and column in faults, all of which wait for Build.
// A line has up to MaxLineBytes; where a limit of the gazetteer is passed, or
// there are more than MaxFaults, the reading ends.
func (b *Builder) ReadTSV(name string, r io.Reader) {
	t := tsv{b: b, file: name, at: map[string]int{}}
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 64<<10), MaxLineBytes+len("\r\n")+1)
	tooLong := false
	for !b.full && !tooLong && s.Scan() && s.Err() == nil { // what stands before an error is half a line
		if tooLong = len(s.Bytes()) > MaxLineBytes; !tooLong {
			t.line++
			t.row(s.Text())
		}
	}
	if b.full {
		return
	}
	if err := s.Err(); tooLong || errors.Is(err, bufio.ErrTooLong) {
		t.line++
		t.fault(MaxLineBytes+1, "line longer than %d bytes", MaxLineBytes)
	} else if err != nil {
		t.line++
		t.fault(1, "%v", err)
	} else if t.header == nil {
		t.line = max(t.line, 1)
		t.fault(1, "no header line")
	}
}

// What the rows of a file are of.
const (
	ofEntities = iota
	ofPosts
	ofSupplements
)

// tsv is one file being read.
type tsv struct {
	b      *Builder
	file   string
	line   int
	header []string
	kind   int            // what its rows are of
	at     map[string]int // where the columns of the row begin
}

func (t *tsv) fault(column int, format string, args ...any) {
	t.b.fault(t.file, t.line, column, fmt.Sprintf(format, args...))
}

func (t *tsv) row(line string) {
	if t.line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	if !utf8.ValidString(line) {
		n := 0
		for {
			r, size := utf8.DecodeRuneInString(line[n:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			n += size
		}
		t.fault(n+1, "not UTF-8")
		return
	}
	if strings.TrimSpace(line) == "" || line[0] == '#' {
		return
	}
	if t.header == nil {
		t.readHeader(strings.Split(line, "\t"))
		return
	}
	if n := strings.Count(line, "\t") + 1; n != len(t.header) {
		t.fault(len(line)+1, "%d fields in the row, want %d", n, len(t.header))
		return
	}
	fields := strings.Split(line, "\t")
	if t.kind != ofEntities {
		if t.kind == ofPosts {
			t.post(fields)
		} else {
			t.supplement(fields)
		}
		return
	}
	before := len(t.b.faults)
	rec := record{file: t.file, line: t.line}
	column := 1
	var primary Name
	seen := map[string]bool{}
	for i, field := range fields {
		t.at[t.header[i]] = column
		switch t.header[i] {
		case "name":
			if field != "" {
				primary, _ = t.name(field, column)
			}
			rec.entry.Name = primary.Text
			seen[primary.Text] = true
			rec.names = append([]Name{primary}, rec.names...)
		case "aliases":
			at := column
			for alias := range strings.SplitSeq(field, "|") {
				if field != "" && !t.b.full {
					if n, ok := t.name(alias, at); ok {
						rec.names = append(rec.names, n)
						if seen[n.Text] {
							t.fault(at, "name %s given twice", quote(n.Text))
						}
						seen[n.Text] = true
					}
				}
				at += len(alias) + 1
			}
		default:
			t.field(&rec, t.header[i], field, column)
		}
		if column += len(field) + 1; t.b.full {
			return
		}
	}
	rec.column = t.at["id"]
	if rec.removed {
		rec.names, rec.entry = nil, Entry{ID: rec.entry.ID}
	}
	if rec.entry.Kind == none {
		for i := range rec.names {
			rec.names[i].Usage = Deny
		}
	}
	if len(t.b.faults) == before {
		t.b.add(rec, len(line), t.at)
	}
}

func (t *tsv) readHeader(fields []string) {
	column := 1
	t.header = fields
	known, required := columns, []string{"kind", "name"}
	switch {
	case slices.Contains(fields, "person"):
		t.kind, known, required = ofPosts, postColumns, []string{"person", "post"}
	case !slices.Contains(fields, "kind") && slices.Contains(fields, "id") && !slices.Contains(fields, "name"):
		t.kind, known, required = ofSupplements, supplementColumns, []string{"id"}
	}
	for i, f := range fields {
		if t.b.full {
			return
		}
		if !slices.Contains(known, f) {
			t.fault(column, "unknown column %s; the columns are %s", quote(f), strings.Join(known, ", "))
		} else if slices.Index(fields, f) != i {
			t.fault(column, "column %q given twice", f)
		}
		column += len(f) + 1
	}
	for _, name := range required {
		if !slices.Contains(fields, name) {
			t.fault(1, "no column %q", name)
		}
	}
}

// post adds the post of a row.
func (t *tsv) post(fields []string) {
	r := postRecord{file: t.file, line: t.line}
	p := &r.post
	column := 1
	for i, field := range fields {
		t.at[t.header[i]] = column
		var err error
		switch t.header[i] {
		case "person":
			p.Person = ID(field)
		case "post":
			p.Title = field
		case "body":
			p.Body = ID(field)
		case "country":
			p.Country = field
		case "from":
			p.From, err = ParseDate(field)
		case "until":
			p.Until, err = ParseDate(field)
		case "known":
			p.Known, err = ParseDate(field)
		}
		if err != nil {
			t.fault(column, "%s: %v", t.header[i], err)
			return
		}
		column += len(field) + 1
	}
	t.b.addPost(r, t.at)
}

// name parses a name with its attributes.
func (t *tsv) name(s string, column int) (n Name, ok bool) {
	text, attributes, _ := strings.Cut(s, ";")
	n.Text = text
	if text == "" {
		t.fault(column, "empty name")
		return n, false
	}
	at := column
	column += len(text) + 1
	for attributes != "" {
		var a string
		a, attributes, _ = strings.Cut(attributes, ";")
		key, value, _ := strings.Cut(a, "=")
		var err error
		switch key {
		case "sure":
			n.Usage = Sure
		case "ambiguous":
			n.Usage = Ambiguous
		case "never":
			n.Usage = Never
		case "deny":
			n.Usage = Deny
		case "lang":
			n.Lang = value
		case "from":
			n.From, err = strconv.Atoi(value)
		case "until":
			n.Until, err = strconv.Atoi(value)
		default:
			t.fault(column, "unknown attribute %s of name %s", quote(a), quote(text))
			return n, false
		}
		if err != nil {
			t.fault(column, "bad year %s of name %s", quote(value), quote(text))
			return n, false
		}
		column += len(a) + 1
	}
	if _, reason := n.check(); reason != "" {
		t.fault(at, "%s", reason)
		return n, false
	}
	return n, true
}

// field parses one field that is not a name.
func (t *tsv) field(rec *record, column, s string, at int) {
	e := &rec.entry
	var err error
	switch column {
	case "id":
		e.ID = ID(s)
	case "kind":
		switch {
		case s == "remove":
			rec.removed = true
		case s == "none":
			e.Kind = none
		default:
			e.Kind, err = ParseKind(s)
		}
	case "country":
		if s != "-" {
			e.Country = s
		}
	case "rank":
		e.Rank, err = number(s)
	case "population":
		e.Population, err = number(s)
	case "latitude":
		e.Latitude, err = degrees(s)
	case "longitude":
		e.Longitude, err = degrees(s)
	case "of":
		e.Of = ID(s)
	case "wikidata":
		e.Wikidata = s
	case "description":
		e.Description = s
	}
	if err != nil {
		t.fault(at, "%s: %v", column, err)
	}
}

func number(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%s is not a whole number", quote(s))
	}
	return n, nil
}

func degrees(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, fmt.Errorf("%s is not a number of degrees", quote(s))
	}
	return f, nil
}
