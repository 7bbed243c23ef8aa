//go:build race

package main

// raceEnabled says whether the race detector is there, which takes time and memory.
const raceEnabled = true
