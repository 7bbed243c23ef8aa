package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

func TestList(t *testing.T) {
	var b gazetteer.Builder
	b.ReadTSV("posts.tsv", strings.NewReader("person\tpost\tcountry\tfrom\tuntil\tknown\n"+
		"person:a\tpresident\tKZ\t2019\t\t2026\n"+
		"person:b\tmayor of Osh\tKG\t2020\t\t2022-06\n"+
		"person:c\tmayor of Osh\tKG\t2016\t2020\t\n"))
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := list(&got, g, ""); err != nil {
		t.Fatal(err)
	}
	want := "known    country  post          from  person\n" +
		"2022-06  KG       mayor of Osh  2020  person:b\n" +
		"2026     KZ       president     2019  person:a\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
