package respell_test

import (
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/internal/respell"
)

func skeleton(word string) string { return string(respell.Append(nil, word)) }

// TestSkeleton: the spellings of a name have one skeleton, other names have others.
func TestSkeleton(t *testing.T) {
	groups := []string{
		"Tokayev Tokaev Toqaev Tokaiev Toqayev TOKAYEV Токаев Тоқаев",
		"Zhaparov Japarov Dzhaparov Djaparov Жапаров Джапаров",
		"Jeenbekov Zheenbekov Dzheenbekov Zhenbekov Жээнбеков",
		"Mirziyoyev Mirzioev Mirziyoev Мирзиёев",
		"Mirzoyev Mirzoev Мирзоев",
		"Berdimuhamedow Berdimuhamedov Berdymukhammedov Berdymukhamedov Бердымухамедов",
		"Rasulzoda Rasoulzoda Расулзода",
		"Rakhmon Rahmon Raxmon Раҳмон Рахмон",
		"Kassym Qasym Kasim Қасым Касым",
		"Zhomart Jomart Жомарт",
		"Yerlan Erlan Ерлан",
		"Aitmatov Aytmatov Айтматов",
		"Chyngyz Chingiz Чынгыз Чингиз",
		"Niyazov Niazov Nyyazow Ниязов",
		"Ғафуров Ghafurov Gʻafurov Gafurov",
		"Çary Chary Чары",
	}
	seen := map[string]string{}
	for _, group := range groups {
		words := strings.Fields(group)
		want := skeleton(words[0])
		if other, ok := seen[want]; ok || want == "" {
			t.Errorf("%s and %s have one skeleton, %q", words[0], other, want)
		}
		seen[want] = words[0]
		for _, w := range words {
			if got := skeleton(w); got != want {
				t.Errorf("%s: %q, want %q as %s", w, got, want, words[0])
			}
		}
	}
	for _, w := range []string{"", "24", "Ελλάς", "a-b", strings.Repeat("a", 65), "\xff"} {
		if got := skeleton(w); got != "" {
			t.Errorf("%q has the skeleton %q", w, got)
		}
	}
}

// FuzzSkeleton: a skeleton is of small Latin letters, none of them twice in a row.
func FuzzSkeleton(f *testing.F) {
	f.Add("Mirziyoyev")
	f.Add("Жээнбеков")
	f.Fuzz(func(t *testing.T, word string) {
		got := skeleton(word)
		for i := range len(got) {
			if got[i] < 'a' || got[i] > 'z' || i > 0 && got[i] == got[i-1] {
				t.Fatalf("%q has the skeleton %q", word, got)
			}
		}
	})
}
