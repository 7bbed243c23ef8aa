// Package entity finds the people, countries, cities and organisations in
// English news text, says exactly where they stand, and who they are.
//
// The invariant, for every text, UTF-8 or not:
//
//	text[e.Start:e.End] == e.Text
//
// [Find] and [Tagger.Find] walk the entities of a text in order;
// [Tagger.Append] collects them in a slice; [Tagger.FindReader] reads a stream of
// any length in constant memory. Entities never overlap, and the same text and
// data give the same entities on any machine.
//
// A [Tagger] weighs several witnesses: names listed in a gazetteer
// (package [github.com/steppe-ner/steppe/gazetteer]), part-of-speech tags by the
// weights of prose v2, words that introduce a name (President, city of, Ltd), and
// what the rest of the document says. Every entity carries the witnesses that
// spoke for it and a probability.
//
// It finds names, not what is said of them: no relations, no pronouns, no events,
// and English text only.
package entity
