// Package corpus reads annotated corpora in columns (a word and its IOB2 labels
// on each line, as CoNLL-2003 has them) back into running text with the bytes of
// each name, so that what works on raw text can be trained and measured on them.
package corpus

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a gold name: bytes of the text, the label without its B- or I-, and whom it means.
type Span struct {
	Start, End int
	Label      string
	ID         string // of the gazetteer, "-" for nobody there, "" when that is not annotated
}

// Document is one text with its names in order.
type Document struct {
	Text  string
	Spans []Span
}

// sentencesPerText is how many sentences make a text where a corpus does not
// mark its documents.
const sentencesPerText = 8

// ReadFile reads a corpus, through gzip when its name ends in .gz. The labels
// stand in the given column, the word in column 0.
func ReadFile(name string, column int) ([]Document, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		r = z
	}
	docs, err := Read(r, column)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return docs, nil
}

// Read reads a corpus. An error begins with the number of the line.
func Read(r io.Reader, column int) ([]Document, error) {
	var docs []Document
	var b builder
	flush := func() {
		if len(b.text) > 0 {
			docs = append(docs, Document{string(b.text), b.spans})
		}
		b = builder{}
	}
	marked := false
	sentences := 0
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<20)
	for line := 1; s.Scan(); line++ {
		switch text := s.Text(); {
		case strings.HasPrefix(text, "-DOCSTART-"):
			marked = true
			flush()
		case strings.TrimSpace(text) == "":
			if sentences++; !marked && sentences%sentencesPerText == 0 {
				flush()
			}
			b.endSentence(marked)
		default:
			fields := strings.Split(text, "\t")
			if len(fields) <= column {
				return nil, fmt.Errorf("%d: %d columns, want %d", line, len(fields), column+1)
			}
			b.add(fields[0], fields[column])
		}
	}
	flush()
	return docs, s.Err()
}

// builder joins words to a text.
type builder struct {
	text   []byte
	spans  []Span
	last   string // the word before
	before string // the word before that
	gap    string // what a new sentence stands after
	open   bool   // within a name
	quotes int
}

func (b *builder) endSentence(marked bool) {
	b.open = false
	b.gap = "\n\n"
	if marked {
		b.gap = " "
	}
	b.last, b.before, b.quotes = "", "", 0
}

// unescape undoes what treebanks do to brackets and quotes.
var unescape = map[string]string{"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": `"`, "''": `"`}

func (b *builder) add(word, label string) {
	raw := word
	if u, ok := unescape[word]; ok {
		word = u
	}
	switch {
	case len(b.text) == 0:
	case b.last == "":
		b.text = append(b.text, b.gap...)
	case b.spaced(word, raw):
		b.text = append(b.text, ' ')
	}
	if word == `"` {
		b.quotes++
	}
	start := len(b.text)
	b.text = append(b.text, word...)
	prefix, name, ok := strings.Cut(label, "-")
	switch {
	case !ok:
		b.open = false
	case prefix == "I" && b.open:
		b.spans[len(b.spans)-1].End = len(b.text)
	default:
		b.spans = append(b.spans, Span{Start: start, End: len(b.text), Label: name})
		b.open = true
	}
	b.before, b.last = b.last, word
}

// spaced reports whether a space stands before word.
func (b *builder) spaced(word, raw string) bool {
	switch word {
	case ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "’s", "'S", "n't", "'re", "'ve", "'ll", "'d", "'m", "”", "...":
		return false
	case "'", "’":
		return !strings.HasSuffix(b.last, "s")
	case `"`:
		return raw != "''" && b.quotes%2 == 0
	case "-", "/":
		return !endsAlphanumeric(b.last)
	}
	switch b.last {
	case "(", "[", "{", "$", "£", "€", "#", "“", "‘":
		return false
	case `"`:
		return b.quotes%2 == 0
	case "-", "/":
		first, _ := utf8.DecodeRuneInString(word)
		return !endsAlphanumeric(b.before) || !unicode.IsLetter(first) && !unicode.IsDigit(first)
	}
	return true
}

func endsAlphanumeric(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
