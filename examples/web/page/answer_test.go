package page

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

// answered returns the chunks of an answer, joined.
func answered(t *testing.T, r *Request) (answer string, chunks int) {
	t.Helper()
	tagger, err := r.Tagger()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for chunk, err := range tagger.Answer(context.Background(), r) {
		if err != nil {
			t.Fatal(err)
		}
		b.Write(chunk)
		chunks++
	}
	return b.String(), chunks
}

func whole(t *testing.T, r *Request) (response Response) {
	t.Helper()
	answer, _ := answered(t, r)
	if err := json.Unmarshal([]byte(answer), &response); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	return response
}

// long is a text of many parts.
func long() string {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "🐎 %d: Japarov met Aigul Bekova%d in Bishkek.\n\n", i, i)
	}
	return b.String()
}

// TestAnswer: an answer in chunks is that of the whole text, and its offsets are those
// of the text in their unit.
func TestAnswer(t *testing.T) {
	text := long()
	var want []string
	for e := range entity.Find(text) {
		want = append(want, e.Kind.String()+" "+e.Text)
	}
	for unit, slice := range map[string]func(start, end int) string{
		"bytes": func(start, end int) string { return text[start:end] },
		"codepoints": func() func(start, end int) string {
			r := []rune(text)
			return func(start, end int) string { return string(r[start:end]) }
		}(),
		"utf16": func() func(start, end int) string {
			u := utf16.Encode([]rune(text))
			return func(start, end int) string { return string(utf16.Decode(u[start:end])) }
		}(),
	} {
		answer, chunks := answered(t, &Request{Text: text, Offsets: unit})
		if chunks < 4 {
			t.Errorf("%d chunks", chunks)
		}
		var response Response
		if err := json.Unmarshal([]byte(answer), &response); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range response.Entities {
			if slice(e.Start, e.End) != e.Text {
				t.Fatalf("%s: %+v is %q", unit, e, slice(e.Start, e.End))
			}
			got = append(got, e.Kind.String()+" "+e.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", unit, diff)
		}
	}
}

// TestAnswerFormats: a document in chunks is what package format writes of the whole.
func TestAnswerFormats(t *testing.T) {
	text := long()
	entities := entity.New().Append(nil, text)
	for _, name := range format.Names() {
		var want strings.Builder
		w, err := format.New(name, &want, gazetteer.Default())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(format.Header{Source: "text"}, text, entities); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, _ := answered(t, &Request{Text: text, Format: name})
		if got != want.String() {
			t.Errorf("%s differs", name)
		}
	}
}

// TestAlternatives: there are as many as are asked for, with less probability each, and
// none that has the ID of the entity; the entities are the same.
func TestAlternatives(t *testing.T) {
	text := strings.Repeat("Defence Minister Ivanov left Moscow. Bush stayed in Paris.\n\n", 2000)
	without := whole(t, &Request{Text: text, Offsets: "utf16"})
	most := 0
	for _, n := range []int{1, 3} {
		got := whole(t, &Request{Text: text, Offsets: "utf16", Alternatives: n})
		for i := range got.Entities {
			e := &got.Entities[i]
			most = max(most, len(e.Alternatives))
			if len(e.Alternatives) > n {
				t.Fatalf("%d alternatives, want %d", len(e.Alternatives), n)
			}
			last := 1.0
			for _, a := range e.Alternatives {
				if a.P > last || a.P <= 0 || a.ID == e.ID && e.IDConfidence > 0 || (a.ID != "") != (a.Name != "") || a.ID == "" && a.Description != "" {
					t.Fatalf("%+v", e)
				}
				last = a.P
			}
			e.Alternatives = nil
		}
		if diff := cmp.Diff(without, got); diff != "" {
			t.Errorf("%d alternatives (-without +with):\n%s", n, diff)
		}
	}
	if most < 2 {
		t.Errorf("at the most %d alternatives", most)
	}
}

// TestDate: a title means who held the post at the date, and persons are described by
// theirs.
func TestDate(t *testing.T) {
	for year, want := range map[int]string{0: "president", 2004: "foreign minister"} {
		r := &Request{Text: "Kassym-Jomart Tokayev spoke.", Offsets: "bytes", Date: gazetteer.Date{Year: year}}
		got := whole(t, r)
		if len(got.Entities) != 1 || !strings.HasPrefix(got.Entities[0].Description, want+" of Kazakhstan") {
			t.Errorf("in %d: %+v", year, got.Entities)
		}
		r.Format = "html"
		if got, _ := answered(t, r); !strings.Contains(got, want+" of Kazakhstan") {
			t.Errorf("in %d: %s", year, got)
		}
	}
	for year, want := range map[int]entity.ID{2006: "person:islam-karimov", 2022: ""} {
		r := &Request{Text: "President Karimov spoke.", Offsets: "bytes", Date: gazetteer.Date{Year: year}}
		if got := whole(t, r); len(got.Entities) != 1 || got.Entities[0].ID != want {
			t.Errorf("in %d: %+v", year, got.Entities)
		}
	}
}

func TestAnswerEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, name := range append(format.Names(), "") {
		r := &Request{Text: "Osh", Offsets: "bytes", Format: name}
		tagger, err := r.Tagger()
		if err != nil {
			t.Fatal(err)
		}
		for _, err = range tagger.Answer(ctx, r) {
		}
		if err == nil {
			t.Errorf("%q goes on", name)
		}
	}
}
