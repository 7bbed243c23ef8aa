package token

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRows: what rows, cells, headings and signatures are, and what is wrapped prose.
func TestRows(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"names", "Tokayev\nMirziyoyev\nJaparov", "Tokayev | Mirziyoyev | Japarov"},
		{"two rows", "Tim Blythe\r\nTel", "Tim Blythe | Tel"},
		{"heading", "DUSHANBE\nThe president of Tajikistan has said that he will go.", "DUSHANBE | The president of Tajikistan has said that he will go ."},
		{
			"long rows", "Bakhtiyor Saidov, foreign minister of Uzbekistan\nSirojiddin Muhriddin, foreign minister of Tajikistan\n" +
				"Murat Nurtleu, once foreign minister of Kazakhstan\nJeenbek Kulubaev of Kyrgyzstan",
			"Bakhtiyor Saidov , foreign minister of Uzbekistan | Sirojiddin Muhriddin , foreign minister of Tajikistan | " +
				"Murat Nurtleu , once foreign minister of Kazakhstan | Jeenbek Kulubaev of Kyrgyzstan",
		},
		{"bullets", "- Osh and\nBatken\n- Naryn", "- Osh and Batken | - Naryn"},
		{"numbers", "1. Osh\n2) Naryn", "1 . | Osh | 2 ) Naryn"},
		{"tabs", "1\tBakhodir Jalolov\tUzbekistan\n2\tKamshybek", "1 | Bakhodir Jalolov | Uzbekistan | 2 | Kamshybek"},
		{"bars", "Osh | Naryn\nOsh|Talas", "Osh | | Naryn | Osh | | Talas"},
		{"a stray bar", "he founded the |Boston Tea\nParty of that name and said so.", "he founded the | Boston Tea Party of that name and said so ."},
		{"indented", "\tTokayev said", "Tokayev said"},
		{
			"wrapped", "The president of Kazakhstan, Kassym-Jomart\nTokayev, will go to Tashkent, where Shavkat\nMirziyoyev awaits him.",
			"The president of Kazakhstan , Kassym-Jomart Tokayev , will go to Tashkent , where Shavkat Mirziyoyev awaits him .",
		},
		{"unfilled", "He met the\nMinister, then\nwent", "He met the Minister , then went"},
		{"broken at a hyphen", "He left Petropavl.\vThen\nAstana", "He left Petropavl . | Then Astana"},
	} {
		if diff := cmp.Diff(c.want, words(c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
