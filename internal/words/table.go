package words

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"unsafe"
)

// The compiled form, little-endian, is used where it lies:
//
//	uint32 slots of the plain words, uint32 slots of the rare ones, uint32 paths
//	40 bits each: slots of the plain words, 17 bits of hash and an Info
//	uint32 each: slots of the rare words, 13 bits of hash and an Info without flags
//	uint32 each: paths
//	uint32 CRC-32C of all before
//
// A slot is searched for from where the word's hash says, upwards, and those on the way
// have more in their bits of hash (Amble and Knuth, 1974,
// https://doi.org/10.1093/comjnl/17.2.135): a search for a word that is not there ends
// where it would be, though nine slots in ten are taken. A free slot is zero.
const (
	headerSize = 12
	plainSize  = 5
	rareSize   = 4
	pathSize   = 4
)

type (
	plainTable [][plainSize]byte
	rareTable  [][rareSize]byte
)

// lexicon is a compiled form.
type lexicon struct {
	plain plainTable
	rare  rareTable
	paths [][pathSize]byte
}

// open returns the words in data. There are none in data of another form: the generator,
// which contains what it made last, is to run all the same.
func open(data string) lexicon {
	b := bytesOf(data)
	le := binary.LittleEndian
	plain, rare, paths := uint64(le.Uint32(b)), uint64(le.Uint32(b[4:])), uint64(le.Uint32(b[8:]))
	if uint64(len(b)) != headerSize+plain*plainSize+rare*rareSize+paths*pathSize+4 {
		return lexicon{plain: make(plainTable, 1), rare: make(rareTable, 1)}
	}
	b = b[headerSize:]
	l := lexicon{plain: unsafe.Slice((*[plainSize]byte)(b), plain)}
	b = b[plain*plainSize:]
	l.rare = unsafe.Slice((*[rareSize]byte)(b), rare)
	b = b[rare*rareSize:]
	l.paths = unsafe.Slice((*[pathSize]byte)(b), paths)
	return l
}

func (l *lexicon) path(n uint32) Path { return Path(binary.LittleEndian.Uint32(l.paths[n][:])) }

// lookup returns what is known of the word with the given hash.
func (l *lexicon) lookup(hash uint64) Info {
	hash = mix(hash)
	if i := l.plain.lookup(hash); i != 0 {
		return i
	}
	return l.rare.lookup(hash)
}

// home returns the slot of n that the search for a hash begins with.
func home(hash uint64, n int) int { return int(uint64(uint32(hash)) * uint64(n) >> 32) }

// tell returns the uppermost bits of a hash, never 0.
func tell(hash uint64, n int) uint64 { return max(hash>>(64-n), 1) }

func (t plainTable) lookup(hash uint64) Info {
	want := tell(hash, 8*plainSize-infoBits)
	for s := home(hash, len(t)); ; {
		slot := uint64(binary.LittleEndian.Uint32(t[s][:])) | uint64(t[s][4])<<32
		if has := slot >> infoBits; has <= want {
			if has < want {
				return 0
			}
			return Info(slot & (1<<infoBits - 1))
		}
		if s++; s == len(t) {
			s = 0
		}
	}
}

func (t rareTable) lookup(hash uint64) Info {
	want := uint32(tell(hash, 8*rareSize-flagShift))
	for s := home(hash, len(t)); ; {
		slot := binary.LittleEndian.Uint32(t[s][:])
		if has := slot >> flagShift; has <= want {
			if has < want {
				return 0
			}
			return Info(slot & (1<<flagShift - 1))
		}
		if s++; s == len(t) {
			s = 0
		}
	}
}

// Append appends the compiled form of words to dst: what is known of each, by its hash
// (fold.Hash), and the paths by number.
func Append(dst []byte, known map[uint64]Info, paths []Path) []byte {
	type entry struct {
		hash uint64
		info Info
	}
	var plain, rare []entry
	for h, i := range known {
		switch {
		case i.Flags() != 0:
			plain = append(plain, entry{mix(h), i})
		case i != 0:
			rare = append(rare, entry{mix(h), i})
		}
	}
	start := len(dst)
	le := binary.LittleEndian
	lengths := [...]int{len(plain)*5/4 + 1, len(rare)*10/9 + 1}
	for _, n := range [...]int{lengths[0], lengths[1], len(paths)} {
		dst = le.AppendUint32(dst, uint32(n))
	}
	for i, list := range [...][]entry{plain, rare} {
		size, info := plainSize, infoBits
		if i == 1 {
			size, info = rareSize, flagShift
		}
		n := 8*size - info
		slots := make([]uint64, lengths[i])
		slices.SortFunc(list, func(a, b entry) int {
			return cmp.Or(cmp.Compare(tell(b.hash, n), tell(a.hash, n)), cmp.Compare(a.hash, b.hash))
		})
		for _, e := range list {
			s := home(e.hash, len(slots))
			for slots[s] != 0 {
				s = (s + 1) % len(slots)
			}
			slots[s] = tell(e.hash, n)<<info | uint64(e.info)
		}
		for _, s := range slots {
			var b [8]byte
			le.PutUint64(b[:], s)
			dst = append(dst, b[:size]...)
		}
	}
	for _, p := range paths {
		dst = le.AppendUint32(dst, uint32(p))
	}
	return le.AppendUint32(dst, crc32.Checksum(dst[start:], castagnoli))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumsUp reports whether the checksum of a compiled form is right.
func sumsUp(data string) bool {
	b := bytesOf(data)
	n := len(b) - 4
	return n > 0 && crc32.Checksum(b[:n], castagnoli) == binary.LittleEndian.Uint32(b[n:])
}

// bytesOf returns the bytes of data, to be read only.
func bytesOf(data string) []byte { return unsafe.Slice(unsafe.StringData(data), len(data)) }
