package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// output is a file that appears under its name only when it is whole.
type output struct {
	*os.File
	path string
}

func createOutput(path string) (*output, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return nil, err
	}
	return &output{f, path}, nil
}

// commit gives the file its name.
func (o *output) commit() error {
	if err := o.Chmod(0o644); err != nil {
		return err
	}
	if err := o.Close(); err != nil {
		return err
	}
	return os.Rename(o.Name(), o.path)
}

// discard removes what commit has not given its name.
func (o *output) discard() {
	o.Close()
	os.Remove(o.Name())
}

// isTerminal reports whether w is a terminal, as far as its file mode tells.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// progress is a bar on a terminal; elsewhere it is silent.
type progress struct {
	w           io.Writer // nil when silent
	total, done int64     // bytes
	documents   int
	start, last time.Time
}

func newProgress(w io.Writer) *progress {
	p := &progress{start: time.Now()}
	if isTerminal(w) {
		p.w = w
	}
	return p
}

// add notes a document of n bytes.
func (p *progress) add(n int) {
	p.done += int64(n)
	p.documents++
	if p.w == nil || time.Since(p.last) < 200*time.Millisecond {
		return
	}
	p.last = time.Now()
	const width = 30
	rate := float64(p.done) / 1e6 / time.Since(p.start).Seconds()
	if p.total <= 0 {
		fmt.Fprintf(p.w, "\r\x1b[K%d documents, %.1f MB/s", p.documents, rate)
		return
	}
	filled := int(min(p.done, p.total) * width / p.total)
	fmt.Fprintf(p.w, "\r\x1b[K[%-*s] %3d %% %d documents, %.1f MB/s", width, "##############################"[:filled], min(p.done, p.total)*100/p.total, p.documents, rate)
}

// finish clears the bar's line.
func (p *progress) finish() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
