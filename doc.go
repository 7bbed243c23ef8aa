// Package steppe is the root of a library that finds the people, countries,
// cities and organisations in English news about Central Asia, says exactly where
// they stand, in bytes, and who they are, by an ID.
//
// It combines the part-of-speech model of prose
// (https://github.com/jdkato/prose) with a curated gazetteer. Everything is
// embedded: there is no network, no download and no server.
//
// The invariant, for every entity of every text:
//
//	text[e.Start:e.End] == e.Text
//
// The packages:
//
//   - [github.com/steppe-ner/steppe/entity] finds entities in text; start here
//   - [github.com/steppe-ner/steppe/entity/score] compares them with gold ones
//   - [github.com/steppe-ner/steppe/entity/prosetag] is prose itself in place of
//     the built-in tagger, to compare with
//   - [github.com/steppe-ner/steppe/gazetteer] holds the curated names and
//     matches them; it can be used alone
//
// The command examples/tag does the main job for files: see the README.
package steppe
