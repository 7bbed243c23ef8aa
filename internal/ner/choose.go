package ner

import (
	"cmp"
	"slices"
	"sort"
)

// interval is a candidate that may be chosen.
type interval struct {
	start, end int32
	gain       float64
	candidate  int32 // its number
	before     int32 // how many intervals end where it begins or earlier
	best       float64
	taken      bool // in the best set of the intervals up to it
}

// chooser is the scratch of choose.
type chooser struct{ intervals []interval }

// choose calls each with the numbers of the candidates from first to last-1, and of those
// in more, that do not overlap and whose probabilities pass the threshold by the most in
// all: weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, section 6.1).
// Where F1 is to be as high as can be, a name is worth its probability less a threshold.
func (x *chooser) choose(all []Candidate, ranges [2][2]int32, threshold float64, each func(number int32)) {
	v := x.intervals[:0]
	for _, r := range ranges {
		for i := r[0]; i < r[1]; i++ {
			c := &all[i]
			if c.P <= threshold {
				continue
			}
			gain := c.P - threshold
			if c.own && !takenIn(all, i, r[0], r[1], threshold) {
				gain = ownGain
			}
			v = append(v, interval{start: c.Start, end: c.End, gain: gain, candidate: i})
		}
	}
	x.intervals = v
	slices.SortFunc(v, func(a, b interval) int {
		return cmp.Or(cmp.Compare(a.end, b.end), cmp.Compare(a.start, b.start))
	})
	best := func(n int32) float64 {
		if n == 0 {
			return 0
		}
		return v[n-1].best
	}
	for i := range v {
		w := &v[i]
		w.before = int32(sort.Search(i, func(j int) bool { return v[j].end > w.start }))
		with, without := w.gain+best(w.before), best(int32(i))
		w.taken = with > without
		w.best = max(with, without)
	}
	chosen := len(v)
	for n := int32(len(v)); n > 0; {
		if w := &v[n-1]; w.taken {
			chosen--
			v[chosen].candidate, n = w.candidate, w.before
		} else {
			n--
		}
	}
	for _, w := range v[chosen:] {
		each(w.candidate)
	}
}
