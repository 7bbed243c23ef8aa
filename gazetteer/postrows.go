package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
)

// postRecord is a post and where it came from.
type postRecord struct {
	post         Post
	file         string
	line         int
	person, body int // the columns of both
}

// AddPost adds a post. What is wrong with it is reported by Build.
func (b *Builder) AddPost(p Post) { b.addPost(postRecord{post: p}, nil) }

// addPost adds a post whose columns begin where at says.
func (b *Builder) addPost(r postRecord, at map[string]int) {
	if b.full {
		return
	}
	r.person, r.body = at["person"], at["body"]
	p := &r.post
	column, reason := p.check()
	b.size.bytes += len(p.Person) + len(p.Title) + len(p.Body) + len(p.Country) + minPost
	if limit := b.size.passed(); limit != "" {
		column, reason, b.full = "person", limit, true
	}
	if reason != "" {
		if r.file == "" {
			reason = fmt.Sprintf("post of %s: %s", quote(string(p.Person)), reason)
		}
		b.fault(r.file, r.line, max(at[column], 1), reason)
		return
	}
	if n := len(b.posts); b.Whole && n > 0 && b.posts[n-1].file == r.file && r.file != "" {
		if last := b.posts[n-1].post; comparePostRows(last, *p) > 0 {
			b.fault(r.file, r.line, max(r.person, 1), "not sorted by person, from and title")
		}
	}
	b.posts = append(b.posts, r)
}

// comparePostRows is the order of the rows of a file.
func comparePostRows(a, b Post) int {
	return cmp.Or(cmp.Compare(a.Person, b.Person), a.From.Compare(b.From), cmp.Compare(a.Title, b.Title))
}

// check returns what is wrong with a post, and in which column.
func (p Post) check() (column, reason string) {
	for _, f := range []struct{ column, text string }{{"person", string(p.Person)}, {"post", p.Title}, {"body", string(p.Body)}} {
		switch {
		case f.text == "" && f.column != "body":
			return f.column, "no " + f.column
		case len(f.text) > MaxNameBytes:
			return f.column, fmt.Sprintf("%s of %d bytes, %d are the most: %s", f.column, len(f.text), MaxNameBytes, quote(f.text))
		case !printable(f.text):
			return f.column, fmt.Sprintf("bad text %q", f.text)
		}
	}
	if !validCountry(p.Country) {
		return "country", fmt.Sprintf("country %s is not an ISO 3166 code", quote(p.Country))
	}
	for _, f := range []struct {
		column string
		date   Date
	}{{"from", p.From}, {"until", p.Until}, {"known", p.Known}} {
		if !f.date.valid() {
			return f.column, fmt.Sprintf("%v is no day of the calendar", [3]int{f.date.Year, f.date.Month, f.date.Day})
		}
	}
	switch {
	case p.From.order(p.Until) > 0:
		return "until", fmt.Sprintf("until %v, before %v", p.Until, p.From)
	case p.Until == Date{} && p.Known == Date{}:
		return "known", "no end, and no date as of which that is known"
	case p.Until != Date{} && p.Known != Date{}:
		return "known", "known is for posts without an end"
	case p.Known != Date{} && p.From.order(p.Known) > 0:
		return "known", fmt.Sprintf("known as of %v, before %v", p.Known, p.From)
	}
	return "", ""
}

// checkPosts returns the faults that show when all is read: posts given twice, and, of a
// layer that stands by itself, persons and bodies that are not there.
func (b *Builder) checkPosts(records []record) (faults []error) {
	fault := func(r postRecord, column int, format string, args ...any) {
		if len(faults) < MaxFaults {
			faults = append(faults, Fault{r.file, r.line, max(column, 1), fmt.Sprintf(format, args...)})
		}
	}
	kind := func(id ID) Kind {
		i, ok := slices.BinarySearchFunc(records, id, func(r record, id ID) int { return cmp.Compare(r.entry.ID, id) })
		if !ok || records[i].removed {
			return 0
		}
		return records[i].entry.Kind
	}
	first := map[Post]postRecord{}
	for _, r := range b.posts {
		if b.Whole && kind(r.post.Person) != Person {
			fault(r, r.person, "no person %s", quote(string(r.post.Person)))
		}
		if b.Whole && r.post.Body != "" && kind(r.post.Body) == 0 {
			fault(r, r.body, "no body %s", quote(string(r.post.Body)))
		}
		key := r.post
		key.Until, key.Known = Date{}, Date{}
		if f, ok := first[key]; ok {
			fault(r, r.person, "post given twice, first at %s:%d", f.file, f.line)
		} else {
			first[key] = r
		}
	}
	return faults
}
