package entity

import (
	"strings"

	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// guess adds candidates for names of sentence n that no list has: runs of capitalised
// words, told apart by titles, given names, surnames' endings, and the words that bodies
// and places end or begin with.
func (d *document) guess(n int) {
	s := d.Sentences[n]
	end := s.First // of the last run
	for _, i := range d.Marked(n) {
		if i < end || !d.nameWord(s, i) {
			continue
		}
		j := i + 1
		for j < s.Last && (d.nameWord(s, j) || d.joins(s, j)) {
			j++
		}
		d.guessBody(s, i, j)
		d.guessPlace(s, i, j)
		d.guessPersons(s, i, j)
		end = j
	}
}

// nameWord reports whether word i may be part of a name.
func (d *document) nameWord(s token.Sentence, i int32) bool {
	w := &d.Words[i]
	if !w.Capital || w.Class != token.Letters || w.Cues&reading.Month != 0 && !w.Proper {
		return false
	}
	if i == s.First || d.opens(i-1) {
		// A capital at a sentence's start says nothing about an English word.
		if w.Cues&reading.NotName != 0 && w.Cues&(reading.OrgHead|reading.PlaceFirst) == 0 && !(i+1 < s.Last && d.Words[i+1].Capital && !d.opener(i)) {
			return false
		}
		if w.Info&words.English != 0 && w.Info&(words.Given|words.Surname) == 0 && !(i+1 < s.Last && d.Words[i+1].Capital) {
			return false
		}
	}
	return w.End-w.Start > 1 || w.Shape&initialShape != 0
}

// opener reports whether word i is one that begins sentences and never names.
func (d *document) opener(i int32) bool { return d.Words[i].Cues&reading.Opener != 0 }

// opens reports whether word i is a mark after which a sentence may begin.
func (d *document) opens(i int32) bool {
	switch d.word1(i) {
	case `"`, "“", "‘", "'", ":", "(", "-", "--", "–", "—", "•", "*", "\x93":
		return true
	}
	return false
}

// joins reports whether the lower-case word j stands inside a person's name:
// Jaap de Hoop Scheffer.
func (d *document) joins(s token.Sentence, j int32) bool {
	w := &d.Words[j]
	return w.Cues&reading.Particle != 0 && !w.Capital && w.Class == token.Letters && j+1 < s.Last && d.Words[j+1].Capital && d.Words[j+1].Info&words.English == 0
}

// guessBody adds an organisation that ends, or begins before "of", with a word
// for a body.
func (d *document) guessBody(s token.Sentence, i, j int32) {
	for k := j - 1; k >= i; k-- {
		c := d.Words[k].Cues
		if c&(reading.OrgHead|reading.OrgSuffix|reading.Publication) == 0 || !d.Words[k].Capital {
			continue
		}
		first, last := d.bodyStart(s, i, k), k+1
		for last < j && d.Words[last].Cues&(reading.OrgHead|reading.OrgSuffix) != 0 {
			last++
		}
		score := -0.5
		extended := false
		if end := d.ofPhrase(s, last, c&reading.Government != 0); end > last && c&reading.OrgHead != 0 {
			last, extended = end, true
			score += 2.2
		}
		n := last - first
		switch {
		case c&reading.OrgSuffix != 0 && n >= 2 && d.Words[k].Info&words.English == 0:
			score += 3
		case c&reading.OrgHead != 0 && k-first >= 1:
			score += 2.2
		case c&reading.Publication != 0 && k-first >= 1:
			score += 1.2
		case !extended:
			continue
		}
		d.add(span{first: first, last: last, kind: Organisation, evidence: Cued, score: score})
		return
	}
}

// bodyStart returns the first word of the body whose head is word k of a run
// that begins at i: not a title, nor the people before a ministry.
func (d *document) bodyStart(s token.Sentence, i, k int32) int32 {
	first := i
	for f := k - 1; f >= i; f-- {
		if w := &d.Words[f]; w.Cues&reading.Title != 0 && w.Cues&reading.OrgHead == 0 && w.Cues&reading.NotName == 0 || d.opener(f) {
			first = f + 1
			break
		}
	}
	if d.Words[k].Hash == ministry {
		if end, kind := d.nationAt(first); kind == Demonym && end <= k {
			first = end
		}
	}
	return first
}

// nationAt returns the end of a country or demonym that begins at word i, and its kind; 0
// when there is none.
func (d *document) nationAt(i int32) (end int32, kind Kind) {
	for c := range d.starting(i) {
		if (c.kind == Country || c.kind == Demonym) && c.score > 0 {
			return c.last, c.kind
		}
	}
	return 0, 0
}

// ofPhrase returns the end of "of Foreign Affairs and Trade of Kazakhstan" that
// begins at word i, or i when there is none.
func (d *document) ofPhrase(s token.Sentence, i int32, government bool) int32 {
	end := i
	for range 3 {
		k := end
		if k >= s.Last {
			break
		}
		switch w := d.word1(k); {
		case w == "of" || w == "for" || w == "on":
		case (w == "and" || w == "&") && government && end > i:
			// Foreign Affairs and Trade, but not Kazakhstan and Uzbekistan
			if _, kind := d.nationAt(k + 1); kind != 0 {
				return end
			}
		default:
			return end
		}
		k++
		if k < s.Last && d.word1(k) == "the" {
			k++
		}
		start := k
		for k < s.Last && d.Words[k].Capital && d.Words[k].Cues&reading.Month == 0 {
			k++
		}
		if k == start {
			return end
		}
		end = k
	}
	return end
}

// guessPlace adds a place that ends or begins with a word for one, or stands
// before one in lower case.
func (d *document) guessPlace(s token.Sentence, i, j int32) {
	k := j - 1
	_, after := d.around(s, i, j)
	switch {
	case j-i >= 2 && d.Words[k].Cues&reading.PlaceHead != 0:
		first := i
		for first < k && (d.Words[first].Cues&(reading.Title|reading.NotName) != 0 && d.opener(first)) {
			first++
		}
		if end, kind := d.nationAt(first); kind != 0 && end < k && !d.Words[first].Proper {
			first = end
		}
		if first < k {
			d.add(span{first: first, last: j, kind: Place, evidence: Cued, score: 1.6})
		}
	case j-i >= 2 && d.Words[i].Cues&reading.PlaceFirst != 0:
		d.add(span{first: i, last: j, kind: Place, evidence: Cued, score: 1.5})
	case after != nil && after.Cues&reading.PlaceHead != 0 && !after.Capital && j-i <= 3 && d.Words[i].Info&words.English == 0:
		if _, kind := d.nationAt(i); kind == 0 {
			d.add(span{first: i, last: j, kind: Place, evidence: Cued, score: 1.2})
		}
	}
	x := d.surround(s, i, j)
	if j-i <= 2 && x.city >= cuedScore && d.Words[i].Info&words.English == 0 {
		d.add(span{first: i, last: j, kind: City, evidence: Cued, score: 1.5})
	}
}

// guessPersons adds the persons of a run: after its titles, and between what the
// gazetteer is sure of.
func (d *document) guessPersons(s token.Sentence, i, j int32) {
	first := i
	for k := i; k <= j; k++ {
		if k < j && d.Words[k].Cues&reading.Title == 0 && !d.surelyListed(k) {
			continue
		}
		d.guessPerson(s, first, k)
		first = k + 1
	}
}

// surelyListed reports whether word k belongs to a name that the gazetteer is
// sure of and that is no person's.
func (d *document) surelyListed(k int32) bool {
	for c := range d.over(k) {
		if k < c.last && !c.ambiguous && c.evidence.Has(Listed) && c.kind != Person {
			return true
		}
	}
	return false
}

// guessPerson weighs the words first to last-1 as one person's name.
func (d *document) guessPerson(s token.Sentence, first, last int32) {
	if first > s.First+1 && d.word1(first-1) == "of" && d.Words[first-2].Cues&reading.Title != 0 {
		// Secretary of State Antony Blinken: the office's words are English.
		for first < last-1 && d.Words[first].Info&words.English != 0 && d.Words[first].Info&words.Given == 0 {
			first++
		}
	}
	for first < last && (d.opener(first) || d.Words[first].Cues&(reading.Month|reading.OrgHead) != 0) {
		first++
	}
	n := last - first
	if n < 1 || n > 5 {
		return
	}
	f, l := &d.Words[first], &d.Words[last-1]
	if l.Shape&initialShape != 0 || f.Cues&reading.Particle != 0 && !f.Capital {
		return
	}
	evidence := Evidence(0)
	score := -1.2
	english, proper := 0, 0
	for _, w := range d.Words[first:last] {
		if w.Info&words.English != 0 && w.Info&(words.Given|words.Surname) == 0 || w.Cues&(reading.OrgHead|reading.PlaceHead|reading.OrgSuffix|reading.NotName|reading.Month) != 0 || w.Shape&allUpper != 0 && w.Shape&initialShape == 0 {
			english++
		}
		if w.Proper {
			proper++
		}
	}
	score -= float64(1.5 * float64(english))
	if proper == int(n) {
		evidence |= Tagged
		score += 0.4
	}
	x := d.surround(s, first, last)
	if x.person >= weakCueScore {
		evidence |= Cued
		score += x.person - 0.3
	}
	ending := surnameEnding(d.word1(last - 1))
	if ending {
		score += 1.6
		evidence |= Cued
	}
	if n >= 2 {
		switch {
		case f.Shape&initialShape != 0:
			score += 2.2
		case f.Info&words.Given != 0 && f.Info&words.English == 0:
			score += 2.2
		case f.Info&words.Given != 0 && f.Info&words.Common != 0:
			score += 1.2
		case english == 0:
			score += 1.0
		}
		if l.Info&words.Surname != 0 {
			score += 0.4
		}
		if d.listedSurname(last - 1) {
			score += 1.5
		}
		if first-1 > s.First && d.word1(first-1) == "by" && d.Words[first-2].Cues&reading.Agency != 0 || first-1 == s.First && d.Words[s.First].Cues&reading.Agency != 0 {
			score += 2
			evidence |= Cued
		}
	} else if f.Info&(words.Given|words.Surname) == 0 && !ending && x.person < cuedScore {
		score--
	}
	if x.place > x.person && n == 1 {
		score--
	}
	if first > s.First && (d.word1(first-1) == "the" || d.word1(first-1) == "The") {
		score -= 1.5
	}
	if score > -2 && evidence != 0 {
		d.add(span{first: first, last: last, kind: Person, evidence: evidence, score: score})
	}
}

// listedSurname reports whether word k by itself is the name of a listed person.
func (d *document) listedSurname(k int32) bool {
	for c := range d.starting(k) {
		if c.last == k+1 && c.kind == Person && c.evidence.Has(Listed) {
			return true
		}
	}
	return false
}

// surnameEnding reports whether a word ends as the surnames of the region do.
func surnameEnding(w string) bool {
	if len(w) < 5 {
		return false
	}
	last := w[len(w)-1] | 0x20
	for _, e := range [...]string{"ov", "ev", "ova", "eva", "ow", "ew", "owa", "ewa", "zoda", "zade", "uly", "uulu", "kyzy", "enko", "skiy", "sky", "skaya", "ovich", "evich", "ovna", "evna", "shvili", "dze", "yan"} {
		if e[len(e)-1] == last && len(w) > len(e) && strings.EqualFold(w[len(w)-len(e):], e) {
			return true
		}
	}
	return false
}

// add appends a candidate that stands on whole words. Where the gazetteer has
// said the same, its candidate gains the evidence instead.
func (d *document) add(c span) {
	c.start, c.end = d.Words[c.first].Start, d.Words[c.last-1].End
	proper := true
	for _, w := range d.Words[c.first:c.last] {
		proper = proper && (w.Proper || !w.Capital)
	}
	if proper {
		c.evidence |= Tagged
	}
	c.score = min(c.score, guessLimit)
	for same := range d.starting(c.first) {
		if same.last == c.last && same.kind == c.kind {
			if same.start == c.start && same.end == c.end {
				same.evidence |= c.evidence
				same.score = max(same.score, c.score)
				return
			}
			break
		}
	}
	d.propose(c)
}

// guessLimit bounds the score of what no list has.
const guessLimit = 3
