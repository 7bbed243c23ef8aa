package gazetteer

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
)

// Limits of a gazetteer. Beyond them Build reports a fault.
const (
	MaxNameBytes = 256       // of one name, ID or description
	MaxNameWords = 16        // words of one name
	MaxNames     = 1_000_000 // names in all
)

// Fault is one thing wrong with the data given to a Builder.
type Fault struct {
	File         string // "" for entries added by Add
	Line, Column int    // from 1; columns count bytes; 0 for entries added by Add
	Reason       string
}

// Error returns "file:line:column: reason".
func (f Fault) Error() string {
	if f.File == "" {
		return f.Reason
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Reason)
}

// record is an entry with its names and where it came from.
type record struct {
	entry   Entry
	names   []Name
	removed bool
	file    string
	line    int
}

// Builder collects entries and names for a Gazetteer. The zero value is ready.
// A Builder is for one goroutine.
type Builder struct {
	records []record
	faults  []error
	names   int
}

// Add adds an entity under e.Name and the other names given. A names element
// equal to e.Name says how that one is to be used; without one it is Sure. An
// empty e.ID is made from kind and name: "person:antony-blinken". What is wrong
// with the entry is reported by Build.
func (b *Builder) Add(e Entry, names ...Name) {
	b.add(record{entry: e, names: slices.Clone(names)})
}

// Remove makes Layered drop the entity of that ID from the layers below.
func (b *Builder) Remove(id ID) {
	b.add(record{entry: Entry{ID: id}, removed: true})
}

func (b *Builder) add(r record) {
	e := &r.entry
	if !r.removed {
		if e.ID == "" && e.Kind.Valid() {
			e.ID = ID(e.Kind.String() + ":" + Slug(e.Name))
		}
		if !slices.ContainsFunc(r.names, func(n Name) bool { return n.Text == e.Name }) {
			r.names = append([]Name{{Text: e.Name}}, r.names...)
		}
	}
	if b.names += len(r.names); b.names > MaxNames {
		if b.names-len(r.names) <= MaxNames {
			b.fault(r, fmt.Sprintf("more than %d names", MaxNames))
		}
		return
	}
	for _, reason := range r.check() {
		b.fault(r, reason)
	}
	b.records = append(b.records, r)
}

func (b *Builder) fault(r record, reason string) {
	if r.file == "" {
		reason = fmt.Sprintf("entry %q: %s", cmp.Or(string(r.entry.ID), r.entry.Name), reason)
	}
	b.faults = append(b.faults, Fault{r.file, r.line, 1, reason})
}

// check returns what is wrong with r.
func (r *record) check() (reasons []string) {
	bad := func(format string, args ...any) { reasons = append(reasons, fmt.Sprintf(format, args...)) }
	e := r.entry
	if e.ID == "" || !plain(string(e.ID)) || strings.Contains(string(e.ID), " ") {
		bad("bad ID %q", e.ID)
	}
	if r.removed {
		return reasons
	}
	if !e.Kind.Valid() {
		bad("no valid kind")
	}
	if !validCountry(e.Country) {
		bad("country %q is not an ISO 3166 code", e.Country)
	}
	if e.Rank < 0 || e.Rank > 4 {
		bad("rank %d is not 1 to 4", e.Rank)
	}
	if e.Population < 0 || uint64(e.Population) > math.MaxUint32 {
		bad("bad population %d", e.Population)
	}
	if !(math.Abs(e.Latitude) <= 90) || !(math.Abs(e.Longitude) <= 180) {
		bad("coordinates %v, %v are not degrees", e.Latitude, e.Longitude)
	}
	for _, s := range []string{string(e.Of), e.Wikidata, e.Description} {
		if s != "" && !plain(s) {
			bad("bad text %q", s)
		}
	}
	seen := map[string]bool{}
	for _, n := range r.names {
		switch {
		case n.Text == "":
			bad("empty name")
		case !plain(n.Text) || strings.TrimSpace(n.Text) != n.Text:
			bad("bad name %q", n.Text)
		case n.Usage > Never:
			bad("name %q has no valid usage", n.Text)
		case n.From < 0 || n.Until < 0 || n.From > 9999 || n.Until > 9999 || n.Until != 0 && n.From > n.Until:
			bad("name %q is used from %d until %d", n.Text, n.From, n.Until)
		case seen[n.Text]:
			bad("name %q given twice", n.Text)
		case len(n.Lang) > 8:
			bad("bad language %q", n.Lang)
		default:
			if words, _, _ := nameWords(n.Text); len(words) == 0 || len(words) > MaxNameWords {
				bad("name %q has %d words, want 1 to %d", n.Text, len(words), MaxNameWords)
			}
		}
		seen[n.Text] = true
	}
	return reasons
}

// plain reports whether s is printable text within the limits.
func plain(s string) bool {
	if len(s) > MaxNameBytes || !utf8.ValidString(s) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F || r == '|' })
}

func validCountry(s string) bool {
	if s != "" && (len(s) < 2 || len(s) > 4) {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// Build compiles what was added. When anything was wrong, with the entries or
// with a file read, the error joins all faults, each a [Fault], and there is no
// gazetteer.
func (b *Builder) Build() (*Gazetteer, error) {
	records := slices.Clone(b.records)
	slices.SortStableFunc(records, func(a, b record) int { return cmp.Compare(a.entry.ID, b.entry.ID) })
	faults := slices.Clone(b.faults)
	for i := 1; i < len(records); i++ {
		if r := records[i]; r.entry.ID == records[i-1].entry.ID {
			f := Fault{r.file, r.line, 1, fmt.Sprintf("ID %s given twice", r.entry.ID)}
			if p := records[i-1]; p.file != "" {
				f.Reason += fmt.Sprintf(", first at %s:%d", p.file, p.line)
			}
			faults = append(faults, f)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return compile(records)
}

// Slug returns the form of a name that stands in an ID: folded, with a hyphen
// between words.
func Slug(name string) string {
	var b []byte
	for _, w := range strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == ',' || r == '(' || r == ')' || r == '"' || r == '!' || r == '&' || r == '–'
	}) {
		if len(b) > 0 {
			b = append(b, '-')
		}
		n := len(b)
		if b, _ = fold.Append(b, w); string(b[n:]) == w && strings.Trim(w, ".'’ʻ") == "" {
			b = b[:max(n-1, 0)]
		}
	}
	return string(b)
}
