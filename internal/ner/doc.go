// Package ner finds the names in a text that has been read, tells their kinds, and says
// whom they mean. A text walks through its stages once, forward:
//
//	propose   what may be a name: listed names, names probable under the sequence model,
//	          and, without a model, what its words and neighbours make likely
//	bounds    other first and last words of these
//	features  what is known of each candidate in its place
//	score     one linear layer: how probable each kind is
//	choose    the best set of candidates that do not overlap
//	mentions  what the document's other names say; scores and choice once more
//	link      which of the meanings of its name each denotes
//
// A stage takes what it needs and returns what it found. What a rule knows is a feature
// with fitted weights, or an invariant; what it knows of English stands in package lexicon;
// whom it knows, in the gazetteer.
package ner
