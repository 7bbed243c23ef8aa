package entity

import (
	"cmp"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// kindOfPlace returns City or Place for a location that no list has.
func (d *document) kindOfPlace(s token.Sentence, n model.Name) Kind {
	x := d.surround(s, n.First, n.Last)
	_, after := d.around(s, n.First, n.Last)
	for _, w := range d.Words[n.First:n.Last] {
		if w.Cues&(reading.PlaceHead|reading.PlaceFirst|reading.NotName) != 0 {
			return Place
		}
	}
	if after != nil && after.Cues&reading.PlaceHead != 0 && x.city == 0 {
		return Place
	}
	if n.First-2 >= s.First && d.word1(n.First-1) == "of" {
		switch d.word1(n.First - 2) {
		case "capital", "region", "province", "state", "canton", "governorate", "prefecture", "republic", "territory", "island", "islands", "peninsula", "valley", "lake", "river", "gulf", "enclave", "exclave":
			return Place
		}
	}
	if x.city == 0 && n.First > s.First && d.word1(n.First-1) == "the" {
		for _, m := range d.listing(n.First-1, n.Last, "") {
			if m.Kind == City {
				return City // the Hague
			}
		}
		return Place // the White House
	}
	if w := &d.Words[n.Last-1]; n.Last-n.First > 1 && x.city == 0 && w.Info&words.English != 0 && w.Info&words.Surname == 0 && w.Cues&reading.CityHead == 0 {
		return Place // Walt Disney World
	}
	return City
}

// natural reports whether a city's name stands for a river, a valley and the like of
// that name: the Fergana valley.
func (d *document) natural(s token.Sentence, last int32) bool {
	if last == s.Last {
		return false
	}
	switch d.word1(last) {
	case "river", "lake", "canal", "valley", "reservoir", "mountains", "range", "desert", "steppe", "gorge", "glacier", "peninsula", "enclave", "exclave":
		return true
	}
	return false
}

// maxDivisions is how many words a list of divisions may have, before or after a name.
const maxDivisions = 16

// division returns what division of a country a name stands for, as a small word, or
// nothing: region for Osh region, Osh, Talas and Batken regions, the regions of Osh and
// Talas.
func (d *document) division(s token.Sentence, first, last int32) string {
	if last < s.Last && !d.Words[last].Capital && d.Words[last].Cues&reading.Division != 0 {
		return d.word1(last)
	}
	for k := last; k < min(s.Last, last+maxDivisions); k++ {
		if d.lists(k) {
			continue
		}
		if one := singular(d.word1(k)); one != "" {
			return one
		}
		break
	}
	for k := first - 1; k > max(s.First, first-maxDivisions); k-- {
		if d.lists(k) {
			continue
		}
		head := &d.Words[k-1]
		if d.word1(k) != "of" || head.Capital || k-2 >= s.First && d.Words[k-2].Capital {
			break // the Podolsk district of Moscow
		}
		w := d.word1(k - 1)
		one := singular(w)
		if one == "district" || w == "district" || one == "" && (head.Cues&reading.Division == 0 || len(d.listing(first, last, w)) == 0) {
			break // cities have districts, and regions of their own: an eastern region of Seoul
		}
		return cmp.Or(one, w)
	}
	return ""
}

// lists reports whether word k may stand within a list of names.
func (d *document) lists(k int32) bool {
	w := d.word1(k)
	return w == "," || w == "and" || w == "or" || d.Words[k].Capital
}

// singular returns the word for one of several divisions of a country, or nothing.
func singular(divisions string) string {
	switch divisions {
	case "regions", "oblasts", "provinces", "districts", "governorates", "prefectures":
		return strings.TrimSuffix(divisions, "s")
	case "counties":
		return "county"
	}
	return ""
}

// listing returns what the words first to last-1 and the word tail are together listed
// as, likeliest first. It is good until the next call.
func (d *document) listing(first, last int32, tail string) []gazetteer.Match {
	if last-first > longestListed {
		return nil
	}
	d.name = d.name[:0]
	for _, w := range d.Words[first:last] {
		d.name = append(d.name, w.Word)
	}
	d.meanings = listing.AppendListing(d.gazetteer, d.meanings[:0], d.Text, d.name, tail)
	return d.meanings
}

// link gives a place without an ID the one of what it is called with the small word
// beside it: Osh region, the Hague.
func (d *document) link(s token.Sentence, c *span) {
	var meanings []gazetteer.Match
	switch {
	case c.kind == City && c.first > s.First && d.word1(c.first-1) == "the":
		meanings = d.listing(c.first-1, c.last, "")
	case c.kind != Place:
		return
	case c.last < s.Last && !d.Words[c.last].Capital && d.Words[c.last].Cues&reading.PlaceHead != 0:
		meanings = d.listing(c.first, c.last+1, "")
	default:
		if tail := d.division(s, c.first, c.last); tail != "" {
			meanings = d.listing(c.first, c.last, tail)
		}
	}
	for _, m := range meanings {
		if m.Kind == c.kind {
			c.id, c.country = m.ID, m.Country
			c.evidence |= Listed
			return
		}
	}
}
