package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// table prints the F1 of the tagger and of it without its parts on each set, and
// how fast it is, in megabytes a second and over that of the whole.
func table(sets []set, opts []entity.Option) error {
	var empty gazetteer.Builder
	none, err := empty.Build()
	if err != nil {
		return err
	}
	untagged := entity.WithTagger(func(dst, words []string) []string { return dst })
	fmt.Print("| tagger |")
	for _, s := range sets {
		fmt.Printf(" %s |", filepath.Base(filepath.Dir(s.file)))
	}
	fmt.Print(" MB/s | of the whole |\n| --- |", strings.Repeat(" --- |", len(sets)+2), "\n")
	whole := 0.0
	for _, v := range []struct {
		name string
		opts []entity.Option
	}{
		{"whole", nil},
		{"without the sequence model", []entity.Option{entity.WithoutModel()}},
		{"without prose's tags", []entity.Option{untagged}},
		{"without the gazetteer", []entity.Option{entity.WithGazetteer(none)}},
	} {
		tagger := entity.New(append(slices.Clone(opts), v.opts...)...)
		fmt.Printf("| %s |", v.name)
		bytes := 0
		var entities []entity.Entity
		for _, s := range sets {
			fmt.Printf(" %.1f |", 100*s.score(tagger, new(calibration), new(int)).Total().F1())
		}
		start := time.Now()
		for time.Since(start) < time.Second {
			for _, s := range sets {
				for _, d := range s.docs {
					entities = tagger.Append(entities[:0], d.Text)
					bytes += len(d.Text)
				}
			}
		}
		rate := float64(bytes) / 1e6 / time.Since(start).Seconds()
		if whole == 0 {
			whole = rate
		}
		fmt.Printf(" %.1f | %.2f |\n", rate, rate/whole)
	}
	return nil
}
