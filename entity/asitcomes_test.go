package entity_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
)

// TestAsItComes: text as it comes, with lists, handles, entities of HTML, namesakes and company
// forms, of which testdata/as_it_comes.txt has other examples than the weights are fitted on. Ninety-seven
// names of a hundred are to be right; the log shows the rest.
func TestAsItComes(t *testing.T) {
	data, err := os.ReadFile("testdata/as_it_comes.txt")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := corpus.ParseMarked(string(data))
	if err != nil {
		t.Fatal(err)
	}
	tagger := entity.New()
	right, wanted, given := 0, 0, 0
	for _, d := range docs {
		var want, got []mention
		for _, s := range d.Spans {
			kind, err := gazetteer.ParseKind(strings.ToLower(s.Label))
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, mention{s.Start, s.End, kind})
		}
		for e := range tagger.Find(d.Text) {
			got = append(got, mention{e.Start, e.End, e.Kind})
		}
		n := 0
		for _, m := range got {
			if slices.Contains(want, m) {
				n++
			}
		}
		right, wanted, given = right+n, wanted+len(want), given+len(got)
		if n < len(want) || n < len(got) {
			t.Logf("%q:\nwant\n%sgot\n%s", d.Text, shown(d.Text, want), shown(d.Text, got))
		}
	}
	f1 := 200 * float64(right) / float64(wanted+given)
	t.Logf("%d texts, %d names, %d found, %d right: F1 %.1f", len(docs), wanted, given, right, f1)
	if f1 < 97 {
		t.Error("too many are missed or invented")
	}
}
