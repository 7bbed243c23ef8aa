package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFlags: every flag is in the help text, and in a script that runs it.
func TestFlags(t *testing.T) {
	var all strings.Builder
	for _, name := range scripts(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	run := strings.Join(regexp.MustCompile(`(?m)exec (?:sh -c '.*)?tag .*$`).FindAllString(all.String(), -1), "\n")
	check := func(name string) {
		if !strings.Contains(help, "\n  -"+name+" ") {
			t.Errorf("-%s is not in the help text", name)
		}
		if !strings.Contains(run, "tag -"+name) && !strings.Contains(run, " -"+name+" ") {
			t.Errorf("no script runs -%s", name)
		}
	}
	flags(&settings{}).VisitAll(func(f *flag.Flag) { check(f.Name) })
	check("h")
}

// TestWorkers: more workers than are ever of use are not made.
func TestWorkers(t *testing.T) {
	s, err := parse([]string{"-j", "1000000"})
	if err != nil || s.workers != mostWorkers {
		t.Errorf("-j 1000000: %+v, %v", s, err)
	}
}

// block is a block of code of a page, and its language.
var block = regexp.MustCompile("(?m)^```(\\w*)\n((?:.*\n)*?)```\n")

// TestReadme runs what the README and the page for desks say of this command, in a folder
// of its own, and compares what it prints with the block that follows.
func TestReadme(t *testing.T) {
	if n := follow(t, "../../README.md") + follow(t, "../../gazetteer/DESKS.md"); n < 2 {
		t.Errorf("%d outputs were compared, want 2", n)
	}
}

// follow does what a page says, and returns how many outputs it compared.
func follow(t *testing.T, page string) (compared int) {
	t.Helper()
	readme, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	blocks := block.FindAllSubmatchIndex(readme, -1)
	for i, b := range blocks {
		var commands []string
		for line := range strings.Lines(string(readme[b[4]:b[5]])) {
			command := strings.Contains(line, "go run ./examples/tag") && !strings.Contains(line, "[flags]")
			if command || strings.HasPrefix(line, "printf ") && !strings.Contains(line, "curl") {
				line, _, _ = strings.Cut(line, "  #")
				commands = append(commands, strings.ReplaceAll(line, "go run ./examples/tag", "tag"))
			}
		}
		if b[2] != b[3] || len(commands) == 0 {
			continue
		}
		folder := t.TempDir()
		if err := os.Symlink(testdata, filepath.Join(folder, "testdata")); err != nil {
			t.Skip(err)
		}
		c := exec.Command("sh", "-ec", strings.Join(commands, "\n"))
		c.Dir = folder
		var stderr strings.Builder
		c.Stderr = &stderr
		got, err := c.Output()
		if err != nil || len(got) == 0 {
			t.Errorf("%q: %v, %s", commands, err, stderr.String())
		}
		if i+1 < len(blocks) && strings.TrimSpace(string(readme[b[1]:blocks[i+1][0]])) == "" {
			compared++
			if want := string(readme[blocks[i+1][4]:blocks[i+1][5]]); strings.TrimSpace(string(got)) != strings.TrimSpace(want) {
				t.Errorf("%q prints\n%swant\n%s", commands, got, want)
			}
		}
	}
	return compared
}
