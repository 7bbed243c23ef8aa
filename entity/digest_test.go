package entity_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/steppe-ner/steppe/entity"
)

// digest returns a digest of all that is found in the texts of testdata, to the
// last bit of each confidence.
func digest(t *testing.T) string {
	h := sha256.New()
	tagger := entity.New()
	for _, pattern := range []string{"../testdata/gold/*.txt", "../testdata/news/*.txt", "../testdata/golden/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for e := range tagger.Find(string(text)) {
				fmt.Fprintln(h, file, e.Kind, e.Start, e.End, e.Text, e.ID, e.Evidence, math.Float64bits(e.Confidence))
			}
		}
	}
	return fmt.Sprintf("digest %x\n", h.Sum(nil))
}

// TestDigest: a process with another number of threads, and other seeds of its
// maps, finds the same. With STEPPE_DIGEST set it only prints the digest, so that
// those of two architectures can be compared.
func TestDigest(t *testing.T) {
	want := digest(t)
	if os.Getenv("STEPPE_DIGEST") != "" {
		os.Stdout.WriteString(want)
		return
	}
	for _, procs := range []string{"1", "3", "16"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDigest$")
		cmd.Env = append(os.Environ(), "STEPPE_DIGEST=1", "GOMAXPROCS="+procs)
		if out, err := cmd.Output(); err != nil || !bytes.HasPrefix(out, []byte(want)) {
			t.Errorf("GOMAXPROCS=%s: %s, %v; want %s", procs, out, err, want)
		}
	}
}
