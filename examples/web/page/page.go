// Package page is what the page of examples/web consists of: its files, and the
// requests and answers that the server and the WebAssembly program have in common.
package page

import (
	"embed"
	"io/fs"
)

//go:generate go run ../mapgen -o static/map.json

//go:embed static
var static embed.FS

// Files returns the files of the page: index.html and what it refers to.
func Files() fs.FS {
	files, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return files
}
