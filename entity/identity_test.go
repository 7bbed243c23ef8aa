package entity_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/corpus"
)

// identity says whom the last mention of a name in a text means: an ID, or with an
// exclamation mark before it anyone but that.
type identity struct {
	Text, Name string
	WantID     string `json:"want_id"`
}

// idOfLast returns the ID of the last mention of a name in a text.
func idOfLast(tagger *entity.Tagger, text, name string) (id entity.ID) {
	for e := range tagger.Find(text) {
		if e.Text == name {
			id = e.ID
		}
	}
	return id
}

func (c identity) check(t *testing.T, tagger *entity.Tagger) {
	t.Helper()
	got := string(idOfLast(tagger, c.Text, c.Name))
	if not, denied := strings.CutPrefix(c.WantID, "!"); denied && got == not || !denied && got != c.WantID {
		t.Errorf("%q: %s is %q, want %q", c.Text, c.Name, got, c.WantID)
	}
}

// TestIdentities: whom names mean in the cases of ../shared/cases.
func TestIdentities(t *testing.T) {
	data, err := os.ReadFile(filepath.FromSlash("../../shared/cases/identity.jsonl"))
	if err != nil {
		t.Skipf("the cases are not part of the project: %v", err)
	}
	tagger := entity.New()
	for line := range bytes.Lines(data) {
		var c identity
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		c.check(t, tagger)
	}
}

// TestWhomItMeans: the famous one where he is meant, the other one where she is.
func TestWhomItMeans(t *testing.T) {
	const (
		tokayev    = "person:kassym-jomart-tokayev"
		gurbanguly = "person:gurbanguly-berdimuhamedov"
		serdar     = "person:serdar-berdimuhamedov"
	)
	tagger := entity.New()
	for _, c := range []identity{
		{"Tokayev flew to Beijing on Monday.", "Tokayev", tokayev},
		{"Serik Tokayev met President Kassym-Jomart Tokayev.", "Kassym-Jomart Tokayev", tokayev},
		{"Serik Tokayev met President Kassym-Jomart Tokayev.", "Serik Tokayev", ""},
		{"Serik Tokayev, 34, sells melons. Tokayev says business is good.", "Tokayev", ""},
		{"Serdar Berdimuhamedov flew to Baku. Berdimuhamedov said gas would flow.", "Berdimuhamedov", serdar},
		{"Gurbanguly Berdimuhamedov flew to Baku. Berdimuhamedov said gas would flow.", "Berdimuhamedov", gurbanguly},
		{"BISHKEK - The Supreme Court upheld the verdict, its press office in Kyrgyzstan said.", "Supreme Court", "organisation:supreme-court-of-kyrgyzstan"},
		{"ASTANA - The Supreme Court upheld the verdict, its press office in Kazakhstan said.", "Supreme Court", "organisation:supreme-court-of-kazakhstan"},
		{"The Foreign Ministry in Tashkent and the Foreign Ministry in Moscow disagreed.", "Foreign Ministry", "organisation:russian-foreign-ministry"},
		{"Dublin, California, twinned with Osh.", "Dublin", ""},
		{"Dublin is the capital of Ireland.", "Dublin", "geonames:2964574"},
		{"It rained in ten regions: Akmola, Atyrau and Osh.", "Osh", "place:osh-region"},
		{"It rained in Osh and Bishkek.", "Osh", "geonames:1527534"},
		{"The International Boxing Association (IBA) met. IBA said no.", "IBA", "organisation:international-boxing-association"},
	} {
		c.check(t, tagger)
	}
}

// TestLinks: on texts that say whom their names mean and that no weight was fitted on, most
// of them chosen because that is hard to say, nearly all IDs are right, and nearly all that
// could be given are.
func TestLinks(t *testing.T) {
	docs, err := corpus.ReadMarked("../testdata/links/test-b.txt")
	if err != nil {
		t.Fatal(err)
	}
	tagger := entity.New()
	right, wrong, wanted := 0, 0, 0
	for _, d := range docs {
		want := map[[2]int]string{}
		for _, x := range d.Spans {
			if x.ID != "" && x.ID != "-" {
				want[[2]int{x.Start, x.End}] = x.ID
			}
		}
		wanted += len(want)
		for e := range tagger.Find(d.Text) {
			switch id := want[[2]int{e.Start, e.End}]; {
			case e.Kind == entity.Demonym || e.ID == "":
			case id == string(e.ID):
				right++
			default:
				wrong++
			}
		}
	}
	precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(wanted)
	t.Logf("%d IDs right, %d wrong, %d wanted: precision %.3f, recall %.3f", right, wrong, wanted, precision, recall)
	if precision < 0.94 || recall < 0.92 {
		t.Error("less than 0.94 and 0.92")
	}
}
