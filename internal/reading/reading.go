// Package reading prepares a text for finding names in it: it divides it into
// words and sentences, folds each word once, looks it up, tags it, and finds the
// names that a gazetteer lists. What comes after, rules and the sequence model
// alike, works on what is noted here.
package reading

import (
	"slices"
	"unicode"
	"unicode/utf8"
	"unsafe"

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
	Anchor  bool   // has a capital, is a handle, or mixes digits and letters as 24.kg does, and is no lone The: every name has such a word
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
	Text string
	divided

	before   divided // what Recase had before it
	tokens   []token.Word
	folded   []byte
	matches  []gazetteer.Match
	tagWords []string
	tagNames []string
	wanted   []bool
	classes  []perceptron.Class
	scratch  perceptron.Scratch
}

// divided is what Divide finds.
type divided struct {
	Sentences []token.Sentence
	Capitals  []bool // by sentence: written in capitals, as headlines are
	Words     []Word
	Matches   []Match // by sentence, start, then longest, then likeliest first
	Ranges    []int   // the matches of sentence i: Matches[Ranges[i]:Ranges[i+1]]
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
	d.start(text)
	for _, s := range d.Sentences {
		d.read(s, g)
	}
	d.Ranges = append(d.Ranges, len(d.Matches))
}

// Recase divides text when another one has been divided that differs from it within
// the sentences alone for which changed is true, and is as long: it does what Divide
// does, without reading again what is the same.
func (d *Document) Recase(text string, changed []bool, g *gazetteer.Gazetteer) {
	d.divided, d.before = d.before, d.divided
	old := &d.before
	d.start(text)
	i := 0 // the sentence of old that may be the next one
	for _, s := range d.Sentences {
		for i < len(old.Sentences) && old.Words[old.Sentences[i].First].Start < d.tokens[s.First].Start {
			i++
		}
		if i == len(old.Sentences) || changed[i] || !d.same(old.Words[old.Sentences[i].First:old.Sentences[i].Last], s) {
			d.read(s, g)
			continue
		}
		first := old.Sentences[i].First
		d.Words = append(d.Words, old.Words[first:old.Sentences[i].Last]...)
		d.Capitals = append(d.Capitals, old.Capitals[i])
		d.Ranges = append(d.Ranges, len(d.Matches))
		for _, m := range old.Matches[old.Ranges[i]:old.Ranges[i+1]] {
			m.First += s.First - first
			m.Last += s.First - first
			d.Matches = append(d.Matches, m)
		}
	}
	d.Ranges = append(d.Ranges, len(d.Matches))
}

// same reports whether old are the words of s.
func (d *Document) same(old []Word, s token.Sentence) bool {
	if len(old) != int(s.Last-s.First) {
		return false
	}
	for k := range old {
		if old[k].Word != d.tokens[int(s.First)+k] {
			return false
		}
	}
	return true
}

// start divides text into words and sentences.
func (d *Document) start(text string) {
	d.Text = text
	d.tokens, d.Sentences = token.Append(d.tokens[:0], d.Sentences[:0], text)
	d.Words, d.Capitals, d.Matches, d.Ranges = d.Words[:0], d.Capitals[:0], d.Matches[:0], d.Ranges[:0]
}

// read reads the words of the next sentence, and the listed names in it.
func (d *Document) read(s token.Sentence, g *gazetteer.Gazetteer) {
	d.Words = slices.Grow(d.Words, int(s.Last-s.First))[:s.Last]
	for k := s.First; k < s.Last; k++ {
		d.word(&d.Words[k], &d.tokens[k])
	}
	d.Capitals = append(d.Capitals, d.inCapitals(s))
	d.Ranges = append(d.Ranges, len(d.Matches))
	d.match(s, g)
	ws := d.Words[s.First:]
	for i := range ws {
		w := &ws[i]
		if w.Anchor && w.Cues&(Opener|Lone) != 0 && w.Listed == 0 && !(i > 0 && ws[i-1].Anchor) && !(i+1 < len(ws) && ws[i+1].Anchor) {
			w.Anchor = false
		}
	}
}

// Tag is the second half of Read: it tags what Divide has divided.
func (d *Document) Tag(tag Tagger) {
	for i, s := range d.Sentences {
		d.tagSentence(s, d.Matches[d.Ranges[i]:d.Ranges[i+1]], tag)
	}
}

// word makes x of w.
func (d *Document) word(x *Word, w *token.Word) {
	*x = Word{Word: *w}
	text := d.Text[w.Start:w.End]
	if w.Lower {
		x.Hash = fold.Hash(text)
		x.setEnds(text)
		x.Cues, x.Info = cueWords.of(x.Hash), words.Lookup(x.Hash)
		return
	}
	if w.Class == token.Punctuation {
		text = straight(text)
	}
	d.folded, x.Hash = fold.Append(d.folded[:0], text)
	x.setEnds(unsafe.String(unsafe.SliceData(d.folded), len(d.folded)))
	x.Cues = cueWords.of(x.Hash)
	x.Anchor = d.anchor(x)
	if w.Class == token.Letters {
		x.Info = words.Lookup(x.Hash)
		x.Capital = w.Shape&token.Capital != 0
	}
}

// setEnds notes the ends of the folded word.
func (x *Word) setEnds(folded string) {
	if n := len(folded); n >= 4 {
		x.Head = uint32(folded[0]) | uint32(folded[1])<<8 | uint32(folded[2])<<16 | uint32(folded[3])<<24
		x.Tail = uint32(folded[n-1]) | uint32(folded[n-2])<<8 | uint32(folded[n-3])<<16 | uint32(folded[n-4])<<24
		return
	}
	for i := range len(folded) {
		x.Head |= uint32(folded[i]) << (8 * i)
		x.Tail |= uint32(folded[len(folded)-1-i]) << (8 * i)
	}
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
		last := 0 // what follows the last anchor
		for i := range ws {
			w := &ws[i]
			d.wanted = append(d.wanted, w.Anchor || last > 0 && i-last <= 1 && (w.Class != token.Letters || w.Cues&(Connector|Particle) != 0))
			if w.Anchor {
				if i > last {
					d.wanted[i-1] = true
				}
				last = i + 1
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
			for k := max(m.First-1-s.First, 0); k < min(m.Last-s.First, int32(len(d.wanted))); k++ {
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

// anchor reports whether w is an anchor.
func (d *Document) anchor(w *Word) bool {
	switch w.Class {
	case token.Letters:
		if w.Shape&token.Capital != 0 {
			r, _ := utf8.DecodeRuneInString(d.Text[w.Start:w.End])
			return r < utf8.RuneSelf || unicode.Is(unicode.Latin, r) // Москва is no name in English text
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

// inCapitals reports whether a sentence is written in capitals: three words or more,
// and hardly one with a lower-case letter.
func (d *Document) inCapitals(s token.Sentence) bool {
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
