// Package reading prepares a text for finding names in it: it divides it into
// words and sentences, folds each word once, looks it up, tags it, and finds the
// names that a gazetteer lists. What comes after, rules and the sequence model
// alike, works on what is noted here.
package reading

import (
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// Word is what is known of one word of a text.
type Word struct {
	token.Word
	Hash    uint64 // of the folded word
	Head    uint32 // its first four bytes, the first one lowest
	Tail    uint32 // its last four bytes, the last one lowest
	Info    words.Info
	Cues    Cue
	Tag     perceptron.Class
	Proper  bool   // tagged as a proper noun
	Capital bool   // capitalised letters: may be a word of a name
	Listed  Listed // its places in listed names
}

// Match is a meaning of a listed name, with the words it stands on: First to
// Last-1.
type Match struct {
	gazetteer.Match
	First, Last int32
}

// Document is one text, or a part of one, as it was read. It is scratch: Read
// uses it again and again. It is for one goroutine.
type Document struct {
	Text      string
	Sentences []token.Sentence
	Words     []Word
	Matches   []Match // by sentence, start, then longest, then likeliest first
	Ranges    []int   // the matches of sentence i: Matches[Ranges[i]:Ranges[i+1]]

	tokens   []token.Word
	folded   []byte
	matches  []gazetteer.Match
	tagWords []string
	tagNames []string
	wanted   []bool
	classes  []perceptron.Class
	scratch  perceptron.Scratch
}

// Tagger appends one Penn Treebank tag to dst for each word of a sentence.
type Tagger func(dst, words []string) []string

// Read reads text with the names of g; tag is nil for the built-in tagger.
func (d *Document) Read(text string, g *gazetteer.Gazetteer, tag Tagger) {
	d.Divide(text, g)
	d.Tag(tag)
}

// Divide is the first half of Read: all but the tags.
func (d *Document) Divide(text string, g *gazetteer.Gazetteer) {
	d.Text = text
	d.tokens, d.Sentences = token.Append(d.tokens[:0], d.Sentences[:0], text)
	d.Words = d.Words[:0]
	for _, w := range d.tokens {
		d.Words = append(d.Words, d.word(w))
	}
	d.Matches, d.Ranges = d.Matches[:0], d.Ranges[:0]
	for _, s := range d.Sentences {
		d.Ranges = append(d.Ranges, len(d.Matches))
		d.match(s, g)
	}
	d.Ranges = append(d.Ranges, len(d.Matches))
}

// Tag is the second half of Read: it tags what Divide has divided.
func (d *Document) Tag(tag Tagger) {
	for i, s := range d.Sentences {
		d.tagSentence(s, d.Matches[d.Ranges[i]:d.Ranges[i+1]], tag)
	}
}

func (d *Document) word(w token.Word) Word {
	x := Word{Word: w}
	text := d.Text[w.Start:w.End]
	if w.Class == token.Punctuation {
		text = straight(text)
	}
	d.folded, x.Hash = fold.Append(d.folded[:0], text)
	for i, c := range d.folded[:min(len(d.folded), 4)] {
		x.Head |= uint32(c) << (8 * i)
		x.Tail |= uint32(d.folded[len(d.folded)-1-i]) << (8 * i)
	}
	x.Cues = cueWords.of(x.Hash)
	if w.Class == token.Letters {
		x.Info = words.Lookup(x.Hash)
		x.Capital = w.Shape&token.Capital != 0
	}
	return x
}

// straight returns the straight form of a curly quotation mark: what a text means
// does not hang on how it is set.
func straight(mark string) string {
	switch mark {
	case "“", "”", "„", "«", "»", "\x93", "\x94":
		return `"`
	case "‘", "’", "‛", "\x91", "\x92":
		return "'"
	}
	return mark
}

// match notes the listed names of a sentence.
func (d *Document) match(s token.Sentence, g *gazetteer.Gazetteer) {
	d.matches = g.AppendMatches(d.matches[:0], d.Text, d.tokens[s.First:s.Last])
	w := s.First
	for _, m := range d.matches {
		for int(d.Words[w].End) <= m.Start {
			w++
		}
		last := w + 1
		for int(d.Words[last-1].End) < m.End {
			last++
		}
		d.Matches = append(d.Matches, Match{m, w, last})
		if int(d.Words[w].Start) == m.Start && int(d.Words[last-1].End) == m.End {
			for i := w; i < last; i++ {
				d.Words[i].Listed |= listed(m.Kind, m.Usage, i == w, i == last-1)
			}
		}
	}
}

// Listed is a bit set of the places that a word has in listed names: for each
// group of kinds and each usage, whether it begins one, is inside, ends one, or
// is the whole of one.
type Listed uint32

// listed returns the bit for a word of a name of the given kind and usage.
func listed(k gazetteer.Kind, u gazetteer.Usage, begins, ends bool) Listed {
	group := 0
	switch k {
	case gazetteer.Country, gazetteer.City, gazetteer.Place:
		group = 1
	case gazetteer.Organisation:
		group = 2
	case gazetteer.Demonym:
		group = 3
	}
	place := 1
	switch {
	case begins && ends:
		place = 3
	case begins:
		place = 0
	case ends:
		place = 2
	}
	return 1 << (group*8 + int(u)*4 + place)
}

// tagSentence sets the tags of a sentence's words; matches are its listed names.
// The built-in tagger is asked for no more than what can be in a name or beside it:
// nothing asks for the tags of the other words.
func (d *Document) tagSentence(s token.Sentence, matches []Match, tag Tagger) {
	d.tagWords = d.tagWords[:0]
	ws := d.Words[s.First:s.Last]
	d.wanted = d.wanted[:0]
	if tag == nil {
		last := 0
		for i := range ws {
			d.wanted = append(d.wanted, false)
			if ws[i].Capital || d.Anchor(&ws[i]) {
				for k := max(i-2, last); k <= i; k++ {
					d.wanted[k] = true
				}
				last = i + 1
			} else if i > 0 && last == i {
				d.wanted[i] = true
			}
		}
		if last == 0 {
			for i := range ws {
				ws[i].Tag = perceptron.Itself
			}
			return
		}
		d.wanted = d.wanted[:min(last+1, len(ws))]
		for _, m := range matches {
			for k := max(m.First-2-s.First, 0); k < min(m.Last+1-s.First, int32(len(d.wanted))); k++ {
				d.wanted[k] = true
			}
		}
	}
	for _, w := range ws {
		d.tagWords = append(d.tagWords, plainWord(d.Text[w.Start:w.End], w.Class))
	}
	if tag == nil {
		d.classes = perceptron.Default().AppendWanted(d.classes[:0], d.tagWords, d.wanted, &d.scratch)
		for len(d.classes) < len(ws) {
			d.classes = append(d.classes, perceptron.Itself)
		}
	} else {
		d.classes = d.classes[:0]
		d.tagNames = tag(d.tagNames[:0], d.tagWords)
		for i := range ws {
			c := perceptron.Itself
			if i < len(d.tagNames) {
				if known, ok := perceptron.ClassOf(d.tagNames[i]); ok {
					c = known
				}
			}
			d.classes = append(d.classes, c)
		}
	}
	for i, c := range d.classes {
		ws[i].Tag = c
		ws[i].Proper = c == nnp || c == nnps
	}
}

// Anchor reports whether w has a capital, or mixes digits and letters as 24.kg
// does: every name has such a word.
func (d *Document) Anchor(w *Word) bool {
	switch w.Class {
	case token.Letters:
		if w.Shape&token.Capital != 0 {
			return true
		}
		for _, c := range []byte(d.Text[w.Start:w.End]) { // al-Qaeda, iPhone
			if 'A' <= c && c <= 'Z' {
				return true
			}
		}
	case token.Number:
		return w.Shape&(token.HasLower|token.AllUpper) != 0
	case token.Handle:
		return true
	}
	return false
}

var (
	nnp, _  = perceptron.ClassOf("NNP")
	nnps, _ = perceptron.ClassOf("NNPS")
)

// plainWord returns the word as the tagger's training text wrote it.
func plainWord(w string, class token.Class) string {
	if class == token.Letters {
		return w
	}
	if class == token.Possessive {
		if w[len(w)-1] == 's' || w[len(w)-1] == 'S' {
			return "'s"
		}
		return "'"
	}
	switch w {
	case "“", "”", "\x93", "\x94", "«", "»":
		return `"`
	case "‘", "’", "\x91", "\x92":
		return "'"
	case "—", "–", "\x96", "\x97":
		return "--"
	}
	return w
}

// InCapitals reports whether a sentence is written in capitals, as headlines
// are: three words or more, and hardly one with a lower-case letter.
func (d *Document) InCapitals(s token.Sentence) bool {
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
