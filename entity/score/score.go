// Package score compares the entities found in a text with gold ones: exact
// spans, precision, recall and F1 by kind, as the CoNLL-2003 shared task counts
// them (Tjong Kim Sang and De Meulder, 2003, https://aclanthology.org/W03-0419/).
package score

import (
	"cmp"
	"fmt"
	"slices"
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

// Pair is a gold entity and the one that was found in its place. One of them is the
// zero Span where an entity was missed or invented.
type Pair struct {
	Gold, Found Span
}

// Right reports whether span and kind are right.
func (p Pair) Right() bool { return p.Gold == p.Found }

// Boundary reports whether the two overlap, but are not of the same span.
func (p Pair) Boundary() bool {
	return p.Gold.Kind != 0 && p.Found.Kind != 0 && (p.Gold.Start != p.Found.Start || p.Gold.End != p.Found.End)
}

// Compare pairs the gold entities of a text with those found, each list in order of
// Start: those of the same span first, of the same kind before others, then those
// that overlap. Each entity is in one pair; those of no valid kind are left out.
func Compare(gold, found []Span) []Pair {
	gold, found = valid(gold), valid(found)
	m := matching{gold, found, make([]int, len(gold)), make([]bool, len(found))}
	for i := range m.of {
		m.of[i] = none
	}
	m.same(func(s Span) Span { return s })
	m.same(func(s Span) Span { return Span{0, s.Start, s.End} })
	m.overlapping(func(g, f Span) bool { return g.Kind == f.Kind })
	m.overlapping(func(g, f Span) bool { return true })
	pairs := make([]Pair, len(gold), len(gold)+len(found))
	for i, j := range m.of {
		if pairs[i].Gold = gold[i]; j != none {
			pairs[i].Found = found[j]
		}
	}
	for j, f := range found {
		if !m.taken[j] {
			pairs = append(pairs, Pair{Found: f})
		}
	}
	return pairs
}

// valid returns the spans that have a kind.
func valid(spans []Span) []Span {
	if !slices.ContainsFunc(spans, func(s Span) bool { return !s.Kind.Valid() }) {
		return spans
	}
	return slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return !s.Kind.Valid() })
}

// matching is which found span stands in the place of which gold one.
type matching struct {
	gold, found []Span
	of          []int  // by gold span: the found one, or none
	taken       []bool // by found span
}

const none = -1

// same pairs those that are the same as far as what says.
func (m *matching) same(what func(Span) Span) {
	free := map[Span][]int{}
	for j, f := range m.found {
		if !m.taken[j] {
			free[what(f)] = append(free[what(f)], j)
		}
	}
	for i, g := range m.gold {
		if list := free[what(g)]; m.of[i] == none && len(list) > 0 {
			m.of[i], m.taken[list[0]] = list[0], true
			free[what(g)] = list[1:]
		}
	}
}

// overlapping pairs each gold span with the first found one that overlaps and fits it.
func (m *matching) overlapping(fits func(g, f Span) bool) {
	var near []int // found spans that begin before the end of a gold one so far, and are not over
	next := 0
	for i, g := range m.gold {
		for ; next < len(m.found) && m.found[next].Start < g.End; next++ {
			if !m.taken[next] {
				near = append(near, next)
			}
		}
		near = slices.DeleteFunc(near, func(j int) bool { return m.taken[j] || m.found[j].End <= g.Start })
		if m.of[i] != none {
			continue
		}
		for _, j := range near {
			if f := m.found[j]; f.Start < g.End && fits(g, f) {
				m.of[i], m.taken[j] = j, true
				break
			}
		}
	}
}

// Report adds up comparisons. The zero value is ready; it is for one goroutine.
type Report struct {
	counts   [gazetteer.Demonym + 1]Count
	kinds    table // by gold kind and found kind, where the span is right or one is none
	boundary table // the same, where the two only overlap
}

// table counts by gold kind and found kind; 0 is none.
type table [gazetteer.Demonym + 1][gazetteer.Demonym + 1]int

// Add compares the entities of one text. Each list is in order of Start. It returns
// what was missed and what was invented; a pair that is not right is one of each.
func (r *Report) Add(gold, found []Span) (missed, invented []Span) {
	for _, p := range Compare(gold, found) {
		if p.Boundary() {
			r.boundary[p.Gold.Kind][p.Found.Kind]++
		} else {
			r.kinds[p.Gold.Kind][p.Found.Kind]++
		}
		if p.Right() {
			r.counts[p.Gold.Kind].Right++
			continue
		}
		if p.Gold.Kind != 0 {
			r.counts[p.Gold.Kind].Missed++
			missed = append(missed, p.Gold)
		}
		if p.Found.Kind != 0 {
			r.counts[p.Found.Kind].Invented++
			invented = append(invented, p.Found)
		}
	}
	slices.SortFunc(invented, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	return missed, invented
}

// Confused returns how many entities of a gold kind were found with the right span
// as another kind; 0 stands for none, so that Confused(k, 0) were not found at all
// and Confused(0, k) were found where there is nothing.
func (r *Report) Confused(gold, found gazetteer.Kind) int { return r.kinds[gold][found] }

// Boundaries returns how many entities of a gold kind were found as the other kind,
// or as the same one, with a span that only overlaps the right one.
func (r *Report) Boundaries(gold, found gazetteer.Kind) int { return r.boundary[gold][found] }

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

// occurring returns the kinds that are in the gold or were found.
func (r *Report) occurring() []gazetteer.Kind {
	return slices.DeleteFunc(gazetteer.Kinds(), func(k gazetteer.Kind) bool { return r.counts[k] == Count{} })
}

// String returns the report as a table, in hundredths, of the kinds that occur.
func (r *Report) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tprecision\trecall\tF1\tgold\tfound\t")
	row := func(name string, c Count) {
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t%d\t\n", name, 100*c.Precision(), 100*c.Recall(), 100*c.F1(), c.Right+c.Missed, c.Right+c.Invented)
	}
	for _, k := range r.occurring() {
		row(k.String(), r.counts[k])
	}
	row("all", r.Total())
	w.Flush()
	return b.String()
}

// Confusion returns tables of what was found in place of what: the gold kinds in
// rows and the found ones in columns. Those found with other boundaries are in a
// table of their own.
func (r *Report) Confusion() string {
	var b strings.Builder
	write := func(title string, t *table, kinds []gazetteer.Kind) {
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprint(w, title+"\t")
		for _, found := range kinds {
			fmt.Fprintf(w, "%s\t", name(found))
		}
		fmt.Fprintln(w)
		for _, gold := range kinds {
			fmt.Fprintf(w, "%s\t", name(gold))
			for _, found := range kinds {
				if gold == 0 && found == 0 {
					fmt.Fprint(w, "\t")
				} else {
					fmt.Fprintf(w, "%d\t", t[gold][found])
				}
			}
			fmt.Fprintln(w)
		}
		w.Flush()
	}
	kinds := r.occurring()
	write("gold, found as", &r.kinds, append(slices.Clip(kinds), 0))
	if r.boundary != (table{}) {
		b.WriteByte('\n')
		write("with other boundaries", &r.boundary, kinds)
	}
	return b.String()
}

// name returns a kind's name, 0 being none.
func name(k gazetteer.Kind) string {
	if k == 0 {
		return "none"
	}
	return k.String()
}
