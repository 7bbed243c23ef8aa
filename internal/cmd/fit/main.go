// Command fit fits the weights that package ner decides with: see package fitting.
//
//	go run ./internal/cmd/fit -corpora ../shared/corpora -o internal/ner/weights.tsv
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/internal/fitting"
	"github.com/steppe-ner/steppe/internal/ner"
	"github.com/steppe-ner/steppe/internal/training"
)

func main() {
	corpora := flag.String("corpora", "../shared/corpora", "the `folder` of the corpora")
	models := flag.String("models", "", "the `files` of sequence models, separated by commas: number i of n trained on all but fold i of n, as -folds of internal/cmd/train says; without them, two are trained")
	links := flag.String("links", "testdata/links/fit-*.txt", "texts that say whom names mean: a `pattern` of files")
	layers := flag.String("layers", "", "a `file` of weights of which the layers stay: only the linker is fitted, with the first of -models")
	out := flag.String("o", "", "write the weights to this `file`")
	flag.Parse()
	if *out == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, strings.FieldsFunc(*models, func(r rune) bool { return r == ',' }), *links, *layers, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(corpora string, files []string, links, layers, out string) error {
	if len(files) == 0 {
		folder, err := os.MkdirTemp("", "fit")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		if files, err = train(corpora, folder); err != nil {
			return err
		}
	}
	models, err := fitting.ReadModels(files...)
	if err != nil {
		return err
	}
	data, err := fitting.Read(corpora, links, models)
	if err != nil {
		return err
	}
	made, err := training.Made(corpora)
	if err != nil {
		return err
	}
	weights, err := fit(data, layers)
	if err != nil {
		return err
	}
	return os.WriteFile(out, ner.AppendWeights(nil, weights, made), 0o644)
}

// fit fits all weights, or, with a file of others, their linker.
func fit(data *fitting.Data, layers string) (*ner.Weights, error) {
	if layers == "" {
		return data.Fit(ner.Off{}, os.Stdout), nil
	}
	read, err := os.ReadFile(layers)
	if err != nil {
		return nil, err
	}
	weights, err := ner.ParseWeights(string(read))
	if err != nil {
		return nil, err
	}
	data.FitLinks(weights, ner.Off{}, os.Stdout)
	return weights, nil
}

// folds is how many models are trained, each on what another one has not seen.
const folds = 2

// train trains the models of the folds beside each other, and returns their files.
func train(corpora, folder string) ([]string, error) {
	var files [folds]string
	var faults [folds]error
	var all sync.WaitGroup
	for i := range folds {
		files[i] = filepath.Join(folder, strconv.Itoa(i)+".bin")
		all.Go(func() {
			c := exec.Command("go", "run", "github.com/steppe-ner/steppe/internal/cmd/train", "-corpora", corpora,
				"-folds", strconv.Itoa(folds), "-fold", strconv.Itoa(i), "-o", files[i])
			c.Stderr = os.Stderr
			faults[i] = c.Run()
		})
	}
	all.Wait()
	return files[:], errors.Join(faults[:]...)
}
