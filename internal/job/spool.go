package job

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

// How much of what waits to be written is in memory.
const (
	spoolBytes  = 1 << 20 // of one spool
	spoolsBytes = 6 << 20 // of all
	keptBytes   = 1 << 16 // of an empty one
)

// spools are the spools of a run, which share a folder and what may be in memory.
type spools struct {
	dir  string // of the files
	free sync.Pool
	used atomic.Int64 // bytes in memory
}

func (p *spools) get() *spool {
	if s, ok := p.free.Get().(*spool); ok {
		return s
	}
	return &spool{all: p}
}

// spool holds what is written of one document until the document is whole and it
// is its turn, in memory and beyond its share of it in a file without a name. What is
// written of a text is several times as long as the text and says much the same
// again and again: the file is compressed, to about a tenth.
type spool struct {
	all    *spools
	mem    []byte
	file   *os.File
	packed *zstd.Encoder // of file
}

func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil {
		n := int64(len(p))
		if used := s.all.used.Add(n); len(s.mem)+len(p) <= spoolBytes && used <= spoolsBytes {
			s.mem = append(s.mem, p...)
			return len(p), nil
		}
		s.all.used.Add(-n)
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
	f, err := os.CreateTemp(s.all.dir, staging+"*")
	if err != nil {
		return err
	}
	s.file = f
	_ = os.Remove(f.Name()) // where an open file cannot be removed, close does it
	s.packed, err = zstd.NewWriter(f, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(256<<10))
	if err != nil {
		return err
	}
	_, err = s.packed.Write(s.mem)
	s.empty()
	return err
}

// empty gives back what is in memory.
func (s *spool) empty() {
	s.all.used.Add(-int64(len(s.mem)))
	if s.mem = s.mem[:0]; cap(s.mem) > keptBytes {
		s.mem = nil
	}
}

// end ends the writing.
func (s *spool) end() error {
	if s.file == nil {
		return nil
	}
	err := s.packed.Close()
	s.packed = nil // it is large, and few documents need one
	if err != nil {
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

// close forgets all that was written, and keeps the spool for another document.
func (s *spool) close() {
	s.empty()
	defer s.all.free.Put(s)
	s.packed = nil
	if s.file != nil {
		s.file.Close()
		_ = os.Remove(s.file.Name()) // most often it is gone already
		s.file = nil
	}
}
