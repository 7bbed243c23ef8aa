package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// TrueCase divides the text that Divide has divided anew, as it would stand in running
// text, byte for byte as long, when it has headlines: in CAPITALS, or With Every Word
// Capitalised. There a capital says nothing, so that the listed names and the words that
// English does not know keep theirs and the others lose them. Then d.Text is scratch, good
// until the next text.
func (d *Document) TrueCase(g *gazetteer.Gazetteer) {
	d.letters = d.letters[:0]
	d.headlines = sized(d.headlines, len(d.Sentences))
	for i, s := range d.Sentences {
		caps := d.Capitals[i]
		d.headlines[i] = caps || d.inTitleCase(i, s)
		if !d.headlines[i] {
			continue
		}
		if len(d.letters) == 0 {
			d.letters = append(d.letters, d.Text...)
		}
		d.coverListed(i, s)
		kept := false // the word before keeps its capital
		for k := s.First; k < s.Last; k++ {
			w := &d.Words[k]
			if w.Class != token.Letters && w.Class != token.Possessive && w.Class != token.Clitic || w.Shape&token.Capital == 0 && w.Class == token.Letters {
				kept = false
				continue
			}
			word := d.letters[w.Start:w.End]
			listed := d.covered[k]
			english := w.Info&words.English != 0
			if english && w.Info&words.Given != 0 && k+1 < s.Last && d.Words[k+1].Capital && d.Words[k+1].Info&words.English == 0 {
				english = false // Guy Faulconbridge
			}
			switch {
			case w.Shape&token.Initial != 0:
			case w.Class != token.Letters:
				if caps {
					lower(word)
				}
			case listed && len(word) <= 5 && caps:
			case listed:
				if caps {
					capitalise(word)
				}
			case k == s.First && !caps:
			case english && !(kept && w.Cues&(lexicon.OrgHead|lexicon.OrgSuffix|lexicon.PlaceHead) != 0):
				lower(word)
				if k == s.First {
					capitalise(word)
				}
			case caps && (len(word) <= 3 || !strings.ContainsAny(string(word), "AEIOUY")):
			case caps:
				capitalise(word)
			}
			kept = listed || !english
		}
		clear(d.covered[s.First:s.Last])
	}
	if len(d.letters) > 0 {
		d.recase(unsafe.String(unsafe.SliceData(d.letters), len(d.letters)), d.headlines, g)
	}
}

// Headline reports whether sentence i was found by TrueCase to be written in capitals or
// With Every Word Capitalised.
func (d *Document) Headline(i int) bool { return i < len(d.headlines) && d.headlines[i] }

// coverListed notes in d.covered, where all else is false, the words of sentence i that stand in a listed name
// which can be believed.
func (d *Document) coverListed(i int, s token.Sentence) {
	if len(d.covered) < len(d.Words) {
		d.covered = make([]bool, len(d.Words)+len(d.Words)/4)
	}
	for _, m := range d.Matches[d.Ranges[i]:d.Ranges[i+1]] {
		if m.Usage == gazetteer.Sure || m.Last-m.First > 1 || d.Words[m.First].Info&words.English == 0 {
			for k := m.First; k < m.Last; k++ {
				d.covered[k] = true
			}
		}
	}
}

// inTitleCase reports whether sentence i, a paragraph of its own without a full
// stop, has every word capitalised that is not a small one, though at least two,
// the first aside, are none of a name's.
func (d *Document) inTitleCase(i int, s token.Sentence) bool {
	if !s.Paragraph || i+1 < len(d.Sentences) && !d.Sentences[i+1].Paragraph || d.Word(s.Last-1) == "." {
		return false
	}
	capital, small, odd := 0, 0, 0
	for k := s.First; k < s.Last; k++ {
		w := &d.Words[k]
		switch {
		case w.Class != token.Letters:
		case w.Shape&token.Capital != 0:
			capital++
			if k > s.First && w.Info&words.English != 0 && w.Info&(words.Given|words.Surname) == 0 && w.Cues&(lexicon.Month|lexicon.OrgHead|lexicon.Title) == 0 {
				odd++
			}
		case w.End-w.Start > 3:
			small++
		}
	}
	if odd < 2 || capital < 4 || small*8 > capital {
		return false
	}
	// What stands in listed names is not odd.
	d.coverListed(i, s)
	odd = 0
	for k := s.First + 1; k < s.Last; k++ {
		if w := &d.Words[k]; !d.covered[k] && w.Shape&token.Capital != 0 && w.Info&words.English != 0 && w.Info&(words.Given|words.Surname) == 0 && w.Cues&(lexicon.Month|lexicon.OrgHead|lexicon.Title) == 0 {
			odd++
		}
	}
	clear(d.covered[s.First:s.Last])
	return odd >= 2
}

// lower puts the letters of a word in lower case where that takes as many bytes.
func lower(word []byte) { change(word, unicode.ToLower) }

// capitalise puts the letters of a word in lower case but the first and those
// after hyphens.
func capitalise(word []byte) {
	first := true
	change(word, func(r rune) rune {
		c := r
		if !first {
			c = unicode.ToLower(r)
		} else {
			c = unicode.ToUpper(r)
		}
		first = r == '-'
		return c
	})
}

func change(word []byte, f func(rune) rune) {
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		if c := f(r); r != utf8.RuneError && utf8.RuneLen(c) == size {
			utf8.EncodeRune(word[i:], c)
		}
		i += size
	}
}
