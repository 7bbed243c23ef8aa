package gazetteer_test

import (
	"bytes"
	"fmt"
	"log"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
)

func ExampleDefault() {
	e, ok := gazetteer.Default().Entry("geonames:1526273")
	fmt.Println(e.Name, e.Kind, e.Country, ok)
	// Output:
	// Astana city KZ true
}

func ExampleGazetteer_Lookup() {
	for _, name := range []string{"Frunze", "Zhaparov", "SCO"} {
		for _, e := range gazetteer.Default().Lookup(name)[:1] {
			fmt.Printf("%s: %s (%s)\n", name, e.Name, e.Kind)
		}
	}
	// Output:
	// Frunze: Bishkek (city)
	// Zhaparov: Sadyr Japarov (person)
	// SCO: Shanghai Cooperation Organisation (organisation)
}

func ExampleGazetteer_Match() {
	text := "Talks in Nur-\nSultan went on; Samarkand waits."
	for m := range gazetteer.Default().Match(text) {
		fmt.Printf("%d-%d %q %s\n", m.Start, m.End, text[m.Start:m.End], m.ID)
	}
	// Output:
	// 9-20 "Nur-\nSultan" geonames:1526273
	// 30-39 "Samarkand" geonames:1216265
}

func ExampleGazetteer_Names() {
	for n := range gazetteer.Default().Names("geonames:1526273") {
		if n.Until >= 1990 && n.Lang == "" {
			fmt.Println(n.Text, n.From, n.Until)
		}
	}
	// Output:
	// Nur-Sultan 2019 2022
	// Nursultan 2019 2022
	// Akmola 1992 1998
	// Aqmola 1992 1998
	// Tselinograd 1961 1992
}

func ExampleGazetteer_All() {
	n := 0
	for e := range gazetteer.Default().All() {
		if e.Kind == gazetteer.City && e.Country == "KG" && e.Rank <= 2 {
			n++
		}
	}
	fmt.Println(n > 0)
	// Output:
	// true
}

func ExampleGazetteer_Posts() {
	g := gazetteer.Default()
	for p := range g.Posts("person:karim-massimov") {
		if p.From.Year >= 2012 && p.Until.Year <= 2016 {
			fmt.Println(p.Title, p.From, p.Until)
		}
	}
	// Output:
	// prime minister 2014-04-02 2016-09-08
	// state secretary 2014-01-21 2014-04-02
	// head of the presidential administration 2012-09-24 2014-04-02
}

func ExampleGazetteer_Holders() {
	g := gazetteer.Default()
	at, err := gazetteer.ParseDate("2015-06")
	if err != nil {
		log.Fatal(err)
	}
	for p := range g.Holders(gazetteer.Post{Title: "prime minister", Country: "KZ"}, at) {
		fmt.Println(p.Person, g.Describe(p))
	}
	// Output:
	// person:karim-massimov prime minister of Kazakhstan, 2014 to 2016
}

func ExampleBuilder_Deny() {
	var b gazetteer.Builder
	b.Deny("Pamir")
	mine, err := b.Build()
	if err != nil {
		log.Fatal(err)
	}
	text := "The Pamir hotel in Samarkand is shut."
	for m := range gazetteer.Layered(gazetteer.Default(), mine).Match(text) {
		fmt.Println(text[m.Start:m.End])
	}
	// Output:
	// Samarkand
}

func ExampleLayered() {
	var b gazetteer.Builder
	b.ReadTSV("mine.tsv", strings.NewReader("id\tkind\tname\norganisation:zerde-holding\torganisation\tZerde Holding\n"))
	b.Remove("organisation:reuters")
	mine, err := b.Build()
	if err != nil {
		log.Fatal(err)
	}
	g := gazetteer.Layered(gazetteer.Default(), mine)
	fmt.Println(len(g.Lookup("Zerde Holding")), len(g.Lookup("Reuters")))
	// Output:
	// 1 0
}

func ExampleBuilder_ReadTSV() {
	var b gazetteer.Builder
	b.ReadTSV("bad.tsv", strings.NewReader("kind\tname\ntown\tOsh\ncity\n"))
	_, err := b.Build()
	fmt.Println(err)
	// Output:
	// bad.tsv:2:1: kind: unknown kind "town"; the kinds are person, country, city, organisation, place, demonym
	// bad.tsv:3:5: 1 fields in the row, want 2
}

func ExampleParse() {
	var compiled bytes.Buffer
	if _, err := gazetteer.Default().WriteTo(&compiled); err != nil {
		log.Fatal(err)
	}
	g, err := gazetteer.Parse(compiled.Bytes())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(g.Len() == gazetteer.Default().Len())
	// Output:
	// true
}
