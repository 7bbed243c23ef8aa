package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"time"

	"github.com/steppe-ner/steppe/examples/web/page"
)

// files returns what serves the files of the page, by path.
func files() map[string]http.HandlerFunc {
	serve := map[string]http.HandlerFunc{}
	for name, data := range pageFiles() {
		tag := fmt.Sprintf(`"%x"`, sha256.Sum256(data))
		serve["/"+name] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Etag", tag)
			w.Header().Set("Cache-Control", "no-cache") // it is asked for anew, by its tag
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
		}
	}
	serve["/"] = serve["/index.html"]
	return serve
}

// pageFiles returns the files of the page.
func pageFiles() map[string][]byte {
	files := map[string][]byte{}
	err := fs.WalkDir(page.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[path], err = fs.ReadFile(page.Files(), path)
		}
		return err
	})
	if err != nil {
		panic(err) // they are embedded
	}
	return files
}
