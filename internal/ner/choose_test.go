package ner

import (
	"math/rand/v2"
	"testing"
)

// TestChoose: no set of spans that do not overlap passes the threshold by more in all than
// the one that is chosen, in random texts that are small enough to try all sets.
func TestChoose(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	const threshold = 0.4
	var x chooser
	for range 2000 {
		all := make([]Candidate, 1+random.IntN(9))
		for i := range all {
			start := random.Int32N(12)
			all[i].Start, all[i].End = start, start+1+random.Int32N(5)
			all[i].P = random.Float64()
		}
		got, last := 0.0, int32(0)
		x.choose(all, [2][2]int32{{0, int32(len(all)) / 2}, {int32(len(all)) / 2, int32(len(all))}}, threshold, func(n int32) {
			if all[n].Start < last {
				t.Fatalf("%v: spans overlap or are out of order", all)
			}
			last = all[n].End
			got += all[n].P - threshold
		})
		if want := bestOf(all, 0, threshold); got < want-1e-12 {
			t.Fatalf("%v: %v, want %v", all, got, want)
		}
	}
}

// bestOf returns the most by which a set of the candidates from number i on passes.
func bestOf(all []Candidate, i int, threshold float64) float64 {
	if i == len(all) {
		return 0
	}
	without := bestOf(all, i+1, threshold)
	var rest []Candidate
	for _, c := range all[i+1:] {
		if c.End <= all[i].Start || c.Start >= all[i].End {
			rest = append(rest, c)
		}
	}
	return max(without, all[i].P-threshold+bestOf(rest, 0, threshold))
}

func TestTakenIn(t *testing.T) {
	listed := [2]int32{0, 1}
	for _, c := range []struct {
		name string
		long Candidate
		want bool
	}{
		{"a longer listed name", Candidate{Span: Span{0, 9, 0, 2}, meanings: listed, P: 0.9}, true},
		{"a longer name of the user's", Candidate{Span: Span{0, 9, 0, 2}, meanings: listed, own: true}, true},
		{"a longer name of the model's", Candidate{Span: Span{0, 9, 0, 2}, P: 0.9}, false},
		{"an unlikely one", Candidate{Span: Span{0, 9, 0, 2}, meanings: listed, P: 0.1}, false},
		{"one beside it", Candidate{Span: Span{4, 9, 1, 2}, meanings: listed, P: 0.9}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := []Candidate{{Span: Span{0, 4, 0, 1}, meanings: listed, own: true}, c.long}
			if got := takenIn(all, 0, 0, 2, 0.4); got != c.want {
				t.Errorf("taken in: %v, want %v", got, c.want)
			}
		})
	}
}
