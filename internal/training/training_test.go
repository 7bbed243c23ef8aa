package training

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
)

// TestTypes: what the labels of each corpus mean. One that is not a name of a
// person, place or body must not be here.
func TestTypes(t *testing.T) {
	for label, want := range map[string]model.Type{
		"PER": model.Person, "PERSON": model.Person, "person": model.Person, "politician": model.Person, "writer": model.Person, "musicalartist": model.Person,
		"scientist": model.Person, "researcher": model.Person,
		"LOC": model.Location, "CITY": model.Location, "city": model.Location, "place": model.Location, "location": model.Location, "country": model.Location,
		"ORG": model.Organisation, "organisation": model.Organisation, "politicalparty": model.Organisation, "university": model.Organisation,
		"band": model.Organisation,
	} {
		if got, ok := TypeOf(label); !ok || got != want {
			t.Errorf("%s is %v, want %v", label, got, want)
		}
	}
	for _, label := range []string{"demonym", "DEMONYM", "MISC", "misc", "TIME", "NUM", "event", "election", "award", "song", "album", "book", "poem", "magazine",
		"musicgenre", "literarygenre", "discipline", "theory", "protein", "task", "algorithm", "programlang", "product", "metrics", "conference"} {
		if got, ok := TypeOf(label); ok {
			t.Errorf("%s is %v", label, got)
		}
	}
}

// TestSets: no set is kept for development, and none is there twice.
func TestSets(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Sets {
		if s.Gold && !strings.HasSuffix(s.File, "/train.tsv") || strings.HasPrefix(s.File, "central-asia-dev") ||
			strings.HasPrefix(s.File, "uner-en-pud") || strings.HasPrefix(s.File, "wikigold") || s.File == "redocred/dev.tsv" {
			t.Errorf("%s is for development", s.File)
		}
		if seen[s.File] || s.Repeat < 1 {
			t.Errorf("%s is there twice, or is never seen", s.File)
		}
		seen[s.File] = true
	}
}

// TestLines: texts are numbered by their lines, and what is escaped is a break.
func TestLines(t *testing.T) {
	got, err := Lines("a.txt", "{person:Ali} left.\nHe:\\n\\t{city:Osh}\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Document{
		{"own/a.txt", 0, corpus.Document{Text: "Ali left.", Spans: []corpus.Span{{Start: 0, End: 3, Label: "person"}}}},
		{"own/a.txt", 1, corpus.Document{Text: "He:\n\tOsh", Spans: []corpus.Span{{Start: 5, End: 8, Label: "city"}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := Lines("a.txt", "fine\n{person:Ali"); err == nil || !strings.HasPrefix(err.Error(), "a.txt:2:") {
		t.Errorf("error %v", err)
	}
}

// TestOwn: our own texts are there, each named once.
func TestOwn(t *testing.T) {
	docs, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) < 900 {
		t.Errorf("%d texts", len(docs))
	}
	type name struct {
		set    string
		number int
	}
	seen := map[name]bool{}
	for _, d := range docs {
		if n := (name{d.Set, d.Number}); seen[n] {
			t.Errorf("%v twice", n)
		} else {
			seen[n] = true
		}
	}
}

// TestDivided: the documents that folds divide are the gold sets' and our own.
func TestDivided(t *testing.T) {
	const corpora = "../../../shared/corpora"
	if _, err := os.Stat(corpora); err != nil {
		t.Skip("the corpora are not part of the project")
	}
	docs, err := Divided(corpora)
	if err != nil {
		t.Fatal(err)
	}
	sets, folds := map[string]int{}, [4]int{}
	for _, d := range docs {
		set, _, _ := strings.Cut(d.Set, "/")
		sets[set]++
		folds[d.Fold(4)]++
	}
	for _, set := range []string{"usgov-gold", "wikinews-gold", "gmb-gold", "statedept-gold", "own"} {
		if sets[set] == 0 {
			t.Errorf("no document of %s", set)
		}
	}
	if len(sets) != 5 || min(folds[0], folds[1], folds[2], folds[3]) < len(docs)/5 {
		t.Errorf("sets %v, folds %v", sets, folds)
	}
}

// TestFrozen: the frozen list is one that this version of package gazetteer reads.
func TestFrozen(t *testing.T) {
	if Gazetteer().Len() < 20_000 {
		t.Errorf("it has %d entities", Gazetteer().Len())
	}
}
