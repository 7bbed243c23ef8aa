// Command bare finds the names of a gazetteer of its own. TestBare looks at what
// is linked into it.
package main

import (
	"fmt"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	var b gazetteer.Builder
	b.Add(gazetteer.Entry{Kind: gazetteer.Organisation, Name: "Zerde Holding"})
	g, err := b.Build()
	if err != nil {
		panic(err)
	}
	for e := range entity.NewBare(g).Find("Governor Aman Bekov visited Zerde Holding.") {
		fmt.Println(e.Kind, e.Text)
	}
}
