package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/steppe-ner/steppe/entity/score"
)

// judged is an entity found, with its confidence and whether it is right.
type judged struct {
	confidence float64
	right      bool
}

// calibration is what was found and how much there was to find.
type calibration struct {
	found []judged
	gold  int
}

// bins is how many bins of equal counts a reliability table has.
const bins = 10

// print prints a table of reliability: for each tenth of the entities, in the order of
// their confidence, what that is in the mean and how many are right; the expected
// calibration error (Guo and others, 2017, https://arxiv.org/abs/1706.04599) over these
// tenths; and precision, recall and F1 when entities below a confidence are left out.
func (c *calibration) print() {
	slices.SortStableFunc(c.found, func(a, b judged) int { return cmp.Compare(a.confidence, b.confidence) })
	fmt.Println("confidence  right  entities")
	expected, worst := 0.0, 0.0
	for bin := range bins {
		part := c.found[len(c.found)*bin/bins : len(c.found)*(bin+1)/bins]
		if len(part) == 0 {
			continue
		}
		right, sum := 0, 0.0
		for _, x := range part {
			sum += x.confidence
			if x.right {
				right++
			}
		}
		n := float64(len(part))
		fmt.Printf("%10.3f  %5.3f  %8d\n", sum/n, float64(right)/n, len(part))
		expected += math.Abs(sum-float64(right)) / float64(len(c.found))
		worst = max(worst, math.Abs(sum-float64(right))/n)
	}
	fmt.Printf("expected calibration error %.3f, worst bin %.3f\n\nMinConfidence  precision  recall    F1\n", expected, worst)
	for _, least := range []float64{0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99} {
		var n score.Count
		for _, x := range c.found {
			switch {
			case x.confidence < least:
			case x.right:
				n.Right++
			default:
				n.Invented++
			}
		}
		n.Missed = c.gold - n.Right
		fmt.Printf("%13.2f  %9.1f  %6.1f  %4.1f\n", least, 100*n.Precision(), 100*n.Recall(), 100*n.F1())
	}
}
