package main

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// source is one file to read, or standard input, whose path is "-".
type source struct {
	path string
	name string // of the document below the folder it was found in, without endings
}

// input returns how the source is read: as the flag says or else by its ending.
func (s source) input(flag string) string {
	if flag != "" {
		return flag
	}
	switch filepath.Ext(uncompressed(s.path)) {
	case ".jsonl":
		return "jsonl"
	case ".html", ".htm":
		return "html"
	}
	return "text"
}

// endings are those of the files that are read of a folder.
var endings = []string{".txt", ".jsonl", ".html", ".htm"}

// uncompressed returns a path without the ending of a compressed file.
func uncompressed(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
}

// bare returns a path without the endings that this command knows.
func bare(path string) string {
	path = uncompressed(path)
	if ext := filepath.Ext(path); slices.Contains(endings, ext) {
		path = strings.TrimSuffix(path, ext)
	}
	return path
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
		return folder(path, "", yield)
	case err == nil:
		return yield(source{path, bare(filepath.Base(path))}, nil)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, `*?[\`):
		return glob(path, err, yield)
	}
	return yield(source{path: path}, err)
}

// folder yields the texts in a folder and those below it, also those that links lead to;
// links to folders may go round in circles and are not followed.
func folder(dir, name string, yield func(source, error) bool) bool {
	wanted := func(e entry) bool {
		switch {
		case e.dir:
			return !strings.HasPrefix(e.name, staging) // of a run that was killed, or is under way
		case !slices.Contains(endings, filepath.Ext(uncompressed(e.name))):
			return false
		case e.link:
			info, err := os.Stat(filepath.Join(dir, e.name))
			return err != nil || info.Mode().IsRegular() // what is wrong with it will be said
		}
		return e.regular
	}
	for e, err := range ordered(dir, wanted) {
		path := filepath.Join(dir, e.name)
		if err == nil && e.dir {
			if !folder(path, filepath.Join(name, e.name), yield) {
				return false
			}
			continue
		}
		if !yield(source{path, filepath.Join(name, bare(e.name))}, err) {
			return false
		}
	}
	return true
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
