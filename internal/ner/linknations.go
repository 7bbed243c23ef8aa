package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
)

// placeAfter returns the country of the place that a body is in: the Foreign Ministry in
// Moscow.
func (l *linker) placeAfter(c *Candidate) string {
	if c.Kind != gazetteer.Organisation || int(c.Last)+1 >= len(l.Words) || l.Words[c.Last].Cues&lexicon.Locative == 0 {
		return ""
	}
	for _, m := range l.listedFrom(c.Last + 1) {
		if m.Kind == gazetteer.City || m.Kind == gazetteer.Country {
			return m.Country
		}
	}
	return ""
}

// maxBack is how many mentions are looked at before one, and after it in its sentence.
const maxBack = 8

// countryOf returns the country of a mention, as far as it is known by now.
func (l *linker) countryOf(c *Candidate) string {
	switch {
	case c.Country != "":
		return c.Country
	case c.Kind == gazetteer.Person, c.Kind == gazetteer.Organisation && !l.onlyMeaning(c):
		return ""
	}
	return l.likeliest(c).Country
}

// nationsBefore returns the country that a nation's name or adjective just before mention i
// speaks of, and that of the last one before it in its sentence.
func (l *linker) nationsBefore(i int) (just, nearest string) {
	c := &l.found[i]
	for j := i - 1; j >= max(i-maxBack, 0); j-- {
		b := &l.found[j]
		if b.Kind != gazetteer.Country && b.Kind != gazetteer.Demonym {
			continue
		}
		country := l.countryOf(b)
		between := l.Words[min(b.Last, c.First):c.First]
		if len(between) == 0 || len(between) == 1 && between[0].Class == token.Possessive {
			just = country
		}
		return just, country
	}
	return "", ""
}

// appendAround appends the countries of the mentions in the sentence of body i, and returns
// that of the nearest one before this.
func (l *linker) appendAround(dst []string, i int) (around []string, before string) {
	c := &l.found[i]
	for l.sentence > 0 && l.Sentences[l.sentence].First > c.First {
		l.sentence--
	}
	for l.sentence+1 < len(l.Sentences) && l.Sentences[l.sentence].Last <= c.First {
		l.sentence++
	}
	s := l.Sentences[l.sentence]
	for j := i - 1; j >= max(i-maxBack, 0); j-- {
		country := l.countryOf(&l.found[j])
		if country == "" {
			continue
		}
		if l.found[j].First < s.First {
			before = country
			break
		}
		dst = append(dst, country)
	}
	for j := i + 1; j < min(i+maxBack, len(l.found)) && l.found[j].First < s.Last; j++ {
		if country := l.countryOf(&l.found[j]); country != "" {
			dst = append(dst, country)
		}
	}
	return dst, before
}

// ofNation notes how the country of a meaning agrees with those that the text names.
func (l *linker) ofNation(m *Meaning, x *context) {
	if m.Country == "" {
		l.on(meansNowhere)
		return
	}
	l.ofComma(m, x)
	if l.kind == gazetteer.Country {
		return // which is its own evidence
	}
	l.agrees(meansBefore, x.nation, m)
	l.agrees(meansNearest, x.nearest, m)
	l.agrees(meansIn, x.in, m)
	l.agrees(meansFirst, l.people.first, m)
	l.agrees(meansFrom, l.people.from, m)
	l.ofAround(m, x)
	times := l.people.of(m.Country)
	named := 0
	for way, n := range times {
		named += n
		if n > 0 {
			l.add(nth(meansShare, way), float64(n)/float64(l.people.total[way]))
		}
	}
	switch {
	case len(l.people.nations) == 0:
		l.on(meansNoNation)
	case named == 0:
		l.on(meansUnnamed)
	case len(l.people.nations) == 1:
		l.on(meansOnly)
	}
	if m.Country == l.top {
		l.on(meansTop)
	}
}

// agrees notes whether the country of a meaning is one that something tells, if it does.
func (l *linker) agrees(first feature, country string, m *Meaning) {
	switch country {
	case "":
	case m.Country:
		l.on(first)
	default:
		l.on(nth(first, 1))
	}
}

// ofAround notes whether the country of a meaning is that of another mention of the
// sentence, or of the one before the sentence.
func (l *linker) ofAround(m *Meaning, x *context) {
	l.agrees(meansLast, x.lastBefore, m)
	if len(x.around) == 0 {
		return
	}
	n := 0
	for _, country := range x.around {
		if country == m.Country {
			n++
		}
	}
	switch n {
	case 0:
		l.on(nth(meansAround, 1))
	case len(x.around):
		l.on(nth(meansAround, 2))
	}
	if n > 0 {
		l.on(meansAround)
	}
}

// ofComma notes whether a country or a region across a comma is of the country of a meaning.
func (l *linker) ofComma(m *Meaning, x *context) {
	agrees, region, differs := false, false, false
	for _, across := range x.comma {
		if (across.Kind == gazetteer.Country || across.Kind == gazetteer.Place) && across.Country != "" {
			agrees = agrees || across.Country == m.Country && across.Kind == gazetteer.Country
			region = region || across.Country == m.Country
			differs = true
		}
	}
	switch {
	case agrees:
		l.on(meansComma)
	case region:
		l.on(nth(meansComma, 2))
	case differs:
		l.on(nth(meansComma, 1))
	}
}
