package gazetteer

import (
	"fmt"
	"strings"
)

// Describe returns a post in a few words: "foreign minister of Kazakhstan, 2019 to 2023".
// A title of a single word, such as chairman, is followed by the name of the body, every
// other one by that of the country: "mayor of Osh, Kyrgyzstan, since 2024".
func (g *Gazetteer) Describe(p Post) string {
	office, years := g.office(p), p.years()
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

// years returns when a post was held, as it follows what it is.
func (p Post) years() string {
	from, until := p.From.Year, p.Until.Year
	switch {
	case until == 0 && from != 0:
		return fmt.Sprintf("since %d", from)
	case until == 0 && p.Known.Year != 0:
		return fmt.Sprintf("in %d", p.Known.Year)
	case until == 0:
		return ""
	case from == 0:
		return fmt.Sprintf("until %d", until)
	case from == until:
		return fmt.Sprintf("in %d", from)
	}
	return fmt.Sprintf("%d to %d", from, until)
}

// standing orders titles: heads of state, heads of government, the others.
func (p Post) standing() int {
	switch {
	case p.Body != "" && strings.HasPrefix(string(p.Body), "organisation:") && !strings.Contains(p.Title, " "):
		return 0 // the president of a bank
	case p.Title == "president" || p.Title == "king" || p.Title == "emir" || p.Title == "supreme leader":
		return 2
	case p.Title == "prime minister" || p.Title == "chancellor":
		return 1
	}
	return 0
}

// described returns e with the description that is written from its posts, if it has any:
// from that of head of state or government, or else from the latest.
func (g *Gazetteer) described(e Entry) Entry {
	if e.Kind != Person {
		return e
	}
	posts := g.postsOf(e.ID)
	if len(posts) == 0 {
		return e
	}
	best := posts[0]
	for _, p := range posts[1:] {
		if p.standing() > best.standing() {
			best = p
		}
	}
	e.Description = g.Describe(best)
	return e
}
