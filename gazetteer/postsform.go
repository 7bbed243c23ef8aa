package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"sort"
)

// Where the lengths of the IDs and of the posts stand in the compiled form.
const (
	idsAt   = len(magic) + 8 + 4*2
	postsAt = len(magic) + 8 + 4*6
)

// minPost is the fewest bytes that a post takes when decoded.
const minPost = 7

// appendPosts appends posts, which are in order: the length of what follows when
// decoded, a uvarint, and what follows, which is DEFLATE when that is shorter. That is a
// table of titles and one of countries (how many, and each with its length before it), how
// many posts, and of each, all uvarints:
//
//   - the person: one more than the place of the entry, or 0, and the ID with its length
//     before it;
//   - the number of its title in the table;
//   - the body like the person;
//   - the number of its country in the table;
//   - the codes of From, Until and Known.
//
// No posts take no bytes.
func appendPosts(dst []byte, posts []Post, records []record) []byte {
	if len(posts) == 0 {
		return dst
	}
	var body []byte
	table := func(of func(Post) string) map[string]uint64 {
		var list []string
		for _, p := range posts {
			list = append(list, of(p))
		}
		slices.Sort(list)
		list = slices.Compact(list)
		numbers := map[string]uint64{}
		body = binary.AppendUvarint(body, uint64(len(list)))
		for i, s := range list {
			body = appendString(body, s)
			numbers[s] = uint64(i)
		}
		return numbers
	}
	titles := table(func(p Post) string { return p.Title })
	countries := table(func(p Post) string { return p.Country })
	id := func(id ID) {
		i, ok := slices.BinarySearchFunc(records, id, func(r record, id ID) int { return cmp.Compare(r.entry.ID, id) })
		if ok {
			body = binary.AppendUvarint(body, uint64(i+1))
		} else {
			body = appendString(append(body, 0), string(id))
		}
	}
	body = binary.AppendUvarint(body, uint64(len(posts)))
	for _, p := range posts {
		id(p.Person)
		body = binary.AppendUvarint(body, titles[p.Title])
		id(p.Body)
		body = binary.AppendUvarint(body, countries[p.Country])
		for _, d := range [...]Date{p.From, p.Until, p.Known} {
			body = binary.AppendUvarint(body, d.code())
		}
	}
	return append(binary.AppendUvarint(dst, uint64(len(body))), body...)
}

// heldPosts decodes the posts of a compiled form that is known to be right.
func (c *compiled) heldPosts() []Post {
	posts, err := c.decodePosts()
	if err != nil {
		panic(err) // the checksum was right, and Parse decodes the posts of other data
	}
	return posts
}

// checkPosts reports posts that no Builder would have taken.
func (c *compiled) checkPosts() error {
	posts, err := c.decodePosts()
	if err != nil {
		return err
	}
	for i, p := range posts {
		if _, reason := p.check(); reason != "" || i > 0 && comparePosts(posts[i-1], p) > 0 {
			return errors.New("gazetteer: bad post of " + quote(string(p.Person)))
		}
	}
	return nil
}

func (c *compiled) decodePosts() ([]Post, error) {
	bad := errors.New("gazetteer: bad posts")
	if c.storedPosts == "" {
		return nil, nil
	}
	body, ok := inflateAfterLength(c.storedPosts, maxDecoded)
	if !ok {
		return nil, bad
	}
	d := decoder{data: body}
	table := func() (list []string) {
		for n := d.uvarint(); n > 0 && !d.bad; n-- {
			list = append(list, d.string())
		}
		return list
	}
	titles, countries := table(), table()
	of := func(list []string) string {
		i := d.uvarint()
		if i >= uint64(len(list)) {
			d.bad = true
			return ""
		}
		return list[i]
	}
	id := func() ID {
		switch n := d.uvarint(); {
		case n == 0:
			return ID(d.string())
		case n <= uint64(c.entryCount):
			return c.id(int(n - 1))
		}
		d.bad = true
		return ""
	}
	count := d.uvarint()
	if d.bad || count > uint64(len(body)-d.pos)/minPost {
		return nil, bad
	}
	posts := make([]Post, 0, count)
	for range count {
		var p Post
		p.Person = id()
		p.Title = of(titles)
		p.Body = id()
		p.Country = of(countries)
		for _, date := range [...]*Date{&p.From, &p.Until, &p.Known} {
			*date = dateOf(d.uvarint())
		}
		if d.bad {
			return nil, bad
		}
		posts = append(posts, p)
	}
	if d.pos != len(body) {
		return nil, bad
	}
	return posts, nil
}

// mergePosts returns the posts of layers, the lowest first: of one that two have the
// later layer's; none of a person whom a layer above removes.
func mergePosts(layers []layer) []Post {
	var posts []Post
	for _, l := range layers {
		above := l.posts()
		posts = slices.DeleteFunc(posts, func(p Post) bool {
			if i, ok := l.find(p.Person); ok && l.kind(i) == 0 {
				return true
			}
			i := sort.Search(len(above), func(i int) bool { return above[i].Person >= p.Person })
			for ; i < len(above) && above[i].Person == p.Person; i++ {
				if samePost(above[i], p) {
					return true
				}
			}
			return false
		})
		posts = append(posts, above...)
	}
	slices.SortStableFunc(posts, comparePosts)
	return posts
}
