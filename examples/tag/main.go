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
	"bytes"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/text/encoding"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/command"
	"github.com/steppe-ner/steppe/internal/input"
	"github.com/steppe-ner/steppe/internal/job"
)

func main() {
	os.Exit(run(job.Interruptible(context.Background()), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// usage is what a wrong call is answered with.
const usage = "usage: tag [flags] [FILE | DIR | GLOB …]; tag -h explains the flags"

//go:embed help.txt
var help string

// usualWorkers is how many workers there are by default at the most, so that the process
// stays small: 30 to 45 MB with news, 55 with two and 80 with four where nearly every word
// is a name. More than mostWorkers are never of use.
const (
	usualWorkers = 4
	mostWorkers  = 64
)

// settings are what the flags say.
type settings struct {
	format        string
	form          input.Form // "" for what the endings of the files say
	encoding      encoding.Encoding
	kinds         []entity.Kind
	minConfidence float64
	gazetteers    []string
	workers       int
	out           string
	force         bool
	date          gazetteer.Date // of the texts that say none; zero for none
	alternatives  int
	explain       bool
	version       bool
	paths         []string
}

// flags returns the flags, which set s.
func flags(s *settings) *flag.FlagSet {
	f := flag.NewFlagSet("tag", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run says what is wrong, and help.txt how it is right
	f.StringVar(&s.format, "format", "text", "")
	f.StringVar((*string)(&s.form), "input", "", "")
	f.Func("encoding", "", func(v string) (err error) {
		s.encoding, err = input.Encoding(v)
		return err
	})
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
	f.IntVar(&s.workers, "j", min(runtime.GOMAXPROCS(0), usualWorkers), "")
	f.StringVar(&s.out, "o", "", "")
	f.BoolVar(&s.force, "force", false, "")
	f.Func("date", "", func(v string) (err error) {
		s.date, err = gazetteer.ParseDate(v)
		return err
	})
	f.IntVar(&s.alternatives, "alternatives", 0, "")
	f.BoolVar(&s.explain, "explain", false, "")
	f.BoolVar(&s.version, "version", false, "")
	return f
}

// parse reads the command line.
func parse(args []string) (*settings, error) {
	s := &settings{}
	paths, err := command.Parse(flags(s), args)
	if err != nil {
		return nil, err
	}
	s.paths = paths
	formats := append([]string{"text"}, format.Names()...)
	inputs := []string{string(input.Text), string(input.Lines), string(input.HTML)}
	switch {
	case !slices.Contains(formats, s.format):
		return nil, fmt.Errorf("-format %s: unknown; want %s", s.format, strings.Join(formats, ", "))
	case s.form != "" && !slices.Contains(inputs, string(s.form)):
		return nil, fmt.Errorf("-input %s: unknown; want %s", s.form, strings.Join(inputs, ", "))
	case !(s.minConfidence >= 0 && s.minConfidence <= 1):
		return nil, fmt.Errorf("-min-confidence %v: not between 0 and 1", s.minConfidence)
	case s.workers < 1:
		return nil, fmt.Errorf("-j %d: need at least one worker", s.workers)
	case s.explain && s.format != "text":
		return nil, fmt.Errorf("-explain goes with -format text; jsonl has the witnesses of every entity")
	case s.alternatives < 0:
		return nil, fmt.Errorf("-alternatives %d: less than none", s.alternatives)
	case s.alternatives > 0 && s.format != "text" && s.format != "jsonl":
		return nil, fmt.Errorf("-alternatives goes with -format text and jsonl; %s has no place for them", s.format)
	case s.force && !s.beside():
		return nil, fmt.Errorf("-force goes with -format brat and -o FOLDER; other files are replaced without it")
	}
	s.workers = min(s.workers, mostWorkers)
	return s, nil
}

// beside reports whether annotations are written to a folder, beside their texts.
func (s *settings) beside() bool { return s.format == "brat" && s.out != "" }

// run is main with its surroundings as arguments.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return printed(fmt.Fprint(stdout, help))
	case err != nil:
		fmt.Fprintf(stderr, "tag: %s\n%s\n", command.OneLine(err.Error()), usage)
		return exitUsage
	case s.version:
		return printed(fmt.Fprintln(stdout, command.Describe("tag")))
	}
	job.LimitMemory(s.gazetteers)
	g, err := layered(s.gazetteers)
	if err != nil {
		for line := range strings.Lines(err.Error() + "\n") { // a fault each
			fmt.Fprintln(stderr, command.OneLine(line))
		}
		return exitFailed
	}
	j, err := s.job(g, stdin, stdout, stderr)
	if err == nil {
		err = j.Run(ctx)
	}
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, job.ErrFailed), errors.Is(err, syscall.EPIPE):
		// It was said, or whoever reads the output has what it wanted.
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "tag: interrupted")
	default:
		fmt.Fprintln(stderr, "tag:", command.OneLine(err.Error()))
	}
	return exitFailed
}

// job returns what is to be done.
func (s *settings) job(g *gazetteer.Gazetteer, stdin io.Reader, stdout, stderr io.Writer) (j *job.Job, err error) {
	opts := []entity.Option{entity.WithGazetteer(g), entity.MinConfidence(s.minConfidence)}
	if len(s.kinds) > 0 {
		opts = append(opts, entity.Only(s.kinds...))
	}
	j = &job.Job{
		Name: "tag", Paths: s.paths, Form: s.form, Encoding: s.encoding, Workers: s.workers,
		Tagger: entity.New(opts...), Date: s.date, Explain: s.explain || s.alternatives > 0, Stdin: stdin, Stderr: stderr,
	}
	if j.Frame, err = s.frame(g); err != nil {
		return nil, err
	}
	if s.out != "" {
		job.IgnoreBrokenPipe() // of standard error: the output goes elsewhere
	} else {
		j.Screen = job.IsTerminal(stdout)
	}
	colour := j.Screen && os.Getenv("NO_COLOR") == ""
	// What is written of one document is an .ann file.
	alone := s.format == "brat" && (s.beside() || !job.Several(s.paths, s.form))
	j.Writer = func(w io.Writer) (job.DocumentWriter, error) {
		if s.format == "text" {
			return &textWriter{w: w, g: g, colour: colour, explain: s.explain, alternatives: s.alternatives}, nil
		}
		writer := format.Continue
		if alone {
			writer = format.New
		}
		made, err := writer(s.format, w, g)
		if err == nil {
			made.Alternatives = s.alternatives
		}
		return made, err
	}
	switch {
	case s.out == "" && j.Screen && s.format != "text": // which takes care of itself
		j.Sink = job.Stream(command.Shown(stdout))
	case s.out == "":
		j.Sink = job.Stream(stdout)
	case s.beside():
		j.Sink, err = job.Folder(s.out, s.force)
	default:
		j.Sink, err = job.File(s.out)
	}
	return j, err
}

// frame returns what stands before, between and after the documents.
func (s *settings) frame(g *gazetteer.Gazetteer) (job.Frame, error) {
	if s.format == "text" {
		return job.Frame{Between: []byte("\n")}, nil
	}
	var buf bytes.Buffer
	w, err := format.New(s.format, &buf, g)
	if err != nil {
		return job.Frame{}, err
	}
	if err := w.Open(); err != nil {
		return job.Frame{}, err
	}
	n := buf.Len()
	if err := w.Close(); err != nil {
		return job.Frame{}, err
	}
	return job.Frame{Before: buf.Bytes()[:n:n], After: buf.Bytes()[n:]}, nil
}

// printed returns the exit code of what only prints something.
func printed(_ int, err error) int {
	if err != nil {
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
