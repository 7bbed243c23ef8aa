package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/ner"
)

// linkedText is a text that says whom its names mean.
type linkedText struct {
	corpus.Document
	ids map[[2]int]entity.ID // of its names by their bytes, "" for nobody
}

// readLinked reads texts that say whom their names mean.
func readLinked(files []string) ([]linkedText, error) {
	var texts []linkedText
	for _, file := range files {
		docs, err := corpus.ReadMarked(file)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			t := linkedText{d, map[[2]int]entity.ID{}}
			for _, x := range d.Spans {
				if x.ID != "" {
					t.ids[[2]int{x.Start, x.End}] = entity.ID(strings.TrimPrefix(x.ID, "-"))
				}
			}
			texts = append(texts, t)
		}
	}
	return texts, nil
}

// linkCount is how many names have the right ID, a wrong one, none where the gazetteer has
// the entity, and rightly none.
type linkCount struct{ right, wrong, missing, nobody int }

// scoreLinks counts the names of texts by what ID the tagger gives them; it prints up to
// errors of those that are wrong or missing. A name that was not found is missing; one that
// the annotation does not have counts as wrong when it has an ID.
func scoreLinks(texts []linkedText, tagger *entity.Tagger, errors int) (n linkCount) {
	for _, t := range texts {
		found := map[[2]int]entity.ID{}
		for e := range tagger.Find(t.Text) {
			if e.Kind != entity.Demonym {
				found[[2]int{e.Start, e.End}] = e.ID
			}
		}
		for at, want := range t.ids {
			switch got := found[at]; {
			case got == want && want == "":
				n.nobody++
			case got == want:
				n.right++
			case got == "":
				n.missing++
			}
		}
		for e := range tagger.Find(t.Text) {
			want, ok := t.ids[[2]int{e.Start, e.End}]
			if e.Kind == entity.Demonym || e.ID == "" || ok && want == e.ID {
				continue
			}
			n.wrong++
			if errors > 0 {
				errors--
				fmt.Printf("%q is %s, want %q in %q\n", e.Text, e.ID, want, t.Text)
			}
		}
		for _, x := range t.Spans {
			at := [2]int{x.Start, x.End}
			if want := t.ids[at]; errors > 0 && want != "" && found[at] == "" {
				errors--
				fmt.Printf("%q has no ID, want %s in %q\n", t.Text[x.Start:x.End], want, t.Text)
			}
		}
	}
	return n
}

// printThresholds prints what the least probability trades that an ID is given from.
func printThresholds(texts []linkedText, opts []entity.Option) {
	fmt.Println("an ID is given from  right  wrong  missing  rightly none  precision  recall")
	for _, least := range []float64{0.3, 0.5, 0.6, 0.7, 0.8, 0.9} {
		change := ner.Hook(func(r *ner.Recogniser) {
			weights := *cmp.Or(r.Weights, ner.Default())
			linker := *weights.Linker
			linker.Threshold = least
			weights.Linker = &linker
			r.Weights = &weights
		}).(entity.Option)
		n := scoreLinks(texts, entity.New(append(slices.Clip(opts), change)...), 0)
		fmt.Printf("%19.1f  %5d  %5d  %7d  %12d  %9.1f  %6.1f\n", least, n.right, n.wrong, n.missing, n.nobody, n.precision(), n.recall())
	}
}

func (n linkCount) precision() float64 {
	return 100 * float64(n.right) / float64(max(n.right+n.wrong, 1))
}

func (n linkCount) recall() float64 {
	return 100 * float64(n.right) / float64(max(n.right+n.missing, 1))
}

// print prints a count as shares: of the IDs given how many are right, of the entities that
// the gazetteer has how many are given.
func (n linkCount) print() {
	fmt.Printf("IDs: %d right, %d wrong, %d missing, %d rightly none; precision %.1f, recall %.1f\n", n.right, n.wrong, n.missing, n.nobody,
		n.precision(), n.recall())
}
