package ner

import (
	"slices"
	"strings"
	"unsafe"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// Linker decides whom a name means: a conditional logistic regression over the meanings
// that a name may have and nobody, by features of each in the document (McFadden, 1974). It
// is immutable.
type Linker struct {
	weights   []float64
	Threshold float64 // the probability that a meaning has to pass for its ID to be given
}

// Meaning is one of those whom a mention may mean: somebody of the gazetteer, or, with no
// ID, nobody there.
type Meaning struct {
	ID       gazetteer.ID
	Country  string
	P        float64 // its probability, given that span and kind are right
	features [2]int32
	logit    float64
}

// bearer is somebody named in full, by a name of which the last word is known.
type bearer struct {
	at      int     // the number of the mention in the document
	p       float64 // the probability that it means this one; before it is decided, 1
	first   uint32  // the first letters of the name, folded
	id      gazetteer.ID
	country string
	part    int   // the number of the part of the document
	surname int32 // the word there
	earlier int32 // the bearer of the same last word before it in the document, plus one
}

// nation is how often a document names a country in each way.
type nation struct {
	country string
	times   [nationWays]int
}

// The ways of naming a country: itself or its people, its places, its people and bodies as
// they are listed, and words that are at home there.
const (
	byName = iota
	byPlace
	byEntity
	byWord
	nationWays
)

// people is what a document has told of whom it means. The mentions of earlier parts count
// as before those of this one.
type people struct {
	bearers  []bearer
	defined  map[uint64]gazetteer.ID // what abbreviations that stood in brackets behind a name mean, by hash
	meant    map[uint64]gazetteer.ID // whom names were last found to mean, by the hash of their words
	bodies   map[gazetteer.ID]bool   // those that names may mean
	latest   map[uint64]int32        // by the hash of the last word: the latest bearer, plus one
	nations  []nation
	total    [nationWays]int
	mentions int
	part     int            // how many parts were before this one
	first    string         // the country of the place that the document names first
	from     string         // the country of the dateline
	year     gazetteer.Date // the year that the dateline says
}

func newPeople() people {
	return people{
		latest: map[uint64]int32{}, defined: map[uint64]gazetteer.ID{}, meant: map[uint64]gazetteer.ID{}, bodies: map[gazetteer.ID]bool{},
	}
}

func (p *people) clear() {
	clear(p.latest)
	clear(p.defined)
	clear(p.meant)
	clear(p.bodies)
	p.bearers = p.bearers[:0]
	p.nations, p.total, p.mentions = p.nations[:0], [nationWays]int{}, 0
	p.part, p.first, p.from, p.year = 0, "", "", gazetteer.Date{}
}

// maxNations bounds what is remembered of one document.
const maxNations = 256

// see counts a mention of a country.
func (p *people) see(country string, way int) {
	if country == "" {
		return
	}
	p.total[way]++
	i := slices.IndexFunc(p.nations, func(n nation) bool { return n.country == country })
	if i < 0 {
		if len(p.nations) == maxNations {
			return
		}
		i = len(p.nations)
		p.nations = append(p.nations, nation{country: country})
	}
	p.nations[i].times[way]++
}

// of returns how often a country was named in each way.
func (p *people) of(country string) [nationWays]int {
	for i := range p.nations {
		if p.nations[i].country == country {
			return p.nations[i].times
		}
	}
	return [nationWays]int{}
}

// mostNamed returns the country that is named most by its name and its places.
func (p *people) mostNamed() (top string) {
	most := 0
	for i := range p.nations {
		n := &p.nations[i]
		if sum := n.times[byName] + n.times[byPlace]; sum > most {
			top, most = n.country, sum
		}
	}
	return top
}

// maxBearers is how many mentions in full of bearers of one surname are looked at.
const maxBearers = 32

// linker is the scratch of linking one part.
type linker struct {
	*text
	people    *people
	found     []Candidate
	meanings  []Meaning
	out       []Active
	kind      gazetteer.Kind // of the mention at hand
	known     []bearer       // of its last word
	title     []uint64       // of it
	joined    []byte         // two words behind each other
	listedBy  int            // the first meaning that is not listed by the name itself
	short     int            // the first meaning that the abbreviation behind a name has brought
	families  []int32        // the words that are surnames of those named, each where it stands first
	family    [3]int         // the meanings that a given name has with a surname before it, and with one after
	date      gazetteer.Date // of the text, zero for none
	holder    gazetteer.ID   // the one whose posts were last asked for
	posts     []gazetteer.Post
	around    []string           // of the body at hand
	sentence  int                // its number
	top       string             // the country most named
	countries map[uint64]Meaning // whom names of countries mean in the part
	off       uint64             // the groups of features of meanings that are switched off
	each      func(i int)        // told of each mention when its meanings and their probabilities are known, nil for nobody
}

// link sets the IDs of what was found.
func (r *Recogniser) link(s *Scratch) {
	l := &s.linker
	l.text, l.people, l.found, l.date, l.off = &s.text, &s.Memory.people, s.found, r.date, r.Off.Links
	l.sentence = 0
	if l.countries == nil {
		l.countries = map[uint64]Meaning{}
	}
	clear(l.countries)
	l.holder, l.posts = "", nil // of another list, perhaps
	l.survey()
	if l.people.part == 0 {
		l.people.year = l.dateline()
	}
	if l.date == (gazetteer.Date{}) {
		l.date = l.people.year
	}
	l.top = l.people.mostNamed()
	for turn := range turns {
		for i := range l.found {
			if turnOf(&l.found[i]) == turn {
				l.decide(i, r.Weights.Linker)
			}
		}
	}
	l.people.mentions += len(l.found)
	l.people.part++
}

// turns is the number of turns in which the mentions of a part are decided.
const turns = 3

// turnOf returns the turn of a mention: persons named in full come first, for they say whom
// surnames mean; bodies come last, for all others say of which country a bare ministry is.
func turnOf(c *Candidate) int {
	switch {
	case c.Kind == gazetteer.Organisation:
		return 2
	case c.Kind == gazetteer.Person && c.words() > 1:
		return 0
	}
	return 1
}

// decide sets the ID of mention i.
func (l *linker) decide(i int, k *Linker) {
	c := &l.found[i]
	if c.Kind == gazetteer.Demonym {
		m := l.likeliest(c)
		c.ID, c.Country = m.ID, m.Country
		return
	}
	again, plain := l.plainCountry(c)
	if known, ok := l.countries[again]; plain && ok {
		c.ID, c.Country, c.IDProbability = known.ID, known.Country, known.P
		return
	}
	l.appendMeanings(i)
	l.score(k)
	if l.each != nil {
		l.each(i)
	}
	best := &l.meanings[0]
	for k := range l.meanings {
		if m := &l.meanings[k]; m.P > best.P {
			best = m
		}
	}
	if best.ID != "" && best.P >= k.Threshold {
		c.ID, c.Country = best.ID, best.Country
	}
	l.define(i)
	l.remember(c, best)
	if k, ok := l.bearerOf(i); ok {
		l.people.bearers[k].id, l.people.bearers[k].p = best.ID, best.P
	}
	if c.ID == best.ID {
		c.IDProbability = best.P
	}
	if plain && l.each == nil {
		l.countries[again] = Meaning{ID: c.ID, Country: c.Country, P: c.IDProbability}
	}
}

// plainCountry reports whether whom a mention means hangs on its words alone, as that of a
// country does beside no comma and no bracket, and returns what tells it from others.
func (l *linker) plainCountry(c *Candidate) (key uint64, plain bool) {
	if c.Kind != gazetteer.Country {
		return 0, false
	}
	key = l.nameHash(c.Span)
	if c.First > 0 {
		before := &l.Words[c.First-1]
		if before.Class == token.Punctuation {
			return 0, false
		}
		if before.Cues&lexicon.Article != 0 {
			key++ // the Gambia
		}
	}
	return key, int(c.Last) == len(l.Words) || l.Words[c.Last].Class != token.Punctuation || l.Word(c.Last) == "."
}

// remember notes whom a mention was found to mean, if that is clear.
func (l *linker) remember(c *Candidate, best *Meaning) {
	p := l.people
	switch c.Kind {
	case gazetteer.City, gazetteer.Place:
		if c.Country != l.likeliest(c).Country {
			p.see(c.Country, byPlace) // Osh region, which the name by itself is not
		}
	case gazetteer.Person:
		if len(p.meant) < memoryNames && c.ID == best.ID {
			p.meant[l.nameHash(c.Span)] = c.ID
		}
	}
}

// define notes what an abbreviation in brackets behind mention i means.
func (l *linker) define(i int) {
	if short := l.shortOf(i); short != nil && len(l.people.defined) < memoryNames {
		l.people.defined[l.Words[short.First].Hash] = l.found[i].ID
	}
}

// score sets the probabilities of the meanings at hand.
func (l *linker) score(k *Linker) {
	top := 0.0
	for i := range l.meanings {
		m := &l.meanings[i]
		m.logit = 0
		for _, a := range l.out[m.features[0]:m.features[1]] {
			m.logit += float64(k.weights[a.Feature] * float64(a.Value))
		}
		if i == 0 || m.logit > top {
			top = m.logit
		}
	}
	total := 0.0
	for i := range l.meanings {
		m := &l.meanings[i]
		m.P = model.Exp(max(m.logit-top, -60))
		total += m.P
	}
	for i := range l.meanings {
		l.meanings[i].P /= total
	}
}

// survey reads what was found once before anything is decided: who is named in full, which
// countries the text is about, which abbreviations it defines.
func (l *linker) survey() {
	p := l.people
	l.families = l.families[:0]
	if !l.silent(nth(meansShare, byWord)) {
		for k := range l.Words {
			if w := &l.Words[k]; w.Cues&lexicon.Local != 0 {
				p.see(lexicon.Country(w.Hash), byWord)
			}
		}
	}
	for i := range l.found {
		c := &l.found[i]
		likeliest := l.likeliest(c)
		switch c.Kind {
		case gazetteer.Country, gazetteer.Demonym:
			p.see(likeliest.Country, byName)
		case gazetteer.City, gazetteer.Place:
			p.see(likeliest.Country, byPlace)
		default:
			if l.oneCountry(c) {
				p.see(likeliest.Country, byEntity)
			}
			if c.Kind == gazetteer.Organisation {
				l.noteBodies(c)
			}
		}
		if p.first == "" && p.mentions == 0 && (c.Kind == gazetteer.City || c.Kind == gazetteer.Country) {
			p.first = likeliest.Country
			if c.Kind == gazetteer.City && l.inDateline(c) {
				p.from = likeliest.Country
			}
		}
		if c.Kind == gazetteer.Person {
			l.noteFamily(l.surnameOf(c))
		}
		if c.Kind == gazetteer.Person && c.words() > 1 && !strings.HasSuffix(l.Word(c.First), ".") {
			h := l.surnameHash(l.surnameOf(c))
			if len(p.bearers) == memoryNames {
				clear(p.latest)
				p.bearers = p.bearers[:0]
			}
			p.bearers = append(p.bearers, bearer{p.mentions + i, 1, l.firstLetters(c), likeliest.ID, likeliest.Country, p.part, l.surnameOf(c), p.latest[h]})
			p.latest[h] = int32(len(p.bearers))
		}
	}
}

// noteFamily notes the word that is somebody's surname.
func (l *linker) noteFamily(surname int32) {
	h := l.Words[surname].Hash
	lately := l.families[max(0, len(l.families)-maxFamilies):]
	if len(l.families) < memoryNames && !slices.ContainsFunc(lately, func(k int32) bool { return l.Words[k].Hash == h }) {
		l.families = append(l.families, surname)
	}
}

// noteBodies notes the bodies that a candidate may mean.
func (l *linker) noteBodies(c *Candidate) {
	for _, m := range l.meaningsOf(c) {
		if m.Kind == c.Kind && len(l.people.bodies) < memoryNames {
			l.people.bodies[m.ID] = true
		}
	}
}

// onlyMeaning reports whether a candidate has one meaning of its kind, which is sure.
func (l *linker) onlyMeaning(c *Candidate) bool {
	n := 0
	for _, m := range l.meaningsOf(c) {
		if m.Kind == c.Kind {
			if n++; m.Usage != gazetteer.Sure {
				return false
			}
		}
	}
	return n == 1
}

// inDateline reports whether a city begins the text as the place that it is written in:
// DUSHANBE, 3 March; Bishkek (24.kg); Osh - A court.
func (l *linker) inDateline(c *Candidate) bool {
	if c.First > 0 || int(c.Last) == len(l.Words) {
		return false
	}
	next := &l.Words[c.Last]
	return l.Words[0].Shape&token.AllUpper != 0 || next.Class == token.Punctuation && l.Word(c.Last) != ","
}

// oneCountry reports whether all meanings of a candidate, of its kind, are of one country.
func (l *linker) oneCountry(c *Candidate) bool {
	first := l.likeliest(c)
	for _, m := range l.meaningsOf(c) {
		if m.Kind == c.Kind && m.Country != first.Country {
			return false
		}
	}
	return true
}

// bearerOf returns the number of the bearer who is named in full by mention i.
func (l *linker) bearerOf(i int) (int, bool) {
	if c := &l.found[i]; c.Kind != gazetteer.Person || c.words() == 1 {
		return 0, false
	}
	return slices.BinarySearchFunc(l.people.bearers, l.people.mentions+i, func(b bearer, at int) int { return b.at - at })
}

// bearersOf returns the last ones of those named in full by a name whose last word has a
// hash, in order. They are good until the next call.
func (l *linker) bearersOf(hash uint64) []bearer {
	l.known = l.known[:0]
	for k := l.people.latest[hash]; k > 0 && len(l.known) < maxBearers; k = l.people.bearers[k-1].earlier {
		l.known = append(l.known, l.people.bearers[k-1])
	}
	slices.Reverse(l.known)
	return l.known
}

// surnameOf returns the word of a person's full name that stands for it alone: the last
// one that is not a numeral or Junior.
func (l *linker) surnameOf(c *Candidate) int32 {
	k := c.Last - 1
	for k > c.First && l.Words[k].Cues&(lexicon.Junior|lexicon.Numeral) != 0 {
		k--
	}
	return k
}

// surnameHash returns the hash of a surname without a particle that a hyphen joins to it: al-Assad
// is Assad.
func (l *linker) surnameHash(k int32) uint64 {
	particle, rest, ok := strings.Cut(l.Word(k), "-")
	if !ok || lexicon.Of(particle)&lexicon.Particle == 0 {
		return l.Words[k].Hash
	}
	var buf [64]byte
	_, h := fold.Append(buf[:0], rest)
	return h
}

// firstLetters returns the first four letters of a name, the first one lowest.
func (l *linker) firstLetters(c *Candidate) uint32 { return l.Words[c.First].Head }

// likeliest returns the first listed meaning of a candidate's kind, the zero one when there
// is none.
func (l *linker) likeliest(c *Candidate) (m reading.Match) {
	for _, m := range l.meaningsOf(c) {
		if m.Kind == c.Kind {
			return m
		}
	}
	return m
}

// appendMeanings sets l.meanings to those of mention i, nobody first, and l.out to their
// features.
func (l *linker) appendMeanings(i int) {
	c := &l.found[i]
	l.meanings, l.out, l.kind = l.meanings[:0], l.out[:0], c.Kind
	l.meanings = append(l.meanings, Meaning{})
	for _, m := range l.meaningsOf(c) {
		if m.Kind == c.Kind {
			l.mean(m.ID, m.Country)
		}
	}
	l.listedBy = len(l.meanings)
	l.meanTitled(c)
	if id, ok := l.definedAs(c); ok && id != "" {
		l.mean(id, "")
	}
	l.short = len(l.meanings)
	if short := l.shortOf(i); short != nil && l.short == 1 {
		for _, m := range l.meaningsOf(short) {
			if m.Kind == c.Kind {
				l.mean(m.ID, m.Country)
			}
		}
	}
	headed := len(l.meanings)
	if c.Kind != gazetteer.Person && (c.Kind != gazetteer.Organisation || headed == 1) {
		for _, m := range l.headed(c) {
			if m.Kind == c.Kind {
				l.mean(m.ID, m.Country)
			}
		}
	}
	var known []bearer
	if c.Kind == gazetteer.Person {
		surname := l.surnameOf(c)
		if c.words() > 1 && l.Words[c.First].Shape&token.Initial != 0 {
			for _, m := range l.listedFrom(surname) {
				if m.Kind == gazetteer.Person && m.Last == c.Last {
					l.mean(m.ID, m.Country)
				}
			}
		}
		known = l.bearersOf(l.surnameHash(surname))
		for _, b := range known {
			// Somebody of another given name is somebody else.
			if b.id != "" && (c.words() == 1 || l.sameGiven(c, b.first)) {
				l.mean(b.id, b.country)
			}
		}
	}
	l.meanFamily(c, len(known) > 0)
	x := l.context(i, known)
	for k := range l.meanings {
		m := &l.meanings[k]
		m.features[0] = int32(len(l.out))
		if k == 0 {
			l.ofNobody(c, &x)
		} else {
			l.ofMeaning(c, m, k, headed, &x)
		}
		m.features[1] = int32(len(l.out))
	}
}

// sameGiven reports whether the given name of a mention of several words may be one that
// begins with certain letters, as far as it is written out.
func (l *linker) sameGiven(c *Candidate, letters uint32) bool {
	if l.Words[c.First].Shape&token.Initial != 0 {
		return byte(letters) == byte(l.firstLetters(c))
	}
	return letters == l.firstLetters(c)
}

// meanTitled adds the meanings of a name that is listed with the title before it: King
// Abdullah.
func (l *linker) meanTitled(c *Candidate) {
	for k := c.First - 1; k >= 0 && l.Words[k].Cues&lexicon.Title != 0; k-- {
		for _, m := range l.listedFrom(k) {
			if m.Last == c.Last && m.Kind == c.Kind {
				l.mean(m.ID, m.Country)
			}
		}
	}
}

// maxFamilies is how many families of a document a given name by itself may be of.
const maxFamilies = 8

// meanFamily adds the meanings that a given name by itself has with the surname of somebody
// named in the part: his son Dmitry; Akayev's daughter Bermet.
func (l *linker) meanFamily(c *Candidate, known bool) {
	l.family = [3]int{}
	if c.Kind != gazetteer.Person || c.words() > 1 || known || len(l.meanings) > 1 && l.Words[c.First].Info&words.Given == 0 {
		return
	}
	before, _ := slices.BinarySearch(l.families, c.First)
	l.family[0] = len(l.meanings)
	for _, k := range l.families[max(0, before-maxFamilies):before] {
		l.meanTogether(c.First, k)
	}
	l.family[1] = len(l.meanings)
	for _, k := range l.families[before:min(len(l.families), before+maxFamilies)] {
		if k != c.First {
			l.meanTogether(c.First, k)
		}
	}
	l.family[2] = len(l.meanings)
}

// meanTogether adds the meanings of a given name with a surname, that of a man or of a woman.
func (l *linker) meanTogether(given, surname int32) {
	for _, other := range [...]bool{false, true} {
		for _, m := range l.listedTogether(given, surname, other) {
			if m.Kind == gazetteer.Person {
				l.mean(m.ID, m.Country)
			}
		}
	}
}

// listedTogether returns what a given name of the text and a surname are listed as when one
// stands behind the other, the surname as it is or as those of the other sex bear it. It is
// good until the next call.
func (l *linker) listedTogether(given, surname int32, other bool) []gazetteer.Match {
	l.listed = l.listed[:0]
	name := l.Word(surname)
	l.joined = append(append(append(l.joined[:0], l.Word(given)...), ' '), name...)
	if other {
		switch {
		case strings.HasSuffix(name, "v") || strings.HasSuffix(name, "n"):
			l.joined = append(l.joined, 'a')
		case strings.HasSuffix(name, "va") || strings.HasSuffix(name, "na"):
			l.joined = l.joined[:len(l.joined)-1]
		default:
			return nil
		}
	}
	first, second := l.Words[given].Word, l.Words[surname].Word
	first.Start, first.End = 0, first.End-first.Start
	second.Start, second.End = first.End+1, int32(len(l.joined))
	l.name = append(l.name[:0], first, second)
	text := unsafe.String(unsafe.SliceData(l.joined), len(l.joined)) // which nothing keeps
	l.listed = listing.AppendListing(l.gazetteer, l.listed, text, l.name, "")
	return l.listed
}

// maxDateline is how many words of a text are looked at for the year that it is of.
const maxDateline = 12

// dateline returns the year that the first words of a text say: BAKU, May 2001.
func (l *linker) dateline() gazetteer.Date {
	for k := range min(maxDateline, len(l.Words)) {
		w := &l.Words[k]
		if w.Class != token.Number || w.End-w.Start != 4 || k == 0 {
			continue
		}
		year := 0
		for _, digit := range []byte(l.Word(int32(k))) {
			year = 10*year + int(digit-'0')
		}
		before := l.Word(int32(k) - 1)
		if year > 1900 && year < 2100 && (before == "," || l.Words[k-1].Cues&(lexicon.Month|lexicon.Locative) != 0) {
			return gazetteer.Date{Year: year}
		}
	}
	return gazetteer.Date{}
}

// definedAs returns what the text has given as the long form of an abbreviation: "" for
// nobody in the gazetteer.
func (l *linker) definedAs(c *Candidate) (id gazetteer.ID, ok bool) {
	if c.words() > 1 {
		return "", false
	}
	id, ok = l.people.defined[l.Words[c.First].Hash]
	return id, ok
}

// shortOf returns the abbreviation in brackets that stands behind mention i, nil for none.
func (l *linker) shortOf(i int) *Candidate {
	if i+1 < len(l.found) && l.bracketed(i+1) {
		return &l.found[i+1]
	}
	return nil
}

// bracketed reports whether mention i is an abbreviation in brackets behind a mention of its
// kind.
func (l *linker) bracketed(i int) bool {
	c := &l.found[i]
	if i == 0 || c.words() > 1 || c.First == 0 || int(c.Last) >= len(l.Words) || l.Words[c.First].Shape&token.AllUpper == 0 {
		return false
	}
	b := &l.found[i-1]
	return b.Kind == c.Kind && b.words() > 1 && b.Last == c.First-1 && l.Word(c.First-1) == "(" && l.Word(c.Last) == ")"
}

// maxLinked is how many meanings of a mention are told apart.
const maxLinked = 64

// mean adds a meaning unless it is there.
func (l *linker) mean(id gazetteer.ID, country string) {
	if len(l.meanings) < maxLinked && !slices.ContainsFunc(l.meanings, func(m Meaning) bool { return m.ID == id }) {
		l.meanings = append(l.meanings, Meaning{ID: id, Country: country})
	}
}
