package fitting

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"path/filepath"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/model"
	"github.com/steppe-ner/steppe/internal/ner"
)

// readLinked reads texts that say whom their names mean.
func readLinked(pattern string) ([]document, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var docs []document
	for _, f := range files {
		read, err := corpus.ReadMarked(f)
		if err != nil {
			return nil, err
		}
		for _, d := range read {
			doc := document{text: d.Text, gold: map[[2]int]gazetteer.Kind{}, ids: map[[2]int]gazetteer.ID{}}
			for _, x := range d.Spans {
				k, err := gazetteer.ParseKind(x.Label)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", f, err)
				}
				at := [2]int{x.Start, x.End}
				doc.gold[at] = k
				switch x.ID {
				case "":
				case "-":
					doc.ids[at] = ""
				default:
					doc.ids[at] = gazetteer.ID(x.ID)
				}
			}
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

// costOfWrong is how many right IDs one that is wrong is worth: an ID is given where that
// pays.
const costOfWrong = 1.5

// choice is a mention with the features of the meanings that it may have.
type choice struct {
	meanings [][]ner.Active
	right    int
}

// rounds is how often the linker is fitted anew: whom a name means hangs on whom the others
// were found to mean, by the linker of the round before.
const rounds = 4

// link fits a linker in place on the documents, whose mentions say whom they mean.
func (f *fitter) link(linker *ner.Linker) {
	clear(linker.Rows())
	linker.Threshold = math.Round(100*costOfWrong/(1+costOfWrong)) / 100
	var choices []choice
	for range rounds {
		choices = f.choices()
		clear(linker.Rows())
		solveLinks(choices, linker.Rows(), f.log)
	}
	f.linked(choices, linker)
}

// choices returns the mentions of the documents as the linker of the recogniser sees them.
func (f *fitter) choices() []choice {
	var choices []choice
	mentions, unknown := 0, 0
	for i := range f.docs {
		d := &f.docs[i]
		f.recogniser.Model = f.models[0]
		f.scratch.Memory.Clear()
		f.recogniser.Links(f.scratch, d.text, func(c *ner.Candidate, meanings []ner.Meaning, features func(m *ner.Meaning) []ner.Active) {
			at := at(f.scratch, c)
			id, ok := d.ids[at]
			if !ok || d.gold[at] != c.Kind {
				return
			}
			mentions++
			x := choice{right: -1}
			for k := range meanings {
				x.meanings = append(x.meanings, append([]ner.Active(nil), features(&meanings[k])...))
				if meanings[k].ID == id {
					x.right = k
				}
			}
			if x.right < 0 {
				x.right = 0
				unknown++
			}
			if len(x.meanings) > 1 {
				choices = append(choices, x)
			}
		})
	}
	fmt.Fprintf(f.log, "%d mentions, %d with a choice, %d that mean somebody else\n", mentions, len(choices), unknown)
	return choices
}

// linked says on the log what a linker makes of the choices that it was fitted on.
func (f *fitter) linked(choices []choice, linker *ner.Linker) {
	for _, least := range []float64{0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
		right, wrong, missing := 0, 0, 0
		for _, x := range choices {
			best, p := likeliest(linker.Rows(), x)
			switch {
			case best != 0 && p >= least && best == x.right:
				right++
			case best != 0 && p >= least:
				wrong++
			}
			if x.right != 0 && (best != x.right || p < least) {
				missing++
			}
		}
		fmt.Fprintf(f.log, "threshold %.2f: %d right, %d wrong, %d missing IDs\n", least, right, wrong, missing)
	}
}

// probabilities returns those of the meanings of a choice.
func probabilities(weights []float64, x choice) []float64 {
	logits := make([]float64, len(x.meanings))
	top := math.Inf(-1)
	for k, features := range x.meanings {
		for _, a := range features {
			logits[k] += float64(weights[a.Feature] * float64(a.Value))
		}
		top = max(top, logits[k])
	}
	total := 0.0
	for k := range logits {
		logits[k] = model.Exp(max(logits[k]-top, -60))
		total += logits[k]
	}
	for k := range logits {
		logits[k] /= total
	}
	return logits
}

func likeliest(weights []float64, x choice) (best int, p float64) {
	for k, q := range probabilities(weights, x) {
		if q > p {
			best, p = k, q
		}
	}
	return best, p
}

// solveLinks sets the weights of a conditional logistic regression over the choices, as
// problem.solve does those of a layer.
func solveLinks(choices []choice, weights []float64, log io.Writer) {
	const (
		passes  = 60
		rate    = 0.1
		penalty = 3e-4 // of each choice, on the features that speak in it
	)
	if len(choices) == 0 {
		return
	}
	squares, sum := make([]float64, len(weights)), make([]float64, len(weights))
	order := make([]int, len(choices))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(3, 4))
	for pass := range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			x := choices[i]
			p := probabilities(weights, x)
			loss -= model.Log(max(p[x.right], 1e-9))
			for k, features := range x.meanings {
				g := p[k]
				if k == x.right {
					g--
				}
				for _, a := range features {
					d := float64(g*float64(a.Value)) + float64(penalty*weights[a.Feature])
					if d == 0 {
						continue
					}
					squares[a.Feature] += float64(d * d)
					weights[a.Feature] -= float64(rate*d) / math.Sqrt(squares[a.Feature]+1e-6)
				}
			}
		}
		if pass%20 == 19 {
			fmt.Fprintf(log, "links, pass %d: loss %.4f a choice\n", pass+1, loss/float64(len(order)))
		}
		if pass >= passes/2 {
			for f, w := range weights {
				sum[f] += w
			}
		}
	}
	for f := range weights {
		weights[f] = sum[f] / (passes - passes/2)
	}
}
