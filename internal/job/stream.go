package job

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Sink is where documents go, each whole and in order.
type Sink interface {
	// document takes a document, and before what stands between it and the one before.
	// In text is the text that goes beside it, if that is written too.
	document(name string, before []byte, out, text *spool) error
	// beside reports whether the text is written too, beside what is written of it.
	beside() bool
	// spoolDir returns the folder for what is not yet whole.
	spoolDir() string
	// flush makes what was taken visible, as far as it may be before the end.
	flush() error
	// commit ends the output with what stands after the documents: now it is whole.
	commit(after []byte) error
	// discard removes what was not committed.
	discard()
}

// stream is standard output, a device, or a file that appears under its name only
// when it is whole.
type stream struct {
	*bufio.Writer
	file *os.File  // nil for standard output
	path string    // the name that the file is to have; "" when it has it
	lock io.Closer // of file
}

func newStream(w io.Writer) *stream { return &stream{Writer: bufio.NewWriterSize(w, 64<<10)} }

// Stream returns the sink that writes to w, such as standard output.
func Stream(w io.Writer) Sink { return newStream(w) }

// File returns the sink that writes to a file, whole or not at all. What is there already and not a regular
// file, such as a device or a named pipe, is written to as it is.
func File(path string) (Sink, error) {
	mode := fs.FileMode(0o666)
	path, plain := target(path)
	info, err := os.Stat(path)
	if out, e := os.Stdout.Stat(); err == nil && e == nil && os.SameFile(info, out) {
		return newStream(os.Stdout), nil // /dev/stdout, which may be appended to
	}
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s: is a folder; only -format brat writes to one", path)
	case err == nil && !(info.Mode().IsRegular() && plain):
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		s := newStream(f)
		s.file = f
		return s, nil
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	f, lock, err := createHidden(path, mode)
	if err != nil {
		return nil, err
	}
	s := newStream(f)
	s.file, s.path, s.lock = f, path, lock
	return s, nil
}

// target returns where the links of a path lead to, be it there or not, and whether
// that is a name: what /dev/stdout leads to may have none.
func target(path string) (string, bool) {
	for range 40 {
		if to, err := filepath.EvalSymlinks(path); err == nil {
			return to, true
		}
		to, err := os.Readlink(path)
		if err != nil {
			return path, true
		}
		if _, err := os.Stat(path); err == nil {
			return path, false // it is there, but not under the name that the link gives
		}
		if !filepath.IsAbs(to) {
			dir, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return path, true
			}
			to = filepath.Join(dir, to)
		}
		path = to
	}
	return path, true
}

func (s *stream) document(_ string, before []byte, out, _ *spool) error {
	if _, err := s.Write(before); err != nil {
		return err
	}
	_, err := out.WriteTo(s.Writer)
	return err
}

func (s *stream) beside() bool { return false }

func (s *stream) spoolDir() string {
	if s.path == "" {
		return os.TempDir()
	}
	return filepath.Dir(s.path)
}

func (s *stream) flush() error {
	if s.path != "" {
		return nil // nobody sees it yet
	}
	return s.Flush()
}

func (s *stream) commit(after []byte) error {
	if _, err := s.Write(after); err != nil {
		return err
	}
	if err := s.Flush(); err != nil || s.file == nil {
		return err
	}
	if s.path == "" {
		return s.file.Close()
	}
	// A name for what is not on the disk yet would lead to half a file after a power cut.
	if err := errors.Join(s.file.Sync(), s.file.Close()); err != nil {
		return err
	}
	if err := os.Rename(s.file.Name(), s.path); err != nil {
		return err
	}
	s.file = nil
	s.lock.Close()
	syncNames(filepath.Dir(s.path))
	return nil
}

func (s *stream) discard() {
	if s.file != nil {
		s.file.Close()
		if s.path != "" {
			os.Remove(s.file.Name())
			s.lock.Close()
		}
	}
}
