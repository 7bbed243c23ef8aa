package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/command"
)

// How much is said of a name.
const (
	shownFeatures = 8     // the strongest
	shownOthers   = 4     // other meanings, unless -alternatives says how many
	leastShown    = 0.005 // of the probabilities of other meanings
)

// head appends which name is spoken of, and where it is.
func (t *textWriter) head(e *entity.Entity) {
	t.buf = t.name(append(t.buf, '\n'), e.Kind, command.OneLine(e.Text))
	t.buf = fmt.Appendf(t.buf, ": %s in line %d, bytes %d to %d\n", e.Kind, t.lines+1, e.Start, e.End)
}

// says appends one thing that is known of a name.
func (t *textWriter) says(what, format string, args ...any) {
	t.buf = fmt.Appendf(fmt.Appendf(t.buf, "  %-10s  ", what), format+"\n", args...)
}

// witnesses are what may speak for an entity.
var witnesses = [...]struct {
	evidence entity.Evidence
	says     string
}{
	{entity.Listed, "the gazetteer has the name"},
	{entity.Tagged, "its words are tagged as those of a name"},
	{entity.Cued, "a word beside it or in it says what it is"},
	{entity.Recalled, "the text names it more fully elsewhere"},
	{entity.Own, "a list of -gazetteer has the name"},
}

// explanation appends why an entity was found, and whom it may mean.
func (t *textWriter) explanation(x *entity.Explanation) {
	t.head(&x.Entity)
	if x.ID != "" {
		t.says("entry", "%s", t.entry(x.ID))
	}
	for _, w := range witnesses {
		if x.Evidence.Has(w.evidence) {
			t.says(w.evidence.String(), "%s", w.says)
		}
	}
	t.says("confidence", "%.2f that it is a name of this kind and length", x.Confidence)
	t.meanings(x)
	for _, f := range strongest(x.Features) {
		t.says("feature", "%+.2f %s", f.Weight, f.Name)
	}
}

// meanings appends whom a name may mean, with probabilities.
func (t *textWriter) meanings(x *entity.Explanation) {
	given := x.Meanings[:len(x.Meanings)-len(x.Alternatives())]
	for _, list := range [...][]entity.Meaning{given, t.others(x)} {
		for _, m := range list {
			t.says("meaning", "%.2f %s", m.Probability, t.entry(m.ID))
		}
	}
}

// others returns the other meanings of a name that are shown.
func (t *textWriter) others(x *entity.Explanation) []entity.Meaning {
	list := x.Alternatives()
	n := 0
	for n < len(list) && n < cmp.Or(t.alternatives, shownOthers) && list[n].Probability >= leastShown {
		n++
	}
	return list[:n]
}

// entry says who an ID is.
func (t *textWriter) entry(id entity.ID) string {
	entry, ok := t.g.EntryAt(id, t.date)
	switch {
	case id == "":
		return "none in the gazetteer"
	case !ok:
		return command.OneLine(string(id))
	}
	s := command.OneLine(entry.Name)
	if entry.Description != "" {
		s += ", " + command.OneLine(entry.Description)
	}
	return fmt.Sprintf("%s (%s)", s, command.OneLine(string(id)))
}

// strongest returns the features that spoke the loudest, the strongest first.
func strongest(features []entity.Feature) []entity.Feature {
	sorted := slices.Clone(features)
	slices.SortStableFunc(sorted, func(a, b entity.Feature) int {
		return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight))
	})
	return sorted[:min(len(sorted), shownFeatures)]
}
