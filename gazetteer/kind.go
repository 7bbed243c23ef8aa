package gazetteer

import (
	"fmt"
	"slices"
)

// Kind is the kind of thing that a name denotes. The zero Kind is invalid.
type Kind uint8

// The kinds. Country is a sovereign state, present or former; City any town or
// village; Place every other place, regions and rivers among them; Demonym an
// adjective or noun of nation, people or state.
const (
	Person Kind = iota + 1
	Country
	City
	Organisation
	Place
	Demonym
)

var kindNames = [...]string{Person: "person", Country: "country", City: "city", Organisation: "organisation", Place: "place", Demonym: "demonym"}

// Kinds returns every valid kind, in the order of the constants.
func Kinds() []Kind { return []Kind{Person, Country, City, Organisation, Place, Demonym} }

// none is the kind of what the list says of words that are no entity at all. It is
// nobody's outside: what has it is no Entry.
const none = Demonym + 1

// ParseKind returns the kind that prints as s.
func ParseKind(s string) (Kind, error) {
	for k, name := range kindNames {
		if k > 0 && name == s {
			return Kind(k), nil
		}
	}
	return 0, fmt.Errorf("unknown kind %s; the kinds are person, country, city, organisation, place, demonym", quote(s))
}

// Valid reports whether k is one of the constants.
func (k Kind) Valid() bool { return Person <= k && k <= Demonym }

// String returns the kind's name in lower case, such as "person".
func (k Kind) String() string {
	if !k.Valid() {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// MarshalText returns the kind's name. It fails on an invalid kind.
func (k Kind) MarshalText() ([]byte, error) {
	if !k.Valid() {
		return nil, fmt.Errorf("gazetteer: invalid kind %d", uint8(k))
	}
	return []byte(kindNames[k]), nil
}

// UnmarshalText is the inverse of MarshalText.
func (k *Kind) UnmarshalText(text []byte) error {
	parsed, err := ParseKind(string(text))
	if err != nil {
		return err
	}
	*k = parsed
	return nil
}

// Usage says how far a name is to be believed when it stands in a text. The
// zero Usage is Sure, so that a Name needs no more than its text.
type Usage uint8

// The usages. Ambiguous names are also ordinary words, given names or other
// things: they need a second witness. Never names are known to Lookup alone: the list
// does not speak for them in a text, and whatever else does is heard. Deny names are
// denied: nothing else is to find a name on exactly the words of one either.
const (
	Sure Usage = iota
	Ambiguous
	Never
	Deny
)

// order returns the place of a usage among those of one name: what is denied first, as it
// overrules the others, then as the constants stand.
func (u Usage) order() Usage { return (u + 1) & 3 }

var usageNames = [...]string{"sure", "ambiguous", "never", "deny"}

// String returns "sure", "ambiguous", "never" or "deny".
func (u Usage) String() string {
	if int(u) >= len(usageNames) {
		return fmt.Sprintf("Usage(%d)", uint8(u))
	}
	return usageNames[u]
}

// MarshalText returns the usage's name. It fails on an invalid usage.
func (u Usage) MarshalText() ([]byte, error) {
	if int(u) >= len(usageNames) {
		return nil, fmt.Errorf("gazetteer: invalid usage %d", uint8(u))
	}
	return []byte(usageNames[u]), nil
}

// UnmarshalText is the inverse of MarshalText.
func (u *Usage) UnmarshalText(text []byte) error {
	i := slices.Index(usageNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown usage %q; the usages are sure, ambiguous, never, deny", text)
	}
	*u = Usage(i)
	return nil
}
