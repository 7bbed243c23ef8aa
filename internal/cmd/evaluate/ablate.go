package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/fitting"
	"github.com/steppe-ner/steppe/internal/ner"
)

// part is what an ablation switches off.
type part struct {
	name string
	off  ner.Off
}

// parts are all that can be switched off.
func parts() []part {
	all := []part{{name: "nothing"}}
	for i, name := range ner.Groups() {
		all = append(all, part{"features: " + name, ner.Off{Groups: 1 << i}})
	}
	for i, name := range ner.Bounds() {
		all = append(all, part{name, ner.Off{Bounds: 1 << i}})
	}
	for i, name := range ner.Stages() {
		all = append(all, part{"stage: " + name, ner.Off{Stages: 1 << i}})
	}
	for i, name := range ner.LinkGroups() {
		all = append(all, part{name, ner.Off{Links: 1 << i}})
	}
	return all
}

// ablate prints for each part what the sets lose without it in F1, the weights having been
// fitted without it, too; how many of the links go wrong or missing that were right; and
// how much it adds: candidates proposed, and features that spoke of them.
func ablate(sets []set, links []linkedText, data *fitting.Data, opts []entity.Option) error {
	fmt.Print("| without |")
	for _, s := range sets {
		fmt.Printf(" %s |", filepath.Base(filepath.Dir(s.file)))
	}
	fmt.Print(" right IDs | wrong IDs | candidates | features |\n| --- |", strings.Repeat(" --- |", len(sets)+4), "\n")
	var whole count
	var all *ner.Weights
	for _, p := range parts() {
		weights := fitWithout(data, p.off, all)
		if p.off == (ner.Off{}) {
			all = weights
		}
		change := ner.Hook(func(r *ner.Recogniser) { r.Weights, r.Off = weights, p.off }).(entity.Option)
		tagger := entity.New(append(opts[:len(opts):len(opts)], change)...)
		fmt.Printf("| %s |", p.name)
		n := count{}
		for i := range sets {
			fmt.Printf(" %.1f |", 100*sets[i].score(tagger, new(calibration), new(int)).Total().F1())
			n.add(&sets[i], p.off)
		}
		l := scoreLinks(links, tagger, 0)
		if p.name == "nothing" {
			whole = n
		}
		fmt.Printf(" %d | %d | %d | %d |\n", l.right, l.wrong, whole.candidates-n.candidates, whole.features-n.features)
	}
	return nil
}

// fitWithout returns weights fitted without a part; what only the linker knows of leaves
// the layers of all as they are.
func fitWithout(data *fitting.Data, off ner.Off, all *ner.Weights) *ner.Weights {
	if all == nil || off.Links == 0 {
		return data.Fit(off, io.Discard)
	}
	weights := &ner.Weights{Model: all.Model, Bare: all.Bare, Linker: ner.NewWeights().Linker}
	data.FitLinks(weights, off, io.Discard)
	return weights
}

// count is how much is proposed and noted.
type count struct{ candidates, features int }

func (n *count) add(s *set, off ner.Off) {
	r := ner.Recogniser{Gazetteer: gazetteer.Default(), Weights: ner.Default(), Off: off}
	scratch := ner.NewScratch()
	for _, d := range s.docs {
		r.Propose(scratch, d.Text)
		for e := range scratch.First {
			n.candidates++
			n.features += len(e.Features)
		}
	}
}
