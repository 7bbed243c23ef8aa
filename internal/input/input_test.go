package input_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/internal/input"
)

// TestNotText: what is no text is named by its first bytes; what only looks a little like
// it is not.
func TestNotText(t *testing.T) {
	zip := "PK\x03\x04" + strings.Repeat("\x00", 26)
	for head, want := range map[string]string{
		"%PDF-1.4\n":                             "a PDF document",
		"{\\rtf1\\ansi":                          "an RTF document",
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00":   "an old Office document (DOC, XLS, PPT or MSG)",
		zip + "word/document.xml":                "a Word document (DOCX)",
		zip + "[Content_Types].xml":              "an Office document",
		zip + "mimetypeapplication/epub+zip":     "an EPUB book",
		zip + "a.txt":                            "a ZIP archive",
		strings.Repeat("a", 257) + "ustar":       "a tar archive",
		"BZh91AY&SY":                             "a file compressed by bzip2",
		"\xFF\xD8\xFF\xE0":                       "a JPEG image",
		"RIFF\x10\x00\x00\x00WEBPVP8 ":           "a WebP image",
		"\x00\x00\x00\x1Cftypavif":               "an AVIF image",
		"\x00\x00\x00\x1Cftypmp42":               "a film or a recording (MP4)",
		"BM\x10\x00\x00\x00\x00\x00\x00\x00\x36": "a Windows bitmap",
		"":                                       "",
		"PDF-1.4 is a format":                    "",
		"BMW opened a plant":                     "",
		"GIF89 was a format":                     "",
		"PKK left Osh":                           "",
		"MZ and ID3 and BZh9":                    "",
	} {
		if got := input.NotText([]byte(head)); got != want {
			t.Errorf("%q is %q, want %q", head, got, want)
		}
	}
}

// TestWarning: the first line with bytes that are not UTF-8 is named, and an encoding that
// they may be in, however the bytes arrive.
func TestWarning(t *testing.T) {
	some := func(line, n int, encoding string) *input.Warning {
		what := fmt.Sprintf("%d bytes are not UTF-8, the first of them in this line", n)
		return &input.Warning{Line: line, What: what, Encoding: encoding}
	}
	for text, want := range map[string]*input.Warning{
		"Osh\nÄbish\n":              nil,
		"":                          nil,
		"Osh\n\nZo\xEB\nO\xE9":      some(3, 2, "windows-1252"),
		"\xCE\xF8":                  some(1, 2, "windows-1252"),
		"Osh\n\xCF\xF3\xF2\xE8\xED": some(2, 5, "windows-1251"),
		"Äbish, Zoë\n\xFF":          {Line: 2, What: "a byte is not UTF-8"},
		"Osh\n\xE2\x82":             some(2, 2, "windows-1252"),
		"\xE2\x82Osh " + strings.Repeat("Ä", 5000): some(1, 2, ""),
	} {
		for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
			in, err := input.Open(r, input.Options{})
			if err != nil {
				t.Fatal(err)
			}
			whole, err := in.Text(input.Text)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(whole); err != nil || string(got) != text {
				t.Errorf("%q is read as %q, %v", text, got, err)
			}
			if diff := cmp.Diff(want, in.Warning()); diff != "" {
				t.Errorf("%.20q (-want +got):\n%s", text, diff)
			}
		}
	}
}

// TestForm: the endings of a file's name say how it is read.
func TestForm(t *testing.T) {
	for path, want := range map[string]string{
		"a/b.txt": "text a/b", "a.TXT.GZ": "text a", "a.jsonl.zst": "jsonl a", "a.json": "json a", "a.htm": "html a",
		"a.md": "text a.md unknown", "a.txt/b": "text a.txt/b unknown", "a": "text a unknown",
	} {
		f, known := input.FormOf(path)
		got := string(f) + " " + input.Bare(path)
		if !known {
			got += " unknown"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

// read returns the text of an input.
func read(r io.Reader, f input.Form) (string, error) {
	in, err := input.Open(r, input.Options{})
	if err != nil {
		return "", err
	}
	defer in.Close()
	text, err := in.Text(f)
	if err != nil {
		return "", err
	}
	all, err := io.ReadAll(text)
	return string(all), err
}

// FuzzReadLines: any input ends, and every line is a document, a fault or blank.
func FuzzReadLines(f *testing.F) {
	f.Add([]byte("{\"id\":\"a\",\"text\":\"b\"}\n\n{\"text\":1}\nx\n{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		documents, faults, blank := 0, 0, 0
		in, err := input.Open(bytes.NewReader(data), input.Options{})
		if err != nil {
			return // compressed, or said to be
		}
		defer in.Close()
		document := func(input.Document) bool { documents++; return true }
		err = in.Documents(input.Lines, "f", document, func(err error) bool {
			faults++
			if !strings.HasPrefix(err.Error(), "f:") {
				t.Fatalf("a fault without a place: %v", err)
			}
			return true
		})
		utf16 := bytes.HasPrefix(data, []byte("\xfe\xff")) || bytes.HasPrefix(data, []byte("\xff\xfe"))
		if err != nil || utf16 || bytes.IndexByte(data, 0) >= 0 {
			return // no text, or in another encoding
		}
		n := 0
		for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
			if n++; len(bytes.TrimSpace(line)) == 0 {
				blank++
			}
		}
		if documents+faults+blank != n {
			t.Fatalf("%d documents, %d faults, %d blank of %d lines", documents, faults, blank, n)
		}
	})
}

// FuzzPage: any bytes are a page or a fault, however they arrive.
func FuzzPage(f *testing.F) {
	f.Add([]byte("<p>a<b hidden>x<p>y</b><table><tr><td><pre> z\n</pre></span><br>&amp;&shy;<script>a</p>"))
	f.Add([]byte("\xff\xfe<\x00p\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, err := read(bytes.NewReader(data), input.HTML)
		bytewise, err2 := read(iotest.OneByteReader(bytes.NewReader(data)), input.HTML)
		if whole != bytewise || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Errorf("%q and %v, byte by byte %q and %v", whole, err, bytewise, err2)
		}
	})
}
