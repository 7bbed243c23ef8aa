package format_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/format"
)

// TestRefused: a document that cannot be written leaves nothing behind, and the next
// one is as if it had not been.
func TestRefused(t *testing.T) {
	text, entities := "Osh", []entity.Entity{{Kind: entity.City, Start: 0, End: 3, Text: "Osh", Confidence: 1}}
	for _, name := range format.Names() {
		var want, got bytes.Buffer
		for _, b := range []*bytes.Buffer{&want, &got} {
			w, err := format.New(name, b, nil)
			if err != nil {
				t.Fatal(err)
			}
			if b == &got {
				for _, other := range []string{"Ush", "", "O"} {
					if err := w.Write(format.Header{Source: "a"}, other, entities); err == nil {
						t.Errorf("%s: entities of another text than %q: no error", name, other)
					}
				}
			}
			if err := errors.Join(w.Write(format.Header{Source: "b"}, text, entities), w.Close()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestOrder: what is called out of order is refused and not written.
func TestOrder(t *testing.T) {
	for _, name := range format.Names() {
		var b bytes.Buffer
		w, err := format.New(name, &b, nil)
		if err != nil {
			t.Fatal(err)
		}
		part := entity.Part{Text: "Osh"}
		if err := w.Open(); err != nil {
			t.Fatal(err)
		}
		refused := func(what string, call func() error) {
			t.Helper()
			before := b.Len()
			if err := call(); err == nil || b.Len() != before {
				t.Errorf("%s: %s: error %v, %d bytes written", name, what, err, b.Len()-before)
			}
		}
		begin := func() error { return w.Begin(format.Header{}) }
		refused("a part before a document", func() error { return w.Part(part) })
		refused("an end before a document", w.End)
		if err := begin(); err != nil {
			t.Fatal(err)
		}
		refused("a document in a document", begin)
		refused("Close in a document", w.Close)
		if err := errors.Join(w.Part(part), w.End()); err != nil {
			t.Fatal(err)
		}
		refused("a second end", w.End)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		refused("a second Close", w.Close)
		refused("a document after Close", begin)
	}
}

// short takes n bytes and then half of what it is given, without an error.
type short struct{ n int }

func (s *short) Write(p []byte) (int, error) {
	if s.n -= len(p); s.n < 0 {
		return len(p) / 2, nil
	}
	return len(p), nil
}

// TestShortWrites: what is not written whole is an error, from then on, also of Close.
func TestShortWrites(t *testing.T) {
	for _, name := range format.Names() {
		for _, n := range []int{0, 10} {
			w, err := format.New(name, &short{n}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var failed error
			for range 3 {
				failed = w.Write(format.Header{Source: "a document"}, sample, sampleEntities())
			}
			if closed := w.Close(); !errors.Is(failed, io.ErrShortWrite) || !errors.Is(closed, io.ErrShortWrite) {
				t.Errorf("%s: %v, then %v", name, failed, closed)
			}
		}
	}
}
