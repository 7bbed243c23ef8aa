//go:build !darwin && !dragonfly && !freebsd && !linux && !netbsd && !openbsd

package job

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// lockName is the name of the lock in a folder. No document can have it.
const lockName = ".lock"

// lock locks a file or folder that was made just now until its lock is closed, or the
// process ends. On Windows what is open cannot be removed, which is lock enough; of a
// folder, a file in it is opened.
func lock(path string) (io.Closer, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return io.NopCloser(nil), err
	}
	return os.OpenFile(filepath.Join(path, lockName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// abandoned reports whether nobody has a lock of a path. Where that cannot be known,
// somebody has.
func abandoned(path string) bool {
	if runtime.GOOS != "windows" {
		return false
	}
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return false
	case info.IsDir():
		err = os.Remove(filepath.Join(path, lockName))
	default:
		err = os.Remove(path)
	}
	return err == nil || os.IsNotExist(err)
}
