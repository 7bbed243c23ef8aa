package gazetteer

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"unsafe"

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
//	blocks    uint32              number of blocks
//	rare      uint32              number of rare capitals
//	lower     256 bytes           a set of lowerKey: how uncapitalised names begin
//	kinds     uint8 × entries     kind, rank, letters of the country: see entryBits
//	hits      uint32 × names      see hit; in the order of the trie
//	capitals  uint16 × 63         the patterns of capitals that most names have
//	rare      6 bytes × rare      the hits (uint32) with another, and that (uint16)
//	index     12 bytes × blocks   first entry, end in the blocks, length when decoded
//	ids       bytes               see appendIDs
//	blocks    bytes               records, see appendRecord; DEFLATE when shorter so
//	trie      the rest            folded names; those of one name likeliest first
//
// What a text is matched with is used in place, but for the IDs, which are written
// out. The records, which only Entry, Lookup and their like want, are decoded by the
// block when first needed.
//
// Versions, all of November 2026: 2 had hits in the order of the trie, 3 had
// blocks, 4 has IDs without DEFLATE.
const (
	magic         = "steppe gazetteer"
	formatVersion = 4
	headerBytes   = len(magic) + 7*4 + lowerBytes
	lowerBytes    = 256
	commonBytes   = 2 * rareCapitals
	rareBytes     = 6
	indexBytes    = 12
	maxEntries    = 1 << 21 // a hit has 21 bits for an entry
	rareCapitals  = 63      // of the 6 bits that a hit has for its capitals: look them up
	maxDecoded    = 1 << 27 // bytes of all decoded blocks: MaxBytes of texts and what stands between
	maxIDBytes    = 1 << 27 // bytes of all IDs written out, and their countries
	blockEntries  = 4096    // of a block, at most
	blockBytes    = 1 << 19 // of a decoded block, unless one record is longer
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

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

// Gazetteer is an immutable collection of entities and their names. It is safe
// for concurrent use.
type Gazetteer struct {
	data                   string // the whole compiled form
	entryCount, nameCount  int
	blockCount, rareCount  int
	lower                  string // a set of lowerKey
	kinds, hits, capitals  int    // where the parts begin
	rare, index, storedIDs int
	firstBlock             int
	ids                    string   // ID and country of each entry
	idStarts               []uint32 // where they begin in ids, and where the last one ends
	trie                   *trie.Trie
	decoded                []atomic.Pointer[block] // those that were needed
}

// block is a block of records, decoded.
type block struct {
	records string
	starts  []uint32 // where each record begins with its length, and where the last one ends
}

// compile makes a Gazetteer of records that are valid and sorted by ID. Its
// blocks are not compressed: that is worth its time only to WriteTo.
func compile(records []record) (*Gazetteer, error) {
	type value struct {
		words  []string
		hit    hit
		weight float64
	}
	if len(records) > maxEntries {
		return nil, fmt.Errorf("gazetteer: %d entities; %d are the most", len(records), maxEntries)
	}
	texts := 0
	for _, r := range records {
		texts += r.bytes()
	}
	if texts > MaxBytes {
		return nil, fmt.Errorf("gazetteer: %d bytes of entities; %d are the most", texts, MaxBytes)
	}
	var values []value
	var lower [lowerBytes]byte
	patterns := map[uint16]int{}
	for i, r := range records {
		for _, n := range r.names {
			words, capitals, upper := nameWords(n.Text)
			h := hit{entry: uint32(i), capitals: capitals, usage: n.Usage}
			if upper {
				h.flags |= hitUpper
			}
			if n.Until != 0 {
				h.flags |= hitFormer
			}
			if n.Text == r.entry.Name {
				h.flags |= hitPrimary
			}
			if capitals&1 == 0 {
				k := lowerKey(words[0])
				lower[k/8] |= 1 << (k % 8)
			}
			patterns[capitals]++
			values = append(values, value{words, h, likelihood(r.entry, n)})
		}
	}
	slices.SortStableFunc(values, func(a, b value) int {
		return cmp.Or(cmp.Compare(a.hit.usage, b.hit.usage), cmp.Compare(b.weight, a.weight))
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
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	le := binary.LittleEndian
	t, _, err := trie.Parse(string(words))
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	ids := appendIDs(nil, records, t)
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
	index, blocks := appendBlocks(nil, nil, records)

	body := le.AppendUint32(nil, uint32(len(records)))
	for _, n := range []int{len(values), len(ids), len(index) / indexBytes, len(rare) / rareBytes} {
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
	for _, part := range [][]byte{rare, index, ids, blocks, words} {
		body = append(body, part...)
	}
	return open(seal(body))
}

// seal puts what comes first before the body of a compiled form.
func seal(body []byte) string {
	le := binary.LittleEndian
	data := append(make([]byte, 0, len(magic)+8+len(body)), magic...)
	data = le.AppendUint32(data, formatVersion)
	data = le.AppendUint32(data, crc32.Checksum(body, castagnoli))
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

// appendBlocks appends the records in blocks, with their index.
func appendBlocks(index, blocks []byte, records []record) (newIndex, newBlocks []byte) {
	le := binary.LittleEndian
	var buf []byte
	for first := 0; first < len(records); {
		begin := len(blocks)
		i := first
		for ; i < len(records) && i-first < blockEntries && len(blocks)-begin < blockBytes; i++ {
			buf = appendRecord(buf[:0], records[i])
			blocks = binary.AppendUvarint(blocks, uint64(len(buf)))
			blocks = append(blocks, buf...)
		}
		index = le.AppendUint32(index, uint32(first))
		index = le.AppendUint32(index, uint32(len(blocks)))
		index = le.AppendUint32(index, uint32(len(blocks)-begin))
		first = i
	}
	return index, blocks
}

// nameOfID returns the name that most entities of such an ID have: its words after
// the colon, capitalised but for the small ones.
func nameOfID(id ID) string {
	_, slug, _ := strings.Cut(string(id), ":")
	b := make([]byte, 0, len(slug))
	for word := range strings.SplitSeq(slug, "-") {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		n := len(b)
		b = append(b, word...)
		switch word {
		case "of", "and", "for", "the", "in", "on", "al", "bin":
		default:
			if len(word) > 0 && 'a' <= word[0] && word[0] <= 'z' {
				b[n] -= 'a' - 'A'
			}
		}
	}
	return string(b)
}

// likelihood orders the things that one name denotes: what is in the news most,
// and the larger of two towns, come first.
func likelihood(e Entry, n Name) float64 {
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
	if n.Until != 0 {
		w /= 4
	}
	return w
}

// appendRecord appends one record, which of an entity removed is empty: strings
// as length and bytes, numbers as varints, coordinates in ten-thousandths of a
// degree. The ID and what entryBits has are elsewhere.
func appendRecord(b []byte, r record) []byte {
	e := r.entry
	if r.removed {
		return b
	}
	b = binary.AppendUvarint(b, uint64(e.Population))
	b = binary.AppendVarint(b, int64(math.Round(e.Latitude*1e4)))
	b = binary.AppendVarint(b, int64(math.Round(e.Longitude*1e4)))
	b = appendString(b, string(e.Of))
	b = appendString(b, e.Wikidata)
	b = appendString(b, e.Description)
	b = binary.AppendUvarint(b, uint64(len(r.names)))
	for _, n := range r.names {
		flags := uint8(n.Usage)
		for i, set := range []bool{n.Text == e.Name, n.Lang != "", n.From != 0, n.Until != 0} {
			if set {
				flags |= 4 << i
			}
		}
		b = append(b, flags)
		if n.Text == e.Name && n.Text == nameOfID(e.ID) {
			b = append(b, 0) // the reader makes it of the ID
		} else {
			b = appendString(b, n.Text)
		}
		if n.Lang != "" {
			b = appendString(b, n.Lang)
		}
		if n.From != 0 {
			b = binary.AppendUvarint(b, uint64(n.From))
		}
		if n.Until != 0 {
			b = binary.AppendUvarint(b, uint64(n.Until))
		}
	}
	return b
}

// Parse reads a compiled gazetteer, as WriteTo writes it. It fails on data that
// are not whole, and checks every record, so that nothing read later can fail.
// The Gazetteer keeps no reference to data.
func Parse(data []byte) (*Gazetteer, error) {
	g, err := open(string(data))
	if err != nil {
		return nil, err
	}
	last := ID("")
	names := 0
	for b := range g.blockCount {
		lo, hi := g.blockEntries(b)
		block, err := g.decode(b)
		if err != nil {
			return nil, err
		}
		for i := lo; i < hi; i++ {
			d := decoder{data: block.record(i - lo)}
			r := d.record(g.nameCount - names)
			names += len(r.names)
			g.complete(&r, i)
			id := r.entry.ID
			if d.bad || d.pos != len(d.data) || r.removed && len(d.data) > 0 || i > 0 && id <= last {
				return nil, fmt.Errorf("gazetteer: bad record %d", i)
			}
			last = id
			var fault string
			r.check(func(_, reason string) { fault = cmp.Or(fault, reason) })
			if fault != "" {
				return nil, fmt.Errorf("gazetteer: bad record %d: %s", i, fault)
			}
		}
	}
	if names != g.nameCount {
		return nil, fmt.Errorf("gazetteer: %d names in the records, want %d", names, g.nameCount)
	}
	for i := range g.nameCount {
		h := g.hit(i)
		if int(h.entry) >= g.entryCount || h.usage > Never || !g.kind(int(h.entry)).Valid() {
			return nil, fmt.Errorf("gazetteer: bad name %d", i)
		}
	}
	return g, nil
}

// open checks header, checksum and lengths, and leaves the rest in place.
func open(data string) (*Gazetteer, error) {
	if len(data) < headerBytes || data[:len(magic)] != magic {
		return nil, errors.New("gazetteer: not a compiled gazetteer")
	}
	u32 := func(i int) int { return int(leUint32(data, i)) }
	if v := u32(len(magic)); v != formatVersion {
		return nil, fmt.Errorf("gazetteer: format version %d, want %d", v, formatVersion)
	}
	body := data[len(magic)+8:]
	// The bytes are only read: no copy of an embedded megabyte for its checksum.
	sum := crc32.Checksum(unsafe.Slice(unsafe.StringData(body), len(body)), castagnoli)
	if sum != leUint32(data, len(magic)+4) {
		return nil, errors.New("gazetteer: checksum does not match: the data are damaged")
	}
	g := &Gazetteer{data: data}
	var idBytes int
	for i, n := range []*int{&g.entryCount, &g.nameCount, &idBytes, &g.blockCount, &g.rareCount} {
		if *n = u32(len(magic) + 8 + 4*i); uint(*n) > uint(len(data)) { // negative on 32 bits
			return nil, errors.New("gazetteer: lengths out of range")
		}
	}
	if g.entryCount > maxEntries {
		return nil, errors.New("gazetteer: lengths out of range")
	}
	all := int64(headerBytes) + int64(g.entryCount) + 4*int64(g.nameCount) + int64(commonBytes) + rareBytes*int64(g.rareCount) +
		indexBytes*int64(g.blockCount) + int64(idBytes)
	if all > int64(len(data)) {
		return nil, errors.New("gazetteer: cut short")
	}
	g.lower = data[headerBytes-lowerBytes : headerBytes]
	g.kinds = headerBytes
	g.hits = g.kinds + g.entryCount
	g.capitals = g.hits + 4*g.nameCount
	g.rare = g.capitals + commonBytes
	g.index = g.rare + rareBytes*g.rareCount
	g.storedIDs = g.index + indexBytes*g.blockCount
	g.firstBlock = g.storedIDs + idBytes
	end, err := g.checkIndex()
	if err != nil {
		return nil, err
	}
	t, n, err := trie.Parse(data[end:])
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	if end+n != len(data) || t.ValueCount() != g.nameCount {
		return nil, errors.New("gazetteer: names out of range")
	}
	g.trie = t
	if err := g.writeOutIDs(data[g.storedIDs:g.firstBlock]); err != nil {
		return nil, err
	}
	g.decoded = make([]atomic.Pointer[block], g.blockCount)
	return g, nil
}

// checkIndex checks where blocks begin, and returns where the last one ends.
func (g *Gazetteer) checkIndex() (end int, err error) {
	entry, decoded := 0, 0
	for b := range g.blockCount {
		lo, hi := g.blockEntries(b)
		_, e, length := g.block(b)
		decoded += min(length, maxDecoded)
		if lo != entry || hi <= lo || hi > g.entryCount || e < end || g.firstBlock+e > len(g.data) || decoded > maxDecoded {
			return 0, errors.New("gazetteer: block out of range")
		}
		entry, end = hi, e
	}
	if entry != g.entryCount {
		return 0, errors.New("gazetteer: entities without a block")
	}
	return g.firstBlock + end, nil
}

// block returns of block b where it begins and ends in the blocks, and its
// length when decoded.
func (g *Gazetteer) block(b int) (start, end, length int) {
	at := g.index + indexBytes*b
	if b > 0 {
		start = int(leUint32(g.data, at-indexBytes+4))
	}
	return start, int(leUint32(g.data, at+4)), int(leUint32(g.data, at+8))
}

// blockEntries returns the entries of block b: from lo to hi-1.
func (g *Gazetteer) blockEntries(b int) (lo, hi int) {
	lo, hi = int(leUint32(g.data, g.index+indexBytes*b)), g.entryCount
	if b+1 < g.blockCount {
		hi = int(leUint32(g.data, g.index+indexBytes*(b+1)))
	}
	return lo, hi
}

// decode returns block b.
func (g *Gazetteer) decode(b int) (*block, error) {
	if p := g.decoded[b].Load(); p != nil {
		return p, nil
	}
	start, end, length := g.block(b)
	records, ok := inflate(g.data[g.firstBlock+start:g.firstBlock+end], length)
	lo, hi := g.blockEntries(b)
	if ok = ok && length >= hi-lo; ok { // a byte a record at least, before its starts take memory
		blk := &block{records, make([]uint32, hi-lo+1)}
		d := decoder{data: records}
		for i := range hi - lo {
			blk.starts[i] = uint32(d.pos)
			d.string()
		}
		blk.starts[hi-lo] = uint32(d.pos)
		if !d.bad && d.pos == len(records) {
			g.decoded[b].Store(blk)
			return blk, nil
		}
	}
	return nil, fmt.Errorf("gazetteer: bad block %d", b)
}

// record returns the i-th record of the block.
func (b *block) record(i int) string {
	d := decoder{data: b.records[b.starts[i]:b.starts[i+1]]}
	return d.string()
}

// inflate returns what is stored when decoded, which has the length given; stored
// data of that length are not compressed. The length is believed only as the data
// are read.
func inflate(stored string, length int) (string, bool) {
	if len(stored) == length {
		return stored, true
	}
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(flate.NewReader(strings.NewReader(stored)), int64(length)+1))
	return b.String(), err == nil && n == int64(length)
}

// deflated returns data compressed, when that is shorter.
func deflated(data string) string {
	var buf bytes.Buffer
	z, err := flate.NewWriter(&buf, flate.BestCompression)
	if err == nil {
		_, err = io.WriteString(z, data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic("gazetteer: " + err.Error()) // a known level, and memory to write to
	}
	if buf.Len() < len(data) {
		return buf.String()
	}
	return data
}

// WriteTo writes the compiled form, which Parse reads.
func (g *Gazetteer) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, g.compressed())
	return int64(n), err
}

// compressed returns the compiled form with blocks as short as they get.
func (g *Gazetteer) compressed() string {
	le := binary.LittleEndian
	const before = len(magic) + 8 // what seal adds
	body := []byte(g.data[before:g.firstBlock])
	end := 0
	for b := range g.blockCount {
		start, stop, length := g.block(b)
		block := g.data[g.firstBlock+start : g.firstBlock+stop]
		if len(block) == length {
			block = deflated(block)
		}
		body = append(body, block...)
		end += len(block)
		le.PutUint32(body[g.index-before+indexBytes*b+4:], uint32(end))
	}
	stop := 0
	if g.blockCount > 0 {
		_, stop, _ = g.block(g.blockCount - 1)
	}
	return seal(append(body, g.data[g.firstBlock+stop:]...))
}

func leUint32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (g *Gazetteer) hit(i int) hit {
	w := leUint32(g.data, g.hits+4*i)
	h := hit{entry: w & (maxEntries - 1), usage: Usage(w >> 21 & 3), flags: uint8(w >> 23 & 7)}
	if c := int(w >> 26); c < rareCapitals {
		h.capitals = g.u16(g.capitals + 2*c)
	} else {
		at, _ := sort.Find(g.rareCount, func(j int) int { return cmp.Compare(uint32(i), leUint32(g.data, g.rare+rareBytes*j)) })
		h.capitals = g.u16(g.rare + rareBytes*min(at, g.rareCount-1) + 4)
	}
	return h
}

func (g *Gazetteer) u16(i int) uint16 { return uint16(g.data[i]) | uint16(g.data[i+1])<<8 }

func (g *Gazetteer) kind(entry int) Kind { return Kind(g.data[g.kinds+entry] & 7) }

func (g *Gazetteer) rank(entry int) int { return int(g.data[g.kinds+entry] >> 3 & 7) }

// countryLetters returns how many letters a country of those entryBits has.
func countryLetters(bits uint8) int {
	if n := int(bits >> 6); n > 0 {
		return n + 1
	}
	return 0
}

// idAndCountry returns both of an entry.
func (g *Gazetteer) idAndCountry(entry int) (ID, string) {
	lo, hi := g.idStarts[entry], g.idStarts[entry+1]
	at := hi - uint32(countryLetters(g.data[g.kinds+entry]))
	return ID(g.ids[lo:at]), g.ids[at:hi]
}

func (g *Gazetteer) id(entry int) ID {
	id, _ := g.idAndCountry(entry)
	return id
}

// record returns the whole record of an entry.
func (g *Gazetteer) record(entry int) record {
	b := sort.Search(g.blockCount, func(b int) bool { _, hi := g.blockEntries(b); return hi > entry })
	block, err := g.decode(b)
	if err != nil {
		panic(err) // the checksum was right, and Parse decodes every block of other data
	}
	lo, _ := g.blockEntries(b)
	d := decoder{data: block.record(entry - lo)}
	r := d.record(g.nameCount)
	g.complete(&r, entry)
	return r
}

// complete adds to a record what is stored of its entry elsewhere.
func (g *Gazetteer) complete(r *record, entry int) {
	r.entry.ID, r.entry.Country = g.idAndCountry(entry)
	if r.entry.Name == "" && len(r.names) > 0 {
		r.entry.Name = nameOfID(r.entry.ID)
		for i := range r.names {
			if r.names[i].Text == "" {
				r.names[i].Text = r.entry.Name
			}
		}
	}
	r.entry.Kind, r.entry.Rank = g.kind(entry), g.rank(entry)
	r.removed = r.entry.Kind == 0
}

// decoder reads a record; bad is set when the data end too early.
type decoder struct {
	data string
	pos  int
	bad  bool
}

func (d *decoder) byte() uint8 {
	if d.pos >= len(d.data) {
		d.bad = true
		return 0
	}
	d.pos++
	return d.data[d.pos-1]
}

func (d *decoder) uvarint() (v uint64) {
	for shift := 0; shift < 64; shift += 7 {
		c := d.byte()
		v |= uint64(c&0x7F) << shift
		if c < 0x80 {
			return v
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) varint() int64 {
	v := d.uvarint()
	return int64(v>>1) ^ -int64(v&1)
}

func (d *decoder) string() string {
	n := d.uvarint()
	if n > uint64(len(d.data)-d.pos) {
		d.bad = true
		return ""
	}
	d.pos += int(n)
	return d.data[d.pos-int(n) : d.pos]
}

// record decodes a whole record; none of an entity removed. It has up to so many
// names: a name takes more memory than what claims to be one.
func (d *decoder) record(names int) (r record) {
	if len(d.data) == 0 {
		return r
	}
	e := &r.entry
	e.Population = int(d.uvarint())
	e.Latitude = float64(d.varint()) / 1e4
	e.Longitude = float64(d.varint()) / 1e4
	e.Of = ID(d.string())
	e.Wikidata = d.string()
	e.Description = d.string()
	n := d.uvarint()
	if n > uint64(names) {
		d.bad = true
	}
	for ; n > 0 && !d.bad; n-- {
		name, primary := d.name()
		if primary {
			e.Name = name.Text
		}
		r.names = append(r.names, name)
	}
	return r
}

func (d *decoder) name() (n Name, primary bool) {
	flags := d.byte()
	n.Usage = Usage(flags & 3)
	n.Text = d.string()
	if flags&8 != 0 {
		n.Lang = d.string()
	}
	if flags&16 != 0 {
		n.From = int(d.uvarint())
	}
	if flags&32 != 0 {
		n.Until = int(d.uvarint())
	}
	return n, flags&4 != 0
}
