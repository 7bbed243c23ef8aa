package gazetteer

import "strings"

// ID identifies an entity. Countries are "iso:KZ" (former states by their
// ISO 3166-3 code, "iso:SUHH"), towns "geonames:1526273", everything else has a
// stable slug such as "person:kassym-jomart-tokayev".
type ID string

// Entry is what the gazetteer knows of one entity.
type Entry struct {
	ID          ID
	Kind        Kind
	Name        string  // the form that English-language press uses most
	Country     string  // ISO 3166-1 alpha-2, "" when there is none or several
	Rank        int     // how often it is in the news, 1 (most) to 4; 0 unknown
	Population  int     // inhabitants, 0 when unknown
	Latitude    float64 // degrees north, to 1/10,000; both coordinates are 0 when unknown
	Longitude   float64 // degrees east
	Of          ID      // what a demonym is derived from
	Wikidata    string  // Wikidata item, such as "Q2607", where a reference gives it
	Description string  // a few words
}

// Name is one way to write an entity.
type Name struct {
	Text  string
	Usage Usage
	Lang  string // ISO 639 codes of the languages, with commas, "" for English use, "und" where it is not known
	From  int    // the year a former name came into use, 0 when not recorded
	Until int    // the last year of a former name, 0 for a name in use
}

// In reports whether the name is one of a language, of which the ISO 639 code is given.
func (n Name) In(lang string) bool {
	for code := range strings.SplitSeq(n.Lang, ",") {
		if code == lang {
			return true
		}
	}
	return false
}

// Match is a listed name found in a text.
type Match struct {
	Start, End int // bytes: the name is text[Start:End]
	ID         ID
	Kind       Kind
	Usage      Usage
	Country    string // as in Entry
	Rank       int    // as in Entry
	Former     bool   // the name is no longer in use
	Primary    bool   // the name is Entry.Name
	Upper      bool   // the name is an abbreviation, found in capitals only
	Respelled  bool   // the name is found by another spelling than the list has
	Own        bool   // the name is from a layer that was laid over the lowest, and not Default's
}
