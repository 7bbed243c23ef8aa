package format

import (
	"io"
	"strings"
	"unicode"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/token"
)

// conll writes a word, a tab and its IOB2 label (B-PERSON) a line, a blank line
// after each sentence, and -DOCSTART- before each document, as CoNLL-2003 has
// them. A word of which only a part is a name is written in parts.
type conll struct {
	w         io.Writer
	words     []token.Word
	sentences []token.Sentence
	buf       []byte
}

func (c *conll) Begin(Header) error {
	_, err := io.WriteString(c.w, "-DOCSTART-\tO\n\n")
	return err
}

func (c *conll) Part(p entity.Part) error {
	entities := p.Entities
	for text, start := p.Text, p.Start; text != ""; {
		n := token.Cut(text)
		c.words, c.sentences = token.Append(c.words[:0], c.sentences[:0], text[:n])
		for _, s := range c.sentences {
			first := true // the next labelled word is the first of its entity in this sentence
			for _, w := range c.words[s.First:s.Last] {
				for at := int(w.Start); at < int(w.End); {
					for len(entities) > 0 && entities[0].End <= start+at {
						entities, first = entities[1:], true
					}
					end, kind := int(w.End), entity.Kind(0)
					if len(entities) > 0 {
						from, to := entities[0].Start-start, entities[0].End-start
						if from > at {
							end = min(end, from)
						} else {
							end, kind = min(end, to), entities[0].Kind
						}
					}
					c.word(text[at:end], kind, first)
					first = kind == 0
					at = end
				}
			}
			c.buf = append(c.buf, '\n')
		}
		if _, err := c.w.Write(c.buf); err != nil {
			return err
		}
		c.buf = c.buf[:0]
		text, start = text[n:], start+n
	}
	return nil
}

func (c *conll) word(word string, kind entity.Kind, first bool) {
	c.buf = append(c.buf, strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return '_' // readers divide lines at any white space
		}
		return r
	}, word)...)
	switch {
	case kind == 0:
		c.buf = append(c.buf, "\tO\n"...)
	case first:
		c.buf = append(append(append(c.buf, "\tB-"...), label(kind)...), '\n')
	default:
		c.buf = append(append(append(c.buf, "\tI-"...), label(kind)...), '\n')
	}
}

func (c *conll) End() error   { return nil }
func (c *conll) Close() error { return nil }
