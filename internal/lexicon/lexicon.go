// Package lexicon holds the English words that rules and features know, each with its
// classes, in one reviewable file. No other package spells an English word out: another
// language would come in here.
package lexicon

import (
	_ "embed"
	"math/bits"
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/hashing"
)

// Class is a bit set of what a word says about the names beside it or about a name that it
// is part of.
type Class uint64

// The classes. The sequence model has learnt from those before Article.
const (
	Title         Class = 1 << iota // a person's name follows: President, Mr.
	OrgHead                         // the last word, or the first before "of", of an organisation: Ministry, Bank
	OrgSuffix                       // ends a company's name: Ltd, JSC
	PlaceHead                       // the last word of a place: Region, River
	PlaceFirst                      // the first word of a place: Mount, Lake, Cape
	CityHead                        // a city's name stands beside "of" or before it: city, capital
	Speech                          // a verb of saying: a person, or a body, stands beside it
	Locative                        // a preposition of place
	Connector                       // stands inside names: of, for, and
	Particle                        // stands inside persons' names: de, bin, van
	Month                           // a month or a day of the week
	Honorific                       // a title that is part of no name and always precedes a person: Mr.
	Agency                          // stands beside the name of a reporter: By, Reporting, Editing
	Government                      // a body that every nation has: Ministry, Parliament
	NotName                         // is capitalised without being a name: the, monday, god
	Publication                     // the last word of a newspaper's or broadcaster's name
	BodyWord                        // stands after the name of a body: party, newspaper, news agency
	FamilyWord                      // stands before a person's name: wife, son, brother
	Opener                          // begins sentences and never names: the, in, however
	Lone                            // may be capitalised where a sentence begins, and is no name by itself: so, there, most
	Division                        // a division of a country: region, province; the city of that name is not meant
	Dignity                         // a title that the press writes as if it were part of the name: King Mswati
	Event                           // the last word of an event, a treaty or a law, which is no entity: Games, Agreement
	Article                         // the, a
	OfWord                          // of
	And                             // joins the members of a row: and, or
	Ministry                        // a body that stands apart from the people before it
	Region                          // what stands before "of" and a region, river or island, not a city
	Divisions                       // several divisions of a country
	Natural                         // a river, a valley and the like: the city of that name is not meant
	Language                        // an adjective of a people that is a language, too
	Speaking                        // stands before a language: speaks, in
	LanguageHead                    // stands after a language
	AfterLanguage                   // goes on after a language that stands alone
	Numeral                         // a number of a monarch or a pope
	Junior                          // ends a name without being one
	Relative                        // stands for a person named before
	Joined                          // follows a name and a hyphen without being part of it: Moscow-based
	Titled                          // heads the capitalised name of a law, programme, work, award or meeting, which is no entity: Law, Forum
	Patronymic                      // stands behind the name of a father, within or after the name of his child: Asan uulu
	SuchAs                          // stands between a head and the row that it is of: regions, including Osh
	Sport                           // says that a sentence is about sport: goal, beat
	Contest                         // stands between those who compete: beat, drew with, lost to
	LegalForm                       // the form of a company where it stands before or behind its quoted name; by itself it may be initials: AJ, JV
	Exchange                        // stands before the symbol of a share: ticker, LSE
	Currency                        // in capitals, the code of a currency: KZT
	Abbreviation                    // has a full stop that belongs to it: Mr., Jan.
	Cased                           // its case tells: an abbreviation begins with a capital, Sun., a domain has none, media
	Numbering                       // is an abbreviation only before a number: Art. 5
	Closing                         // an abbreviation that may end a sentence: Inc., etc.
	Officer                         // begins the title of a company's officer, who is named after it: CEO, senior
	Verb                            // a verb, not of saying, that follows a subject: will, rose
	Starter                         // begins a sentence far more often than it goes on with a name: earlier, several
	Digraph                         // an initial of several letters that stand for one of Cyrillic: Zh, Dzh
	Domain                          // the last part of a name on the internet: com, kz
	Unfinished                      // does not end a row: between, his
	Pronoun                         // stands before 're, 've, 'll, 'd and 'm: they, who
	Attitude                        // a hyphen joins it to any name after it: anti-, ex-
	Prefix                          // a hyphen joins it to a known name after it: trans-, mid-
	Slug                            // agencies write it in capitals before a headline: UPDATE
	Combining                       // the form of a nation's name before another one: Sino-
	Joint                           // what several share, whose names hyphens join: the Trump-Xi summit
	AfterHyphen                     // goes on after a hyphen that nothing follows: African- and Asian-American
	Local                           // at home in one country alone, which the file names: tenge, hokim
	classes       = iota
)

// classNames are the names of the classes in the file, in the order of the constants.
var classNames = [classes]string{
	"title", "org-head", "org-suffix", "place-head", "place-first", "city-head", "speech", "locative",
	"connector", "particle", "month", "honorific", "agency", "government", "not-name", "publication",
	"body-word", "family", "opener", "lone", "division", "dignity", "event", "article", "of", "and",
	"ministry", "region", "divisions", "natural", "language", "speaking", "language-head", "after-language",
	"numeral", "junior", "relative", "joined",
	"titled", "patronymic",
	"such-as", "sport", "contest", "legal-form", "exchange", "currency", "abbreviation", "cased", "numbering", "closing", "officer", "verb",
	"starter", "digraph", "domain", "unfinished", "pronoun", "attitude", "prefix", "slug",
	"combining", "joint", "after-hyphen", "local",
}

// Classes is the number of classes.
const Classes = classes

// River is what a name stands for that has an article, though a country has the same one: the Niger.
const River = "river"

// The cues: classes that say by themselves what a name beside them, or with them in it,
// denotes.
const (
	PersonCues       = Title | Honorific | FamilyWord | Agency | Speech | Patronymic
	OrganisationCues = OrgHead | OrgSuffix | Publication | BodyWord | Ministry
	PlaceCues        = PlaceHead | PlaceFirst | Natural | Division | Divisions | Locative
	CityCues         = CityHead | Locative
	CountryCues      = Locative
)

// Learnt are the classes that features of the sequence model are made of.
const Learnt = Article - 1

// Weighed are the classes that features of the fitted layer are made of. The others tell
// words, sentences and compounds apart and say little of the names beside them.
const (
	Weighed        = Abbreviation - 1
	WeighedClasses = 46
)

// Name returns the name of the lowest class of c, such as "title".
func (c Class) Name() string { return classNames[bits.TrailingZeros64(uint64(c))] }

//go:embed lexicon.tsv
var file string

// Lookup returns the classes of the word with a hash (fold.Hash), 0 for none.
func Lookup(hash uint64) Class { return words.Get(hash) }

// Of returns the classes of a word, 0 for none.
func Of(word string) Class {
	var buf [32]byte
	_, h := fold.Append(buf[:0], word)
	return Lookup(h)
}

// Country returns the ISO 3166 code of the country where the word with a hash is at home, ""
// when it is not Local.
func Country(hash uint64) string { return countries[hash] }

// words are the classes of the words, which are folded, by hash: every word of a text is
// looked up. A class that the file misspells is none; the tests see to that.
var words, countries = func() (*hashing.Table[Class], map[uint64]string) {
	t, at := new(hashing.Table[Class]), map[uint64]string{}
	t.Reset(strings.Count(file, "\n"))
	for line := range strings.Lines(file) {
		if line[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		list, country, _ := strings.Cut(rest, "\t")
		hash := fold.Hash(word)
		for name := range strings.SplitSeq(list, " ") {
			*t.Put(hash) |= classOf[name]
		}
		if country != "" {
			at[hash] = country
		}
	}
	return t, at
}()

// classOf are the classes by their names.
var classOf = func() map[string]Class {
	m := make(map[string]Class, classes)
	for i, name := range classNames {
		m[name] = 1 << i
	}
	return m
}()
