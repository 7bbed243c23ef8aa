package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
)

// group is a bit set of what a name in a compound is listed as.
type group uint8

// The groups: for each one, whether a name is listed so, and whether it is surely.
const (
	somewhere group = 1 << iota
	somebody
	body
	sureSomewhere
	sureSomebody
	sureBody
	famous // somebody who is often in the news

	sureShift = 3
)

// groupOf returns the group of a listed name.
func groupOf(m gazetteer.Match) group {
	g := somewhere // a country, a place or its people
	switch m.Kind {
	case gazetteer.Person:
		g = somebody
		if m.Rank > 0 && m.Rank <= 2 {
			g |= famous
		}
	case gazetteer.Organisation:
		g = body
	}
	if m.Usage == gazetteer.Sure {
		g |= g &^ famous << sureShift
	}
	return g
}

// cutNames divides parts first to last-1 where they are several names, one after the other.
func (c *compound) cutNames(first, last int) {
	cuts := len(c.d.cuts)
	var groups [maxParts]group
	names, abbreviated, beyond := 0, true, false
	for p := first; p < last; names++ {
		end := c.name(p, first, last, &groups[names], &beyond)
		text := c.text(p, end)
		r, _ := utf8.DecodeRuneInString(text)
		if groups[names] == 0 && !unicode.IsUpper(r) {
			c.d.cuts = c.d.cuts[:cuts]
			return
		}
		if groups[names]&sureSomewhere == 0 && strings.ToUpper(text) != text {
			abbreviated = false
		}
		if p = end; p < last {
			c.cutBefore(p)
		}
	}
	if !beyond && c.insideName() || !c.areSeveral(groups[:names], c.text(first, first+1), abbreviated) {
		c.d.cuts = c.d.cuts[:cuts]
	}
}

// name returns the end of the longest listed name that begins with part p, or, when p is the first
// one, ends there, and sets its group; when there is none, that of the part alone. The last name may
// go on beyond the word, as that of EU-Central Asia does.
func (c *compound) name(p, first, last int, g *group, beyond *bool) int {
	end := p + 1
	for q := last; q > p && *g == 0; q-- {
		for _, m := range c.matches {
			begins := m.Start == int(c.bounds[p]) || p == first && m.Start < int(c.bounds[p])
			if ends := m.End == int(c.bounds[q])-1 || q == last && m.End >= int(c.bounds[q]); begins && ends {
				*g |= groupOf(m)
				*beyond = *beyond || m.End >= int(c.bounds[last])
				end = q
			}
		}
	}
	return end
}

// areSeveral reports whether what stands in a compound, beginning with the part head, is several
// names. Abbreviated says that those that are no sure places are in capitals.
func (c *compound) areSeveral(names []group, head string, abbreviated bool) bool {
	if len(names) < 2 {
		return false
	}
	all, some := names[0], group(0)
	unknown := 0
	for _, g := range names {
		all &= g
		some |= g
		if g == 0 {
			unknown++
		}
	}
	joint := c.beforeJoint()
	switch {
	case lexicon.Of(head)&lexicon.Combining != 0:
		return len(names) == 2 && names[1]&sureSomewhere != 0 // Russo-Kazakh
	case unknown > 0:
		return some&sureSomewhere != 0 && (len(names) > 2 || joint) // Almaty-Zharkent-Khorgos
	case c.afterGiven():
		return false // Lola Karimova-Tillyaeva
	case all&somewhere != 0:
		return some&sureSomewhere != 0 // Baku-Tbilisi
	case all&somebody != 0:
		// Trump-Xi
		return all&sureSomebody != 0 || all&famous != 0 && some&sureSomebody != 0 || joint && (some&sureSomebody != 0 || all&famous != 0)
	case all&sureBody != 0:
		return true // Kazatomprom-Cameco
	}
	// EU-Kazakhstan, but not Rosneft-Kyrgyzstan, which is one body
	return abbreviated && all&(sureSomewhere|sureBody) == 0 && some&sureSomewhere != 0 && some&sureBody != 0
}

// beforeJoint reports whether the word after is what several join in, as in the Trump-Xi summit.
func (c *compound) beforeJoint() bool {
	return c.after != nil && lexicon.Of(c.d.Text[c.after.Start:c.after.End])&lexicon.Joint != 0
}

// insideName reports whether a capitalised word goes on after the compound, as in the
// Russo-Japanese War: that is one name.
func (c *compound) insideName() bool {
	return c.after != nil && c.after.Class == token.Letters && c.after.Shape&token.Capital != 0 && !c.beforeJoint()
}

// afterGiven reports whether the word before may be a given name, which a surname follows.
func (c *compound) afterGiven() bool {
	w := c.before
	return w != nil && w.Class == token.Letters && w.Shape&token.Capital != 0 && w.Shape&token.AllUpper == 0 &&
		c.d.givenName(c.d.Text[w.Start:w.End])
}
