package entity

import (
	"cmp"
	"slices"

	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// resolve makes one answer of the candidates of all sentences. A first reading
// accepts what stands by itself and remembers it; a second one lets that settle
// the short names before and after it.
func (d *document) resolve() {
	d.spans = d.spans[:0]
	for i := range d.Sentences {
		d.choose(i, false)
	}
	for i := range d.spans {
		d.remember(&d.spans[i])
	}
	d.spans = d.spans[:0]
	for i, s := range d.Sentences {
		d.recall(i, s)
		first := len(d.spans)
		d.choose(i, true)
		for k := first; k < len(d.spans); k++ {
			if c := &d.spans[k]; c.id == "" {
				d.link(s, c)
			}
		}
	}
}

// choose appends to d.spans the candidates of sentence i that are more likely
// right than wrong and do not overlap a better one: the longest sensible name
// wins.
func (d *document) choose(i int, second bool) {
	cands := d.cands[d.ranges[i]:d.ranges[i+1]]
	first := len(d.spans)
	if second {
		d.longer = resized(d.longer, len(d.Words))
		for _, c := range cands {
			if c.score > 0 && c.length() > 1 {
				for k := c.first; k < c.last; k++ {
					d.longer[k] |= 1 << c.kind
				}
			}
		}
		for _, r := range d.recalled {
			// What is known of its parts says nothing against a longer name.
			if d.longer[r.first]&(1<<r.kind) == 0 {
				d.spans = append(d.spans, r)
			}
		}
		for _, c := range cands {
			clear(d.longer[c.first:c.last])
		}
	}
	for _, c := range cands {
		if second {
			d.settle(i, d.Sentences[i], &c)
		}
		if c.score > 0 {
			d.spans = append(d.spans, c)
		}
	}
	found := d.spans[first:]
	slices.SortStableFunc(found, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.strength(), a.strength()), cmp.Compare(a.start, b.start))
	})
	kept := found[:0]
	d.taken = resized(d.taken, len(d.Words))
	for _, c := range found {
		if slices.Contains(d.taken[c.first:c.last], true) {
			continue
		}
		kept = append(kept, c)
		for k := c.first; k < c.last; k++ {
			d.taken[k] = true
		}
	}
	for _, c := range kept {
		clear(d.taken[c.first:c.last])
	}
	slices.SortFunc(kept, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	d.spans = d.spans[:first+len(kept)]
}

// placed reports whether a listed name stands as a place: the Jordan of "King
// Abdullah of Jordan" is no person, whoever was named before.
func (d *document) placed(s token.Sentence, c *span) bool {
	if c.kind != Country && c.kind != City && c.kind != Place {
		return false
	}
	x := d.surround(s, c.first, c.last)
	return x.place > x.person+1.5 || x.country != "" && x.country == c.country
}

// placedAt reports whether a name listed at word k stands as a place.
func (d *document) placedAt(s token.Sentence, k int32) bool {
	for c := range d.starting(k) {
		if c.evidence.Has(Listed) && d.placed(s, c) {
			return true
		}
	}
	return false
}

// resized returns a slice of n zeros, s itself when it is long enough: whoever
// writes to it sets it back to zero.
func resized[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	return make([]T, n+n/4)
}

// strength orders candidates that overlap.
func (s *span) strength() float64 { return s.score + float64(1.5*float64(s.length()-1)) }

// settle lets the memory of the document speak for or against a candidate of
// sentence i.
func (d *document) settle(i int, s token.Sentence, c *span) {
	memo, ok := d.memory.names[d.nameHash(c.first, c.last)]
	if ok && !memo.full && c.id == "" && !c.evidence.Has(Listed) && c.kind != Demonym {
		if k := memo.elected(); k != c.kind {
			c.kind, c.evidence = k, c.evidence|Recalled
		}
	}
	if !ok || !memo.full || memo.kind == Person && c.length() == 1 && d.placedAt(s, c.first) {
		return
	}
	switch {
	case memo.kind == c.kind && memo.id != "" && (c.id == memo.id || c.ambiguous || c.id == ""):
		c.id, c.country = memo.id, memo.country
	case memo.kind == c.kind && c.id == "":
	case memo.kind != c.kind && (c.ambiguous || c.id == "") && memo.kind == Person && c.length() == 1 && !d.placed(s, c):
		c.kind, c.id, c.country, c.evidence = memo.kind, memo.id, memo.country, 0
	case memo.kind == Organisation && c.id == "" && !c.evidence.Has(Listed) && c.length() == 1:
		c.kind, c.id, c.country = memo.kind, memo.id, memo.country
	default:
		if memo.kind == c.kind && c.id != memo.id && memo.id == "" && c.kind == Person && c.length() == 1 {
			// A namesake without an entry was named in full: this is that one.
			c.id, c.country = "", ""
			break
		}
		return
	}
	c.evidence |= Recalled
	c.score = max(c.score, recalledScore)
}

// stands reports whether word k is accepted as a name of that kind without memory.
func (d *document) stands(k int32, kind Kind) bool {
	for c := range d.starting(k) {
		if c.last == k+1 && c.kind == kind && c.score > 0 {
			return true
		}
	}
	return false
}

// recall sets d.recalled: what sentence i names that only the memory knows.
func (d *document) recall(i int, s token.Sentence) {
	d.recalled = d.recalled[:0]
	for _, k := range d.Marked(i) {
		w := &d.Words[k]
		if !w.Capital {
			continue
		}
		memo, ok := d.memory.names[w.Hash]
		if !ok || memo.kind == Demonym {
			continue
		}
		if !memo.full && memo.id == "" {
			memo.kind = memo.elected()
		}
		if w.Info&words.English != 0 && (k == s.First || d.Capitals[i] || !w.Proper) {
			continue
		}
		if memo.kind == Organisation && len(d.word1(k)) < 6 && w.Shape&allUpper == 0 {
			continue
		}
		if memo.kind == Person && d.placedAt(s, k) {
			continue
		}
		if (memo.kind == Country || memo.kind == City || memo.kind == Place) && d.inEvent(s, k+1) {
			continue
		}
		if d.currency(w.Start, w.End) {
			continue
		}
		if !memo.full && d.stands(k, memo.kind) {
			continue // what is remembered may be this very name
		}
		score := recalledScore - 0.5
		if !memo.full {
			score = 0.8
		}
		c := span{start: w.Start, end: w.End, first: k, last: k + 1, kind: memo.kind, id: memo.id, country: memo.country, evidence: Recalled, score: score}
		if w.Proper {
			c.evidence |= Tagged
		}
		if w.Shape&token.HasHyphen == 0 || memo.kind == Person {
			d.recalled = append(d.recalled, c)
		}
	}
}
