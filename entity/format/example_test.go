package format_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

// Entities of any origin.
func ExampleWriter_Write() {
	text := "🐎: Tokayev left Osh."
	entities := []entity.Entity{
		{
			Kind: entity.Person, Start: 6, End: 13, Text: "Tokayev", ID: "person:kassym-jomart-tokayev",
			Confidence: 0.99, IDConfidence: 0.98,
		},
		{Kind: entity.City, Start: 19, End: 22, Text: "Osh", ID: "geonames:1527534", Confidence: 1},
	}
	w, err := format.New("brat", os.Stdout, gazetteer.Default())
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := w.Write(format.Header{Source: "a.txt"}, text, entities); err != nil {
		fmt.Println(err)
	}
	// Output:
	// T1	person 3 10	Tokayev
	// #1	AnnotatorNotes T1	confidence 0.99, ID confidence 0.98
	// N1	Reference T1 Steppe:person:kassym-jomart-tokayev	Kassym-Jomart Tokayev
	// T2	city 16 19	Osh
	// #2	AnnotatorNotes T2	confidence 1
	// N2	Reference T2 Steppe:geonames:1527534	Osh
}

// A document of any length, part by part.
func ExampleWriter_Part() {
	w, err := format.New("conll", os.Stdout, gazetteer.Default())
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := w.Begin(format.Header{ID: json.RawMessage("7")}); err != nil {
		fmt.Println(err)
		return
	}
	for part, err := range entity.New().Parts(context.Background(), strings.NewReader("Tokayev left Osh.")) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := w.Part(part); err != nil {
			fmt.Println(err)
		}
	}
	if err := w.End(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// -DOCSTART-	O
	//
	// Tokayev	B-PERSON
	// left	O
	// Osh	B-CITY
	// .	O
}

func ExampleReadJSONLines() {
	file := `{"id":1,"text":"Tokayev left Osh.","entities":[{"kind":"PER","start":0,"end":7}]}
{"id":2,"text":"Nobody.","entities":[{"kind":"PER","start":0,"end":70}]}`
	for d, err := range format.ReadJSONLines(strings.NewReader(file), "gold.jsonl") {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, s := range d.Spans {
			fmt.Println(d.Name(), s.Label, s.Text)
		}
	}
	// Output:
	// 1 PER Tokayev
	// gold.jsonl:2:38: an entity from byte 0 to 70 in a text of 7
}

func ExampleReadCoNLL() {
	file := "Kassym-Jomart B-PER\nTokayev I-PER\nleft O\nOsh B-LOC\n"
	for d, err := range format.ReadCoNLL(strings.NewReader(file), "gold.conll", 1) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, s := range d.Spans {
			fmt.Println(s.Label, s.Text)
		}
	}
	// Output:
	// PER Kassym-Jomart Tokayev
	// LOC Osh
}

func ExampleSummary() {
	text := "Tokayev left Osh.\nOsh waved."
	s := format.NewSummary(gazetteer.Default())
	s.Add(entity.Part{Text: text, Entities: entity.New().Append(nil, text)})
	for _, r := range s.Rows() {
		fmt.Printf("%s: %s, %d times, first in line %d\n", r.Kind, r.Name, r.Times, r.Line)
	}
	// Output:
	// person: Kassym-Jomart Tokayev, 1 times, first in line 1
	// city: Osh, 2 times, first in line 1
}
