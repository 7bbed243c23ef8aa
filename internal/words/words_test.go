package words

import (
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
	}
	for _, test := range tests {
		_, h := fold.Append(nil, test.word)
		got := Lookup(h)
		if got&test.want != test.want || got&test.not != 0 {
			t.Errorf("%s: flags %04b, want %04b and not %04b", test.word, got&15, test.want, test.not)
		}
	}
	_, h := fold.Append(nil, "Almaty")
	if i := Lookup(h); i.Coarse() == 0 || i.Fine() == 0 || i.Coarse() > 256 || i.Fine() > 1000 {
		t.Errorf("Almaty: clusters %d and %d", i.Coarse(), i.Fine())
	}
	if i := Lookup(fold.Hash([]byte("qwzxqj"))); i != 0 {
		t.Errorf("a word that does not exist is known: %d", i)
	}
}

// TestDamage: damage to any byte of the table is noticed.
func TestDamage(t *testing.T) {
	whole := table
	defer func() { table = whole }()
	for i := 0; i < len(whole); i += 997 {
		b := []byte(whole)
		b[i] ^= 0x10
		if table = string(b); Verify() {
			t.Fatalf("byte %d damaged and not noticed", i)
		}
	}
}
