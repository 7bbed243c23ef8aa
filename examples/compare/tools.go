package main

import (
	"strings"

	prose2 "github.com/jdkato/prose/v2"
	prose3 "github.com/jdkato/prose/v3"

	"github.com/steppe-ner/steppe/entity"
)

// finders are the tools that are written in Go.
var finders = map[string]func() func(text string) ([]Name, error){
	"steppe": func() func(string) ([]Name, error) {
		tagger := entity.New()
		var entities []entity.Entity
		return func(text string) ([]Name, error) {
			entities = tagger.Append(entities[:0], text)
			names := []Name{}
			for _, e := range entities {
				switch e.Kind {
				case entity.Country, entity.City:
					e.Kind = entity.Place
				case entity.Demonym:
					continue
				}
				names = append(names, Name{e.Start, e.End, e.Kind})
			}
			return names, nil
		}
	},
	"prose v2": func() func(string) ([]Name, error) {
		return func(text string) ([]Name, error) {
			d, err := prose2.NewDocument(text)
			if err != nil {
				return nil, err
			}
			names := []Name{}
			at := 0
			for _, e := range d.Entities() {
				// prose v2 gives no offsets: the next occurrence of the name.
				i := strings.Index(text[at:], e.Text)
				if i < 0 {
					continue
				}
				at += i
				names = add(names, at, at+len(e.Text), e.Label)
				at += len(e.Text)
			}
			return names, nil
		}
	},
	"prose v3": func() func(string) ([]Name, error) {
		return func(text string) ([]Name, error) {
			d, err := prose3.NewDocument(text)
			if err != nil {
				return nil, err
			}
			names := []Name{}
			for _, e := range d.Entities() {
				names = add(names, e.Start, e.Start+len(e.Text), e.Label)
			}
			return names, nil
		}
	},
}

// add adds a name by the label that prose and spaCy give it.
func add(names []Name, start, end int, label string) []Name {
	kind := map[string]entity.Kind{"PERSON": entity.Person, "GPE": entity.Place, "LOC": entity.Place, "FAC": entity.Place, "ORG": entity.Organisation}[label]
	if kind == 0 {
		return names
	}
	return append(names, Name{start, end, kind})
}
