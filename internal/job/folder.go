package job

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// folderSink writes NAME.txt and NAME.ann for each document. They are made in a
// hidden folder and moved to their places when all of them are whole.
type folderSink struct {
	dir, staging string
	lock         io.Closer // of staging
	force        bool      // other annotations are overwritten
	made         bool      // dir is new
	count        int
}

// Folder returns the sink that writes to a folder. No text in it is overwritten by
// another, and no annotations by others unless force is set.
func Folder(dir string, force bool) (Sink, error) {
	_, err := os.Stat(dir)
	s := &folderSink{dir: dir, force: force, made: errors.Is(err, fs.ErrNotExist)}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	if s.staging, s.lock, err = createStaging(dir); err != nil {
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
	if err := s.spare(name, out, text); err != nil {
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

// spare refuses to put anything in the place of what is no file, of another text, which
// may be what was read, or of other annotations, which somebody may have made. Where a
// file stands in the place of a folder it says so.
func (s *folderSink) spare(name string, out, text *spool) error {
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
	if other, err := differs(path+".txt", text); err != nil {
		return err
	} else if other {
		return &refusal{path + ".txt holds another text, which is not overwritten"}
	}
	if s.force {
		return nil
	}
	// brat wants a file without annotations beside a text that nobody has read yet.
	if info, err := os.Stat(path + ".ann"); err == nil && info.Size() == 0 {
		return nil
	}
	if other, err := differs(path+".ann", out); err != nil {
		return err
	} else if other {
		return &refusal{path + ".ann holds other annotations, which only -force overwrites"}
	}
	return nil
}

// differs reports whether there is a file that holds something else.
func differs(path string, s *spool) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, &refusal{err.Error()}
	}
	defer f.Close()
	same := &comparer{f: bufio.NewReader(f)}
	if _, err := s.WriteTo(same); errors.Is(err, errDiffers) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	_, err = same.f.ReadByte()
	return err == nil, nil
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

func writeFile(path string, s *spool) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = s.WriteTo(f)
	return errors.Join(err, f.Close())
}

func (s *folderSink) beside() bool { return true }

func (s *folderSink) spoolDir() string { return s.staging }

func (s *folderSink) flush() error { return nil }

func (s *folderSink) commit([]byte) error {
	// All places are looked at before the first file is moved.
	if err := move(s.staging, s.dir, false); err != nil {
		return err
	}
	// Names for what is not on the disk yet would lead to half a file after a power cut.
	if err := syncBelow(s.staging); err != nil {
		return err
	}
	if err := move(s.staging, s.dir, true); err != nil {
		return err
	}
	s.made = false
	syncNames(s.dir)
	return nil
}

// move moves all files in a folder and those below it to another, or only looks whether
// they can be.
func move(from, to string, really bool) error {
	ofDocument := func(e entry) bool { return !strings.HasPrefix(e.name, ".") } // as a lock is, and what is spooled
	for e, err := range ordered(from, ofDocument) {
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
	s.lock.Close()
	os.RemoveAll(s.staging)
	if s.made {
		os.Remove(s.dir) // only when it is empty
	}
}
