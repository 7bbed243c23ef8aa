package job

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/internal/input"
)

// source is one file to read, or standard input, whose path is "-".
type source struct {
	path string
	name string // of the document below the folder it was found in, without endings
}

// form returns how the source is read: as asked for or else as its ending says.
func (s source) form(asked input.Form) input.Form {
	if asked != "" {
		return asked
	}
	f, _ := input.FormOf(s.path)
	return f
}

// Several reports whether the paths may have more than one document.
func Several(paths []string, asked input.Form) bool {
	n := 0
	for source, err := range sources(paths) {
		if err == nil {
			n++
		}
		if n > 1 || source.form(asked).Documents() {
			return true
		}
	}
	return false
}

// sources walks the files that the paths name, in their order, those of a folder
// and of a glob in the order of their names; with an error, what is not there. It
// never has the names of all files in memory.
func sources(paths []string) iter.Seq2[source, error] {
	if len(paths) == 0 {
		paths = []string{"-"}
	}
	return func(yield func(source, error) bool) {
		for _, path := range paths {
			if !walk(path, yield) {
				return
			}
		}
	}
}

// walk yields what a path names. Like what it calls, it returns false when yield
// does.
func walk(path string, yield func(source, error) bool) bool {
	if path == "-" {
		return yield(source{"-", "standard-input"}, nil)
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		left := &leftOut{folder: path}
		return left.walk("", yield) && (left.count == 0 && left.found || yield(source{path: path}, left))
	case err == nil:
		return yield(source{path, input.Bare(filepath.Base(path))}, nil)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, `*?[\`):
		return glob(path, err, yield)
	}
	return yield(source{path: path}, err)
}

// leftOut is what is not read of a folder, as an error that is none.
type leftOut struct {
	folder string
	found  bool     // something is read
	count  int      // of what is not
	names  []string // of the first of those, below the folder
}

// namedLeftOut is how many of them are named.
const namedLeftOut = 5

func (l *leftOut) Error() string {
	says := l.folder + ":"
	if !l.found {
		says += " no file to read"
	}
	if l.count > 0 && !l.found {
		says += ";"
	}
	if l.count > 0 {
		says += fmt.Sprintf(" %d left out: %s", l.count, strings.Join(l.names, ", "))
	}
	if more := l.count - len(l.names); more > 0 {
		says += fmt.Sprintf(" and %d more", more)
	}
	return says
}

// add adds something.
func (l *leftOut) add(name string) {
	if l.count++; len(l.names) < namedLeftOut {
		l.names = append(l.names, name)
	}
}

// walk yields the texts in the folder and those below it, also those that links lead to:
// files of the endings that are known, in capitals too, whose names begin with no dot.
// Links to folders may go round in circles and are not followed. It starts with what is
// in the folder of a name below the first.
func (l *leftOut) walk(name string, yield func(source, error) bool) bool {
	dir := filepath.Join(l.folder, name)
	for e, err := range ordered(dir, func(e entry) bool { return !strings.HasPrefix(e.name, staging) }) {
		below := filepath.Join(name, e.name)
		path := filepath.Join(dir, e.name)
		switch {
		case err != nil:
			if !yield(source{path: dir}, err) {
				return false
			}
		case strings.HasPrefix(e.name, ".") && e.dir:
			l.add(below + string(filepath.Separator))
		case strings.HasPrefix(e.name, "."):
			l.add(below)
		case e.dir:
			if !l.walk(below, yield) {
				return false
			}
		case !ofText(e.name) || !readable(e, path):
			l.add(below)
		default:
			l.found = true
			if !yield(source{path, filepath.Join(name, input.Bare(e.name))}, nil) {
				return false
			}
		}
	}
	return true
}

// readable reports whether an entry is a file, or a link to one; what is wrong with a
// link will be said when it is opened.
func readable(e entry, path string) bool {
	if !e.link {
		return e.regular
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// ofText reports whether a file of a folder is read.
func ofText(name string) bool {
	f, known := input.FormOf(name)
	return known && f != input.JSON
}

// glob yields what matches a pattern, or missing when nothing does.
func glob(pattern string, missing error, yield func(source, error) bool) bool {
	dir, file := filepath.Split(pattern)
	dirs := []string{filepath.Clean(dir)}
	if _, err := filepath.Match(file, ""); err != nil {
		return yield(source{path: pattern}, err)
	}
	if strings.ContainsAny(dir, `*?[\`) {
		var err error
		if dirs, err = filepath.Glob(filepath.Clean(dir)); err != nil {
			return yield(source{path: pattern}, err)
		}
	}
	found := false
	for _, dir := range dirs {
		matches := func(e entry) bool {
			ok, _ := filepath.Match(file, e.name) // the pattern was tried above
			return ok
		}
		for e, err := range ordered(dir, matches) {
			if err != nil {
				continue // a file among the folders, or a folder that may not be read, has no match
			}
			found = true
			path := filepath.Join(dir, e.name)
			if path == "-" {
				path = "./-" // a file, not standard input
			}
			if !walk(path, yield) {
				return false
			}
		}
	}
	return found || yield(source{path: pattern}, missing)
}

// entry is a file or folder in a folder.
type entry struct {
	name               string
	dir, regular, link bool
}

// maxEntries is how many entries of a folder are in memory at the least. One that
// has more is read several times.
const maxEntries = 1 << 15

// ordered walks the wanted entries of a folder in the order of their names. The
// error, if there is one, comes with an empty entry.
func ordered(dir string, wanted func(entry) bool) iter.Seq2[entry, error] {
	return inBatches(dir, maxEntries, wanted)
}

// inBatches is ordered with n entries in memory at the least.
func inBatches(dir string, n int, wanted func(entry) bool) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for after := ""; ; {
			batch, more, err := next(dir, after, n, wanted)
			if err != nil {
				yield(entry{}, err)
				return
			}
			for _, e := range batch {
				if !yield(e, nil) {
					return
				}
			}
			if !more {
				return
			}
			after = batch[len(batch)-1].name
		}
	}
}

// next returns the first n or fewer wanted entries of a folder after a name, and
// whether there are more.
func next(dir, after string, n int, wanted func(entry) bool) (batch []entry, more bool, err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	keepFirst := func() {
		slices.SortFunc(batch, func(a, b entry) int { return strings.Compare(a.name, b.name) })
		if len(batch) > n {
			batch, more = batch[:n], true
		}
	}
	for {
		list, err := f.ReadDir(1024)
		for _, d := range list {
			e := entry{d.Name(), d.IsDir(), d.Type().IsRegular(), d.Type()&fs.ModeSymlink != 0}
			if e.name <= after || !wanted(e) || more && e.name > batch[n-1].name {
				continue
			}
			batch = append(batch, e)
			if len(batch) == 2*n {
				keepFirst()
			}
		}
		if errors.Is(err, io.EOF) {
			keepFirst()
			return batch, more, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
}
