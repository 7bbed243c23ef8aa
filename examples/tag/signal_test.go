//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestSignal: a process that is interrupted, or asked to end, while it waits for
// input, says so, exits with 1, and leaves no output, not even a hidden one.
func TestSignal(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // which the process inherits
		signals = append(signals, syscall.SIGHUP)
	}
	for _, signal := range signals {
		dir := t.TempDir()
		var stderr bytes.Buffer
		cmd := exec.Command(self, "-input", "jsonl", "-format", "jsonl", "-o", filepath.Join(dir, "out.jsonl"))
		cmd.Args[0] = "tag" // TestMain runs the command under this name
		cmd.Env = append(os.Environ(), "TMPDIR="+dir)
		cmd.Stderr = &stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The output is made after the process has begun to listen for signals.
		for {
			if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		err = cmd.Wait()
		in.Close()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || stderr.String() != "tag: interrupted\n" {
			t.Errorf("%v: %v, %q", signal, err, stderr.String())
		}
		if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
			t.Errorf("%v: left behind %v, %v", signal, list, err)
		}
	}
}
