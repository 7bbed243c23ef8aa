package job

import (
	"math"
	"os"
	"runtime/debug"
)

// memoryBytes is where the collector begins to work harder, so that the whole
// process stays below 64 MB also where lines of JSON Lines, which are in memory as
// a whole, are as long as they may be. What is alive is less than half of it.
const memoryBytes = 36 << 20

// LimitMemory sets the collector's goal, unless whoever runs the command has set
// one. Gazetteers of the user's own need more: about thirty times their files.
func LimitMemory(gazetteers []string) {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	limit := int64(memoryBytes)
	for _, file := range gazetteers {
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			limit += 30 * info.Size()
		}
	}
	debug.SetMemoryLimit(limit)
}
