package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/listing/hook"
	"github.com/steppe-ner/steppe/internal/respell"
	"github.com/steppe-ner/steppe/internal/token"
	"github.com/steppe-ner/steppe/internal/trie"
)

// Words of the names of people and bodies of Central Asia are found in other spellings
// too: by their skeleton, see package respell. What a list has of that is stored apart,
// as the numbers of the trie's words that a skeleton stands for (how many, and uint32
// each), and a trie of the skeletons and, after a sign of equality, of the words that are
// others in English or among its surnames and stand for themselves alone.
const (
	minSkeleton   = 3 // letters of a word among others: shorter ones are too much alike
	minAlone      = 4 // of the only word of a name found in a text
	minBodyAlone  = 8 // and when that is of a body
	minOtherAlone = 5 // and in other scripts, of which no list tells the common words
	maxSpellings  = 4 // words of one skeleton, those of the most names
)

// ofTheRegion are the countries whose names are spelled in many ways.
var ofTheRegion = []string{"KG", "KZ", "TJ", "TM", "UZ"}

// respelled reports whether other spellings of an entity's names are looked for.
func respelled(kind Kind, country string) bool {
	return (kind == Person || kind == Organisation) && slices.Contains(ofTheRegion, country)
}

// believed marks the matches of a name in another spelling and returns those that are
// believed: people and bodies of the region, no abbreviation, and of bodies no short word
// alone.
func believed(s *matchScratch, text string, found []Match, several bool) []Match {
	found = slices.DeleteFunc(found, func(m Match) bool {
		if !respelled(m.Kind, m.Country) || m.Upper {
			return true
		}
		s.skeleton = respell.Append(s.skeleton[:0], text[m.Start:m.End])
		return m.Kind == Organisation && !several && len(s.skeleton) < minBodyAlone
	})
	for i := range found {
		found[i].Respelled = true
	}
	return found
}

// spellings are words by their skeleton, those of the most names first, and words that are
// spellings of nothing else.
type spellings struct {
	words map[string][]string
	alone []string
}

// newSpellings returns the spellings of the words of records; none when the program is
// none that knows English words.
func newSpellings(records []record) (s spellings) {
	if hook.English == nil {
		return s
	}
	names := map[string]map[string]int{} // of a skeleton, how many names have each word
	for _, r := range records {
		if !respelled(r.entry.Kind, r.entry.Country) {
			continue
		}
		for _, n := range r.names {
			if n.Usage == Never || n.Usage == Deny || n.Lang != "" {
				continue
			}
			for skeleton, word := range skeletons(n.Text) {
				if r.entry.Kind == Organisation && hook.English(word) {
					continue
				}
				if names[skeleton] == nil {
					names[skeleton] = map[string]int{}
				}
				names[skeleton][word]++
			}
		}
	}
	s = spellings{map[string][]string{}, hook.NotRespelled}
	for skeleton, count := range names {
		words := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
			return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
		})
		s.words[skeleton] = words[:min(len(words), maxSpellings)]
	}
	return s
}

// addTo adds the spellings that a compiled list has.
func (c *compiled) addTo(s *spellings) {
	if c.spellings == nil {
		return
	}
	if s.words == nil {
		s.words = map[string][]string{}
	}
	for number := range uint32(c.spellings.Words()) {
		skeleton := c.spellings.Text(number)
		if word, ok := strings.CutPrefix(skeleton, "="); ok {
			s.alone = append(s.alone, word)
			continue
		}
		node, ok := c.spellings.Step(0, number)
		if !ok {
			continue
		}
		lo, hi := c.spellings.Values(node)
		for i := lo; i < hi; i++ {
			s.words[skeleton] = append(s.words[skeleton], c.trie.Text(c.spellingOf(int32(i))))
		}
	}
}

// append appends the spellings of words that a trie has.
func (s *spellings) append(dst []byte, t *trie.Trie) ([]byte, error) {
	if len(s.words) == 0 {
		return dst, nil
	}
	var b trie.Builder
	for _, skeleton := range slices.Sorted(maps.Keys(s.words)) {
		for _, w := range s.words[skeleton] {
			if number, ok := t.WordString(w); ok {
				b.Add([]string{skeleton}, number)
			}
		}
	}
	for _, w := range s.alone {
		b.Add([]string{"=" + w}, 0)
	}
	words, numbers, err := b.Append(nil)
	if err != nil {
		return nil, err
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(numbers)))
	for _, n := range numbers {
		dst = binary.LittleEndian.AppendUint32(dst, n)
	}
	return append(dst, words...), nil
}

// skeletons returns the skeletons of the words of a name, and the words as the trie has
// them.
func skeletons(name string) map[string]string {
	found := map[string]string{}
	tokens, _ := token.Append(nil, nil, name)
	var pieces []piece
	for _, w := range tokens {
		pieces = appendPieces(pieces, name, w)
	}
	for _, p := range pieces {
		word := name[p.start:p.end]
		if skeleton := respell.Append(nil, word); p.capital && len(skeleton) >= minSkeleton {
			folded, _ := fold.Append(nil, word)
			found[string(skeleton)] = string(folded)
		}
	}
	return found
}

// openSpellings reads what spellings.append has written.
func (c *compiled) openSpellings(stored string, readTrie func(string) (*trie.Trie, int, error)) error {
	if stored == "" {
		return nil
	}
	bad := errors.New("gazetteer: spellings out of range")
	if len(stored) < 4 || leUint32(stored, 0) > 1<<27 || int64(leUint32(stored, 0)) > int64(len(stored)-4)/4 {
		return bad
	}
	n := int(leUint32(stored, 0))
	t, size, err := readTrie(stored[4+4*n:])
	if err != nil || 4+4*n+size != len(stored) || t.ValueCount() != n {
		return bad
	}
	for i := range n {
		if leUint32(stored, 4+4*i) >= uint32(max(c.trie.Words(), 1)) {
			return bad
		}
	}
	c.spelledWords, c.spellings = stored[4:4+4*n], t
	return nil
}

// spelled says which words of the list a word may be another spelling of: the number of
// the first of them times eight, and how many there are; or notLooked.
type spelled int32

const notLooked spelled = -1

// words returns the numbers of the words, from first to end-1.
func (s spelled) words() (first, end int32) { return int32(s >> 3), int32(s>>3 + s&7) }

// spelling sets which words p may be a spelling of, and keeps that.
func (c *compiled) spelling(s *matchScratch, text string, p *piece) {
	p.spelled = c.spellingsOf(s, text[p.start:p.end])
	if key, ok := token.KeyOf(text, p.start, p.end); ok {
		if kept := &s.kept[key.Slot(logKept)]; kept.key == key {
			kept.spelled = p.spelled
		}
	}
}

func (c *compiled) spellingsOf(s *matchScratch, word string) spelled {
	if len(word) < minSkeleton {
		return 0
	}
	s.skeleton = respell.Append(s.skeleton[:0], word)
	if len(s.skeleton) < minSkeleton {
		return 0
	}
	number, ok := c.spellings.Word(s.skeleton, fold.Hash(s.skeleton))
	if !ok {
		return 0
	}
	node, ok := c.spellings.Step(0, number)
	if !ok {
		return 0
	}
	s.skeleton, _ = fold.Append(append(s.skeleton[:0], '='), word)
	if _, ok := c.spellings.Word(s.skeleton, fold.Hash(s.skeleton)); ok {
		return 0
	}
	lo, hi := c.spellings.Values(node)
	return spelled(lo<<3 | min(hi-lo, 7))
}

// standsAlone reports whether a word, which is another spelling of a name, is long enough
// to be that with no other word beside it.
func standsAlone(s *matchScratch, word string) bool {
	s.skeleton = respell.Append(s.skeleton[:0], word)
	return len(s.skeleton) >= minOtherAlone || len(s.skeleton) >= minAlone && !(word[0] >= firstOther && otherScript(word))
}

// spellingOf returns the number of the word that spelling i stands for.
func (c *compiled) spellingOf(i int32) uint32 { return leUint32(c.spelledWords, 4*int(i)) }
