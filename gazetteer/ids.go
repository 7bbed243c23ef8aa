package gazetteer

import (
	"encoding/binary"
	"errors"
	"slices"
	"sort"
	"strings"
	"unsafe"
)

// appendIDs appends the IDs of records and their countries: the length of what follows
// when decoded, a uvarint, and what follows, which may be DEFLATE. That is a byte for each
// entry, in order, that says how many its ID has in common with the one before; the rest of
// each ID and a line feed; and the countries, one after another.
func appendIDs(dst []byte, records []record) []byte {
	var common, rests, countries []byte
	last := ""
	for _, r := range records {
		id := string(r.entry.ID)
		n := 0
		for n < min(len(id), len(last), 255) && id[n] == last[n] {
			n++
		}
		common = append(common, byte(n))
		rests = append(append(rests, id[n:]...), '\n')
		countries = append(countries, r.entry.Country...)
		last = id
	}
	dst = binary.AppendUvarint(dst, uint64(len(common)+len(rests)+len(countries)))
	return slices.Concat(dst, common, rests, countries)
}

func appendString(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// writeOutIDs sets c.ids and c.idStarts from what is stored.
func (c *compiled) writeOutIDs(stored string) error {
	bad := errors.New("gazetteer: ID out of range")
	body, ok := inflateAfterLength(stored, min(maxIDBytes, uint64(c.entryCount)*(MaxNameBytes+6)))
	if !ok {
		return bad
	}
	end := len(body) // where the rests end and the countries begin
	for i := range c.entryCount {
		end -= countryLetters(c.data[c.kinds+i])
	}
	if end < c.entryCount {
		return bad
	}
	rests, countries := body[c.entryCount:end], body[end:]
	c.idStarts = make([]uint32, 0, c.entryCount+1)
	ids := make([]byte, 0, 3*len(body))
	last, size := 0, 0 // where the ID before begins, and its length
	for i := range c.entryCount {
		common := int(body[i])
		rest, after, ok := strings.Cut(rests, "\n")
		if !ok || common > size || common+len(rest) > MaxNameBytes {
			return bad
		}
		rests = after
		start := len(ids)
		c.idStarts = append(c.idStarts, uint32(start))
		ids = append(ids, ids[last:last+common]...)
		ids = append(ids, rest...)
		last, size = start, common+len(rest)
		letters := countryLetters(c.data[c.kinds+i])
		ids = append(ids, countries[:letters]...)
		countries = countries[letters:]
		if len(ids) > maxIDBytes {
			return bad
		}
	}
	if rests != "" {
		return bad
	}
	c.idStarts = append(c.idStarts, uint32(len(ids)))
	c.ids = unsafe.String(unsafe.SliceData(ids), len(ids)) // nothing writes to them any more
	return nil
}

// find returns the number of the record with the given ID.
func (c *compiled) find(id ID) (int, bool) {
	return sort.Find(c.entryCount, func(i int) int { return strings.Compare(string(id), string(c.id(i))) })
}
