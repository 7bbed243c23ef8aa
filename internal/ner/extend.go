package ner

import (
	"github.com/steppe-ner/steppe/internal/lexicon"
	"github.com/steppe-ner/steppe/internal/token"
)

// An extension makes a longer candidate of one by what stands beside it, which the sequence
// model does not look at: names that go on in small letters, in quotation marks, or behind a
// comma. It returns the same words when it has nothing to add.
type extension struct {
	name string
	of   func(p *proposer, s Span) (first, last int32)
}

var extensions = [...]extension{
	{"patronymic", withPatronymic},
	{"nickname", withNickname},
	{"inverted", withGivenName},
	{"form", withForm},
	{"form behind", withFormBehind},
	{"initial", withInitial},
}

// withPatronymic adds the word that ends a patronymic in small letters, and the surname
// behind it: Aiganysh Bolot kyzy, Bektur Asan uulu Toktosunov.
func withPatronymic(p *proposer, s Span) (first, last int32) {
	k := s.Last
	if k >= p.sentence.Last || p.Words[k].Cues&lexicon.Patronymic == 0 || p.Words[k].Capital {
		return s.First, s.Last
	}
	return s.First, k + 1
}

// maxNickname is how many words a nickname has.
const maxNickname = 3

// withNickname adds a nickname in quotation marks and the surname behind it: Kamchy "Kolya"
// Kolbayev.
func withNickname(p *proposer, s Span) (first, last int32) {
	k := s.Last
	quoted := s.First > p.sentence.First && p.mark(s.First-1)&token.Quotes != 0
	if k >= p.sentence.Last || p.mark(k)&token.Quotes == 0 || quoted {
		return s.First, s.Last
	}
	for k++; k < p.sentence.Last && k-s.Last <= maxNickname+1; k++ {
		if p.mark(k)&token.Quotes != 0 {
			end := k + 1
			for end < p.sentence.Last && end-k <= 2 && p.Words[end].Capital && p.Words[end].Class == token.Letters {
				end++
			}
			if end > k+1 {
				return s.First, end
			}
			break
		} else if p.Words[k].Class == token.Punctuation {
			break // “A”, “B” and “C”
		}
	}
	return s.First, s.Last
}

// withGivenName adds the given names that follow a surname and a comma in a list:
// SATYBALDY, Kairat; KULIBAYEV, Timur.
func withGivenName(p *proposer, s Span) (first, last int32) {
	k := s.Last
	if s.words() > 2 || k+1 >= p.sentence.Last || p.Word(k) != "," {
		return s.First, s.Last
	}
	end := k + 1
	for end < p.sentence.Last && end-k <= 3 && p.Words[end].Capital && p.Words[end].Class == token.Letters {
		end++
	}
	goesOn := end < p.sentence.Last && (p.Words[end].Class != token.Punctuation || p.Word(end) == ",")
	if end == k+1 || goesOn && !p.upperBeforeSmall(s.First, k) {
		return s.First, s.Last // Ministers Abqarov, Zyxwan, Tashiev
	}
	return s.First, end
}

// withForm adds the legal form before a company, and the quotation marks between the two:
// OJSC Kumtor Gold Company, JSC «Severelectro».
func withForm(p *proposer, s Span) (first, last int32) {
	k, last, forms := s.First-1, s.Last, lexicon.OrgSuffix
	if k > p.sentence.First && last < p.sentence.Last && p.mark(k)&token.Quotes != 0 && p.mark(last)&token.Quotes != 0 {
		k, last, forms = k-1, last+1, forms|lexicon.LegalForm
	}
	if k >= p.sentence.First && p.Words[k].Cues&forms != 0 && p.Words[k].Capital {
		return k, last
	}
	return s.First, s.Last
}

// withFormBehind adds the legal form behind a company: Air Astana Ltd.
func withFormBehind(p *proposer, s Span) (first, last int32) {
	const forms = lexicon.OrgSuffix | lexicon.LegalForm
	if k := s.Last; k < p.sentence.Last && p.Words[k].Cues&forms != 0 && p.Words[k].Capital {
		return s.First, k + 1
	}
	return s.First, s.Last
}

// withInitial adds the initial before a name: A. Sh. Zholdubaev.
func withInitial(p *proposer, s Span) (first, last int32) {
	if k := s.First - 1; k >= p.sentence.First && p.Words[k].Shape&token.Initial != 0 {
		return k, s.Last
	}
	return s.First, s.Last
}
