package gazetteer

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"sync"

	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/trie"
)

// Parse reads a compiled gazetteer, as WriteTo writes it. It fails on data that
// are not whole, and checks every record, so that nothing read later can fail.
// The Gazetteer keeps no reference to data.
func Parse(data []byte) (*Gazetteer, error) {
	c, err := open(string(data), trie.Parse)
	if err != nil {
		return nil, err
	}
	last := ID("")
	names := 0
	for i := range c.entryCount {
		r, err := c.decodeRecord(i, c.nameCount-names)
		if err != nil {
			return nil, err
		}
		names += len(r.names)
		id := r.entry.ID
		if i > 0 && id <= last {
			return nil, fmt.Errorf("gazetteer: bad record %d", i)
		}
		last = id
		var fault string
		r.check(func(_, reason string) { fault = cmp.Or(fault, reason) })
		if fault != "" {
			return nil, fmt.Errorf("gazetteer: bad record %d: %s", i, fault)
		}
	}
	if names != c.nameCount {
		return nil, fmt.Errorf("gazetteer: %d names in the records, want %d", names, c.nameCount)
	}
	if err := c.checkPosts(); err != nil {
		return nil, err
	}
	for i := range c.nameCount {
		h := c.hit(i)
		if int(h.entry) >= c.entryCount || c.kind(int(h.entry)) == 0 {
			return nil, fmt.Errorf("gazetteer: bad name %d", i)
		}
	}
	return newGazetteer(c), nil
}

// open checks header, checksum and lengths, and leaves the rest in place. The trie is
// read by trie.Parse, or trie.Open where the checksum is known to be ours.
func open(data string, readTrie func(string) (*trie.Trie, int, error)) (*compiled, error) {
	if len(data) < headerBytes || data[:len(magic)] != magic {
		return nil, errors.New("gazetteer: not a compiled gazetteer")
	}
	u32 := func(i int) int { return int(leUint32(data, i)) }
	if v := u32(len(magic)); v != formatVersion {
		return nil, fmt.Errorf("gazetteer: format version %d, want %d", v, formatVersion)
	}
	body := data[len(magic)+8:]
	// The bytes are only read: no copy of an embedded megabyte for its checksum.
	sum := hashing.Sum(hashing.Bytes(body))
	if sum != leUint32(data, len(magic)+4) {
		return nil, errors.New("gazetteer: checksum does not match: the data are damaged")
	}
	c := &compiled{data: data}
	var idBytes, postBytes, spellingBytes int
	for i, n := range []*int{
		&c.entryCount, &c.nameCount, &idBytes, &c.rows[ofEntries].blocks, &c.rows[ofNames].blocks, &c.rareCount, &postBytes, &spellingBytes,
	} {
		if *n = u32(len(magic) + 8 + 4*i); uint(*n) > uint(len(data)) { // negative on 32 bits
			return nil, errors.New("gazetteer: lengths out of range")
		}
	}
	if c.entryCount > maxEntries {
		return nil, errors.New("gazetteer: lengths out of range")
	}
	all := int64(headerBytes) + int64(c.entryCount) + 4*int64(c.nameCount) + int64(commonBytes) + rareBytes*int64(c.rareCount) +
		indexBytes*(int64(c.rows[ofEntries].blocks)+int64(c.rows[ofNames].blocks)) + int64(idBytes)
	if all > int64(len(data)) {
		return nil, errors.New("gazetteer: cut short")
	}
	c.lower = data[headerBytes-lowerBytes : headerBytes]
	c.kinds = headerBytes
	c.hits = c.kinds + c.entryCount
	c.capitals = c.hits + 4*c.nameCount
	c.rare = c.capitals + commonBytes
	c.index = c.rare + rareBytes*c.rareCount
	c.storedIDs = c.index + indexBytes*(c.rows[ofEntries].blocks+c.rows[ofNames].blocks)
	c.firstBlock = c.storedIDs + idBytes
	end, err := c.openRows()
	if err != nil {
		return nil, err
	}
	if postBytes > len(data)-end || spellingBytes > len(data)-end-postBytes {
		return nil, errors.New("gazetteer: cut short")
	}
	c.storedPosts = data[end : end+postBytes]
	end += postBytes
	spellings := data[end : end+spellingBytes]
	end += spellingBytes
	t, n, err := readTrie(data[end:])
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	if end+n != len(data) || t.ValueCount() != c.nameCount {
		return nil, errors.New("gazetteer: names out of range")
	}
	c.trie = t
	if err := c.openSpellings(spellings, readTrie); err != nil {
		return nil, err
	}
	if err := c.writeOutIDs(data[c.storedIDs:c.firstBlock]); err != nil {
		return nil, err
	}
	c.order = sync.OnceValue(c.newOrder)
	c.posts = sync.OnceValue(c.heldPosts)
	c.byItem = sync.OnceValue(c.newItems)
	c.scratches.New = func() any { return new(matchScratch) }
	return c, nil
}

func leUint32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (c *compiled) hit(i int) hit {
	w := leUint32(c.data, c.hits+4*i)
	h := hit{entry: w & (maxEntries - 1), usage: Usage(w >> 21 & 3), flags: uint8(w >> 23 & 7)}
	if n := int(w >> 26); n < rareCapitals {
		h.capitals = c.u16(c.capitals + 2*n)
	} else {
		at, _ := sort.Find(c.rareCount, func(j int) int { return cmp.Compare(uint32(i), leUint32(c.data, c.rare+rareBytes*j)) })
		h.capitals = c.u16(c.rare + rareBytes*min(at, c.rareCount-1) + 4)
	}
	return h
}

func (c *compiled) u16(i int) uint16 { return uint16(c.data[i]) | uint16(c.data[i+1])<<8 }

func (c *compiled) kind(entry int) Kind { return Kind(c.data[c.kinds+entry] & 7) }

func (c *compiled) rank(entry int) int { return int(c.data[c.kinds+entry] >> 3 & 7) }

// countryLetters returns how many letters a country of those entryBits has.
func countryLetters(bits uint8) int {
	if n := int(bits >> 6); n > 0 {
		return n + 1
	}
	return 0
}

// idAndCountry returns both of an entry.
func (c *compiled) idAndCountry(entry int) (ID, string) {
	lo, hi := c.idStarts[entry], c.idStarts[entry+1]
	at := hi - uint32(countryLetters(c.data[c.kinds+entry]))
	return ID(c.ids[lo:at]), c.ids[at:hi]
}

func (c *compiled) id(entry int) ID {
	id, _ := c.idAndCountry(entry)
	return id
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
