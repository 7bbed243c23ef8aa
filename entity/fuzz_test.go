package entity_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// FuzzOffsets: on any bytes, entities are in order, do not overlap, are where
// they say, and carry a valid kind and a probability; a reader gives the same.
func FuzzOffsets(f *testing.F) {
	for _, g := range goldTexts(f) {
		f.Add(g.text)
	}
	f.Add("\xffTokayev\x92s Mo'minov\r\n\r\n(Reuters) \x00 U.S.-led AL-QAEDA, Kassym-\nJomart \u2029 Äbish")
	tagger := entity.New()
	f.Fuzz(func(t *testing.T, text string) { checkOffsets(t, tagger, text) })
}

// checkOffsets fails when the entities of a text are not in order, overlap, are not what
// stands there, or are others when the text is read byte by byte.
func checkOffsets(t *testing.T, tagger *entity.Tagger, text string) {
	entities := tagger.Append(nil, text)
	end := 0
	for _, e := range entities {
		if e.Start < end || e.End <= e.Start || e.End > len(text) || text[e.Start:e.End] != e.Text {
			t.Fatalf("%+v after byte %d of %q", e, end, text)
		}
		if !e.Kind.Valid() || e.Evidence == 0 || !(e.Confidence > 0 && e.Confidence <= 1) {
			t.Fatalf("%+v of %q", e, text)
		}
		end = e.End
	}
	var read []entity.Entity
	for e, err := range tagger.FindReader(t.Context(), iotest.OneByteReader(strings.NewReader(text))) {
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, e)
	}
	if diff := cmp.Diff(entities, read); diff != "" {
		t.Fatalf("read byte by byte (-want +got):\n%s", diff)
	}
}

// FuzzPhrases: the same of texts made of names and of what stands between and around
// names, two bytes of data for each.
func FuzzPhrases(f *testing.F) {
	var names []string
	for e := range gazetteer.Default().All() {
		for n := range gazetteer.Default().Names(e.ID) {
			names = append(names, n.Text)
		}
	}
	glue := strings.Split("-|/| |'s |’ |. |.|, | and |, and | of | of the | in the |\n|\n\n| - | – |(| (|)|) |\"|“|” |&| the | The | region | regions | river |-based |-led | President | Mr. |: |; |! |? |\u00AD|\u0301|\x92| met | said |…| J. |uulu |-Jomart | Ltd", "|")
	f.Add([]byte("\x00\x00\x10\x01\x20\x02\x30\x03\x40\x04\x50\x05"))
	tagger := entity.New()
	f.Fuzz(func(t *testing.T, data []byte) {
		var b strings.Builder
		for ; len(data) > 1 && b.Len() < 4096; data = data[2:] {
			if n := int(data[0]) | int(data[1])<<8; n < 1<<15 {
				b.WriteString(names[n*len(names)>>15])
			} else {
				b.WriteString(glue[n%len(glue)])
			}
		}
		checkOffsets(t, tagger, b.String())
	})
}

// FuzzReader: however the bytes of a long text arrive, a reader gives what Find gives
// for the whole, and parts that put together are the text.
func FuzzReader(f *testing.F) {
	f.Add("Tokayev met Blinken in Astana, the U.S. Embassy said.\r\n\r\nHEADLINE OF\nALMATY \xff\u2029", []byte{1, 200, 3})
	f.Add("Osh", []byte{})
	tagger := entity.New()
	f.Fuzz(func(t *testing.T, text string, sizes []byte) {
		if text == "" {
			return
		}
		text = strings.Repeat(text, 70_000/len(text)+1)
		rest := text
		i := 0
		r := readerFunc(func(p []byte) (int, error) {
			if rest == "" {
				return 0, io.EOF
			}
			size := len(p)
			if len(sizes) > 0 {
				size = 1 + 256*int(sizes[i%len(sizes)])
				i++
			}
			n := copy(p[:min(size, len(p))], rest)
			rest = rest[n:]
			return n, nil
		})
		var whole strings.Builder
		var read []entity.Entity
		for part, err := range tagger.Parts(t.Context(), r) {
			if err != nil {
				t.Fatal(err)
			}
			if part.Start != whole.Len() {
				t.Errorf("a part starts at %d, want %d", part.Start, whole.Len())
			}
			whole.WriteString(part.Text)
			read = append(read, part.Entities...)
		}
		if whole.String() != text {
			t.Error("the parts are not the text")
		}
		if diff := cmp.Diff(tagger.Append(nil, text), read); diff != "" {
			t.Errorf("%q (-whole +read):\n%s", text[:min(len(text), 200)], diff)
		}
	})
}
