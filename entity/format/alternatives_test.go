package format_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/gazetteer"
)

// explained is a text of one name, which means what the caller says.
func explained(e entity.Entity, meanings ...entity.Meaning) entity.Part {
	e.Kind, e.End, e.Text = entity.City, len("Paris"), "Paris"
	return entity.Part{
		Text: "Paris.", Entities: []entity.Entity{e},
		Explanations: []entity.Explanation{{Entity: e, Meanings: meanings}},
	}
}

// TestAlternatives: jsonl writes as many as are asked for, none of which is the ID that
// stands, nor too improbable to be written.
func TestAlternatives(t *testing.T) {
	france := entity.Meaning{ID: "geonames:2988507", Probability: 0.7}
	texas := entity.Meaning{ID: "place:texas", Probability: 0.1}
	nobody, rare := entity.Meaning{Probability: 0.196}, entity.Meaning{ID: "geonames:1527534", Probability: 0.004}
	const texan = `{"id":"place:texas","name":"Texas","p":0.1}`
	known := entity.Entity{ID: france.ID, IDConfidence: 0.7}
	for _, test := range []struct {
		part entity.Part
		n    int
		want string
	}{
		{explained(known, france, nobody, texas, rare), 0, `"idConfidence":0.7}]}`},
		{explained(known, france, nobody, texas, rare), 1, `"idConfidence":0.7,"alternatives":[{"p":0.2}]}]}`},
		{explained(known, france, nobody, texas, rare), 9, `"idConfidence":0.7,"alternatives":[{"p":0.2},` + texan + `]}]}`},
		{explained(known, france), 9, `"idConfidence":0.7}]}`},
		{explained(known, france, rare), 9, `"idConfidence":0.7}]}`},
		{explained(entity.Entity{IDConfidence: 0.196}, nobody, texas), 9, `"idConfidence":0.2,"alternatives":[` + texan + `]}]}`},
		{explained(entity.Entity{}, nobody, texas), 9, `"confidence":0,"alternatives":[{"p":0.2},` + texan + `]}]}`},
		{explained(entity.Entity{}), 9, `"confidence":0}]}`},
	} {
		var buf bytes.Buffer
		w, err := format.New("jsonl", &buf, gazetteer.Default())
		if err != nil {
			t.Fatal(err)
		}
		w.Alternatives = test.n
		if err := errors.Join(w.Begin(format.Header{}), w.Part(test.part), w.End()); err != nil {
			t.Fatal(err)
		}
		if got := buf.String(); !strings.HasSuffix(got, test.want+"\n") {
			t.Errorf("%d of %v: %s, want %s", test.n, test.part.Explanations[0].Meanings, got, test.want)
		}
	}
}

// TestManyExplanations: explanations stay with their entities however many there are, and
// are refused where they are of other ones.
func TestManyExplanations(t *testing.T) {
	var part entity.Part
	var want strings.Builder
	for i := range 2500 {
		e := entity.Entity{Kind: entity.City, Start: len(part.Text), End: len(part.Text) + 3, Text: "Osh"}
		part.Text += "Osh "
		part.Entities = append(part.Entities, e)
		meanings := []entity.Meaning{{ID: entity.ID(fmt.Sprintf("x:%d", i)), Probability: 1}}
		part.Explanations = append(part.Explanations, entity.Explanation{Entity: e, Meanings: meanings})
		fmt.Fprintf(&want, "x:%d ", i)
	}
	var buf bytes.Buffer
	w, err := format.New("jsonl", &buf, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Alternatives = 1
	if err := errors.Join(w.Begin(format.Header{}), w.Part(part), w.End()); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, after := range strings.Split(buf.String(), `"id":"`)[1:] {
		id, _, _ := strings.Cut(after, `"`)
		got.WriteString(id + " ")
	}
	if diff := cmp.Diff(want.String(), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	few := part
	few.Explanations = few.Explanations[:7]
	shifted := few
	shifted.Entities = part.Entities[1:8]
	for name, p := range map[string]entity.Part{"too few": few, "of others": shifted} {
		if err := errors.Join(w.Begin(format.Header{}), w.Part(p)); err == nil {
			t.Errorf("explanations %s were taken", name)
		}
		_ = w.End()
	}
}

// TestDate: a person is described by the post held at the date of the document.
func TestDate(t *testing.T) {
	var b gazetteer.Builder
	b.Add(gazetteer.Entry{ID: "person:a", Kind: gazetteer.Person, Name: "Asan", Country: "KG"})
	for year, title := range map[int]string{2003: "foreign minister", 2013: "president"} {
		from, until := gazetteer.Date{Year: year}, gazetteer.Date{Year: year + 4}
		b.AddPost(gazetteer.Post{Person: "person:a", Title: title, Country: "KG", From: from, Until: until})
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	entities := []entity.Entity{{Kind: entity.Person, End: 4, Text: "Asan", ID: "person:a"}}
	for year, want := range map[int]string{
		0: "president of KG, 2013 to 2017", 2005: "foreign minister of KG, 2003 to 2007", 2015: "president of KG, 2013 to 2017",
	} {
		date := gazetteer.Date{Year: year}
		s := format.NewSummary(g)
		s.Date = date
		s.Add(entity.Part{Text: "Asan", Entities: entities})
		if got := s.Rows()[0].Description; got != want {
			t.Errorf("in %d: %s, want %s", year, got, want)
		}
		var buf bytes.Buffer
		w, err := format.New("html", &buf, g)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(format.Header{Date: date}, "Asan", entities); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(buf.String(), want); n != 2 {
			t.Errorf("in %d: %d times %s in %s", year, n, want, buf.String())
		}
	}
}
