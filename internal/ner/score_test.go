package ner

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// filled returns weights that are all different.
func filled() *Weights {
	w := NewWeights()
	for i, l := range []*Layer{w.Model, w.Bare} {
		l.Threshold = 0.25 * float64(i+1)
		for f := range l.weights {
			for k := 1; k < kinds; k++ {
				l.weights[f][k] = float64((f+i)*kinds+k) / 100
			}
		}
	}
	w.Linker.Threshold = 0.5
	for f := range w.Linker.weights {
		w.Linker.weights[f] = float64(f) / 100
	}
	return w
}

func TestWeightsRoundTrip(t *testing.T) {
	data := string(AppendWeights(nil, filled(), []string{"from nothing"}))
	w, err := ParseWeights(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(filled(), w, cmp.AllowUnexported(Layer{}, Linker{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := string(AppendWeights(nil, w, []string{"from nothing"})); again != data {
		t.Error("written again, the weights are other bytes")
	}
}

// seal returns lines of weights below the head that they demand.
func seal(body string) string { return weightsHead + checksum(body) + "\n" + body }

func TestParseWeightsFaults(t *testing.T) {
	for data, want := range map[string]string{
		"":                                            "1: no weights",
		"steppe weights 0 crc32c 00000000\n":          "1: no weights",
		weightsHead + "00000000\nmodel":               "1: checksum",
		seal("# made\nmodel\tnone such\t1\n"):         `3: no feature "none such"`,
		seal("other\tbias\t1\n"):                      `2: no part "other"`,
		seal("model\tbias\tx\n"):                      `2: feature "bias": bad weights`,
		seal("model\tbias\t1\t1\t1\t1\t1\t1\t1\t1\n"): `2: feature "bias": bad weights`,
		seal("link\tbias\t1\n"):                       `2: no feature of links "bias"`,
	} {
		if _, err := ParseWeights(data); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", data, err, want)
		}
	}
}

// FuzzParseWeights: any lines give an error or weights that are written and read again.
func FuzzParseWeights(f *testing.F) {
	f.Add("model\tbias\t1\t2\t3\t4\t5\t6\nlink\tthreshold\t0.5\n")
	f.Fuzz(func(t *testing.T, body string) {
		w, err := ParseWeights(seal(body))
		if err != nil {
			return
		}
		if _, err := ParseWeights(string(AppendWeights(nil, w, nil))); err != nil && !strings.Contains(body, "NaN") && !strings.Contains(strings.ToLower(body), "inf") {
			t.Errorf("written and read again: %v", err)
		}
	})
}

// TestSettle: the probabilities are those of the softmax with none at zero.
func TestSettle(t *testing.T) {
	c := Candidate{logits: [kinds]float64{0, 1, 2, -1, 0.5, -100, -3}}
	c.settle()
	total := 1.0
	for _, l := range c.logits[1:] {
		total += math.Exp(l)
	}
	if want := math.Exp(2) / total; c.Kind != 2 || math.Abs(c.P-want) > 1e-12 {
		t.Errorf("kind %v with probability %v, want country with %v", c.Kind, c.P, want)
	}
}

// TestEmbedded: the embedded weights are whole, and each part of them has a threshold.
func TestEmbedded(t *testing.T) {
	w, err := ParseWeights(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []float64{w.Model.Threshold, w.Bare.Threshold, w.Linker.Threshold} {
		if p <= 0 || p >= 1 {
			t.Errorf("threshold %v", p)
		}
	}
}

// TestFeatureNames: no feature has the name of another one, or one that the file of weights
// could not hold.
func TestFeatureNames(t *testing.T) {
	for _, list := range [][]string{featureNames, linkNames} {
		seen := map[string]bool{threshold: true}
		for _, n := range list {
			if seen[n] || strings.ContainsAny(n, "\t\n#") || n == "" {
				t.Errorf("feature %q", n)
			}
			seen[n] = true
		}
	}
}
