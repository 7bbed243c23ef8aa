package gazetteer

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"sync/atomic"
)

// The records of entries, which no text is matched with, are stored apart: in one row
// of blocks what Entry has, in another one the names. Those that are in the news most
// come first, in blocks of their own. A block is DEFLATE when that is shorter; the end
// of the first one of its row is the dictionary of the others.
const (
	ofEntries = iota // see appendEntry
	ofNames          // see appendNames
	rows
)

const (
	indexBytes = 12
	blockBytes = 1 << 19 // of a decoded block, unless one record is longer
	dictBytes  = 1 << 15 // of a dictionary of DEFLATE
	maxDecoded = 1 << 27 // bytes of all decoded blocks: MaxBytes of texts and what stands between
)

// blockRecords is how many records a block of each row has, at most. For the ID of one
// entity a block is decoded; names are seldom asked for.
var blockRecords = [rows]int{ofEntries: 1024, ofNames: 8192}

// row is one row of blocks. The index has, of each: the place in order of its first
// record, where it ends after the first block of all, and its length when decoded.
type row struct {
	index   int // where it begins
	blocks  int
	start   int                     // of the first block, after the first one of all
	decoded []atomic.Pointer[block] // those that were needed
}

// block is a block of records, decoded.
type block struct {
	records string
	starts  []uint32 // where each record begins with its length, and where the last one ends
}

// order is that of the records: the places of the entries, and where they are.
type order struct{ places, entries []uint32 }

// newOrder returns the order of g's records: the entries of ranks 1 and 2, then the
// others.
func (c *compiled) newOrder() (o order) {
	return orderOf(c.entryCount, c.rank)
}

func orderOf(n int, rank func(entry int) int) (o order) {
	o.places, o.entries = make([]uint32, n), make([]uint32, 0, n)
	for _, want := range []bool{true, false} {
		for i := range n {
			if famous(rank(i)) == want {
				o.places[i] = uint32(len(o.entries))
				o.entries = append(o.entries, uint32(i))
			}
		}
	}
	return o
}

// famous reports whether what has this rank is often in the news.
func famous(rank int) bool { return rank == 1 || rank == 2 }

// appendRows returns the records, which are in the order of their IDs, as rows of
// blocks that are not compressed, with how many blocks each has, and the index.
func appendRows(records []record) (counts [rows]int, index, blocks []byte) {
	le := binary.LittleEndian
	o := orderOf(len(records), func(i int) int { return records[i].entry.Rank })
	var buf []byte
	for row := range rows {
		for first := 0; first < len(o.entries); {
			begin := len(blocks)
			i := first
			for ; i < len(o.entries) && i-first < blockRecords[row] && len(blocks)-begin < blockBytes; i++ {
				r := records[o.entries[i]]
				if i > first && famous(records[o.entries[first]].entry.Rank) != famous(r.entry.Rank) {
					break
				}
				buf = appendRecord(buf[:0], row, r)
				blocks = binary.AppendUvarint(blocks, uint64(len(buf)))
				blocks = append(blocks, buf...)
			}
			index = le.AppendUint32(index, uint32(first))
			index = le.AppendUint32(index, uint32(len(blocks)))
			index = le.AppendUint32(index, uint32(len(blocks)-begin))
			counts[row]++
			first = i
		}
	}
	return counts, index, blocks
}

// appendRecord appends what a row has of a record, nothing of an entity removed:
// strings as length and bytes, numbers as varints. The ID and what entryBits has are
// elsewhere.
func appendRecord(b []byte, row int, r record) []byte {
	switch {
	case r.removed:
		return b
	case row == ofEntries:
		return appendEntry(b, r.entry)
	}
	return appendNames(b, r)
}

// appendEntry appends an entry, coordinates in ten-thousandths of a degree, and an
// empty name when it is that of its ID.
func appendEntry(b []byte, e Entry) []byte {
	b = binary.AppendUvarint(b, uint64(e.Population))
	b = binary.AppendVarint(b, int64(math.Round(e.Latitude*1e4)))
	b = binary.AppendVarint(b, int64(math.Round(e.Longitude*1e4)))
	b = appendString(b, string(e.Of))
	b = appendString(b, e.Wikidata)
	b = appendString(b, e.Description)
	if e.Name == nameOfID(e.ID) {
		return append(b, 0)
	}
	return appendString(b, e.Name)
}

// Flags of a name in its record, above its usage.
const (
	flagMain  = 4 << iota // the name of the entry, of which the text is not repeated
	flagLang              // and a language follows
	flagFrom              // and a year
	flagUntil             // and a year
)

// appendNames appends the names of a record.
func appendNames(b []byte, r record) []byte {
	b = binary.AppendUvarint(b, uint64(len(r.names)))
	for _, n := range r.names {
		flags := uint8(n.Usage)
		for _, f := range [...]struct {
			set  bool
			flag uint8
		}{{n.Text == r.entry.Name, flagMain}, {n.Lang != "", flagLang}, {n.From != 0, flagFrom}, {n.Until != 0, flagUntil}} {
			if f.set {
				flags |= f.flag
			}
		}
		b = append(b, flags)
		if flags&flagMain == 0 {
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

// openRows checks the index, and returns where the last block ends.
func (c *compiled) openRows() (end int, err error) {
	index, decoded := c.index, 0
	for i := range c.rows {
		row := &c.rows[i]
		row.index, row.start = index, end
		index += indexBytes * row.blocks
		next := 0 // the place where a block has to begin
		for b := range row.blocks {
			lo, hi := c.places(row, b)
			_, e, length := c.block(row, b)
			// Where an int has 32 bits, what is claimed may be negative.
			if lo != next || hi <= lo || hi > c.entryCount || e < end || e > len(c.data)-c.firstBlock || length < 0 || length > maxDecoded-decoded {
				return 0, errors.New("gazetteer: block out of range")
			}
			next, end = hi, e
			decoded += length
		}
		if next != c.entryCount {
			return 0, errors.New("gazetteer: entities without a block")
		}
		row.decoded = make([]atomic.Pointer[block], row.blocks)
	}
	return c.firstBlock + end, nil
}

// block returns of block b of a row where it begins and ends after the first block of
// all, and its length when decoded.
func (c *compiled) block(row *row, b int) (start, end, length int) {
	at := row.index + indexBytes*b
	start = row.start
	if b > 0 {
		start = int(leUint32(c.data, at-indexBytes+4))
	}
	return start, int(leUint32(c.data, at+4)), int(leUint32(c.data, at+8))
}

// places returns the places of the records of block b of a row: from lo to hi-1.
func (c *compiled) places(row *row, b int) (lo, hi int) {
	lo, hi = int(leUint32(c.data, row.index+indexBytes*b)), c.entryCount
	if b+1 < row.blocks {
		hi = int(leUint32(c.data, row.index+indexBytes*(b+1)))
	}
	return lo, hi
}

// decode returns block b of a row.
func (c *compiled) decode(row *row, b int) (*block, error) {
	if p := row.decoded[b].Load(); p != nil {
		return p, nil
	}
	start, end, length := c.block(row, b)
	stored := c.data[c.firstBlock+start : c.firstBlock+end]
	dict := ""
	if b > 0 && len(stored) != length {
		first, err := c.decode(row, 0)
		if err != nil {
			return nil, err
		}
		dict = first.dictionary()
	}
	records, ok := inflate(stored, dict, length)
	lo, hi := c.places(row, b)
	if ok = ok && length >= hi-lo; ok { // a byte a record at least, before its starts take memory
		blk := &block{records, make([]uint32, hi-lo+1)}
		d := decoder{data: records}
		for i := range hi - lo {
			blk.starts[i] = uint32(d.pos)
			d.string()
		}
		blk.starts[hi-lo] = uint32(d.pos)
		if !d.bad && d.pos == len(records) {
			row.decoded[b].Store(blk)
			return blk, nil
		}
	}
	return nil, fmt.Errorf("gazetteer: bad block %d", b)
}

// dictionary returns what helps to inflate the blocks that follow.
func (b *block) dictionary() string { return b.records[max(len(b.records)-dictBytes, 0):] }

// stored returns what a row has of the record at a place.
func (c *compiled) stored(row *row, place int) (string, error) {
	b := sort.Search(row.blocks, func(b int) bool { _, hi := c.places(row, b); return hi > place })
	block, err := c.decode(row, b)
	if err != nil {
		return "", err
	}
	lo, _ := c.places(row, b)
	d := decoder{data: block.records[block.starts[place-lo]:block.starts[place-lo+1]]}
	return d.string(), nil
}

// inflate returns what is stored when decoded, which has the length given; stored
// data of that length are not compressed. The length is believed only as the data
// are read.
func inflate(stored, dict string, length int) (string, bool) {
	if len(stored) == length {
		return stored, true
	}
	var b bytes.Buffer
	b.Grow(min(length, blockBytes) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(flate.NewReaderDict(strings.NewReader(stored), []byte(dict)), int64(length)+1))
	return b.String(), err == nil && n == int64(length)
}

// deflated returns data compressed, when that is shorter.
func deflated(data, dict string) string {
	var buf bytes.Buffer
	z, err := flate.NewWriterDict(&buf, flate.BestCompression, []byte(dict))
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

// deflatedAfterLength returns what is stored after its length when decoded, compressed if
// it is not.
func deflatedAfterLength(stored string) string {
	d := decoder{data: stored}
	n := d.uvarint()
	if body := stored[d.pos:]; n == uint64(len(body)) {
		return stored[:d.pos] + deflated(body, "")
	}
	return stored
}

// inflateAfterLength returns what deflatedAfterLength has stored when decoded, which claims
// to have most bytes at the most.
func inflateAfterLength(stored string, most uint64) (string, bool) {
	d := decoder{data: stored}
	n := d.uvarint()
	if d.bad || n > most {
		return "", false
	}
	return inflate(stored[d.pos:], "", int(n))
}

// compressed returns the compiled form with blocks as short as they get.
func (c *compiled) compressed() string {
	le := binary.LittleEndian
	const before = len(magic) + 8 // what seal adds
	body := []byte(c.data[before:c.storedIDs])
	ids := deflatedAfterLength(c.data[c.storedIDs:c.firstBlock])
	le.PutUint32(body[idsAt-before:], uint32(len(ids)))
	body = append(body, ids...)
	end, stop := 0, 0
	for i := range c.rows {
		row := &c.rows[i]
		dict := ""
		for b := range row.blocks {
			blk, err := c.decode(row, b)
			if err != nil {
				panic(err) // see record
			}
			short := deflated(blk.records, dict)
			if b == 0 {
				dict = blk.dictionary()
			}
			body = append(body, short...)
			end += len(short)
			le.PutUint32(body[row.index-before+indexBytes*b+4:], uint32(end))
			_, stop, _ = c.block(row, b)
		}
	}
	posts := deflatedAfterLength(c.storedPosts)
	le.PutUint32(body[postsAt-before:], uint32(len(posts)))
	body = append(body, posts...)
	return seal(append(body, c.data[c.firstBlock+stop+len(c.storedPosts):]...))
}

// record returns the whole record of an entry.
func (c *compiled) record(entry int) record {
	r, err := c.decodeRecord(entry, c.nameCount)
	if err != nil {
		panic(err) // the checksum was right, and Parse decodes every block of other data
	}
	return r
}

// decodeRecord returns the whole record of an entry, which has up to so many names:
// a name takes more memory than what claims to be one.
func (c *compiled) decodeRecord(entry, names int) (r record, err error) {
	if r.entry, err = c.decodeEntry(entry); err != nil {
		return r, err
	}
	r.removed = r.entry.Kind == 0
	stored, err := c.stored(&c.rows[ofNames], int(c.order().places[entry]))
	if err != nil || r.removed && stored == "" {
		return r, err
	}
	d := decoder{data: stored}
	n, mains := d.uvarint(), 0
	d.bad = d.bad || r.removed || n > uint64(names)
	for ; n > 0 && !d.bad; n-- {
		name, main := d.name()
		if main {
			name.Text = r.entry.Name
			mains++
		}
		r.names = append(r.names, name)
	}
	if d.bad || d.pos != len(d.data) || mains != 1 {
		return r, fmt.Errorf("gazetteer: bad names of record %d", entry)
	}
	return r, nil
}

// entry returns an entry, the zero one with an ID when it is removed.
func (c *compiled) entry(i int) Entry {
	e, err := c.decodeEntry(i)
	if err != nil {
		panic(err) // see record
	}
	return e
}

func (c *compiled) decodeEntry(i int) (e Entry, err error) {
	e.ID, e.Country = c.idAndCountry(i)
	e.Kind, e.Rank = c.kind(i), c.rank(i)
	stored, err := c.stored(&c.rows[ofEntries], int(c.order().places[i]))
	if err != nil || e.Kind == 0 && stored == "" {
		return e, err
	}
	d := decoder{data: stored}
	e.Population = int(d.uvarint())
	e.Latitude = float64(d.varint()) / 1e4
	e.Longitude = float64(d.varint()) / 1e4
	e.Of = ID(d.string())
	e.Wikidata = d.string()
	e.Description = d.string()
	if e.Name = d.string(); e.Name == "" {
		e.Name = nameOfID(e.ID)
	}
	if d.bad || d.pos != len(d.data) || e.Kind == 0 {
		return e, fmt.Errorf("gazetteer: bad record %d", i)
	}
	return e, nil
}

// name decodes a name, without its text when it is the main one.
func (d *decoder) name() (n Name, main bool) {
	flags := d.byte()
	n.Usage = Usage(flags & 3)
	if main = flags&flagMain != 0; !main {
		n.Text = d.string()
	}
	if flags&flagLang != 0 {
		n.Lang = d.string()
	}
	if flags&flagFrom != 0 {
		n.From = int(d.uvarint())
	}
	if flags&flagUntil != 0 {
		n.Until = int(d.uvarint())
	}
	return n, main
}
