package gazetteer

import (
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/plain"
	"github.com/steppe-ner/steppe/internal/token"
)

// piece is the unit that names are compared by: a word, or what stands between
// the hyphens of one.
type piece struct {
	start, end int32
	number     int32 // the trie's number of the folded piece, unlisted or unknown
	spelled    spelled
	capital    bool // begins with an upper-case letter
	upper      bool // has a letter and no lower-case one
}

// Numbers of pieces that are none of the trie's.
const (
	unlisted = -1 // no name has the piece
	unknown  = -2 // not looked up yet
)

// appendPieces appends the pieces of a word of text. A lone hyphen that is
// attached to the word before it, as where a name is broken at its hyphen, gives
// none. The full stop of an initial is in no piece: a name that ends with one, as Serie
// A does, has the end of its sentence there.
func appendPieces(dst []piece, text string, w token.Word) []piece {
	if w.Shape&token.HasHyphen == 0 || w.Class == token.Link || w.Class == token.Email {
		if w.End-w.Start == 1 && text[w.Start] == '-' && w.Shape&token.Spaced == 0 {
			return dst
		}
		end := w.End
		if w.Shape&token.Initial != 0 {
			end--
		}
		return append(dst, piece{
			start: w.Start, end: end, number: unknown,
			capital: w.Shape&token.Capital != 0,
			upper:   w.Shape&token.Capital != 0 && w.Shape&token.HasLower == 0,
		})
	}
	start := w.Start
	for i := w.Start; i <= w.End; i++ {
		if i < w.End && text[i] != '-' {
			continue
		}
		if i > start {
			p := piece{start: start, end: i, number: unknown}
			r, n := utf8.DecodeRuneInString(text[start:i])
			if int(i-start) == n+1 && text[i-1] == '.' {
				p.end-- // Kassym-J.
			}
			p.capital = unicode.IsUpper(r)
			p.upper = p.capital
			for _, r := range text[start:i] {
				if unicode.IsLower(r) {
					p.upper = false
				}
			}
			dst = append(dst, p)
		}
		start = i + 1
	}
	return dst
}

// nameWords returns the folded pieces of a name, a bit for each of the first 16
// that must be capitalised in a text, and whether the name is an abbreviation
// that must be in capitals.
func nameWords(name string) (words []string, capitals uint16, upper bool) {
	name = new(plain.Text).Read(name)
	tokens, _ := token.Append(nil, nil, name)
	var pieces []piece
	for _, w := range tokens {
		pieces = appendPieces(pieces, name, w)
	}
	for i, p := range pieces {
		folded, _ := fold.Append(nil, name[p.start:p.end])
		words = append(words, string(folded))
		if p.capital && i < 16 {
			capitals |= 1 << i
		}
	}
	if len(pieces) == 1 && pieces[0].upper && len(words[0]) > 1 {
		upper = true
	}
	return words, capitals, upper
}
