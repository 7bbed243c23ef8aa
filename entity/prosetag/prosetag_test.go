package prosetag_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/prosetag"
	"github.com/steppe-ner/steppe/internal/perceptron"
)

func Example() {
	tagger := entity.New(entity.WithTagger(prosetag.Tag))
	for e := range tagger.Find("Blinken flew to Astana.") {
		fmt.Println(e.Kind, e.Text)
	}
	// Output:
	// person Blinken
	// city Astana
}

// TestTag: one tag a word, also where prose itself drops, divides or merges.
func TestTag(t *testing.T) {
	for _, sentence := range []string{
		"Mo'minov visited Do'stlik and O'Reilly 's office",
		"They visit us after the visit there",
		"He ca n't go -- the U.S. ( and E.U. ) say no .",
		"Ma’ruf said “ yes ” ...",
	} {
		words := strings.Fields(sentence)
		tags := prosetag.Tag(nil, words)
		if len(tags) != len(words) || slices.Contains(tags, "") {
			t.Errorf("%q: %q", sentence, tags)
		}
	}
	if tags := prosetag.Tag(nil, strings.Fields("They visit us after the visit there")); tags[1] == tags[5] {
		t.Errorf("the verb and the noun are both %s", tags[1])
	}
}

// TestSameAsBuiltIn: the seam gives the tags of the built-in tagger for nearly
// all words of the news texts. What differs are ties, words in which prose drops
// an apostrophe, and words it divides; the exact comparison on prose's own words
// is in package perceptron.
func TestSameAsBuiltIn(t *testing.T) {
	files, err := filepath.Glob("../../testdata/news/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	same, all := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for sentence := range strings.SplitSeq(string(data), ". ") {
			words := strings.Fields(strings.NewReplacer(",", " , ", "\"", " ", "'s", " 's", "(", " ( ", ")", " ) ").Replace(sentence))
			tags := prosetag.Tag(nil, words)
			for i, c := range perceptron.Default().Append(nil, words, new(perceptron.Scratch)) {
				if all++; c.String() == tags[i] {
					same++
				}
			}
		}
	}
	if same*100 < all*98 {
		t.Errorf("%d of %d tags are the same", same, all)
	}
}
