//go:build !race

// The race detector makes sync.Pool forget on purpose, so nothing is steady then.

package entity_test

import (
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
)

// TestSteadyAllocations: with room in the slice, Append allocates nothing.
func TestSteadyAllocations(t *testing.T) {
	tagger := entity.New()
	text := all(t) + strings.Repeat("\n\nTürkiye's Orhan Çelik met Владимир Путин, Äbish Kekilbayev and É É É of Osh and Batken regions in the Hague.", 5)
	dst := tagger.Append(nil, text)
	if n := testing.AllocsPerRun(20, func() { dst = tagger.Append(dst[:0], text) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
