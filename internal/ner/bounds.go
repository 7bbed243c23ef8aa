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
	of   func(p *proposer, s Span) (first, last int32)
}

var trims = [...]trim{
	{"article", afterArticle},
	{"title", afterTitle},
	{"owner", afterOwner},
	{"nation", afterNation},
	{"city", beforeCity},
}

// Bounds are the names of the trims and extensions, for the switches of an ablation.
func Bounds() (names []string) {
	for _, t := range trims {
		names = append(names, "trim "+t.name)
	}
	for _, e := range extensions {
		names = append(names, "extension "+e.name)
	}
	return names
}

// What is known of candidates by the trims and extensions: which of them has proposed one,
// and which extensions have proposed longer ones that hold it.
var (
	madeBy = names("made-by", Bounds()...)
	heldBy = names("held-by", Bounds()[len(trims):]...)
)

// bounds proposes what the trims and the extensions make of the candidates found so far.
func (p *proposer) bounds() {
	for i, n := p.begin, len(p.found); i < n; i++ {
		c := p.found[i]
		if c.words() > 1 && c.meanings[1] == c.meanings[0] {
			for k := range trims {
				p.bound(k, c.Span, [2]int32{}, trims[k].of)
			}
		}
		for k := range extensions {
			p.bound(len(trims)+k, c.Span, [2]int32{c.First, c.Last}, extensions[k].of)
		}
	}
	p.rowOfInverted()
	for i := p.begin; i < len(p.found); i++ {
		if made := int(p.found[i].madeBy) - 1 - len(trims); made >= 0 {
			if made == inverted {
				p.found[i].inversion = p.inversion(p.found[i])
			}
			p.hold(p.found[i], made)
		}
	}
}

// hold notes the candidates that a longer one holds, which an extension has made.
func (p *proposer) hold(by Candidate, extension int) {
	for k := by.First; k < by.Last; k++ {
		for c := range p.beginning(k) {
			if c.Last <= by.Last && c.words() < by.words() {
				c.heldBy |= 1 << extension
				c.inversion |= by.inversion
			}
		}
	}
}

// bound proposes the words that a rule gives to a candidate. The model says of them what it
// says of the words of base, if there are any.
func (p *proposer) bound(number int, s Span, base [2]int32, rule func(p *proposer, s Span) (first, last int32)) {
	if p.off.Bounds&(1<<number) != 0 {
		return
	}
	if first, last := rule(p, s); first < last && (first != s.First || last != s.Last) {
		p.add(Candidate{Span: p.span(first, last), base: base, madeBy: uint8(number + 1)})
	}
}

// afterArticle leaves out an article: of The Hague's Peace Palace, or before another name.
func afterArticle(p *proposer, c Span) (first, last int32) {
	for k := c.Last - 2; k >= c.First; k-- {
		if p.Words[k].Cues&lexicon.Article != 0 && (k == c.First || p.Words[k-1].Capital) {
			return k + 1, c.Last
		}
	}
	return c.First, c.Last
}

// afterTitle leaves out the titles before a person: King Mswati.
func afterTitle(p *proposer, c Span) (first, last int32) {
	first = c.First
	for first < c.Last-1 && p.Words[first].Cues&lexicon.Title != 0 {
		first++
	}
	return first, c.Last
}

// afterOwner leaves out what owns the rest: the World Bank's Board.
func afterOwner(p *proposer, c Span) (first, last int32) {
	for k := c.Last - 2; k > c.First; k-- {
		if p.Words[k].Class == token.Possessive {
			return k + 1, c.Last
		}
	}
	return c.First, c.Last
}

// afterNation leaves out the people before a body: the Russian Foreign Ministry.
func afterNation(p *proposer, c Span) (first, last int32) {
	for _, m := range p.listedFrom(c.First) {
		if m.Kind == gazetteer.Demonym && m.Last < c.Last {
			return m.Last, c.Last
		}
	}
	return c.First, c.Last
}

// beforeCity leaves out the city that a body is in: the Aga Khan Lycee in Khorog.
func beforeCity(p *proposer, c Span) (first, last int32) {
	for k := c.Last - 2; k > c.First; k-- {
		if p.Words[k].Cues&lexicon.Locative == 0 {
			continue
		}
		for _, m := range p.listedFrom(k + 1) {
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
