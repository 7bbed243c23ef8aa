// Package score compares the entities found in a text with gold ones: exact
// spans, precision, recall and F1 by kind, as the CoNLL-2003 shared task counts
// them (Tjong Kim Sang and De Meulder, 2003, https://aclanthology.org/W03-0419/).
package score

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/steppe-ner/steppe/gazetteer"
)

// Span is an entity as far as it is compared.
type Span struct {
	Kind       gazetteer.Kind
	Start, End int // bytes
}

// Count holds how many entities were right, found without being gold, and gold
// without being found. A right span of a wrong kind is one of each of the latter.
type Count struct {
	Right, Invented, Missed int
}

// Precision returns the share of the found that is right, 1 when nothing was
// found.
func (c Count) Precision() float64 { return share(c.Right, c.Invented) }

// Recall returns the share of the gold that was found, 1 when there was nothing
// to find.
func (c Count) Recall() float64 { return share(c.Right, c.Missed) }

// F1 returns the harmonic mean of precision and recall, 0 to 1.
func (c Count) F1() float64 { return share(2*c.Right, c.Invented+c.Missed) }

func share(part, rest int) float64 {
	if part+rest == 0 {
		return 1
	}
	return float64(part) / float64(part+rest)
}

// Report adds up comparisons. The zero value is ready; it is for one goroutine.
type Report struct {
	counts [gazetteer.Demonym + 1]Count
}

// Add compares the entities of one text. Each list is in order of Start and
// without overlap. It returns what was missed and what was invented.
func (r *Report) Add(gold, found []Span) (missed, invented []Span) {
	right := map[Span]bool{}
	for _, s := range gold {
		right[s] = false
	}
	for _, s := range found {
		if _, ok := right[s]; ok {
			right[s] = true
			r.counts[s.Kind].Right++
		} else {
			r.counts[s.Kind].Invented++
			invented = append(invented, s)
		}
	}
	for _, s := range gold {
		if !right[s] {
			r.counts[s.Kind].Missed++
			missed = append(missed, s)
		}
	}
	return missed, invented
}

// Kind returns the count of one kind.
func (r *Report) Kind(k gazetteer.Kind) Count { return r.counts[k] }

// Total returns the count of the kinds given together; of all kinds when none is.
func (r *Report) Total(kinds ...gazetteer.Kind) Count {
	if len(kinds) == 0 {
		kinds = gazetteer.Kinds()
	}
	var t Count
	for _, k := range kinds {
		c := r.counts[k]
		t.Right += c.Right
		t.Invented += c.Invented
		t.Missed += c.Missed
	}
	return t
}

// String returns the report as a table, in hundredths.
func (r *Report) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tprecision\trecall\tF1\tgold\t")
	row := func(name string, c Count) {
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t\n", name, 100*c.Precision(), 100*c.Recall(), 100*c.F1(), c.Right+c.Missed)
	}
	for _, k := range gazetteer.Kinds() {
		row(k.String(), r.counts[k])
	}
	row("all", r.Total())
	w.Flush()
	return b.String()
}
