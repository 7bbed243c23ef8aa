package entity_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
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
