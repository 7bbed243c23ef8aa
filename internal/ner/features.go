package ner

import (
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// feature is the number of a feature: its place in featureNames.
type feature uint16

// Active is a feature that speaks of a candidate, with its value.
type Active struct {
	Feature feature
	Value   float32
}

var featureNames []string

// name registers a feature.
func name(s string) feature {
	featureNames = append(featureNames, s)
	return feature(len(featureNames) - 1)
}

// names registers one feature after another, and returns the first.
func names(prefix string, list ...string) feature {
	first := feature(len(featureNames))
	for _, s := range list {
		name(prefix + "." + s)
	}
	return first
}

// numbers are the names of n steps of something that is counted.
func numbers(n int) (list []string) {
	for i := range n {
		list = append(list, strconv.Itoa(i))
	}
	return list
}

// crossed are all pairs of names.
func crossed(a, b []string) (list []string) {
	for _, x := range a {
		for _, y := range b {
			list = append(list, x+"."+y)
		}
	}
	return list
}

var (
	kindNames = func() (list []string) {
		for _, k := range gazetteer.Kinds() {
			list = append(list, k.String())
		}
		return list
	}()
	typeNames  = []string{"person", "location", "organisation"}
	usageNames = []string{"sure", "ambiguous"}

	// besideNames are what a word beside a candidate may be, by what beside returns.
	besideNames = []string{
		"none", "comma", "bracket", "quote", "dash", "capital", "lower", "number", "possessive",
		"mark", "given-name", "initial", "hyphen", "handle",
	}

	classNames = func() (list []string) {
		for i := range lexicon.WeighedClasses {
			list = append(list, lexicon.Class(1<<i).Name())
		}
		return list
	}()
)

// The features. A name says what is seen: before and after are the words beside the
// candidate, first and last its own.
var (
	bias      = name("bias")
	wordCount = names("words", numbers(6)...)

	modelType    = names("model", typeNames...)                                            // log-odds of the exact span
	modelSure    = names("model.listed", typeNames...)                                     // the same, of names listed as of the type
	modelOutside = name("model.outside")                                                   // log-odds that no name stands here
	modelUnread  = name("model.unread")                                                    // the model has not looked here
	modelLonger  = name("model.longer")                                                    // probability of names that hold the candidate
	modelShorter = name("model.shorter")                                                   // and of names within it
	listedAs     = names("listed", crossed(crossed(kindNames, usageNames), numbers(5))...) // by rank, 0 for none
	listedLong   = names("listed.several-words", crossed(kindNames, usageNames)...)
	listedFormer = names("listed.former", kindNames...)
	listedUpper  = names("listed.abbreviation", kindNames...)
	listedMain   = names("listed.main-name", kindNames...)
	listedSpelt  = names("listed.by-rule", kindNames...) // in another spelling
	listedRivals = name("listed.rivals")                 // as something of another type, too
	listedMany   = name("listed.many")                   // several of one kind
	listedNot    = name("listed.not")

	holds  = names("holds", crossed(kindNames, usageNames)...)  // a shorter listed name
	within = names("within", crossed(kindNames, usageNames)...) // a longer listed name holds it

	tagsProper = names("tags", "proper", "mixed", "none")
	tagsListed = names("tags.ambiguous", "proper", "mixed", "none") // of an ambiguous listed name

	lettersUpper   = names("letters.upper", numbers(6)...) // all capitals, by length
	lettersInitial = name("letters.initial")
	lettersDigit   = name("letters.digit")
	lettersHyphen  = name("letters.hyphen")
	inCapitals     = name("headline")
	inTitleCase    = name("headline.title-case")
	starts         = names("starts", "sentence", "quotation")
	startsEnglish  = name("starts.english")
	english        = names("english", "all", "some", "none", "one-word", "last")
	given          = names("given-name", "first", "last", "one-word", "only")
	surname        = names("surname", "last", "one-word", "ending", "ending.one-word")
	knownCommon    = name("common-name.one-word")
	lowerWithin    = name("lower-case.within")

	firstClass = names("first", classNames...)
	lastClass  = names("last", classNames...)
	onlyClass  = names("only", classNames...)
	anyClass   = names("inner", classNames...)
	innerMarks = names("inner.mark", "possessive", "comma", "other")
	owner      = names("owner", kindNames...) // a listed name and 's begin it

	beforeClass   = names("before", classNames...)
	beforeCapital = names("before.capital", classNames...)
	before2Class  = names("before.of", classNames...) // before "of" or an article
	afterClass    = names("after", classNames...)
	afterCapital  = names("after.capital", classNames...)
	beforeIs      = names("before.is", besideNames...)
	afterIs       = names("after.is", besideNames...)
	beforeListed  = names("before.listed", kindNames...)
	afterListed   = names("after.listed", kindNames...)

	countryAgrees = names("across-comma.agrees", kindNames...) // the country there is the listed one's
	countryComma  = name("across-comma.country")
	commaBefore   = names("comma-before.agrees", kindNames...) // a listed place before it is of the same country
	headedAs      = names("headed", kindNames...)              // listed so with the word beside it: Osh region, the Hague
	isRuled       = name("ruled")                              // King Abdullah of Jordan
	rowOf         = names("row", "divisions", "cities", "plain")
	ownsTitle     = name("owns-title") // Jordan's king
	eventFollows  = name("event.follows")
	titledAround  = names("titled", "follows", "leads", "quoted") // a law, programme or meeting
	isLanguage    = name("language")
	isDate        = name("date") // a month beside a number or another month
	isCurrency    = name("currency")
	isBracketed   = name("bracketed")
	definesShort  = name("defines.abbreviation")

	lastCluster = names("cluster.last", numbers(256)...)
	lastPath    = names("path.last", numbers(2<<pathBits)...)
)

// group is some of the features, which an ablation switches off together.
type group struct {
	name    string
	extract func(x *extractor, c *Candidate)
}

var groups = [...]group{
	{"model", (*extractor).ofModel},
	{"list", (*extractor).ofList},
	{"neighbouring lists", (*extractor).ofNeighbours},
	{"tags", (*extractor).ofTags},
	{"letters", (*extractor).ofLetters},
	{"words", (*extractor).ofWords},
	{"own classes", (*extractor).ofClasses},
	{"surroundings", (*extractor).ofSurroundings},
	{"across commas", (*extractor).ofCountry},
	{"rows", (*extractor).ofRow},
	{"heads", (*extractor).ofHead},
	{"no names", (*extractor).ofNoNames},
	{"clusters", (*extractor).ofClusters},
	{"sport", (*extractor).ofSport},
	{"ampersands", (*extractor).ofAmpersands},
	{"inverted names", (*extractor).ofInverted},
	{"company", (*extractor).ofCompany},
	{"namesakes", (*extractor).ofNamesakes},
}

// extractor notes what features speak of the candidates of one sentence.
type extractor struct {
	*text
	sentence token.Sentence
	number   int          // of the sentence
	names    []model.Name // of the sentence, by their first words
	longest  int32        // how many words the longest of them has
	out      []Active
	seen     seen // in the sentence
}

// on notes a feature.
func (x *extractor) on(f feature) { x.out = append(x.out, Active{f, 1}) }

// loud notes a feature that is rare and decisive: its value is such that the fit, which holds
// back the weights of what it has seldom seen, lets it speak.
func (x *extractor) loud(f feature) { x.add(f, 3) }

// add notes a feature with a value.
func (x *extractor) add(f feature, v float64) { x.out = append(x.out, Active{f, float32(v)}) }

// classes notes each class of a word.
func (x *extractor) classes(first feature, c lexicon.Class) {
	for c &= lexicon.Weighed; c != 0; c &= c - 1 {
		x.on(first + feature(bits.TrailingZeros64(uint64(c))))
	}
}

// extract appends the features of a candidate.
func (x *extractor) extract(c *Candidate) {
	c.features[0] = int32(len(x.out))
	x.on(bias)
	x.on(wordCount + feature(min(c.words(), 6)-1))
	if c.madeBy > 0 {
		x.on(madeBy + feature(c.madeBy-1))
	}
	for i := range extensions {
		if c.heldBy&(1<<i) != 0 {
			x.on(heldBy + feature(i))
		}
	}
	for k := range groups {
		if x.off.Groups&(1<<k) == 0 {
			groups[k].extract(x, c)
		}
	}
	c.features[1] = int32(len(x.out))
}

// ofModel is what the sequence model says of the exact span, of longer and of shorter ones.
func (x *extractor) ofModel(c *Candidate) {
	if x.model == nil {
		x.on(modelUnread)
		return
	}
	first, last := c.First, c.Last
	if c.base[1] > 0 {
		first, last = c.base[0], c.base[1]
	}
	for last > first+1 && !x.model.Read(last-1) {
		last-- // the model has not looked at the small letters that a name ends with
	}
	for t := range model.Type(model.Types) {
		l := logit(x.model.Probability(first, last, t))
		x.add(modelType+feature(t), l)
		for _, m := range x.meaningsOf(c) {
			if m.Kind != gazetteer.Demonym && typeOf(m.Kind) == t {
				x.add(modelSure+feature(t), l)
				break
			}
		}
	}
	x.add(modelOutside, logit(x.model.Outside(first, last)))
	longer, shorter := 0.0, 0.0
	from := sort.Search(len(x.names), func(i int) bool { return x.names[i].First > first-x.longest })
	for _, n := range x.names[from:] {
		if n.First >= last {
			break
		}
		switch {
		case n.First <= first && n.Last >= last:
			if n.First != first || n.Last != last {
				longer += n.Probability
			}
		case n.First < last && n.Last > first:
			shorter += n.Probability
		}
	}
	x.add(modelLonger, longer)
	x.add(modelShorter, min(shorter, 2))
}

// logit returns the log-odds of a probability, kept within seven.
func logit(p float64) float64 {
	const most = 0.9991
	p = min(max(p, 1-most), most)
	return model.Log(p / (1 - p))
}

// ofList is what the gazetteer says of the span.
func (x *extractor) ofList(c *Candidate) {
	meanings := x.meaningsOf(c)
	if len(meanings) == 0 {
		x.on(listedNot)
		return
	}
	var seen [kinds]uint8 // by kind: how many meanings, up to two
	types := 0
	for _, m := range meanings {
		k := feature(m.Kind - 1)
		usage := feature(min(m.Usage, 1))
		if seen[m.Kind] > 0 {
			if seen[m.Kind] == 1 {
				x.on(listedMany)
				seen[m.Kind]++
			}
			continue
		}
		seen[m.Kind]++
		if m.Kind != gazetteer.Demonym {
			types |= 1 << typeOf(m.Kind)
		}
		x.on(listedAs + (k*2+usage)*5 + feature(min(m.Rank, 4)))
		if c.words() > 1 {
			x.on(listedLong + k*2 + usage)
		}
		if m.Former {
			x.on(listedFormer + k)
		}
		if m.Upper {
			x.on(listedUpper + k)
		}
		if m.Primary {
			x.on(listedMain + k)
		}
		if m.Respelled {
			x.on(listedSpelt + k)
		}
	}
	if types&(types-1) != 0 {
		x.on(listedRivals)
	}
}

// ofNeighbours is what is listed within the candidate, and what listed names hold it.
func (x *extractor) ofNeighbours(c *Candidate) {
	var inner, outer [kinds][2]bool
	for k := c.First; k < c.Last; k++ {
		for _, m := range x.listedFrom(k) {
			if m.Last <= c.Last && !(int32(m.Start) == c.Start && int32(m.End) == c.End) {
				inner[m.Kind][min(m.Usage, 1)] = true
			}
		}
	}
	for k := max(c.First-gazetteer.MaxNameWords, x.sentence.First); k <= c.First; k++ {
		for _, m := range x.listedFrom(k) {
			if m.Last >= c.Last && (m.First < c.First || m.Last > c.Last) {
				outer[m.Kind][min(m.Usage, 1)] = true
			}
		}
	}
	for k := 1; k < kinds; k++ {
		for u := range 2 {
			if inner[k][u] {
				x.on(holds + feature((k-1)*2+u))
			}
			if outer[k][u] {
				x.on(within + feature((k-1)*2+u))
			}
		}
	}
}

// ofTags is what the part-of-speech tags say.
func (x *extractor) ofTags(c *Candidate) {
	proper, capital := 0, 0
	for _, w := range x.Words[c.First:c.Last] {
		if w.Capital {
			capital++
		}
		if w.Proper {
			proper++
		}
	}
	tags := feature(1)
	switch {
	case proper == 0:
		tags = 2
	case proper >= capital:
		tags = 0
	}
	x.on(tagsProper + tags)
	for _, m := range x.meaningsOf(c) {
		if m.Usage == gazetteer.Ambiguous {
			x.on(tagsListed + tags)
			break
		}
	}
}

// ofLetters is what the letters of the candidate look like.
func (x *extractor) ofLetters(c *Candidate) {
	ws := x.Words[c.First:c.Last]
	upper, digit, hyphen, lower := true, false, false, false
	for _, w := range ws {
		upper = upper && w.Shape&token.AllUpper != 0
		digit = digit || w.Shape&token.HasDigit != 0
		hyphen = hyphen || w.Shape&token.HasHyphen != 0
		lower = lower || w.Class == token.Letters && w.Shape&token.Capital == 0
	}
	if upper {
		x.on(lettersUpper + feature(min(c.End-c.Start, 6)-1))
	}
	if ws[len(ws)-1].Shape&token.Initial != 0 {
		x.on(lettersInitial)
	}
	if digit {
		x.on(lettersDigit)
	}
	if hyphen {
		x.on(lettersHyphen)
	}
	if lower {
		x.on(lowerWithin)
	}
	if x.Capitals[x.number] {
		x.on(inCapitals)
	} else if x.Headline(x.number) {
		x.on(inTitleCase)
	}
	if c.First == x.sentence.First {
		x.on(starts)
		if ws[0].Info&words.English != 0 {
			x.on(startsEnglish)
		}
	} else if x.mark(c.First-1)&token.Opens != 0 {
		x.on(starts + 1)
		if ws[0].Info&words.English != 0 {
			x.on(startsEnglish)
		}
	}
}

// ofWords is what lists of English words and of people's names say of its words.
func (x *extractor) ofWords(c *Candidate) {
	ws := x.Words[c.First:c.Last]
	n, one := 0, len(ws) == 1
	for _, w := range ws {
		if w.Info&words.English != 0 {
			n++
		}
	}
	first, last := &ws[0], &ws[len(ws)-1]
	switch {
	case n == len(ws):
		x.on(english)
	case n > 0:
		x.on(english + 1)
	default:
		x.on(english + 2)
	}
	if one && n == 1 {
		x.on(english + 3)
	}
	if last.Info&words.English != 0 {
		x.on(english + 4)
	}
	if first.Info&words.Given != 0 {
		x.on(given)
		if one {
			x.on(given + 2)
			if first.Info&words.Surname == 0 {
				x.on(given + 3)
			}
		}
	}
	if last.Info&words.Given != 0 {
		x.on(given + 1)
	}
	if last.Info&words.Surname != 0 {
		x.on(surname)
		if one {
			x.on(surname + 1)
		}
	}
	if one && first.Info&words.Common != 0 {
		x.on(knownCommon)
	}
	if surnameEnding(x.Word(c.Last - 1)) {
		x.on(surname + 2)
		if one {
			x.on(surname + 3)
		}
	}
}

// surnameEndings are what the surnames of the region end with.
var surnameEndings = [...]string{"ov", "ev", "ova", "eva", "ow", "ew", "owa", "ewa", "zoda", "zade", "uly", "uulu", "kyzy", "ogli", "qizi",
	"enko", "skiy", "sky", "skaya", "ovich", "evich", "ovna", "evna", "shvili", "dze", "yan"}

// surnameEnding reports whether a word ends as the surnames of the region do.
func surnameEnding(w string) bool {
	if len(w) < 5 {
		return false
	}
	last := w[len(w)-1] | 0x20
	for _, e := range surnameEndings {
		if e[len(e)-1] == last && len(w) > len(e) && strings.EqualFold(w[len(w)-len(e):], e) {
			return true
		}
	}
	return false
}

// abbreviation reports whether a candidate of one word is listed in capitals and written so in
// a sentence that is not: WHO and US are not the words that they are spelt like.
func (x *extractor) abbreviation(c *Candidate) bool {
	return !x.Capitals[x.number] && x.Words[c.First].Shape&token.AllUpper != 0 &&
		slices.ContainsFunc(x.meaningsOf(c), func(m reading.Match) bool { return m.Upper })
}

// ofClasses is what the lexicon says of its words.
func (x *extractor) ofClasses(c *Candidate) {
	ws := x.Words[c.First:c.Last]
	if len(ws) == 1 {
		if !x.abbreviation(c) {
			x.classes(onlyClass, ws[0].Cues)
		}
		return
	}
	x.classes(firstClass, ws[0].Cues)
	x.classes(lastClass, ws[len(ws)-1].Cues)
	inner, marks := lexicon.Class(0), 0
	for k := c.First + 1; k < c.Last-1; k++ {
		w := &x.Words[k]
		inner |= w.Cues
		switch {
		case w.Class == token.Possessive:
			marks |= 1
		case w.Class == token.Punctuation && x.Text[w.Start] == ',':
			marks |= 2
		case w.Class == token.Punctuation:
			marks |= 4
		}
	}
	x.classes(anyClass, inner)
	for i := range feature(3) {
		if marks&(1<<i) != 0 {
			x.on(innerMarks + i)
		}
	}
	if marks&1 != 0 {
		x.ofOwner(c)
	}
}

// ofOwner notes the kinds of the listed names that the candidate begins with and that own
// the rest.
func (x *extractor) ofOwner(c *Candidate) {
	seen := 0
	for _, m := range x.listedFrom(c.First) {
		if m.Last < c.Last && x.Words[m.Last].Class == token.Possessive && seen&(1<<m.Kind) == 0 {
			seen |= 1 << m.Kind
			x.on(owner + feature(m.Kind-1))
		}
	}
}

// ofSurroundings is what stands around the candidate.
func (x *extractor) ofSurroundings(c *Candidate) {
	s := x.sentence
	before, after := c.First-1, c.Last
	if before >= s.First {
		w := &x.Words[before]
		x.on(beforeIs + x.beside(w))
		if w.Capital {
			x.classes(beforeCapital, w.Cues)
		} else {
			x.classes(beforeClass, w.Cues)
		}
		if k := before - 1; k >= s.First && w.Cues&(lexicon.OfWord|lexicon.Article) != 0 {
			if x.Words[k].Cues&lexicon.OfWord != 0 && k > s.First {
				k--
			}
			x.classes(before2Class, x.Words[k].Cues)
		}
		x.listedBeside(beforeListed, c.First-2, c.First, func(m reading.Match) bool { return m.Last == c.First || m.Last == before })
	} else {
		x.on(beforeIs)
	}
	if after < s.Last {
		w := &x.Words[after]
		x.on(afterIs + x.beside(w))
		if w.Capital {
			x.classes(afterCapital, w.Cues)
		} else {
			x.classes(afterClass, w.Cues)
		}
		x.listedBeside(afterListed, after, after+1, func(m reading.Match) bool { return m.Usage == gazetteer.Sure })
	} else {
		x.on(afterIs)
	}
	if before >= s.First && after < s.Last && x.Word(before) == "(" && x.Word(after) == ")" {
		x.on(isBracketed)
	}
	if after+2 < s.Last && x.Word(after) == "(" && x.Words[after+1].Shape&token.AllUpper != 0 && x.Word(after+2) == ")" {
		x.on(definesShort)
	}
}

// listedBeside notes the kinds of the listed names that begin with the words from to
// to-1 and are good.
func (x *extractor) listedBeside(first feature, from, to int32, good func(m reading.Match) bool) {
	var seen [kinds]bool
	for k := max(from, x.sentence.First); k < to; k++ {
		for _, m := range x.listedFrom(k) {
			if m.Usage == gazetteer.Sure && !seen[m.Kind] && good(m) {
				seen[m.Kind] = true
				x.on(first + feature(m.Kind-1))
			}
		}
	}
}

// beside says what a word beside a candidate is.
func (x *extractor) beside(w *reading.Word) feature {
	switch {
	case w.Class == token.Possessive:
		return 8
	case w.Class == token.Handle:
		return 13
	case w.Class == token.Number || w.Shape&token.HasDigit != 0:
		return 7
	case w.Shape&token.Initial != 0:
		return 11
	case w.Capital && w.Info&words.Given != 0 && w.Info&words.English == 0 && w.Cues&(lexicon.Month|lexicon.NotName) == 0:
		return 10
	case w.Capital:
		return 5
	case w.Class != token.Punctuation:
		return 6
	}
	mark := x.Text[w.Start:w.End]
	if token.MarkOf(mark)&token.Quotes != 0 {
		return 3
	}
	switch mark {
	case ",", ";":
		return 1
	case "(", ")":
		return 2
	case "—", "–", "--":
		return 4
	case "-", "/":
		return 12
	}
	return 9
}

// ofCountry is what a country or a region across a comma says: Mary, Turkmenistan;
// Atlanta, Georgia; Moscow, Idaho.
func (x *extractor) ofCountry(c *Candidate) {
	x.ofPlaceBefore(c)
	if c.Last+1 >= x.sentence.Last || x.Word(c.Last) != "," {
		return
	}
	for _, across := range x.listedFrom(c.Last + 1) {
		if (across.Kind == gazetteer.Country || across.Kind == gazetteer.Place) && across.Country != "" {
			x.on(countryComma)
			seen := 0
			for _, m := range x.meaningsOf(c) {
				if m.Country == across.Country && m.Kind != gazetteer.Country && seen&(1<<m.Kind) == 0 {
					seen |= 1 << m.Kind
					x.on(countryAgrees + feature(m.Kind-1))
				}
			}
			return
		}
	}
}

// ofPlaceBefore is what a listed place before a comma says: the Georgia of Atlanta, Georgia.
func (x *extractor) ofPlaceBefore(c *Candidate) {
	comma := c.First - 1
	if comma-1 < x.sentence.First || x.Word(comma) != "," {
		return
	}
	seen := 0
	for k := max(comma-gazetteer.MaxNameWords, x.sentence.First); k < comma; k++ {
		for _, b := range x.listedFrom(k) {
			if b.Last != comma || b.Kind != gazetteer.City && b.Kind != gazetteer.Place {
				continue
			}
			for _, m := range x.meaningsOf(c) {
				if m.Country != "" && m.Country == b.Country && seen&(1<<m.Kind) == 0 {
					seen |= 1 << m.Kind
					x.on(commaBefore + feature(m.Kind-1))
				}
			}
		}
	}
}

// ofHead is what the candidate is listed as with the word beside it that says what it is.
func (x *extractor) ofHead(c *Candidate) {
	seen := 0
	for _, m := range x.headed(c) {
		if seen&(1<<m.Kind) == 0 {
			seen |= 1 << m.Kind
			x.loud(headedAs + feature(m.Kind-1))
		}
	}
	if x.ruled(c) {
		x.loud(isRuled)
	}
	if k := c.Last; k+1 < x.sentence.Last && x.Words[k].Class == token.Possessive && x.Words[k+1].Cues&lexicon.Title != 0 {
		x.on(ownsTitle)
	}
}

// maxRow is how many words of a row are looked at on each side.
const maxRow = 16

// ofRow is what the row of names that the candidate stands in ends or begins with: Osh,
// Talas and Batken regions; the cities of Osh and Talas.
func (x *extractor) ofRow(c *Candidate) {
	s := x.sentence
	inRow := func(k int32) bool {
		w := &x.Words[k]
		return w.Capital || w.Cues&lexicon.And != 0 || x.Word(k) == ","
	}
	note := func(w *reading.Word) {
		switch {
		case w.Cues&lexicon.Divisions != 0:
			x.on(rowOf)
		case w.Cues&lexicon.CityHead != 0:
			x.on(rowOf + 1)
		case w.Cues&(lexicon.PlaceHead|lexicon.Natural) != 0:
			x.on(rowOf + 2)
		}
	}
	k := c.Last
	for k < min(s.Last, c.Last+maxRow) && inRow(k) {
		k++
	}
	if k > c.Last && k < s.Last {
		note(&x.Words[k])
	}
	k = c.First - 1
	for k > max(s.First, c.First-maxRow) && inRow(k) {
		k--
	}
	if k == c.First-1 && k >= s.First && !x.Words[k].Capital && x.Words[k].Cues&lexicon.Natural != 0 {
		note(&x.Words[k]) // the river Nura
	}
	for k > s.First && (x.Word(k) == ":" || x.Words[k].Cues&lexicon.SuchAs != 0) {
		if k--; x.Words[k].Cues&(lexicon.Divisions|lexicon.CityHead) != 0 {
			note(&x.Words[k]) // ten regions: Akmola, Aktobe
		}
	}
	if k > s.First && x.Words[k].Cues&lexicon.OfWord != 0 && lexicon.Of(strings.TrimSuffix(x.Word(k-1), "s"))&lexicon.Region != 0 {
		note(&x.Words[k-1]) // cities have districts, too
	}
}

// ofNoNames is what makes names of no entities: parts of events, languages, currencies,
// adjectives that go on after a hyphen.
func (x *extractor) ofNoNames(c *Candidate) {
	s := x.sentence
	for k := c.Last; k < min(s.Last, c.Last+4) && x.Words[k].Capital; k++ {
		if x.Words[k].Cues&lexicon.Event != 0 {
			x.on(eventFollows)
			break
		}
	}
	x.ofTitled(c)
	if c.words() == 1 && x.Words[c.First].Cues&lexicon.Language != 0 && x.language(s, c.First, c.Last) {
		x.on(isLanguage)
	}
	if x.dated(c) {
		x.loud(isDate)
	}
	if strings.HasPrefix(x.Text[c.End:], "$") || strings.HasSuffix(x.Text[:c.Start], "$") {
		x.on(isCurrency)
	}
	if w := &x.Words[c.First]; c.words() == 1 && w.Cues&lexicon.Currency != 0 && w.Shape&token.AllUpper != 0 {
		x.loud(isCurrency)
	}
}

// maxTitled is how many words of a law's or meeting's name are looked at on each side.
const maxTitled = 12

// ofTitled is what heads of laws, programmes, works, awards and meetings say in whose names
// the candidate may stand: the Law of the Republic of Kazakhstan on Banks.
func (x *extractor) ofTitled(c *Candidate) {
	s := x.sentence
	in := func(k int32) bool {
		w := &x.Words[k]
		return w.Capital || w.Cues&(lexicon.Connector|lexicon.Article|lexicon.And|lexicon.Particle|lexicon.Locative) != 0
	}
	for k := c.Last; k < min(s.Last, c.Last+maxTitled) && in(k); k++ {
		if w := &x.Words[k]; w.Capital && w.Cues&lexicon.Titled != 0 {
			x.on(titledAround)
			break
		}
	}
	k := c.First - 1
	for ; k >= max(s.First, c.First-maxTitled) && in(k); k-- {
		if w := &x.Words[k]; w.Capital && w.Cues&lexicon.Titled != 0 {
			x.on(titledAround + 1)
			break
		}
	}
	if k > s.First && x.mark(k)&token.Opens != 0 && x.Words[k-1].Cues&lexicon.Titled != 0 {
		x.on(titledAround + 2)
	}
}

// pathBits is how much of a word's path in the tree of Brown clusters is looked at.
const pathBits = 6

// ofClusters is the company that the last word keeps.
func (x *extractor) ofClusters(c *Candidate) {
	info := x.Words[c.Last-1].Info
	x.on(lastCluster + feature(info.Cluster()))
	x.on(lastPath + feature(info.Path().Prefix(pathBits)))
}
