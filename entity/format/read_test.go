package format_test

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/steppe-ner/steppe/entity/format"
)

// collect returns what a reader reads, errors as text.
func collect(documents iter.Seq2[format.Document, error]) (list []format.Document, faults []string) {
	for d, err := range documents {
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		list = append(list, d)
	}
	return list, faults
}

// TestReadOwn: what the format jsonl writes reads back.
func TestReadOwn(t *testing.T) {
	out := write(t, "jsonl", format.Header{Source: "a.txt"}, sample, sampleEntities())
	got, faults := collect(format.ReadJSONLines(strings.NewReader(out), "out"))
	want := []format.Document{{Header: format.Header{Source: "a.txt"}, Line: 1}}
	for _, e := range sampleEntities() {
		want[0].Spans = append(want[0].Spans, format.Span{Label: e.Kind.String(), Start: e.Start, End: e.End, Text: e.Text, Confidence: 0.99, Line: 1})
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(format.Span{}, "Column")); diff != "" || faults != nil {
		t.Errorf("%q (-want +got):\n%s", faults, diff)
	}
	if s := got[0].Spans[1]; !strings.HasPrefix(out[s.Column-1:], `{"kind":"organisation"`) {
		t.Errorf("the second entity is not at column %d", s.Column)
	}
}

func TestReadJSONLines(t *testing.T) {
	in := "\ufeff" + strings.Join([]string{
		`{"id":7,"text":"Äsh","entities":[{"kind":"LOC","start":0,"end":4}],"more":[]}`,
		"",
		`{"id":8,"text":"Äsh","entities":[ {"kind":"LOC","start":1,"end":4}]}`,
		`{"entities":[{"kind":"LOC","start":0,"end":4,"text":"x"},{"kind":"LOC","start":4}]}`,
		`{"text":"Osh","entities":[{"kind":"LOC","start":0,"end":9}]}`,
		`{"text":"Osh","entities":[{"kind":"LOC","start":0,"end":3,"text":"Ush"}]}`,
		`{"entities":[{"kind":"LOC","start":3,"end":3}]}`,
		`{"entities":[{"kind":"LOC","start":"3","end":3}]}`,
		`{"entities":{}}`,
		`{"id":1}`,
		`{`,
		`{"source":"` + strings.Repeat("x", format.MaxLine) + `","entities":[]}`,
		`{"source":"b","entities":[]}`,
	}, "\n")
	got, faults := collect(format.ReadJSONLines(strings.NewReader(in), "f"))
	want := []format.Document{
		{Header: format.Header{ID: []byte("7")}, Line: 1, Text: "Äsh", Spans: []format.Span{{Label: "LOC", End: 4, Text: "Äsh", Line: 1, Column: 35}}},
		{Header: format.Header{Source: "b"}, Line: 13},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"f:3:36: an entity from byte 1 to 4, within a character; offsets are in bytes",
		`f:4:58: an entity without "kind", "start" or "end"`,
		"f:5:27: an entity from byte 0 to 9 in a text of 3",
		`f:6:27: an entity "Ush", but bytes 0 to 3 of the text are "Osh"; offsets are in bytes`,
		"f:7:14: an entity from byte 3 to 3",
		`f:8:38: "start": string where a number should be`,
		`f:9:13: "entities" is not an array`,
		`f:10:1: no "entities"`,
		"f:11:1: unexpected end of JSON input",
		"f:12:1: a line of more than 8388608 bytes",
	}, faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	if _, faults := collect(format.ReadJSONLines(iotest.ErrReader(errors.New("broken")), "f")); len(faults) != 1 || faults[0] != "f: broken" {
		t.Errorf("%q", faults)
	}
}

func TestReadCoNLL(t *testing.T) {
	in := "-DOCSTART- -X- O O\n\nEU B-ORG I-ORG\nrejects O O\n\n\nPeter B-PER B-PER\r\nBlackburn I-PER B-PER\n-DOCSTART-\nOsh\tS-LOC\tI-LOC\nNew York\tB-LOC\tO\n \nNew\tI-LOC\tE-LOC\n"
	span := func(label string, start, end int, text string, line, column int) format.Span {
		return format.Span{Label: label, Start: start, End: end, Text: text, Line: line, Column: column}
	}
	for column, want := range map[int][]format.Document{
		1: {
			{Line: 1, Text: "EU rejects\nPeter Blackburn", Spans: []format.Span{span("ORG", 0, 2, "EU", 3, 4), span("PER", 11, 26, "Peter Blackburn", 7, 7)}},
			{Line: 9, Text: "Osh New York\nNew", Spans: []format.Span{span("LOC", 0, 3, "Osh", 10, 5), span("LOC", 4, 12, "New York", 11, 10), span("LOC", 13, 16, "New", 13, 5)}},
		},
		-1: {
			{Line: 1, Text: "EU rejects\nPeter Blackburn", Spans: []format.Span{span("ORG", 0, 2, "EU", 3, 10), span("PER", 11, 16, "Peter", 7, 13), span("PER", 17, 26, "Blackburn", 8, 17)}},
			{Line: 9, Text: "Osh New York\nNew", Spans: []format.Span{span("LOC", 0, 3, "Osh", 10, 11), span("LOC", 13, 16, "New", 13, 11)}},
		},
	} {
		got, faults := collect(format.ReadCoNLL(strings.NewReader(in), "f", column))
		if diff := cmp.Diff(want, got); diff != "" || faults != nil {
			t.Errorf("column %d: %q (-want +got):\n%s", column, faults, diff)
		}
	}
	for in, want := range map[string]string{
		"a O\nb\n":     "f:2:1: 1 columns, with no label in the one asked for",
		"a  PER\n":     `f:1:4: label "PER": want O, or a name after B- or I-`,
		"a\tX\tB-\n":   `f:1:5: label "B-": want O, or a name after B- or I-`,
		"\tB-PER\nb\n": "f:1:1: no word",
	} {
		if _, faults := collect(format.ReadCoNLL(strings.NewReader(in), "f", -1)); !cmp.Equal(faults, []string{want}) {
			t.Errorf("%q: %q, want %q", in, faults, want)
		}
	}
	if _, faults := collect(format.ReadCoNLL(iotest.ErrReader(errors.New("broken")), "f", 1)); !cmp.Equal(faults, []string{"f: broken"}) {
		t.Errorf("%q", faults)
	}
}

// FuzzRead: any bytes are documents or faults, spans lie in their texts, and
// reading ends.
func FuzzRead(f *testing.F) {
	f.Add("a\tB-X\n\n-DOCSTART-\nb O\n")
	f.Add(`{"text":"Osh","entities":[{"kind":"LOC","start":0,"end":3}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		for _, read := range []iter.Seq2[format.Document, error]{
			format.ReadJSONLines(strings.NewReader(in), "f"), format.ReadCoNLL(strings.NewReader(in), "f", 1), format.ReadCoNLL(strings.NewReader(in), "f", -1),
		} {
			for d, err := range read {
				if err != nil && !strings.HasPrefix(err.Error(), "f:") {
					t.Errorf("an error without a place: %v", err)
				}
				for _, s := range d.Spans {
					if d.Text != "" && d.Text[s.Start:s.End] != s.Text {
						t.Errorf("%+v in %q", s, d.Text)
					}
				}
			}
		}
	})
}
