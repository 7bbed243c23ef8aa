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
	Text      string
	Sentences []token.Sentence
	Capitals  []bool // by sentence: written in capitals, as headlines are
	Words     []Word
	found

	before    found // what Recase had before it
	tokens    []token.Word
	again     []token.Word // of the paragraph that Recase divides
	sentences []token.Sentence
	reread    []bool // by sentence, of Recase
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

	marked       []int32 // the words for which marked is true
	markedRanges []int   // those of sentence i: marked[markedRanges[i]:markedRanges[i+1]]
}

// marked reports whether a name may begin with w: most words of a text are not
// looked at again.
func (w *Word) marked() bool { return w.Capital || w.Anchor }

// Marked returns the words of sentence i that are capitalised or anchors, in order.
func (d *found) Marked(i int) []int32 { return d.marked[d.markedRanges[i]:d.markedRanges[i+1]] }

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
	d.Words, d.Capitals = sized(d.Words, len(d.tokens)), sized(d.Capitals, len(d.Sentences))
	d.found.clear()
	for i := range d.Sentences {
		d.read(i, g)
	}
	d.begin()
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
}

// begin notes where the ranges of the next sentence begin, and those of the last one end.
func (f *found) begin() {
	f.Ranges = append(f.Ranges, len(f.Matches))
	f.markedRanges = append(f.markedRanges, len(f.marked))
}

// Recase divides text when another one has been divided that differs from it in the
// case of letters, within the sentences alone for which changed is true, and is as
// long: it does what Divide does, without reading again what is the same.
func (d *Document) Recase(text string, changed []bool, g *gazetteer.Gazetteer) {
	d.Text = text
	d.reread = append(d.reread[:0], make([]bool, len(d.Sentences))...)
	some := func(first, last int) bool { return slices.Contains(changed[first:last], true) }
	for first, last := 0, d.paragraphEnd(0); first < len(d.Sentences); {
		next := d.paragraphEnd(last)
		// A word at the end of a paragraph may hang on how the next one begins.
		if some(first, last) || some(last, next) {
			if !d.redivide(first, last) {
				d.Divide(text, g)
				return
			}
			for i := first; i < last; i++ {
				d.reread[i] = d.reread[i] || changed[i]
			}
		}
		first, last = last, next
	}
	d.found, d.before = d.before, d.found
	d.found.clear()
	for i := range d.Sentences {
		if d.reread[i] {
			d.read(i, g)
			continue
		}
		d.begin()
		d.Matches = append(d.Matches, d.before.Matches[d.before.Ranges[i]:d.before.Ranges[i+1]]...)
		d.marked = append(d.marked, d.before.Marked(i)...)
	}
	d.begin()
}

// paragraphEnd returns the sentence after the paragraph that begins with sentence i.
func (d *Document) paragraphEnd(i int) int {
	for i++; i < len(d.Sentences); i++ {
		if d.Sentences[i].Paragraph {
			return i
		}
	}
	return len(d.Sentences)
}

// redivide divides the paragraph of sentences first to last-1 again, and notes in
// d.reread those of which words have changed; false when there are other sentences or
// more words now.
func (d *Document) redivide(first, last int) bool {
	word := d.Sentences[first].First
	end := len(d.Text)
	if last < len(d.Sentences) {
		end = int(d.tokens[d.Sentences[last].First].Start)
	}
	d.again, d.sentences = token.AppendParagraphs(d.again[:0], d.sentences[:0], d.Text, int(d.tokens[word].Start), end)
	if len(d.sentences) != last-first {
		return false
	}
	for i, s := range d.sentences {
		old := d.Sentences[first+i]
		if old.First != word+s.First || old.Last != word+s.Last {
			return false
		}
		if tokens := d.tokens[old.First:old.Last]; !slices.Equal(tokens, d.again[s.First:s.Last]) {
			copy(tokens, d.again[s.First:s.Last])
			d.reread[first+i] = true
		}
	}
	return true
}

// read reads the words of sentence i, the next one, and finds the listed names in it.
func (d *Document) read(i int, g *gazetteer.Gazetteer) {
	s := d.Sentences[i]
	d.begin()
	first := len(d.marked)
	for k := s.First; k < s.Last; k++ {
		w := &d.Words[k]
		d.word(w, &d.tokens[k])
		if w.marked() {
			d.marked = append(d.marked, k)
		}
	}
	marked := d.marked[first:]
	d.Capitals[i] = d.inCapitals(s, marked)
	d.match(s, g)
	for _, k := range marked {
		w := &d.Words[k]
		if w.Anchor && w.Cues&(Opener|Lone) != 0 && w.Listed == 0 && !(k > s.First && d.Words[k-1].Anchor) && !(k+1 < s.Last && d.Words[k+1].Anchor) {
			w.Anchor = false
		}
	}
}

// Tag is the second half of Read: it tags what Divide has divided.
func (d *Document) Tag(tag Tagger) {
	for i, s := range d.Sentences {
		if tag == nil {
			d.tagNames(i)
		} else {
			d.tagAll(s, tag)
		}
	}
}

// word makes x of w.
func (d *Document) word(x *Word, w *token.Word) {
	low, high, ok := token.Bytes(d.Text, w.Start, w.End)
	if !ok {
		d.newWord(x, w)
		return
	}
	kept := &d.kept[(low^high*0x9E3779B97F4A7C15)*0xBF58476D1CE4E5B9>>(64-logKept)]
	if kept.low != low || kept.high != high || kept.word.Class != w.Class {
		d.newWord(&kept.word, w)
		kept.low, kept.high = low, high
	}
	*x = kept.word
	x.Word = *w
}

// logKept is the logarithm of how many words are kept.
const logKept = 11

// keptWord is what is known of a word, whatever stands around it. The zero value is no
// word's.
type keptWord struct {
	low, high uint64 // its bytes, the first one lowest
	word      Word
}

// newWord makes x of w, looking it up.
func (d *Document) newWord(x *Word, w *token.Word) {
	*x = Word{Word: *w, Tag: perceptron.Itself}
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

// tagNames sets the tags of the words of sentence i that can be in a name or beside
// it: nothing asks for those of the others.
func (d *Document) tagNames(i int) {
	s := d.Sentences[i]
	ws := d.Words[s.First:s.Last]
	d.wanted = d.wanted[:0]
	for _, k := range d.Marked(i) {
		if !d.Words[k].Anchor {
			continue
		}
		k -= s.First
		for n := min(int(k)+3, len(ws)); len(d.wanted) < n; {
			d.wanted = append(d.wanted, false)
		}
		d.wanted[k], d.wanted[max(k-1, 0)] = true, true
		for j := int(k) + 1; j < len(d.wanted); j++ {
			w := &ws[j]
			d.wanted[j] = d.wanted[j] || w.Class != token.Letters || w.Cues&(Connector|Particle) != 0
		}
	}
	if len(d.wanted) == 0 {
		return
	}
	for _, m := range d.Matches[d.Ranges[i]:d.Ranges[i+1]] {
		for k := max(m.First-1-s.First, 0); k < min(m.Last-s.First, int32(len(d.wanted))); k++ {
			d.wanted[k] = true
		}
	}
	d.takeWords(ws[:min(len(d.wanted)+2, len(ws))])
	d.classes = perceptron.Default().AppendWanted(d.classes[:0], d.tagWords, d.wanted, &d.scratch)
	for k, c := range d.classes {
		ws[k].setTag(c)
	}
}

// tagAll sets the tags of a sentence's words as tag has them.
func (d *Document) tagAll(s token.Sentence, tag Tagger) {
	ws := d.Words[s.First:s.Last]
	d.takeWords(ws)
	d.tags = tag(d.tags[:0], d.tagWords)
	for i := range ws {
		c := perceptron.Itself
		if i < len(d.tags) {
			if known, ok := perceptron.ClassOf(d.tags[i]); ok {
				c = known
			}
		}
		ws[i].setTag(c)
	}
}

// takeWords sets d.tagWords to the words as a tagger takes them.
func (d *Document) takeWords(ws []Word) {
	d.tagWords = d.tagWords[:0]
	for i := range ws {
		w := &ws[i]
		d.tagWords = append(d.tagWords, plainWord(d.Text[w.Start:w.End], w.Class))
	}
}

func (w *Word) setTag(c perceptron.Class) {
	w.Tag = c
	w.Proper = c == nnp || c == nnps
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
// and hardly one with a lower-case letter. Only a word that is marked has a capital.
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
