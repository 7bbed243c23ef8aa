package model

import "math"

// Exp and Log are e to the power of x and the natural logarithm of a positive x,
// to within a few units of the last place, and the same bits on every machine:
// those of package math are not. The conversions keep a compiler from fusing a
// product and a sum, as the language allows it to.

// Exp returns e to the power of x, for x of up to a few hundred either way.
func Exp(x float64) float64 {
	k := math.Round(x / math.Ln2)
	r := x - float64(k*ln2High)
	r -= float64(k * ln2Low)
	sum := inverseFactorials[len(inverseFactorials)-1]
	for n := len(inverseFactorials) - 2; n >= 0; n-- {
		sum = inverseFactorials[n] + float64(r*sum)
	}
	return math.Ldexp(sum, int(k))
}

// inverseFactorials are one over the factorials of 0 to 13: the series of Exp.
var inverseFactorials = [...]float64{1, 1, 1. / 2, 1. / 6, 1. / 24, 1. / 120, 1. / 720, 1. / 5040, 1. / 40320, 1. / 362880,
	1. / 3628800, 1. / 39916800, 1. / 479001600, 1. / 6227020800}

// Log returns the natural logarithm of a positive x.
func Log(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		k--
	}
	s := (m - 1) / (m + 1)
	square := float64(s * s)
	sum := 0.0
	for i := len(reciprocals) - 1; i >= 0; i-- {
		sum = reciprocals[i] + float64(square*sum)
	}
	return float64(float64(k)*ln2High) + (float64(2*float64(s*sum)) + float64(float64(k)*ln2Low))
}

// reciprocals are those of the odd numbers, as Log divides by them.
var reciprocals = [...]float64{1, 1. / 3, 1. / 5, 1. / 7, 1. / 9, 1. / 11, 1. / 13, 1. / 15, 1. / 17, 1. / 19, 1. / 21, 1. / 23, 1. / 25}

// The logarithm of two in two parts, the first with zeros at its end.
const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)
