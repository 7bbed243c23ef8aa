// Command tag finds the people, countries, cities and organisations in news
// texts: files, folders, globs or standard input.
//
//	go run ./examples/tag [flags] [FILE | DIR | GLOB …]
//
// Run it with -h for the flags. It exits with 0 when all is done, 1 when some
// input failed (each is named on standard error and the others are still done),
// 2 when it was called wrongly.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop) // the second interrupt ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

//go:embed help.txt
var help string

// mostWorkers is how many workers there are by default at the most, so that the process
// stays small: 30 to 45 MB with news, 50 to 70 where nearly every word is a name.
const mostWorkers = 4

// settings are what the flags say.
type settings struct {
	format        string
	input         string // "" for what the endings of the files say
	kinds         []entity.Kind
	minConfidence float64
	gazetteers    []string
	workers       int
	out           string
	explain       bool
	version       bool
	paths         []string
}

// flags returns the flags, which set s.
func flags(s *settings) *flag.FlagSet {
	f := flag.NewFlagSet("tag", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run says what is wrong, and help.txt how it is right
	f.StringVar(&s.format, "format", "text", "")
	f.StringVar(&s.input, "input", "", "")
	f.Func("kinds", "", func(v string) error {
		for name := range strings.SplitSeq(v, ",") {
			k, err := gazetteer.ParseKind(strings.TrimSpace(name))
			if err != nil {
				return err
			}
			s.kinds = append(s.kinds, k)
		}
		return nil
	})
	f.Float64Var(&s.minConfidence, "min-confidence", 0, "")
	f.Func("gazetteer", "", func(v string) error {
		s.gazetteers = append(s.gazetteers, v)
		return nil
	})
	f.IntVar(&s.workers, "j", min(runtime.GOMAXPROCS(0), mostWorkers), "")
	f.StringVar(&s.out, "o", "", "")
	f.BoolVar(&s.explain, "explain", false, "")
	f.BoolVar(&s.version, "version", false, "")
	return f
}

// parse reads the command line.
func parse(args []string) (*settings, error) {
	s := &settings{}
	f := flags(s)
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	s.paths = f.Args()
	formats := append([]string{"text"}, format.Names()...)
	inputs := []string{"text", "jsonl", "html"}
	switch {
	case !slices.Contains(formats, s.format):
		return nil, fmt.Errorf("-format %s: unknown; want %s", s.format, strings.Join(formats, ", "))
	case s.input != "" && !slices.Contains(inputs, s.input):
		return nil, fmt.Errorf("-input %s: unknown; want %s", s.input, strings.Join(inputs, ", "))
	case !(s.minConfidence >= 0 && s.minConfidence <= 1):
		return nil, fmt.Errorf("-min-confidence %v: not between 0 and 1", s.minConfidence)
	case s.workers < 1:
		return nil, fmt.Errorf("-j %d: need at least one worker", s.workers)
	case s.explain && s.format != "text":
		return nil, fmt.Errorf("-explain goes with -format text; jsonl has the witnesses of every entity")
	}
	return s, nil
}

// run is main with its surroundings as arguments.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return printed(fmt.Fprint(stdout, help))
	case err != nil:
		fmt.Fprintf(stderr, "tag: %v\nusage: tag [flags] [FILE | DIR | GLOB …]; tag -h explains the flags\n", err)
		return exitUsage
	case s.version:
		return printed(fmt.Fprintln(stdout, version()))
	}
	failed := func(err error) int {
		switch {
		case errors.Is(err, context.Canceled):
			fmt.Fprintln(stderr, "tag: interrupted")
		case errors.Is(err, syscall.EPIPE):
			// Whoever reads the output has what it wanted.
		default:
			fmt.Fprintln(stderr, "tag:", err)
		}
		return exitFailed
	}
	limitMemory(s.gazetteers)
	g, err := layered(s.gazetteers)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	opts := []entity.Option{entity.WithGazetteer(g), entity.MinConfidence(s.minConfidence)}
	if len(s.kinds) > 0 {
		opts = append(opts, entity.Only(s.kinds...))
	}
	j := &job{settings: s, tagger: entity.New(opts...), gazetteer: g, stdin: stdin, stderr: stderr}
	j.several = s.format == "brat" && severalDocuments(s)
	j.beside = s.format == "brat" && s.out != ""
	if s.out != "" {
		signal.Ignore(syscall.SIGPIPE) // of standard error: the output goes elsewhere
	}
	switch {
	case s.out == "":
		j.sink = newStream(stdout)
		j.screen = isTerminal(stdout)
		j.colour = j.screen && os.Getenv("NO_COLOR") == ""
	case j.beside:
		j.sink, err = createFolder(s.out)
	default:
		j.sink, err = createStream(s.out)
	}
	if err != nil {
		return failed(err)
	}
	defer j.sink.discard()
	j.spools.dir = j.sink.spoolDir()
	j.progress = newProgress(stderr, s.paths)
	err = j.run(ctx)
	j.progress.finish()
	if err != nil {
		return failed(err)
	}
	if j.failed {
		return exitFailed
	}
	return exitOK
}

// printed returns the exit code of what only prints something.
func printed(_ int, err error) int {
	if err != nil {
		return exitFailed
	}
	return exitOK
}

// severalDocuments reports whether the paths may have more than one document.
func severalDocuments(s *settings) bool {
	n := 0
	for source, err := range sources(s.paths) {
		if err == nil {
			n++
		}
		if n > 1 || source.input(s.input) == "jsonl" {
			return true
		}
	}
	return false
}

// version returns what the build says of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "tag, of an unknown version"
	}
	v := "tag " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value
		}
	}
	return fmt.Sprintf("%s %s %s/%s", v, info.GoVersion, runtime.GOOS, runtime.GOARCH)
}

// layered returns the built-in gazetteer with the TSV files laid over it.
func layered(files []string) (*gazetteer.Gazetteer, error) {
	if len(files) == 0 {
		return gazetteer.Default(), nil
	}
	layers := []*gazetteer.Gazetteer{gazetteer.Default()}
	var faults []error
	for _, file := range files {
		var b gazetteer.Builder
		f, err := os.Open(file)
		if err != nil {
			faults = append(faults, fmt.Errorf("tag: %w", err))
			continue
		}
		b.ReadTSV(file, f)
		f.Close()
		g, err := b.Build()
		if err != nil {
			faults = append(faults, err)
			continue
		}
		layers = append(layers, g)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return gazetteer.Layered(layers...), nil
}
