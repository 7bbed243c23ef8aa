// Package browser tests the page of examples/web in a headless Chromium, served
// and exported. It is a module of its own: importers of steppe compile no driver
// of browsers. Screenshots are kept in the folder that SCREENSHOTS names.
package browser

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
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
	opts := append(
		chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox,
		chromedp.WindowSize(1100, 900),
	)
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
			if e.Entry.Level == log.LevelError && e.Entry.Source != log.SourceNetwork {
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

// found waits until the page has said what it found, and marked it.
func found(t *testing.T, ctx context.Context) {
	t.Helper()
	run(
		t,
		ctx,
		chromedp.Poll(
			"/done|nothing|failed/.test(document.body.dataset.state) && !/Looking/.test(document.getElementById('status').textContent)",
			nil,
			chromedp.WithPollingTimeout(3*time.Minute),
		),
	)
}

// paste puts a text into the page as somebody does who pastes it, and waits for the end.
// There is no clipboard in a headless browser: the event says what was in it.
func paste(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(fmt.Sprintf(`(() => {
		document.body.dataset.state = "";
		const data = new DataTransfer(), field = document.getElementById("text"), text = %q;
		data.setData("text/plain", text);
		if (field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))) {
			field.value = text;
			field.dispatchEvent(new InputEvent("input", {inputType: "insertFromPaste", bubbles: true}));
		}
	})()`, text), nil))
	found(t, ctx)
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

// drop drops a file on the page.
func drop(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	run(t, ctx, chromedp.Evaluate(fmt.Sprintf(`(() => {
		document.body.dataset.state = "";
		const data = new DataTransfer();
		data.items.add(new File([%q], "a.txt", {type: "text/plain"}));
		document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
	})()`, text), nil))
	found(t, ctx)
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
