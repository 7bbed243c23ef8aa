package entity

import (
	"cmp"
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// How much the score of a candidate keeps of what lists, rules and cues say, and
// how much the sequence model's log-odds add. Chosen on the development sets.
const (
	listedShare = 0.4
	ruleShare   = 0.4
	modelShare  = 0.9
	sureFloor   = 0.03 // the least that the model can say of a sure name
	longFloor   = 0.4  // and of one of several words, or of what is often in the news
)

// typeOf returns the type that the model gives to names of a kind.
func typeOf(k Kind) model.Type {
	switch k {
	case Person:
		return model.Person
	case Organisation:
		return model.Organisation
	}
	return model.Location
}

// weigh lets the sequence model speak for or against the candidates of sentence
// i, and adds the names that it alone has found.
func (d *document) weigh(i int, s token.Sentence) {
	first := d.ranges[i]
	for j := first; j < len(d.cands); j++ {
		c := &d.cands[j]
		if c.part {
			continue // the model knows words, not their parts
		}
		share := ruleShare
		if c.evidence.Has(Listed) {
			share = listedShare
		}
		p := d.learnt(c)
		if c.evidence.Has(Listed) && !c.ambiguous && !c.rival {
			p = max(p, sureFloor)
			if c.length() > 1 || c.famous {
				p = max(p, longFloor)
			}
		}
		c.score = float64(share*c.score) + float64(modelShare*logit(p))
	}
	from, _ := slices.BinarySearchFunc(d.names, s.First, func(n model.Name, word int32) int { return cmp.Compare(n.First, word) })
	for _, n := range d.names[from:] {
		if n.First >= s.Last {
			break
		}
		if d.office(s, n) {
			continue
		}
		found := n
		n.First = d.afterArticle(d.afterOwner(n), n.Last)
		if n.Type != model.Location && n.Last-n.First > 1 && d.Words[n.First].Hash == article {
			n.First++
		}
		switch n.Type {
		case model.Organisation:
			if d.namesake(n) {
				continue
			}
			n.First = d.afterNation(n)
			n.Last = d.withRow(s, d.beforeCity(n))
		case model.Person:
			n.First = d.afterTitle(n)
		}
		if c := d.known(n); c != nil {
			if n != found {
				c.believe(n) // of the mended name the model knows nothing
			}
			continue
		}
		if d.listedAs(s, n) || d.beyond(n) || n.Last == n.First+1 && d.noName(s, n) || d.compound(d.Words[n.Last-1].End) {
			continue
		}
		c := span{first: n.First, last: n.Last, start: d.Words[n.First].Start, end: d.Words[n.Last-1].End, evidence: Tagged, score: modelShare * logit(n.Probability)}
		last := d.Words[n.Last-1].Cues
		switch n.Type {
		case model.Person:
			c.kind = Person
			if n.Last-n.First > 1 && last&reading.Event != 0 {
				continue
			}
			if n.Last-n.First > 1 && last&reading.OrgHead != 0 && d.Words[n.Last-1].Info&(words.Surname|words.Given) == 0 {
				c.kind = Organisation // Walter Reed Hospital
			}
		case model.Organisation:
			c.kind = Organisation
		default:
			if last&reading.Event != 0 || d.inEvent(s, n.Last) || last&reading.NotName != 0 && n.Last-n.First == 1 {
				continue
			}
			if c.kind = d.kindOfPlace(s, n); d.Words[n.Last-1].Hash == embassy {
				c.kind = Organisation
			}
		}
		d.propose(c)
	}
}

// known returns the candidate that a name which the model has found is already, or nil.
func (d *document) known(n model.Name) *span {
	for c := range d.starting(n.First) {
		if c.last == n.Last && c.kind != Demonym && typeOf(c.kind) == n.Type {
			return c
		}
	}
	return nil
}

// noName reports whether a word that the model takes for a name is none by itself: the
// Government, a religion, a language, Thursday, the NT of NT$.
func (d *document) noName(s token.Sentence, n model.Name) bool {
	w := &d.Words[n.First]
	if w.Hash == government || d.currency(w.Start, w.End) || d.language(s, n.First, n.Last) {
		return true
	}
	return w.Cues&reading.Month != 0 && (n.Type != model.Person || w.Info&(words.Given|words.Surname) == 0) ||
		n.Type == model.Organisation && w.Cues&reading.NotName != 0
}

// beyond reports whether a name that the model has found begins with a listed one of several
// words that a sentence ends with: the Space X of "He sold Space X. Musk".
func (d *document) beyond(n model.Name) bool {
	for c := range d.starting(n.First) {
		if c.last < n.Last && c.length() > 1 && d.Text[c.end:d.Words[c.last-1].End] == "." {
			return true
		}
	}
	return false
}

// listedAs reports whether a name that the model has found is listed as something of
// another type: surely, or by an ambiguous name, where it stands as such things do, to go
// to Nice. The candidate of the list then takes the model's word that it is a name.
func (d *document) listedAs(s token.Sentence, n model.Name) bool {
	for c := range d.starting(n.First) {
		if c.last != n.Last || !c.evidence.Has(Listed) || c.kind == Demonym || typeOf(c.kind) == n.Type {
			continue
		}
		x := d.surround(s, n.First, n.Last)
		if !c.ambiguous && !c.rival || c.ambiguous && x.cue(c.kind) >= strongCue && x.cue(c.kind) > x.person && x.cue(c.kind) > x.organisation {
			c.believe(n)
			return true
		}
	}
	return false
}

// believe lets a candidate take the model's word that it is a name.
func (s *span) believe(n model.Name) {
	s.score = max(s.score, float64(modelShare*logit(n.Probability)))
}

// ministry is the hash of the word for bodies that are every nation's.
var ministry = fold.Hash("ministry")

// embassy is the hash of a body that the model takes for a place where somebody goes to it.
var embassy = fold.Hash("embassy")

// government is the hash of a word that names no body by itself.
var government = fold.Hash("government")

// junior is the hash of what is part of a name that is no king's: King Jr.
var junior = fold.Hash("jr")

// strongCue is what a preposition of place, or more, says.
const strongCue = cuedScore - 0.5

// office reports whether a name that the model has found is an office, or an English word
// that belongs to one: Secretary of State, Defence Secretary, Minister for Justice.
func (d *document) office(s token.Sentence, n model.Name) bool {
	if n.Last == n.First+1 {
		if d.Words[n.First].Info&words.English == 0 {
			return false
		}
		if n.Last < s.Last && n.Type == model.Organisation && d.Words[n.Last].Capital && d.Words[n.Last].Cues&reading.Title != 0 {
			return true
		}
		return n.First-2 >= s.First && d.word1(n.First-1) == "of" && d.Words[n.First-2].Cues&reading.Title != 0
	}
	if n.Type != model.Organisation {
		return false
	}
	k := n.First
	for k < n.Last && d.Words[k].Cues&reading.Title != 0 {
		k++
	}
	return n.First < k && k < n.Last && (d.word1(k) == "of" || d.word1(k) == "for") && d.Words[n.Last-1].Cues&reading.OrgHead == 0
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
		if end, kind, _ := d.nationAt(k + 1); kind == Country {
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

// namesake reports whether a body that the model has found is a listed person and
// where he or she is of: Mirziyoyev of Uzbekistan.
func (d *document) namesake(n model.Name) bool {
	for c := range d.starting(n.First) {
		if c.last+1 < n.Last && c.kind == Person && c.evidence.Has(Listed) && !c.ambiguous && d.word1(c.last) == "of" {
			return true
		}
	}
	return false
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

// learnt returns the model's probability for a candidate, with some allowance
// for lists and corpora that disagree on what a name is.
func (d *document) learnt(c *span) float64 {
	if c.kind == Demonym {
		return d.model.Outside(c.first, c.last)
	}
	own := typeOf(c.kind)
	p := 0.0
	for t := range model.Type(model.Types) {
		q := d.model.Probability(c.first, c.last, t)
		if t != own {
			if !c.evidence.Has(Listed) {
				continue
			}
			q *= 0.3
		}
		p += q
	}
	return p
}

// logit returns the log-odds of a probability, kept within four.
func logit(p float64) float64 {
	const most = 0.982
	p = min(max(p, 1-most), most)
	return model.Log(p / (1 - p))
}
