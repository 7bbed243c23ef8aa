package corpus

import (
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/markup"
)

// breaks are how line breaks and tabs within a text are written where one text is one line.
var breaks = strings.NewReplacer(`\n`, "\n", `\t`, "\t")

// ReadMarked reads texts with their entities marked in place, one a line: see package
// markup. A line break within a text is written \n, a tab \t. Labels are kinds.
func ReadMarked(name string) ([]Document, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	docs, err := ParseMarked(string(data))
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return docs, nil
}

// ParseMarked is ReadMarked for texts at hand. An error begins with the number of the line.
func ParseMarked(texts string) ([]Document, error) {
	var docs []Document
	number := 0
	for line := range strings.Lines(texts) {
		number++
		text, spans, err := markup.Parse(breaks.Replace(strings.TrimSuffix(line, "\n")))
		if err != nil {
			return nil, fmt.Errorf("%d: %w", number, err)
		}
		d := Document{Text: text}
		for _, x := range spans {
			d.Spans = append(d.Spans, Span{x.Start, x.End, x.Kind.String(), x.ID})
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// Upper returns a text in capitals. It changes no character that would take other bytes:
// the gold offsets must stay true.
func Upper(text string) string {
	return each(text, func(r rune, first bool) rune { return unicode.ToUpper(r) })
}

// Lower is like Upper, in lower case.
func Lower(text string) string {
	return each(text, func(r rune, first bool) rune { return unicode.ToLower(r) })
}

// Title is like Upper, with every word capitalised.
func Title(text string) string {
	return each(text, func(r rune, first bool) rune {
		if first {
			return unicode.ToUpper(r)
		}
		return r
	})
}

// each changes the characters of a text. It says which ones follow white space.
func each(text string, change func(r rune, first bool) rune) string {
	out := []byte(text)
	first := true
	for i, r := range text {
		if c := change(r, first); r != utf8.RuneError && utf8.RuneLen(c) == utf8.RuneLen(r) {
			utf8.EncodeRune(out[i:], c)
		}
		first = unicode.IsSpace(r)
	}
	return string(out)
}
