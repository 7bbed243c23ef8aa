// Package prosetag is the part-of-speech tagger of prose v2 itself, in the form
// that entity.WithTagger takes: the reference that the built-in tagger is tested
// against, some twenty times slower and more. A program that does not import it
// does not link prose.
//
//	tagger := entity.New(entity.WithTagger(prosetag.Tag))
//
// prose v2.0.0 tags texts, not words. Tag joins the words, and mends what it can
// of what comes back: prose drops what follows an apostrophe inside a word, so
// apostrophes are left out; it may divide a word further, which then takes the
// tag of its first part; and equal words share one tag, that of the last one, so
// a word that comes again is tagged once more with the sentence cut short after
// its two followers. Only where it comes again within those two is its tag the
// later one's.
package prosetag

import (
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"
)

// model loads prose's model once: NewDocument without one loads it every time.
var model = sync.OnceValues(func() (*prose.Model, error) {
	doc, err := prose.NewDocument("a", prose.WithExtraction(false), prose.WithSegmentation(false))
	if err != nil {
		return nil, err
	}
	return doc.Model, nil
})

// Tag appends one Penn Treebank tag to dst for each word of a sentence, "" for a
// word of which prose makes no token. It is safe for concurrent use.
func Tag(dst, words []string) []string {
	clean := make([]string, len(words))
	for i, w := range words {
		clean[i] = rewrite(w)
	}
	tags := tag(clean)
	last := map[string]int{}
	for i := len(clean) - 1; i >= 0; i-- {
		if _, again := last[clean[i]]; again {
			tags[i] = tag(clean[:min(i+3, len(clean))])[i]
		} else {
			last[clean[i]] = i
		}
	}
	return append(dst, tags...)
}

// rewrite returns a word without what makes prose drop or change a part of it.
func rewrite(w string) string {
	w = quotes.Replace(strings.Join(strings.Fields(w), "_"))
	if w == "'s" || w == "'" || w == "n't" || len(w) <= 3 && strings.HasPrefix(w, "'") {
		return w
	}
	if stripped := strings.Map(func(r rune) rune {
		switch r {
		case '\'', '`', 'ʻ', 'ʼ':
			return -1
		}
		return r
	}, w); stripped != "" {
		return stripped
	}
	return w
}

// quotes does what prose does to quotation marks.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

// tag returns prose's tags of the words, aligned by their letters.
func tag(words []string) []string {
	tags := make([]string, len(words))
	m, err := model()
	if err != nil {
		return tags
	}
	doc, err := prose.NewDocument(strings.Join(words, " "), prose.UsingModel(m), prose.WithExtraction(false), prose.WithSegmentation(false))
	if err != nil {
		return tags
	}
	i, used := 0, 0
	for _, t := range doc.Tokens() {
		text := strings.TrimSpace(t.Text)
		for i < len(words) && !strings.HasPrefix(words[i][used:], text) {
			i, used = i+1, 0
		}
		if i == len(words) {
			break
		}
		if tags[i] == "" {
			tags[i] = t.Tag
		}
		if used += len(text); used == len(words[i]) {
			i, used = i+1, 0
		}
	}
	return tags
}
