package reading

import (
	"slices"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

// recase divides text when another d.Text has been divided that differs from it in the
// case of letters, within the sentences alone for which changed is true, and is as
// long: it does what Divide does, without reading again what is the same.
func (d *Document) recase(text string, changed []bool, g *gazetteer.Gazetteer) {
	d.Text = text
	d.reread = append(d.reread[:0], make([]bool, len(d.Sentences))...)
	some := func(first, last int) bool { return slices.Contains(changed[first:last], true) }
	for first, last := 0, d.paragraphEnd(0); first < len(d.Sentences); {
		next := d.paragraphEnd(last)
		// A word at the end of a paragraph may hang on how the next one begins.
		if some(first, last) || some(last, next) {
			if !d.redivide(first, last) {
				d.divide(text, g)
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
			tokens := d.divideSentence(i, g)
			if s := d.Sentences[i]; len(tokens) != int(s.Last-s.First) {
				d.divide(text, g)
				return
			}
			d.read(i, tokens)
			continue
		}
		d.begin()
		d.Matches = append(d.Matches, d.before.Matches[d.before.Ranges[i]:d.before.Ranges[i+1]]...)
		d.marked = append(d.marked, d.before.Marked(i)...)
		for _, b := range d.before.Denied {
			if b[0] >= d.Words[d.Sentences[i].First].Start && b[1] <= d.Words[d.Sentences[i].Last-1].End {
				d.Denied = append(d.Denied, b)
			}
		}
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
	word := d.undivided[first].First
	end := len(d.Text)
	if last < len(d.undivided) {
		end = int(d.tokens[d.undivided[last].First].Start)
	}
	d.again, d.sentences = token.AppendParagraphs(d.again[:0], d.sentences[:0], d.Text, int(d.tokens[word].Start), end)
	if len(d.sentences) != last-first {
		return false
	}
	for i, s := range d.sentences {
		old := d.undivided[first+i]
		if old.First != word+s.First || old.Last != word+s.Last || old.Row != s.Row {
			return false
		}
		if tokens := d.tokens[old.First:old.Last]; !slices.Equal(tokens, d.again[s.First:s.Last]) {
			copy(tokens, d.again[s.First:s.Last])
			d.reread[first+i] = true
		}
	}
	return true
}
