// Command web serves a page on which one pastes a text and sees the people,
// countries, cities and organisations in it, and the same as a JSON service:
//
//	go run ./examples/web
//	curl -d '{"text":"Japarov left Bishkek."}' localhost:8080/v1/entities
//
// With -export the page is written to a folder, with the tagger compiled to
// WebAssembly: any server of files can serve that.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/steppe-ner/steppe/examples/web/page"
)

// maxBody is the longest body of a request, in bytes.
const maxBody = 8 << 20

func main() {
	address := flag.String("address", "localhost:8080", "listen on this `host:port`; port 0 is any free one")
	folder := flag.String("export", "", "write the page to this `folder`, for any server of files, and stop")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *folder != "" {
		err = export(ctx, *folder)
	} else {
		err = serve(ctx, *address, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "web:", err)
		os.Exit(1)
	}
}

// serve serves until ctx ends, then lets requests under way finish.
func serve(ctx context.Context, address string, w io.Writer) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	fmt.Fprintf(w, "http://%s/\n", listener.Addr())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return server.Shutdown(ending)
}

// policy lets the page load what this server has, and nothing else.
const policy = metaPolicy + "; frame-ancestors 'none'"

// handler returns the page and the JSON service.
func handler() http.Handler {
	mux := http.NewServeMux()
	files := http.FileServerFS(page.Files())
	mux.Handle("GET /", files)
	mux.HandleFunc("GET /v1/map", func(w http.ResponseWriter, r *http.Request) { answer(w, http.StatusOK, page.Dots()) })
	busy := make(chan struct{}, runtime.GOMAXPROCS(0))
	post := func(pattern string, reply func(w http.ResponseWriter, request page.Request)) {
		mux.HandleFunc("POST "+pattern, func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
			var long *http.MaxBytesError
			if errors.As(err, &long) {
				refuse(w, http.StatusRequestEntityTooLarge, fmt.Errorf("a body of more than %d bytes", maxBody))
				return
			}
			var request page.Request
			if err == nil {
				request, err = page.Decode(body)
			}
			if err != nil {
				refuse(w, http.StatusBadRequest, err)
				return
			}
			select {
			case busy <- struct{}{}:
				defer func() { <-busy }()
				reply(w, request)
			case <-r.Context().Done():
			}
		})
	}
	post("/v1/entities", func(w http.ResponseWriter, request page.Request) {
		answer(w, http.StatusOK, page.Find(request))
	})
	post("/v1/convert", func(w http.ResponseWriter, request page.Request) {
		data, err := page.Convert(request)
		if err != nil {
			refuse(w, http.StatusBadRequest, err)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8") // even HTML: it is to be saved, not shown
		_, _ = io.WriteString(w, data)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		mux.ServeHTTP(w, r)
	})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // a client that has gone needs no answer
}

func refuse(w http.ResponseWriter, status int, err error) {
	answer(w, status, struct {
		Error string `json:"error"`
	}{err.Error()})
}
