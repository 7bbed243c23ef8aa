package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const news = `ASTANA (Reuters) - Antony Blinken met Tokayev on Tuesday. Blinken flew on to Tashkent,
then Tashkent again. 🐎 Москва is not English; Moscow is.`

// marks returns what is marked in the text.
func marks(t *testing.T, ctx context.Context) string {
	t.Helper()
	return eval[string](
		t,
		ctx,
		"[...document.querySelectorAll('#marked mark')].map(m => m.className + ' ' + m.firstChild.textContent).join('; ')",
	)
}

// text returns what an element says.
func text(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	return eval[string](t, ctx, fmt.Sprintf("document.querySelector(%q).innerText", selector))
}

// state returns the state of the page, and whether results are seen.
func state(t *testing.T, ctx context.Context) string {
	t.Helper()
	return eval[string](
		t,
		ctx,
		"document.body.dataset.state + (document.getElementById('results').hidden ? '' : ', results')",
	)
}

// exercise does what a reader of the page does.
func exercise(t *testing.T, ctx context.Context, name string) {
	if got := state(t, ctx); got != "empty" {
		t.Errorf("at first the page is %q", got)
	}
	screenshot(t, ctx, name+"-empty")
	paste(t, ctx, news)
	if got := marks(t, ctx); got !=
		"city ASTANA; organisation Reuters; person Antony Blinken; person Tokayev; person Blinken; city Tashkent; city Tashkent; city Moscow" {
		t.Errorf("marked: %s", got)
	}
	if got := text(t, ctx, "#status"); got != "8 mentions of 6 names." {
		t.Errorf("the page says %q", got)
	}
	if got := text(t, ctx, "#bars li"); got != "Antony Blinken\n2" && got != "Tashkent\n2" {
		t.Errorf("first bar: %q", got)
	}
	table(t, ctx)
	chart(t, ctx)
	tips(t, ctx, name)
	named(t, ctx)
	meanings(t, ctx, name)
	drop(t, ctx, "Rahmon stayed in Dushanbe.")
	if got := marks(t, ctx); got != "person Rahmon; city Dushanbe" {
		t.Errorf("in the file that was dropped are marked: %s", got)
	}

	// What would run, hide or turn text is shown as text.
	hostile := "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\"> Putin \u202Etfel\u202C Moscow. \u200Bשלום Tokayev \u2066\u0000 &lt;b&gt;"
	paste(t, ctx, hostile)
	if title := eval[string](t, ctx, "document.title"); !strings.HasPrefix(title, "Steppe") {
		t.Errorf("the title became %q", title)
	}
	if n := eval[int](t, ctx, "document.querySelectorAll('#marked script, #marked img, #marked b').length"); n != 0 {
		t.Errorf("%d elements of the text became elements", n)
	}
	if got := eval[string](t, ctx, "document.getElementById('marked').textContent"); strings.ContainsRune(
		got,
		'\u202E',
	) ||
		!strings.Contains(got, "U+202E") ||
		!strings.Contains(got, "<script>") {
		t.Errorf("the hostile text is shown as %q", got)
	}
	screenshot(t, ctx, name+"-hostile")
	states(t, ctx, name)
}

// table sorts and searches the table, and looks at its links.
func table(t *testing.T, ctx context.Context) {
	t.Helper()
	names := func() string {
		return eval[string](
			t,
			ctx,
			"[...document.querySelectorAll('#table th')].map(h => h.firstChild.textContent).join(', ')",
		)
	}
	if got := names(); got != "Antony Blinken, Tashkent, Astana, Reuters, Kassym-Jomart Tokayev, Moscow" {
		t.Errorf("rows: %s", got)
	}
	run(
		t,
		ctx,
		chromedp.Click("#by-name button"),
		chromedp.Poll("document.getElementById('by-name').ariaSort === 'ascending'", nil),
	)
	if got := names(); got != "Antony Blinken, Astana, Kassym-Jomart Tokayev, Moscow, Reuters, Tashkent" {
		t.Errorf("by name: %s", got)
	}
	run(
		t,
		ctx,
		chromedp.Click("#by-name button"),
		chromedp.Poll("document.getElementById('by-name').ariaSort === 'descending'", nil),
	)
	if got := names(); !strings.HasPrefix(got, "Tashkent, Reuters") {
		t.Errorf("by name, backwards: %s", got)
	}
	run(
		t,
		ctx,
		chromedp.SendKeys("#filter", "kazakh"),
		chromedp.Poll("document.querySelectorAll('#table tr').length === 2", nil),
	)
	if got := eval[string](t, ctx, "[...document.querySelectorAll('#table a')].map(a => a.href).filter(u => u.includes('geonames')).join(' ')"); got != "https://www.geonames.org/1526273" {
		t.Errorf("links to GeoNames: %s", got)
	}
	run(
		t,
		ctx,
		chromedp.Evaluate("document.getElementById('filter').value = ''", nil),
		chromedp.Click("#by-times button"),
		chromedp.SendKeys("#filter", " "),
		chromedp.Poll("document.querySelectorAll('#table tr').length === 6", nil),
	)
}

// meanings looks how sure the table is of whom a name means, and opens whom else it could
// mean.
func meanings(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	paste(t, ctx, "Blinken spoke. The Supreme Court said so. Aigul Bekova saw the Supreme Court.")
	row := func(name, of string) string {
		return fmt.Sprintf("[...document.querySelectorAll('#table tr')].find(r => r.textContent.includes(%q)).querySelector(%q)", name, of)
	}
	for _, test := range []struct{ name, want string }{{"Antony Blinken", "ID [0-9]+ %"}, {"Aigul Bekova", "no ID"}} {
		if !eval[bool](t, ctx, fmt.Sprintf("/^%s$/.test('ID ' + %[2]s.textContent) || %[2]s.textContent === %[1]q", test.want, row(test.name, ".id"))) {
			t.Errorf("how sure the ID of %s is: %q", test.name, eval[string](t, ctx, row(test.name, ".id")+".textContent"))
		}
	}
	if eval[bool](t, ctx, row("Aigul Bekova", "details")+" !== null") {
		t.Error("a name that the list lacks could mean somebody of the list")
	}
	run(t, ctx, chromedp.Evaluate(row("Supreme Court", "summary")+".click()", nil),
		chromedp.Poll("/[0-9] %/.test("+row("Supreme Court", "details ul")+".textContent)", nil, chromedp.WithPollingTimeout(time.Minute)))
	list := eval[[]string](t, ctx, "[...document.querySelectorAll('#table details[open] li')].map(l => l.textContent)")
	last := 100
	for _, item := range list {
		var p int
		if _, err := fmt.Sscanf(item, "up to %d %% ", &p); err != nil || p > last || p == 0 {
			t.Errorf("other meanings: %q", list)
		}
		last = p
	}
	all := strings.Join(list, "\n")
	if len(list) < 2 || !strings.Contains(all, "Court of ") || !strings.Contains(all, "none on the list") {
		t.Errorf("other meanings: %q", list)
	}
	screenshot(t, ctx, name+"-meanings")
	paste(t, ctx, news)
}

// chart looks at both parts of the map.
func chart(t *testing.T, ctx context.Context) {
	t.Helper()
	if got := eval[int](t, ctx, "document.querySelectorAll('#map circle').length"); got != 2 {
		t.Errorf("%d cities on the map of Central Asia, want Astana and Tashkent", got)
	}
	if got := eval[int](t, ctx, "document.querySelector('#map .land').getAttribute('d').length"); got < 10_000 {
		t.Errorf("the land is a path of %d characters", got)
	}
	if got := strings.TrimSpace(text(t, ctx, "#outside")); got != "Outside what is shown: Moscow." {
		t.Errorf("beside the map: %q", got)
	}
	run(t, ctx, chromedp.Click("#map-world"), chromedp.Poll("document.querySelectorAll('#map circle').length === 3", nil))
	if got := strings.TrimSpace(text(t, ctx, "#outside")); got != "" {
		t.Errorf("beside the map of the world: %q", got)
	}
}

// tips asks for what is known of a name, by hovering and then by the keyboard alone.
func tips(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	run(t, ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		var box map[string]float64
		if err := chromedp.Evaluate("(() => { const m = document.querySelector('#marked mark.person'); m.scrollIntoView({block: 'center'}); const r = m.getBoundingClientRect(); return {x: r.x + 5, y: r.y + 5}; })()", &box).Do(ctx); err != nil {
			return err
		}
		return input.DispatchMouseEvent(input.MouseMoved, box["x"], box["y"]).Do(ctx)
	}), chromedp.WaitVisible("#tip"))
	if got := text(t, ctx, "#tip"); !strings.Contains(got, "person:antony-blinken") || !strings.Contains(got, "listed") {
		t.Errorf("the tip says %q", got)
	}
	screenshot(t, ctx, name)
	run(t, ctx, chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#tip"))
	run(t, ctx, chromedp.Focus("#marked"), chromedp.KeyEvent(kb.Tab), chromedp.WaitVisible("#tip"))
	if got := eval[string](t, ctx, "document.activeElement.textContent"); got != "ASTANA (city)" {
		t.Errorf("the first stop of the keyboard is %q", got)
	}
}

// states brings the page to where it has no results, each time from where it has some.
func states(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	paste(t, ctx, "It rained all day, and nobody went out.")
	if got := state(t, ctx) + ": " + text(t, ctx, "#status"); !strings.HasPrefix(
		got,
		"nothing, results: No names were found.",
	) {
		t.Errorf("no names: %q", got)
	}
	if eval[bool](t, ctx, "document.getElementById('s-map').checkVisibility()") {
		t.Error("a map of nothing")
	}
	screenshot(t, ctx, name+"-nothing")

	paste(t, ctx, news)
	run(
		t,
		ctx,
		chromedp.Evaluate("document.getElementById('text').value = ' '", nil),
		chromedp.Click("button[type=submit]"),
	)
	if got := state(t, ctx); got != "empty" {
		t.Errorf("no text: %q", got)
	}

	paste(t, ctx, news)
	paste(t, ctx, strings.Repeat("a", 8<<20+1))
	if got := state(t, ctx) + ": " + text(t, ctx, "#status"); got != "failed: The text is longer than 8 MB. Cut it in pieces, or use the command." {
		t.Errorf("too long: %q", got)
	}
	screenshot(t, ctx, name+"-failed")
	run(t, ctx, chromedp.Click("#held-remove"), chromedp.WaitVisible("#text"))

	// By the keyboard alone.
	run(
		t,
		ctx,
		chromedp.Focus("#text"),
		chromedp.SendKeys("#text", "Osh"),
		chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(input.ModifierCtrl)),
	)
	run(
		t,
		ctx,
		chromedp.Poll(
			"document.querySelector('#marked mark')?.firstChild.textContent === 'Osh'",
			nil,
			chromedp.WithPollingTimeout(time.Minute),
		),
	)
}

// named reports what a screen reader would have no name for.
func named(t *testing.T, ctx context.Context) {
	t.Helper()
	counts := map[string]int{}
	run(t, ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		// Not by package accessibility, which refuses what a newer Chromium says.
		type value struct {
			Value any `json:"value"`
		}
		var tree struct {
			Nodes []struct {
				Ignored bool  `json:"ignored"`
				Role    value `json:"role"`
				Name    value `json:"name"`
			} `json:"nodes"`
		}
		if err := cdp.Execute(ctx, "Accessibility.getFullAXTree", nil, &tree); err != nil {
			return err
		}
		for _, n := range tree.Nodes {
			role, _ := n.Role.Value.(string)
			switch role {
			case "button",
				"checkbox",
				"slider",
				"textbox",
				"searchbox",
				"image",
				"region",
				"link",
				"columnheader",
				"rowheader",
				"group":
				if n.Ignored {
					continue
				}
				counts[role]++
				if name, _ := n.Name.Value.(string); name == "" {
					t.Errorf("a %s without a name", role)
				}
			}
		}
		return nil
	}))
	if counts["checkbox"] != 6 || counts["slider"] != 1 || counts["textbox"] != 1 || counts["searchbox"] != 1 ||
		counts["image"] == 0 ||
		counts["rowheader"] == 0 {
		t.Errorf("a screen reader is told of %v", counts)
	}
}

func TestServed(t *testing.T) {
	url := serve(t)
	ctx := open(t, url)
	if got := text(t, ctx, "#privacy"); got != "The text goes to the program that serves this page, at "+strings.Trim(
		strings.TrimPrefix(url, "http:"),
		"/",
	)+", and nowhere else." {
		t.Errorf("the page promises %q", got)
	}
	exercise(t, ctx, "served")

	paste(t, ctx, news)
	for format, want := range map[string]string{
		"jsonl": `"id":"person:antony-blinken"`, "conll": "ASTANA\tB-", "brat": "T1\tcity 0 6\tASTANA", "webannotation": "TextPositionSelector",
		"displacy": `"ents"`, "html": "<!doctype html>",
	} {
		if got := download(t, ctx, format); !strings.Contains(got, want) {
			t.Errorf("%s lacks %q:\n%s", format, want, got)
		}
	}
	long(t, ctx)
	widths(t, ctx)
}

// long opens five megabytes: only what is seen of them is drawn, and all of it can be.
func long(t *testing.T, ctx context.Context) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(`(() => {
		window.longest = 0;
		let text = "";
		for (let i = 0; text.length < 5 << 20; i++) {
			text += "Paragraph " + i + " tells that prices fell in every market of the valley this year, as Aigul Bekova" + i + " and Tokayev said in Astana.\n\n";
		}
		document.body.dataset.state = "";
		const data = new DataTransfer();
		data.items.add(new File([text], "a.txt", {type: "text/plain"}));
		setTimeout(() => { // apart from what the test itself takes
			new PerformanceObserver((l) => { for (const e of l.getEntries()) longest = Math.max(longest, e.duration); }).observe({entryTypes: ["longtask"]});
			document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
		}, 100);
	})()`, nil))
	began := time.Now()
	found(t, ctx)
	t.Logf(
		"five megabytes: %v, %s The page stood still for at most %d ms.",
		time.Since(began).Round(time.Millisecond),
		text(t, ctx, "#status"),
		eval[int](t, ctx, "Math.round(longest)"),
	)
	drawn := func() int { return eval[int](t, ctx, "document.querySelectorAll('#marked mark').length") }
	if got := drawn(); got < 10 || got > 3000 {
		t.Errorf("%d names are drawn at first", got)
	}
	run(
		t,
		ctx,
		chromedp.Poll(
			"(() => { const m = document.getElementById('marked'); m.scrollTop = 1e9; return !!m.lastChild.querySelector('mark'); })()",
			nil,
			chromedp.WithPollingTimeout(time.Minute),
		),
	)
	if got := drawn(); got > 3000 {
		t.Errorf("%d names are drawn at the end", got)
	}
	_, names, _ := strings.Cut(strings.ReplaceAll(text(t, ctx, "#status"), ",", ""), " of ")
	names = strings.TrimSuffix(names, " names.")
	if n, err := strconv.Atoi(names); err != nil || n < 20_000 { // one for most paragraphs
		t.Errorf("%q names: %v", names, err)
	}
	if got := text(t, ctx, "#range"); got != "1 to 50 of "+names {
		t.Errorf("rows %s", got)
	}
	last := eval[string](
		t,
		ctx,
		"[...document.getElementById('marked').lastChild.querySelectorAll('.person')].map(m => m.firstChild.textContent).filter(n => /[0-9]/.test(n)).pop()",
	)
	run(
		t,
		ctx,
		chromedp.SendKeys("#filter", last),
		chromedp.Poll("document.querySelectorAll('#table tr').length === 1", nil, chromedp.WithPollingTimeout(time.Minute)),
	)
}

// widths looks at the page at its best: on a desk, on a tablet, and on a phone, in the
// dark. Nothing is wider than the page, and every column of the table is seen.
func widths(t *testing.T, ctx context.Context) {
	t.Helper()
	run(
		t,
		ctx,
		chromedp.Evaluate("document.body.dataset.state = ''", nil),
		chromedp.Click("#sample"),
		chromedp.Click("#map-region"),
	)
	found(t, ctx)
	for _, scheme := range []string{"light", "dark"} {
		run(
			t,
			ctx,
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		)
		for _, width := range []int64{1280, 768, 360} {
			run(t, ctx, chromedp.EmulateViewport(width, 800), chromedp.Sleep(200*time.Millisecond)) // it is drawn anew
			if eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth") {
				t.Errorf("the page is wider than %d", width)
			}
			if n := eval[int](t, ctx, "[...document.querySelectorAll('#table tr:first-child > *')].filter(c => { const r = c.getBoundingClientRect(); return r.width > 0 && r.left >= 0 && r.right <= innerWidth; }).length"); n != 7 {
				t.Errorf("%d columns are seen at %d", n, width)
			}
			screenshot(t, ctx, fmt.Sprintf("sample-%s-%d", scheme, width))
		}
	}
}

func TestExported(t *testing.T) {
	folder := t.TempDir()
	export := exec.Command("go", "run", "./examples/web", "-export", folder)
	export.Dir = "../../.."
	if out, err := export.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
	ctx := open(t, server.URL)
	if got := text(t, ctx, "#privacy"); !strings.HasPrefix(got, "Nothing leaves this computer") {
		t.Errorf("the page promises %q", got)
	}
	exercise(t, ctx, "exported")
	if got := download(t, ctx, "jsonl"); got == "" {
		t.Error("an empty download")
	}
}
