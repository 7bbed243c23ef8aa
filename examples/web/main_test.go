package main

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/examples/web/page"
)

// post sends a body to the handler.
func post(t *testing.T, path, body string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	handler().ServeHTTP(w, httptest.NewRequest("POST", path, strings.NewReader(body)))
	return w.Code, w.Body.String()
}

func TestEntities(t *testing.T) {
	for offsets, start := range map[string]int{"": 8, "bytes": 8, "codepoints": 5, "utf16": 6} {
		request, err := json.Marshal(page.Request{Text: "🐎 to Bishkek.", Offsets: offsets})
		if err != nil {
			t.Fatal(err)
		}
		code, body := post(t, "/v1/entities", string(request))
		var r page.Response
		if err := json.Unmarshal([]byte(body), &r); code != http.StatusOK || err != nil || len(r.Entities) != 1 {
			t.Fatalf("%d %v: %s", code, err, body)
		}
		if e := r.Entities[0]; e.ID != "geonames:1528675" || e.Location == nil || e.Start != start || e.End != start+len("Bishkek") {
			t.Errorf("%q: %+v, want to start at %d", offsets, e, start)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, name := range format.Names() {
		code, body := post(t, "/v1/convert", `{"text":"Japarov left Bishkek.","format":"`+name+`"}`)
		if code != http.StatusOK || !strings.Contains(body, "Bishkek") {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		path, body string
		code       int
	}{
		{"/v1/entities", `{`, 400},
		{"/v1/entities", `{"text":7}`, 400},
		{"/v1/entities", `{"text":"","offsets":"words"}`, 400},
		{"/v1/entities", `{"text":"","minConfidence":2}`, 400},
		{"/v1/entities", `{"text":"","kinds":["town"]}`, 400},
		{"/v1/convert", `{"text":"","format":"xml"}`, 400},
		{"/v1/entities", `{"text":"` + strings.Repeat("a", maxBody) + `"}`, 413},
		{"/v1/nothing", `{}`, 405},
	} {
		code, body := post(t, test.path, test.body)
		if code != test.code || code != 405 && !strings.Contains(body, `"error"`) {
			t.Errorf("%s %.40s: %d %.100s, want %d", test.path, test.body, code, body, test.code)
		}
	}
}

// TestFiles: every file of the page is served, under its policy, and all of them
// with the map are less than 200 kB.
func TestFiles(t *testing.T) {
	size := 0
	get := func(path string) {
		w := httptest.NewRecorder()
		handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != http.StatusOK || w.Header().Get("Content-Security-Policy") != policy {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
		size += w.Body.Len()
	}
	err := fs.WalkDir(page.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != "index.html" {
			get("/" + path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	get("/v1/map")
	if size > 200_000 {
		t.Errorf("the page is %d bytes", size)
	}
}

// TestDescription: what is described is there.
func TestDescription(t *testing.T) {
	data, err := fs.ReadFile(page.Files(), "openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var d struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	for path, methods := range d.Paths {
		for method := range methods {
			w := httptest.NewRecorder()
			handler().ServeHTTP(w, httptest.NewRequest(strings.ToUpper(method), path, strings.NewReader(`{"text":"","format":"html"}`)))
			if w.Code != http.StatusOK {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
}

// TestServe: the server says where it is, and ends when it is told to.
func TestServe(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, "localhost:0", w) }()
	buf := make([]byte, 100)
	n, err := r.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Get(strings.TrimSpace(string(buf[:n])))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it goes on")
	}
}
