package ner

import (
	"iter"
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// leastProposed is the least probability under the sequence model of a span that is
// proposed. What is less probable was right for one name in a thousand.
const leastProposed = 0.01

// proposer appends the candidates of one sentence. None of them stands twice.
type proposer struct {
	*text
	sentence token.Sentence
	begin    int // of the sentence's candidates
	found    []Candidate

	// The candidates of the sentence by their first word, so that a sentence of thousands
	// takes no more time for each: a chain for each word, which the last one begins. All are
	// counted from one; 0 ends a chain.
	chains, next []int32

	firstInverted, lastInverted int32 // see rowOfInverted
}

// propose appends what may be a name in sentence i, in the order of its bytes. names are
// those that the model has found in the whole document.
func (p *proposer) propose(dst []Candidate, t *text, i int, names []model.Name) []Candidate {
	p.start(t, i, dst)
	p.listed(t.Ranges[i], t.Ranges[i+1])
	for _, n := range names {
		p.add(Candidate{Span: p.span(n.First, n.Last)})
	}
	if t.model == nil {
		p.cued(t.Marked(i))
	}
	p.bounds()
	sortSpans(p.found[p.begin:])
	return p.found
}

// start begins with sentence i, before its candidates are appended to dst.
func (p *proposer) start(t *text, i int, dst []Candidate) {
	p.text, p.sentence, p.begin, p.found = t, t.Sentences[i], len(dst), dst
	p.chains, p.next = resized(p.chains, int(p.sentence.Last-p.sentence.First)), p.next[:0]
}

// put appends a candidate.
func (p *proposer) put(c Candidate) {
	p.found = append(p.found, c)
	chain := &p.chains[c.First-p.sentence.First]
	p.next = append(p.next, *chain)
	*chain = int32(len(p.next))
}

// beginning walks the candidates that begin with word k.
func (p *proposer) beginning(k int32) iter.Seq[*Candidate] {
	return func(yield func(*Candidate) bool) {
		for i := p.chains[k-p.sentence.First]; i != 0; i = p.next[i-1] {
			if !yield(&p.found[p.begin+int(i)-1]) {
				return
			}
		}
	}
}

// span returns the span of whole words.
func (t *text) span(first, last int32) Span {
	return Span{t.Words[first].Start, t.Words[last-1].End, first, last}
}

// add appends a candidate unless its bytes are proposed already or denied.
func (p *proposer) add(c Candidate) {
	if p.denied(c.Span) {
		return
	}
	for other := range p.beginning(c.First) {
		if sameBytes(other.Span, c.Span) {
			return
		}
	}
	p.put(c)
}

// denied reports whether the gazetteer says that exactly these bytes are no name.
func (t *text) denied(s Span) bool {
	return len(t.Denied) > 0 && slices.Contains(t.Denied, [2]int32{s.Start, s.End})
}

// listed proposes the matches lo to hi-1, those of the sentence.
func (p *proposer) listed(lo, hi int) {
	for i := lo; i < hi; {
		j := i + 1
		for j < hi && p.Matches[j].Start == p.Matches[i].Start && p.Matches[j].End == p.Matches[i].End {
			j++
		}
		m := p.Matches[i]
		c := Candidate{Span: Span{int32(m.Start), int32(m.End), m.First, m.Last}, meanings: [2]int32{int32(i), int32(j)}}
		c.own = p.ownKinds(&c) != 0
		if p.Whole(m) {
			p.put(c)
		}
		i = j
	}
}

// cued proposes what may be a name without a list or a model: runs of capitalised words,
// and the parts of them that titles, heads of bodies and places, and other names leave.
func (p *proposer) cued(marked []int32) {
	end := p.sentence.First // of the last run
	for _, i := range marked {
		if i < end || !p.nameWord(i) {
			continue
		}
		j := i + 1
		for j < p.sentence.Last && (p.nameWord(j) || p.joins(j)) {
			j++
		}
		p.run(i, j)
		end = j
	}
}

// maxRun is how many words of a run are looked at: no name is longer.
const maxRun = 12

// run proposes the run of the words i to j-1 and parts of it.
func (p *proposer) run(i, j int32) {
	j = min(j, i+maxRun)
	p.person(i, j)
	for k := i; k < j; k++ {
		switch c := p.Words[k].Cues; {
		case c&lexicon.Title != 0 && k+1 < j:
			p.person(k+1, j)
		case c&(lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Publication) != 0:
			p.body(i, k+1, j)
		case c&(lexicon.PlaceHead|lexicon.CityHead) != 0 && k > i, p.listedSurely(k):
			p.person(k+1, j)
			p.whole(i, k+1)
			p.person(i, k)
		}
	}
}

// whole proposes the words first to last-1.
func (p *proposer) whole(first, last int32) {
	if first < last {
		p.add(Candidate{Span: p.span(first, last)})
	}
}

// person proposes what a person's name can be of the words first to last-1.
func (p *proposer) person(first, last int32) {
	for first < last && p.Words[first].Cues&(lexicon.Opener|lexicon.Month|lexicon.OrgHead) != 0 {
		first++
	}
	if last-first <= 5 {
		p.whole(first, last)
	}
}

// body proposes an organisation of the run from word i to end-1 whose head is its last
// word, with and without the phrase that follows after "of", and with heads after it.
func (p *proposer) body(i, end, run int32) {
	first := i
	for f := end - 2; f >= i; f-- {
		if w := &p.Words[f]; w.Cues&lexicon.Title != 0 && w.Cues&(lexicon.OrgHead|lexicon.NotName) == 0 || w.Cues&lexicon.Opener != 0 {
			first = f + 1
			break
		}
	}
	for end < run && p.Words[end].Cues&(lexicon.OrgHead|lexicon.OrgSuffix) != 0 {
		end++
	}
	for last := end; ; {
		p.whole(first, last)
		if k := first + 1; k < end && len(p.listedFrom(first)) > 0 {
			p.whole(k, last) // the Kazakh Ministry, less the people
		}
		next := p.ofPhrase(last)
		if next == last {
			return
		}
		last = next
	}
}

// ofPhrase returns the end of one phrase of "of Foreign Affairs and of Trade" that begins
// at word i, or i when there is none.
func (p *proposer) ofPhrase(i int32) int32 {
	s := p.sentence
	if i >= s.Last || p.Words[i].Cues&(lexicon.Connector|lexicon.And) == 0 {
		return i
	}
	k := i + 1
	if k < s.Last && p.Words[k].Cues&lexicon.Article != 0 {
		k++
	}
	start := k
	for k < s.Last && k < start+maxRun && p.Words[k].Capital && p.Words[k].Cues&lexicon.Month == 0 {
		k++
	}
	if k == start || k-i > maxRun {
		return i
	}
	return k
}

// listedSurely reports whether a sure listed name begins with word k.
func (t *text) listedSurely(k int32) bool {
	for _, m := range t.listedFrom(k) {
		if m.Usage == gazetteer.Sure && m.Kind != gazetteer.Person {
			return true
		}
	}
	return false
}

// nameWord reports whether word i may be part of a name.
func (p *proposer) nameWord(i int32) bool {
	s, w := p.sentence, &p.Words[i]
	if !w.Capital || w.Class != token.Letters || w.Cues&lexicon.Month != 0 && !w.Proper {
		return false
	}
	if i == s.First || p.mark(i-1)&token.Opens != 0 {
		// A capital at a sentence's start says nothing about an English word.
		next := i+1 < s.Last && p.Words[i+1].Capital
		if w.Cues&lexicon.NotName != 0 && w.Cues&(lexicon.OrgHead|lexicon.PlaceFirst) == 0 && (!next || w.Cues&lexicon.Opener != 0) {
			return false
		}
		if w.Info&words.English != 0 && w.Info&(words.Given|words.Surname) == 0 && !next {
			return false
		}
	}
	return w.End-w.Start > 1 || w.Shape&token.Initial != 0
}

// joins reports whether the lower-case word j stands inside a person's name:
// Jaap de Hoop Scheffer.
func (p *proposer) joins(j int32) bool {
	w := &p.Words[j]
	return w.Cues&lexicon.Particle != 0 && !w.Capital && w.Class == token.Letters && j+1 < p.sentence.Last &&
		p.Words[j+1].Capital && p.Words[j+1].Info&words.English == 0
}
