// Package reading prepares a text for finding names in it: it divides it into
// words and sentences, folds each word once, looks it up, tags it, and finds the
// names that a gazetteer lists. What comes after, rules and the sequence model
// alike, works on what is noted here.
package reading

import (
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/listing"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/plain"
	"github.com/steppe-ner/steppe/internal/token"
)

// Match is a meaning of a listed name, with the words it stands on: First to
// Last-1.
type Match struct {
	gazetteer.Match
	First, Last int32
}

// Document is one text, or a part of one, as it was read. It is scratch: Read
// uses it again and again. It is for one goroutine.
type Document struct {
	Text      string // as a reader sees it; all places are of it
	Sentences []token.Sentence
	Capitals  []bool // by sentence: written in capitals, as headlines are
	Words     []Word
	found

	before    found // what recase had before it
	plain     plain.Text
	tokens    []token.Word
	undivided []token.Sentence // of d.tokens, in which compounds are one word
	divided   []token.Word     // of the sentence that is read, with its compounds divided
	cuts      []int32          // of one of them
	again     []token.Word     // of the paragraph that recase divides
	sentences []token.Sentence
	reread    []bool // by sentence, of recase
	letters   []byte // scratch of TrueCase: the text with other letters
	headlines []bool // by sentence
	covered   []bool // by word: stands in a listed name
	kept      [1 << logKept]keptWord
	folded    []byte
	matches   []gazetteer.Match
	tagWords  []string
	tags      []string
	wanted    []bool
	classes   []perceptron.Class
	scratch   perceptron.Scratch
}

// found is what was found in the sentences of a document, one after the other.
type found struct {
	Matches []Match // by sentence, start, then longest, then likeliest first
	Ranges  []int   // the matches of sentence i: Matches[Ranges[i]:Ranges[i+1]]

	Denied [][2]int32 // the bytes of listed words that are no name, in order

	marked       []int32 // the words for which marked is true
	markedRanges []int   // those of sentence i: marked[markedRanges[i]:markedRanges[i+1]]
}

// Marked returns the words of sentence i that are capitalised, anchors or in capitals,
// in order.
func (d *found) Marked(i int) []int32 { return d.marked[d.markedRanges[i]:d.markedRanges[i+1]] }

// Read reads text with the names of g; tag is nil for the built-in tagger.
func (d *Document) Read(text string, g *gazetteer.Gazetteer, tag Tagger) {
	d.Divide(text, g)
	d.Tag(tag)
}

// Divide is the first half of Read: all but the tags.
func (d *Document) Divide(text string, g *gazetteer.Gazetteer) {
	d.headlines = d.headlines[:0]
	d.divide(d.plain.Read(text), g)
}

// Source returns where the bytes start to end of d.Text, which hold a name, are in the text
// that was read.
func (d *Document) Source(start, end int32) (from, to int) {
	return d.plain.Start(int(start)), d.plain.End(int(end))
}

// SetOff reports whether marks of emphasis stand around the bytes start to end of d.Text in the
// text that was read: _Kurak_.
func (d *Document) SetOff(start, end int32) bool { return d.plain.SetOff(int(start), int(end)) }

// divide divides what a reader sees of a text.
func (d *Document) divide(text string, g *gazetteer.Gazetteer) {
	d.Text = text
	d.tokens, d.undivided = token.Append(d.tokens[:0], d.undivided[:0], text)
	d.Sentences, d.Capitals = sized(d.Sentences, len(d.undivided)), sized(d.Capitals, len(d.undivided))
	d.Words = d.Words[:0]
	d.found.clear()
	for i, s := range d.undivided {
		tokens := d.divideSentence(i, g)
		first := len(d.Words)
		d.Words = slices.Grow(d.Words, len(tokens))[:first+len(tokens)]
		d.Sentences[i] = token.Sentence{First: int32(first), Last: int32(len(d.Words)), Paragraph: s.Paragraph, Row: s.Row}
		d.read(i, tokens)
	}
	d.begin()
}

// Word returns the text of word i.
func (d *Document) Word(i int32) string { return d.Text[d.Words[i].Start:d.Words[i].End] }

// divideSentence returns the words of sentence i, and sets d.matches to the listed names in it.
func (d *Document) divideSentence(i int, g *gazetteer.Gazetteer) []token.Word {
	s := d.undivided[i]
	tokens := d.tokens[s.First:s.Last]
	d.matches = listing.AppendMatches(g, d.matches[:0], d.Text, tokens)
	return d.divideCompounds(tokens)
}

// sized returns a slice of n elements that are to be written: s itself when it has room.
func sized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

func (f *found) clear() {
	f.Matches, f.Ranges, f.marked, f.markedRanges = f.Matches[:0], f.Ranges[:0], f.marked[:0], f.markedRanges[:0]
	f.Denied = f.Denied[:0]
}

// begin notes where the ranges of the next sentence begin, and those of the last one end.
func (f *found) begin() {
	f.Ranges = append(f.Ranges, len(f.Matches))
	f.markedRanges = append(f.markedRanges, len(f.marked))
}

// read reads the words of sentence i, the next one, which are the tokens, and notes the listed names
// in it, which are in d.matches.
func (d *Document) read(i int, tokens []token.Word) {
	s := d.Sentences[i]
	d.begin()
	first := len(d.marked)
	for k := range tokens {
		w := &d.Words[int(s.First)+k]
		d.word(w, &tokens[k])
		if w.marked() {
			d.marked = append(d.marked, s.First+int32(k))
		}
	}
	marked := d.marked[first:]
	d.Capitals[i] = d.inCapitals(s, marked)
	d.match(s)
	for _, k := range marked {
		w := &d.Words[k]
		if w.Anchor && w.Cues&(lexicon.Opener|lexicon.Lone) != 0 && w.Listed == 0 && !(k > s.First && d.Words[k-1].Anchor) && !(k+1 < s.Last && d.Words[k+1].Anchor) {
			w.Anchor = false
		}
	}
}

// match notes the listed names of a sentence.
func (d *Document) match(s token.Sentence) {
	w := s.First
	for _, m := range d.matches {
		if m.Usage == gazetteer.Deny {
			d.Denied = append(d.Denied, [2]int32{int32(m.Start), int32(m.End)})
			continue
		}
		for int(d.Words[w].End) <= m.Start {
			w++
		}
		last := w + 1
		for int(d.Words[last-1].End) < m.End {
			last++
		}
		d.Matches = append(d.Matches, Match{m, w, last})
		if d.Whole(d.Matches[len(d.Matches)-1]) {
			for i := w; i < last; i++ {
				d.Words[i].Listed |= listed(m.Kind, m.Usage, i == w, i == last-1)
			}
		}
	}
}

// Whole reports whether a listed name is all of the words that it stands on, a full stop
// aside that was taken for that of an initial: the Serie A of "Serie A. Milan won".
func (d *Document) Whole(m Match) bool {
	rest := d.Text[m.End:d.Words[m.Last-1].End]
	return int(d.Words[m.First].Start) == m.Start && (rest == "" || rest == ".")
}

// inCapitals reports whether a sentence is written in capitals: three words or more,
// and hardly one with a lower-case letter. A word in capitals is marked.
func (d *Document) inCapitals(s token.Sentence, marked []int32) bool {
	if len(marked) < 3 {
		return false
	}
	upper, lower := 0, 0
	for _, w := range d.Words[s.First:s.Last] {
		switch {
		case w.Class != token.Letters || w.End-w.Start < 2:
		case w.Shape&token.AllUpper != 0:
			upper++
		case w.Shape&token.HasLower != 0:
			lower++
		}
	}
	return upper >= 3 && lower*5 < upper
}
