package entity_test

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// The program of the README.
func Example() {
	text := "ASTANA (Reuters) - Blinken met Tokayev; Uzbekistan's foreign\nminister, Bakhtiyor Saidov, awaits him in Tashkent."
	for e := range entity.Find(text) {
		fmt.Printf("%3d-%-3d %-12s %-17s %s\n", e.Start, e.End, e.Kind, e.Text, e.ID)
	}
	// Output:
	//   0-6   city         ASTANA            geonames:1526273
	//   8-15  organisation Reuters           organisation:reuters
	//  19-26  person       Blinken           person:antony-blinken
	//  31-38  person       Tokayev           person:kassym-jomart-tokayev
	//  40-50  country      Uzbekistan        iso:UZ
	//  71-87  person       Bakhtiyor Saidov  person:bakhtiyor-saidov
	// 103-111 city         Tashkent          geonames:1512569
}

func ExampleFind() {
	for e := range entity.Find("Tokayev flew to Bishkek.") {
		fmt.Println(e.Kind, e.Text)
	}
	// Output:
	// person Tokayev
	// city Bishkek
}

func ExampleNew() {
	tagger := entity.New(entity.Only(entity.Country, entity.City), entity.MinConfidence(0.5))
	for e := range tagger.Find("Mirziyoyev of Uzbekistan received Rahmon in Samarkand.") {
		fmt.Println(e.Kind, e.Text)
	}
	// Output:
	// country Uzbekistan
	// city Samarkand
}

func ExampleTagger_Find() {
	for e := range entity.New().Find("Blinken thanked Tokayev.") {
		fmt.Println(e.Text)
		break // the rest of the text is left unread
	}
	// Output:
	// Blinken
}

func ExampleTagger_Append() {
	tagger := entity.New()
	var entities []entity.Entity
	for _, text := range []string{"Japarov left Bishkek.", "Rahmon stayed in Dushanbe."} {
		entities = tagger.Append(entities[:0], text)
		fmt.Println(len(entities), entities[0].Text, entities[1].Text)
	}
	// Output:
	// 2 Japarov Bishkek
	// 2 Rahmon Dushanbe
}

func ExampleTagger_FindReader() {
	r := strings.NewReader("Talks went on in Almaty.\n\nThe OSCE sent observers.")
	for e, err := range entity.New().FindReader(context.Background(), r) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(e.Start, e.Text)
	}
	// Output:
	// 17 Almaty
	// 30 OSCE
}

func ExampleWithoutModel() {
	for e := range entity.New(entity.WithoutModel()).Find("Tokayev and a farmer, Bolat Serikov, met in Osh.") {
		fmt.Println(e.Kind, e.Text, e.Evidence)
	}
	// Output:
	// person Tokayev listed+tagged
	// person Bolat Serikov tagged
	// city Osh listed+tagged+cued
}

func ExampleOnly() {
	for e := range entity.New(entity.Only(entity.Person)).Find("Lavrov met Fidan in Antalya.") {
		fmt.Println(e.Text)
	}
	// Output:
	// Lavrov
	// Fidan
}

func ExampleMinConfidence() {
	// That Tandyr is a name is a mere guess.
	for e := range entity.New(entity.MinConfidence(0.9)).Find("Tokayev said in Moscow that Tandyr was open.") {
		fmt.Println(e.Text)
	}
	// Output:
	// Tokayev
	// Moscow
}

func ExampleWithGazetteer() {
	var b gazetteer.Builder
	b.Add(gazetteer.Entry{Kind: gazetteer.Organisation, Name: "Zerde Holding", Country: "KZ"}, gazetteer.Name{Text: "Zerde"})
	own, err := b.Build()
	if err != nil {
		log.Fatal(err)
	}
	tagger := entity.New(entity.WithGazetteer(gazetteer.Layered(gazetteer.Default(), own)))
	for e := range tagger.Find("Zerde will open a data centre in Karaganda.") {
		fmt.Println(e.Kind, e.Text, e.ID)
	}
	// Output:
	// organisation Zerde organisation:zerde-holding
	// city Karaganda geonames:609655
}

func ExampleWithTagger() {
	// Every word a proper noun: a tagger of no use, but it shows the form.
	tag := func(dst, words []string) []string {
		for range words {
			dst = append(dst, "NNP")
		}
		return dst
	}
	for e := range entity.New(entity.WithTagger(tag)).Find("Tokayev is in Astana.") {
		fmt.Println(e.Text, e.Evidence)
	}
	// Output:
	// Tokayev listed+tagged
	// Astana listed+tagged+cued
}

// What the gazetteer knows of an entity comes with its ID.
func ExampleEntity() {
	g := gazetteer.Default()
	for e := range entity.Find("Japarov left Bishkek for Osh.") {
		entry, ok := g.Entry(e.ID)
		if !ok {
			continue // it is not listed, or unsure who it is
		}
		fmt.Printf("%s is %s, country %s, item %s", e.Text, entry.Name, entry.Country, entry.Wikidata)
		if e.Kind == entity.City {
			fmt.Printf(", at %.2f, %.2f", entry.Latitude, entry.Longitude)
		}
		fmt.Println()
	}
	// Output:
	// Japarov is Sadyr Japarov, country KG, item Q25597826
	// Bishkek is Bishkek, country KG, item Q9361, at 42.87, 74.59
	// Osh is Osh, country KG, item Q47282, at 40.53, 72.80
}

// A title means who held the post at the date of the text.
func ExampleTagger_On() {
	tagger := entity.New()
	for _, year := range []int{2006, 2022} {
		for e := range tagger.On(gazetteer.Date{Year: year}).Find("President Karimov spoke.") {
			fmt.Printf("%d: %s %q\n", year, e.Text, e.ID)
		}
	}
	// Output:
	// 2006: Karimov "person:islam-karimov"
	// 2022: Karimov ""
}

// For review by hand: what spoke for a name, and whom it may mean instead.
func ExampleTagger_Explain() {
	for _, x := range entity.New(entity.Only(entity.City)).Explain("Officials in Paris said so.") {
		fmt.Println(x.Text, x.ID, len(x.Features) > 0)
		for _, m := range x.Alternatives() {
			fmt.Println("or", cmp.Or(m.ID, "nobody listed"), m.Probability < x.IDConfidence)
		}
	}
	// Output:
	// Paris geonames:2988507 true
	// or nobody listed true
}

func ExampleEvidence() {
	e := entity.Listed | entity.Cued
	fmt.Println(e, e.Has(entity.Listed), e.Has(entity.Recalled), e.Strings())
	// Output:
	// listed+cued true false [listed cued]
}
