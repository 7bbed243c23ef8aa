package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/command"
)

// mistakes gathers equal mistakes: the same text taken for the same thing.
type mistakes struct {
	index map[mistake]*times
	list  []*times
}

type mistake struct {
	gold, found         gazetteer.Kind // 0 for none
	goldText, foundText string
}

// times is a mistake, how often it was made, how confidently at the most, and where
// first.
type times struct {
	mistake
	times      int
	confidence float64
	where      string
}

// add adds the mistakes of a document.
func (m *mistakes) add(p pair) {
	if m.index == nil {
		m.index = map[mistake]*times{}
	}
	for _, c := range score.Compare(p.gold.spans, p.found.spans) {
		if c.Right() {
			continue
		}
		gold, found := p.gold.span(c.Gold), p.found.span(c.Found)
		k := mistake{c.Gold.Kind, c.Found.Kind, command.OneLine(gold.Text), command.OneLine(found.Text)}
		t := m.index[k]
		if t == nil {
			t = &times{mistake: k}
			if c.Gold.Kind != 0 {
				t.where = where(p.gold, p.gold.text, c.Gold)
			} else {
				t.where = where(p.found, p.gold.text, c.Found)
			}
			m.index[k] = t
			m.list = append(m.list, t)
		}
		t.times++
		t.confidence = max(t.confidence, found.Confidence)
	}
}

// span returns what is known of a span.
func (d *document) span(s score.Span) format.Span {
	i, _ := slices.BinarySearchFunc(d.spans, s, func(a, b score.Span) int { return cmp.Compare(a.Start, b.Start) })
	for ; i < len(d.spans) && d.spans[i].Start == s.Start; i++ {
		if d.spans[i] == s {
			return d.more[i]
		}
	}
	return format.Span{} // s stands for none
}

// where returns the place of a span of a document, with the text around it when
// there is any.
func where(d *document, text string, s score.Span) string {
	place := fmt.Sprintf("%s, byte %d", command.OneLine(d.key), s.Start)
	if !d.jsonl {
		place = fmt.Sprintf("%s:%d", command.OneLine(d.file), d.span(s).Line)
	}
	if text == "" {
		return place
	}
	from, to := max(0, s.Start-40), min(len(text), s.End+40)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return fmt.Sprintf("%s: %s[%s]%s", place, flat(text[from:s.Start]), flat(text[s.Start:s.End]), flat(text[s.End:to]))
}

// worst returns the n most frequent mistakes, those made most confidently first
// among equals.
func (m *mistakes) worst(n int) string {
	if n == 0 || len(m.list) == 0 {
		return ""
	}
	slices.SortStableFunc(m.list, func(a, b *times) int {
		return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(b.confidence, a.confidence))
	})
	var b strings.Builder
	shown := m.list[:min(n, len(m.list))]
	fmt.Fprintf(&b, "\nthe %d worst of %d different mistakes\n", len(shown), len(m.list))
	for _, t := range shown {
		fmt.Fprintf(&b, "%4d× %s\n      %s\n", t.times, t.what(), t.where)
	}
	return b.String()
}

// what says what a mistake is.
func (t *times) what() string {
	switch {
	case t.found == 0:
		return fmt.Sprintf("%s %q not found", t.gold, t.goldText)
	case t.gold == 0:
		return fmt.Sprintf("%s %q found where there is none%s", t.found, t.foundText, t.sure())
	case t.goldText != t.foundText:
		return fmt.Sprintf("%s %q found as %s %q%s", t.gold, t.goldText, t.found, t.foundText, t.sure())
	}
	return fmt.Sprintf("%s %q found as %s%s", t.gold, t.goldText, t.found, t.sure())
}

// sure says how confident a mistake was, where the file says so.
func (t *times) sure() string {
	if t.confidence == 0 {
		return ""
	}
	return fmt.Sprintf(", confidence %.2f", t.confidence)
}

// flat returns s as command.Visible does, with a space for each white space.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, command.Visible(s))
}
