package browser

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axeCore is the npm package of axe, which knows the rules of WCAG that can be checked
// by a program.
const axeCore = "axe-core@4.14.1"

// axe returns its script. Where npm cannot be had, the test is skipped.
func axe(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	name, err := exec.Command("npm", "pack", "--silent", "--pack-destination", folder, axeCore).Output()
	if err != nil {
		t.Skipf("npm pack %s: %v", axeCore, err)
	}
	packed, err := os.ReadFile(filepath.Join(folder, string(bytes.TrimSpace(name))))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			t.Fatalf("%s has no axe.min.js", axeCore)
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Name == "package/axe.min.js" {
			script, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return string(script)
		}
	}
}

// TestAccessible: in every state, in light and dark, on a desk and on a phone, the page
// breaks no rule of WCAG 2.2 AA that axe knows.
func TestAccessible(t *testing.T) {
	script := axe(t)
	ctx := open(t, serve(t))
	run(t, ctx, chromedp.Evaluate(script, nil))
	check := func(state string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			run(
				t,
				ctx,
				emulation.SetEmulatedMedia().
					WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
			)
			for _, width := range []int64{1280, 360} {
				run(t, ctx, chromedp.EmulateViewport(width, 800))
				for _, fault := range violations(t, ctx) {
					t.Errorf("%s, %s, %d wide: %s", state, scheme, width, fault)
				}
			}
		}
	}
	check("empty")
	paste(
		t,
		ctx,
		news+strings.Repeat(
			"\nThe Supreme Court and the King of Nowhere met Ruler \u202E No. 7 in Osh, Uzbek and Kazakh officials from the Aral Sea said.",
			3,
		),
	)
	run(
		t,
		ctx,
		chromedp.Evaluate(
			"document.querySelector('#marked mark').dispatchEvent(new FocusEvent('focusin', {bubbles: true}))",
			nil,
		),
		chromedp.Poll("!document.getElementById('tip').hidden", nil),
	)
	check("names, one of them explained")
	run(
		t,
		ctx,
		chromedp.Evaluate("for (const d of document.querySelectorAll('#table details')) d.open = true", nil),
		chromedp.Poll("document.querySelector('#table details li') !== null", nil),
	)
	check("other meanings")
	var many strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, "Aigul Bekova and Maksat Usenov%c met Aibek Sydykov%c in Osh.\n\n", 'a'+i%26, 'a'+i/26)
	}
	paste(t, ctx, many.String())
	check("many names")
	paste(t, ctx, "It rained.")
	check("no names")
	paste(t, ctx, strings.Repeat("a", 8<<20+1))
	check("failed")
}

// violations returns what axe finds.
func violations(t *testing.T, ctx context.Context) (faults []string) {
	t.Helper()
	await := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	run(
		t,
		ctx,
		chromedp.Evaluate(
			`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120) + " " + n.failureSummary).join("; ")))`,
			&faults,
			await,
		),
	)
	return faults
}
