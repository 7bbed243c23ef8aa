package token

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// words returns the words of text, sentences divided by " | ".
func words(text string) string {
	ws, ss := Append(nil, nil, text)
	var b strings.Builder
	for i, s := range ss {
		if i > 0 {
			b.WriteString(" | ")
		}
		for j, w := range ws[s.First:s.Last] {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(text[w.Start:w.End])
		}
	}
	return b.String()
}

func TestAppend(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"dateline", "ASTANA, Feb 28 (Reuters) - U.S. Secretary of State Antony Blinken met", "ASTANA , Feb 28 ( Reuters ) - U.S. Secretary of State Antony Blinken met"},
		{"wrapped", "Kassym-Jomart\nTokayev said.\nHe left.", "Kassym-Jomart Tokayev said . | He left ."},
		{"paragraph", "TALKS IN ASTANA\n\nHe left", "TALKS IN ASTANA | He left"},
		{"CRLF", "TALKS\r\n\r\nHe left\r\nnow", "TALKS | He left now"},
		{"possessive", "Kazakhstan's and Kazakhstan’s and the States' men", "Kazakhstan 's and Kazakhstan ’s and the States ' men"},
		{"Windows quotes", "Kazakhstan\x92s \x93no\x94", "Kazakhstan \x92s \x93 no \x94"},
		{"apostrophes", "Mo'minov, Do'stlik, Ma’ruf, O'Reilly, Gʻulomov, O'sh", "Mo'minov , Do'stlik , Ma’ruf , O'Reilly , Gʻulomov , O'sh"},
		{"contractions", "They don't say we're in; he'll go", "They do n't say we 're in ; he 'll go"},
		{"contractions after hyphens", "pre-can't and pre-I'm", "pre-ca n't and pre-I 'm"},
		{"initials", "S. Japarov and S.Japarov and Zh. Kasymbek", "S. Japarov and S. Japarov and Zh. Kasymbek"},
		{"abbreviations", "On Feb. 24 in St. Petersburg Mr. Putin met U.S. officials.", "On Feb. 24 in St. Petersburg Mr. Putin met U.S. officials ."},
		{"before numbers", "Read Art. 5 of it. She left the School of Art. The end.", "Read Art. 5 of it . | She left the School of Art . | The end ."},
		{"abbreviation ends", "He is in the U.S. The visit ended.", "He is in the U.S. | The visit ended ."},
		{"company ends", "It is Bank of Asia Inc. Kyrgyzstan will repay Baker & Co. Lawyers said so.", "It is Bank of Asia Inc. | Kyrgyzstan will repay Baker & Co. | Lawyers said so ."},
		{"company goes on", "Apple Inc. Chief Executive Tim Cook said Samsung Co. Ltd. and Ford Corp. Finance, said so.", "Apple Inc. Chief Executive Tim Cook said Samsung Co. Ltd. and Ford Corp. Finance , said so ."},
		{"abbreviation after a hyphen", "anti-U.S. men, pro-E.U.", "anti-U.S. men , pro-E.U."},
		{"initial inside", "George W. Bush came. Serie A. Milan won.", "George W. Bush came . | Serie A. Milan won ."},
		{"single letters", "Vitamin C. He saw A. I. Petrov, J.-P. Bemba and Kassym-J. Tokayev.", "Vitamin C . | He saw A. I. Petrov , J.-P. Bemba and Kassym-J. Tokayev ."},
		{"letter after a hyphen", "He saw ISIS-K. Khorasan is far.", "He saw ISIS-K . | Khorasan is far ."},
		{"marks within initials", "the U\u200d.S. and E\u0301.U. men", "the U\u200d.S. and E\u0301.U. men"},
		{"number at an end", "It grew 3.5. Kazakhstan said so.", "It grew 3.5 . | Kazakhstan said so ."},
		{"links", "See https://example.kz/a?b=1. Or write to a.b@example.kz.", "See https://example.kz/a?b=1 . | Or write to a.b@example.kz ."},
		{"names with full stops", "24.kg and Kun.uz said", "24.kg and Kun.uz said"},
		{"no space", "the visit.The end", "the visit . | The end"},
		{"quotation", `"We agreed." He left.`, `" We agreed . " | He left .`},
		{"numbers", "1,000 at 12:30 or 3.5%", "1,000 at 12:30 or 3.5 %"},
		{"slash", "RFE/RL", "RFE / RL"},
		{"ampersand", "AT&T, S&P Global", "AT&T , S&P Global"},
		{"marks repeated", "Well... no -- yes", "Well ... no -- yes"},
		{"NUL and emoji", "a\x00b 😀 c", "a b 😀 c"},
		{"handles", "@azattyq, #KazakhFloods, #COVID19, #kg and # 5", "@azattyq , #KazakhFloods , #COVID19 , #kg and # 5"},
		{"names as handles", "#Astana, #SCO's and #Nur-Sultan", "# Astana , # SCO 's and # Nur-Sultan"},
		{"digraph initials", "Dzh. Ismailov and Shch.Ivanov of A. Sh. Zh. left, B.Zh. Abdraisov, A.Sh.Ivanov", "Dzh. Ismailov and Shch. Ivanov of A. Sh. Zh . left , B.Zh. Abdraisov , A.Sh. Ivanov"},
		{"domains", "Mail.Ru, Caliber.Az said primeminister.kz is Mining.com. It ended.In Osh.By us", "Mail.Ru , Caliber.Az said primeminister.kz is Mining.com . | It ended . | In Osh . | By us"},
		{"number before a name", "35.Abduvohid Nematov, 24.Kg and 3.5m", "35 . | Abduvohid Nematov , 24.Kg and 3.5m"},
		{"contraction of a name", "Kazakhstan'll", "Kazakhstan 'll"},
		{"dash", "Astana—Tashkent", "Astana — Tashkent"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, words(test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestPlain: a word that plain reads is what word makes of it.
func TestPlain(t *testing.T) {
	for _, w := range []string{"a", "I", "Astana", "SCO", "iPhone", "al", "Mr", "Zh", "www", "http", "McCain"} {
		plain, _ := Append(nil, nil, w+" a")
		word, _ := Append(nil, nil, w+"; a")
		if diff := cmp.Diff(word[0], plain[0]); diff != "" {
			t.Errorf("%s (-word +plain):\n%s", w, diff)
		}
	}
}

// FuzzLetters: eight bytes at once, and the last ones of a text, are read as each byte
// by itself is.
func FuzzLetters(f *testing.F) {
	f.Add("McCain's")
	f.Add("@[`{\x7f\x80\xc1Z")
	f.Fuzz(func(t *testing.T, text string) {
		n, upper := 0, 0
		for n < len(text) && text[n] < 0x80 && ascii[text[n]] == letter {
			if text[n] <= 'Z' {
				upper++
			}
			n++
		}
		if len(text) >= 8 {
			first, capitals, smalls := letters(text)
			if head := text[:min(n, 8)]; first != len(head) || capitals != 0 != (strings.ToLower(head) != head) || smalls != 0 != (strings.ToUpper(head) != head) {
				t.Errorf("%q: %d letters, capitals %#x, small ones %#x", text[:8], first, capitals, smalls)
			}
		}
		s := scanner{text: text}
		if !s.plain() {
			return
		}
		if w := s.words[0]; int(w.End) != n || w.Lower != (upper == 0) || w.Shape&HasLower != 0 != (upper < n) {
			t.Errorf("%q: %+v, want %d letters, %d of them capitals", text, w, n, upper)
		}
	})
}

func TestLongWord(t *testing.T) {
	text := strings.Repeat("a", 1<<20)
	ws, ss := Append(nil, nil, text)
	if len(ws) != 1 || len(ss) != 1 || int(ws[0].End) != len(text) {
		t.Errorf("a megabyte without a space: %d words in %d sentences", len(ws), len(ss))
	}
}

// FuzzAppend: words are in order, inside the text, never empty, never overlap,
// hold every character that is not white space, and sentences part them without
// a gap.
func FuzzAppend(f *testing.F) {
	f.Add("ASTANA, Feb 28 (Reuters) - Kazakhstan's Mo'minov said \"no\".\r\n\r\nHe left...")
	f.Add("\xff\x92s\x00 a.b@c.d http://x.y/ U.S.A.\u2029é-\u2010b")
	f.Fuzz(func(t *testing.T, text string) {
		ws, ss := Append(nil, nil, text)
		end := int32(0)
		for _, w := range ws {
			if w.Start < end || w.End <= w.Start || int(w.End) > len(text) {
				t.Fatalf("word %+v after byte %d of %q", w, end, text)
			}
			for _, c := range []byte(text[end:w.Start]) {
				if c > ' ' && c < 0x80 {
					t.Fatalf("byte %q between words of %q", c, text)
				}
			}
			end = w.End
		}
		next := int32(0)
		for _, s := range ss {
			if s.First != next || s.Last <= s.First {
				t.Fatalf("sentence %+v after word %d", s, next)
			}
			next = s.Last
		}
		if int(next) != len(ws) {
			t.Fatalf("%d of %d words in sentences", next, len(ws))
		}
	})
}
