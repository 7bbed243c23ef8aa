package job

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// What is not yet to be seen has a hidden name, and is locked for as long as it is under
// way: what is not was left by a run that was killed, and is removed by the next that
// writes to the same place.

// staging is how the name of a folder or file begins that holds what is not yet to be
// seen.
const staging = ".tag-"

// hiddenPrefix is how the names of files begin that are to become path.
func hiddenPrefix(path string) string {
	return fmt.Sprintf(".%.200s%s", filepath.Base(path), staging)
}

// createHidden makes a file beside path for what is not yet to be seen, and locks it.
func createHidden(path string, mode fs.FileMode) (*os.File, io.Closer, error) {
	removeLeft(filepath.Dir(path), hiddenPrefix(path))
	removeLeft(filepath.Dir(path), staging)
	for {
		// Not os.CreateTemp, whose mode no umask has a say in.
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf("%s%x", hiddenPrefix(path), rand.Uint64()))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return nil, nil, err
		}
		l, err := lock(name)
		switch {
		case err == nil:
			return f, l, nil
		case !errors.Is(err, errTaken):
			return nil, nil, errors.Join(err, f.Close(), os.Remove(name))
		}
		f.Close() // it was taken for one that was left
	}
}

// createStaging makes a folder in dir for what is not yet to be seen, and locks it.
func createStaging(dir string) (string, io.Closer, error) {
	removeLeft(dir, staging)
	for {
		name, err := os.MkdirTemp(dir, staging)
		if err != nil {
			return "", nil, err
		}
		l, err := lock(name)
		switch {
		case err == nil:
			return name, l, nil
		case !errors.Is(err, errTaken):
			return "", nil, errors.Join(err, os.RemoveAll(name))
		}
	}
}

// errTaken says that another run has removed, or is about to remove, what was made just
// now.
var errTaken = errors.New("taken for what was left")

// removeLeft removes what runs that were killed have left in a folder under names that
// begin so. What cannot be removed stays.
func removeLeft(dir, prefix string) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, d := range list {
		if path := filepath.Join(dir, d.Name()); strings.HasPrefix(d.Name(), prefix) && abandoned(path) {
			os.RemoveAll(path)
		}
	}
}
