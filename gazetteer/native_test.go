package gazetteer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

// TestNativeNames: names in the region's languages are looked up in any case and with
// any apostrophe, and found in their text; what reads English does not see those in other
// scripts, unless they are of a list of the user's own.
func TestNativeNames(t *testing.T) {
	g := gazetteer.Default()
	for name, want := range map[string]gazetteer.ID{
		"Қазақстан": "iso:KZ", "КАЗАХСТАН": "iso:KZ", "кыргыз республикасы": "iso:KG", "Тоҷикистон": "iso:TJ",
		"Астана": "geonames:1526273", "Бишкек": "geonames:1528675", "Алма-Ата": "geonames:1526384",
		"Fargʻona": "geonames:1514019", "Farg'ona": "geonames:1514019", "fargona": "geonames:1514019",
		"Ошская область": "place:osh-region", "Халық Банкі": "organisation:halyk-bank",
		"Қасым-Жомарт Тоқаев": "person:kassym-jomart-tokayev", "Токаев": "person:kassym-jomart-tokayev",
		"Садыр Жапаров": "person:sadyr-japarov", "Шавкат Мирзиёев": "person:shavkat-mirziyoyev",
		"Эмомалӣ Раҳмон": "person:emomali-rahmon", "Gurbanguly Berdimuhamedow": "person:gurbanguly-berdimuhamedov",
	} {
		if got := g.Lookup(name); len(got) == 0 || got[0].ID != want {
			t.Errorf("%s is %v, want %s", name, got, want)
		}
	}
	text := "В Казахстан и Бишкек прибыл гость. Астана ждёт."
	want := "Казахстан|Бишкек|Астана"
	var got []string
	for m := range g.Match(text) {
		got = append(got, text[m.Start:m.End])
	}
	if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	own := gazetteer.Layered(g, build(t, "kind\tname\norganisation\tЗерде\n"))
	text += " Зерде."
	words, _ := token.Append(nil, nil, text)
	got = nil
	for _, m := range gazetteer.AppendMatches(own, nil, text, words) {
		got = append(got, text[m.Start:m.End])
	}
	if diff := cmp.Diff("Зерде", strings.Join(got, "|")); diff != "" {
		t.Errorf("in English (-want +got):\n%s", diff)
	}
}

func TestLanguages(t *testing.T) {
	n := gazetteer.Name{Text: "Астана", Lang: "kk,ru"}
	if !n.In("kk") || !n.In("ru") || n.In("k") || n.In("") || !(gazetteer.Name{}).In("") {
		t.Error("a name is of the languages that it names")
	}
}
