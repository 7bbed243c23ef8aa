//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package job

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// lock locks a file or folder that was made just now until its lock is closed, or the
// process ends.
func lock(path string) (io.Closer, error) {
	f, err := locked(path)
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errTaken
	case errors.Is(err, errors.ErrUnsupported), errors.Is(err, syscall.ENOLCK):
		return io.NopCloser(nil), nil // a file system without locks
	case err != nil:
		return nil, err
	}
	mine, err := f.Stat()
	if err == nil {
		var there os.FileInfo
		if there, err = os.Lstat(path); err == nil && os.SameFile(mine, there) {
			return f, nil
		}
	}
	f.Close()
	return nil, errTaken
}

// abandoned reports whether nobody has a lock of a path.
func abandoned(path string) bool {
	f, err := locked(path)
	if err != nil {
		return false
	}
	f.Close()
	return true
}

// locked opens and locks a path.
func locked(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
