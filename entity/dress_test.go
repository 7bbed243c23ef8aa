package entity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/internal/plain"
)

// maxArticle is how long an article may be that is dressed otherwise: longer ones are read in
// parts, and where these end depends on how many bytes there are.
const maxArticle = 30_000

// wikinews returns the texts of Wikinews' articles.
func wikinews(t *testing.T) (texts []string) {
	data, err := os.ReadFile(filepath.FromSlash("../../shared/corpora/wikinews/articles.jsonl"))
	if err != nil {
		t.Skipf("the corpora are not part of the project: %v", err)
	}
	for line := range bytes.Lines(data) {
		var article struct{ Text string }
		if err := json.Unmarshal(line, &article); err != nil {
			t.Fatal(err)
		}
		if len(article.Text) <= maxArticle {
			texts = append(texts, article.Text)
		}
	}
	return texts
}

// dressedNames counts the names in a text, however they are set.
func dressedNames(tagger *entity.Tagger, text string) (names map[string]int, total int) {
	names = map[string]int{}
	for e := range tagger.Find(text) {
		name := strings.NewReplacer("’", "'", "-", "").Replace(new(plain.Text).Read(e.Text))
		names[fmt.Sprint(e.Kind, " ", strings.Join(strings.Fields(name), " "))]++
		total++
	}
	return names, total
}

// dressed checks what of the names in Wikinews is lost, and what is found besides, when its texts are
// set in other ways.
func dressed(t *testing.T, dress map[string]func(string) string, check func(t *testing.T, missed, more []string, names int)) {
	texts := wikinews(t)
	tagger := entity.New()
	want, names := make([]map[string]int, len(texts)), 0
	for i, text := range texts {
		n := 0
		want[i], n = dressedNames(tagger, text)
		names += n
	}
	for name, dress := range dress {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var missed, more []string
			for i, text := range texts {
				got, _ := dressedNames(tagger, dress(text))
				missed = append(missed, lost(want[i], got)...)
				more = append(more, lost(got, want[i])...)
			}
			t.Logf("%d of %d names lost, %d others found: %q, %q", len(missed), names, len(more), missed[:min(len(missed), 30)], more[:min(len(more), 30)])
			check(t, missed, more, names)
		})
	}
}

// lost returns the names of want that are not in got, each as often as it is missed.
func lost(want, got map[string]int) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		for n := got[name]; n < want[name]; n++ {
			names = append(names, name)
		}
	}
	return names
}

// everyFifthWord puts s after the second letter of every fifth word of small letters, but for
// the first of them that is a capital.
func everyFifthWord(text, s string) string {
	var b strings.Builder
	words, letters := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			letters = 0
		} else if letters++; letters == 1 {
			words++
		} else if letters == 3 && words%5 == 0 && unicode.IsLower(r) {
			b.WriteString(s)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestDress: what changes how a text is set, and not what a reader sees, loses less than
// one name in 1,000.
func TestDress(t *testing.T) {
	replace := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	dressed(t, map[string]func(string) string{
		"no-break spaces":       replace(" ", "\u00a0"),
		"thin spaces":           replace(" ", "\u2009"),
		"non-breaking hyphens":  replace("-", "\u2011"),
		"curly apostrophes":     replace("'", "’"),
		"straight apostrophes":  replace("’", "'"),
		"HTML entities":         replace("&", "&amp;", "'", "&#39;", "’", "&rsquo;", `"`, "&quot;", "–", "&ndash;", "—", "&mdash;", ", ", ",&nbsp;", " of ", "&nbsp;of&nbsp;"),
		"zero-width spaces":     func(s string) string { return everyFifthWord(s, "\u200b") },
		"joiners":               func(s string) string { return everyFifthWord(s, "\u2060") },
		"soft hyphens":          func(s string) string { return everyFifthWord(s, "\u00ad") },
		"broken words":          func(s string) string { return everyFifthWord(s, "\u00ad\n") },
		"bidi marks":            replace(" ", " \u200e"),
		"bidi marks after":      replace(" ", "\u200f "),
		"variation selectors":   replace(" ", "\ufe0f "),
		"decomposed characters": replace("é", "e\u0301", "É", "E\u0301", "ü", "u\u0308", "ı", "ı\u034f", "ç", "c\u0327", "ş", "s\u0327"),
	}, func(t *testing.T, missed, _ []string, names int) {
		if len(missed)*1000 >= names {
			t.Error("too many")
		}
	})
}

// hyphenated are the hyphens at which a line may be broken.
var hyphenated = regexp.MustCompile(`([a-z]-)([A-Za-z])`)

// wrap wraps each line of a text at the given width, between words and, where hyphens is set,
// after hyphens.
func wrap(text string, width int, hyphens bool) string {
	if hyphens {
		text = hyphenated.ReplaceAllString(text, "$1\x00$2")
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		column := 0
		for i, word := range strings.Fields(line) {
			for j, chunk := range strings.Split(word, "\x00") {
				n := utf8.RuneCountInString(chunk)
				space := 0
				if i > 0 && j == 0 {
					space = 1
				}
				switch {
				case column > 0 && column+space+n > width:
					b.WriteByte('\n')
					column = 0
				case space > 0:
					b.WriteByte(' ')
					column++
				}
				b.WriteString(chunk)
				column += n
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestWrap: a text that is wrapped has the names that it had; where words are broken at hyphens too,
// less than one in 1,000 is lost, as there a hyphen may be one of the word or of the line.
func TestWrap(t *testing.T) {
	words, hyphens := map[string]func(string) string{}, map[string]func(string) string{}
	for _, width := range []int{40, 45, 51, 58, 66, 72, 80} {
		words[fmt.Sprint(width, " columns")] = func(s string) string { return wrap(s, width, false) }
		hyphens[fmt.Sprint(width, " columns, at hyphens")] = func(s string) string { return wrap(s, width, true) }
	}
	dressed(t, words, func(t *testing.T, missed, more []string, _ int) {
		if len(missed) > 0 || len(more) > 0 {
			t.Error("wrapping changes names")
		}
	})
	dressed(t, hyphens, func(t *testing.T, missed, _ []string, names int) {
		if len(missed)*1000 >= names {
			t.Error("too many")
		}
	})
}
