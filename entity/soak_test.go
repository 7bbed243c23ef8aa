package entity_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
)

// TestSoak puts many texts, sound ones and hostile ones, in every way through
// taggers that goroutines share, and requires what one goroutine finds by itself,
// no goroutine left and a heap that stays as it is. STEPPE_SOAK=1h with -race is
// the whole of it; without, it is a few rounds.
func TestSoak(t *testing.T) {
	rounds, until := 2, time.Time{}
	if s := os.Getenv("STEPPE_SOAK"); s != "" {
		d, err := time.ParseDuration(s)
		if err != nil {
			t.Fatal(err)
		}
		rounds, until = 1<<30, time.Now().Add(d)
	}
	var texts []string
	for _, g := range goldTexts(t) {
		texts = append(texts, g.text)
	}
	texts = append(texts, strings.Repeat(all(t), 7))
	for _, text := range hostile(3000) {
		texts = append(texts, text)
	}
	taggers := []*entity.Tagger{entity.New(), entity.New(entity.WithoutModel()), entity.New(entity.Only(entity.Person), entity.MinConfidence(0.7))}
	want := make([][]string, len(taggers))
	for i, tagger := range taggers {
		for _, text := range texts {
			want[i] = append(want[i], show(tagger.Append(nil, text)))
		}
	}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC() // what pools hold goes at the second one
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	soak := func(round int) {
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(round), uint64(n)))
				for range len(texts) {
					i, k := r.IntN(len(taggers)), r.IntN(len(texts))
					if got, err := somehow(t.Context(), taggers[i], texts[k], r); err != nil || got != want[i][k] {
						t.Errorf("round %d, tagger %d, text %d: found otherwise than alone: %v (-alone +now)\n%s", round, i, k, err, cmp.Diff(strings.Split(want[i][k], "\n"), strings.Split(got, "\n")))
						return
					}
				}
			})
		}
		wg.Wait()
	}
	soak(0)
	memory, goroutines := heap(), runtime.NumGoroutine()
	for round := 1; round <= rounds && !t.Failed() && (until.IsZero() || time.Now().Before(until)); round++ {
		soak(round)
		if now := heap(); now > memory+2<<20 {
			t.Fatalf("round %d: a heap of %d bytes became %d", round, memory, now)
		}
		if now := runtime.NumGoroutine(); now > goroutines {
			t.Fatalf("round %d: %d goroutines became %d", round, goroutines, now)
		}
	}
}

// somehow returns what is found in text in one of the ways there are, now and then
// after a search that is broken off.
func somehow(ctx context.Context, tagger *entity.Tagger, text string, r *rand.Rand) (string, error) {
	if r.IntN(4) == 0 {
		for range tagger.Find(text) {
			break
		}
		ctx, cancel := context.WithCancel(ctx)
		for _, err := range tagger.FindReader(ctx, strings.NewReader(text)) {
			cancel()
			if err != nil && !errors.Is(err, context.Canceled) {
				cancel()
				return "", err
			}
		}
		cancel()
	}
	var list []entity.Entity
	switch r.IntN(3) {
	case 0:
		list = tagger.Append(nil, text)
	case 1:
		for e := range tagger.Find(text) {
			list = append(list, e)
		}
	case 2:
		for e, err := range tagger.FindReader(ctx, iotest.HalfReader(strings.NewReader(text))) {
			if err != nil {
				return "", err
			}
			list = append(list, e)
		}
	}
	return show(list), nil
}
