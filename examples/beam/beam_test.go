package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// build compiles a command of the module in a folder.
func build(t *testing.T, folder, path string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	c := exec.Command("go", "build", "-o", program, path)
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

func command(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	c := exec.Command(program, args...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v: %s", args, err, stderr.Bytes())
	}
	return out
}

// lines returns the lines of the files that a glob matches, sorted.
func lines(t *testing.T, glob string) (all []string, files int) {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, sorted(data)...)
	}
	slices.Sort(all)
	return all, len(names)
}

func sorted(data []byte) []string {
	all := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	slices.Sort(all)
	return all
}

// corpus makes a folder of texts, and of JSON Lines, some of them compressed and
// some faulty.
func corpus(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 300 {
		write(fmt.Sprintf("%03d.txt", i), fmt.Appendf(nil, "BISHKEK (Reuters) - Japarov met trader No. %d.\n\nAmangeldy Bekov%d told him so in Osh.\n", i, i))
	}
	var b bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(&b, "{\"id\":%d,\"date\":\"2026-11-%02dT10:00:00Z\",\"text\":\"Tokayev is in Astana, said Reuters.\"}\n", i, i%3+1)
	}
	b.WriteString("{\"id\":\n{\"id\":7}\n\n{\"id\":\"last\",\"text\":\"Rahmon left.\"}")
	write("plain.jsonl", b.Bytes())
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	fmt.Fprintln(g, `{"id":"gz","text":"Rahmon is in Dushanbe."}`)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	write("packed.jsonl.gz", z.Bytes())
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	write("packed.jsonl.zst", e.EncodeAll([]byte(`{"id":"zst","text":"Mirziyoyev is in Samarkand."}`), nil))
	write("broken.jsonl.gz", z.Bytes()[:z.Len()-9]) // its line is whole, its end is not
	return folder
}

// TestEqual: the pipeline finds what the command tag finds, loses nothing, and
// says what it could not read; on Prism within the program, and through a job
// server of its own over the portable protocol.
func TestEqual(t *testing.T) {
	folder := corpus(t)
	pipeline, tag := build(t, ".", "."), build(t, "../..", "./examples/tag")
	texts, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := sorted(command(t, tag, append([]string{"-format", "jsonl"}, texts...)...))
	good := strings.ReplaceAll(string(mustRead(t, filepath.Join(folder, "plain.jsonl"))), "{\"id\":\n{\"id\":7}\n", "") +
		strings.Repeat("\n{\"id\":\"gz\",\"text\":\"Rahmon is in Dushanbe.\"}", 2) + "\n{\"id\":\"zst\",\"text\":\"Mirziyoyev is in Samarkand.\"}\n"
	if err := os.WriteFile(filepath.Join(folder, "good"), []byte(good), 0o644); err != nil {
		t.Fatal(err)
	}
	want = append(want, sorted(command(t, tag, "-format", "jsonl", "-input", "jsonl", filepath.Join(folder, "good")))...)
	slices.Sort(want)

	endpoint := jobServer(t)
	for name, flags := range map[string][]string{
		"prism": nil,
		"a job server, loopback": {
			"-runner=universal", "-endpoint=" + endpoint, "-environment_type=LOOPBACK"},
	} {
		out := filepath.Join(t.TempDir(), "out")
		command(t, pipeline, append([]string{"-input", folder + "/*.txt," + folder + "/*.jsonl," + folder + "/*.gz," + folder + "/*.zst", "-output", out, "-shards", "3"}, flags...)...)
		got, files := lines(t, out+"-entities-*-of-00003.jsonl")
		if files != 3 {
			t.Errorf("%s: %d shards", name, files)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: not what tag finds (-want +got):\n%s", name, diff)
		}
		unread, _ := lines(t, out+"-unread-*")
		if len(unread) != 3 || !strings.Contains(unread[0], `broken.jsonl.gz","line":2,"error":"unexpected EOF"`) ||
			!strings.Contains(unread[1], `"line":201,`) || !strings.Contains(unread[2], `"line":202,"error":"no \"text\""`) {
			t.Errorf("%s: unread: %q", name, unread)
		}
		counts, _ := lines(t, out+"-counts-*")
		mentions := map[string]int{}
		for _, line := range counts {
			var c struct {
				Day, ID  string
				Mentions int
			}
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			mentions[c.Day+" "+c.ID] += c.Mentions
		}
		if mentions["2026-11-01 person:kassym-jomart-tokayev"] != 67 || mentions[" person:sadyr-japarov"] != 300 {
			t.Errorf("%s: counts: %v", name, mentions)
		}
	}
}

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// jobServer starts Prism as a program of its own and returns its address.
func jobServer(t *testing.T) string {
	t.Helper()
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	free.Close()
	server := exec.Command(build(t, ".", "github.com/apache/beam/sdks/v2/go/cmd/prism"), "-job_port", port, "-serve_http=false", "-log_level=error")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 300 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return address
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the job server does not start")
	return ""
}
