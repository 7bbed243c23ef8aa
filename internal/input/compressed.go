package input

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// MaxWindow is the most memory that a zstd file may ask for: what all decoders
// must have (RFC 8878), and zstd asks for up to level 19.
const MaxWindow = 8 << 20

// errWindow says how a file that asks for more comes to be read.
var errWindow = fmt.Errorf("zstd with a window of more than %d MiB, as --long and --ultra make it; "+
	"compress it without them", MaxWindow>>20)

// decompress sets what the input holds.
func (in *Reader) decompress(raw *bufio.Reader, reserve func(int) (func(), error)) error {
	magic, _ := raw.Peek(4) // a fault comes again when it is read
	switch {
	case bytes.HasPrefix(magic, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(raw)
		if err != nil {
			return err
		}
		in.r = bufio.NewReaderSize(&members{raw, z}, 32<<10)
	case isZstd(magic):
		head, _ := raw.Peek(zstd.HeaderMaxSize)
		if reserve != nil {
			release, err := reserve(window(head))
			if err != nil {
				return err
			}
			in.closers = append(in.closers, release)
		}
		z, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(MaxWindow))
		if err != nil {
			return err
		}
		in.closers = append(in.closers, z.Close)
		in.r = bufio.NewReaderSize(frames{z}, 32<<10)
	default:
		in.r = raw
	}
	return nil
}

// isZstd reports whether a file that begins so is one of zstd, the first frame of which
// may be one to skip (RFC 8878, sections 3.1.1 and 3.1.2).
func isZstd(magic []byte) bool {
	return bytes.Equal(magic, []byte{0x28, 0xB5, 0x2F, 0xFD}) ||
		len(magic) == 4 && magic[0]&0xF0 == 0x50 && bytes.Equal(magic[1:], []byte{0x2A, 0x4D, 0x18})
}

// window returns how much memory a zstd file asks for at its beginning.
func window(head []byte) int {
	var h zstd.Header
	if err := h.Decode(head); err != nil || h.Skippable || h.WindowSize > MaxWindow {
		return MaxWindow
	}
	return int(h.WindowSize)
}

// frames reads the frames of a zstd file. It says which limit one is beyond.
type frames struct{ z *zstd.Decoder }

func (f frames) Read(p []byte) (int, error) {
	n, err := f.z.Read(p)
	if errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		err = errWindow
	}
	return n, err
}

// members reads the members of a gzip file, one after the other, and the zeros that may
// fill up what comes after the last, as tapes have it.
type members struct {
	raw *bufio.Reader
	z   *gzip.Reader
}

func (m *members) Read(p []byte) (int, error) {
	for {
		m.z.Multistream(false)
		n, err := m.z.Read(p)
		if n > 0 && err == io.EOF {
			return n, nil
		}
		if err != io.EOF {
			return n, err
		}
		for {
			next, err := m.raw.Peek(1)
			if err != nil {
				return 0, err
			}
			if next[0] != 0 {
				break
			}
			_, _ = m.raw.Discard(1) // it has it
		}
		if err := m.z.Reset(m.raw); err != nil {
			return 0, err
		}
	}
}
