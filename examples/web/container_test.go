//go:build linux

package main

import (
	"bufio"
	"debug/elf"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// TestContainerfile builds what the Containerfile builds, by its own command, and runs
// it as the Containerfile does: with nothing else in its file system, as nobody. There
// is no need of a container engine for that, but of root.
func TestContainerfile(t *testing.T) {
	data, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	var command string
	for line := range strings.Lines(string(data)) {
		if run, ok := strings.CutPrefix(strings.TrimSpace(line), "RUN "); ok && strings.Contains(run, "go build") {
			command = run
		}
	}
	root := t.TempDir()
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(root, "web")
	build := exec.Command("sh", "-c", strings.Replace(command, "-o /web", "-o "+program, 1))
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v: %s", command, err, out)
	}
	binary, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer binary.Close()
	for _, p := range binary.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("it is linked to libraries that an empty image does not have")
		}
	}
	if os.Getuid() != 0 {
		t.Skip("only root may run it in a file system of its own")
	}
	if !regexp.MustCompile(`(?m)^USER 65534:65534$`).Match(data) {
		t.Error("the image does not run as nobody")
	}
	server := exec.Command("/web", "-address", "127.0.0.1:0") // nothing there knows localhost
	server.Env, server.Dir = []string{}, "/"
	server.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	server.Err = nil // it was not to be found outside
	server.Stderr = os.Stderr
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Skipf("not in a file system of its own here: %v", err)
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(
		strings.TrimSpace(line)+"v1/entities",
		"application/json",
		strings.NewReader(`{"text":"Osh"}`),
	)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || response.StatusCode != 200 ||
		!strings.Contains(string(body), "geonames:") {
		t.Errorf("%d %v %s", response.StatusCode, err, body)
	}
}
