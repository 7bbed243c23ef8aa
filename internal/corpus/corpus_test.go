package corpus_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/corpus"
)

func TestRead(t *testing.T) {
	in := "-DOCSTART-\tO\n\nMr.\tO\nAli\tB-PER\nKhan\tI-PER\n,\tO\n``\tO\nKazakhstan\tB-LOC\n's\tO\nenvoy\tO\n''\tO\n,\tO\nleft\tO\n.\tO\n\nThe\tO\nten\tO\n-\tO\nstorey\tO\n(\tO\nSCO\tB-ORG\n)\tO\n\n-DOCSTART-\tO\n\nOsh\tB-LOC\nAlmaty\tB-LOC\n"
	docs, err := corpus.Read(strings.NewReader(in), 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Text)
		for _, s := range d.Spans {
			got = append(got, s.Label+" "+d.Text[s.Start:s.End])
		}
	}
	want := []string{
		`Mr. Ali Khan, "Kazakhstan's envoy", left. The ten-storey (SCO)`, "PER Ali Khan", "LOC Kazakhstan", "ORG SCO",
		"Osh Almaty", "LOC Osh", "LOC Almaty",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFault(t *testing.T) {
	_, err := corpus.Read(strings.NewReader("Osh\tB-LOC\nAlmaty\n"), 1)
	if err == nil || !strings.HasPrefix(err.Error(), "2: ") {
		t.Errorf("got %v, want an error at line 2", err)
	}
}

// FuzzRead: any bytes give an error or texts whose spans are in order and within.
func FuzzRead(f *testing.F) {
	f.Add("Osh\tB-LOC\n\n``\tO\n'\tI-PER\n-\tB-ORG\n")
	f.Fuzz(func(t *testing.T, in string) {
		docs, err := corpus.Read(strings.NewReader(in), 1)
		if err != nil {
			return
		}
		for _, d := range docs {
			last := 0
			for _, s := range d.Spans {
				if s.Start < last || s.End < s.Start || s.End > len(d.Text) {
					t.Fatalf("span %v of %q", s, d.Text)
				}
				last = s.End
			}
		}
	})
}
