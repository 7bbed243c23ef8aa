//go:build !linux

package job

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// syncBelow has all files in a folder and those below it put on the disk.
func syncBelow(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		err = f.Sync()
		if errors.Is(err, errors.ErrUnsupported) {
			err = nil
		}
		return errors.Join(err, f.Close())
	})
}

// syncNames has the names in a folder put on the disk, where that can be asked for.
func syncNames(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync() // not every file system knows it
		f.Close()
	}
}
