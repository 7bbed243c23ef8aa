// Command compare runs this library, prose v2, prose v3 and, where they are
// installed, spaCy and Stanford CoreNLP over the same annotated texts, each in a
// process of its own, and prints one table: megabytes a second, peak memory, the
// time from start to the first result, and F1 (exact span and type, places taken
// together).
//
//	go run . ../../internal/training/texts/*.txt
//	CORENLP=/opt/stanford-corenlp go run . -tools steppe,corenlp gold.conll
//
// A file whose name ends in .txt has texts with their entities marked in place,
// one a line; any other is in columns, word and IOB2 label. spaCy is python3's, with
// the pipeline that SPACY names (en_core_web_md); CORENLP names the folder of CoreNLP's
// jars.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
)

//go:embed pipeline.py
var spacy string

// tools are what can be compared, with the command that starts each: it reads
// texts, a JSON string a line, and writes for each its names, a JSON array a line.
var tools = []struct {
	name    string
	command func() (*exec.Cmd, string) // or why there is none
}{
	{"steppe", self("steppe")},
	{"prose v2", self("prose v2")},
	{"prose v3", self("prose v3")},
	{"spaCy", func() (*exec.Cmd, string) {
		pipeline := cmp.Or(os.Getenv("SPACY"), "en_core_web_md")
		if exec.Command("python3", "-c", "import spacy, sys; spacy.load(sys.argv[1])", pipeline).Run() != nil {
			return nil, "python3 has no spacy with " + pipeline
		}
		c := exec.Command("python3", "-c", spacy)
		c.Env = append(os.Environ(), "SPACY="+pipeline)
		return c, ""
	}},
	{"CoreNLP", func() (*exec.Cmd, string) {
		folder := os.Getenv("CORENLP")
		if folder == "" {
			return nil, "CORENLP names no folder"
		}
		return exec.Command("java", "-Xmx2g", "-cp", filepath.Join(folder, "*"), "CoreNLP.java"), ""
	}},
}

func self(name string) func() (*exec.Cmd, string) {
	return func() (*exec.Cmd, string) {
		program, err := os.Executable()
		if err != nil {
			return nil, err.Error()
		}
		return exec.Command(program, "-serve", name), ""
	}
}

// Name is a name that a tool found.
type Name struct {
	Start, End int // bytes
	Type       entity.Kind
}

func main() {
	serve := flag.String("serve", "", "for the command's own use: be this `tool`")
	chosen := flag.String("tools", "", "compare these `tools` only, separated by commas")
	flag.Parse()
	var err error
	if *serve != "" {
		err = find(*serve, os.Stdin, os.Stdout)
	} else {
		err = compare(flag.Args(), strings.FieldsFunc(*chosen, func(r rune) bool { return r == ',' }), os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func compare(files, chosen []string, out io.Writer) error {
	if len(files) == 0 {
		return fmt.Errorf("no files; -help explains")
	}
	var texts []Text
	for _, file := range files {
		t, err := read(file)
		if err != nil {
			return err
		}
		texts = append(texts, t...)
	}
	size := 0
	for _, t := range texts {
		size += len(t.Text)
	}
	fmt.Fprintf(out, "%d texts, %.2f MB; %s/%s, %d cores, %s\n\n", len(texts), float64(size)/1e6, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().Format("2 January 2006"))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "tool\tMB/s\tpeak memory, MB\tfirst result, ms\tF1\tpersons\torganisations\tplaces")
	var missing []string
	for _, tool := range tools {
		if len(chosen) > 0 && !slices.ContainsFunc(chosen, func(c string) bool { return strings.EqualFold(c, tool.name) }) {
			continue
		}
		command, why := tool.command()
		if command == nil {
			missing = append(missing, tool.name+": "+why)
			continue
		}
		if err := run(w, tool.name, command, texts, size); err != nil {
			return fmt.Errorf("%s: %w", tool.name, err)
		}
	}
	w.Flush()
	for _, m := range missing {
		fmt.Fprintln(out, "not run: "+m)
	}
	return nil
}

// run runs a tool over the texts and writes its row.
func run(w io.Writer, name string, command *exec.Cmd, texts []Text, size int) error {
	command.Stderr = io.Discard
	in, err := command.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := command.Start(); err != nil {
		return err
	}
	lines := bufio.NewReaderSize(stdout, 1<<20)
	fmt.Fprintln(in, `"Antony Blinken met Kassym-Jomart Tokayev in Astana."`)
	if _, err := lines.ReadBytes('\n'); err != nil {
		return err
	}
	first := time.Since(start)
	go func() {
		for _, t := range texts {
			b, _ := json.Marshal(t.Text)
			if _, err := in.Write(append(b, '\n')); err != nil {
				break
			}
		}
		in.Close()
	}()
	start = time.Now()
	var r score.Report
	for _, t := range texts {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return err
		}
		var names []Name
		if err := json.Unmarshal(line, &names); err != nil {
			return fmt.Errorf("%w in %.200s", err, line)
		}
		var found []score.Span
		for _, n := range names {
			found = append(found, score.Span{Kind: n.Type, Start: n.Start, End: n.End})
		}
		r.Add(t.Gold, found)
	}
	elapsed := time.Since(start).Seconds()
	if err := command.Wait(); err != nil {
		return err
	}
	memory := command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss // kilobytes on Linux
	f := func(k ...entity.Kind) float64 { return 100 * r.Total(k...).F1() }
	fmt.Fprintf(w, "%s\t%.3f\t%d\t%d\t%.1f\t%.1f\t%.1f\t%.1f\n", name, float64(size)/1e6/elapsed, memory/1024, first.Milliseconds(),
		f(), f(entity.Person), f(entity.Organisation), f(entity.Place))
	return nil
}

// find is what a child process does: names of the texts on in.
func find(tool string, in io.Reader, out io.Writer) error {
	finder, ok := finders[tool]
	if !ok {
		return fmt.Errorf("no tool %q", tool)
	}
	names := finder()
	lines := bufio.NewReaderSize(in, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var text string
			if err := json.Unmarshal(line, &text); err != nil {
				return err
			}
			found, err := names(text)
			if err != nil {
				return err
			}
			b, err := json.Marshal(found)
			if err != nil {
				return err
			}
			if _, err := out.Write(append(b, '\n')); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
