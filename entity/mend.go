package entity

import (
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// mended returns a name that the model has found with its first and last words where
// names begin and end by our rules, which are stricter than those of the corpora.
func (d *document) mended(s token.Sentence, n model.Name) model.Name {
	n.First = d.afterArticle(d.afterOwner(n), n.Last)
	if n.Type != model.Location && n.Last-n.First > 1 && d.Words[n.First].Hash == article {
		n.First++
	}
	switch n.Type {
	case model.Organisation:
		n.First = d.afterNation(n)
		n.Last = d.withRow(s, d.beforeCity(n))
	case model.Person:
		n.First = d.afterTitle(n)
	}
	return n
}

// afterOwner returns the first word of a name that the model has found, less what owns
// the rest, where one of the two is listed: the World Bank's Board, the Treasury's Office
// of Foreign Assets Control, but not People's Daily.
func (d *document) afterOwner(n model.Name) int32 {
	for k := n.Last - 2; k > n.First; k-- {
		if d.Words[k].Class != token.Possessive {
			continue
		}
		for c := range d.over(k - 1) {
			if c.last == k && c.first >= n.First && c.evidence.Has(Listed) && !c.ambiguous && c.score > 0 {
				return k + 1
			}
		}
		for c := range d.starting(k + 1) {
			if c.last == n.Last && c.evidence.Has(Listed) && !c.ambiguous {
				return k + 1
			}
		}
	}
	return n.First
}

// afterArticle returns the first word after a "the" that begins another name:
// said on Twitter the Federal Aviation Administration. The article of "Bank for
// the Blind" stands after a lower-case word.
func (d *document) afterArticle(first, last int32) int32 {
	for k := last - 2; k > first; k-- {
		if d.word1(k) == "the" && d.Words[k-1].Capital {
			return k + 1
		}
	}
	return first
}

// afterNation returns the first word of a body that the model has found, less the
// people before a ministry: the Russian Foreign Ministry. The people takes the model's word
// that something is named. The nation of other bodies is part of their names: U.S. Senate.
func (d *document) afterNation(n model.Name) int32 {
	for c := range d.starting(n.First) {
		if c.kind == Demonym && (c.score > 0 || c.evidence.Has(Listed) && !c.ambiguous) && c.last < n.Last && d.isMinistry(c.last, n.Last) {
			c.believe(n)
			return c.last
		}
	}
	return n.First
}

// beforeCity returns a body that the model has found, less the city that it is in, which
// then takes the model's word that something is named: the Aga Khan Lycee in Khorog.
func (d *document) beforeCity(n model.Name) model.Name {
	for k := n.Last - 2; k > n.First; k-- {
		if d.word1(k) != "in" {
			continue
		}
		for c := range d.starting(k + 1) {
			if c.last == n.Last && c.kind == City && c.evidence.Has(Listed) && !c.ambiguous && !d.listedBody(n.First, n.Last) {
				c.believe(n)
				n.Last = k
				return n
			}
		}
	}
	return n
}

// listedBody reports whether the words first to last-1 are a listed name of an organisation.
func (d *document) listedBody(first, last int32) bool {
	for c := range d.starting(first) {
		if c.last == last && c.kind == Organisation && c.evidence.Has(Listed) {
			return true
		}
	}
	return false
}

// withRow returns the end of a ministry that the model has found with what follows in the
// row of its tasks: the Ministry of Labour, Migration and Employment of Tajikistan.
func (d *document) withRow(s token.Sentence, n model.Name) int32 {
	if n.Last-n.First < 3 || d.Words[n.First].Hash != ministry {
		return n.Last
	}
	k := n.Last
	for last := false; !last; {
		if k >= s.Last || !d.inRow(k) {
			return n.Last
		}
		last = d.word1(k) != ","
		k++
		if k < s.Last && k-1 > n.Last && d.word1(k) == "and" {
			last = true // Health, Labour, and Sport
			k++
		}
		first := k
		for k < s.Last && k-n.Last < maxTasks && d.task(k) {
			k++
		}
		if k == first {
			return n.Last
		}
	}
	if k < s.Last && d.Words[k].Capital {
		return n.Last // the Ministry of the Interior and Border Guards
	}
	if k+1 < s.Last && d.word1(k) == "of" {
		if end, kind := d.nationAt(k + 1); kind == Country {
			return end
		}
	}
	return k
}

// maxTasks is how many words may stand in the row of a ministry's tasks, after the first.
const maxTasks = 16

// task reports whether word k may be of what a ministry is for: a capitalised English word
// that is no body, title or sure name itself.
func (d *document) task(k int32) bool {
	w := &d.Words[k]
	return w.Capital && w.Info&words.English != 0 && w.Cues&(reading.OrgHead|reading.Title|reading.Month|reading.NotName) == 0 &&
		!slices.ContainsFunc(d.matchesAt(k), func(m reading.Match) bool { return m.Usage == gazetteer.Sure && d.Whole(m) })
}

// isMinistry reports whether the body that words first to last-1 name is a ministry.
func (d *document) isMinistry(first, last int32) bool {
	return slices.ContainsFunc(d.Words[first:last], func(w reading.Word) bool { return w.Hash == ministry })
}

// afterTitle returns the first word of a person's name that the model has found,
// less the titles before it: King Mswati.
func (d *document) afterTitle(n model.Name) int32 {
	first := n.First
	for ; first < n.Last-1; first++ {
		w := &d.Words[first]
		dignity := w.Cues&(reading.Dignity|reading.Honorific) != 0 && d.Words[first+1].Hash != junior
		if w.Cues&reading.Title == 0 || !dignity && (w.Info&words.English == 0 || w.Info&words.Given != 0) {
			break
		}
	}
	return first
}

// ministry is the hash of the word for bodies that are every nation's.
var ministry = fold.Hash("ministry")

// junior is the hash of what is part of a name that is no king's: King Jr.
var junior = fold.Hash("jr")
