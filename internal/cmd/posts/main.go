// Command posts lists the posts of the curated gazetteer that are held, those known longest
// ago first: where the next refresh of gazetteer/data/posts has to look.
//
//	go run ./internal/cmd/posts [-country KZ]
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	country := flag.String("country", "", "list the posts of this `country` alone, an ISO 3166 code")
	flag.Parse()
	if err := list(os.Stdout, gazetteer.Default(), *country); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// list writes the posts without an end, of a country if one is given.
func list(w io.Writer, g *gazetteer.Gazetteer, country string) error {
	var open []gazetteer.Post
	for p := range g.Holders(gazetteer.Post{Country: country}, gazetteer.Date{}) {
		if p.Until == (gazetteer.Date{}) {
			open = append(open, p)
		}
	}
	slices.SortStableFunc(open, func(a, b gazetteer.Post) int {
		return cmp.Or(a.Known.Compare(b.Known), cmp.Compare(a.Country, b.Country), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Person, b.Person))
	})
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "known\tcountry\tpost\tfrom\tperson")
	for _, p := range open {
		fmt.Fprintf(t, "%v\t%s\t%s\t%v\t%s\n", p.Known, p.Country, p.Title, p.From, p.Person)
	}
	return t.Flush()
}
