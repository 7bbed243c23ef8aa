package reading

import (
	"strings"

	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/token"
)

// Tagger appends one Penn Treebank tag to dst for each word of a sentence.
type Tagger func(dst, words []string) []string

// Tag is the second half of Read: it tags what Divide has divided.
func (d *Document) Tag(tag Tagger) {
	if tag != nil {
		d.Text = strings.Clone(d.Text) // a tagger keeps what it likes, and the text may be scratch
	}
	for i, s := range d.Sentences {
		if tag == nil {
			d.tagNames(i)
		} else {
			d.tagAll(s, tag)
		}
	}
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
			d.wanted[j] = d.wanted[j] || w.Class != token.Letters || w.Cues&(lexicon.Connector|lexicon.Particle) != 0
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
	case "—", "–", "\x96", "\x97":
		return "--"
	}
	return token.Straight(w)
}
