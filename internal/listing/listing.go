// Package listing finds the listed names in text that is already divided into words: the
// seam between package gazetteer and what reads texts, which takes the words of this
// module and so is no part of its interface.
package listing

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/listing/hook"
	"github.com/steppe-ner/steppe/internal/token"
)

var (
	matches = hook.Matches.(func(*gazetteer.Gazetteer, []gazetteer.Match, string, []token.Word) []gazetteer.Match)
	listed  = hook.Listing.(func(*gazetteer.Gazetteer, []gazetteer.Match, string, []token.Word, string) []gazetteer.Match)
	posts   = hook.Posts.(func(*gazetteer.Gazetteer, gazetteer.ID) []gazetteer.Post)
	title   = hook.OtherTitle.(func(gazetteer.Post) string)
	stand   = hook.Standing.(func(gazetteer.Post) int)
)

// AppendMatches appends every listed name in the words of one sentence of text, with what
// it can be believed to mean: by start, then longest first, then likeliest first; up to
// [gazetteer.MaxMeanings] that begin with one word. Matches may overlap. Of words that
// the list denies there is one match, of usage [gazetteer.Deny]: no name stands on exactly
// these.
func AppendMatches(g *gazetteer.Gazetteer, dst []gazetteer.Match, text string, words []token.Word) []gazetteer.Match {
	return matches(g, dst, text, words)
}

// AppendListing appends what the listed name means that the words of text and, if it is
// not empty, the word tail make up, whatever their capitals, likeliest first: the Osh of
// "Osh and Batken regions", with tail "region". Start and End are those of the words. What is
// denied means nothing.
func AppendListing(g *gazetteer.Gazetteer, dst []gazetteer.Match, text string, words []token.Word, tail string) []gazetteer.Match {
	return listed(g, dst, text, words, tail)
}

// Posts returns what Gazetteer.Posts walks, to be read only: it does not allocate.
func Posts(g *gazetteer.Gazetteer, person gazetteer.ID) []gazetteer.Post { return posts(g, person) }

// OtherTitle returns what the press also calls the holder of a post, "" for nothing: prime
// minister, who is chairman of the Cabinet of Ministers.
func OtherTitle(p gazetteer.Post) string { return title(p) }

// Standing returns 2 for the post of a head of state, 1 for that of a head of government, and
// 0 for every other one.
func Standing(p gazetteer.Post) int { return stand(p) }
