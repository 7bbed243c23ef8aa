package main

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// gate bounds how many requests are let in at once, and how many bytes they hold.
type gate struct {
	mu               sync.Mutex
	requests, most   int
	bytes, mostBytes int64
}

// enter lets a request of n bytes in, or reports that there is no room for it.
func (g *gate) enter(n int64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.requests+1 > g.most || g.bytes+n > g.mostBytes {
		return false
	}
	g.requests++
	g.bytes += n
	return true
}

func (g *gate) leave(n int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requests--
	g.bytes -= n
}

// inside returns how many requests are in, and how many bytes they hold.
func (g *gate) inside() (requests int, bytes int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.requests, g.bytes
}

// turns are what requests that are let in wait for: as many work at once as there are
// processors, and each gives up its turn after a part of its text and while it writes,
// so that neither a long text nor a slow reader keeps the others waiting.
type turns chan struct{}

func (t turns) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (t turns) give() { <-t }

// What a client must do to be waited for: within the patience, and then as fast as the
// slowest rate on the average, it sends its body and takes its answer.
const (
	patience    = 10 * time.Second
	slowestRate = 128 << 10 // bytes a second
	step        = 64 << 10  // bytes between two deadlines
)

// allowance is the time that n bytes may take in all.
func allowance(n int64) time.Duration {
	return patience + time.Duration(float64(n)/slowestRate*float64(time.Second))
}

// patientWriter writes an answer to a client that takes it fast enough.
type patientWriter struct {
	w       http.ResponseWriter
	written int64
	spent   time.Duration // with writing alone
}

func (p *patientWriter) Write(b []byte) (n int, err error) {
	control := http.NewResponseController(p.w)
	for n < len(b) && err == nil {
		piece := b[n:min(n+step, len(b))]
		began := time.Now()
		// A recorder in a test has no deadlines, and needs none.
		left := min(allowance(p.written+int64(len(piece)))-p.spent, 2*patience)
		_ = control.SetWriteDeadline(began.Add(left))
		var m int
		m, err = p.w.Write(piece)
		n += m
		p.written += int64(m)
		p.spent += time.Since(began)
	}
	return n, err
}

// flush sends what was written.
func (p *patientWriter) flush() error {
	began := time.Now()
	err := http.NewResponseController(p.w).Flush()
	p.spent += time.Since(began)
	return err
}
