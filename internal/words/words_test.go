package words

import (
	"fmt"
	"testing"

	"github.com/steppe-ner/steppe/internal/fold"
)

func TestLookup(t *testing.T) {
	if !Verify() {
		t.Fatal("the embedded table is damaged")
	}
	tests := []struct {
		word      string
		want, not Info
	}{
		{"most", English, Given},
		{"Antony", Given, English},
		{"SMITH", Surname | English | Common, 0},
		{"Svetlana", Given, English},
		{"Nurlan", Given, English},
	}
	for _, test := range tests {
		_, h := fold.Append(nil, test.word)
		got := Lookup(h)
		if got&test.want != test.want || got&test.not != 0 {
			t.Errorf("%s: flags %04b, want %04b and not %04b", test.word, got.Flags(), test.want.Flags(), test.not.Flags())
		}
	}
	if i := Lookup(fold.Hash([]byte("qwzxqj"))); i != 0 {
		t.Errorf("a word that does not exist is known: %d", i)
	}
}

// TestCompany: words that keep like company are in the same branch of the tree, and what
// is of no list but those of clusters has no flags.
func TestCompany(t *testing.T) {
	info := func(word string) Info {
		_, h := fold.Append(nil, word)
		return Lookup(h)
	}
	for _, word := range []string{"Bishkek", "Tashkent", "Dushanbe", "Nazarbayev"} {
		if i := info(word); i.Flags() != 0 || i.Cluster() == 0 || i.Path() == 0 {
			t.Errorf("%s: flags %04b, cluster %d, path %b", word, i.Flags(), i.Cluster(), i.Path())
		}
	}
	if a, b := info("Bishkek").Path(), info("Tashkent").Path(); a.Prefix(6) != b.Prefix(6) {
		t.Errorf("paths of cities: %b, %b", a, b)
	}
	if i := info("said"); i.Flags() == 0 || i.Path() == 0 {
		t.Errorf("said: flags %04b, path %b", i.Flags(), i.Path())
	}
}

func TestPrefix(t *testing.T) {
	for n, want := range map[int]Path{0: 1, 2: 0b110, 4: 0b11011, 6: 0b11011} {
		if got := Path(0b11011).Prefix(n); got != want {
			t.Errorf("%d bits: %b, want %b", n, got, want)
		}
	}
	if got := Path(0).Prefix(4); got != 0 {
		t.Errorf("of no path: %b", got)
	}
}

// TestRoundTrip: every word is found as it was put in, but for
// a few that share their bits of hash with another one.
func TestRoundTrip(t *testing.T) {
	want := map[uint64]Info{}
	paths := []Path{0b10, 0b110, 0b111}
	for i := range 2000 {
		h := fold.Hash(fmt.Sprint("word ", i))
		want[h] = MakeInfo(Info(i%16)<<flagShift, i%3, i%200)
	}
	l := open(string(Append(nil, want, paths)))
	wrong := 0
	for h, i := range want {
		got := l.lookup(h)
		if got != i {
			wrong++
		}
	}
	if wrong > 3 {
		t.Errorf("%d of %d words are taken for others", wrong, len(want))
	}
}

// TestDamage: damage to any byte of the table is noticed.
func TestDamage(t *testing.T) {
	for i := 0; i < len(embedded); i += 9973 {
		b := []byte(embedded)
		b[i] ^= 0x10
		if sumsUp(string(b)) {
			t.Fatalf("byte %d damaged and not noticed", i)
		}
	}
}
