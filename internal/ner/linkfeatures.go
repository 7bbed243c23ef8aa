package ner

import (
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// What speaks for a meaning of a mention, or for nobody. Each has a weight a kind.
var linkNames []string

// linkName registers a feature of meanings, one a kind of mention.
func linkName(s string) feature {
	for _, k := range kindNames {
		linkNames = append(linkNames, s+"."+k)
	}
	return feature(len(linkNames) - len(kindNames))
}

// linkNamesOf registers several, one after the other.
func linkNamesOf(prefix string, list ...string) feature {
	first := feature(len(linkNames))
	for _, s := range list {
		linkName(prefix + "." + s)
	}
	return first
}

var (
	nobody          = linkName("nobody")
	nobodyMeanings  = linkNamesOf("nobody.meanings", "none", "one", "two", "few", "many")
	nobodyStranger  = linkName("nobody.stranger-named-before") // in full, and in no list
	nobodyStranger2 = linkName("nobody.stranger-named-after")
	nobodyBearers   = linkName("nobody.several-named-before")
	nobodyWords     = linkName("nobody.several-words")
	nobodyDefined   = linkName("nobody.long-form-of-nobody")
	nobodyElsewhere = linkName("nobody.first-named-of-none") // the country named first is none of its meanings'
	nobodyNew       = linkNamesOf("nobody.introduced", "by-age", "by-article", "by-noun")

	meansUsage    = linkNamesOf("usage", "sure", "ambiguous", "with-head", "by-full-name", "by-family", "by-abbreviation", "by-family-after")
	meansOrder    = linkNamesOf("order", "only", "first", "second", "later")
	meansRank     = linkNamesOf("rank", "0", "1", "2", "3", "4")
	meansLone     = linkNamesOf("surname.rank", "0", "1", "2", "3", "4") // of one who is named by one word
	meansMain     = linkName("main-name")
	meansFormer   = linkName("former-name")
	meansWords    = linkName("several-words")
	meansShare    = linkNamesOf("country.share", "names", "places", "entities", "words")
	meansTop      = linkName("country.most-named")
	meansOnly     = linkName("country.only-one-named")
	meansUnnamed  = linkName("country.unnamed") // another one is named
	meansNoNation = linkName("country.none-named")
	meansNowhere  = linkName("country.of-none")
	meansBefore   = linkNamesOf("nation-before", "agrees", "differs")
	meansNearest  = linkNamesOf("nearest-country", "agrees", "differs")
	meansComma    = linkNamesOf("across-comma", "agrees", "differs", "region-agrees")
	meansIn       = linkNamesOf("in-after", "agrees", "differs") // the Foreign Ministry in Moscow
	meansAround   = linkNamesOf("in-sentence", "agrees", "differs", "all-agree")
	meansLast     = linkNamesOf("before-sentence", "agrees", "differs")
	meansSame     = linkNamesOf("same-name", "agrees", "differs", "nobody") // whom it was found to mean before
	meansOffice   = linkName("post-in-body-named")                          // the Security Council met; Nurdauletov, its secretary
	meansFirst    = linkNamesOf("first-named", "agrees", "differs")
	meansFrom     = linkNamesOf("dateline", "agrees", "differs")
	meansHeld     = linkNamesOf("post-held", "then", "not-then", "still", "head-of-state") // at the date of the text, or now when that has none
	meansBearer   = linkNamesOf("named-in-full", "before", "before.nearest", "after", "after.only", "other-before", "other-after", "stranger-before")
	meansInitial  = linkNamesOf("given-name", "agrees", "differs")
	meansDefined  = linkNamesOf("abbreviation", "agrees", "differs") // of a long form that the text gives
	meansShort    = linkNamesOf("long-form", "agrees", "differs")    // of an abbreviation in brackets behind it
	meansNew      = linkNamesOf("introduced", "by-age", "by-article", "by-noun")
	meansNewAs    = linkNamesOf("introduced-as", "agrees", "differs") // what one's post is
	// With a post: one before a higher one, one of another time; no post is known.
	meansTitle = linkNamesOf("title", "agrees", "differs", "unknown", "agrees.once", "agrees.not-then")
)

// on notes a feature of a meaning.
func (l *linker) on(f feature) { l.add(f, 1) }

// add notes a feature of a meaning with a value.
func (l *linker) add(f feature, v float64) {
	if l.silent(f) {
		return
	}
	l.out = append(l.out, Active{f + feature(l.kind-1), float32(v)})
}

// silent reports whether the group of a feature is switched off.
func (l *linker) silent(f feature) bool { return l.off != 0 && l.off&(1<<groupOfLink(f)) != 0 }

// linkGroups are the groups of features of meanings, by how the names of these begin.
var linkGroups = [...]struct {
	name     string
	prefixes []string
}{
	{"meanings: listing", []string{"nobody.meanings", "usage.", "order.", "rank.", "surname.rank.", "main-name", "former-name", "several-words"}},
	{"meanings: countries", []string{"country.share.names", "country.share.places", "country.share.entities", "country.most", "country.only",
		"country.un", "country.no", "country.of", "nation-before", "nearest-country", "first-named", "nobody.first-named"}},
	{"meanings: words at home in a country", []string{"country.share.words"}},
	{"meanings: the sentence", []string{"in-sentence.", "before-sentence."}},
	{"meanings: the dateline", []string{"dateline."}},
	{"meanings: places beside", []string{"across-comma.", "in-after."}},
	{"meanings: the same name", []string{"same-name."}},
	{"meanings: bodies of posts", []string{"post-in-body-named"}},
	{"meanings: persons in full", []string{"named-in-full.", "given-name.", "nobody.stranger", "nobody.several-named"}},
	{"meanings: abbreviations", []string{"abbreviation.", "long-form.", "nobody.long-form"}},
	{"meanings: introductions", []string{"introduced.", "nobody.introduced"}},
	{"meanings: introduced as", []string{"introduced-as."}},
	{"meanings: titles", []string{"title."}},
	{"meanings: dates", []string{"post-held."}},
}

// LinkGroups are the names of the groups of features of meanings.
func LinkGroups() (names []string) {
	for _, g := range linkGroups {
		names = append(names, g.name)
	}
	return names
}

// groupOfLink returns the number of the group of a feature of meanings, or that of none.
func groupOfLink(f feature) int {
	for i, g := range linkGroups {
		for _, prefix := range g.prefixes {
			if strings.HasPrefix(linkNames[f], prefix) {
				return i
			}
		}
	}
	return len(linkGroups)
}

// nth is the n-th feature of a row that linkNamesOf has registered.
func nth(first feature, n int) feature { return first + feature(n*len(kindNames)) }

// context is what is known of a mention, whoever it means.
type context struct {
	number     int // of the mention in the document
	bearers    []bearer
	before     int             // how many bearers are named before it
	nation     string          // the country or people named just before it
	nearest    string          // the country last named before it in its sentence
	defined    gazetteer.ID    // what the text has given as the long form of an abbreviation
	isDefined  bool            // it has, perhaps nobody
	short      *Candidate      // the abbreviation in brackets behind it
	in         string          // the country of the place that it is in
	comma      []reading.Match // what is listed across a comma
	given      uint32          // the first letters of its given name, 0 for none
	initial    bool            // only the first of these is known
	introduced int             // how it is introduced as somebody
	title      []uint64        // the hashes of the words of the title beside it
	elsewhere  bool            // none is of the country that is named first
	around     []string        // the countries of the other mentions in the sentence of a body
	lastBefore string          // that of the last mention before the sentence
	meant      gazetteer.ID    // whom the same name was last found to mean
	wasMeant   bool            // it has been decided before, perhaps for nobody
	newAs      uint64          // what somebody new is introduced as: the hash of teacher, 0 for nothing
}

// context returns what is known of mention i.
func (l *linker) context(i int, bearers []bearer) (x context) {
	c := &l.found[i]
	x.number, x.bearers = l.people.mentions+i, bearers
	for _, b := range bearers {
		if b.at < x.number {
			x.before++
		}
	}
	if i > 0 {
		x.nation, x.nearest = l.nationsBefore(i)
	}
	if int(c.Last)+1 < len(l.Words) && l.Word(c.Last) == "," {
		x.comma = l.listedFrom(c.Last + 1)
	}
	x.in = l.placeAfter(c)
	x.short = l.shortOf(i)
	x.defined, x.isDefined = l.definedAs(c)
	if c.Kind == gazetteer.Person && c.words() > 1 {
		x.given, x.initial = l.firstLetters(c), l.Words[c.First].Shape&token.Initial != 0
	}
	if c.Kind == gazetteer.Person {
		l.title = l.appendTitle(l.title[:0], i)
		x.title = l.title
		x.meant, x.wasMeant = l.people.meant[l.nameHash(c.Span)]
		if x.before == 0 || c.words() > 1 {
			x.introduced, x.newAs = l.introduced(c)
		}
	} else if c.Kind == gazetteer.Organisation && len(l.meanings) > 2 {
		l.around, x.lastBefore = l.appendAround(l.around[:0], i)
		x.around = l.around
	}
	if len(l.meanings) > 2 && l.people.first != "" {
		x.elsewhere = !slices.ContainsFunc(l.meanings, func(m Meaning) bool { return m.Country == l.people.first })
	}
	return x
}

// The ways of introducing somebody.
const (
	notIntroduced = iota
	byAge         // Nurlan Asanov, 34
	byArticle     // Aigul Japarova, a school teacher; a farmer, Bakyt Osmonov
	byNoun        // bus driver Sergei Lavrov
)

// introduced returns how a person is introduced as somebody, and as what: the hash of
// teacher, of driver; 0 for nothing.
func (l *linker) introduced(c *Candidate) (way int, as uint64) {
	if k := c.Last; int(k)+1 < len(l.Words) && l.Word(k) == "," {
		w := &l.Words[k+1]
		if w.Class == token.Number && w.End-w.Start <= 2 {
			way = byAge
		}
		if w.Cues&lexicon.Article != 0 && !definite(l.Word(k+1)) {
			return byArticle, l.headFrom(k+2, int32(len(l.Words)))
		}
	}
	for k := c.First - 1; k >= 0 && k >= c.First-5; k-- {
		w := &l.Words[k]
		if w.Cues&lexicon.Article != 0 {
			if definite(l.Word(k)) {
				break
			}
			return byArticle, l.headFrom(k+1, c.First)
		}
		if comma := k == c.First-1 && l.Word(k) == ","; !comma && (w.Class != token.Letters || w.Cues&afterHead != 0 || isVerb(w.Tag)) {
			break
		}
	}
	if k := c.First - 1; k >= 0 && c.words() > 1 {
		if w := &l.Words[k]; !w.Capital && w.Class == token.Letters && w.Tag == noun && w.Cues&(lexicon.Title|lexicon.FamilyWord|lexicon.NotName) == 0 {
			return max(way, byNoun), w.Hash
		}
	}
	return way, 0
}

// noun is the tag of a common noun.
var noun, _ = perceptron.ClassOf("NN")

// afterHead are the classes of words that follow a noun and what stands before it.
const afterHead = lexicon.Locative | lexicon.OfWord | lexicon.And | lexicon.Connector | lexicon.NotName | lexicon.Speech

// headFrom returns the hash of the last small word of those from first on, before end, that
// belong together: of "school teacher from Osh" that of teacher; 0 for none.
func (l *linker) headFrom(first, end int32) (head uint64) {
	for k := first; k < min(end, first+4); k++ {
		w := &l.Words[k]
		if w.Class != token.Letters || w.Cues&afterHead != 0 {
			break
		}
		if !w.Capital {
			head = w.Hash
		}
	}
	return head
}

// definite reports whether an article is "the", which is longer than the other ones.
func definite(article string) bool { return len(article) == 3 }

// ofNobody notes what speaks for nobody in the gazetteer.
func (l *linker) ofNobody(c *Candidate, x *context) {
	l.on(nobody)
	n := len(l.meanings) - 1
	step := n
	switch {
	case n > 5:
		step = 4
	case n > 2:
		step = 3
	}
	l.on(nth(nobodyMeanings, step))
	if c.words() > 1 {
		l.on(nobodyWords)
	}
	if x.introduced > notIntroduced {
		l.on(nth(nobodyNew, x.introduced-1))
	}
	if x.elsewhere {
		l.on(nobodyElsewhere)
	}
	if x.isDefined && x.defined == "" {
		l.on(nobodyDefined)
	}
	if c.Kind != gazetteer.Person || c.words() > 1 {
		return // a name in full is nobody else's business
	}
	if x.before > 0 {
		switch last := &x.bearers[x.before-1]; {
		case last.id == "":
			l.add(nobodyStranger, last.p)
		case last.p < 1:
			l.add(nobodyStranger, 1-last.p)
		}
		if x.before > 1 && x.bearers[x.before-2].id != x.bearers[x.before-1].id {
			l.on(nobodyBearers)
		}
	} else if len(x.bearers) > 0 && x.bearers[0].id == "" {
		l.on(nobodyStranger2)
	}
}

// ofMeaning notes what speaks for meaning k of a mention, those from headed on being found
// by a word beside the name.
func (l *linker) ofMeaning(c *Candidate, m *Meaning, k, headed int, x *context) {
	l.ofName(c, m, k, headed, c.words() == 1 && (x.before > 0 || x.meant != ""))
	l.ofNation(m, x)
	l.ofBearers(c, m, x, k < l.listedBy)
	l.ofShort(m, x)
	l.ofTitle(m, x)
	l.ofIntroduction(m, x)
	if x.wasMeant {
		switch x.meant {
		case "":
			l.on(nth(meansSame, 2))
		case m.ID:
			l.on(meansSame)
		default:
			l.on(nth(meansSame, 1))
		}
	}
}

// ofName notes how the name is listed; how well known one is does not count where the text has
// said before who is meant.
func (l *linker) ofName(c *Candidate, m *Meaning, k, headed int, named bool) {
	order, rank := min(k, 3), 0
	if len(l.meanings) == 2 {
		order = 0
	}
	if !named {
		l.on(nth(meansOrder, order))
	}
	if c.words() > 1 {
		l.on(meansWords)
	}
	usage := 3
	switch {
	case l.family[0] <= k && k < l.family[1]:
		usage = 4
	case l.family[1] <= k && k < l.family[2]:
		usage = 6
	case l.short <= k && k < headed:
		usage = 5
	}
	for _, listed := range l.meaningsOf(c) {
		if listed.ID == m.ID {
			usage, rank = int(min(listed.Usage, gazetteer.Ambiguous)), listed.Rank
			if listed.Primary {
				l.on(meansMain)
			}
			if listed.Former {
				l.on(meansFormer)
			}
			break
		}
	}
	if usage == 3 && k >= headed {
		for _, listed := range l.listed {
			if listed.ID == m.ID {
				usage, rank = 2, listed.Rank
				break
			}
		}
	}
	l.on(nth(meansUsage, usage))
	if named {
		return
	}
	l.on(nth(meansRank, min(rank, 4)))
	if c.Kind == gazetteer.Person && c.words() == 1 {
		l.on(nth(meansLone, min(rank, 4)))
	}
}

// ofShort notes whether an abbreviation and its long form agree on a meaning.
func (l *linker) ofShort(m *Meaning, x *context) {
	if x.isDefined {
		if x.defined == m.ID {
			l.on(meansDefined)
		} else {
			l.on(nth(meansDefined, 1))
		}
	}
	if x.short == nil {
		return
	}
	for _, s := range l.meaningsOf(x.short) {
		if s.ID == m.ID {
			l.on(meansShort)
			return
		}
	}
	l.on(nth(meansShort, 1))
}

// ofBearers notes who is named in full, and when, and whether the given name is that of a
// meaning that is not listed by the name.
func (l *linker) ofBearers(c *Candidate, m *Meaning, x *context, listed bool) {
	if c.Kind != gazetteer.Person {
		return
	}
	if x.given != 0 && (!listed || x.initial) {
		if given := lettersOf(m.ID); given == x.given || x.initial && byte(given) == byte(x.given) {
			l.on(meansInitial)
		} else {
			l.on(nth(meansInitial, 1))
		}
	}
	if len(x.bearers) == 0 || c.words() > 1 && !x.initial {
		return
	}
	// sum returns how surely one of some bearers is meant, and whether there is another.
	sum := func(bearers []bearer) (own float64, other bool) {
		for _, b := range bearers {
			if b.id == m.ID {
				own = max(own, b.p)
			} else {
				other = true
			}
		}
		return own, other
	}
	note := func(v float64, n int) {
		if v > 0 {
			l.add(nth(meansBearer, n), v)
		}
	}
	before, after := x.bearers[:x.before], x.bearers[x.before:]
	if len(before) > 0 {
		own, other := sum(before)
		note(own, 0)
		note(oneIf(other), 4)
		last := &before[len(before)-1]
		note(last.p*oneIf(last.id == m.ID), 1)
		note(last.p*oneIf(last.id == ""), 6)
		return
	}
	own, other := sum(after)
	note(own, 2)
	note(own*oneIf(!other), 3)
	note(oneIf(other), 5)
}

// oneIf returns 1 for true and 0 for false.
func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// lettersOf returns the first four letters of the name that an ID is made of, the first
// one lowest.
func lettersOf(id gazetteer.ID) (letters uint32) {
	_, slug, _ := strings.Cut(string(id), ":")
	given, _, _ := strings.Cut(slug, "-")
	for i := range min(len(given), 4) {
		letters |= uint32(given[i]) << (8 * i)
	}
	return letters
}
