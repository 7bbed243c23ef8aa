// Command mapgen writes the map of the page: land and borders of the world and, more
// finely, of Central Asia, from the npm package world-atlas, which has them from
// Natural Earth. It asks the npm command for the package and checks what it gets.
//
//	go run ./examples/web/mapgen -o examples/web/page/static/map.json
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// The package, and the digest that npm's registry gives of it.
const (
	atlas     = "world-atlas@2.0.2"
	integrity = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
)

// sheet is a part of the map.
type sheet struct {
	name      string
	file      string // of the package
	perDegree int    // units of the coordinates
	frame     box    // beyond which nothing is drawn
	labels    bool   // it has names of countries
}

// box is a part of the world, in degrees.
type box struct{ west, south, east, north float64 }

var sheets = []sheet{
	{"world", "package/countries-110m.json", 10, box{-180, -60, 180, 90}, false},
	{"region", "package/countries-50m.json", 50, box{36, 26, 98, 62}, true},
}

func main() {
	out := flag.String("o", "examples/web/page/static/map.json", "write to this `file`")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "mapgen:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	files, err := unpack()
	if err != nil {
		return err
	}
	drawn := map[string]drawing{}
	for _, s := range sheets {
		t, err := readTopology(files[s.file])
		if err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
		drawn[s.name] = t.draw(s)
	}
	data, err := json.Marshal(drawn)
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

// unpack returns the files of the package.
func unpack() (map[string][]byte, error) {
	folder, err := os.MkdirTemp("", "mapgen")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	pack := exec.Command("npm", "pack", "--silent", "--pack-destination", folder, atlas)
	pack.Stderr = os.Stderr
	name, err := pack.Output()
	if err != nil {
		return nil, fmt.Errorf("npm pack %s: %w", atlas, err)
	}
	packed, err := os.ReadFile(filepath.Join(folder, string(bytes.TrimSpace(name))))
	if err != nil {
		return nil, err
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != integrity {
		return nil, fmt.Errorf("%s is not what it was", atlas)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if files[h.Name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
}
