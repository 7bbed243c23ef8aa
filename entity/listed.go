package entity

import (
	"github.com/steppe-ner/steppe/gazetteer"
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
	cuedScore      = 2.5
	weakCueScore   = 1.0
	properScore    = 0.6
	recalledScore  = 3.0
	againstScore   = -3.0
)

// listed adds the candidates that the gazetteer has in a sentence.
func (t *Tagger) listed(d *document, s token.Sentence, caps bool) {
	d.matches = t.gazetteer.AppendMatches(d.matches[:0], d.text, d.tokens[s.First:s.Last])
	w := s.First
	for i := 0; i < len(d.matches); {
		j := i + 1
		for j < len(d.matches) && d.matches[j].Start == d.matches[i].Start && d.matches[j].End == d.matches[i].End {
			j++
		}
		m := d.matches[i]
		for int(d.words[w].End) <= m.Start {
			w++
		}
		last := w + 1
		for int(d.words[last-1].End) < m.End {
			last++
		}
		if c, ok := d.best(s, d.matches[i:j], w, last, caps); ok {
			d.cands = append(d.cands, c)
		}
		i = j
	}
}

// best returns the candidate for the likeliest meaning of a listed name that
// stands on the words first to last-1.
func (d *document) best(s token.Sentence, meanings []gazetteer.Match, first, last int32, caps bool) (span, bool) {
	m := meanings[0]
	c := span{start: int32(m.Start), end: int32(m.End), first: first, last: last, evidence: Listed}
	part := c.start != d.words[first].Start || c.end != d.words[last-1].End
	if part && c.end != d.words[last-1].End && d.text[d.words[first].Start:c.start] == "" {
		// Moscow-based holds Moscow; a name that merely begins with a listed one does not.
		if rest := d.text[c.end:d.words[last-1].End]; rest[1:] != "based" {
			return c, false
		}
	} else if part {
		return c, false
	}
	before, after := d.around(s, first, last)
	x := d.surround(s, first, last)
	best, bestScore := -1, 0.0
	for i, m := range meanings {
		score := sureScore
		if m.Usage == gazetteer.Ambiguous {
			score = ambiguousScore
		}
		cued := x.cue(m.Kind)
		if m.Usage == gazetteer.Ambiguous || cued < 0 {
			score += cued
		}
		if m.Kind == Organisation && x.nation != "" && m.Country == x.nation {
			score += cuedScore
		}
		if m.Country != "" && m.Country == x.country && m.Kind != Country {
			score += cuedScore
		}
		if memo, ok := d.memory.names[d.nameHash(first, last)]; ok && memo.kind == m.Kind {
			score += 0.5
			if memo.id == m.ID {
				score += recalledScore
			}
		}
		score -= 0.01 * float64(i) // likeliest first
		if best < 0 || score > bestScore {
			best, bestScore = i, score
		}
	}
	m = meanings[best]
	c.kind, c.id, c.country, c.ambiguous = m.Kind, m.ID, m.Country, m.Usage == gazetteer.Ambiguous
	c.score = bestScore
	if x.cue(m.Kind) >= weakCueScore {
		c.evidence |= Cued
	}
	d.weighTags(&c, s, caps)
	c.generic = c.ambiguous && severalBodies(meanings, m)
	if c.generic && m.Country != x.nation && (m.Kind == Organisation || m.Rank > 2) {
		c.id = "" // one of several bodies or people, and nothing says which
	}
	if first == last-1 && c.kind != Demonym && before != nil && before.capital && before.info&words.Given != 0 && before.cues&(title|month|notName) == 0 && c.kind != Person && c.ambiguous && after != nil {
		c.score += againstScore // Michael Jordan
	}
	return c, true
}

// severalBodies reports whether a name is shared by other entities of one kind.
func severalBodies(meanings []gazetteer.Match, m gazetteer.Match) bool {
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
	ws := d.words[c.first:c.last]
	proper := 0
	for _, w := range ws {
		if w.proper {
			proper++
		}
	}
	english := ws[0].info&words.English != 0
	if proper == len(ws) {
		c.evidence |= Tagged
		if c.ambiguous && c.first > s.First {
			c.score += properScore
		}
	} else if proper == 0 && c.ambiguous {
		c.score -= properScore
	}
	switch {
	case caps && len(ws) == 1 && english && d.text[c.end-1] != '.':
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
func (d *document) around(s token.Sentence, first, last int32) (before, after *word) {
	if first > s.First {
		before = &d.words[first-1]
	}
	if last < s.Last {
		after = &d.words[last]
	}
	return before, after
}

// surroundings is what stands around a name, as far as it tells kinds apart.
type surroundings struct {
	person, place, city, organisation, demonym float64
	nation                                     string // the country named just before
	country                                    string // the country named just after a comma
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
		switch c := before.cues; {
		case c&honorific != 0:
			x.person += cuedScore + 1
			x.place += againstScore
			x.organisation += againstScore
		case c&title != 0 && before.capital, c&familyWord != 0:
			x.person += cuedScore
			x.place--
		case c&title != 0:
			x.person += weakCueScore + 0.5
		case before.Shape&initialShape != 0:
			x.person += cuedScore
			x.place += againstScore
		case before.capital && before.info&words.Given != 0 && before.info&words.English == 0 && c&(month|notName) == 0:
			x.person += weakCueScore
			x.place += againstScore
		case c&locative != 0:
			x.place += cuedScore - 0.5
			x.person -= weakCueScore
		case c&bodyWord != 0:
			x.organisation += weakCueScore
		}
		if first-2 >= s.First && d.word1(first-1) == "of" && d.words[first-2].cues&cityHead != 0 {
			x.city += cuedScore
			x.place += cuedScore
		}
		if w := d.word1(first - 1); w == "the" || w == "The" {
			x.organisation += 0.5
		}
		if d.word1(first-1) == "," && first-2 >= s.First && d.words[first-2].proper {
			x.place += weakCueScore
		}
		x.demonym += 0.5
	}
	if after != nil {
		switch c := after.cues; {
		case c&speech != 0:
			x.person += weakCueScore
			x.organisation += 0.5
		case c&cityHead != 0:
			x.city += cuedScore
		case c&placeHead != 0:
			x.place += cuedScore
			x.person--
		case c&bodyWord != 0:
			x.organisation += cuedScore
		}
		if after.Class == token.Letters && !after.capital {
			x.demonym += 1.5
		}
		if possessive {
			x.place += weakCueScore
		}
		if d.word1(last) == "," && last+1 < s.Last {
			if c, ok := d.countryAt(last + 1); ok {
				x.country = c
				x.place += weakCueScore
			}
		}
	}
	x.nation = d.nationBefore(s, first)
	return x
}

// nationBefore returns the code of the country that a nation's name or adjective
// just before word i speaks of: Kazakhstan's, Kazakh, the Kazakh.
func (d *document) nationBefore(s token.Sentence, i int32) string {
	for back := int32(1); back <= 2 && i-back >= s.First; back++ {
		w := d.words[i-back]
		if c, ok := d.countryAt(i - back); ok {
			return c
		}
		if w.Class != token.Possessive && !w.capital {
			return ""
		}
	}
	return ""
}

// countryAt returns the country of a candidate found already that stands on word
// i and denotes a country, a nation, or one of its places.
func (d *document) countryAt(i int32) (string, bool) {
	for j := len(d.cands) - 1; j >= 0 && d.cands[j].last+16 > i; j-- {
		c := &d.cands[j]
		if c.first <= i && i < c.last && (c.kind == Country || c.kind == Demonym) {
			return c.country, c.country != ""
		}
	}
	return "", false
}
