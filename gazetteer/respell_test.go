package gazetteer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

// TestSpellings: people and bodies of the region are found as the press spells them, in
// Cyrillic too, and looked up so in any case; what is a word or a name of its own is not
// taken for another's spelling.
func TestSpellings(t *testing.T) {
	g := gazetteer.Default()
	for name, want := range map[string]gazetteer.ID{
		"Qasym-Zhomart Toqaev":  "person:kassym-jomart-tokayev",
		"Toqaiev":               "person:kassym-jomart-tokayev",
		"Dzheenbekov":           "person:sooronbay-jeenbekov",
		"Mirzioev":              "person:shavkat-mirziyoyev",
		"Rasoulzoda":            "person:kohir-rasulzoda",
		"Бакыт Алымбеков":       "person:bakyt-alymbekov",
		"Қайрат Қожамжаров":     "person:kairat-kozhamzharov",
		"Абдулла Хурсанов":      "person:abdulla-khursanov",
		"Абдураҳмон Аламшозода": "person:abdurahmon-alamshozoda",
	} {
		for _, spelling := range []string{name, strings.ToLower(name)} {
			if got := g.Lookup(spelling); len(got) == 0 || got[0].ID != want {
				t.Errorf("%s is %v, want %s", spelling, got, want)
			}
		}
		text := "It was " + name + " then."
		ms := slices.Collect(g.Match(text))
		if len(ms) != 1 || ms[0].ID != want || !ms[0].Respelled || text[ms[0].Start:ms[0].End] != name {
			t.Errorf("%s is matched as %+v", name, ms)
		}
	}
	for _, name := range []string{"Tokayev", "Kassym-Jomart Tokayev"} {
		for m := range g.Match(name) {
			if m.Respelled {
				t.Errorf("%s is another spelling of itself", name)
			}
		}
	}
	text := "Serious Karen and Jeffers rang Salim Kerry."
	var got []string
	for m := range g.Match(text) {
		if m.Respelled {
			got = append(got, text[m.Start:m.End])
		}
	}
	if diff := cmp.Diff([]string(nil), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	flat := gazetteer.Layered(g, build(t, small)).Flatten()
	if got := flat.Lookup("Dzheenbekov"); len(got) != 1 {
		t.Errorf("written as one list, layers lose spellings: %v", got)
	}
}

// TestPersonForms: a person is looked up with the surname first and with a patronymic.
func TestPersonForms(t *testing.T) {
	g := gazetteer.Default()
	for name, want := range map[string]gazetteer.ID{
		"Tokayev, Kassym-Jomart":           "person:kassym-jomart-tokayev",
		"Токаев Касым-Жомарт Кемелевич":    "person:kassym-jomart-tokayev",
		"Kassym-Jomart Kemelevich Tokayev": "person:kassym-jomart-tokayev",
		"Ахметов, Серик Ныгметович":        "person:serik-akhmetov",
		"ЖАПАРОВ САДЫР НУРГОЖО УУЛУ":       "",
		"Bank, Halyk":    "",
		"Blinken Antony": "",
	} {
		got := gazetteer.ID("")
		if entries := g.Lookup(name); len(entries) > 0 {
			got = entries[0].ID
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
