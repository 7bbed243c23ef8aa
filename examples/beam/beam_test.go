package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
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

// results returns the lines of the files that a glob matches, sorted.
func results(t *testing.T, glob string) (all []string, files int) {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		packed, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(packed)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		packed.Close()
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

// corpus makes a folder of texts, pages and JSON Lines, some of them compressed and some
// faulty in each of the ways that there are.
func corpus(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 1500 {
		write(
			fmt.Sprintf("%04d.txt", i),
			fmt.Appendf(nil, "BISHKEK (Reuters) - Japarov met trader No. %d.\n\nAmangeldy Bekov%d told him so in Osh.\n", i, i),
		)
	}
	for i := range 500 {
		write(
			fmt.Sprintf("%04d.html", i),
			fmt.Appendf(
				nil,
				"<title>Moscow</title><nav>Almaty</nav><p>Japarov met trader <b>Aigul</b> Bekova%d.<p>Osh&amp;Naryn<script>Tashkent</script>",
				i,
			),
		)
	}
	var b bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(
			&b,
			"{\"id\":%d,\"date\":\"2026-11-%02dT10:00:00Z\",\"text\":\"Tokayev is in Astana, said Reuters.\"}\n",
			i,
			i%3+1,
		)
	}
	b.WriteString(
		"{\"id\":\n{\"id\":7}\n\n{\"id\":8,\"text\":9}\n{\"TEXT\":\"Osh\"}\n{\"id\":\"last\",\"date\":7,\"text\":\"Rahmon left.\"}",
	)
	write("plain.jsonl", b.Bytes())
	packed := func(text string) []byte {
		data, err := compressed([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	write("packed.jsonl.gz", packed(`{"id":"gz","text":"Rahmon is in Dushanbe."}`+"\n"))
	write("twice.txt.gz", append(packed("Rahmon is in "), append(packed("Dushanbe."), 0, 0, 0)...))
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	write("packed.jsonl.zst", e.EncodeAll([]byte(`{"id":"zst","text":"Mirziyoyev is in Samarkand."}`), nil))
	write("unnamed.txt", packed("Compressed, though its name does not say so: Osh."))
	broken := packed(`{"id":"gz","text":"Rahmon is in Dushanbe."}` + "\n")
	write("broken.jsonl.gz", broken[:len(broken)-9]) // its line is whole, its end is not
	write("broken.txt.gz", broken[:len(broken)-9])
	write("utf16.txt", []byte("\xff\xfeO\x00s\x00h\x00"))
	write("picture.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	write("paper.html", []byte("%PDF-1.7\nOsh"))
	write("array.json", []byte(`[{"text":"Osh"}]`))
	write("deep.html", []byte(strings.Repeat("<div>", 3000)+"Osh"))
	return folder
}

// reference returns what the command tag writes of the files of a folder, and what it
// says of those that it cannot read.
func reference(t *testing.T, tag, folder string, args ...string) (found, unread []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(tag, append(append([]string{"-format", "jsonl"}, args...), files...)...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err == nil {
		t.Error("tag fails on nothing")
	}
	for _, line := range sorted(stderr.Bytes()) {
		unread = append(unread, strings.TrimPrefix(line, "tag: "))
	}
	return sorted(stdout.Bytes()), unread
}

// TestEqual: of two thousand files the pipeline finds what the command tag finds, refuses
// what that refuses, by the same words, and loses nothing; on Prism within the program,
// and through a job server over the portable protocol: one of its own, or the one that the
// variable STEPPE_JOB_SERVER names, such as Flink's.
func TestEqual(t *testing.T) {
	folder := corpus(t)
	pipeline, tag := build(t, ".", "."), build(t, "../..", "./examples/tag")
	own := filepath.Join(t.TempDir(), "own.tsv")
	if err := os.WriteFile(own, []byte("kind\tname\norganisation\tNaryn\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	endpoint := jobServer(t)
	for _, test := range []struct {
		name  string
		tag   []string // its flags
		flags []string
	}{
		{"prism", nil, nil},
		{"prism, chosen", []string{"-kinds", "city,organisation", "-min-confidence", "0.9", "-gazetteer", own}, nil},
		{"a job server, loopback", nil, []string{"-runner=universal", "-endpoint=" + endpoint, "-environment_type=LOOPBACK"}},
	} {
		want, wantUnread := reference(t, tag, folder, test.tag...)
		out := filepath.Join(t.TempDir(), "out")
		command(
			t,
			pipeline,
			slices.Concat(
				[]string{
					"-input",
					folder + "/*.txt," + folder + "/*.json*," + folder + "/*.html," + folder + "/*.txt.gz",
					"-output",
					out,
					"-shards",
					"3",
				},
				test.tag,
				test.flags,
			)...)
		got, files := results(t, out+"-entities-*-of-00003.jsonl.gz")
		if files == 0 || files > 3 {
			t.Errorf("%s: %d shards", test.name, files)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: not what tag finds (-want +got):\n%s", test.name, diff)
		}
		lines, _ := results(t, out+"-unread-*")
		var unread []string
		for _, line := range lines {
			var u struct{ Source, Error string }
			if err := json.Unmarshal([]byte(line), &u); err != nil || !strings.HasPrefix(u.Error, u.Source+":") {
				t.Errorf("%v: %s", err, line)
			}
			unread = append(unread, u.Error)
		}
		slices.Sort(unread)
		if diff := cmp.Diff(wantUnread, unread); diff != "" {
			t.Errorf("%s: not what tag refuses (-want +got):\n%s", test.name, diff)
		}
		if test.tag != nil {
			continue
		}
		counts, _ := results(t, out+"-counts-*")
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
		if mentions["2026-11-01 person:kassym-jomart-tokayev"] != 67 || mentions[" person:sadyr-japarov"] != 2000 {
			t.Errorf("%s: counts: %v", test.name, mentions)
		}
	}
}

// TestFormats: a file of any format has what stands before and after its documents once.
func TestFormats(t *testing.T) {
	pipeline, tag := build(t, ".", "."), build(t, "../..", "./examples/tag")
	texts, err := filepath.Glob("../../testdata/news/*.txt")
	if err != nil || len(texts) < 3 {
		t.Fatalf("%v %v", texts, err)
	}
	for _, format := range []string{"conll", "csv", "html", "webannotation"} {
		out := filepath.Join(t.TempDir(), "out")
		command(t, pipeline, "-input", strings.Join(texts, ","), "-output", out, "-shards", "1", "-format", format)
		got, _ := results(t, out+"-entities-*")
		want := sorted(command(t, tag, append([]string{"-format", format}, texts...)...))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
}

// TestUsage: what cannot be done is said before anything is.
func TestUsage(t *testing.T) {
	pipeline := build(t, ".", ".")
	for _, args := range [][]string{
		{}, {"-input", "x", "-output", "y", "z"}, {"-input", "x", "-output", "y", "-format", "xml"}, {"-input", "x", "-output", "y", "-min-confidence", "2"},
		{"-input", "x", "-output", "y", "-kinds", "town"}, {"-input", "x", "-output", "y", "-gazetteer", "nowhere.tsv"},
	} {
		if out, err := exec.Command(pipeline, args...).CombinedOutput(); err == nil {
			t.Errorf("%q: %s", args, out)
		}
	}
}

// TestObjectStore: gs:// is known; whether there is anything is not asked here.
func TestObjectStore(t *testing.T) {
	filesystem.ValidateScheme("gs://bucket/archive/*.jsonl.gz") // it panics when not
}

// jobServer returns the address of the job server that the variable STEPPE_JOB_SERVER names, else
// starts Prism as a program of its own.
func jobServer(t *testing.T) string {
	t.Helper()
	if address := os.Getenv("STEPPE_JOB_SERVER"); address != "" {
		return address
	}
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	free.Close()
	server := exec.Command(
		build(t, ".", "github.com/apache/beam/sdks/v2/go/cmd/prism"),
		"-job_port",
		port,
		"-serve_http=false",
		"-log_level=error",
	)
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
