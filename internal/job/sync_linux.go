package job

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncBelow has all that was written to the file system of a folder put on the disk: of
// many small files that takes a fraction of the time that each by itself would.
func syncBelow(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Syncfs(int(f.Fd()))
}

// syncNames has the names in a folder put on the disk, where that can be asked for: not
// every file system knows it, and one may write to a folder that one may not read.
func syncNames(dir string) {
	if f, err := os.Open(dir); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
