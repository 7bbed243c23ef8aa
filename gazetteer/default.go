package gazetteer

import (
	_ "embed"
	"sync"
)

//go:generate go run ../internal/cmd/gazetteergen -o default.bin data

//go:embed default.bin
var defaultData string

// Default returns the curated gazetteer that comes with the library. It is
// compiled into the program and used in place: the first call verifies it, later
// calls cost nothing.
func Default() *Gazetteer { return defaultGazetteer() }

var defaultGazetteer = sync.OnceValue(func() *Gazetteer {
	g, err := open(defaultData)
	if err != nil {
		panic("gazetteer: the embedded data are damaged: " + err.Error())
	}
	return g
})
