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

// Default returns the embedded model.
var Default = sync.OnceValue(func() *Model {
	m, err := Parse(embedded)
	if err != nil {
		panic("model: the embedded weights are damaged: " + err.Error())
	}
	return m
})
