// Command gazetteergen compiles the TSV files under the folders given, in the
// order of their paths, into one gazetteer file. All faults of all files are
// reported together, and then nothing is written.
//
//	go run ./internal/cmd/gazetteergen -o gazetteer/default.bin gazetteer/data
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	out := flag.String("o", "", "write the compiled gazetteer to this `file`")
	flag.Parse()
	if *out == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out string, folders []string) error {
	b := gazetteer.Builder{Whole: true}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".tsv" {
				return err
			}
			f, err := os.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			b.ReadTSV(filepath.ToSlash(path), f)
			return nil
		})
		if err != nil {
			return err
		}
	}
	g, err := b.Build()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(out), ".gazetteer-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	n, err := g.WriteTo(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), out)
	}
	if err == nil {
		fmt.Printf("%s: %d entities, %d bytes\n", out, g.Len(), n)
	}
	return err
}
