package entity_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity"
)

// TestExplain: what is explained is what is found, with meanings that make a
// distribution, the one that ID names first; and in parts the same as whole.
func TestExplain(t *testing.T) {
	text := strings.Repeat(all(t), 6)
	tagger := entity.New(entity.MinConfidence(0.4))
	whole := tagger.Explain(text)
	var found []entity.Entity
	for i := range whole {
		x := &whole[i]
		found = append(found, x.Entity)
		sum := 0.0
		for k, m := range x.Meanings {
			sum += m.Probability
			if k > 0 && m.Probability > x.Meanings[k-1].Probability {
				t.Errorf("%s: meaning %d is likelier than the one before", x.Text, k)
			}
		}
		switch others := x.Alternatives(); {
		case len(x.Features) == 0:
			t.Errorf("%s: no feature spoke", x.Text)
		case x.Kind == entity.Demonym:
			if len(x.Meanings) > 0 {
				t.Errorf("%s: a demonym means %v", x.Text, x.Meanings)
			}
		case math.Abs(sum-1) > 1e-9:
			t.Errorf("%s: the probabilities add up to %v", x.Text, sum)
		case x.IDConfidence > 0 && len(others) != len(x.Meanings)-1,
			x.IDConfidence > 0 && x.Meanings[0] != entity.Meaning{ID: x.ID, Probability: x.IDConfidence}:
			t.Errorf("%s: ID %q with %v, of %v", x.Text, x.ID, x.IDConfidence, x.Meanings)
		case x.IDConfidence == 0 && (x.ID != "" || len(others) != len(x.Meanings)):
			t.Errorf("%s: ID %q with no probability, of %v", x.Text, x.ID, x.Meanings)
		}
	}
	if diff := cmp.Diff(tagger.Append(nil, text), found); diff != "" {
		t.Errorf("found, explained (-want +got):\n%s", diff)
	}
	var parts []entity.Explanation
	n := 0
	for part, err := range tagger.ExplainParts(t.Context(), iotest.HalfReader(strings.NewReader(text))) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		for i, e := range part.Entities {
			if e != part.Explanations[i].Entity {
				t.Fatalf("entity %d of part %d is explained as another", i, n)
			}
		}
		for _, x := range part.Explanations {
			x.Features, x.Meanings = slices.Clone(x.Features), slices.Clone(x.Meanings)
			parts = append(parts, x)
		}
	}
	equal := cmp.Comparer(func(a, b entity.Explanation) bool {
		return a.Entity == b.Entity && slices.Equal(a.Features, b.Features) && slices.Equal(a.Meanings, b.Meanings)
	})
	if diff := cmp.Diff(whole, parts, equal); diff != "" || n < 2 {
		t.Errorf("%d parts (-want +got):\n%s", n, diff)
	}
}

func TestExplainPartsErrors(t *testing.T) {
	broken := errors.New("broken")
	var last error
	for _, err := range entity.New().ExplainParts(t.Context(), iotest.ErrReader(broken)) {
		last = err
	}
	if !errors.Is(last, broken) {
		t.Errorf("a reader's error became %v", last)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range entity.New().ExplainParts(ctx, strings.NewReader("Tokayev")) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("a cancelled context gave %v", last)
	}
	for range entity.New().ExplainParts(t.Context(), strings.NewReader("Tokayev")) {
		break
	}
}

// TestExplainMany: parts with more entities than are explained at once make up the text,
// and breaking off between them is possible.
func TestExplainMany(t *testing.T) {
	tagger := entity.New()
	text := strings.Repeat("Osh\xff\x92 Paris Putin Astana. ", 9000)
	var got strings.Builder
	var entities []entity.Entity
	parts, whole := 0, 0
	for range tagger.Parts(t.Context(), strings.NewReader(text)) {
		whole++
	}
	for part, err := range tagger.ExplainParts(t.Context(), strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		if part.Start != got.Len() || len(part.Explanations) != len(part.Entities) || len(part.Entities) > 500 {
			t.Fatalf("a part from byte %d after %d, %d explanations of %d",
				part.Start, got.Len(), len(part.Explanations), len(part.Entities))
		}
		got.WriteString(part.Text)
		entities = append(entities, part.Entities...)
		parts++
	}
	if diff := cmp.Diff(tagger.Append(nil, text), entities); diff != "" || got.String() != text || parts <= whole {
		t.Errorf("%d parts, the text %v (-want +got):\n%s", parts, got.String() == text, diff)
	}
	for stop := range parts {
		n := 0
		for range tagger.ExplainParts(t.Context(), strings.NewReader(text)) {
			if n++; n > stop {
				break
			}
		}
	}
}
