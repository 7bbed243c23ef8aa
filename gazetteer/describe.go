package gazetteer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Describe returns a post in a few words: "foreign minister of Kazakhstan, 2019 to 2023",
// "since 2024" where it is held, and "from 2018, still in 2022" where that is no longer
// known: where other posts of the list are known to be held in a later year.
// A title of a single word, such as chairman, is followed by the name of the body, every
// other one by that of the country: "mayor of Osh, Kyrgyzstan, since 2024".
func (g *Gazetteer) Describe(p Post) string {
	office, years := g.office(p), p.years(g.posts().year)
	if years != "" && (years[0] >= '0' && years[0] <= '9' || strings.Contains(office, ",")) {
		return office + ", " + years
	}
	return strings.TrimSpace(office + " " + years)
}

// office returns title and country, or title and body.
func (g *Gazetteer) office(p Post) string {
	country := p.Country
	if e, ok := g.Entry(ID("iso:" + country)); ok {
		country = e.Name
	}
	if p.Body != "" && (country == "" || !strings.Contains(withoutStanding(p.Title), " ")) {
		if body, ok := g.Entry(p.Body); ok {
			return p.Title + ", " + body.Name
		}
	}
	if country == "" {
		return p.Title
	}
	if strings.Contains(p.Title, " of ") {
		return p.Title + ", " + country
	}
	if before, after, ok := strings.Cut(p.Title, " to "); ok { // ambassador to Russia
		return before + " of " + country + " to " + after
	}
	return p.Title + " of " + country
}

// withoutStanding returns a title without what says how it is held.
func withoutStanding(title string) string {
	for _, word := range []string{"acting ", "interim ", "first ", "deputy "} {
		title = strings.TrimPrefix(title, word)
	}
	return title
}

// years returns when a post was held, as it follows what it is, in a list of the year
// given.
func (p Post) years(list int) string {
	from, until, known := p.From.Year, p.Until.Year, p.Known.Year
	switch {
	case until == 0 && from != 0 && known != 0 && known < list:
		return fmt.Sprintf("from %d, still in %d", from, known)
	case until == 0 && from != 0:
		return fmt.Sprintf("since %d", from)
	case until == 0 && known != 0:
		return fmt.Sprintf("in %d", known)
	case until == 0:
		return ""
	case from == 0:
		return fmt.Sprintf("until %d", until)
	case from == until:
		return fmt.Sprintf("in %d", from)
	}
	return fmt.Sprintf("%d to %d", from, until)
}

// latestYear returns the latest year of which a post tells.
func (p Post) latestYear() int { return max(p.From.Year, p.Until.Year, p.Known.Year) }

// standing orders titles: heads of state, heads of government, the others.
func (p Post) standing() int {
	switch {
	case p.Body != "" && strings.HasPrefix(string(p.Body), "organisation:") && !strings.Contains(p.Title, " "):
		return 0 // the president of a bank
	case p.Title == "president" || p.Title == "king" || p.Title == "emir" || p.Title == "supreme leader":
		return 2
	case p.Title == "prime minister" || p.Title == "chancellor" || p.Title == "chairman of the Cabinet of Ministers":
		return 1
	}
	return 0
}

// otherTitle returns what the press also calls the holder of a post, "" for nothing: a head
// of state is his country's leader, and the chairman of the Cabinet of Ministers of Kyrgyzstan
// or Turkmenistan its prime minister.
func (p Post) otherTitle() string {
	switch {
	case p.standing() == 2:
		return "leader"
	case p.Title == "chairman of the Cabinet of Ministers":
		return "prime minister"
	case p.Title == "prime minister":
		return "premier"
	}
	return ""
}

// described returns e with the description that is written from its posts, if it has any:
// from that of head of state or government, or else from the latest. A description that
// tells of a year after all posts stays as it is.
func (g *Gazetteer) described(e Entry) Entry {
	if e.Kind != Person {
		return e
	}
	posts := g.postsOf(e.ID)
	if len(posts) == 0 {
		return e
	}
	latest := 0
	for _, p := range posts {
		latest = max(latest, p.latestYear())
	}
	if latestYearIn(e.Description) > latest {
		return e
	}
	e.Description = g.Describe(foremost(posts))
	return e
}

// foremost returns that of head of state or government, or else the latest of posts, which
// are in order.
func foremost(posts []Post) Post {
	best := posts[0]
	for _, p := range posts {
		if p.standing() > best.standing() {
			best = p
		}
	}
	return best
}

// EntryAt is Entry for a text of a date: a person who held a post then, as far as that is
// known, is described by it. The zero Date stands for no date.
func (g *Gazetteer) EntryAt(id ID, at Date) (Entry, bool) {
	e, ok := g.Entry(id)
	if !ok || e.Kind != Person || at == (Date{}) {
		return e, ok
	}
	held := slices.DeleteFunc(slices.Clone(g.postsOf(id)), func(p Post) bool { return !p.HeldAt(at) })
	if len(held) > 0 {
		e.Description = g.Describe(foremost(held))
	}
	return e, true
}

// latestYearIn returns the greatest number of four digits in a text.
func latestYearIn(text string) (year int) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(word); err == nil && len(word) == 4 {
			year = max(year, n)
		}
	}
	return year
}
