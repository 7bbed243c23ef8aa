package entity_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestBare: a program with a gazetteer of its own and no model contains neither
// our names nor the weights. The command tag, which has both, shows that the test
// would find them.
func TestBare(t *testing.T) {
	for _, test := range []struct {
		path string
		has  bool
	}{{"./testdata/bare", false}, {"../examples/tag", true}} {
		program := filepath.Join(t.TempDir(), "program")
		if out, err := exec.Command("go", "build", "-o", program, test.path).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		data, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"../gazetteer/default.bin", "../internal/model/model.bin"} {
			embedded, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Contains(data, embedded[len(embedded)/2:][:64]); got != test.has {
				t.Errorf("%s contains %s: %v, want %v", test.path, file, got, test.has)
			}
		}
		if !test.has {
			out, err := exec.Command(program).Output()
			if want := "person Aman Bekov\norganisation Zerde Holding\n"; err != nil || string(out) != want {
				t.Errorf("it prints %q, %v; want %q", out, err, want)
			}
		}
	}
}
