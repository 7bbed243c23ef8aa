package entity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// Short names for bits used often.
const (
	initialShape = token.Initial
	allUpper     = token.AllUpper
)

// Log-odds of what the witnesses say. The sure and ambiguous ones are the prior
// of a listed name; the rest are added.
const (
	sureScore      = 3.5
	ambiguousScore = -1.0
	famousScore    = 0.8 // added to an ambiguous name of what is often in the news
	cuedScore      = 2.5
	weakCueScore   = 1.0
	properScore    = 0.6
	recalledScore  = 3.0
	againstScore   = -3.0
)

// listed adds the candidates that the gazetteer has in sentence i.
func (d *document) listed(i int, s token.Sentence, caps bool) {
	matches := d.Matches[d.Ranges[i]:d.Ranges[i+1]]
	for i := 0; i < len(matches); {
		j := i + 1
		for j < len(matches) && matches[j].Start == matches[i].Start && matches[j].End == matches[i].End {
			j++
		}
		if c, ok := d.best(s, matches[i:j], caps); ok {
			d.propose(c)
			d.rivals(s, matches[i:j], caps, len(d.cands)-1)
		}
		i = j
	}
}

// rivals adds, where the sequence model can choose, what a listed name may mean of
// another type than candidate first: Astana the club, where the city is likelier.
func (d *document) rivals(s token.Sentence, meanings []reading.Match, caps bool, first int) {
	if !d.modelled || caps {
		return
	}
	d.others = d.others[:0]
	for _, m := range meanings {
		if m.Kind != Demonym && d.cands[first].kind != Demonym && typeOf(m.Kind) != typeOf(d.cands[first].kind) {
			d.others = append(d.others, m)
		}
	}
	if len(d.others) == 0 {
		return
	}
	if c, ok := d.best(s, d.others, caps); ok {
		c.rival, d.cands[first].rival = true, true
		d.propose(c)
	}
}

// matchesAt returns the listed names that begin with word k.
func (d *document) matchesAt(k int32) []reading.Match {
	if int(k) >= len(d.Words) {
		return nil
	}
	i, _ := slices.BinarySearchFunc(d.Matches, d.Words[k].Start, func(m reading.Match, start int32) int {
		return cmp.Compare(m.Start, int(start))
	})
	j := i
	for j < len(d.Matches) && d.Matches[j].First == k {
		j++
	}
	return d.Matches[i:j]
}

// best returns the candidate for the likeliest meaning of a listed name.
func (d *document) best(s token.Sentence, meanings []reading.Match, caps bool) (span, bool) {
	m := meanings[0]
	first, last := m.First, m.Last
	c := span{start: int32(m.Start), end: int32(m.End), first: first, last: last, evidence: Listed}
	if !d.Whole(m) {
		return c, false
	}
	if d.currency(c.start, c.end) {
		return c, false
	}
	before, after := d.around(s, first, last)
	x := d.surround(s, first, last)
	best, bestScore := -1, 0.0
	shouted := !caps && first > s.First && last == first+1 && d.Words[first].Shape&allUpper != 0 && m.End-m.Start <= 4
	for i, m := range meanings {
		if shouted && m.Kind != Organisation && m.Kind != Country {
			m.Usage = gazetteer.Ambiguous // OSH within a sentence is hardly Osh
			meanings[i] = m
		}
		score := sureScore
		if m.Usage == gazetteer.Ambiguous {
			score = ambiguousScore
			if m.Kind == Country {
				score += famousScore
			}
			if m.Rank > 0 && m.Rank <= 2 {
				score += famousScore
			}
		}
		cued := x.cue(m.Kind)
		if m.Usage == gazetteer.Ambiguous || cued < 0 {
			score += cued
		}
		if m.Kind == Organisation && x.nation != "" && m.Country == x.nation {
			score += cuedScore
		}
		if m.Country != "" && m.Country == x.country && m.Kind != Country && m.Kind != Demonym {
			score += cuedScore
			if m.Kind == City || m.Kind == Place {
				score += cuedScore
			}
		}
		if memo, ok := d.memory.names[d.nameHash(first, last)]; ok && memo.kind == m.Kind {
			score += 0.5
			if memo.id == m.ID {
				score += recalledScore
			}
		}
		score -= float64(0.01 * float64(i)) // likeliest first
		if best < 0 || score > bestScore {
			best, bestScore = i, score
		}
	}
	m = meanings[best]
	if m.Kind == Demonym && d.language(s, first, last) {
		return c, false
	}
	c.kind, c.id, c.country, c.ambiguous = m.Kind, m.ID, m.Country, m.Usage == gazetteer.Ambiguous
	c.famous = m.Rank > 0 && m.Rank <= 2
	c.score = bestScore
	if shouted && !m.Upper && (c.kind == City || c.kind == Place) && x.cue(c.kind) < strongCue {
		c.score += 4 * againstScore // OSH is occupational safety and health
	}
	if x.cue(m.Kind) >= weakCueScore {
		c.evidence |= Cued
	}
	if c.kind == City && (d.natural(s, last) || d.division(s, first, last) != "") {
		c.kind, c.id, c.country = Place, "", "" // Kunduz province is not the city
	}
	if c.length() > 1 && (c.kind == Person && d.Words[c.first].Cues&reading.Dignity != 0 || c.kind == Organisation && d.Words[c.first].Hash == article) {
		c.first++
		c.start = d.Words[c.first].Start
		c.evidence |= Cued
	}
	d.weighTags(&c, s, caps)
	if c.kind != Person && c.kind != Organisation && d.inEvent(s, last) {
		c.score += 3 * againstScore
	}
	if c.ambiguous && severalBodies(meanings, m) && m.Country != x.nation && (m.Kind == Organisation || m.Rank > 2) {
		c.id = "" // one of several bodies or people, and nothing says which
	}
	if first == last-1 && c.kind != Demonym && before != nil && before.Capital && before.Info&words.Given != 0 && before.Cues&(reading.Title|reading.Month|reading.NotName) == 0 && c.kind != Person && c.ambiguous && after != nil {
		c.score += againstScore // Michael Jordan
	}
	return c, true
}

// currency reports whether a dollar sign stands at the bytes start to end: US$5, $US5.
func (d *document) currency(start, end int32) bool {
	return strings.HasPrefix(d.Text[end:], "$") || strings.HasSuffix(d.Text[:start], "$")
}

// article is the hash of a word that newspapers are listed with and no span
// begins with: The Diplomat.
var article = fold.Hash("the")

// inEvent reports whether a place that ends before word i is part of the name of
// an event, a treaty or a law: the Paris Climate Agreement.
func (d *document) inEvent(s token.Sentence, i int32) bool {
	for k := i; k < s.Last && k < i+4 && d.Words[k].Capital; k++ {
		if d.Words[k].Cues&reading.Event != 0 {
			return true
		}
	}
	return false
}

// severalBodies reports whether a name is shared by other entities of one kind.
func severalBodies(meanings []reading.Match, m reading.Match) bool {
	n := 0
	for _, other := range meanings {
		if other.Kind == m.Kind {
			n++
		}
	}
	return n > 1
}

// weighTags adds what part-of-speech tags and capitals say about a listed name.
func (d *document) weighTags(c *span, s token.Sentence, caps bool) {
	ws := d.Words[c.first:c.last]
	proper := 0
	for _, w := range ws {
		if w.Proper {
			proper++
		}
	}
	english := ws[0].Info&words.English != 0
	if len(ws) == 1 && ws[0].Cues&reading.Month != 0 {
		c.score += againstScore - 1
	}
	if proper == len(ws) {
		c.evidence |= Tagged
		if c.ambiguous && c.first > s.First {
			c.score += properScore
		}
	} else if proper == 0 && c.ambiguous {
		c.score -= properScore
	}
	switch {
	case caps && len(ws) == 1 && english && d.Text[c.end-1] != '.':
		c.score -= 6 // US, WHO and IT in a headline are as likely words
	case caps && c.ambiguous:
		c.score -= 1.5
	case c.ambiguous && c.first == s.First && english:
		c.score -= 1
	}
	if c.ambiguous && len(ws) > 1 && c.kind != Person {
		c.score += 2 // several words are seldom a mere coincidence
	}
}

// around returns the words before and after a span within its sentence, nil
// where there is none.
func (d *document) around(s token.Sentence, first, last int32) (before, after *reading.Word) {
	if first > s.First {
		before = &d.Words[first-1]
	}
	if last < s.Last {
		after = &d.Words[last]
	}
	return before, after
}

// surroundings is what stands around a name, as far as it tells kinds apart.
type surroundings struct {
	person, place, city, organisation, demonym float64
	nation                                     string // the country named just before
	country                                    string // of what stands across a comma: Mary, Turkmenistan; Atlanta, Georgia
}

func (x *surroundings) cue(k Kind) float64 {
	switch k {
	case Person:
		return x.person
	case Country, Place:
		return x.place
	case City:
		return x.place + x.city
	case Organisation:
		return x.organisation
	}
	return x.demonym
}

// surround weighs the words around the span first to last-1 of a sentence.
func (d *document) surround(s token.Sentence, first, last int32) (x surroundings) {
	before, after := d.around(s, first, last)
	possessive := after != nil && after.Class == token.Possessive
	if before != nil {
		switch c := before.Cues; {
		case c&reading.Honorific != 0:
			x.person += cuedScore + 1
			x.place += againstScore
			x.organisation += againstScore
		case c&reading.Title != 0 && before.Capital, c&reading.FamilyWord != 0:
			x.person += cuedScore
			x.place--
		case c&reading.Title != 0:
			x.person += weakCueScore + 0.5
		case before.Shape&initialShape != 0:
			x.person += cuedScore
			x.place += againstScore
		case before.Capital && before.Info&words.Given != 0 && before.Info&words.English == 0 && c&(reading.Month|reading.NotName) == 0:
			x.person += weakCueScore
			x.place += againstScore
		case c&reading.Locative != 0:
			x.place += cuedScore - 0.5
			x.person -= weakCueScore
		case c&reading.BodyWord != 0:
			x.organisation += weakCueScore
		case first-2 >= s.First && d.Words[first-2].Capital && d.word1(first-1) == "of":
			x.place += 1.6
		case c&reading.Speech != 0 && !before.Capital && !possessive:
			x.person += weakCueScore
		}
		if first-2 >= s.First && d.word1(first-1) == "of" && d.Words[first-2].Cues&reading.CityHead != 0 {
			x.city += cuedScore
			x.place += cuedScore
		}
		switch w := d.word1(first - 1); {
		case w == "The" && first-1 > s.First && !d.opens(first-2):
			x.organisation += cuedScore // The Guardian reported
		case w == "the" || w == "The":
			x.organisation += 0.5
		}
		if d.word1(first-1) == "," && first-2 >= s.First && d.Words[first-2].Cues&reading.FamilyWord != 0 {
			x.person += cuedScore
		} else if d.word1(first-1) == "," && first-2 >= s.First && d.Words[first-2].Capital && d.Words[first-2].Proper {
			x.place += weakCueScore
		}
		x.demonym += 0.5
	}
	if after != nil {
		switch c := after.Cues; {
		case c&reading.Speech != 0:
			x.person += weakCueScore
			x.organisation += 0.5
		case c&reading.CityHead != 0:
			x.city += cuedScore
		case c&reading.PlaceHead != 0:
			x.place += cuedScore
			x.person--
		case c&reading.BodyWord != 0:
			x.organisation += cuedScore
		}
		if after.Class == token.Letters && !after.Capital {
			x.demonym += 1.5
		}
		if possessive {
			x.place += weakCueScore
		}
		if d.word1(last) == "," && last+1 < s.Last {
			if c, ok := d.countryListed(s, last+1); ok {
				x.country = c
				x.place += weakCueScore
			}
		}
	}
	if w := &d.Words[max(first-1, 0)]; x.country == "" && first-2 >= s.First && d.Text[w.Start:w.End] == "," {
		x.country = d.cityBefore(first - 1)
	}
	if before != nil && after != nil && last == first+1 && d.word1(first-1) == "(" && d.word1(last) == ")" && d.Words[first].Shape&allUpper != 0 {
		x.place += weakCueScore // Smetov (KAZ)
	}
	x.nation = d.nationBefore(s, first)
	return x
}

// nationBefore returns the code of the country that a nation's name or adjective
// just before word i speaks of: Kazakhstan's, Kazakh, the Kazakh.
func (d *document) nationBefore(s token.Sentence, i int32) string {
	for back := int32(1); back <= 2 && i-back >= s.First; back++ {
		w := d.Words[i-back]
		if c, ok := d.countryAt(i - back); ok {
			return c
		}
		if w.Class != token.Possessive && !w.Capital {
			return ""
		}
	}
	return ""
}

// countryListed returns the country of the country or region listed at word i of
// a sentence.
func (d *document) countryListed(s token.Sentence, i int32) (string, bool) {
	for _, m := range d.matchesAt(i) {
		if (m.Kind == Country || m.Kind == Place) && m.Usage == gazetteer.Sure && m.Country != "" {
			return m.Country, true
		}
	}
	return "", false
}

// cityBefore returns the country of the city found that ends before word i.
func (d *document) cityBefore(i int32) string {
	for c := range d.over(i - 1) {
		if c.last == i && c.kind == City && c.score > 0 {
			return c.country
		}
	}
	return ""
}

// countryAt returns the country of a candidate found already that stands on word
// i and denotes a country, a nation, or one of its places.
func (d *document) countryAt(i int32) (string, bool) {
	for c := range d.over(i) {
		if i < c.last && (c.kind == Country || c.kind == Demonym) {
			return c.country, c.country != ""
		}
	}
	return "", false
}
