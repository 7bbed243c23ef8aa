package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// sink is where documents go, each whole and in order.
type sink interface {
	// document takes a document, and before what stands between it and the one before.
	// In text is the text that goes beside it, if that is written too.
	document(name string, before []byte, out, text *spool) error
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
	file *os.File // nil for standard output
	path string   // the name that the file is to have; "" when it has it
}

func newStream(w io.Writer) *stream { return &stream{Writer: bufio.NewWriterSize(w, 64<<10)} }

// createStream makes the stream of a path. What is there already and not a regular
// file, such as a device or a named pipe, is written to as it is.
func createStream(path string) (*stream, error) {
	mode := fs.FileMode(0o666)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s: is a folder; only -format brat writes to one", path)
	case err == nil && !info.Mode().IsRegular():
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
	// Not os.CreateTemp, whose mode no umask has a say in.
	f, err := os.OpenFile(hidden(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	s := newStream(f)
	s.file, s.path = f, path
	return s, nil
}

// hidden returns a name beside path for what is not yet to be seen.
func hidden(path string) string {
	return filepath.Join(filepath.Dir(path), fmt.Sprintf(".%.200s.tag-%x", filepath.Base(path), rand.Uint64()))
}

func (s *stream) document(_ string, before []byte, out, _ *spool) error {
	if _, err := s.Write(before); err != nil {
		return err
	}
	_, err := out.WriteTo(s.Writer)
	return err
}

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
	if err := s.file.Close(); err != nil || s.path == "" {
		return err
	}
	if err := os.Rename(s.file.Name(), s.path); err != nil {
		return err
	}
	s.file = nil
	return nil
}

func (s *stream) discard() {
	if s.file != nil {
		s.file.Close()
		if s.path != "" {
			os.Remove(s.file.Name())
		}
	}
}

// folderSink writes NAME.txt and NAME.ann for each document. They are made in a
// hidden folder and moved to their places when all of them are whole.
type folderSink struct {
	dir, staging string
	made         bool // dir is new
	count        int
}

func createFolder(dir string) (*folderSink, error) {
	_, err := os.Stat(dir)
	s := &folderSink{dir: dir, made: errors.Is(err, fs.ErrNotExist)}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if s.staging, err = os.MkdirTemp(dir, ".tag-"); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *folderSink) document(name string, _ []byte, out, text *spool) error {
	s.count++
	err := s.write(name, out, text)
	if errors.Is(err, fs.ErrExist) {
		// Another document of this run has the name.
		err = s.write(fmt.Sprintf("%s-%d", name, s.count), out, text)
	}
	return err
}

func (s *folderSink) write(name string, out, text *spool) error {
	path := filepath.Join(s.staging, localName(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := writeFile(path+".txt", text); err != nil {
		return err
	}
	return writeFile(path+".ann", out)
}

// localName returns a name that lies below the folder that it is joined to.
func localName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || strings.ContainsRune(`\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	parts := strings.FieldsFunc(filepath.ToSlash(name), func(r rune) bool { return r == '/' })
	for i, part := range parts {
		if part = strings.TrimLeft(part, "."); part == "" {
			part = "_"
		}
		for len(part) > 200 { // file systems have 255 bytes
			part = part[:strings.LastIndexFunc(part, func(rune) bool { return true })]
		}
		parts[i] = part
	}
	if len(parts) == 0 {
		return "document"
	}
	return filepath.Join(parts...)
}

func writeFile(path string, s *spool) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = s.WriteTo(f)
	return errors.Join(err, f.Close())
}

func (s *folderSink) spoolDir() string { return s.staging }

func (s *folderSink) flush() error { return nil }

func (s *folderSink) commit([]byte) error {
	if err := move(s.staging, s.dir); err != nil {
		return err
	}
	s.made = false
	return nil
}

// move moves all files in a folder and those below it to another.
func move(from, to string) error {
	for e, err := range ordered(from, func(entry) bool { return true }) {
		if err != nil {
			return err
		}
		source, target := filepath.Join(from, e.name), filepath.Join(to, e.name)
		if !e.dir {
			if err := os.Rename(source, target); err != nil {
				return err
			}
			continue
		}
		if err := os.MkdirAll(target, 0o777); err != nil {
			return err
		}
		if err := move(source, target); err != nil {
			return err
		}
	}
	return nil
}

func (s *folderSink) discard() {
	os.RemoveAll(s.staging)
	if s.made {
		os.Remove(s.dir) // only when it is empty
	}
}
