// Package browser tests the page of examples/web in a headless Chromium, served
// and exported. It is a module of its own: importers of steppe compile no driver
// of browsers. Screenshots are kept in the folder that SCREENSHOTS names.
package browser

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// serve starts the server as a user does, on a free port.
func serve(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "web")
	build := exec.Command("go", "build", "-o", program, "./examples/web")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	server := exec.Command(program, "-address", "localhost:0")
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt)
		if err := server.Wait(); err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// open opens a page in a new tab and fails the test on anything that the page
// logs as an error, such as what its policy forbids.
func open(t *testing.T, url string) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium here: apt install chromium")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.WindowSize(1100, 900))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 8*time.Minute) // a busy machine is slow
	t.Cleanup(cancel)
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("exception: %s", e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError {
				t.Errorf("console: %s", e.Args[0].Value)
			}
		case *log.EventEntryAdded: // what the policy forbids, too
			if e.Entry.Level == log.LevelError {
				t.Errorf("log: %s %s", e.Entry.Text, e.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, url) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:"+strings.TrimSuffix(url, "/")) {
				t.Errorf("the page asks for %s", u)
			}
		}
	})
	run(t, ctx, network.Enable(), chromedp.Navigate(url), chromedp.WaitVisible("#form"))
	return ctx
}

func run(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval returns the value of a JavaScript expression.
func eval[T any](t *testing.T, ctx context.Context, expression string) (v T) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(expression, &v))
	return v
}

// paste puts a text into the page, has it tagged and waits for the end.
func paste(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	run(t, ctx,
		chromedp.Evaluate("document.getElementById('status').textContent = ''", nil),
		chromedp.Evaluate(fmt.Sprintf("document.getElementById('text').value = %q", text), nil),
		chromedp.Click("button[type=submit]"),
		chromedp.Poll("/mentions of|failed|longer/.test(document.getElementById('status').textContent)", nil, chromedp.WithPollingTimeout(3*time.Minute)),
	)
	run(t, ctx, chromedp.Poll("document.querySelectorAll('#marked mark').length === current.entities.length", nil, chromedp.WithPollingTimeout(3*time.Minute)))
}

func screenshot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	var picture []byte
	run(t, ctx, chromedp.FullScreenshot(&picture, 100))
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

const news = `ASTANA (Reuters) - Antony Blinken met Tokayev on Tuesday. Blinken flew on to Tashkent,
then Tashkent again. 🐎 Москва is not English; Moscow is.`

// exercise does what a reader of the page does.
func exercise(t *testing.T, ctx context.Context, name string) {
	paste(t, ctx, news)
	if got := eval[string](t, ctx, "[...document.querySelectorAll('#marked mark')].map(m => m.className + ' ' + m.firstChild.textContent).join('; ')"); got !=
		"city ASTANA; organisation Reuters; person Antony Blinken; person Tokayev; person Blinken; city Tashkent; city Tashkent; city Moscow" {
		t.Errorf("marked: %s", got)
	}
	if got := eval[int](t, ctx, "document.querySelectorAll('#table tr').length"); got != 6 {
		t.Errorf("%d rows", got)
	}
	if got := eval[string](t, ctx, "document.querySelector('#bars li').textContent"); got != "Antony Blinken2" && got != "Tashkent2" {
		t.Errorf("first bar: %s", got)
	}
	if got := eval[int](t, ctx, "document.querySelectorAll('#map circle').length"); got != 2 {
		t.Errorf("%d cities on the map of Central Asia, want Astana and Tashkent", got)
	}
	run(t, ctx, chromedp.Click("#map-world"), chromedp.Poll("document.querySelectorAll('#map circle').length === 3", nil))

	// Hover, then the keyboard alone.
	run(t, ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		var box map[string]float64
		if err := chromedp.Evaluate("(() => { const m = document.querySelector('#marked mark.person'); m.scrollIntoView({block: 'center'}); const r = m.getBoundingClientRect(); return {x: r.x + 5, y: r.y + 5}; })()", &box).Do(ctx); err != nil {
			return err
		}
		return input.DispatchMouseEvent(input.MouseMoved, box["x"], box["y"]).Do(ctx)
	}), chromedp.WaitVisible("#tip"))
	if got := eval[string](t, ctx, "document.getElementById('tip').innerText"); !strings.Contains(got, "person:antony-blinken") || !strings.Contains(got, "listed") {
		t.Errorf("the tip says %q", got)
	}
	screenshot(t, ctx, name)
	run(t, ctx, chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible("#tip"))
	run(t, ctx, chromedp.Focus("#marked"), chromedp.KeyEvent(kb.Tab), chromedp.WaitVisible("#tip"))
	if got := eval[string](t, ctx, "document.activeElement.textContent"); got != "ASTANA (city)" {
		t.Errorf("the first stop of the keyboard is %q", got)
	}

	named(t, ctx)
	drop(t, ctx, "Rahmon stayed in Dushanbe.")
	if got := eval[string](t, ctx, "[...document.querySelectorAll('#marked mark')].map(m => m.firstChild.textContent).join(' ')"); got != "Rahmon Dushanbe" {
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
	if got := eval[string](t, ctx, "document.getElementById('marked').textContent"); strings.ContainsRune(got, '\u202E') || !strings.Contains(got, "U+202E") || !strings.Contains(got, "<script>") {
		t.Errorf("the hostile text is shown as %q", got)
	}
	screenshot(t, ctx, name+"-hostile")

	// Nothing.
	run(t, ctx, chromedp.Evaluate("document.getElementById('text').value = ' '", nil), chromedp.Click("button[type=submit]"))
	if got := eval[string](t, ctx, "document.getElementById('status').textContent"); got != "There is no text." {
		t.Errorf("no text: %q", got)
	}
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
			case "button", "checkbox", "slider", "textbox", "image", "region", "link", "columnheader", "rowheader", "group":
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
	if counts["checkbox"] != 6 || counts["slider"] != 1 || counts["textbox"] != 1 || counts["image"] == 0 || counts["rowheader"] == 0 {
		t.Errorf("a screen reader is told of %v", counts)
	}
}

// drop drops a file on the page.
func drop(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], "a.txt", {type: "text/plain"}));
		document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
	})()`, text), nil), chromedp.Poll(fmt.Sprintf("current.text === %q && document.querySelectorAll('#marked mark').length === current.entities.length", text), nil, chromedp.WithPollingTimeout(3*time.Minute)))
}

// download presses a button of the page and returns the file that it saves.
func download(t *testing.T, ctx context.Context, format string) string {
	t.Helper()
	folder := t.TempDir()
	run(t, ctx, cdpbrowser.SetDownloadBehavior(cdpbrowser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(folder))
	run(t, ctx, chromedp.Click("#saves [data-format="+format+"]"))
	for range 200 {
		files, err := filepath.Glob(filepath.Join(folder, "entities.*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 1 && !strings.HasSuffix(files[0], ".crdownload") {
			data, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s was not saved", format)
	return ""
}

func TestServed(t *testing.T) {
	ctx := open(t, serve(t))
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

	// Five megabytes.
	var long strings.Builder
	for i := 0; long.Len() < 5<<20; i++ {
		fmt.Fprintf(&long, "Paragraph %d tells that the harvest was good and that prices fell in every market of the valley again this year, as Tokayev said in Astana.\n\n", i)
	}
	began := time.Now()
	paste(t, ctx, long.String())
	t.Logf("five megabytes: %v", time.Since(began).Round(time.Millisecond))
	if got := eval[int](t, ctx, "document.querySelectorAll('#marked mark').length"); got < 50_000 {
		t.Errorf("%d names in five megabytes", got)
	}

	// The page at its best, and on a phone, dark.
	run(t, ctx, chromedp.Click("#sample"), chromedp.Poll("current.text.startsWith('ASTANA') && document.querySelectorAll('#marked mark').length === current.entities.length", nil))
	run(t, ctx, chromedp.Click("#map-region"))
	screenshot(t, ctx, "sample")
	run(t, ctx, chromedp.EmulateViewport(360, 740), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
	if wide := eval[bool](t, ctx, "document.documentElement.scrollWidth > innerWidth"); wide {
		t.Error("the page is wider than a phone")
	}
	screenshot(t, ctx, "phone-dark")
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
	exercise(t, ctx, "exported")
	if got := download(t, ctx, "jsonl"); got == "" {
		t.Error("an empty download")
	}
}
