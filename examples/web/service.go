package main

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/examples/web/page"
)

// Limits of what requests hold in memory. Small ones have a gate of their own, so that
// large ones never keep them out.
const (
	maxBody       = 8 << 20 // bytes of a request
	smallBody     = 64 << 10
	smallRequests = 128
	largeRequests = 64
	largeBytes    = 24 << 20
)

// service is the page and the JSON service.
type service struct {
	http.Handler
	small, large, batches gate
	turns                 turns
	naming                chan struct{} // held by the request whose names are being laid over the built-in ones
	metrics               *meters
	ending                chan struct{} // closed when the server is to end
	end                   func()        // closes it
}

// route is a path, by which methods it may be asked for, and what answers.
type route struct {
	methods []string
	serve   http.HandlerFunc
}

var (
	get  = []string{http.MethodGet, http.MethodHead}
	post = []string{http.MethodPost}
)

// policy lets the page load what this server has, and nothing else.
const policy = metaPolicy + "; frame-ancestors 'none'"

// newService returns the service for the hosts given, besides IP addresses and localhost.
func newService(hosts []string) *service {
	s := &service{
		small:   gate{most: smallRequests, mostBytes: smallRequests * smallBody},
		large:   gate{most: largeRequests, mostBytes: largeBytes},
		batches: gate{most: batches, mostBytes: batches * batchBytes},
		turns:   make(turns, runtime.GOMAXPROCS(0)),
		naming:  make(chan struct{}, 1),
		ending:  make(chan struct{}),
	}
	s.end = sync.OnceFunc(func() { close(s.ending) })
	s.metrics = newMeters(s)
	routes := map[string]route{
		"/v1/entities": {post, s.one(page.Entities, "application/json")},
		// Even HTML is to be saved, not shown.
		"/v1/convert": {post, s.one(page.Convert, "text/plain; charset=utf-8")},
		"/v1/batch":   {post, s.batch},
		"/healthz":    {get, s.healthy},
		"/readyz":     {get, s.ready},
		"/metrics":    {get, s.metrics.serve},
	}
	for path, serve := range files() {
		routes[path] = route{get, serve}
	}
	s.Handler = s.metrics.count(routes, guard(hosts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route, ok := routes[r.URL.Path]
		switch {
		case !ok:
			refuse(w, r, http.StatusNotFound, &page.Fault{Reason: "nothing is at this path"})
		case !slices.Contains(route.methods, r.Method):
			w.Header().Set("Allow", strings.Join(route.methods, ", "))
			refuse(w, r, http.StatusMethodNotAllowed,
				&page.Fault{Reason: "the method must be " + strings.Join(route.methods, " or ")})
		default:
			route.serve(w, r)
		}
	})))
	return s
}

// one returns what answers one request of a form.
func (s *service) one(form page.Form, contentType string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, leave, ok := s.body(w, r)
		if !ok {
			return
		}
		defer leave()
		if s.turns.take(r.Context()) != nil {
			return // the client has gone
		}
		defer s.turns.give()
		request, err := page.Decode(body, form)
		if err != nil {
			refuse(w, r, http.StatusBadRequest, err)
			return
		}
		body = nil // its text is a copy: no more is held
		tagger, err := s.tagger(request)
		if err != nil {
			refuse(w, r, http.StatusUnprocessableEntity, err)
			return
		}
		w.Header().Set("Content-Type", contentType)
		if s.write(r.Context(), &patientWriter{w: w}, tagger, request) != nil {
			panic(http.ErrAbortHandler) // so that the client sees that there would be more
		}
	}
}

// tagger returns the tagger for a request of a caller that has a turn. Names of the
// caller's own take long, so that never more than one turn is spent on any.
func (s *service) tagger(request *page.Request) (*page.Tagger, error) {
	if len(request.Names) > 0 {
		s.turns.give()
		s.naming <- struct{}{}
		defer func() { <-s.naming }()
		s.turns <- struct{}{}
	}
	return request.Tagger()
}

// write writes an answer. The turn that the caller has is given up after each part.
func (s *service) write(ctx context.Context, w io.Writer, tagger *page.Tagger, request *page.Request) error {
	s.metrics.text.Add(len(request.Text))
	for chunk, err := range tagger.Answer(ctx, request) {
		if err != nil {
			return err
		}
		s.turns.give()
		_, err = w.Write(chunk)
		// A turn is taken even for nobody, since the caller gives one up.
		s.turns <- struct{}{}
		if err != nil {
			return err
		}
	}
	return nil
}

// busy refuses a request for which there is no room.
func (s *service) busy(w http.ResponseWriter, r *http.Request) {
	s.metrics.busy.Inc()
	w.Header().Set("Retry-After", "1")
	refuse(w, r, http.StatusServiceUnavailable, &page.Fault{Reason: "too much is under way; try again in a second"})
}

func (s *service) healthy(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says whether new requests are to be sent here.
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	select {
	case <-s.ending:
		refuse(w, r, http.StatusServiceUnavailable, &page.Fault{Reason: "ending"})
	default:
		answer(w, http.StatusOK, map[string]string{"status": "ok"})
	}
}
