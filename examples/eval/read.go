package main

import (
	"cmp"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/entity/score"
)

// document is a text with its entities, in order.
type document struct {
	key   string // what it is matched by
	file  string
	jsonl bool   // of JSON Lines, where a line is a document
	place string // FILE:LINE:1
	text  string
	spans []score.Span
	more  []format.Span // what else is known of each of the spans
}

// pair is a document as it should be and as it was found.
type pair struct{ gold, found *document }

// read reads the files and matches their documents. It returns all faults.
func (s *settings) read() (pairs []pair, faults []error) {
	goldColumn := -1
	if len(s.files) == 1 {
		goldColumn = -2
	}
	gold, faults := s.file(s.files[0], goldColumn)
	found, more := s.file(s.files[len(s.files)-1], -1)
	for _, fault := range more {
		// Much that is wrong with a file is wrong with both of its columns.
		if !slices.ContainsFunc(faults, func(f error) bool { return f.Error() == fault.Error() }) {
			faults = append(faults, fault)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	byKey := map[string]*document{}
	for _, d := range found {
		byKey[d.key] = d
	}
	for _, g := range gold {
		f, ok := byKey[g.key]
		if !ok {
			faults = append(faults, fmt.Errorf("%s: document %s is not in %s", g.place, g.key, s.files[len(s.files)-1]))
			continue
		}
		delete(byKey, g.key)
		if err := align(g, f); err != nil {
			faults = append(faults, err)
		}
		pairs = append(pairs, pair{g, f})
	}
	for _, f := range found {
		if _, ok := byKey[f.key]; ok {
			faults = append(faults, fmt.Errorf("%s: document %s is not in %s", f.place, f.key, s.files[0]))
		}
	}
	return pairs, faults
}

// file reads a file.
func (s *settings) file(name string, column int) (docs []*document, faults []error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, []error{err}
	}
	defer f.Close()
	var read iter.Seq2[format.Document, error]
	if s.jsonl(name) {
		read = format.ReadJSONLines(f, name)
	} else {
		read = format.ReadCoNLL(f, name, column)
	}
	keys := map[string]bool{}
	for d, err := range read {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		doc := &document{file: name, jsonl: s.jsonl(name), place: fmt.Sprintf("%s:%d:1", name, d.Line), text: d.Text}
		doc.key = cmp.Or(d.Name(), fmt.Sprintf("number %d", len(docs)+1))
		if keys[doc.key] {
			faults = append(faults, fmt.Errorf("%s: a second document %s", doc.place, doc.key))
		}
		keys[doc.key] = true
		slices.SortStableFunc(d.Spans, func(a, b format.Span) int { return cmp.Compare(a.Start, b.Start) })
		for _, span := range d.Spans {
			kind, ok := s.labels[strings.ToLower(span.Label)]
			switch {
			case !ok:
				faults = append(faults, fmt.Errorf("%s:%d:%d: label %q: say what it is with -map %[4]s=KIND, or leave it out with -map %[4]s=", name, span.Line, span.Column, span.Label))
				s.labels[strings.ToLower(span.Label)] = 0 // said once
			case kind != 0:
				doc.spans = append(doc.spans, score.Span{Kind: kind, Start: span.Start, End: span.End})
				doc.more = append(doc.more, span)
			}
		}
		docs = append(docs, doc)
	}
	return docs, faults
}

// align gives both documents offsets into the text of the gold one. Texts that
// differ in more than white space, or in what stands for it, are a fault.
func align(gold, found *document) error {
	switch {
	case gold.text == found.text || found.text == "":
		return nil
	case gold.text == "":
		gold.text = found.text
		return nil
	}
	// Where a character of the found text starts, and the one before an offset ends,
	// in the gold one.
	starts, ends := make([]int, len(found.text)+1), make([]int, len(found.text)+1)
	at := 0
	for i := 0; i < len(found.text); {
		r, size := utf8.DecodeRuneInString(found.text[i:])
		i += size
		if blank(r) {
			continue
		}
		at += len(gold.text[at:]) - len(strings.TrimLeftFunc(gold.text[at:], blank))
		g, goldSize := utf8.DecodeRuneInString(gold.text[at:])
		if g != r || goldSize == 0 {
			return fmt.Errorf("%s: the text is not that of %s: %q where that has %q", found.place, gold.place, near(found.text, i-size), near(gold.text, at))
		}
		starts[i-size] = at
		at += goldSize
		ends[i] = at
	}
	if rest := strings.TrimFunc(gold.text[at:], blank); rest != "" {
		return fmt.Errorf("%s: the text is not that of %s, which goes on with %q", found.place, gold.place, near(rest, 0))
	}
	for i, s := range found.spans {
		text := found.text[s.Start:s.End]
		s.Start += len(text) - len(strings.TrimLeftFunc(text, blank))
		s.End -= len(text) - len(strings.TrimRightFunc(text, blank))
		if s.Start < s.End {
			found.spans[i].Start, found.spans[i].End = starts[s.Start], ends[s.End]
		}
	}
	return nil
}

// blank reports whether a character may be missing or another one in one of two
// files of the same words.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '_' }

// near returns a little of a text from a byte on.
func near(text string, at int) string {
	r := []rune(text[at:min(len(text), at+80)])
	return string(r[:min(len(r), 20)])
}
