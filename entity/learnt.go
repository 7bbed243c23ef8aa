package entity

import (
	"cmp"
	"slices"

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
		d.hear(s, n)
	}
}

// hear takes a name that the model has found for a candidate, or for a witness of one that
// there is already.
func (d *document) hear(s token.Sentence, found model.Name) {
	if d.office(s, found) {
		return
	}
	n := d.mended(s, found)
	if n.Type == model.Organisation && d.namesake(n) {
		return
	}
	if c := d.known(n); c != nil {
		if n != found {
			c.believe(n) // of the mended name the model knows nothing
		}
		return
	}
	if d.listedAs(s, n) || d.beyond(n) || n.Last == n.First+1 && d.noName(s, n) {
		return
	}
	c := span{first: n.First, last: n.Last, start: d.Words[n.First].Start, end: d.Words[n.Last-1].End, evidence: Tagged, score: modelShare * logit(n.Probability)}
	last := &d.Words[n.Last-1]
	switch n.Type {
	case model.Person:
		c.kind = Person
		if n.Last-n.First > 1 && last.Cues&reading.Event != 0 {
			return
		}
		if n.Last-n.First > 1 && last.Cues&reading.OrgHead != 0 && last.Info&(words.Surname|words.Given) == 0 {
			c.kind = Organisation // Walter Reed Hospital
		}
	case model.Organisation:
		c.kind = Organisation
	default:
		if last.Cues&reading.Event != 0 || d.inEvent(s, n.Last) || last.Cues&reading.NotName != 0 && n.Last-n.First == 1 {
			return
		}
		c.kind = Organisation
		if last.Hash != embassy {
			c.kind = d.kindOfPlace(s, n)
		}
	}
	d.propose(c)
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
		if !c.ambiguous && !c.rival || c.ambiguous && d.cuedAs(s, n, c.kind) {
			c.believe(n)
			return true
		}
	}
	return false
}

// cuedAs reports whether a name that the model has found stands as things of a kind do.
func (d *document) cuedAs(s token.Sentence, n model.Name, kind Kind) bool {
	x := d.surround(s, n.First, n.Last)
	return x.cue(kind) >= strongCue && x.cue(kind) > x.person && x.cue(kind) > x.organisation
}

// believe lets a candidate take the model's word that it is a name.
func (s *span) believe(n model.Name) {
	s.score = max(s.score, float64(modelShare*logit(n.Probability)))
}

// embassy is the hash of a body that the model takes for a place where somebody goes to it.
var embassy = fold.Hash("embassy")

// government is the hash of a word that names no body by itself.
var government = fold.Hash("government")

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
