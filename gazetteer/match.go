package gazetteer

import (
	"iter"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/plain"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/trie"
)

// Match walks the listed names in text, leftmost first and longest where several
// begin at one place, without overlap. Where a name has several meanings the
// likeliest is given; Lookup knows the others. A capital in a listed name must be
// a capital in the text, and an abbreviation must be in capitals: "who" and "Who"
// are not WHO. Names do not reach over the end of a sentence: one with the end of a
// sentence in it, as "Yahoo! Inc", is found by Lookup alone. Any bytes are accepted,
// UTF-8 or not.
func (g *Gazetteer) Match(text string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		s := g.scratches.Get().(*matchScratch)
		defer g.scratches.Put(s)
		for start := 0; start < len(text); {
			end := token.Cut(text[start:]) + start
			part := s.plain.Read(text[start:end])
			s.words, s.sentences = token.Append(s.words[:0], s.sentences[:0], part)
			for _, sentence := range s.sentences {
				s.matches = g.appendMatches(s.matches[:0], s, part, s.words[sentence.First:sentence.Last])
				last := start
				for i := 0; i < len(s.matches); {
					// Matches of one start stand together, longest first.
					m := s.matches[i]
					for i++; i < len(s.matches) && s.matches[i].Start == m.Start; i++ {
					}
					m.Start, m.End = start+s.plain.Start(m.Start), start+s.plain.End(m.End)
					if m.Start >= last {
						last = m.End
						if !yield(m) {
							return
						}
					}
				}
			}
			start = end
		}
	}
}

// matchScratch is what one goroutine needs to match the names of one gazetteer.
type matchScratch struct {
	plain     plain.Text
	words     []token.Word
	sentences []token.Sentence
	matches   []Match
	pieces    []piece
	folded    []byte
	kept      [1 << logKept]keptPiece
}

// logKept is the logarithm of how many pieces are kept.
const logKept = 10

// keptPiece is the number of a piece. The zero value is no piece's.
type keptPiece struct {
	key    token.Key
	number int32
}

// AppendMatches appends every listed name in the words of one sentence, with
// what it can be believed to mean: by start, then longest first, then likeliest first;
// up to [MaxMeanings] that begin with one word. Matches may overlap. It is the seam for
// package entity, which has divided the text already; other callers want Match.
func (g *Gazetteer) AppendMatches(dst []Match, text string, words []token.Word) []Match {
	s := g.scratches.Get().(*matchScratch)
	defer g.scratches.Put(s)
	return g.appendMatches(dst, s, text, words)
}

func (g *Gazetteer) appendMatches(dst []Match, s *matchScratch, text string, words []token.Word) []Match {
	s.pieces = s.pieces[:0]
	var ends [MaxNameWords]struct {
		node trie.Node
		last int
	}
	k := 0 // the first word that has no pieces yet
	for i := 0; ; i++ {
		if i == len(s.pieces) {
			for k < len(words) && g.beginsNone(text, &words[k]) {
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
		if !g.begins(text, &s.pieces[i]) {
			continue
		}
		found := 0
		lo, hi := -1, 0 // the children of the node so far; none stands for the root
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
				p.number = g.number(s, text, p)
			}
			if p.number < 0 {
				break
			}
			var n trie.Node
			ok := false
			if j == i {
				n, ok = g.trie.Step(0, uint32(p.number))
			} else {
				n, ok = g.trie.Child(lo, hi, uint32(p.number))
			}
			if !ok {
				break
			}
			if from, to := g.trie.Values(n); from < to {
				ends[found].node, ends[found].last = n, j
				found++
			}
			lo, hi = g.trie.Children(n)
		}
		begun := len(dst)
		for found--; found >= 0 && len(dst)-begun < MaxMeanings; found-- {
			dst = g.appendWritten(dst, s.pieces[i:ends[found].last+1], ends[found].node, MaxMeanings-(len(dst)-begun))
		}
	}
}

// beginsNone reports whether no name can begin with w or a piece of it: most words
// of a text are in small letters, or single marks, and few names begin so.
func (g *Gazetteer) beginsNone(text string, w *token.Word) bool {
	return (w.Lower || w.End-w.Start == 1 && foldsToItself(text[w.Start])) && !g.lowerBegins(text[w.Start:w.End])
}

// foldsToItself reports whether folding leaves the character as it is where it stands
// alone.
func foldsToItself(c byte) bool { return c < utf8.RuneSelf && c-'A' > 'Z'-'A' }

// begins reports whether a name can begin with p, as far as its first bytes tell.
// A word with other than ASCII letters and digits is let through; folding may
// change it.
func (g *Gazetteer) begins(text string, p *piece) bool {
	if p.capital {
		return true
	}
	word := text[p.start:p.end]
	if len(word) == 1 {
		return !foldsToItself(word[0]) || g.lowerBegins(word)
	}
	for i := range len(word) {
		if c := word[i]; c-'a' > 'z'-'a' && c-'0' > 9 {
			return true
		}
	}
	return g.lowerBegins(word)
}

// lowerBegins reports whether a name may begin with a word in small letters.
func (g *Gazetteer) lowerBegins(word string) bool {
	k := lowerKey(word)
	return g.lower[k/8]>>(k%8)&1 != 0
}

// number returns the number of p's word.
func (g *Gazetteer) number(s *matchScratch, text string, p *piece) int32 {
	key, ok := token.KeyOf(text, p.start, p.end)
	if !ok {
		return g.lookUp(s, text, p)
	}
	kept := &s.kept[key.Slot(logKept)]
	if kept.key != key {
		*kept = keptPiece{key, g.lookUp(s, text, p)}
	}
	return kept.number
}

// lookUp looks the number of p's word up.
func (g *Gazetteer) lookUp(s *matchScratch, text string, p *piece) int32 {
	if p.end-p.start > MaxNameBytes {
		return unlisted
	}
	var hash uint64
	s.folded, hash = fold.Append(s.folded[:0], text[p.start:p.end])
	if n, ok := g.trie.Word(s.folded, hash); ok {
		return int32(n)
	}
	return unlisted
}

// AppendListing appends what the listed name that the words of text and, if
// it is not empty, the word tail make up means, whatever their capitals, likeliest first: the
// Osh of "Osh and Batken regions", with tail "region". Start and End are those of the
// words. It is a seam for package entity; other callers want Lookup.
func (g *Gazetteer) AppendListing(dst []Match, text string, words []token.Word, tail string) []Match {
	s := g.scratches.Get().(*matchScratch)
	defer g.scratches.Put(s)
	s.divide(text, words)
	n, ok := g.whole(s, text)
	if ok && tail != "" {
		n, ok = g.step(s, n, tail, &piece{end: int32(len(tail))})
	}
	if !ok {
		return dst
	}
	return g.appendHits(dst, s.pieces, n, 1<<MaxNameWords-1, true, MaxMeanings)
}

// divide sets s.pieces to those of the words of text.
func (s *matchScratch) divide(text string, words []token.Word) {
	s.pieces = s.pieces[:0]
	for _, w := range words {
		s.pieces = appendPieces(s.pieces, text, w)
	}
}

// whole returns the node that all of s.pieces, which are of text, lead to; false when
// there are none.
func (g *Gazetteer) whole(s *matchScratch, text string) (n trie.Node, ok bool) {
	for i := range s.pieces {
		if n, ok = g.step(s, n, text, &s.pieces[i]); !ok {
			break
		}
	}
	return n, ok
}

// step returns the node that a piece of text leads to from n.
func (g *Gazetteer) step(s *matchScratch, n trie.Node, text string, p *piece) (trie.Node, bool) {
	number := g.number(s, text, p)
	if number < 0 {
		return 0, false
	}
	return g.trie.Step(n, uint32(number))
}

// appendWritten appends up to most meanings of the name that ends at node n and is
// written as the pieces.
func (g *Gazetteer) appendWritten(dst []Match, pieces []piece, n trie.Node, most int) []Match {
	var capitals uint16
	upper := true
	for i, p := range pieces {
		if p.capital {
			capitals |= 1 << i
		}
		upper = upper && p.upper
	}
	return g.appendHits(dst, pieces, n, capitals, upper, most)
}

// maxHits is how many meanings of a name are looked at, the likeliest first.
const maxHits = 4 * MaxMeanings

// appendHits appends up to most meanings of the name that ends at node n and stands on
// the pieces, with these capitals.
func (g *Gazetteer) appendHits(dst []Match, pieces []piece, n trie.Node, capitals uint16, upper bool, most int) []Match {
	first := len(dst)
	lo, hi := g.trie.Values(n)
	hi = min(hi, lo+maxHits)
next:
	for i := lo; i < hi && len(dst)-first < most; i++ {
		h := g.hit(i)
		if h.usage == Never || h.capitals&^capitals != 0 || h.flags&hitUpper != 0 && !upper {
			continue
		}
		m := Match{
			Start: int(pieces[0].start), End: int(pieces[len(pieces)-1].end),
			Kind: g.kind(int(h.entry)), Usage: h.usage, Rank: g.rank(int(h.entry)),
			Former: h.flags&hitFormer != 0, Primary: h.flags&hitPrimary != 0, Upper: h.flags&hitUpper != 0,
		}
		m.ID, m.Country = g.idAndCountry(int(h.entry))
		for _, other := range dst[first:] {
			if other.ID == m.ID {
				continue next
			}
		}
		dst = append(dst, m)
	}
	return dst
}
