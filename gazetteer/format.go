package gazetteer

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
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
//	bytes     uint32              length of the records
//	offsets   uint32 × entries+1  where each record begins
//	hits      6 bytes × names     see hit; in the order of the trie
//	records   bytes               see appendRecord; in order of ID
//	trie      the rest            folded names; those of one name likeliest first
//
// Versions: 1 and 2, November 2026; 2 has hits in the order of the trie.
const (
	magic         = "steppe gazetteer"
	formatVersion = 2
	headerBytes   = len(magic) + 5*4
	hitBytes      = 6
	maxEntries    = 1 << 21 // a hit has 21 bits for an entry
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// hit is what a text needs to know of a name that it may hold.
type hit struct {
	entry    uint32
	capitals uint16 // see nameWords
	kind     Kind
	usage    Usage
	flags    uint8
	rank     uint8
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
	offsets, hits, records int // where the parts begin
	trie                   *trie.Trie
}

// compile makes a Gazetteer of records that are valid and sorted by ID.
func compile(records []record) (*Gazetteer, error) {
	type value struct {
		words  []string
		hit    hit
		weight float64
	}
	if len(records) > maxEntries {
		return nil, fmt.Errorf("gazetteer: %d entities; %d are the most", len(records), maxEntries)
	}
	var values []value
	var offsets []uint32
	var blob []byte
	for i, r := range records {
		offsets = append(offsets, uint32(len(blob)))
		blob = appendRecord(blob, r)
		for _, n := range r.names {
			words, capitals, upper := nameWords(n.Text)
			h := hit{entry: uint32(i), capitals: capitals, kind: r.entry.Kind, usage: n.Usage, rank: uint8(r.entry.Rank)}
			if upper {
				h.flags |= hitUpper
			}
			if n.Until != 0 {
				h.flags |= hitFormer
			}
			if n.Text == r.entry.Name {
				h.flags |= hitPrimary
			}
			values = append(values, value{words, h, likelihood(r.entry, n)})
		}
	}
	offsets = append(offsets, uint32(len(blob)))
	slices.SortStableFunc(values, func(a, b value) int {
		return cmp.Or(cmp.Compare(a.hit.usage, b.hit.usage), cmp.Compare(b.weight, a.weight))
	})

	le := binary.LittleEndian
	body := le.AppendUint32(nil, uint32(len(records)))
	body = le.AppendUint32(body, uint32(len(values)))
	body = le.AppendUint32(body, uint32(len(blob)))
	for _, o := range offsets {
		body = le.AppendUint32(body, o)
	}
	var tb trie.Builder
	for i, v := range values {
		tb.Add(v.words, uint32(i))
	}
	index, order, err := tb.Append(nil)
	if err != nil {
		return nil, err
	}
	for _, i := range order {
		h := values[i].hit
		body = le.AppendUint32(body, h.entry|uint32(h.kind)<<21|uint32(h.usage)<<24|uint32(h.flags)<<26|uint32(h.rank)<<29)
		body = le.AppendUint16(body, h.capitals)
	}
	body = append(body, blob...)
	body = append(body, index...)
	data := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	le.PutUint32(data[len(magic):], formatVersion)
	le.PutUint32(data[len(magic)+4:], crc32.Checksum(body, castagnoli))
	return open(string(append(data, body...)))
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

// appendRecord appends one record: strings as length and bytes, numbers as
// varints, coordinates in ten-thousandths of a degree.
func appendRecord(b []byte, r record) []byte {
	str := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	e := r.entry
	str(string(e.ID))
	b = append(b, uint8(e.Kind))
	if r.removed {
		return b
	}
	str(e.Country)
	b = append(b, uint8(e.Rank))
	b = binary.AppendUvarint(b, uint64(e.Population))
	b = binary.AppendVarint(b, int64(math.Round(e.Latitude*1e4)))
	b = binary.AppendVarint(b, int64(math.Round(e.Longitude*1e4)))
	str(string(e.Of))
	str(e.Wikidata)
	str(e.Description)
	b = binary.AppendUvarint(b, uint64(len(r.names)))
	for _, n := range r.names {
		flags := uint8(n.Usage)
		for i, set := range []bool{n.Text == e.Name, n.Lang != "", n.From != 0, n.Until != 0} {
			if set {
				flags |= 4 << i
			}
		}
		b = append(b, flags)
		str(n.Text)
		if n.Lang != "" {
			str(n.Lang)
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
	for i := range g.entryCount {
		d := g.decoder(i)
		r := d.record()
		if d.bad || d.pos != len(d.data) || i > 0 && r.entry.ID <= last || !r.removed && !r.entry.Kind.Valid() {
			return nil, fmt.Errorf("gazetteer: bad record %d", i)
		}
		last = r.entry.ID
	}
	for i := range g.nameCount {
		h := g.hit(i)
		if int(h.entry) >= g.entryCount || h.usage > Never || !h.kind.Valid() {
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
	g := &Gazetteer{data: data, entryCount: u32(len(magic) + 8), nameCount: u32(len(magic) + 12)}
	bytes := u32(len(magic) + 16)
	if g.entryCount > maxEntries || g.nameCount > 1<<24 || bytes > 1<<30 {
		return nil, errors.New("gazetteer: lengths out of range")
	}
	g.offsets = headerBytes
	g.hits = g.offsets + 4*(g.entryCount+1)
	g.records = g.hits + hitBytes*g.nameCount
	end := g.records + bytes
	if end > len(data) {
		return nil, errors.New("gazetteer: cut short")
	}
	last := 0
	for i := range g.entryCount + 1 {
		o := u32(g.offsets + 4*i)
		if o < last || o > bytes {
			return nil, errors.New("gazetteer: record out of range")
		}
		last = o
	}
	t, n, err := trie.Parse(data[end:])
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	if end+n != len(data) || t.ValueCount() != g.nameCount {
		return nil, errors.New("gazetteer: names out of range")
	}
	g.trie = t
	return g, nil
}

// WriteTo writes the compiled form, which Parse reads.
func (g *Gazetteer) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, g.data)
	return int64(n), err
}

func leUint32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (g *Gazetteer) hit(i int) hit {
	s := g.data[g.hits+hitBytes*i:][:hitBytes]
	w := leUint32(s, 0)
	return hit{
		entry:    w & (maxEntries - 1),
		kind:     Kind(w >> 21 & 7),
		usage:    Usage(w >> 24 & 3),
		flags:    uint8(w >> 26 & 7),
		rank:     uint8(w >> 29),
		capitals: uint16(s[4]) | uint16(s[5])<<8,
	}
}

// decoder reads a record; bad is set when the data end too early.
type decoder struct {
	data string
	pos  int
	bad  bool
}

func (g *Gazetteer) decoder(entry int) decoder {
	lo, hi := leUint32(g.data, g.offsets+4*entry), leUint32(g.data, g.offsets+4*entry+4)
	return decoder{data: g.data[g.records+int(lo) : g.records+int(hi)]}
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

// record decodes a whole record.
func (d *decoder) record() (r record) {
	r.entry = d.entry()
	if r.removed = r.entry.Kind == 0; r.removed {
		return r
	}
	for n := d.uvarint(); n > 0 && !d.bad; n-- {
		name, primary := d.name()
		if primary {
			r.entry.Name = name.Text
		}
		r.names = append(r.names, name)
	}
	return r
}

// entry decodes a record up to its names.
func (d *decoder) entry() (e Entry) {
	e.ID = ID(d.string())
	e.Kind = Kind(d.byte())
	if e.Kind == 0 {
		return e
	}
	e.Country = d.string()
	e.Rank = int(d.byte())
	e.Population = int(d.uvarint())
	e.Latitude = float64(d.varint()) / 1e4
	e.Longitude = float64(d.varint()) / 1e4
	e.Of = ID(d.string())
	e.Wikidata = d.string()
	e.Description = d.string()
	return e
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
