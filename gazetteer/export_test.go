package gazetteer

import (
	"hash/crc32"
	"strings"
)

// MendChecksum returns data with the checksum that its other bytes demand.
func MendChecksum(data []byte) []byte {
	if len(data) < headerBytes {
		return data
	}
	b := append([]byte(nil), data...)
	sum := crc32.Checksum(b[len(magic)+8:], castagnoli)
	b[len(magic)+4], b[len(magic)+5], b[len(magic)+6], b[len(magic)+7] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
	return b
}

// FoldName returns the folded words of a name, joined.
func FoldName(name string) string {
	words, _, _ := nameWords(name)
	return strings.Join(words, " ")
}
