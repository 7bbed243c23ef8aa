// Package contract holds the service of examples/web to its description by
// schemathesis, which makes requests from it, right and wrong ones, and compares the
// answers. It is a module of its own, since it needs Python and the network.
package contract

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const schemathesis = "schemathesis==4.32.5"

// installed returns the schemathesis command, in an environment of its own. Where it
// cannot be had the test is skipped.
func installed(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if out, err := exec.Command("python3", "-m", "venv", folder).CombinedOutput(); err != nil {
		t.Skipf("python3 -m venv: %v: %s", err, out)
	}
	bin := filepath.Join(folder, "bin")
	if out, err := exec.Command(filepath.Join(bin, "pip"), "install", "--quiet", schemathesis).CombinedOutput(); err != nil {
		t.Skipf("pip install %s: %v: %.2000s", schemathesis, err, out)
	}
	return filepath.Join(bin, "schemathesis")
}

func TestContract(t *testing.T) {
	command := installed(t)
	program := filepath.Join(t.TempDir(), "web")
	build := exec.Command("go", "build", "-o", program, "./examples/web")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	server := exec.Command(program, "-address", "localhost:0")
	server.Stderr = os.Stderr
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	// Batches are JSON Lines, which it cannot write. That names are of the right form and
	// yet refused is said by a status of its own.
	config := filepath.Join(t.TempDir(), "schemathesis.toml")
	if err := os.WriteFile(config, []byte("[checks.positive_data_acceptance]\nexpected-statuses = [\"2xx\", \"422\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	// The same seed makes the same requests.
	test := exec.Command(
		command,
		"--config-file",
		config,
		"run",
		strings.TrimSpace(line)+"openapi.json",
		"--checks",
		"all",
		"--exclude-path",
		"/v1/batch",
		"--phases",
		"examples,coverage,fuzzing",
		"--max-examples",
		"60",
		"--seed",
		"1",
		"--request-timeout",
		"30",
		"--no-color",
	)
	test.Dir = t.TempDir() // it writes there
	out, err := test.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
