package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExportElsewhere: where there is no source to compile, -export says what it needs
// and writes nothing.
func TestExportElsewhere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, path := range []string{os.Getenv("PATH"), ""} { // with and without the go command
		t.Setenv("PATH", path)
		folder := filepath.Join(dir, "page")
		if err := export(t.Context(), folder); err == nil || !strings.Contains(err.Error(), "in a clone") {
			t.Errorf("PATH=%q: %v", path, err)
		}
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("PATH=%q: %s was made", path, folder)
		}
	}
}
