// Command fit fits the weights that package ner decides with: see package fitting.
//
//	go run ./internal/cmd/fit -corpora ../shared/corpora -models a.bin,b.bin -o internal/ner/weights.tsv
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fitting"
	"github.com/steppe-ner/steppe/internal/ner"
)

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "the `folder` of the corpora")
	models := flag.String("models", "", "the `files` of sequence models, separated by commas: number i of n trained on all but fold i of n, as -folds of internal/cmd/train says")
	links := flag.String("links", "testdata/links/fit-*.txt", "texts that say whom names mean: a `pattern` of files")
	out := flag.String("o", "", "write the weights to this `file`")
	flag.Parse()
	if *out == "" || *models == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, strings.Split(*models, ","), *links, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(corpora string, files []string, links, out string) error {
	models, err := fitting.ReadModels(files...)
	if err != nil {
		return err
	}
	data, err := fitting.Read(corpora, links, models, gazetteer.Default())
	if err != nil {
		return err
	}
	weights := data.Fit(ner.Off{}, os.Stdout)
	return os.WriteFile(out, ner.AppendWeights(nil, weights, []string{"made by internal/cmd/fit"}), 0o644)
}
