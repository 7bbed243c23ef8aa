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
//   - [github.com/steppe-ner/steppe/entity/format] writes them for other tools: JSON
//     Lines, CoNLL, brat, W3C Web Annotation, displaCy, HTML; and reads the first two
//   - [github.com/steppe-ner/steppe/entity/score] compares them with gold ones
//   - [github.com/steppe-ner/steppe/entity/prosetag] is prose itself in place of
//     the built-in tagger, to compare with
//   - [github.com/steppe-ner/steppe/gazetteer] holds the curated names and
//     matches them; it can be used alone
//
// The commands, each run by go run ./examples/NAME in a clone:
//
//   - examples/tag does the main job for files, folders and streams
//   - examples/web serves a page and a JSON service
//   - examples/eval compares entities of any origin with gold ones
//
// and, in modules of their own, so that an importer compiles none of what they need:
//
//   - examples/beam does the main job for archives, with Apache Beam
//   - examples/compare measures other tools beside this one
//   - examples/web/browser tests the page in Chromium
//   - examples/web/contract holds the service to its description
package steppe
