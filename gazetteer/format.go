package gazetteer

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/trie"
)

// The compiled form, all numbers little-endian:
//
//	magic     "steppe gazetteer"  16 bytes
//	version   uint32              formatVersion
//	checksum  uint32              CRC-32C of all that follows
//	entries   uint32              number of entries
//	names     uint32              number of names
//	ids       uint32              length of the IDs as stored
//	blocks    uint32 × 2          number of blocks of each row
//	rare      uint32              number of rare capitals
//	posts     uint32              length of the posts as stored
//	spellings uint32              length of the spellings as stored
//	lower     256 bytes           a set of lowerKey: how uncapitalised names begin
//	kinds     uint8 × entries     kind, rank, letters of the country: see entryBits
//	hits      uint32 × names      see hit; in the order of the trie
//	capitals  uint16 × 63         the patterns of capitals that most names have
//	rare      6 bytes × rare      the hits (uint32) with another, and that (uint16)
//	index     12 bytes × blocks   see row
//	ids       bytes               see appendIDs
//	blocks    bytes               see row
//	posts     bytes               see appendPosts
//	spellings bytes               see spellings.append
//	trie      the rest            folded names; those of one name likeliest first
//
// What a text is matched with is used in place, but for the IDs, which are written
// out. The records, which only Entry, Lookup and their like want, are decoded by the
// block when first needed.
//
// Versions, all of November 2026: 2 had hits in the order of the trie, 3 had
// blocks, 4 had IDs without DEFLATE, 5 had two rows of blocks, 6 had posts and
// spellings, 7 has IDs with DEFLATE again.
const (
	magic         = "steppe gazetteer"
	formatVersion = 7
	headerBytes   = len(magic) + 10*4 + lowerBytes
	lowerBytes    = 256
	commonBytes   = 2 * rareCapitals
	rareBytes     = 6
	maxEntries    = 1 << 21 // a hit has 21 bits for an entry
	rareCapitals  = 63      // of the 6 bits that a hit has for its capitals: look them up
	maxIDBytes    = 1 << 27 // bytes of all IDs written out, and their countries
)

// hit is what a text needs to know of a name that it may hold.
type hit struct {
	entry    uint32
	capitals uint16 // see nameWords
	usage    Usage
	flags    uint8
}

// Flags of a hit.
const (
	hitUpper   = 1 << iota // an abbreviation, found in capitals only
	hitFormer              // no longer in use
	hitPrimary             // the entry's main name
)

// newHit returns the folded words of a name and what a text needs to know of it.
func newHit(entry int, e Entry, n Name) (words []string, h hit) {
	words, capitals, upper := nameWords(n.Text)
	h = hit{entry: uint32(entry), capitals: capitals, usage: n.Usage}
	if upper {
		h.flags |= hitUpper
	}
	if n.Until != 0 {
		h.flags |= hitFormer
	}
	if n.Text == e.Name {
		h.flags |= hitPrimary
	}
	return words, h
}

// compiled is one list of entities and their names in its compiled form.
type compiled struct {
	data                   string // the whole compiled form
	entryCount, nameCount  int
	rareCount              int
	lower                  string // a set of lowerKey
	kinds, hits, capitals  int    // where the parts begin
	rare, index, storedIDs int
	firstBlock             int
	rows                   [rows]row
	storedPosts            string
	posts                  func() []Post
	ids                    string   // ID and country of each entry
	idStarts               []uint32 // where they begin in ids, and where the last one ends
	trie                   *trie.Trie
	spellings              *trie.Trie // nil when there are none
	spelledWords           string     // the words that they are of
	order                  func() order
	byItem                 func() map[uint64][]uint32 // the entries of a Wikidata item
	curated                bool                       // it is Default's
	scratches              sync.Pool                  // of *matchScratch
}

// compile makes a compiled form of records and posts that are valid and sorted. Its
// blocks are not compressed: that is worth its time only to WriteTo.
func compile(records []record, posts []Post, spelled spellings) (*compiled, error) {
	type value struct {
		words  []string
		hit    hit
		weight float64
	}
	total := size{entities: len(records)}
	for _, r := range records {
		total.names += len(r.names)
		total.bytes += r.bytes()
	}
	if limit := total.passed(); limit != "" {
		return nil, Fault{Reason: limit}
	}
	var values []value
	var lower [lowerBytes]byte
	patterns := map[uint16]int{}
	for i, r := range records {
		for _, n := range r.names {
			words, h := newHit(i, r.entry, n)
			if h.capitals&1 == 0 {
				k := lowerKey(words[0])
				lower[k/8] |= 1 << (k % 8)
			}
			patterns[h.capitals]++
			total.words += len(words)
			values = append(values, value{words, h, likelihood(r.entry, n.Until != 0)})
		}
	}
	if limit := total.passed(); limit != "" {
		return nil, Fault{Reason: limit}
	}
	slices.SortStableFunc(values, func(a, b value) int {
		return cmp.Or(
			cmp.Compare(a.hit.usage.order(), b.hit.usage.order()), cmp.Compare(b.weight, a.weight),
			cmp.Compare(a.hit.entry, b.hit.entry), cmp.Compare(a.hit.flags&^hitPrimary, b.hit.flags&^hitPrimary),
		)
	})
	common := slices.SortedFunc(maps.Keys(patterns), func(a, b uint16) int {
		return cmp.Or(cmp.Compare(patterns[b], patterns[a]), cmp.Compare(a, b))
	})
	common = common[:min(len(common), rareCapitals)]

	var tb trie.Builder
	for i, v := range values {
		tb.Add(v.words, uint32(i))
	}
	words, order, err := tb.Append(nil)
	if err != nil {
		return nil, Fault{Reason: err.Error()}
	}
	le := binary.LittleEndian
	t, _, err := trie.Open(string(words))
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	ids := appendIDs(nil, records)
	var kinds, hits, rare []byte
	for _, r := range records {
		kinds = append(kinds, entryBits(r.entry))
	}
	for at, i := range order {
		h := values[i].hit
		capitals := slices.Index(common, h.capitals)
		if capitals < 0 {
			capitals = rareCapitals
			rare = le.AppendUint32(rare, uint32(at))
			rare = le.AppendUint16(rare, h.capitals)
		}
		hits = le.AppendUint32(hits, h.entry|uint32(h.usage)<<21|uint32(h.flags)<<23|uint32(capitals)<<26)
	}
	counts, index, blocks := appendRows(records)
	held := appendPosts(nil, posts, records)
	spellings, err := spelled.append(nil, t)
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}

	body := le.AppendUint32(nil, uint32(len(records)))
	for _, n := range []int{len(values), len(ids), counts[ofEntries], counts[ofNames], len(rare) / rareBytes, len(held), len(spellings)} {
		body = le.AppendUint32(body, uint32(n))
	}
	body = append(body, lower[:]...)
	body = append(body, kinds...)
	body = append(body, hits...)
	for i := range rareCapitals {
		var c uint16
		if i < len(common) {
			c = common[i]
		}
		body = le.AppendUint16(body, c)
	}
	for _, part := range [][]byte{rare, index, ids, blocks, held, spellings, words} {
		body = append(body, part...)
	}
	return open(seal(body), trie.Open)
}

// seal puts what comes first before the body of a compiled form.
func seal(body []byte) string {
	le := binary.LittleEndian
	data := append(make([]byte, 0, len(magic)+8+len(body)), magic...)
	data = le.AppendUint32(data, formatVersion)
	data = le.AppendUint32(data, hashing.Sum(body))
	return string(append(data, body...))
}

// entryBits holds what a match needs of an entry but its ID: its kind (3 bits, 0
// for one removed), its rank (3 bits), and the letters of its country, of which
// there are none or 2 to 4 (2 bits).
func entryBits(e Entry) uint8 {
	letters := max(len(e.Country)-1, 0)
	return uint8(e.Kind) | uint8(e.Rank)<<3 | uint8(letters)<<6
}

// lowerKey maps the beginning of a word to a bit of the set that tells which
// uncapitalised words can begin a name. It is a word of at least a byte.
func lowerKey(word string) uint {
	k := uint(word[0])
	if len(word) > 1 {
		k = k*31 + uint(word[1])
	}
	return (k*31 + uint(len(word))) % (8 * lowerBytes)
}

// likelihood orders the things that one name denotes: what is in the news most,
// and the larger of two towns, come first.
func likelihood(e Entry, former bool) float64 {
	w := float64(e.Population)
	switch e.Rank {
	case 1:
		w = max(w, 5e6)
	case 2:
		w = max(w, 1e6)
	case 3:
		w = max(w, 2e5)
	case 4:
		w = max(w, 5e4)
	}
	if e.Kind == Country {
		w += 1e9
	}
	if former {
		w /= 4
	}
	return w
}
