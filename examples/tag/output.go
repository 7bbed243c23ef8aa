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
	"slices"
	"strings"
	"syscall"
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
	// Not os.CreateTemp, whose mode no umask has a say in.
	f, err := os.OpenFile(hidden(path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	s := newStream(f)
	s.file, s.path = f, path
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

// staging is how the name of a folder or file begins that holds what is not yet to be
// seen.
const staging = ".tag-"

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
	if s.staging, err = os.MkdirTemp(dir, staging); err != nil {
		return nil, err
	}
	return s, nil
}

// refusal is why a sink does not take a document. Others may follow.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

// document writes NAME.txt and NAME.ann, or with a number behind the name when another
// document of this run has it, or no file can have it.
func (s *folderSink) document(name string, _ []byte, out, text *spool) error {
	s.count++
	local := localName(name)
	err := s.write(local, out, text)
	for n := s.count; err != nil; n++ {
		switch {
		case n == s.count+maxNames:
			return &refusal{fmt.Sprintf("%s: %d names like it are taken", local, maxNames)}
		case errors.Is(err, fs.ErrExist), errors.Is(err, syscall.EISDIR):
		case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENAMETOOLONG):
			local = strings.ReplaceAll(local, string(filepath.Separator), "_")
		default:
			return err
		}
		folder, file := filepath.Split(local)
		err = s.write(fmt.Sprintf("%s%s-%d", folder, shortened(file, maxName), n), out, text)
	}
	return nil
}

// write writes the two files of a document, or none.
func (s *folderSink) write(name string, out, text *spool) error {
	if err := s.spare(name, text); err != nil {
		return err
	}
	path := filepath.Join(s.staging, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := writeFile(path+".txt", text); err != nil {
		return err
	}
	err := writeFile(path+".ann", out)
	if err != nil {
		os.Remove(path + ".txt")
	}
	return err
}

// spare refuses to put anything in the place of what is no file, or of another text: it
// may be what was read. Where a file stands in the place of a folder it says so.
func (s *folderSink) spare(name string, text *spool) error {
	for folder := filepath.Dir(name); folder != "."; folder = filepath.Dir(folder) {
		path := filepath.Join(s.dir, folder)
		if _, err := os.Lstat(path); err != nil {
			continue // it is to be made
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return &fs.PathError{Op: "write below", Path: path, Err: syscall.ENOTDIR}
		}
	}
	path := filepath.Join(s.dir, name)
	for _, ending := range []string{".txt", ".ann"} {
		switch info, err := os.Stat(path + ending); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return &refusal{err.Error()}
		case !info.Mode().IsRegular():
			return &refusal{path + ending + " is no file"}
		}
	}
	f, err := os.Open(path + ".txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return &refusal{err.Error()}
	}
	defer f.Close()
	same := &comparer{f: bufio.NewReader(f)}
	if _, err := text.WriteTo(same); err != nil && err != errDiffers {
		return err
	} else if _, more := same.f.ReadByte(); err != nil || more == nil {
		return &refusal{path + ".txt holds another text, which is not overwritten"}
	}
	return nil
}

// comparer takes what a file holds.
type comparer struct{ f *bufio.Reader }

var errDiffers = errors.New("differs")

func (c *comparer) Write(p []byte) (int, error) {
	for i := range p {
		if b, err := c.f.ReadByte(); err != nil || b != p[i] {
			return i, errDiffers
		}
	}
	return len(p), nil
}

// Limits of names, in bytes: file systems have 255 for a name, and 4,096 for a path.
const (
	maxName  = 200
	maxPath  = 1000
	maxNames = 10_000 // that are tried for one document
)

// localName returns a name that lies below the folder that it is joined to.
func localName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || strings.ContainsRune(`\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	parts := strings.FieldsFunc(filepath.ToSlash(name), func(r rune) bool { return r == '/' })
	length := 0
	for i, part := range slices.Backward(parts) {
		if part = strings.TrimLeft(part, "."); part == "" {
			part = "_"
		}
		parts[i] = shortened(part, maxName)
		if length += len(parts[i]) + 1; length > maxPath {
			parts = parts[i+1:]
			break
		}
	}
	if len(parts) == 0 {
		return "document"
	}
	return filepath.Join(parts...)
}

// shortened returns as much of the beginning of a name as fits in n bytes.
func shortened(name string, n int) string {
	for len(name) > n {
		name = name[:strings.LastIndexFunc(name, func(rune) bool { return true })]
	}
	return name
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
	// All places are looked at before the first file is moved.
	if err := move(s.staging, s.dir, false); err != nil {
		return err
	}
	if err := move(s.staging, s.dir, true); err != nil {
		return err
	}
	s.made = false
	return nil
}

// move moves all files in a folder and those below it to another, or only looks whether
// they can be.
func move(from, to string, really bool) error {
	for e, err := range ordered(from, func(entry) bool { return true }) {
		if err != nil {
			return err
		}
		source, target := filepath.Join(from, e.name), filepath.Join(to, e.name)
		info, err := os.Stat(target)
		_, missing := os.Lstat(target)
		switch {
		case err == nil && info.IsDir() && !e.dir:
			return &fs.PathError{Op: "write", Path: target, Err: syscall.EISDIR}
		case missing == nil && e.dir && (err != nil || !info.IsDir()):
			return &fs.PathError{Op: "write below", Path: target, Err: syscall.ENOTDIR}
		case e.dir && really:
			if err := os.MkdirAll(target, 0o777); err != nil {
				return err
			}
		case !e.dir && really:
			if err := os.Rename(source, target); err != nil {
				return err
			}
		}
		if e.dir {
			if err := move(source, target, really); err != nil {
				return err
			}
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
