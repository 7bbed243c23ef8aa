package model

import (
	"math"
	"testing"
)

// TestExact: Exp and Log are those of package math, nearly.
func TestExact(t *testing.T) {
	for x := -300.0; x < 300; x += 0.37 {
		if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 1e-14*want {
			t.Errorf("Exp(%v) = %v, want %v", x, got, want)
		}
	}
	for x := 1e-12; x < 1e12; x *= 1.07 {
		if got, want := Log(x), math.Log(x); math.Abs(got-want) > 1e-14*math.Max(1, math.Abs(want)) {
			t.Errorf("Log(%v) = %v, want %v", x, got, want)
		}
	}
}
