package reading_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/reading"
	"github.com/steppe-ner/steppe/internal/token"
)

// TestCompounds: what of a hyphenated word is a word of its own, and what is one name.
func TestCompounds(t *testing.T) {
	var d reading.Document
	for _, c := range []struct{ name, text, want string }{
		{"tails", "the U.S.-led, Almaty-based, Kara-Balta-based and Mirziyoyev-era men", "the U.S. - led , Almaty - based , Kara-Balta - based and Mirziyoyev - era men"},
		{"a tail of a name that is not listed", "a Zerdetau-based firm", "a Zerdetau - based firm"},
		{"tails of words", "State-owned, Islam-led, long-term and T-shirts", "State-owned , Islam-led , long-term and T-shirts"},
		{"languages", "Russian-speaking and Kazakh-language", "Russian-speaking and Kazakh-language"},
		{"prefixes", "anti-Tajik, ex-Soviet, pro-Lukashenkist and then-U.S. men", "anti - Tajik , ex - Soviet , pro - Lukashenkist and then - U.S. men"},
		{"prefixes of words", "ex-Muslim, mid-May, Anti-Corruption Agency, Non-Aligned", "ex-Muslim , mid-May , Anti-Corruption Agency , Non-Aligned"},
		{"places", "the Osh-Batken-Isfana road and Moscow-Tashkent", "the Osh - Batken - Isfana road and Moscow - Tashkent"},
		{"a place that is not listed", "an Almaty-Zerdetau-Khorgos bus, the Osh-Zerdetau road, Osh-Zerdetau", "an Almaty - Zerdetau - Khorgos bus , the Osh - Zerdetau road , Osh-Zerdetau"},
		{"people", "Trump-Xi talks, Putin-Tokayev", "Trump - Xi talks , Putin - Tokayev"},
		{"bodies", "the Kazatomprom-Cameco deal and the EU-Kazakhstan pact", "the Kazatomprom - Cameco deal and the EU - Kazakhstan pact"},
		{"beyond the word", "the EU-Central Asia summit", "the EU - Central Asia summit"},
		{"peoples", "Russo-Kazakh and Kazakh-Uzbek ties after the Russo-Japanese War", "Russo - Kazakh and Kazakh - Uzbek ties after the Russo-Japanese War"},
		{"slugs", "UPDATE 2-KAZMUNAYGAS FACTBOX-Zerdetau", "UPDATE 2 - KAZMUNAYGAS FACTBOX - Zerdetau"},
		{
			"one name", "Kassym-Jomart, Jalal-Abad, Al-Farabi, Nur-Sultan, Mary-Jane, Lola Karimova-Tillyaeva, Issyk-kul, Guinea-Bissau",
			"Kassym-Jomart , Jalal-Abad , Al-Farabi , Nur-Sultan , Mary-Jane , Lola Karimova-Tillyaeva , Issyk-kul , Guinea-Bissau",
		},
	} {
		d.Read(c.text, gazetteer.Default(), nil)
		var words []string
		for _, w := range d.Words {
			words = append(words, d.Text[w.Start:w.End])
			if joint := w.Shape&token.Joint != 0; joint && words[len(words)-1] != "-" {
				t.Errorf("%s: %s is joint", c.name, words[len(words)-1])
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(words, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
