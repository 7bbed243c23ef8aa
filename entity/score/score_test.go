package score_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
)

func TestReport(t *testing.T) {
	var r score.Report
	gold := []score.Span{{Kind: gazetteer.Person, Start: 0, End: 7}, {Kind: gazetteer.City, Start: 11, End: 17}, {Kind: gazetteer.City, Start: 20, End: 24}}
	found := []score.Span{{Kind: gazetteer.Person, Start: 0, End: 7}, {Kind: gazetteer.Country, Start: 11, End: 17}}
	missed, invented := r.Add(gold, found)
	if diff := cmp.Diff(gold[1:], missed); diff != "" {
		t.Errorf("missed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(found[1:], invented); diff != "" {
		t.Errorf("invented (-want +got):\n%s", diff)
	}
	if got, want := r.Total(), (score.Count{Right: 1, Invented: 1, Missed: 2}); got != want {
		t.Errorf("total %v, want %v", got, want)
	}
	if got, want := r.Kind(gazetteer.City), (score.Count{Missed: 2}); got != want {
		t.Errorf("city %v, want %v", got, want)
	}
	if got := r.Total(gazetteer.Person).F1(); got != 1 {
		t.Errorf("F1 of persons %v, want 1", got)
	}
}

func TestNothing(t *testing.T) {
	if c := (score.Count{}); c.Precision() != 1 || c.Recall() != 1 || c.F1() != 1 {
		t.Errorf("nothing to find and nothing found is not perfect: %v", c)
	}
}

func TestCompare(t *testing.T) {
	s := func(k gazetteer.Kind, start, end int) score.Span { return score.Span{Kind: k, Start: start, End: end} }
	p, c, o := gazetteer.Person, gazetteer.City, gazetteer.Organisation
	for name, test := range map[string]struct {
		gold, found []score.Span
		want        []score.Pair
	}{
		"nothing":    {nil, nil, []score.Pair{}},
		"right":      {[]score.Span{s(p, 0, 3)}, []score.Span{s(p, 0, 3)}, []score.Pair{{Gold: s(p, 0, 3), Found: s(p, 0, 3)}}},
		"kind":       {[]score.Span{s(p, 0, 3)}, []score.Span{s(c, 0, 3)}, []score.Pair{{Gold: s(p, 0, 3), Found: s(c, 0, 3)}}},
		"missed":     {[]score.Span{s(p, 0, 3)}, nil, []score.Pair{{Gold: s(p, 0, 3)}}},
		"invented":   {[]score.Span{s(p, 0, 3)}, []score.Span{s(p, 3, 5)}, []score.Pair{{Gold: s(p, 0, 3)}, {Found: s(p, 3, 5)}}},
		"parts":      {[]score.Span{s(o, 0, 20)}, []score.Span{s(c, 0, 5), s(o, 8, 12), s(o, 13, 20)}, []score.Pair{{Gold: s(o, 0, 20), Found: s(o, 8, 12)}, {Found: s(c, 0, 5)}, {Found: s(o, 13, 20)}}},
		"joined":     {[]score.Span{s(p, 0, 5), s(c, 6, 9)}, []score.Span{s(c, 0, 9)}, []score.Pair{{Gold: s(p, 0, 5)}, {Gold: s(c, 6, 9), Found: s(c, 0, 9)}}},
		"span first": {[]score.Span{s(p, 0, 5), s(p, 3, 9)}, []score.Span{s(c, 3, 9)}, []score.Pair{{Gold: s(p, 0, 5)}, {Gold: s(p, 3, 9), Found: s(c, 3, 9)}}},
	} {
		if diff := cmp.Diff(test.want, score.Compare(test.gold, test.found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestOddSpans: empty spans are the same where they stand at one place, and those of no
// kind are left out.
func TestOddSpans(t *testing.T) {
	city, none := score.Span{Kind: gazetteer.City, Start: 5, End: 5}, score.Span{Start: 5, End: 5}
	want := []score.Pair{{Gold: city, Found: city}, {Found: city}}
	got := score.Compare([]score.Span{none, city, {Kind: 99, Start: 9, End: 12}}, []score.Span{none, city, city})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var r score.Report
	if missed, invented := r.Add([]score.Span{none}, []score.Span{{Kind: 99, Start: 1, End: 2}}); len(missed)+len(invented) > 0 {
		t.Errorf("missed %v, invented %v", missed, invented)
	}
}

// FuzzCompare: each entity is in one pair, a right one where it can be.
func FuzzCompare(f *testing.F) {
	f.Add([]byte{1, 0, 3, 3, 2, 2, 5}, []byte{1, 0, 3, 2, 1, 9})
	read := func(data []byte) (list []score.Span) {
		at := 0
		for ; len(data) >= 3; data = data[3:] {
			start := at + int(data[1]%8)
			at = start + 1 + int(data[2]%8)
			list = append(list, score.Span{Kind: 1 + gazetteer.Kind(data[0]%6), Start: start, End: at})
		}
		return list
	}
	f.Fuzz(func(t *testing.T, a, b []byte) {
		gold, found := read(a), read(b)
		var inGold, inFound []score.Span
		right := 0
		for _, p := range score.Compare(gold, found) {
			if p.Gold.Kind != 0 {
				inGold = append(inGold, p.Gold)
			}
			if p.Found.Kind != 0 {
				inFound = append(inFound, p.Found)
			}
			if p.Right() {
				right++
			}
		}
		slices.SortFunc(inFound, func(a, b score.Span) int { return a.Start - b.Start })
		if !slices.Equal(gold, inGold) || !slices.Equal(found, inFound) {
			t.Errorf("%v and %v are not %v and %v", inGold, inFound, gold, found)
		}
		want := 0
		for _, g := range gold {
			if slices.Contains(found, g) {
				want++
			}
		}
		if right != want {
			t.Errorf("%d right, want %d", right, want)
		}
	})
}

func ExampleReport_Confusion() {
	var r score.Report
	gold := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}, {Kind: gazetteer.Country, Start: 8, End: 15}, {Kind: gazetteer.City, Start: 20, End: 28}}
	found := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}, {Kind: gazetteer.City, Start: 8, End: 15}, {Kind: gazetteer.City, Start: 24, End: 28}}
	r.Add(gold, found)
	for _, line := range strings.Split(strings.TrimSpace(r.Confusion()), "\n") {
		fmt.Println(strings.TrimSpace(line))
	}
	// Output:
	// gold, found as  country  city  none
	// country        0     1     0
	// city        0     1     0
	// none        0     0
	//
	// with other boundaries  country  city
	// country        0     0
	// city        0     1
}

func ExampleReport_Add() {
	var r score.Report
	gold := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}, {Kind: gazetteer.Person, Start: 12, End: 19}}
	found := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}}
	r.Add(gold, found)
	fmt.Printf("%.2f\n", r.Total().F1())
	// Output:
	// 0.67
}
