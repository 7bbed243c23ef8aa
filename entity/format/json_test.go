package format

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/steppe-ner/steppe/internal/codepoint"
)

// FuzzAppendString: strings are written as encoding/json writes them; where bytes are
// not UTF-8 there is a U+FFFD for each of Unicode's maximal subparts.
func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\x00\x1f\b\f\n\r\t\x7f\u2028\xff\xed\xa0\x80🐎<>&\ufffd")
	f.Add("\xa8\xff\xed\xa0\x80\xf0\x9f")
	f.Fuzz(func(t *testing.T, s string) {
		got := appendString(nil, s)
		var read string
		if err := json.Unmarshal(got, &read); err != nil || read != codepoint.Valid(s) {
			t.Errorf("%s is read as %q, want %q: %v", got, read, codepoint.Valid(s), err)
		}
		s = codepoint.Valid(s)
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		if got, want := string(appendString(nil, s)), b.String(); got+"\n" != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}
