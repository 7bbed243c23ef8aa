package words

import (
	"encoding/binary"
	"unsafe"

	"github.com/steppe-ner/steppe/internal/hashing"
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
	b := hashing.Bytes(data)
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
	hash = hashing.Spread(hash)
	if i := l.plain.lookup(hash); i != 0 {
		return i
	}
	return l.rare.lookup(hash)
}

func (t plainTable) lookup(hash uint64) Info {
	want := hashing.Tell(hash, 8*plainSize-infoBits)
	for s := hashing.Home(hash, len(t)); ; {
		slot := uint64(binary.LittleEndian.Uint32(t[s][:])) | uint64(t[s][4])<<32
		if has := slot >> infoBits; has <= want {
			if has < want {
				return 0
			}
			return Info(slot & (1<<infoBits - 1))
		}
		s = hashing.Next(s, len(t))
	}
}

func (t rareTable) lookup(hash uint64) Info {
	want := uint32(hashing.Tell(hash, 8*rareSize-flagShift))
	for s := hashing.Home(hash, len(t)); ; {
		slot := binary.LittleEndian.Uint32(t[s][:])
		if has := slot >> flagShift; has <= want {
			if has < want {
				return 0
			}
			return Info(slot & (1<<flagShift - 1))
		}
		s = hashing.Next(s, len(t))
	}
}

// Append appends the compiled form of words to dst: what is known of each, by its hash
// (fold.Hash), and the paths by number.
func Append(dst []byte, known map[uint64]Info, paths []Path) []byte {
	var plain, rare []uint64 // spread
	infos := map[uint64]Info{}
	for h, i := range known {
		h = hashing.Spread(h)
		infos[h] = i
		switch {
		case i.Flags() != 0:
			plain = append(plain, h)
		case i != 0:
			rare = append(rare, h)
		}
	}
	start := len(dst)
	le := binary.LittleEndian
	lengths := [...]int{len(plain)*5/4 + 1, len(rare)*10/9 + 1}
	for _, n := range [...]int{lengths[0], lengths[1], len(paths)} {
		dst = le.AppendUint32(dst, uint32(n))
	}
	for i, list := range [...][]uint64{plain, rare} {
		size, info := plainSize, infoBits
		if i == 1 {
			size, info = rareSize, flagShift
		}
		bits := 8*size - info
		for _, k := range hashing.Ordered(list, lengths[i], bits) {
			var b [8]byte
			if k != 0 {
				h := list[k-1]
				le.PutUint64(b[:], hashing.Tell(h, bits)<<info|uint64(infos[h]))
			}
			dst = append(dst, b[:size]...)
		}
	}
	for _, p := range paths {
		dst = le.AppendUint32(dst, uint32(p))
	}
	return le.AppendUint32(dst, hashing.Sum(dst[start:]))
}

// sumsUp reports whether the checksum of a compiled form is right.
func sumsUp(data string) bool {
	b := hashing.Bytes(data)
	n := len(b) - 4
	return n > 0 && hashing.Sum(b[:n]) == binary.LittleEndian.Uint32(b[n:])
}
