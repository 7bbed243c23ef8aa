package format

import (
	"strings"
	"unicode"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/token"
)

// conll writes a word, a tab and its IOB2 label (B-PERSON) a line, a blank line
// after each sentence, and -DOCSTART- before each document, as CoNLL-2003 has
// them. Words are those that the tagger reads; one of which only a part is in a
// name is written in parts, and no sentence ends within a name, so that the lines
// have as many names as the text. White space inside a word is written as _.
type conll struct {
	words     []token.Word
	sentences []token.Sentence
	entities  []entity.Entity // those still to come
	inside    bool            // the next word in the first of them is not its first
}

func (c *conll) begin(dst []byte, _ Header) []byte { return append(dst, "-DOCSTART-\tO\n\n"...) }

func (c *conll) part(dst []byte, p entity.Part) []byte {
	c.entities, c.inside = p.Entities, false
	for text, start := p.Text, p.Start; text != ""; {
		n := token.Cut(text)
		c.words, c.sentences = token.Append(c.words[:0], c.sentences[:0], text[:n])
		for _, s := range c.sentences {
			for _, w := range c.words[s.First:s.Last] {
				dst = c.word(dst, text[w.Start:w.End], start+int(w.Start))
			}
			end := start + int(c.words[s.Last-1].End)
			if c.inside && c.entities[0].End > end {
				continue
			}
			dst = append(dst, '\n')
		}
		text, start = text[n:], start+n
	}
	return dst
}

// word appends a word that begins at byte start.
func (c *conll) word(dst []byte, word string, start int) []byte {
	for word != "" {
		for len(c.entities) > 0 && c.entities[0].End <= start {
			c.entities, c.inside = c.entities[1:], false
		}
		end, l := len(word), "O"
		if len(c.entities) > 0 {
			if e := c.entities[0]; start < e.Start {
				end = min(end, e.Start-start)
			} else {
				end = min(end, e.End-start)
				l = "B-" + label(e.Kind)
				if c.inside {
					l = "I-" + label(e.Kind)
				}
				c.inside = true
			}
		}
		dst = append(dst, printed(word[:end])...)
		dst = append(append(append(dst, '\t'), l...), '\n')
		word, start = word[end:], start+end
	}
	return dst
}

// printed returns a word as readers of columns take it for one.
func printed(word string) string {
	if word == "-DOCSTART-" {
		return "_DOCSTART_"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, word)
}

func (c *conll) end(dst []byte) []byte   { return dst }
func (c *conll) open(dst []byte) []byte  { return dst }
func (c *conll) close(dst []byte) []byte { return dst }
