package gazetteer

import (
	"encoding/binary"
	"strings"

	"github.com/steppe-ner/steppe/internal/hashing"
	"github.com/steppe-ner/steppe/internal/trie"
)

// MendChecksum returns data with the checksum that its other bytes demand.
func MendChecksum(data []byte) []byte {
	if len(data) < headerBytes {
		return data
	}
	b := append([]byte(nil), data...)
	sum := hashing.Sum(b[len(magic)+8:])
	b[len(magic)+4], b[len(magic)+5], b[len(magic)+6], b[len(magic)+7] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
	return b
}

// FoldName returns the folded words of a name, joined.
func FoldName(name string) string {
	words, _, _ := nameWords(name)
	return strings.Join(words, " ")
}

// ClaimDecoded returns compiled data that say of their first block that it has n bytes
// when decoded, and of the others that they have none.
func ClaimDecoded(data []byte, n uint32) []byte {
	g, err := open(string(data), trie.Parse)
	if err != nil {
		panic(err)
	}
	b := append([]byte(nil), data...)
	for at := g.index; at < g.storedIDs; at += indexBytes {
		binary.LittleEndian.PutUint32(b[at+8:], n)
		n = 0
	}
	return MendChecksum(b)
}

// ClaimNames returns compiled data without compression that say of a record, which
// had so many names, that it has other ones.
func ClaimNames(data []byte, claim func(had int) []Name) []byte {
	g, err := open(string(data), trie.Parse)
	if err != nil {
		panic(err)
	}
	var records []record
	for i := range g.entryCount {
		records = append(records, g.record(i))
	}
	records[0].names = claim(len(records[1].names))
	h, err := compile(records[1:], nil, spellings{})
	if err != nil {
		panic(err)
	}
	counts, index, blocks := appendRows(append(records[:1:1], records[2:]...))
	body := []byte(h.data[len(magic)+8 : h.index])
	binary.LittleEndian.PutUint32(body[12:], uint32(counts[ofEntries]))
	binary.LittleEndian.PutUint32(body[16:], uint32(counts[ofNames]))
	body = append(body, index...)
	body = append(body, h.data[h.storedIDs:h.firstBlock]...)
	body = append(body, blocks...)
	return []byte(seal(append(body, h.data[h.firstBlock+h.blocksEnd():]...)))
}

// ClaimIDs returns compiled data with other bytes for the IDs, after a claim of what they
// are when decoded.
func ClaimIDs(data, ids []byte) []byte {
	g, err := open(string(data), trie.Parse)
	if err != nil {
		panic(err)
	}
	ids = append(binary.AppendUvarint(nil, uint64(len(ids))), ids...)
	body := append([]byte(g.data[len(magic)+8:g.storedIDs]), ids...)
	binary.LittleEndian.PutUint32(body[8:], uint32(len(ids)))
	return []byte(seal(append(body, g.data[g.firstBlock:]...)))
}

// Lengths returns where the lengths of compiled data stand: the header's, the index's
// and the trie's.
func Lengths(data []byte) (at []int) {
	g, err := open(string(data), trie.Parse)
	if err != nil {
		panic(err)
	}
	for i := range 8 {
		at = append(at, len(magic)+8+4*i)
	}
	for i := g.index; i < g.storedIDs; i += 4 {
		at = append(at, i)
	}
	for i := range 8 {
		at = append(at, g.firstBlock+g.blocksEnd()+4*i)
	}
	return at
}

// blocksEnd returns where the last block ends.
func (c *compiled) blocksEnd() int {
	return int(leUint32(c.data, c.storedIDs-indexBytes+4))
}

// Size is how much room is left; 0 stands for all.
type Size struct{ Entities, Names, Words, Bytes int }

// FillBut makes b count as if it had all but so much of what it may have.
func (b *Builder) FillBut(left Size) {
	fill := func(most, left int) int {
		if left == 0 {
			return 0
		}
		return most - left
	}
	b.size = size{fill(MaxEntities, left.Entities), fill(MaxNames, left.Names), fill(MaxWords, left.Words), fill(MaxBytes, left.Bytes)}
}

// OpenDefault does again what the first call of Default does.
func OpenDefault() error {
	_, err := open(defaultData, trie.Open)
	return err
}

// Flatten returns the layers of g compiled into one list.
func (g *Gazetteer) Flatten() *Gazetteer {
	c, err := g.flatten()
	if err != nil {
		panic(err)
	}
	return newGazetteer(c)
}

// AppendMatches and AppendListing are those of package listing.
var (
	AppendMatches = (*Gazetteer).appendEnglish
	AppendListing = (*Gazetteer).appendListing
)
