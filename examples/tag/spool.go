package main

import (
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// spoolBytes is how much of a spool is in memory.
const spoolBytes = 1 << 20

// spool holds what is written of one document until the document is whole and it
// is its turn, in memory and beyond spoolBytes in a file without a name. What is
// written of a text is several times as long as the text and says much the same
// again and again: the file is compressed, to about a tenth.
type spool struct {
	dir    string // of the file
	mem    []byte
	file   *os.File
	packed *zstd.Encoder // of file
}

func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil {
		if len(s.mem)+len(p) <= spoolBytes {
			s.mem = append(s.mem, p...)
			return len(p), nil
		}
		if err := s.spill(); err != nil {
			return 0, fmt.Errorf("temporary file: %w", err)
		}
	}
	n, err := s.packed.Write(p)
	if err != nil {
		err = fmt.Errorf("temporary file: %w", err)
	}
	return n, err
}

// spill moves what is in memory to a file.
func (s *spool) spill() error {
	f, err := os.CreateTemp(s.dir, ".tag-*")
	if err != nil {
		return err
	}
	s.file = f
	_ = os.Remove(f.Name()) // where an open file cannot be removed, close does it
	if s.packed == nil {
		s.packed, err = zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(256<<10))
		if err != nil {
			return err
		}
	} else {
		s.packed.Reset(f)
	}
	_, err = s.packed.Write(s.mem)
	s.mem = s.mem[:0]
	return err
}

// end ends the writing.
func (s *spool) end() error {
	if s.file == nil {
		return nil
	}
	if err := s.packed.Close(); err != nil {
		return fmt.Errorf("temporary file: %w", err)
	}
	return nil
}

// WriteTo writes to w what was written to the spool before its end.
func (s *spool) WriteTo(w io.Writer) (int64, error) {
	if s.file == nil {
		n, err := w.Write(s.mem)
		return int64(n), err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	r, err := zstd.NewReader(s.file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return r.WriteTo(w)
}

// close forgets all that was written.
func (s *spool) close() {
	s.mem = s.mem[:0]
	if s.file != nil {
		s.file.Close()
		_ = os.Remove(s.file.Name()) // most often it is gone already
		s.file = nil
	}
}
