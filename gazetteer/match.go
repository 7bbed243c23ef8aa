package gazetteer

import (
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/plain"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/trie"
)

// matchScratch is what one goroutine needs to match names. What a compiled list has kept
// in it is of use to that list alone.
type matchScratch struct {
	plain     plain.Text
	words     []token.Word
	sentences []token.Sentence
	matches   []Match
	layered   []layeredMatch
	pieces    []piece
	folded    []byte
	skeleton  []byte
	anyCase   bool // other spellings are those of words in small letters too
	kept      [1 << logKept]keptPiece
}

// logKept is the logarithm of how many pieces are kept.
const logKept = 12

// keptPiece is the number of a piece. The zero value is no piece's.
type keptPiece struct {
	key     token.Key
	number  int32
	spelled spelled
}

// appendMatches appends every listed name in the words of one sentence, with
// what it can be believed to mean: by start, then longest first, then likeliest first;
// up to [MaxMeanings] that begin with one word. Matches may overlap. In English alone,
// Default's names in other scripts are not looked for.
func (l *layer) appendMatches(dst []Match, text string, words []token.Word, english bool) []Match {
	s := l.scratches.Get().(*matchScratch)
	defer l.scratches.Put(s)
	return l.appendMatchesWith(dst, s, text, words, english && l.curated)
}

func (l *layer) appendMatchesWith(dst []Match, s *matchScratch, text string, words []token.Word, latin bool) []Match {
	s.pieces = s.pieces[:0]
	var ends [MaxNameWords]struct {
		node      trie.Node
		last      int
		respelled bool
	}
	k := 0 // the first word that has no pieces yet
	for i := 0; ; i++ {
		if i == len(s.pieces) {
			for k < len(words) && l.beginsNone(text, &words[k]) {
				k++
			}
			if k == len(words) {
				return dst
			}
			s.pieces = appendPieces(s.pieces[:0], text, words[k])
			i = -1
			k++
			continue
		}
		if !l.begins(text, &s.pieces[i]) || latin && text[s.pieces[i].start] >= firstOther && otherScript(text[s.pieces[i].start:s.pieces[i].end]) {
			continue
		}
		found := 0
		for _, asWritten := range [...]bool{true, false} {
			// A word in another script may begin a name that is listed so and be a spelling of
			// one that is not.
			lo, hi := -1, 0 // the children of the node so far; none stands for the root
			otherwise := !asWritten
			for j := i; j-i < MaxNameWords && lo < hi; j++ {
				for j == len(s.pieces) && k < len(words) {
					s.pieces = appendPieces(s.pieces, text, words[k])
					k++
				}
				if j == len(s.pieces) {
					break
				}
				p := &s.pieces[j]
				if p.number == unknown {
					l.look(s, text, p)
				}
				var n trie.Node
				ok := false
				if p.number >= 0 && (asWritten || j > i) {
					n, ok = l.step(lo, hi, uint32(p.number))
				}
				if !ok {
					if p.spelled == 0 {
						break
					}
					if n, ok = l.otherwise(s, text, lo, hi, p); !ok {
						break
					}
					otherwise = true
				}
				if from, to := l.trie.Values(n); from < to && (j > i || !otherwise || standsAlone(s, text[p.start:p.end])) {
					ends[found].node, ends[found].last, ends[found].respelled = n, j, otherwise
					found++
				}
				lo, hi = l.trie.Children(n)
			}
			if p := &s.pieces[i]; found > 0 || p.spelled == 0 || p.number < 0 || text[p.start] < firstOther {
				break
			}
		}
		begun := len(dst)
		for found--; found >= 0 && len(dst)-begun < MaxMeanings; found-- {
			first := len(dst)
			dst = l.appendWritten(dst, s.pieces[i:ends[found].last+1], ends[found].node, MaxMeanings-(len(dst)-begun))
			if ends[found].respelled {
				dst = append(dst[:first], believed(s, text, dst[first:], ends[found].last > i)...)
			}
		}
	}
}

// beginsNone reports whether no name can begin with w or a piece of it: most words
// of a text are in small letters, or single marks, and few names begin so.
func (c *compiled) beginsNone(text string, w *token.Word) bool {
	return (w.Lower || w.End-w.Start == 1 && foldsToItself(text[w.Start])) && !c.lowerBegins(text[w.Start:w.End])
}

// foldsToItself reports whether folding leaves the character as it is where it stands
// alone.
func foldsToItself(c byte) bool { return c < utf8.RuneSelf && c-'A' > 'Z'-'A' }

// firstOther is the first byte of the first letter of Cyrillic, after which come those of
// the other scripts, and some Latin ones.
const firstOther = 0xD0

// otherScript reports whether a word has letters, and none of them Latin.
func otherScript(word string) bool {
	letters := false
	for _, r := range word {
		if unicode.Is(unicode.Latin, r) {
			return false
		}
		letters = letters || unicode.IsLetter(r)
	}
	return letters
}

// begins reports whether a name can begin with p, as far as its first bytes tell.
// A word with other than ASCII letters and digits is let through; folding may
// change it.
func (c *compiled) begins(text string, p *piece) bool {
	if p.capital {
		return true
	}
	word := text[p.start:p.end]
	if len(word) == 1 {
		return !foldsToItself(word[0]) || c.lowerBegins(word)
	}
	for i := range len(word) {
		if c := word[i]; c-'a' > 'z'-'a' && c-'0' > 9 {
			return true
		}
	}
	return c.lowerBegins(word)
}

// lowerBegins reports whether a name may begin with a word in small letters.
func (c *compiled) lowerBegins(word string) bool {
	k := lowerKey(word)
	return c.lower[k/8]>>(k%8)&1 != 0
}

// look sets the number of p's word, and what it may be a spelling of.
func (c *compiled) look(s *matchScratch, text string, p *piece) {
	key, ok := token.KeyOf(text, p.start, p.end)
	if !ok || s.anyCase {
		c.lookUp(s, text, p)
		return
	}
	kept := &s.kept[key.Slot(logKept)]
	if kept.key != key {
		c.lookUp(s, text, p)
		*kept = keptPiece{key, p.number, p.spelled}
	}
	p.number, p.spelled = kept.number, kept.spelled
}

// lookUp is look without what is kept.
func (c *compiled) lookUp(s *matchScratch, text string, p *piece) {
	p.number, p.spelled = unlisted, notLooked
	if c.spellings == nil || !p.capital && !s.anyCase {
		p.spelled = 0
	}
	if p.end-p.start > MaxNameBytes {
		return
	}
	var hash uint64
	s.folded, hash = fold.Append(s.folded[:0], text[p.start:p.end])
	if n, ok := c.trie.Word(s.folded, hash); ok {
		p.number = int32(n)
	}
}

// appendListing appends what the listed name means that the words of text and, if it is
// not empty, the word tail make up, whatever their capitals, likeliest first.
func (l *layer) appendListing(dst []Match, text string, words []token.Word, tail string) []Match {
	s := l.scratches.Get().(*matchScratch)
	defer l.scratches.Put(s)
	s.divide(text, words)
	l.lookAll(s, text)
	pieces := s.pieces
	if tail != "" {
		p := piece{end: int32(len(tail))}
		l.lookUp(s, tail, &p)
		pieces = append(pieces, p)
		s.pieces = pieces[:len(pieces)-1]
	}
	n, respelled, ok := l.wholeFrom(pieces, -1, 0)
	if !ok || len(s.pieces) == 0 {
		return dst
	}
	first := len(dst)
	dst = l.appendHits(dst, s.pieces, n, 1<<MaxNameWords-1, true, MaxMeanings)
	if respelled {
		dst = append(dst[:first], believed(s, text, dst[first:], len(pieces) > 1)...)
	}
	return dst
}

// divide sets s.pieces to those of the words of text.
func (s *matchScratch) divide(text string, words []token.Word) {
	s.pieces = s.pieces[:0]
	for _, w := range words {
		s.pieces = appendPieces(s.pieces, text, w)
	}
}

// otherwise returns the node that a piece leads to by another spelling among the children
// lo to hi-1, where a lo below 0 stands for the root.
func (c *compiled) otherwise(s *matchScratch, text string, lo, hi int, p *piece) (n trie.Node, ok bool) {
	if p.spelled == notLooked {
		c.spelling(s, text, p)
	}
	for i, end := p.spelled.words(); i < end && !ok; i++ {
		n, ok = c.step(lo, hi, c.spellingOf(i))
	}
	return n, ok
}

// step returns the node that a word leads to likewise.
func (c *compiled) step(lo, hi int, word uint32) (trie.Node, bool) {
	if lo < 0 {
		return c.trie.Step(0, word)
	}
	return c.trie.Child(lo, hi, word)
}

// whole returns the node of a name that all of s.pieces, which are of text, lead to: as
// they are written, or else by other spellings; false when there is none.
func (c *compiled) whole(s *matchScratch, text string) (n trie.Node, respelled, ok bool) {
	c.lookAll(s, text)
	return c.wholeFrom(s.pieces, -1, 0)
}

// lookAll looks up all of s.pieces, which are of text, and what they may be spellings of.
func (c *compiled) lookAll(s *matchScratch, text string) {
	for i := range s.pieces {
		p := &s.pieces[i]
		if c.look(s, text, p); p.spelled == notLooked {
			c.spelling(s, text, p)
		}
	}
}

// wholeFrom returns the node of a name that pieces lead to from the children lo to hi-1.
func (c *compiled) wholeFrom(pieces []piece, lo, hi int) (n trie.Node, respelled, ok bool) {
	if len(pieces) == 0 {
		return 0, false, false
	}
	p := &pieces[0]
	first, end := p.spelled.words()
	for i := first - 1; i < end; i++ {
		word := p.number
		if i >= first {
			word = int32(c.spellingOf(i))
		}
		if word < 0 {
			continue
		}
		if n, ok = c.step(lo, hi, uint32(word)); !ok {
			continue
		}
		if len(pieces) == 1 {
			if from, to := c.trie.Values(n); from < to {
				return n, i >= first, true
			}
			continue
		}
		below, last := c.trie.Children(n)
		if below == last {
			continue
		}
		if n, respelled, ok = c.wholeFrom(pieces[1:], below, last); ok {
			return n, respelled || i >= first, true
		}
	}
	return 0, false, false
}

// appendWritten appends up to most meanings of the name that ends at node n and is
// written as the pieces.
func (l *layer) appendWritten(dst []Match, pieces []piece, n trie.Node, most int) []Match {
	var capitals uint16
	upper := true
	for i, p := range pieces {
		if p.capital {
			capitals |= 1 << i
		}
		upper = upper && p.upper
	}
	return l.appendHits(dst, pieces, n, capitals, upper, most)
}

// maxHits is how many meanings of a name are looked at, the likeliest first.
const maxHits = 4 * MaxMeanings

// appendHits appends up to most meanings of the name that ends at node n and stands on
// the pieces, with these capitals. Of a name that is denied there is one match, which
// says so.
func (l *layer) appendHits(dst []Match, pieces []piece, n trie.Node, capitals uint16, upper bool, most int) []Match {
	first := len(dst)
	lo, hi := l.trie.Values(n)
	hi = min(hi, lo+maxHits)
next:
	for i := lo; i < hi && len(dst)-first < most; i++ {
		h := l.hit(i)
		if h.usage == Never || h.capitals&^capitals != 0 || h.flags&hitUpper != 0 && !upper {
			continue
		}
		m := Match{
			Start: int(pieces[0].start), End: int(pieces[len(pieces)-1].end),
			Kind: l.kind(int(h.entry)), Usage: h.usage, Rank: l.rank(int(h.entry)),
			Former: h.flags&hitFormer != 0, Primary: h.flags&hitPrimary != 0, Upper: h.flags&hitUpper != 0, Own: l.own,
		}
		m.ID, m.Country = l.idAndCountry(int(h.entry))
		if l.over != nil && !l.seenFromAbove(i, h.entry, &m) {
			continue
		}
		if h.usage == Deny {
			if m.Kind == none {
				m.ID, m.Kind = "", 0
			}
			return append(dst[:first], m)
		}
		for _, other := range dst[first:] {
			if other.ID == m.ID {
				continue next
			}
		}
		dst = append(dst, m)
	}
	return dst
}
