package gazetteer

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
)

// Limits of a gazetteer. Beyond them Build reports a fault, so that no file, by
// mistake or by malice, takes more memory than they need.
const (
	MaxNameBytes = 256        // of one name, ID or description
	MaxNameWords = 16         // words of one name
	MaxNames     = 1_000_000  // names in all
	MaxWords     = 4_000_000  // words of all names, of which 1,048,575 may be different
	MaxEntities  = maxEntries // entities in all, those that are removed among them
	MaxBytes     = 64 << 20   // of all IDs, names and texts; of a file, of all its rows
	MaxFaults    = 1000       // faults that Build reports; there the reading ends
	MaxMeanings  = 32         // meanings that Match and the tagger tell apart, the likeliest; Lookup knows all
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
	column  int // of the ID, 0 when the file gives none
}

// Builder collects entries and names for a Gazetteer. The zero value is ready.
// A Builder is for one goroutine.
type Builder struct {
	// Whole says that the layer stands by itself: persons and bodies of its posts must be in
	// it, and files of posts sorted. Otherwise they may be in a layer below.
	Whole bool

	records     []record
	posts       []postRecord
	supplements []supplement
	faults      []error
	size        size
	full        bool // a limit was passed, or there are too many faults
}

// size is how much there is of what is limited.
type size struct{ entities, names, words, bytes int }

// Add adds an entity under e.Name and the other names given. A names element
// equal to e.Name says how that one is to be used; without one it is Sure. An
// empty e.ID is made from kind and name: "person:antony-blinken". What is wrong
// with the entry is reported by Build.
func (b *Builder) Add(e Entry, names ...Name) {
	if !e.Kind.Valid() {
		e.Kind = 0
	}
	b.add(record{entry: e, names: slices.Clone(names)}, 0, nil)
}

// Remove makes Layered drop the entity of that ID from the layers below.
func (b *Builder) Remove(id ID) {
	b.add(record{entry: Entry{ID: id}, removed: true}, 0, nil)
}

// Deny says of words that they are no entity at all, whatever finds a name on exactly
// these. It is listed under the ID "none:" and the words, by which a layer above can
// remove it.
func (b *Builder) Deny(words string) {
	b.add(record{entry: Entry{Kind: none, Name: words}, names: []Name{{Text: words, Usage: Deny}}}, 0, nil)
}

// add adds a record that keeps as many bytes of a file in memory, whose columns
// begin where at says.
func (b *Builder) add(r record, bytes int, at map[string]int) {
	if b.full {
		return
	}
	e := &r.entry
	if !r.removed {
		switch {
		case e.ID != "":
		case e.Kind == none:
			e.ID = ID("none:" + slug(e.Name))
		case e.Kind.Valid():
			e.ID = ID(e.Kind.String() + ":" + slug(e.Name))
		}
		if !slices.ContainsFunc(r.names, func(n Name) bool { return n.Text == e.Name }) {
			r.names = append([]Name{{Text: e.Name}}, r.names...)
		}
	}
	fault := func(column, reason string) { b.fault(r.file, r.line, max(at[column], 1), r.describe(reason)) }
	b.size.entities++
	b.size.names += len(r.names)
	b.size.bytes += max(bytes, r.bytes())
	limit := b.size.passed()
	if limit == "" {
		b.size.words += r.check(fault)
		limit = b.size.passed()
	}
	if limit != "" {
		fault("", limit)
		b.full = true
		return
	}
	b.records = append(b.records, r)
}

// passed names the limit that was passed, if one was.
func (s *size) passed() string {
	switch {
	case s.entities > MaxEntities:
		return fmt.Sprintf("more than %d entities", MaxEntities)
	case s.names > MaxNames:
		return fmt.Sprintf("more than %d names", MaxNames)
	case s.words > MaxWords:
		return fmt.Sprintf("more than %d words of names", MaxWords)
	case s.bytes > MaxBytes:
		return fmt.Sprintf("more than %d bytes of entities", MaxBytes)
	}
	return ""
}

// fault notes a fault, as long as there are not too many.
func (b *Builder) fault(file string, line, column int, reason string) {
	switch n := len(b.faults); {
	case n < MaxFaults:
		b.faults = append(b.faults, Fault{file, line, column, reason})
	case n == MaxFaults:
		b.full = true
		b.faults = append(b.faults, Fault{file, line, column, fmt.Sprintf("more than %d faults", MaxFaults)})
	}
}

// bytes returns how long the texts of r are in all.
func (r *record) bytes() int {
	e := &r.entry
	n := len(e.ID) + len(e.Country) + len(e.Of) + len(e.Wikidata) + len(e.Description)
	for _, name := range r.names {
		n += len(name.Text) + len(name.Lang)
	}
	return n
}

// describe puts what r is before what is wrong with it, unless its place says it.
func (r *record) describe(reason string) string {
	if r.file != "" {
		return reason
	}
	return fmt.Sprintf("entry %s: %s", quote(cmp.Or(string(r.entry.ID), r.entry.Name)), reason)
}

// quote returns s in quotation marks; of a long one only how it begins.
func quote(s string) string {
	const most = 80
	if len(s) <= most {
		return strconv.Quote(s)
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return strconv.Quote(s[:n] + "…")
}

// check reports what is wrong with r, and in which column, and returns how many
// words its names have.
func (r *record) check(fault func(column, reason string)) (words int) {
	bad := func(column, format string, args ...any) { fault(column, fmt.Sprintf(format, args...)) }
	e := r.entry
	switch {
	case len(e.ID) > MaxNameBytes:
		bad("id", "ID of %d bytes, %d are the most: %s", len(e.ID), MaxNameBytes, quote(string(e.ID)))
	case e.ID == "" || !printable(string(e.ID)) || strings.Contains(string(e.ID), " "):
		bad("id", "bad ID %q", e.ID)
	}
	if r.removed {
		return 0
	}
	if !e.Kind.Valid() && e.Kind != none {
		bad("kind", "no valid kind")
	}
	if !validCountry(e.Country) {
		bad("country", "country %s is not an ISO 3166 code", quote(e.Country))
	}
	if e.Rank < 0 || e.Rank > 4 {
		bad("rank", "rank %d is not 1 to 4", e.Rank)
	}
	if e.Population < 0 || uint64(e.Population) > math.MaxUint32 {
		bad("population", "bad population %d", e.Population)
	}
	if !(math.Abs(e.Latitude) <= 90) {
		bad("latitude", "latitude %v is not -90 to 90 degrees", e.Latitude)
	}
	if !(math.Abs(e.Longitude) <= 180) {
		bad("longitude", "longitude %v is not -180 to 180 degrees", e.Longitude)
	}
	for _, f := range []struct{ column, text string }{{"of", string(e.Of)}, {"wikidata", e.Wikidata}, {"description", e.Description}} {
		switch {
		case len(f.text) > MaxNameBytes:
			bad(f.column, "%s of %d bytes, %d are the most: %s", f.column, len(f.text), MaxNameBytes, quote(f.text))
		case !printable(f.text):
			bad(f.column, "bad text %q", f.text)
		}
	}
	seen := map[string]bool{}
	for _, n := range r.names {
		count, reason := n.check()
		words += count
		switch {
		case reason != "":
			bad("name", "%s", reason)
		case seen[n.Text]:
			bad("name", "name %s given twice", quote(n.Text))
		case e.Kind == none && n.Usage != Deny:
			bad("name", "what is no entity has no name: %s", quote(n.Text))
		}
		seen[n.Text] = true
	}
	return words
}

// check returns how many words a name has, and what is wrong with it.
func (n *Name) check() (words int, reason string) {
	switch {
	case n.Text == "":
		return 0, "empty name"
	case len(n.Text) > MaxNameBytes:
		return 0, fmt.Sprintf("name of %d bytes, %d are the most: %s", len(n.Text), MaxNameBytes, quote(n.Text))
	case !printable(n.Text) || strings.TrimSpace(n.Text) != n.Text:
		return 0, fmt.Sprintf("bad name %q", n.Text)
	case n.Usage > Deny:
		return 0, fmt.Sprintf("name %q has no valid usage", n.Text)
	case n.From < 0 || n.Until < 0 || n.From > 9999 || n.Until > 9999 || n.Until != 0 && n.From > n.Until:
		return 0, fmt.Sprintf("name %q is used from %d until %d", n.Text, n.From, n.Until)
	case len(n.Lang) > maxLangBytes || strings.ContainsFunc(n.Lang, notOfLanguage):
		return 0, fmt.Sprintf("bad language %s", quote(n.Lang))
	}
	list, _, _ := nameWords(n.Text)
	if len(list) == 0 || len(list) > MaxNameWords {
		return 0, fmt.Sprintf("name %q has %d words, want 1 to %d", n.Text, len(list), MaxNameWords)
	}
	return len(list), ""
}

// maxLangBytes is the length of a name's languages, at most.
const maxLangBytes = 40

// notOfLanguage reports whether r stands in no list of language tags.
func notOfLanguage(r rune) bool {
	return r != '-' && r != ',' && !('0' <= r && r <= '9') && !('a' <= r && r <= 'z') && !('A' <= r && r <= 'Z')
}

// printable reports whether s is printable text.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F || r == '|' })
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
	for i := 1; i < len(records) && len(faults) <= MaxFaults; i++ {
		if r := records[i]; r.entry.ID == records[i-1].entry.ID {
			f := Fault{r.file, r.line, max(r.column, 1), fmt.Sprintf("ID %s given twice", r.entry.ID)}
			if p := records[i-1]; p.file != "" {
				f.Reason += fmt.Sprintf(", first at %s:%d", p.file, p.line)
			}
			faults = append(faults, f)
		}
	}
	faults = append(faults, b.supplemented(records)...)
	faults = append(faults, b.checkPosts(records)...)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	posts := make([]Post, len(b.posts))
	for i, p := range b.posts {
		posts[i] = p.post
	}
	slices.SortStableFunc(posts, comparePosts)
	c, err := compile(records, posts, newSpellings(records))
	if err != nil {
		return nil, err
	}
	return newGazetteer(c), nil
}

// slug returns the form of a name that stands in an ID: folded, with a hyphen
// between words.
func slug(name string) string {
	var b []byte
	for _, w := range strings.FieldsFunc(name, func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == ',' || r == '(' || r == ')' || r == '"' || r == '!' || r == '&' || r == '–'
	}) {
		if strings.Trim(w, ".'’ʻ") == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, '-')
		}
		b, _ = fold.Append(b, w)
	}
	return string(b)
}
