package training

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/steppe-ner/steppe/gazetteer"
)

// The list as it was when the embedded weights were made: training and fitting work on it,
// so that a row added to the gazetteer does not change what they make. To train on the list
// of today, copy gazetteer/default.bin here first.
//
//go:embed gazetteer.bin
var frozen []byte

// Gazetteer returns the frozen list.
var Gazetteer = sync.OnceValue(func() *gazetteer.Gazetteer {
	g, err := gazetteer.Parse(frozen)
	if err != nil {
		panic("training: the frozen list is damaged: " + err.Error())
	}
	return g
})

// Made returns a line about each input that models and weights are made from: its name and
// the beginning of the SHA-256 of its bytes, a file of the corpora by its name there.
func Made(corpora string) ([]string, error) {
	var made []string
	add := func(name string, data []byte) {
		made = append(made, fmt.Sprintf("%s sha256 %.16x", name, sha256.Sum256(data)))
	}
	for _, s := range Sets {
		data, err := os.ReadFile(filepath.Join(corpora, s.File))
		if err != nil {
			return nil, err
		}
		add(s.File, data)
	}
	files, err := texts.ReadDir("texts")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		data, err := texts.ReadFile("texts/" + f.Name())
		if err != nil {
			return nil, err
		}
		add("texts/"+f.Name(), data)
	}
	add("the frozen gazetteer", frozen)
	return made, nil
}
