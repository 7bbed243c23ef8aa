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
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/netutil"

	"github.com/steppe-ner/steppe/examples/web/page"
)

// settings are what the flags say.
type settings struct {
	address string
	hosts   []string
	notice  time.Duration // from the signal to the end of listening
	grace   time.Duration // from there to the end of what is under way
}

func main() {
	s := settings{}
	flag.StringVar(&s.address, "address", "localhost:8080", "listen on this `host:port`; port 0 is any free one")
	flag.Func(
		"hosts",
		"answer to these `names` too, separated by commas, besides localhost, the host of -address and IP addresses",
		func(v string) error {
			s.hosts = append(s.hosts, strings.Split(v, ",")...)
			return nil
		},
	)
	flag.DurationVar(&s.notice, "notice", 0, "after a signal to end, serve for this `time` with /readyz saying no")
	flag.DurationVar(&s.grace, "grace", 10*time.Second, "after that, give requests under way this `time`")
	folder := flag.String(
		"export",
		"",
		"write the page to this `folder`, for any server of files, and stop; needs the go command",
	)
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second interrupt ends the process at once
	var err error
	if *folder != "" {
		err = export(ctx, *folder)
	} else {
		err = serve(ctx, s, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "web:", err)
		os.Exit(1)
	}
}

// memoryLimit is beyond what the requests that are let in need: near it the garbage
// of those that have gone is collected sooner.
const memoryLimit = 192 << 20

// maxConnections are open at once at the most; others wait to be accepted.
const maxConnections = 1000

// serve serves until ctx ends, then lets requests under way finish.
func serve(ctx context.Context, s settings, w io.Writer) error {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // GOMEMLIMIT does not say otherwise
		debug.SetMemoryLimit(memoryLimit)
	}
	listener, err := net.Listen("tcp", s.address)
	if err != nil {
		return err
	}
	if host, _, err := net.SplitHostPort(s.address); err == nil {
		s.hosts = append(s.hosts, host)
	}
	if _, err := (&page.Request{}).Tagger(); err != nil {
		return err
	}
	service := newService(s.hosts)
	server := &http.Server{
		Handler:           service,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second, // of what sets no deadlines of its own
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	fmt.Fprintf(w, "http://%s/\n", listener.Addr())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(netutil.LimitListener(listener, maxConnections)) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	service.end()
	time.Sleep(s.notice)
	ending, cancel := context.WithTimeout(context.Background(), s.grace)
	defer cancel()
	if err := server.Shutdown(ending); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	log.Printf("what was under way after %v is broken off", s.grace)
	return server.Close()
}
