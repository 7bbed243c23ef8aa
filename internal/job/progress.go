package job

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// IsTerminal reports whether w is a terminal that can be steered.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// progress is a bar with rate and time left on a terminal; elsewhere it is silent.
type progress struct {
	mu  sync.Mutex
	bar *progressbar.ProgressBar // nil for none
}

// newProgress returns the progress of reading the paths. Their sizes are added up
// while the first are already read.
func newProgress(w io.Writer, paths []string) *progress {
	if !IsTerminal(w) {
		return &progress{}
	}
	p := &progress{bar: progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true), progressbar.OptionShowTotalBytes(true),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))}
	go func() {
		var total int64
		for s, err := range sources(paths) {
			if s.path == "-" {
				return // nobody knows how much there is
			}
			if info, statErr := os.Stat(s.path); err == nil && statErr == nil {
				total += info.Size()
			}
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.bar != nil && total > 0 {
			p.bar.ChangeMax64(total)
		}
	}()
	return p
}

// add notes n bytes read.
func (p *progress) add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Add(n) // what a terminal refuses is not worth an error
	}
}

// clear clears the line, for a message to stand there.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// finish clears the line and ends the bar.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
		p.bar = nil
	}
}
