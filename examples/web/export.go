package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// export writes the page to a folder, with the tagger as a WebAssembly program
// for it to run in a worker. It needs the go command and this module's source.
func export(ctx context.Context, folder string) error {
	if err := compilable(ctx); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for name, data := range pageFiles() {
		if name == "index.html" {
			// A server of files may not send the policy; and it has no service.
			data = bytes.Replace(data, []byte(`<html lang="en"`), []byte(`<html lang="en" data-exported`), 1)
			data = bytes.Replace(data, []byte("<meta charset=\"utf-8\">"),
				[]byte("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""+metaPolicy+"\">"), 1)
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(string(bytes.TrimSpace(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "wasm_exec.js"), script, 0o644); err != nil {
		return err
	}
	build := exec.CommandContext(
		ctx,
		"go",
		"build",
		"-ldflags=-s -w",
		"-o",
		filepath.Join(folder, "steppe.wasm"),
		"github.com/steppe-ner/steppe/examples/web/wasm",
	)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	return build.Run()
}

// metaPolicy is policy as far as a page may state it itself.
const metaPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
	"worker-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
