package reading_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/plain"
	"github.com/steppe-ner/steppe/internal/reading"
)

// TestAnchors: every word that can be in a name is one, and no other.
func TestAnchors(t *testing.T) {
	var d reading.Document
	for text, want := range map[string]string{
		"The minister met Tokayev. He left.":     "Tokayev",
		"The Hague is not Who we are, I said.":   "The Hague",
		"Police said al-Qaeda and 24.kg agreed.": "Police al-Qaeda 24.kg",
		"Москва is Moscow, Äbish is not.":        "Moscow Äbish",
		"In Osh, @azattyq wrote; So I left.":     "In Osh @azattyq So I",
	} {
		d.Read(text, gazetteer.Default(), nil)
		var got []string
		for _, w := range d.Words {
			if w.Anchor {
				got = append(got, text[w.Start:w.End])
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// TestCapitals: sentences in capitals, odd ones among them.
func TestCapitals(t *testing.T) {
	var d reading.Document
	for text, want := range map[string]bool{
		"LEADERS MEET IN ASTANA":                       true,
		"\u00adМОСКВА \u00adПАРИЖ \u00adЛОНДОН":        true,
		"The EU, NATO and the CSTO":                    false,
		"A B C":                                        false,
		"MINISTERS of the SCO MEET in the TOWN of OSH": false,
	} {
		d.Read(text, gazetteer.Default(), nil)
		if got := d.Capitals[0]; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// marked returns the marked words of each sentence.
func marked(d *reading.Document) (words [][]int32) {
	for i := range d.Sentences {
		words = append(words, d.Marked(i))
	}
	return words
}

// FuzzRecase: when the letters of some sentences change, reading the text again
// finds what reading it afresh finds.
func FuzzRecase(f *testing.F) {
	f.Add("LEADERS MEET IN ASTANA\n\nThe talks, in Astana and the U.S.\n\nMr. S. JAPAROV said so. Uzbekistan's PRESIDENT did.", uint8(5))
	f.Add("A. B.\n\n“WHO? c.”d", uint8(1))
	var again, afresh reading.Document
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		g := gazetteer.Default()
		again.Divide(text, g)
		letters := []byte(again.Text)
		changed := make([]bool, len(again.Sentences))
		for i, s := range again.Sentences {
			if changed[i] = which>>(i%8)&1 != 0; changed[i] {
				for at := again.Words[s.First].Start; at < again.Words[s.Last-1].End; at++ {
					if c := letters[at]; 'A' <= c && c <= 'Z' {
						letters[at] = c + 'a' - 'A'
					}
				}
			}
		}
		if text = string(letters); new(plain.Text).Read(text) != text {
			t.Skip("read another way when it is read afresh")
		}
		reading.Recase(&again, string(letters), changed, g)
		afresh.Divide(string(letters), g)
		again.Tag(nil)
		afresh.Tag(nil)
		diff := func(afresh, again any) string { return cmp.Diff(afresh, again, cmpopts.EquateEmpty()) }
		for _, diff := range []string{
			diff(afresh.Words, again.Words), diff(afresh.Sentences, again.Sentences), diff(afresh.Matches, again.Matches),
			diff(afresh.Ranges, again.Ranges), diff(afresh.Capitals, again.Capitals), diff(marked(&afresh), marked(&again)),
		} {
			if diff != "" {
				t.Errorf("%q (-afresh +again):\n%s", letters, diff)
			}
		}
	})
}
