package format

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzAppendString: strings are written as encoding/json writes them.
func FuzzAppendString(f *testing.F) {
	f.Add("a\"\\\x00\x1f\b\f\n\r\t\x7f\u2028\xff\xed\xa0\x80🐎<>&\ufffd")
	f.Fuzz(func(t *testing.T, s string) {
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
