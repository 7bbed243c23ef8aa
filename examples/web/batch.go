package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/steppe-ner/steppe/examples/web/page"
	"github.com/steppe-ner/steppe/internal/lines"
)

// Limits of batches, each of which may go on for any time.
const (
	batches    = 16      // at once
	maxLine    = 1 << 20 // bytes
	batchBytes = 3 * maxLine
	maxPause   = time.Minute // between what arrives of it
)

// batch answers JSON Lines by JSON Lines, a line a request, in order, while they come.
// A line that is refused does not end it.
func (s *service) batch(w http.ResponseWriter, r *http.Request) {
	if !s.batches.enter(batchBytes) {
		s.busy(w, r)
		return
	}
	defer s.batches.leave(batchBytes)
	control := http.NewResponseController(w)
	_ = control.EnableFullDuplex() // HTTP/2 always has it
	w.Header().Set("Content-Type", "application/jsonl")
	out := &patientWriter{w: w}
	n, answered := 0, false
	for line, err := range lines.All(&pausing{r.Body, control}, maxLine) {
		n++
		var broken bool
		select {
		case <-s.ending:
			err, broken = errors.New("the service is ending"), true
		default:
			broken = err != nil && !errors.Is(err, lines.ErrTooLong)
		}
		switch {
		case broken:
			_ = writeRefusal(out, n, fmt.Errorf("nothing more is answered: %w", err))
			return
		case err != nil:
			err = writeRefusal(out, n, &page.Fault{Reason: fmt.Sprintf("a line of more than %d bytes", maxLine)})
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			err = s.line(r, out, line, n)
		}
		if err == nil {
			err = out.flush()
		}
		if err != nil {
			panic(http.ErrAbortHandler) // so that the client sees that there would be more
		}
		answered = true
	}
	if !answered {
		refuse(w, r, http.StatusBadRequest, &page.Fault{Reason: "nothing where lines should be"})
	}
}

// line answers a line. What is refused is written without a turn, too.
func (s *service) line(r *http.Request, out io.Writer, line []byte, n int) error {
	if err := s.turns.take(r.Context()); err != nil {
		return err
	}
	request, err := page.Decode(line, page.Line)
	var tagger *page.Tagger
	if err == nil {
		request.Line = n
		tagger, err = s.tagger(request)
	}
	if err != nil {
		s.turns.give()
		return writeRefusal(out, n, err)
	}
	defer s.turns.give()
	return s.write(r.Context(), out, tagger, request)
}

func writeRefusal(w io.Writer, line int, err error) error {
	data, err := json.Marshal(struct {
		Line int `json:"line"`
		refusal
	}{line, refusalOf(err)})
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// pausing reads from a client that pauses, but not for too long.
type pausing struct {
	r       io.Reader
	control *http.ResponseController
}

func (p *pausing) Read(b []byte) (int, error) {
	_ = p.control.SetReadDeadline(time.Now().Add(maxPause))
	return p.r.Read(b)
}
