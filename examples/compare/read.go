package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/internal/corpus"
	"github.com/steppe-ner/steppe/internal/markup"
)

// Text is a text with its gold names, demonyms left out and places together.
type Text struct {
	Text string
	Gold []score.Span
}

// types are the labels of corpora in columns.
var types = map[string]entity.Kind{"PER": entity.Person, "PERSON": entity.Person, "LOC": entity.Place, "COUNTRY": entity.Place, "CITY": entity.Place,
	"PLACE": entity.Place, "ORG": entity.Organisation, "ORGANISATION": entity.Organisation, "ORGANIZATION": entity.Organisation}

func read(file string) ([]Text, error) {
	var texts []Text
	if !strings.HasSuffix(file, ".txt") {
		docs, err := corpus.ReadFile(file, 1)
		for _, d := range docs {
			t := Text{Text: d.Text}
			for _, s := range d.Spans {
				if k := types[s.Label]; k != 0 {
					t.Gold = append(t.Gold, score.Span{Kind: k, Start: s.Start, End: s.End})
				}
			}
			texts = append(texts, t)
		}
		return texts, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		text, spans, err := markup.Parse(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		t := Text{Text: text}
		for _, s := range spans {
			switch s.Kind {
			case entity.Demonym:
				continue
			case entity.Country, entity.City:
				s.Kind = entity.Place
			}
			t.Gold = append(t.Gold, score.Span{Kind: s.Kind, Start: s.Start, End: s.End})
		}
		texts = append(texts, t)
	}
	return texts, nil
}
