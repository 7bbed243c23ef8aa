package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

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
	if err := errors.Join(format.Write(w, h, text, entities), w.Close()); err != nil {
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
	return entity.Entity{Kind: k, Start: start, End: start + len(s), Text: s, ID: id, Evidence: entity.Listed | entity.Tagged, Confidence: 0.987}
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
		if err := errors.Join(format.Write(w, format.Header{Source: "a"}, sample, sampleEntities()), w.Close()); err != nil {
			t.Fatal(err)
		}
		size := 1<<20 - unbounded.n
		for n := 0; n < size; n += max(1, size/40) {
			w, err := format.New(name, &full{n}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(format.Write(w, format.Header{Source: "a"}, sample, sampleEntities()), w.Close()); !errors.Is(err, os.ErrClosed) {
				t.Errorf("%s with room for %d of %d bytes: %v", name, n, size, err)
				break
			}
		}
	}
}

// TestParts: a text in parts is written as a whole one is, where the format
// knows no parts.
func TestParts(t *testing.T) {
	text := strings.Repeat("Äbish Kekilbayev left Osh for Moscow on a 🐎.\n\n", 4000)
	tagger := entity.New()
	for _, name := range format.Names() {
		if name == "displacy" || name == "webannotation" {
			continue // one is an object a part, the other quotes no more than is in the part
		}
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
		runes := []rune(text)
		if len(d.Items) != len(entities) {
			t.Fatalf("%d annotations, want %d", len(d.Items), len(entities))
		}
		for i, a := range d.Items {
			p, q := a.Target.Selector[0], a.Target.Selector[1]
			if got := string(runes[p.Start:p.End]); got != q.Exact || got != valid(entities[i].Text) {
				t.Errorf("%q at the position, %q quoted, want %q", got, q.Exact, entities[i].Text)
			}
			if !strings.HasSuffix(string(runes[:p.Start]), q.Prefix) || !strings.HasPrefix(string(runes[p.End:]), q.Suffix) {
				t.Errorf("%q stands between %q and %q", q.Exact, q.Prefix, q.Suffix)
			}
		}
	},
	"brat": func(t *testing.T, out, text string, entities []entity.Entity) {
		runes := []rune(text)
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
			for span := range strings.SplitSeq(spans, ";") {
				a, b, _ := strings.Cut(span, " ")
				from, err1 := strconv.Atoi(a)
				to, err2 := strconv.Atoi(b)
				if err1 != nil || err2 != nil || from >= to || strings.ContainsAny(string(runes[from:to]), "\r\n") {
					t.Fatalf("fragment %q", span)
				}
				parts = append(parts, string(runes[from:to]))
			}
			if got := strings.Join(parts, " "); len(got) < len(fields[2]) {
				t.Errorf("%q at the offsets, %q beside them", got, fields[2])
			}
			n++
		}
		if n != len(entities) {
			t.Errorf("%d annotations, want %d", n, len(entities))
		}
	},
	"conll": func(t *testing.T, out, text string, entities []entity.Entity) {
		n, last := 0, "O"
		for line := range strings.Lines(out) {
			line = strings.TrimSuffix(line, "\n")
			if line == "" {
				last = "O"
				continue
			}
			if len(strings.Fields(line)) != 2 {
				t.Fatalf("%q is not a word and its label", line)
			}
			_, l, _ := strings.Cut(line, "\t")
			if strings.HasPrefix(l, "B-") {
				n++
			}
			if strings.HasPrefix(l, "I-") && (last == "O" || last[2:] != l[2:]) {
				t.Errorf("%s after %s", l, last)
			}
			last = l
		}
		if n != len(entities) {
			t.Errorf("%d entities begin, want %d", n, len(entities))
		}
	},
	"html": func(t *testing.T, out, text string, entities []entity.Entity) {
		root, err := html.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		marks := 0
		for n := range root.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case slices.Contains([]string{"script", "img", "iframe", "a", "link"}, n.Data):
				t.Errorf("the page has a %s", n.Data)
			case n.Data == "div":
				for m := range n.Descendants() {
					if m.Type == html.ElementNode && m.Data == "mark" {
						marks++
					}
				}
			}
		}
		if marks != len(entities) {
			t.Errorf("%d names are marked, want %d", marks, len(entities))
		}
	},
}

func decode(t *testing.T, out string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), v); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
}

func valid(s string) string { return string([]rune(s)) }

// FuzzWriters: of any bytes, every format writes what reads back as the same
// entities, at the same places of the text.
func FuzzWriters(f *testing.F) {
	f.Add(sample)
	f.Add("\xff Astana \xf0\x9f\x90\x8e\xf0 Osh\u202e <script> Tokayev\u2028Blinken\x85 and National Bank\r\nof Kazakhstan")
	tagger := entity.New()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		entities := tagger.Append(nil, text)
		for _, name := range format.Names() {
			out := write(t, name, format.Header{ID: json.RawMessage(`{"a":1}`)}, text, entities)
			if name != "conll" || !strings.Contains(out, "\n\nI-") {
				check[name](t, out, text, entities)
			}
		}
	})
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

func ExampleWrite() {
	text := "Tokayev left Osh."
	w, err := format.New("conll", os.Stdout, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := format.Write(w, format.Header{Source: "a.txt"}, text, entity.New().Append(nil, text)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// -DOCSTART-	O
	//
	// Tokayev	B-PERSON
	// left	O
	// Osh	B-CITY
	// .	O
}
