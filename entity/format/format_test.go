package format_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"
	unicodes "golang.org/x/text/encoding/unicode"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

var update = flag.Bool("update", false, "write the golden files anew")

// write writes one document in a format.
func write(t testing.TB, name string, h format.Header, text string, entities []entity.Entity) string {
	t.Helper()
	var buf bytes.Buffer
	w, err := format.New(name, &buf, gazetteer.Default())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(h, text, entities), w.Close()); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// at makes an entity of the n-th occurrence, from 0, of s in text.
func at(text, s string, n int, k entity.Kind, id entity.ID) entity.Entity {
	start := 0
	for ; ; n-- {
		start += strings.Index(text[start:], s)
		if n == 0 {
			break
		}
		start += len(s)
	}
	e := entity.Entity{Kind: k, Start: start, End: start + len(s), Text: s, ID: id, Evidence: entity.Listed | entity.Tagged, Confidence: 0.987}
	if id != "" {
		e.IDConfidence = 0.954
	}
	return e
}

const sample = "🐎 Äbish Kekilbayev of the National Bank\nof Kazakhstan left pro-Moscow <Osh> & \"Osh\".\r\n\r\nZoë went home. Kazakhstan's!\n"

func sampleEntities() []entity.Entity {
	return []entity.Entity{
		at(sample, "Äbish Kekilbayev", 0, entity.Person, "person:abish-kekilbayev"),
		at(sample, "National Bank\nof Kazakhstan", 0, entity.Organisation, "organisation:national-bank-of-kazakhstan"),
		at(sample, "Moscow", 0, entity.City, "geonames:524901"),
		at(sample, "Osh", 0, entity.City, "geonames:1527534"),
		at(sample, "Osh", 1, entity.City, "geonames:1527534"),
		at(sample, "Zoë", 0, entity.Person, ""),
		at(sample, "Kazakhstan", 1, entity.Country, "iso:KZ"),
	}
}

// TestGolden writes one text in every format; -update writes the files anew.
func TestGolden(t *testing.T) {
	for _, name := range format.Names() {
		got := write(t, name, format.Header{Source: "news/a b.txt"}, sample, sampleEntities())
		file := "../../testdata/golden/format/" + name
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := format.New("xml", io.Discard, nil); err == nil || !strings.Contains(err.Error(), "jsonl") {
		t.Errorf("xml: %v", err)
	}
}

// full fails once n bytes were written.
type full struct{ n int }

func (f *full) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, os.ErrClosed
	}
	return len(p), nil
}

// TestFull: what cannot be written is an error, wherever it happens.
func TestFull(t *testing.T) {
	for _, name := range format.Names() {
		unbounded := &full{1 << 20}
		w, err := format.New(name, unbounded, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Write(format.Header{Source: "a"}, sample, sampleEntities()), w.Close()); err != nil {
			t.Fatal(err)
		}
		size := 1<<20 - unbounded.n
		for n := 0; n < size; n += max(1, size/40) {
			w, err := format.New(name, &full{n}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(w.Write(format.Header{Source: "a"}, sample, sampleEntities()), w.Close()); !errors.Is(err, os.ErrClosed) {
				t.Errorf("%s with room for %d of %d bytes: %v", name, n, size, err)
				break
			}
		}
	}
}

// TestParts: a text in parts is written as a whole one is, where the format
// knows no parts.
func TestParts(t *testing.T) {
	text := strings.Repeat("Äbish Kekilbayev left Osh for Moscow on a 🐎.\n\n", 3000)
	tagger := entity.New()
	for _, name := range format.Names() {
		want := write(t, name, format.Header{Source: "a"}, text, tagger.Append(nil, text))
		var buf bytes.Buffer
		w, err := format.New(name, &buf, gazetteer.Default())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Begin(format.Header{Source: "a"}); err != nil {
			t.Fatal(err)
		}
		parts := 0
		for part, err := range tagger.Parts(t.Context(), strings.NewReader(text)) {
			if err == nil {
				err = w.Part(part)
			}
			if err != nil {
				t.Fatal(err)
			}
			parts++
		}
		if err := errors.Join(w.End(), w.Close()); err != nil {
			t.Fatal(err)
		}
		if parts < 2 || buf.String() != want {
			t.Errorf("%s in %d parts is not what it is whole", name, parts)
		}
	}
}

// check holds what a format wrote to what it must say of the text.
var check = map[string]func(t *testing.T, out, text string, entities []entity.Entity){
	"jsonl": func(t *testing.T, out, text string, entities []entity.Entity) {
		var d struct {
			Entities []struct {
				Kind       entity.Kind
				Start, End int
			}
		}
		decode(t, out, &d)
		if len(d.Entities) != len(entities) {
			t.Fatalf("%d entities, want %d", len(d.Entities), len(entities))
		}
		for i, e := range d.Entities {
			if e.Kind != entities[i].Kind || e.Start != entities[i].Start || e.End != entities[i].End {
				t.Errorf("%+v, want %+v", e, entities[i])
			}
		}
	},
	"displacy": func(t *testing.T, out, text string, entities []entity.Entity) {
		var d struct {
			Text string
			Ents []struct{ Start, End int }
		}
		decode(t, out, &d)
		runes := []rune(d.Text)
		if d.Text != valid(text) || len(d.Ents) != len(entities) {
			t.Errorf("%q with %d entities, want %q with %d", d.Text, len(d.Ents), text, len(entities))
		}
		for i, e := range d.Ents {
			if got, want := string(runes[e.Start:e.End]), valid(entities[i].Text); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	},
	"webannotation": func(t *testing.T, out, text string, entities []entity.Entity) {
		var d struct {
			Items []struct {
				Target struct {
					Selector []struct {
						Start, End            int
						Exact, Prefix, Suffix string
					}
				}
			}
		}
		decode(t, out, &d)
		runes := []rune(valid(text))
		if len(d.Items) != len(entities) {
			t.Fatalf("%d annotations, want %d", len(d.Items), len(entities))
		}
		for i, a := range d.Items {
			p, q := a.Target.Selector[0], a.Target.Selector[1]
			if got := string(runes[p.Start:p.End]); got != q.Exact || got != valid(entities[i].Text) {
				t.Errorf("%q at the position, %q quoted, want %q", got, q.Exact, entities[i].Text)
			}
			before, after := string(runes[max(0, p.Start-32):p.Start]), string(runes[p.End:min(len(runes), p.End+32)])
			if q.Prefix != before || q.Suffix != after {
				t.Errorf("%q stands between %q and %q, want %q and %q", q.Exact, q.Prefix, q.Suffix, before, after)
			}
		}
	},
	"brat": func(t *testing.T, out, text string, entities []entity.Entity) {
		runes := []rune(valid(text))
		n := 0
		for line := range strings.Lines(out) {
			if line[0] != 'T' {
				continue
			}
			fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(fields) != 3 {
				t.Fatalf("%d fields in %q", len(fields), line)
			}
			_, spans, _ := strings.Cut(fields[1], " ")
			var parts []string
			first := -1
			for span := range strings.SplitSeq(spans, ";") {
				a, b, _ := strings.Cut(span, " ")
				from, err1 := strconv.Atoi(a)
				to, err2 := strconv.Atoi(b)
				if err1 != nil || err2 != nil || from >= to || strings.ContainsAny(string(runes[from:to]), "\t\r\n\v\f\x1c\u0085\u2028\u2029") {
					t.Fatalf("fragment %q", span)
				}
				parts = append(parts, string(runes[from:to]))
				if first < 0 {
					first = from
				}
			}
			if got := strings.Join(parts, " "); got != fields[2] { // as brat itself compares them
				t.Errorf("%q at the offsets, %q beside them", got, fields[2])
			}
			if want := valid(strings.TrimFunc(entities[n].Text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' })); parts[0] != want[:len(parts[0])] || len(runes[:first]) != len([]rune(valid(text[:entities[n].Start]))) && want == valid(entities[n].Text) {
				t.Errorf("%q at %d, want %q", parts, first, want)
			}
			n++
		}
		if n != len(entities) {
			t.Errorf("%d annotations, want %d", n, len(entities))
		}
	},
	"conll": func(t *testing.T, out, text string, entities []entity.Entity) {
		var docs []format.Document
		for d, err := range format.ReadCoNLL(strings.NewReader(out), "out", -1) {
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, d)
		}
		if len(docs) != 1 {
			t.Fatalf("%d documents", len(docs))
		}
		for line := range strings.Lines(out) {
			if n := len(strings.Fields(line)); n != 0 && n != 2 {
				t.Errorf("%q is not a word and its label", line)
			}
		}
		if len(docs[0].Spans) != len(entities) {
			t.Fatalf("%d names, want %d, in\n%s", len(docs[0].Spans), len(entities), out)
		}
		// The words are those of the text, but for white space.
		for i, s := range docs[0].Spans {
			e := entities[i]
			if squeezed(s.Text) != squeezed(e.Text) || squeezed(docs[0].Text[:s.Start]) != squeezed(text[:e.Start]) || s.Label != strings.ToUpper(e.Kind.String()) {
				t.Errorf("%s %q, want %s %q", s.Label, s.Text, e.Kind, e.Text)
			}
		}
		if got, want := squeezed(docs[0].Text), squeezed(text); got != want {
			t.Errorf("the words are %q, want %q", got, want)
		}
	},
	"csv": func(t *testing.T, out, text string, entities []entity.Entity) { checkTable(t, out, ',', entities) },
	"tsv": func(t *testing.T, out, text string, entities []entity.Entity) { checkTable(t, out, '\t', entities) },
	"html": func(t *testing.T, out, text string, entities []entity.Entity) {
		root, err := html.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		var body, marks []string
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if slices.Contains([]string{"script", "img", "iframe", "a", "link", "form"}, n.Data) {
				t.Errorf("the page has a %s", n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
			}
			switch {
			case n.Data == "div":
				body = append(body, content(n))
			case n.Data == "mark":
				marks = append(marks, content(n))
			}
		}
		var want []string
		for _, e := range entities {
			want = append(want, harmless(e.Text))
		}
		if diff := cmp.Diff(want, marks); diff != "" {
			t.Errorf("marks (-want +got):\n%s", diff)
		}
		for i := range body { // a mark may begin or end within what is no character
			body[i] = noCharacter.ReplaceAllString(body[i], "\uFFFD")
		}
		if diff := cmp.Diff([]string{noCharacter.ReplaceAllString(harmless(text), "\uFFFD")}, body); diff != "" {
			t.Errorf("text (-want +got):\n%s", diff)
		}
	},
}

var noCharacter = regexp.MustCompile("\uFFFD+")

// checkTable holds a table to what it must say, and to be harmless in a spreadsheet.
func checkTable(t *testing.T, out string, separator rune, entities []entity.Entity) {
	r := csv.NewReader(strings.NewReader(out))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil || len(rows) != len(entities)+1 || strings.Count(out, "\n") != len(rows) {
		t.Fatalf("%d rows, want %d; %v in\n%s", len(rows), len(entities)+1, err, out)
	}
	for i, e := range entities {
		row := rows[i+1]
		if row[1] != e.Kind.String() || row[2] != strconv.Itoa(e.Start) || row[3] != strconv.Itoa(e.End) {
			t.Errorf("row %q, want %+v", row, e)
		}
		for _, field := range row {
			first, size := utf8.DecodeRuneInString(strings.TrimLeft(field, " "))
			if strings.ContainsRune("=+-@\t\r＝＋－＠", first) && len(strings.TrimLeft(field, " ")) > size {
				t.Errorf("%q is a formula", field)
			}
		}
	}
}

// content returns the text within an element.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// harmless returns a text as a reader of a page has it: control characters and
// those that turn its direction by their numbers, line breaks as HTML has them.
func harmless(text string) string {
	var b strings.Builder
	for _, r := range valid(text) {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteRune(r)
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), strings.ContainsRune("\u200b\u2060\u2061\u2062\u2063\u2064\ufeff", r), 0xE0000 <= r && r <= 0xE007F:
			fmt.Fprintf(&b, "%U", r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\r", "\n")
}

// squeezed returns a text without its white space and what is written for such.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '_' || r == utf8.RuneError || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

func decode(t *testing.T, out string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), v); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
}

// valid returns a text as decoders of other languages read it.
func valid(s string) string {
	s, err := unicodes.UTF8.NewDecoder().String(s)
	if err != nil {
		panic(err) // of any bytes it makes text
	}
	return s
}

// FuzzWriters: of any bytes, every format writes what reads back as the same
// entities at the same places of the text, whether the tagger found them or they
// stand anywhere, and whole or in parts.
func FuzzWriters(f *testing.F) {
	f.Add(sample, 3)
	f.Add("\xff Astana \xf0\x9f\x90\x8e\xf0 Osh\u202e <script> Tokayev\u2028Blinken\x85 and National Bank\r\nof Kazakhstan", 5)
	f.Add("\xe2\x82Osh\xf0\x9f\x90 =Moscow, @Astana \"Osh\" \xe2\x82 +Bishkek", 1)
	f.Add("-DOCSTART- _ -DOCSTART-\n\nEnd. Of a. Sentence\x00\x1b[0m\u00a0Tokayev's", 2)
	tagger := entity.New()
	f.Fuzz(func(t *testing.T, text string, step int) {
		if len(text) > 1<<12 {
			return
		}
		for _, entities := range [][]entity.Entity{tagger.Append(nil, text), anywhere(text, step)} {
			for _, name := range format.Names() {
				check[name](t, write(t, name, format.Header{ID: json.RawMessage(`{"a":1}`)}, text, entities), text, entities)
			}
		}
	})
}

// anywhere makes entities of every few characters of a text that begin and end
// with a visible character.
func anywhere(text string, step int) []entity.Entity {
	step = max(1, min(step, 50))
	var list []entity.Entity
	for at := 0; at < len(text); {
		end := at
		for n := 0; n < step && end < len(text); n++ {
			_, size := utf8.DecodeRuneInString(text[end:])
			end += size
		}
		e := entity.Entity{Kind: entity.Kind(1 + len(list)%6), Start: at, End: end, Text: text[at:end], Confidence: math.NaN()}
		first, _ := utf8.DecodeRuneInString(e.Text)
		last, _ := utf8.DecodeLastRuneInString(e.Text)
		if visible(first) && visible(last) {
			list = append(list, e)
		}
		at = end
	}
	return list
}

func visible(r rune) bool {
	return unicode.IsPrint(r) && !unicode.IsSpace(r) && r != '_' && r != utf8.RuneError
}

// TestUnits: what JavaScript and Java count is not what the formats count, and
// bytes are neither.
func TestUnits(t *testing.T) {
	text := "🐎 in Osh"
	if n := len(utf16.Encode([]rune(text))); n != 9 || len([]rune(text)) != 8 || len(text) != 11 {
		t.Fatal(n)
	}
	e := []entity.Entity{at(text, "Osh", 0, entity.City, "")}
	for name, want := range map[string]string{"jsonl": `"start":8,"end":11`, "brat": "city 5 8", "displacy": `"start":5,"end":8`, "webannotation": `"start":5,"end":8`} {
		if got := write(t, name, format.Header{}, text, e); !strings.Contains(got, want) {
			t.Errorf("%s: no %s in %s", name, want, got)
		}
	}
}

// TestFaults: what is not a document is refused, and nothing panics.
func TestFaults(t *testing.T) {
	text := "Osh and Osh"
	e := func(start, end int, s string, k entity.Kind) entity.Entity {
		return entity.Entity{Kind: k, Start: start, End: end, Text: s}
	}
	for name, entities := range map[string][]entity.Entity{
		"empty":   {e(0, 0, "", entity.City)},
		"before":  {e(8, 11, "Osh", entity.City), e(0, 3, "Osh", entity.City)},
		"overlap": {e(0, 7, "Osh and", entity.City), e(4, 11, "and Osh", entity.City)},
		"outside": {e(8, 12, "Osh.", entity.City)},
		"beyond":  {e(80, 83, "Osh", entity.City)},
		"other":   {e(0, 3, "Ish", entity.City)},
		"no kind": {e(0, 3, "Osh", 0)},
		"minus":   {e(-1, 3, "Osh", entity.City)},
	} {
		for _, f := range format.Names() {
			w, err := format.New(f, io.Discard, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(format.Header{}, text, entities); err == nil {
				t.Errorf("%s: %s: no error", f, name)
			}
		}
	}
	w, err := format.New("jsonl", io.Discard, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(format.Header{ID: json.RawMessage("{")}); err == nil {
		t.Error("an ID that is not JSON: no error")
	}
	if err := errors.Join(w.Begin(format.Header{}), w.Part(entity.Part{Start: 5})); err == nil {
		t.Error("a part after a gap: no error")
	}
}

// TestContinue: the documents of several writers are one file.
func TestContinue(t *testing.T) {
	for _, name := range format.Names() {
		var want, got bytes.Buffer
		w, err := format.New(name, &want, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			if err := w.Write(format.Header{Source: "a"}, sample, sampleEntities()[i:]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			begin := format.Continue
			if i == 0 {
				begin = format.New
			}
			if w, err = begin(name, &got, nil); err != nil {
				t.Fatal(err)
			}
			if err := w.Write(format.Header{Source: "a"}, sample, sampleEntities()[i:]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s (-one writer +three):\n%s", name, diff)
		}
	}
}

// TestHeader: sources and IDs of any kind are written as each format has them.
func TestHeader(t *testing.T) {
	for _, test := range []struct {
		format string
		header format.Header
		want   string
	}{
		{"jsonl", format.Header{ID: json.RawMessage("{\n\"a\": \"\xff\"}")}, `{"id":{"a":"` + "\uFFFD" + `"},"entities":[]}`},
		{"jsonl", format.Header{Source: "\x1b\xff\""}, `{"source":"\u001b\ufffd\"","entities":[]}`},
		{"displacy", format.Header{ID: json.RawMessage("null")}, `{"text":"","ents":[],"title":null}`},
		{"displacy", format.Header{ID: json.RawMessage(`"é"`)}, `{"text":"","ents":[],"title":"é"}`},
		{"webannotation", format.Header{Source: "c:/a b?.txt"}, `"id":"c%3A/a%20b%3F.txt#entities"`},
		{"webannotation", format.Header{ID: json.RawMessage(`"https://example.org/?a=1"`)}, `"id":"https://example.org/?a=1#entities"`},
		{"webannotation", format.Header{ID: json.RawMessage("17")}, `"id":"17#entities"`},
		{"webannotation", format.Header{Source: "-"}, `"id":"urn:x-steppe:standard-input#entities"`},
		{"webannotation", format.Header{}, `"id":"urn:x-steppe:document#entities"`},
		{"html", format.Header{Source: "<b>\u202e&"}, `<h2>&lt;b&gt;<span class="unseen">U+202E</span>&amp;</h2>`},
	} {
		if got := write(t, test.format, test.header, "", nil); !strings.Contains(got, test.want) {
			t.Errorf("%s: no %s in %s", test.format, test.want, got)
		}
	}
}

// TestLongDisplacy: a text that is long is in several objects that make it up.
func TestLongDisplacy(t *testing.T) {
	text := strings.Repeat("Äbish Kekilbayev left Osh for Moscow on a 🐎, it was said there at the time, and "+
		"nobody who had seen the animal, or the road that it was to take, or the weather of that day, thought much of it.\n\n", 7_500)
	entities := entity.New().Append(nil, text)
	objects, found, all := 0, 0, ""
	for line := range strings.Lines(write(t, "displacy", format.Header{Source: "a"}, text, entities)) {
		var d struct {
			Text, Title string
			Ents        []struct{ Start, End int }
		}
		decode(t, line, &d)
		objects++
		all += d.Text
		runes := []rune(d.Text)
		for _, e := range d.Ents {
			if got := string(runes[e.Start:e.End]); got != entities[found].Text {
				t.Fatalf("%q, want %q", got, entities[found].Text)
			}
			found++
		}
		if d.Title != "a" {
			t.Errorf("title %q", d.Title)
		}
	}
	if objects != len(text)>>20+1 || found != len(entities) || all != text {
		t.Errorf("%d objects, %d of %d entities, the same text: %v", objects, found, len(entities), all == text)
	}
}

func TestSummary(t *testing.T) {
	s := format.NewSummary(gazetteer.Default())
	at := len(sample) - len("Kazakhstan's!\n")
	s.Add(entity.Part{Text: sample[:at], Entities: sampleEntities()[:6]})
	s.Add(entity.Part{Start: at, Text: sample[at:], Entities: sampleEntities()[6:]})
	got := s.Rows()
	want := []format.Row{
		{Kind: entity.Person, ID: "person:abish-kekilbayev", Name: "Abish Kekilbayev", Country: "KZ", Times: 1, First: 5, Line: 1},
		{Kind: entity.Person, Name: "Zoë", Times: 1, First: 92, Line: 4},
		{Kind: entity.Country, ID: "iso:KZ", Name: "Kazakhstan", Country: "KZ", Times: 1, First: 108, Line: 4},
		{Kind: entity.City, ID: "geonames:1527534", Name: "Osh", Country: "KG", Times: 2, First: 75, Line: 2},
		{Kind: entity.City, ID: "geonames:524901", Name: "Moscow", Country: "RU", Times: 1, First: 67, Line: 2},
		{Kind: entity.Organisation, ID: "organisation:national-bank-of-kazakhstan", Name: "National Bank of Kazakhstan", Country: "KZ", Times: 1, First: 30, Line: 1},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(format.Row{}, "Description", "Confidence", "IDConfidence")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s = format.NewSummary(nil)
	for i := range 20_000 {
		name := strconv.Itoa(i)
		s.Add(entity.Part{Text: name, Entities: []entity.Entity{{Kind: entity.Person, End: len(name), Text: name}}})
	}
	if len(s.Rows()) != 10_000 || s.Others() != 10_000 {
		t.Errorf("%d rows and %d others", len(s.Rows()), s.Others())
	}
}
