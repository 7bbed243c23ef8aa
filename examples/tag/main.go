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
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// later are the formats of the design that this command does not write yet.
var later = []string{"conll", "brat", "webannotation", "html"}

// settings are what the flags say.
type settings struct {
	format        string
	input         string
	kinds         []entity.Kind
	minConfidence float64
	gazetteers    []string
	workers       int
	out           string
	paths         []string
}

// parse reads the command line.
func parse(args []string, stderr io.Writer) (*settings, error) {
	s := &settings{}
	f := flag.NewFlagSet("tag", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, "usage: tag [flags] [FILE | DIR | GLOB …]\n\nFinds people, countries, cities and organisations in news texts. Reads standard\ninput when no path is given or the path is -. Of a folder, the files whose names\nend in .txt or .jsonl are read, sub-folders included.\n\n")
		f.PrintDefaults()
	}
	f.StringVar(&s.format, "format", "text", "write `text` (the text with its names marked, then a table) or jsonl (one object a document)")
	f.StringVar(&s.input, "input", "text", "read each file as one `text`, or as jsonl: a line {\"id\":…,\"text\":…} a document")
	f.Func("kinds", "keep only these `kinds`, separated by commas: person, country, city, organisation, place, demonym", func(v string) error {
		for name := range strings.SplitSeq(v, ",") {
			k, err := gazetteer.ParseKind(strings.TrimSpace(name))
			if err != nil {
				return err
			}
			s.kinds = append(s.kinds, k)
		}
		return nil
	})
	f.Float64Var(&s.minConfidence, "min-confidence", 0, "keep only entities of at least this `probability`, 0 to 1")
	f.Func("gazetteer", "lay the names of this TSV `file` over the built-in ones; may be repeated", func(v string) error {
		s.gazetteers = append(s.gazetteers, v)
		return nil
	})
	f.IntVar(&s.workers, "j", runtime.GOMAXPROCS(0), "tag this `number` of documents at once")
	f.StringVar(&s.out, "o", "", "write to this `file`, whole or not at all, in place of standard output")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	s.paths = f.Args()
	switch {
	case contains(later, s.format):
		return nil, fmt.Errorf("-format %s: not written yet; text and jsonl are", s.format)
	case s.format != "text" && s.format != "jsonl":
		return nil, fmt.Errorf("-format %s: unknown; want text or jsonl", s.format)
	case s.input == "html":
		return nil, errors.New("-input html: not read yet; text and jsonl are")
	case s.input != "text" && s.input != "jsonl":
		return nil, fmt.Errorf("-input %s: unknown; want text or jsonl", s.input)
	case !(s.minConfidence >= 0 && s.minConfidence <= 1):
		return nil, fmt.Errorf("-min-confidence %v: not between 0 and 1", s.minConfidence)
	case s.workers < 1:
		return nil, fmt.Errorf("-j %d: need at least one worker", s.workers)
	}
	return s, nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// run is main with its surroundings as arguments.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintln(stderr, "tag:", err)
		return exitUsage
	}
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

	var w io.Writer = stdout
	var out *output
	if s.out != "" {
		if out, err = createOutput(s.out); err != nil {
			fmt.Fprintln(stderr, "tag:", err)
			return exitFailed
		}
		defer out.discard()
		w = out
	}
	buffered := bufio.NewWriterSize(w, 64<<10)
	j.colour = s.format == "text" && s.out == "" && isTerminal(stdout) && os.Getenv("NO_COLOR") == ""
	j.progress = newProgress(stderr)
	err = j.run(ctx, buffered)
	j.progress.finish()
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil && out != nil {
		err = out.commit()
	}
	if err != nil {
		if errors.Is(err, context.Canceled) {
			err = errors.New("interrupted")
		}
		fmt.Fprintln(stderr, "tag:", err)
		return exitFailed
	}
	if j.failed {
		return exitFailed
	}
	return exitOK
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
