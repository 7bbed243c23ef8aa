package model

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/reading"
)

// found returns the texts of the names of each type.
func found(text string) map[Type][]string {
	var d reading.Document
	var s Scratch
	d.Read(text, gazetteer.Default(), nil)
	names := map[Type][]string{}
	for _, n := range Default().Append(nil, &d, &s, 0.5) {
		names[n.Type] = append(names[n.Type], text[d.Words[n.First].Start:d.Words[n.Last-1].End])
	}
	return names
}

// TestAppend: names that no list has, by their surroundings.
func TestAppend(t *testing.T) {
	got := found("The mayor of Veltzburg, Harold Tinkersley, said Tinkersley would sue Oakmont Dynamics Corp. for the dam near Veltzburg.")
	want := map[Type][]string{
		Person:       {"Harold Tinkersley", "Tinkersley"},
		Location:     {"Veltzburg", "Veltzburg"},
		Organisation: {"Oakmont Dynamics Corp."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestProbability: the probability of a name is the share of the paths of labels that have
// it, each weighed by the product of its potentials, in stretches of one word and of more.
func TestProbability(t *testing.T) {
	var d reading.Document
	var s Scratch
	d.Read("Officials in Bishkek said on Monday that Almaz Toktosunov of the Union met Ms. Adair.", gazetteer.Default(), nil)
	m := Default()
	names := m.Append(nil, &d, &s, 0)
	if len(names) == 0 {
		t.Fatal("no names")
	}
	for _, stretch := range AppendStretches(nil, &d) {
		m.score(stretch, &s)
		want, total := map[Name]float64{}, 0.0
		var path []Label
		var walk func(weight float64)
		walk = func(weight float64) {
			i := len(path)
			if i == len(s.potentials) {
				if !path[i-1].closes() {
					return
				}
				total += weight
				for first := 0; first < i; first++ {
					if l := path[first]; l != Outside && l.opens() {
						last := first
						for !path[last].closes() {
							last++
						}
						want[Name{First: stretch.First + int32(first), Last: stretch.First + int32(last) + 1, Type: Type((l - 1) / 4)}] += weight
					}
				}
				return
			}
			for l := range Label(Labels) {
				step := s.potentials[i][l]
				switch {
				case i == 0 && !l.opens(), i > 0 && !Follows(path[i-1], l):
					continue
				case i > 0:
					step *= m.transition(path[i-1], l)
				}
				path = append(path, l)
				walk(weight * step)
				path = path[:i]
			}
		}
		walk(1)
		for n, weight := range want {
			if got := s.Probability(n.First, n.Last, n.Type); math.Abs(got-weight/total) > 1e-9 {
				t.Errorf("words %d to %d, type %d: probability %v, want %v", n.First, n.Last, n.Type, got, weight/total)
			}
		}
		m.Append(nil, &d, &s, 0) // scoring has written over the potentials alone
	}
	for _, n := range names {
		if p := s.Probability(n.First, n.Last, n.Type); p != n.Probability {
			t.Errorf("words %d to %d, type %d: listed with probability %v, want %v", n.First, n.Last, n.Type, n.Probability, p)
		}
	}
}

// transition returns the exponential of the potential of label b after a.
func (m *Model) transition(a, b Label) float64 {
	if a.closes() {
		return m.across[slices.Index(openers[:], b)][slices.Index(closers[:], a)]
	}
	return m.within[(b-1)/4][(b-1)%4-1][(a-1)%4]
}

func TestFollows(t *testing.T) {
	for _, c := range []struct {
		a, b Label
		want bool
	}{
		{Outside, Outside, true}, {Outside, Begin(Person), true}, {Outside, Inside(Person), false},
		{Begin(Person), Last(Person), true}, {Begin(Person), Last(Location), false}, {Begin(Person), Outside, false},
		{Last(Person), Unit(Location), true}, {Unit(Person), Inside(Person), false}, {Inside(Organisation), Inside(Organisation), true},
	} {
		if got := Follows(c.a, c.b); got != c.want {
			t.Errorf("Follows(%d, %d) = %v", c.a, c.b, got)
		}
	}
}

func TestEmbedded(t *testing.T) {
	if !sumsUp(embedded) {
		t.Error("the checksum of the embedded weights is wrong")
	}
	if sumsUp(embedded[:len(embedded)-5] + "?" + embedded[len(embedded)-4:]) {
		t.Error("damage is not noticed")
	}
	if _, err := Parse(embedded[:len(embedded)/2]); err == nil {
		t.Error("half a model is read")
	}
}

// TestParseRefusesDamage: a weight that is another one would go unnoticed but for
// the checksum.
func TestParseRefusesDamage(t *testing.T) {
	for i := 0; i < len(embedded); i += 9973 {
		b := []byte(embedded)
		b[i] ^= 0x40
		if _, err := Parse(string(b)); err == nil {
			t.Fatalf("byte %d damaged and not noticed", i)
		}
	}
}

// mended returns data with the checksum that its other bytes demand.
func mended(data []byte) string {
	b := slices.Clone(data)
	if n := len(b) - 4; n >= 0 {
		binary.LittleEndian.PutUint32(b[n:], crc32.Checksum(b[:n], crc32.MakeTable(crc32.Castagnoli)))
	}
	return string(b)
}

// FuzzParse: any bytes give an error or a model that can be used. The checksum is
// mended, so that what lies behind it is tested.
func FuzzParse(f *testing.F) {
	var transitions [Labels][Labels]float32
	small, err := Append(nil, &transitions, []uint64{1 << 60, 2 << 60}, [][Labels]float32{{1}, {0, 1}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse(mended(data))
		if err != nil {
			return
		}
		var d reading.Document
		var s Scratch
		d.Read("Antony Blinken met Tokayev in Astana.", gazetteer.Default(), nil)
		names := m.Append(nil, &d, &s, 0.01)
		if !slices.IsSortedFunc(names, func(a, b Name) int { return int(a.First - b.First) }) {
			t.Error("names out of order")
		}
	})
}

// sumOf adds up the weights of features.
func (m *Model) sumOf(features []uint64) sums {
	var slots [MaxFeatures]slot
	m.fetch(features, &slots)
	return m.sum(features, slots[:])
}

// FuzzWeigh: the sum of a word's weights is that of all its features added up, also
// when sums of other words have been kept.
func FuzzWeigh(f *testing.F) {
	f.Add("President Sadyr Japarov of Kyrgyzstan met King Charles III in London, the BBC said. \"No\", said Japarov's aide.")
	f.Add("A B's C d E of f G\n\nTHE A-B, 24.kg")
	m := Default()
	var warm Scratch
	f.Fuzz(func(t *testing.T, text string) {
		var d reading.Document
		var x Extractor
		d.Read(text, gazetteer.Default(), nil)
		m.Append(nil, &d, &warm, 0.01)
		stretches := AppendStretches(nil, &d)
		x.Start(&d, stretches)
		for _, stretch := range stretches {
			warm.prepare(stretch)
			k := stretch.First
			x.Features(stretch, func(features []uint64) {
				want, got := m.sumOf(features), m.weigh(k, &warm)
				for l := range Labels {
					if got.of(l) != want.of(l) {
						t.Errorf("word %d of %q, label %d: %d, want %d", k, text, l, got.of(l), want.of(l))
					}
				}
				k++
			})
		}
	})
}

// TestRoundTrip: what Append writes, Parse reads and looks up, to the half of a step
// that is as wide as the weights of the row demand.
func TestRoundTrip(t *testing.T) {
	var transitions [Labels][Labels]float32
	hashes := []uint64{5 | 1<<54, 5 | 1<<60, 77 << 54, 6 | 2<<54}
	rows := [][Labels]float32{{0.5}, {1, -3}, {0, -0.1, 7}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}}
	steps := []float64{scale, 8 * scale, 8 * scale, 0}
	data, err := Append(nil, &transitions, hashes, rows)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range hashes {
		a := m.sumOf([]uint64{h})
		for l, w := range rows[i] {
			want := float64(min(w-rows[i][1], float32(15*8*scale)))
			if got := scale * float64(a.of(l)-a.of(1)); math.Abs(got-want) > steps[i]*0.51 {
				t.Errorf("feature %d, label %d: %g, want %g", i, l, got, want)
			}
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	text := "The mayor of Veltzburg, Harold Tinkersley, said on Tuesday that he would sue Oakmont Dynamics Corp. and two others in the court of the town."
	var d reading.Document
	var s Scratch
	var names []Name
	d.Read(text, gazetteer.Default(), nil)
	m := Default()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		names = m.Append(names[:0], &d, &s, 0.01)
	}
}

// TestStretches: no name reaches over the end of a stretch, whatever was read before.
func TestStretches(t *testing.T) {
	var d reading.Document
	var s Scratch
	m := Default()
	for _, text := range []string{"Ministry of Bank of University of ", "Shanghai Cooperation Organisation "} {
		d.Read(strings.Repeat(text, 100), gazetteer.Default(), nil)
		m.Append(nil, &d, &s, 0.01)
	}
	stretches := AppendStretches(nil, &d)
	if len(stretches) < 2 || stretches[0].Last != stretches[1].First {
		t.Fatalf("stretches %v: want one to follow another", stretches)
	}
	end := stretches[0].Last
	for typ := range Type(Types) {
		if p := s.Probability(end-1, end+1, typ); p != 0 {
			t.Errorf("a name over the end of a stretch has probability %v", p)
		}
	}
}
