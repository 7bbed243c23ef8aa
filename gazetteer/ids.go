package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/trie"
)

// IDs are stored as what they mostly are, the words of names, which the trie has
// already: after a table of what stands before colons and one of countries (how many
// strings, a uvarint, and each with its length before it), for each entry, in order,
//
//   - the number of its country in the table, a uvarint;
//   - a byte: eight times the number of its prefix, and how many words with hyphens
//     between them follow, 0 for a number; codeLong or more for those of higher
//     numbers, which follow as uvarints;
//   - the number (a uvarint), or the words: a uint16 each, a uint32 when the trie
//     has too many, one more than the trie's number; 0 for a word that it has not,
//     which follows with its length before it.
const (
	codeWords = 8
	codeLong  = 31 * codeWords
)

// cutID divides an ID into prefix and words, or prefix and number.
func cutID(id string) (prefix string, words []string, number uint64) {
	colon := strings.IndexByte(id, ':') + 1
	prefix, rest := id[:colon], id[colon:]
	if n, err := strconv.ParseUint(rest, 10, 64); err == nil && strconv.FormatUint(n, 10) == rest {
		return prefix, nil, n
	}
	return prefix, strings.Split(rest, "-"), 0
}

// appendIDs appends the IDs of records as they are stored.
func appendIDs(dst []byte, records []record, t *trie.Trie) []byte {
	prefixes, countries := map[string]int{}, map[string]int{}
	for _, r := range records {
		prefix, _, _ := cutID(string(r.entry.ID))
		prefixes[prefix]++
		countries[r.entry.Country]++
	}
	// table appends the strings, the most frequent first, and sets their numbers.
	table := func(count map[string]int) {
		list := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
			return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
		})
		dst = binary.AppendUvarint(dst, uint64(len(list)))
		for i, s := range list {
			dst = appendString(dst, s)
			count[s] = i
		}
	}
	table(prefixes)
	table(countries)
	for _, r := range records {
		prefix, words, number := cutID(string(r.entry.ID))
		dst = binary.AppendUvarint(dst, uint64(countries[r.entry.Country]))
		if p := prefixes[prefix]; len(words) < codeWords && p*codeWords < codeLong {
			dst = append(dst, byte(p*codeWords+len(words)))
		} else {
			dst = append(dst, codeLong)
			dst = binary.AppendUvarint(dst, uint64(p))
			dst = binary.AppendUvarint(dst, uint64(len(words)))
		}
		if len(words) == 0 {
			dst = binary.AppendUvarint(dst, number)
		}
		for _, w := range words {
			n, ok := t.WordString(w)
			if ok {
				n++
			}
			if shortWords(t) {
				dst = binary.LittleEndian.AppendUint16(dst, uint16(n))
			} else {
				dst = binary.LittleEndian.AppendUint32(dst, n)
			}
			if !ok {
				dst = appendString(dst, w)
			}
		}
	}
	return dst
}

func appendString(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// shortWords reports whether the numbers of t's words take two bytes each.
func shortWords(t *trie.Trie) bool { return t.Words() < 1<<16-1 }

// writeOutIDs sets c.ids and c.idStarts from what is stored.
func (c *compiled) writeOutIDs(stored string) error {
	d := decoder{data: stored}
	table := func() (list []string) {
		n := d.uvarint()
		d.bad = d.bad || n > uint64(c.entryCount) // each is of an entry
		for ; n > 0 && !d.bad; n-- {
			list = append(list, d.string())
		}
		return list
	}
	prefixes, countries := table(), table()
	of := func(list []string, i uint64) string {
		if i >= uint64(len(list)) {
			d.bad = true
			return ""
		}
		return list[i]
	}
	short := shortWords(c.trie)
	c.idStarts = make([]uint32, 0, c.entryCount+1)
	ids := make([]byte, 0, 4*len(stored))
	for i := range c.entryCount {
		start := len(ids)
		c.idStarts = append(c.idStarts, uint32(start))
		country := of(countries, d.uvarint())
		prefix, words := uint64(d.byte()), uint64(0)
		if prefix < codeLong {
			prefix, words = prefix/codeWords, prefix%codeWords
		} else {
			prefix, words = d.uvarint(), d.uvarint()
		}
		ids = append(ids, of(prefixes, prefix)...)
		if words == 0 {
			ids = strconv.AppendUint(ids, d.uvarint(), 10)
		}
		for w := range words {
			if w > 0 {
				ids = append(ids, '-')
			}
			switch n := d.word(short); {
			case n == 0:
				ids = append(ids, d.string()...)
			case n > uint32(c.trie.Words()):
				d.bad = true
			default:
				ids = append(ids, c.trie.Text(n-1)...)
			}
			if d.bad || len(ids)-start > MaxNameBytes {
				return errors.New("gazetteer: ID out of range")
			}
		}
		if d.bad || len(ids)-start > MaxNameBytes || len(country) != countryLetters(c.data[c.kinds+i]) || len(ids) > maxIDBytes {
			return errors.New("gazetteer: ID out of range")
		}
		ids = append(ids, country...)
	}
	if d.pos != len(d.data) {
		return errors.New("gazetteer: ID out of range")
	}
	c.idStarts = append(c.idStarts, uint32(len(ids)))
	c.ids = unsafe.String(unsafe.SliceData(ids), len(ids)) // nothing writes to them any more
	return nil
}

// word reads the number of a word.
func (d *decoder) word(short bool) uint32 {
	n := 4
	if short {
		n = 2
	}
	if n > len(d.data)-d.pos {
		d.bad = true
		return 0
	}
	d.pos += n
	if short {
		return uint32(d.data[d.pos-2]) | uint32(d.data[d.pos-1])<<8
	}
	return leUint32(d.data, d.pos-4)
}

// find returns the number of the record with the given ID.
func (c *compiled) find(id ID) (int, bool) {
	return sort.Find(c.entryCount, func(i int) int { return strings.Compare(string(id), string(c.id(i))) })
}
