package entity

import (
	"math"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// word is what the stages share about one word of a part.
type word struct {
	token.Word
	hash    uint64 // of the folded word
	info    words.Info
	cues    cue
	proper  bool // tagged as a proper noun
	capital bool // may be a word of a name: capitalised letters
}

// span is a candidate for an entity.
type span struct {
	start, end  int32 // bytes of the part
	first, last int32 // words: first to last-1
	kind        Kind
	id          ID
	country     string
	evidence    Evidence
	score       float64 // log-odds that span and kind are right
	ambiguous   bool    // needs a second witness
	generic     bool    // an ID that several bodies share: the country decides
}

func (s *span) confidence() float64 { return 1 / (1 + math.Exp(-s.score)) }

func (s *span) words() int { return int(s.last - s.first) }

// document is the scratch of one text under way, with what it has told so far.
type document struct {
	text      string
	tokens    []token.Word
	sentences []token.Sentence
	words     []word
	folded    []byte
	matches   []gazetteer.Match
	tagWords  []string
	tagNames  []string
	classes   []perceptron.Class
	scratch   perceptron.Scratch
	caps      []bool // by sentence: in capitals throughout
	cands     []span
	ranges    []int // candidates of sentence i: cands[ranges[i]:ranges[i+1]]
	spans     []span
	entities  []Entity
	recalled  []span // of one sentence
	memory    memory
}

func newDocument() *document { return &document{memory: newMemory()} }

// forget makes d ready for another text.
func (d *document) forget() { d.memory.clear() }

// analyse finds the entities of one part of a document: d.spans, in order. What
// the earlier parts told is remembered.
func (t *Tagger) analyse(d *document, part string) {
	d.text = part
	d.tokens, d.sentences = token.Append(d.tokens[:0], d.sentences[:0], part)
	d.words = d.words[:0]
	for _, w := range d.tokens {
		d.words = append(d.words, d.word(w))
	}
	d.caps = d.caps[:0]
	d.cands, d.ranges = d.cands[:0], d.ranges[:0]
	for _, s := range d.sentences {
		caps := d.inCapitals(s)
		d.caps = append(d.caps, caps)
		t.tagSentence(d, s)
		d.ranges = append(d.ranges, len(d.cands))
		t.listed(d, s, caps)
		if caps {
			continue // a headline in capitals would be one long name
		}
		d.guess(s)
	}
	d.ranges = append(d.ranges, len(d.cands))
	d.resolve()
}

func (d *document) word(w token.Word) word {
	x := word{Word: w}
	d.folded, x.hash = fold.Append(d.folded[:0], d.text[w.Start:w.End])
	x.cues = cueWords[x.hash]
	if w.Class == token.Letters {
		x.info = words.Lookup(x.hash)
		x.capital = w.Shape&token.Capital != 0
	}
	return x
}

// inCapitals reports whether a sentence is written in capitals, as headlines
// are: four letters' words or more, and hardly one with a lower-case letter.
func (d *document) inCapitals(s token.Sentence) bool {
	upper, lower := 0, 0
	for _, w := range d.words[s.First:s.Last] {
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

// tagSentence sets which words of a sentence are proper nouns.
func (t *Tagger) tagSentence(d *document, s token.Sentence) {
	d.tagWords = d.tagWords[:0]
	for _, w := range d.words[s.First:s.Last] {
		d.tagWords = append(d.tagWords, plainWord(d.text[w.Start:w.End], w.Class))
	}
	ws := d.words[s.First:s.Last]
	if t.tag != nil {
		d.tagNames = t.tag(d.tagNames[:0], d.tagWords)
		for i := range ws {
			ws[i].proper = i < len(d.tagNames) && (d.tagNames[i] == "NNP" || d.tagNames[i] == "NNPS")
		}
		return
	}
	d.classes = perceptron.Default().Append(d.classes[:0], d.tagWords, &d.scratch)
	for i, c := range d.classes {
		ws[i].proper = c == nnp || c == nnps
	}
}

var (
	nnp, _  = perceptron.ClassOf("NNP")
	nnps, _ = perceptron.ClassOf("NNPS")
)

// plainWord returns the word as the tagger's training text wrote it.
func plainWord(w string, class token.Class) string {
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
