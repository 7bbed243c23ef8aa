package model

import (
	_ "embed"
	"sync"
)

// To make the weights anew, with the corpora at hand:
//
//go:generate go run ../cmd/train -corpora ../../../shared/corpora -o model.bin

//go:embed model.bin
var embedded string

var (
	defaultOnce  sync.Once
	defaultModel *Model
)

// Default returns the embedded model. A program that never calls it does not
// contain it.
func Default() *Model {
	defaultOnce.Do(func() {
		m, err := open(embedded)
		if err != nil {
			panic("model: the embedded weights are damaged: " + err.Error())
		}
		defaultModel = m
	})
	return defaultModel
}
