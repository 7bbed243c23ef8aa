package gazetteer

import (
	_ "embed"
	"sync"

	"github.com/steppe-ner/steppe/internal/trie"
)

//go:generate go run ../internal/cmd/gazetteergen -o default.bin data

//go:embed default.bin
var defaultData string

var (
	defaultOnce      sync.Once
	defaultGazetteer *Gazetteer
)

// Default returns the curated gazetteer that comes with the library. It is
// compiled into the program and used in place: the first call verifies it, later
// calls cost nothing. A program that never calls it does not contain it.
func Default() *Gazetteer {
	defaultOnce.Do(func() {
		c, err := open(defaultData, trie.Open)
		if err != nil {
			panic("gazetteer: the embedded data are damaged: " + err.Error())
		}
		c.curated = true
		defaultGazetteer = newGazetteer(c)
	})
	return defaultGazetteer
}
