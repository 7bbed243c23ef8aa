// Command gazetteergen compiles the TSV files under the folders given, in the
// order of their paths, into one gazetteer file. All faults of all files are
// reported together, and then nothing is written.
//
//	go run ./internal/cmd/gazetteergen -o gazetteer/default.bin gazetteer/data
//
// With -alone it writes, instead, the words of the reference data that are spelled like
// a word of a listed name and are words or surnames of their own: alone.txt, which the
// command is built with.
//
//	go run ./internal/cmd/gazetteergen -reference ../shared/reference -alone internal/cmd/gazetteergen/alone.txt gazetteer/data
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/listing/hook"
	"github.com/steppe-ner/steppe/internal/words"
)

func main() {
	out := flag.String("o", "", "write the compiled gazetteer to this `file`")
	alone := flag.String("alone", "", "write the words that are spelled like listed ones to this `file`")
	reference := flag.String("reference", "../shared/reference", "the `folder` of the reference data, for -alone")
	flag.Parse()
	if (*out == "") == (*alone == "") || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	hook.English = func(word string) bool { return words.Lookup(fold.Hash(word))&words.English != 0 }
	hook.NotRespelled = strings.Fields(aloneWords)
	g, err := read(flag.Args())
	if err == nil && *alone != "" {
		err = writeAlone(*alone, *reference, g)
	} else if err == nil {
		err = write(*out, g)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// read returns the gazetteer of the files under the folders.
func read(folders []string) (*gazetteer.Gazetteer, error) {
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
			return nil, err
		}
	}
	return b.Build()
}

// write writes the compiled form of g.
func write(out string, g *gazetteer.Gazetteer) error {
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
