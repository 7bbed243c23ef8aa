// Package gazetteer holds curated names of people, countries, cities,
// organisations and places: what they denote, how they are written, and how far
// a name can be believed when it is seen in a text.
//
// [Default] is the list that comes with the library: Central Asia in depth, the
// world around it in breadth. [Builder] makes a gazetteer of your own, from Go
// values or TSV, and [Layered] lays one over another: later layers add entities
// and names, correct them, and silence what should not be found.
//
// [Gazetteer.Lookup] asks what a name denotes; [Gazetteer.Match] finds listed
// names in a text. Both compare names word by word, folding case, diacritics,
// apostrophes and hyphens, so that Äbish Kekilbayev, Abish Kekilbayev and a name
// broken over two lines are found. Matching looks at letters only, never at
// context: a name flagged [Ambiguous], such as Mary or Georgia, is reported with
// its flag, and package entity decides.
//
// [Gazetteer.Posts] and [Gazetteer.Holders] ask who held which office when; what an
// entry says of a person is written from these.
//
// A Gazetteer is immutable and safe for concurrent use; Default, a Builder, Parse and
// Layered make one, and its zero value is none. Data can be wrong only where they enter:
// see [Builder.Build] and [Parse].
package gazetteer
