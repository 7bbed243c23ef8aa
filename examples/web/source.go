package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

// wasmPackage is what -export compiles.
const wasmPackage = "github.com/steppe-ner/steppe/examples/web/wasm"

// compilable returns why the page's program cannot be compiled here, before anything is
// written: a binary that was installed has no source beside it.
func compilable(ctx context.Context) error {
	list := exec.CommandContext(ctx, "go", "list", wasmPackage)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if err := list.Run(); err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.New("-export compiles the tagger to WebAssembly, for which it needs the go command and the source of " +
		"this module: run it in a clone, go run ./examples/web -export FOLDER, or in a module that requires " +
		"github.com/steppe-ner/steppe")
}
