package gazetteer

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Post is an office that a person holds or held.
type Post struct {
	Person  ID
	Title   string // without the country, such as "foreign minister"
	Body    ID     // the organisation, "" when there is none or it is not listed
	Country string // ISO 3166-1 alpha-2, "" when there is none
	From    Date   // the first day, zero when not recorded
	Until   Date   // the last day, zero while the post is held
	Known   Date   // where Until is zero: the day as of which that is known
}

// HeldAt reports whether the post may have been held at a date, by what is known of
// it and of the post: at 2019 it was held when any day of that year may have been among
// its days. The zero Date stands for any time. A post of which no end is known is held
// at every later date; Known says how old that is.
func (p Post) HeldAt(at Date) bool {
	return p.From.order(at) <= 0 && at.order(p.Until) <= 0
}

// endedBy reports whether a post of which no end is known was somebody's before it was
// that of later.
func (p Post) endedBy(later Post) bool {
	return p.Until == (Date{}) && later.From.Compare(p.Known) > 0 && later.Person != p.Person &&
		later.Title == p.Title && later.Country == p.Country && later.Body == p.Body
}

// held are the posts that a gazetteer knows, and the latest year as of which one is known
// to be held.
type held struct {
	posts []Post
	year  int
}

func newHeld(posts []Post) (h held) {
	h.posts = posts
	for _, p := range posts {
		h.year = max(h.year, p.Known.Year)
	}
	return h
}

// Posts walks the posts of a person, the latest first.
func (g *Gazetteer) Posts(person ID) iter.Seq[Post] { return slices.Values(g.postsOf(person)) }

func (g *Gazetteer) postsOf(person ID) []Post {
	posts := g.posts().posts
	lo := 0
	for end := len(posts); lo < end; {
		if middle := int(uint(lo+end) >> 1); posts[middle].Person < person {
			lo = middle + 1
		} else {
			end = middle
		}
	}
	hi := lo
	for hi < len(posts) && posts[hi].Person == person {
		hi++
	}
	return posts[lo:hi:hi]
}

// Holders walks the posts like the one given that may have been held at a date, the
// latest first: those of its Title, Country, Body and Person, as far as these are set.
// Titles are compared without regard to case. A post of which no end is known is taken to
// end when somebody else comes into the same one after the day as of which it is Known.
func (g *Gazetteer) Holders(like Post, at Date) iter.Seq[Post] {
	return func(yield func(Post) bool) {
		var found []Post
		for _, p := range g.posts().posts {
			if (like.Country == "" || p.Country == like.Country) && (like.Body == "" || p.Body == like.Body) &&
				(like.Person == "" || p.Person == like.Person) && (like.Title == "" || strings.EqualFold(p.Title, like.Title)) && p.HeldAt(at) {
				found = append(found, p)
			}
		}
		slices.SortStableFunc(found, latestFirst)
		for i, p := range found {
			if !slices.ContainsFunc(found[:i], p.endedBy) && !yield(p) {
				return
			}
		}
	}
}

// latestFirst orders posts by when they began, or ended where that is all that is known;
// of those that began together the one held longer comes first.
func latestFirst(a, b Post) int {
	return cmp.Or(b.latest().Compare(a.latest()), cmp.Compare(b.untilCode(), a.untilCode()), cmp.Compare(a.Title, b.Title),
		cmp.Compare(a.Country, b.Country), cmp.Compare(a.Body, b.Body))
}

func (p Post) latest() Date {
	if p.From == (Date{}) {
		return p.Until
	}
	return p.From
}

// untilCode is that of the end, greater than any when the post is held.
func (p Post) untilCode() uint64 {
	if p.Until == (Date{}) {
		return ^uint64(0)
	}
	return p.Until.code()
}

// comparePosts is the order in which posts are stored.
func comparePosts(a, b Post) int { return cmp.Or(cmp.Compare(a.Person, b.Person), latestFirst(a, b)) }

// samePost reports whether two posts are one, of which another layer may know a
// different end.
func samePost(a, b Post) bool {
	return a.Person == b.Person && a.Title == b.Title && a.Body == b.Body && a.Country == b.Country && a.From == b.From
}
