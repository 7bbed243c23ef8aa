package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// A trim gives other first and last words to a candidate of several words that is no
// listed name: the same ones when it has nothing to say. What it gives is proposed beside
// the candidate, and the layer tells which of the two is likelier.
type trim struct {
	name string
	of   func(t *text, c Span) (first, last int32)
}

var trims = [...]trim{
	{"article", afterArticle},
	{"title", afterTitle},
	{"owner", afterOwner},
	{"nation", afterNation},
	{"city", beforeCity},
}

// Trims are the names of the trims, for the switches of an ablation.
func Trims() (names []string) {
	for _, t := range trims {
		names = append(names, t.name)
	}
	return names
}

// bounds proposes what the trims make of the candidates found so far.
func (p *proposer) bounds() {
	for i, n := p.begin, len(p.found); i < n; i++ {
		c := p.found[i]
		if c.words() < 2 || c.Part || c.meanings[1] > c.meanings[0] {
			continue
		}
		for k := range trims {
			if p.off.Trims&(1<<k) != 0 {
				continue
			}
			if first, last := trims[k].of(p.text, c.Span); first < last && (first != c.First || last != c.Last) {
				p.whole(first, last)
			}
		}
	}
}

// afterArticle leaves out an article: of The Hague's Peace Palace, or before another name.
func afterArticle(t *text, c Span) (first, last int32) {
	for k := c.Last - 2; k >= c.First; k-- {
		if t.Words[k].Cues&lexicon.Article != 0 && (k == c.First || t.Words[k-1].Capital) {
			return k + 1, c.Last
		}
	}
	return c.First, c.Last
}

// afterTitle leaves out the titles before a person: King Mswati.
func afterTitle(t *text, c Span) (first, last int32) {
	first = c.First
	for first < c.Last-1 && t.Words[first].Cues&lexicon.Title != 0 {
		first++
	}
	return first, c.Last
}

// afterOwner leaves out what owns the rest: the World Bank's Board.
func afterOwner(t *text, c Span) (first, last int32) {
	for k := c.Last - 2; k > c.First; k-- {
		if t.Words[k].Class == token.Possessive {
			return k + 1, c.Last
		}
	}
	return c.First, c.Last
}

// afterNation leaves out the people before a body: the Russian Foreign Ministry.
func afterNation(t *text, c Span) (first, last int32) {
	for _, m := range t.listedFrom(c.First) {
		if m.Kind == gazetteer.Demonym && m.Last < c.Last {
			return m.Last, c.Last
		}
	}
	return c.First, c.Last
}

// beforeCity leaves out the city that a body is in: the Aga Khan Lycee in Khorog.
func beforeCity(t *text, c Span) (first, last int32) {
	for k := c.Last - 2; k > c.First; k-- {
		if t.Words[k].Cues&lexicon.Locative == 0 {
			continue
		}
		for _, m := range t.listedFrom(k + 1) {
			if m.Last == c.Last && isPlace(m) {
				return c.First, k
			}
		}
	}
	return c.First, c.Last
}

// isPlace reports whether a match is a country, a city or another place.
func isPlace(m reading.Match) bool {
	return m.Kind == gazetteer.Country || m.Kind == gazetteer.City || m.Kind == gazetteer.Place
}
