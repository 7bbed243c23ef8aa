package main

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"
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
	total int64 // bytes, as far as they are known
	bar   *progressbar.ProgressBar
	w     io.Writer
}

func newProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return &progress{}
	}
	return &progress{w: w}
}

// begin draws the bar when the total is known; -1 bytes in all is a spinner.
func (p *progress) begin() {
	if p.w == nil {
		return
	}
	total := p.total
	if total == 0 {
		total = -1
	}
	p.bar = progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.w), progressbar.OptionShowBytes(true), progressbar.OptionShowTotalBytes(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
}

// add notes a document of n bytes.
func (p *progress) add(n int) {
	if p.bar != nil {
		p.bar.Add(n) // what a terminal refuses is not worth an error
	}
}

// finish clears the bar's line.
func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
