package ner

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/reading"
)

// headed returns what a candidate is listed as with the word beside it that says what it
// is: Osh region; Osh, Talas and Batken regions; the Hague; the Niger, which is no country.
// It is good until the next call.
func (t *text) headed(c *Candidate) []gazetteer.Match {
	t.listed = t.listed[:0]
	if c.words() > maxHeaded {
		return nil
	}
	if c.First > 0 && t.Words[c.First-1].Cues&lexicon.Article != 0 {
		t.list(c.First-1, c.Last, "")
		if slices.ContainsFunc(t.meaningsOf(c), func(m reading.Match) bool { return m.Kind == gazetteer.Country }) {
			t.list(c.First, c.Last, lexicon.River)
		}
	}
	if tail := t.headOf(c); tail != "" {
		t.list(c.First, c.Last, tail)
	}
	return t.listed
}

// maxHeaded is how many words a name has that is listed with a word beside it.
const maxHeaded = 3

// list appends to t.listed what the words first to last-1 and the word tail are listed as.
func (t *text) list(first, last int32, tail string) {
	t.name = t.name[:0]
	for _, w := range t.Words[first:last] {
		t.name = append(t.name, w.Word)
	}
	t.listed = listing.AppendListing(t.gazetteer, t.listed, t.Text, t.name, tail)
}

// headOf returns the small word that says what a place is, after it, after the row that it
// stands in, or before "of": "" for none.
func (t *text) headOf(c *Candidate) string {
	head := func(k int32) string {
		if k < 0 || int(k) >= len(t.Words) || t.Words[k].Capital {
			return ""
		}
		switch w := &t.Words[k]; {
		case w.Cues&lexicon.Divisions != 0:
			return strings.TrimSuffix(t.Word(k), "s")
		case w.Cues&(lexicon.PlaceHead|lexicon.Natural) != 0:
			return t.Word(k)
		}
		return ""
	}
	if w := head(c.Last); w != "" {
		return w
	}
	inRow := func(k int32) bool {
		w := &t.Words[k]
		return w.Capital || w.Cues&lexicon.And != 0 || t.Word(k) == ","
	}
	k := c.Last
	for int(k) < len(t.Words) && k < c.Last+maxRow && inRow(k) {
		k++
	}
	if int(k) < len(t.Words) && k > c.Last && t.Words[k].Cues&lexicon.Divisions != 0 {
		return head(k)
	}
	for k = c.First - 1; k > 0 && k > c.First-maxRow && inRow(k); k-- {
	}
	if k == c.First-1 && k >= 0 && t.Words[k].Cues&lexicon.Natural != 0 {
		return head(k) // the river Nura
	}
	for k > 0 && (t.Word(k) == ":" || t.Words[k].Cues&lexicon.SuchAs != 0 || t.Word(k) == ",") {
		if k--; t.Words[k].Cues&lexicon.Divisions != 0 {
			return head(k) // ten regions: Akmola, Aktobe
		}
	}
	if k > 0 && t.Words[k].Cues&lexicon.OfWord != 0 {
		// The southern region of Osh; but cities have districts, too.
		if w := head(k - 1); lexicon.Of(w)&lexicon.Region != 0 && lexicon.Of(w)&lexicon.Division != 0 {
			return w
		}
	}
	return ""
}
