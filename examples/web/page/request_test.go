package page

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

func TestDecode(t *testing.T) {
	got, err := Decode(
		[]byte(` {"text":"a\"\\ \ud83d\udc0e", "kinds":["city","person"],"minConfidence":5e-1,"offsets":"utf16","date":"2011-04",
		"alternatives":3,"id":{"a":["}]\"",1]},"names":[{"kind":"organisation","name":"Zerde","aliases":["Z", "ZZ"],"country":"KZ"}]} `),
		Line,
	)
	if err != nil {
		t.Fatal(err)
	}
	want := &Request{
		Date: gazetteer.Date{Year: 2011, Month: 4}, Alternatives: 3,
		Text: "a\"\\ 🐎", Kinds: []entity.Kind{entity.City, entity.Person}, MinConfidence: .5, Offsets: "utf16", ID: []byte(`{"a":["}]\"",1]}`),
		Names: []Name{{gazetteer.Entry{Kind: gazetteer.Organisation, Name: "Zerde", Country: "KZ"}, []string{"Z", "ZZ"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDecodeFaults(t *testing.T) {
	long := strings.Repeat("1", maxID+1)
	many := strings.TrimSuffix(strings.Repeat(`"city",`, 101), ",")
	for _, test := range []struct {
		data  string
		form  Form
		field string
		want  string
	}{
		{``, Entities, "", "nothing where an object should be"},
		{"\n ", Entities, "", "nothing where an object should be"},
		{`{`, Entities, "", "not JSON at byte 1: unexpected end of JSON input"},
		{`{"text":"a"} {}`, Entities, "", "not JSON at byte 14: invalid character '{' after top-level value"},
		{"{\"text\":\"\xff\"}", Entities, "", "not UTF-8 at byte 9"},
		{`null`, Entities, "", "null where an object should be"},
		{`[]`, Entities, "", "an array where an object should be"},
		{`7`, Entities, "", "a number where an object should be"},
		{`{}`, Entities, "text", "text: is missing"},
		{`{"Text":"a"}`, Entities, "Text", "Text: unknown; the fields are text, date, kinds, minConfidence, names, offsets, alternatives"},
		{`{"text":"a","TEXT":"b"}`, Entities, "TEXT", "TEXT: unknown; the fields are text, date, kinds, minConfidence, names, offsets, alternatives"},
		{`{"text":"a","te\u0078t":"b"}`, Entities, "text", "text: stands twice"},
		{`{"text":7}`, Entities, "text", "text: a number where a string should be"},
		{`{"text":null}`, Entities, "text", "text: null where a string should be"},
		{`{"text":"","offsets":"words"}`, Entities, "offsets", "offsets: not one of bytes, codepoints, utf16"},
		{`{"text":"","minConfidence":2}`, Entities, "minConfidence", "minConfidence: not between 0 and 1"},
		{`{"text":"","minConfidence":1e999}`, Entities, "minConfidence", "minConfidence: not between 0 and 1"},
		{`{"text":"","minConfidence":true}`, Entities, "minConfidence", "minConfidence: a truth value where a number should be"},
		{`{"text":"","date":2011}`, Entities, "date", "date: a number where a string should be"},
		{`{"text":"","date":"2011-13"}`, Line, "date", `date: "2011-13" is no day of the calendar`},
		{`{"text":"","date":"May 2011"}`, Convert, "date", `date: "May 2011" is no date: want YYYY, YYYY-MM or YYYY-MM-DD`},
		{`{"text":"","alternatives":"3"}`, Entities, "alternatives", "alternatives: a string where a number should be"},
		{`{"text":"","alternatives":-1}`, Entities, "alternatives", "alternatives: not a whole number from 0 to 100"},
		{`{"text":"","alternatives":1.5}`, Line, "alternatives", "alternatives: not a whole number from 0 to 100"},
		{`{"text":"","alternatives":1e999}`, Line, "alternatives", "alternatives: not a whole number from 0 to 100"},
		{`{"text":"","alternatives":3}`, Convert, "alternatives", "alternatives: unknown; the fields are text, date, kinds, minConfidence, names, format"},
		{`{"text":"","kinds":"city"}`, Entities, "kinds", "kinds: a string where an array should be"},
		{`{"text":"","kinds":[7]}`, Entities, "kinds", "kinds: a number where a string should be"},
		{`{"text":"","kinds":["town"]}`, Entities, "kinds", `kinds: unknown kind "town"; the kinds are person, country, city, organisation, place, demonym`},
		{`{"text":"","kinds":[` + many + `]}`, Entities, "kinds", "kinds: more than 100 elements"},
		{`{"text":"","id":1}`, Entities, "id", "id: unknown; the fields are text, date, kinds, minConfidence, names, offsets, alternatives"},
		{`{"text":"","format":"html"}`, Entities, "format", "format: unknown; the fields are text, date, kinds, minConfidence, names, offsets, alternatives"},
		{`{"text":"","id":` + long + `}`, Line, "id", "id: more than 1000 bytes"},
		{`{"text":""}`, Convert, "format", "format: is missing; the formats are jsonl, conll, brat, webannotation, displacy, csv, tsv, html"},
		{`{"text":"","format":"xml"}`, Convert, "format", "format: not one of jsonl, conll, brat, webannotation, displacy, csv, tsv, html"},
		{`{"text":"","names":[{}]}`, Entities, "names.kind", "names.kind: is missing"},
		{`{"text":"","names":[{"kind":"city"}]}`, Entities, "names.name", "names.name: is missing"},
		{`{"text":"","names":[{"kind":"town"}]}`, Entities, "names.kind", `names.kind: unknown kind "town"; the kinds are person, country, city, organisation, place, demonym`},
		{`{"text":"","names":[{"rank":1}]}`, Entities, "names.rank", "names.rank: unknown; the fields are kind, name, aliases, id, country, wikidata, description"},
		{`{"text":"","names":[{"wikidata":"2607"}]}`, Entities, "names.wikidata", "names.wikidata: not an item such as Q2607"},
		{`{"text":"","names":[3]}`, Entities, "names", "names: a number where an object should be"},
	} {
		_, err := Decode([]byte(test.data), test.form)
		fault, ok := err.(*Fault)
		if !ok || fault.Field != test.field || err.Error() != test.want {
			t.Errorf("%.60s: %v, want %s", test.data, err, test.want)
		}
	}
}

// TestNames: names of the caller's own are found, and their faults told.
func TestNames(t *testing.T) {
	r := &Request{
		Text:    "Zerde opened an office in Osh.",
		Offsets: "bytes",
		Names:   []Name{{Entry: gazetteer.Entry{Kind: gazetteer.Organisation, Name: "Zerde", Description: "a holding"}}},
	}
	for range 2 { // the second time it is kept
		if got := whole(t, r); len(got.Entities) != 2 || got.Entities[0].ID != "organisation:zerde" ||
			got.Entities[0].Description != "a holding" {
			t.Errorf("%+v", got.Entities)
		}
	}
	for i := range keptLayers + 1 {
		r.Names[0].Entry.Description = strings.Repeat("a", i+1)
		whole(t, r)
	}
	if len(layers.kept) != keptLayers {
		t.Errorf("%d gazetteers are kept", len(layers.kept))
	}
	r.Names[0].Entry.Country = "Kazakhstan"
	if _, err := r.Tagger(); err == nil || !strings.HasPrefix(err.Error(), "names: ") {
		t.Errorf("a country that is no code: %v", err)
	}
}

// FuzzDecode: what is taken is what encoding/json would take.
func FuzzDecode(f *testing.F) {
	f.Add(
		[]byte(
			`{"text":"a\"\\ \u0041","kinds":["city"],"minConfidence":0.5,"offsets":"utf16","id":{"a":[1,"]"]},"names":[{"kind":"city","name":"A","aliases":["B"]}]}`,
		),
	)
	f.Add([]byte(`{"text":"","id": -1.5e3 }`))
	f.Add([]byte(`{"text"`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Decode(data, Line)
		if err != nil {
			if _, ok := err.(*Fault); !ok {
				t.Errorf("%v is no Fault", err)
			}
			return
		}
		var want struct {
			Text          string          `json:"text"`
			ID            json.RawMessage `json:"id"`
			Kinds         []entity.Kind   `json:"kinds"`
			MinConfidence float64         `json:"minConfidence"`
			Names         []struct {
				Name    string   `json:"name"`
				Aliases []string `json:"aliases"`
			} `json:"names"`
		}
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("%q is taken: %v", data, err)
		}
		if r.Text != want.Text || string(r.ID) != string(want.ID) || r.MinConfidence != want.MinConfidence ||
			len(r.Kinds) != len(want.Kinds) ||
			len(r.Names) != len(want.Names) {
			t.Errorf("%q: %+v, want %+v", data, r, want)
		}
		for i, n := range want.Names {
			if r.Names[i].Entry.Name != n.Name || len(r.Names[i].Aliases) != len(n.Aliases) {
				t.Errorf("%q: %+v, want %+v", data, r.Names[i], n)
			}
		}
	})
}
