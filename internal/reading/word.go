package reading

import (
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/perceptron"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/words"
)

// Word is what is known of one word of a text.
type Word struct {
	token.Word
	Hash    uint64 // of the folded word
	Head    uint32 // its first four bytes, the first one lowest
	Tail    uint32 // its last four bytes, the last one lowest
	Info    words.Info
	Cues    lexicon.Class
	Tag     perceptron.Class
	Proper  bool   // tagged as a proper noun
	Capital bool   // capitalised letters: may be a word of a name
	Anchor  bool   // has a capital, is a handle or a name on the internet, or mixes digits and letters, and is no lone The: every name has such a word
	Listed  Listed // its places in listed names
}

// marked reports whether a name may begin with w, or w is in capitals: most words of a
// text are not looked at again.
func (w *Word) marked() bool { return w.Capital || w.Anchor || w.Shape&token.AllUpper != 0 }

// word makes x of w.
func (d *Document) word(x *Word, w *token.Word) {
	key, ok := token.KeyOf(d.Text, w.Start, w.End)
	if !ok {
		d.newWord(x, w)
		return
	}
	kept := &d.kept[key.Slot(logKept)]
	if kept.key != key || kept.word.Class != w.Class {
		d.newWord(&kept.word, w)
		kept.key = key
	}
	*x = kept.word
	x.Word = *w
}

// logKept is the logarithm of how many words are kept.
const logKept = 11

// keptWord is what is known of a word, whatever stands around it. The zero value is no
// word's.
type keptWord struct {
	key  token.Key
	word Word
}

// newWord makes x of w, looking it up.
func (d *Document) newWord(x *Word, w *token.Word) {
	*x = Word{Word: *w, Tag: perceptron.Itself}
	text := d.Text[w.Start:w.End]
	if w.Lower {
		x.Hash = fold.Hash(text)
		x.setEnds(text)
		x.Cues, x.Info = lexicon.Lookup(x.Hash), words.Lookup(x.Hash)
		return
	}
	if w.Class == token.Punctuation {
		text = token.Straight(text)
	}
	d.folded, x.Hash = fold.Append(d.folded[:0], text)
	x.setEnds(unsafe.String(unsafe.SliceData(d.folded), len(d.folded)))
	x.Cues = lexicon.Lookup(x.Hash)
	x.Anchor = d.anchor(x)
	if w.Class == token.Letters {
		x.Info = words.Lookup(x.Hash)
		x.Capital = w.Shape&token.Capital != 0
	}
}

// setEnds notes the ends of the folded word.
func (x *Word) setEnds(folded string) {
	if n := len(folded); n >= 4 {
		x.Head = uint32(folded[0]) | uint32(folded[1])<<8 | uint32(folded[2])<<16 | uint32(folded[3])<<24
		x.Tail = uint32(folded[n-1]) | uint32(folded[n-2])<<8 | uint32(folded[n-3])<<16 | uint32(folded[n-4])<<24
		return
	}
	for i := range len(folded) {
		x.Head |= uint32(folded[i]) << (8 * i)
		x.Tail |= uint32(folded[len(folded)-1-i]) << (8 * i)
	}
}

// anchor reports whether w is an anchor.
func (d *Document) anchor(w *Word) bool {
	switch w.Class {
	case token.Letters:
		if w.Shape&token.Domain != 0 {
			return true // primeminister.kz
		}
		if w.Shape&token.Capital != 0 {
			r, _ := utf8.DecodeRuneInString(d.Text[w.Start:w.End])
			return r < utf8.RuneSelf || unicode.Is(unicode.Latin, r) // Москва is no name in English text
		}
		for _, c := range []byte(d.Text[w.Start:w.End]) { // al-Qaeda, iPhone
			if 'A' <= c && c <= 'Z' {
				return true
			}
		}
	case token.Number:
		return w.Shape&(token.HasLower|token.AllUpper) != 0
	case token.Handle:
		return true
	}
	return false
}

// Listed is a bit set of the places that a word has in listed names: for each
// group of kinds and each usage, whether it begins one, is inside, ends one, or
// is the whole of one.
type Listed uint32

// listed returns the bit for a word of a name of the given kind and usage.
func listed(k gazetteer.Kind, u gazetteer.Usage, begins, ends bool) Listed {
	group := 0
	switch k {
	case gazetteer.Country, gazetteer.City, gazetteer.Place:
		group = 1
	case gazetteer.Organisation:
		group = 2
	case gazetteer.Demonym:
		group = 3
	}
	place := 1
	switch {
	case begins && ends:
		place = 3
	case begins:
		place = 0
	case ends:
		place = 2
	}
	return 1 << (group*8 + int(u)*4 + place)
}
