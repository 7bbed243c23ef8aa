package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/steppe-ner/steppe/examples/web/page"
)

var (
	errLong = &page.Fault{Reason: "a body of more than " + strconv.Itoa(maxBody) + " bytes"}
	errLate = &page.Fault{Reason: "the body does not arrive"}
	errCut  = &page.Fault{Reason: "the body is not whole"}
)

// body lets a request in and reads its body; otherwise it says why not. What is left
// must be told.
func (s *service) body(w http.ResponseWriter, r *http.Request) (body []byte, leave func(), ok bool) {
	n := r.ContentLength
	if n > maxBody {
		refuse(w, r, http.StatusRequestEntityTooLarge, errLong)
		return nil, nil, false
	}
	through, holds := &s.large, n
	switch {
	case n < 0: // it does not say
		holds = maxBody
	case n <= smallBody:
		through = &s.small
	}
	if !through.enter(holds) {
		s.busy(w, r)
		return nil, nil, false
	}
	defer func() {
		if !ok {
			through.leave(holds)
		}
	}()
	body, err := readBody(w, r.Body, n)
	status := http.StatusOK
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		status, err = http.StatusRequestTimeout, errLate
	case err != nil:
		status, err = http.StatusBadRequest, errCut
	case len(body) > maxBody:
		status, err = http.StatusRequestEntityTooLarge, errLong
	}
	switch status {
	case http.StatusOK:
		return body, func() { through.leave(holds) }, true
	case http.StatusRequestEntityTooLarge:
		refuse(w, r, status, err)
	default: // nothing more is to be expected
		w.Header().Set("Connection", "close")
		answer(w, status, refusalOf(err))
	}
	return nil, nil, false
}

// readBody reads a body of n bytes, or of as many as there are, if n is negative, up to
// one more than may be, from a client that sends it fast enough.
func readBody(w http.ResponseWriter, r io.Reader, n int64) (body []byte, err error) {
	control := http.NewResponseController(w)
	// A recorder in a test has no deadlines, and needs none.
	_ = control.SetReadDeadline(time.Now().Add(allowance(max(n, 0))))
	if n >= 0 {
		body = make([]byte, n)
		_, err = io.ReadFull(r, body)
	} else {
		body, err = io.ReadAll(io.LimitReader(r, maxBody+1))
	}
	settle(control, err)
	return body, err
}

// discard takes what a client that is refused still sends, as far as it is no more than
// a body may be, since many read no answer before all is sent. It takes no memory.
func discard(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 || r.Header.Get("Expect") != "" { // it waits to be asked for its body
		return
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(patience))
	_, err := io.CopyN(io.Discard, r.Body, maxBody)
	if errors.Is(err, io.EOF) {
		err = nil // that is all
	}
	settle(control, err)
}

// settle sets how long the server reads on after a body. While the request is answered it
// looks whether the client is still there, which must not end. Of a body that failed it
// would read the rest, which is not to be waited for.
func settle(control *http.ResponseController, err error) {
	deadline := time.Time{}
	if err != nil {
		deadline = time.Now()
	}
	_ = control.SetReadDeadline(deadline)
}
