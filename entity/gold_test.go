package entity_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/entity/score"
	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/markup"
)

var update = flag.Bool("update", false, "rewrite testdata/news and testdata/golden")

// goldText is a text of testdata/gold.
type goldText struct {
	name, text string
	spans      []score.Span
}

func goldTexts(t testing.TB) []goldText {
	files, err := filepath.Glob("../testdata/gold/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d gold texts: %v", len(files), err)
	}
	var texts []goldText
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, marked, err := markup.Parse(string(data))
		if err != nil {
			t.Fatalf("%s:%v", file, err)
		}
		g := goldText{name: filepath.Base(file), text: text}
		for _, s := range marked {
			g.spans = append(g.spans, score.Span{Kind: s.Kind, Start: s.Start, End: s.End})
		}
		texts = append(texts, g)
	}
	return texts
}

func spans(entities []entity.Entity) []score.Span {
	var list []score.Span
	for _, e := range entities {
		list = append(list, score.Span{Kind: e.Kind, Start: e.Start, End: e.End})
	}
	return list
}

// TestGold scores the tagger on the gold texts and prints every mistake.
func TestGold(t *testing.T) {
	var report score.Report
	tagger := entity.New()
	for _, g := range goldTexts(t) {
		news := filepath.Join("../testdata/news", g.name)
		if *update {
			if err := os.WriteFile(news, []byte(g.text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if data, err := os.ReadFile(news); err != nil || string(data) != g.text {
			t.Errorf("%s is not its gold text without markup (run with -update): %v", news, err)
		}
		missed, invented := report.Add(g.spans, spans(tagger.Append(nil, g.text)))
		for _, s := range missed {
			t.Logf("%s: missed   %-12s %q", g.name, s.Kind, g.text[s.Start:s.End])
		}
		for _, s := range invented {
			t.Logf("%s: invented %-12s %q in %q", g.name, s.Kind, g.text[s.Start:s.End], around(g.text, s))
		}
	}
	t.Logf("testdata/gold:\n%v", &report)
	var bare score.Report
	rules := entity.New(entity.WithoutModel())
	for _, g := range goldTexts(t) {
		bare.Add(g.spans, spans(rules.Append(nil, g.text)))
	}
	t.Logf("without the model: F1 %.1f", 100*bare.Total().F1())
	if f1 := report.Total().F1(); f1 < 0.95 {
		t.Errorf("F1 %.3f, want 0.95", f1)
	}
	for _, k := range gazetteer.Kinds() {
		if c := report.Kind(k); c.Right+c.Missed == 0 {
			t.Errorf("no gold entity of kind %v", k)
		}
	}
}

// around returns a span of text with a little of what stands around it.
func around(text string, s score.Span) string {
	return strings.Join(strings.Fields(text[max(0, s.Start-25):min(len(text), s.End+25)]), " ")
}
