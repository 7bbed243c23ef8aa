// Command eval compares the entities that any tool found with gold ones, and shows
// where it goes wrong:
//
//	go run ./examples/eval [flags] GOLD FOUND
//	go run ./examples/eval [flags] FILE
//
// Run it with -h for the flags. It exits with 0 when the files were compared, 1 when
// they could not be (each fault is named on standard error, with file, line and
// column), 2 when it was called wrongly.
package main

import (
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/command"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

//go:embed help.txt
var help string

// labels says what kind a label, in lower case, means; 0 is one to leave out.
type labels map[string]gazetteer.Kind

// usual are the labels of common corpora and tools. GPE is not among them: it is a
// country, a city or a place.
var usual = labels{
	"per": gazetteer.Person, "org": gazetteer.Organisation, "organization": gazetteer.Organisation,
	"loc": gazetteer.Place, "location": gazetteer.Place, "fac": gazetteer.Place, "norp": gazetteer.Demonym,
}

// set reads "LABEL=KIND,…".
func (l labels) set(v string) error {
	for pair := range strings.SplitSeq(v, ",") {
		label, kind, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok || label == "" {
			return fmt.Errorf("%q is not LABEL=KIND", pair)
		}
		k, known := l[strings.ToLower(kind)]
		if kind != "" && !known {
			return fmt.Errorf("unknown kind %q", kind)
		}
		l[strings.ToLower(label)] = k
	}
	return nil
}

// settings are what the flags say.
type settings struct {
	format string
	labels labels
	worst  int
	files  []string
}

func parse(args []string) (*settings, error) {
	s := &settings{labels: maps.Clone(usual)}
	for _, k := range gazetteer.Kinds() {
		s.labels[k.String()] = k
	}
	f := flag.NewFlagSet("eval", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run says what is wrong, and help.txt how it is right
	f.StringVar(&s.format, "format", "", "")
	f.IntVar(&s.worst, "worst", 10, "")
	f.Func("map", "", s.labels.set)
	files, err := command.Parse(f, args)
	if err != nil {
		return nil, err
	}
	s.files = files
	switch {
	case s.format != "" && s.format != "jsonl" && s.format != "conll":
		return nil, fmt.Errorf("-format %s: unknown; want jsonl, conll", s.format)
	case s.worst < 0:
		return nil, fmt.Errorf("-worst %d: less than none", s.worst)
	case len(s.files) != 1 && len(s.files) != 2:
		return nil, fmt.Errorf("%d files; want GOLD and FOUND, or one with both", len(s.files))
	case len(s.files) == 1 && s.jsonl(s.files[0]):
		return nil, errors.New("one file of JSON Lines; want GOLD and FOUND")
	}
	return s, nil
}

// jsonl reports whether a file is JSON Lines.
func (s *settings) jsonl(file string) bool {
	return s.format == "jsonl" || s.format == "" && (strings.HasSuffix(file, ".jsonl") || strings.HasSuffix(file, ".json"))
}

// run is main with its surroundings as arguments.
func run(args []string, stdout, stderr io.Writer) int {
	s, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, help)
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "eval: %s\nusage: eval [flags] GOLD FOUND; eval -h explains the flags\n",
			command.OneLine(err.Error()))
		return exitUsage
	}
	pairs, faults := s.read()
	if len(faults) > 0 {
		for _, fault := range faults {
			fmt.Fprintln(stderr, "eval:", command.OneLine(fault.Error()))
		}
		return exitFailed
	}
	var report score.Report
	var m mistakes
	for _, p := range pairs {
		report.Add(p.gold.spans, p.found.spans)
		m.add(p)
	}
	if _, err := fmt.Fprintf(stdout, "%v\n%s%s", &report, report.Confusion(), m.worst(s.worst)); err != nil {
		fmt.Fprintln(stderr, "eval:", err)
		return exitFailed
	}
	return exitOK
}
