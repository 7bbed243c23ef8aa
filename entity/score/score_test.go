package score_test

import (
	"fmt"
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

func ExampleReport_Add() {
	var r score.Report
	gold := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}, {Kind: gazetteer.Person, Start: 12, End: 19}}
	found := []score.Span{{Kind: gazetteer.City, Start: 0, End: 6}}
	r.Add(gold, found)
	fmt.Printf("%.2f\n", r.Total().F1())
	// Output:
	// 0.67
}
