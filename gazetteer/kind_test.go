package gazetteer_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/gazetteer"
)

var (
	_ io.WriterTo              = (*gazetteer.Gazetteer)(nil)
	_ fmt.Stringer             = gazetteer.Kind(0)
	_ fmt.Stringer             = gazetteer.Usage(0)
	_ encoding.TextMarshaler   = gazetteer.Kind(0)
	_ encoding.TextMarshaler   = gazetteer.Usage(0)
	_ encoding.TextUnmarshaler = (*gazetteer.Kind)(nil)
	_ encoding.TextUnmarshaler = (*gazetteer.Usage)(nil)
)

// TestText: kinds and usages stand in JSON by name, and read back.
func TestText(t *testing.T) {
	want := map[gazetteer.Kind]gazetteer.Usage{gazetteer.Person: gazetteer.Sure, gazetteer.City: gazetteer.Ambiguous, gazetteer.Demonym: gazetteer.Never}
	data, err := json.Marshal(want)
	if err != nil || string(data) != `{"city":"ambiguous","demonym":"never","person":"sure"}` {
		t.Fatalf("%s, %v", data, err)
	}
	var got map[gazetteer.Kind]gazetteer.Usage
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, faulty := range []string{`{"town":"sure"}`, `{"city":"seldom"}`} {
		if err := json.Unmarshal([]byte(faulty), &got); err == nil {
			t.Errorf("%s is read", faulty)
		}
	}
	for _, v := range []any{gazetteer.Kind(0), gazetteer.Usage(9)} {
		if data, err := json.Marshal(v); err == nil {
			t.Errorf("%v is written as %s", v, data)
		}
	}
}
