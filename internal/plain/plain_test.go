package plain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/plain"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Kassym-Jomart Tokayev’s “yes” – “no” É ü", "Kassym-Jomart Tokayev’s “yes” – “no” É ü"},
		{"zero-width space in a word", "Uzbeki\u200bstan", "Uzbekistan"},
		{"zero-width space for a space", "Sadyr\u200bJaparov, Rustam\u200b Emomali", "Sadyr Japarov, Rustam Emomali"},
		{"joiners and marks of direction", "\ufeffRus\u2060sia \u200fOsh\u200e, U\u200d.S.", "Russia Osh, U.S."},
		{"soft hyphen", "Eco\u00adnomic, Bish\u00ad\nkek\u00ad", "Economic, Bishkek"},
		{"spaces", "a\u00a0b\u2009c\u202fd\u3000e\xa0f", "a b c d e f"},
		{"line separator", "a\u2028b\u2029c", "a\nb\u2029c"},
		{"hyphens", "Nur\u2011Sultan, U.S.\u2010led", "Nur-Sultan, U.S.-led"},
		{"variation selectors", "❗\ufe0fJaparov ✈\ufe0fOsh", "❗Japarov ✈Osh"},
		{"keycaps", "1\ufe0f\u20e3Iran 2\u20e3Iraq *\ufe0f\u20e3Oman a\u20e3", "•Iran •Iraq •Oman a"},
		{"letter as a picture", "ℹ\ufe0fIran", "•Iran"},
		{"decomposed", "E\u0301. Macron, s\u0327\u0301ehir, \u0301a q\u0301", "É. Macron, şehir, a q"},
		{"ligatures", "Kaﬁrnigan oﬃce", "Kafirnigan office"},
		{"wide", "ＵＳ", "US"},
		{"look-alikes", "Тоkayev in Мoscow, Σ, Kаzakhstan", "Tokayev in Moscow, Σ, Kazakhstan"},
		{"other alphabets", "Москва, Αθήνα, Тоkaйev, СНГ", "Москва, Αθήνα, Тоkaйev, СНГ"},
		{"entities", "Sochi&nbsp;hosts Ernst &amp; Young, Russia&rsquo;s &#8212; &quot;x&quot; &#39;", "Sochi hosts Ernst & Young, Russia’s — \"x\" '"},
		{"entities twice", "a&amp;nbsp;b &amp;amp; c", "a b & c"},
		{"entities not seen", "Uzbeki&shy;stan Sadyr&#8203;Japarov Nur&#x2011;Sultan", "Uzbekistan Sadyr Japarov Nur-Sultan"},
		{"no entities", "AT&T; R&D &c. &; &foo; &#x; S&P", "AT&T; R&D &c. &; &foo; &#x; S&P"},
		{"markup", "_Nurbek Egen_, __Osh__ **Bishkek**: *Edil.* Osh_ and Osh*", "Nurbek Egen, Osh Bishkek: Edil. Osh and Osh"},
		{"no markup", "snake_case 2*3 * Osh _ ____ f***ing ****x", "snake_case 2*3 * Osh _ ____ f***ing ****x"},
		{"broken words", "Petro-\npavl, Kassym-\r\n Jomart, U.S.-\nled, Almaty-\nbased", "Petropavl,\vKassym-Jomart,\vU.S.-led,\vAlmaty-based"},
		{"what follows broken words", "of Petro-\npavl. He and Bish\u00ad\nkek is", "of Petropavl.\vHe and Bishkek\vis"},
		{"hyphens at line ends", "he said -\nyes, a-\n\nB, x-\n1", "he said -\nyes, a-\n\nB, x-\n1"},
	} {
		var p plain.Text
		if diff := cmp.Diff(c.want, p.Read(c.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestSource: where names are in the text as it was.
func TestSource(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"\ufeffOsh\u200b", "Osh", "Osh"},
		{"in \u200eRus\u2060sia\u200e.", "Russia", "Rus\u2060sia"},
		{"Bish\u00ad\nkek.", "Bishkek", "Bish\u00ad\nkek"},
		{"Timur&nbsp;Kulibayev&nbsp;left", "Timur Kulibayev", "Timur&nbsp;Kulibayev"},
		{"by E\u0301. Rene\u0301\u0301 said", "É. René", "E\u0301. Rene\u0301\u0301"},
		{"ﬁn", "f", "ﬁ"},
		{"_Nurbek Egen_,", "Nurbek Egen", "Nurbek Egen"},
	} {
		var p plain.Text
		i := strings.Index(p.Read(c.text), c.name)
		if got := c.text[p.Start(i):p.End(i+len(c.name))]; got != c.want {
			t.Errorf("%q: %q is %q, want %q", c.text, c.name, got, c.want)
		}
	}
}

// TestSetOff: names with marks of emphasis around them are told from others.
func TestSetOff(t *testing.T) {
	for text, want := range map[string]bool{
		"He read _Kurak_.": true, "He read **Kurak** there.": true, "He read __Kurak__": true,
		"He read Kurak.": false, "He read Kurak_ and _Jamila_.": false, "2*Kurak*3": false,
	} {
		var p plain.Text
		read := p.Read(text)
		i := strings.Index(read, "Kurak")
		if got := p.SetOff(i, i+len("Kurak")); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// FuzzRead: every byte of what is read stands for bytes of the text, in order, and what is
// plain is the text itself.
func FuzzRead(f *testing.F) {
	f.Add("Bish\u00ad\nkek 1\ufe0f\u20e3 E\u0301\u0301 &amp;nbsp; _a_ Тоkayev \xa0 Petro-\npavl ﬁ")
	f.Add("5\u200b\ufe0f\u20e3\u0301*\u20e3")
	var p plain.Text
	f.Fuzz(func(t *testing.T, text string) {
		read := p.Read(text)
		start, end := 0, 0
		for i := range len(read) {
			s, e := p.Start(i), p.End(i+1)
			if s < start || e < end || s >= e || e > len(text) {
				t.Fatalf("byte %d of %q is %d to %d of %q, after %d to %d", i, read, s, e, text, start, end)
			}
			start, end = s, e
		}
	})
}

func BenchmarkRead(b *testing.B) {
	files, err := filepath.Glob("../../testdata/news/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no texts: %v", err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	var p plain.Text
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Read(text)
	}
}
