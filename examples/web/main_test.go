package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/steppe-ner/steppe/entity/format"
	"github.com/steppe-ner/steppe/examples/web/page"
)

// ask sends a request to a new service.
func ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	newService(nil).ServeHTTP(w, r)
	return w
}

func TestEntities(t *testing.T) {
	for offsets, start := range map[string]int{"": 8, `,"offsets":"bytes"`: 8, `,"offsets":"codepoints"`: 5, `,"offsets":"utf16"`: 6} {
		w := ask("POST", "/v1/entities", `{"text":"🐎 to Bishkek."`+offsets+`}`)
		var r page.Response
		if err := json.Unmarshal(w.Body.Bytes(), &r); w.Code != http.StatusOK || err != nil || len(r.Entities) != 1 {
			t.Fatalf("%d %v: %s", w.Code, err, w.Body)
		}
		if e := r.Entities[0]; e.ID != "geonames:1528675" || e.Location == nil || e.Start != start ||
			e.End != start+len("Bishkek") {
			t.Errorf("%q: %+v, want to start at %d", offsets, e, start)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, name := range format.Names() {
		w := ask("POST", "/v1/convert", `{"text":"Japarov left Bishkek.","format":"`+name+`"}`)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Bishkek") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestRefused(t *testing.T) {
	long := `{"text":"` + strings.Repeat("a", maxBody) + `"}`
	for _, test := range []struct {
		method, path, body string
		headers            []string
		code               int
		error, field       string
	}{
		{"POST", "/v1/entities", `{"TEXT":"a"}`, nil, 400, "unknown", "TEXT"},
		{"POST", "/v1/entities", `{"text":"","date":"2011-02-29"}`, nil, 400, "no day of the calendar", "date"},
		{"POST", "/v1/entities", `{"text":"","names":[{"kind":"city","name":"Osh","country":"x"}]}`, nil, 422, "country", "names"},
		{"POST", "/v1/convert", `{"text":""}`, nil, 400, "missing", "format"},
		{"POST", "/v1/entities", long, nil, 413, "8388608 bytes", ""},
		{"POST", "/v1/batch", " \n\n", nil, 400, "nothing where lines should be", ""},
		{"POST", "/v1/nothing", `{}`, nil, 404, "nothing is at this path", ""},
		{"GET", "//v1/entities", ``, nil, 404, "nothing is at this path", ""},
		{"GET", "/v1/entities", ``, nil, 405, "must be POST", ""},
		{"DELETE", "/", ``, nil, 405, "must be GET or HEAD", ""},
		{"OPTIONS", "/v1/batch", ``, nil, 405, "must be POST", ""},
		{"POST", "/v1/entities", `{}`, []string{"Origin", "https://evil.example"}, 403, "another origin", ""},
		{"POST", "/v1/entities", `{}`, []string{"Origin", "null"}, 403, "another origin", ""},
		{"POST", "/v1/entities", `{}`, []string{"Sec-Fetch-Site", "cross-site"}, 403, "another origin", ""},
		{"POST", "/v1/entities", `{}`, []string{"Origin", "http://localhost"}, 400, "missing", "text"},
	} {
		w := ask(test.method, test.path, test.body, test.headers...)
		var got refusal
		err := json.Unmarshal(w.Body.Bytes(), &got)
		if w.Code != test.code || err != nil || !strings.Contains(got.Error, test.error) || got.Field != test.field ||
			w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %.60s: %d %s, want %d %s", test.method, test.path, test.body, w.Code, w.Body, test.code, test.error)
		}
		if allow := w.Header().Get("Allow"); (allow != "") != (test.code == 405) {
			t.Errorf("%s %s: Allow: %s", test.method, test.path, allow)
		}
	}
}

func TestHosts(t *testing.T) {
	service := newService([]string{"tags.example.org", ""})
	for host, code := range map[string]int{
		"localhost": 200, "LOCALHOST:8080": 200, "127.0.0.1:80": 200, "[::1]:8080": 200, "10.0.0.7": 200, "tags.example.org": 200, "Tags.example.org.:443": 200,
		"": 421, "evil.example": 421, "evil.example:8080": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example": 421,
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.Host = host
		service.ServeHTTP(w, r)
		if w.Code != code {
			t.Errorf("%q: %d, want %d", host, w.Code, code)
		}
	}
}

func TestBatch(t *testing.T) {
	service := newService(nil)
	server := httptest.NewServer(service)
	defer server.Close()
	post := func(body io.Reader) string {
		t.Helper()
		response, err := http.Post(server.URL+"/v1/batch", "application/jsonl", body)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		data, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != 200 {
			t.Fatalf("%d %v: %s", response.StatusCode, err, data)
		}
		return string(data)
	}
	got := post(
		strings.NewReader(
			`{"id":"a","text":"Osh"}` + "\n\n{\n" + `{"id":{"n":1},"text":"Nobody."}` + "\n" + strings.Repeat(
				" ",
				maxLine+1,
			) + "\n" + `{"id":3,"txt":""}` + "\n" + `{"text":"Bishkek","kinds":["person"]}`,
		),
	)
	want := `{"line":1,"id":"a","offsets":"bytes","entities":[{"kind":"city","start":0,"end":3,"text":"Osh",` + "…\n" +
		`{"line":3,"error":"not JSON at byte 1: unexpected end of JSON input"}
{"line":4,"id":{"n":1},"offsets":"bytes","entities":[]}
{"line":5,"error":"a line of more than 1048576 bytes"}
{"line":6,"error":"txt: unknown; the fields are text, date, kinds, minConfidence, names, offsets, alternatives, id","field":"txt"}
{"line":7,"offsets":"bytes","entities":[]}
`
	if i, j := strings.Index(got, `"id":"geo`), strings.Index(got, "\n"); i >= 0 {
		got = got[:i] + "…" + got[j:]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	// A line is answered before the next is sent, and the batch ends with the service.
	r, w := io.Pipe()
	response := make(chan *http.Response)
	go func() {
		got, err := http.Post(server.URL+"/v1/batch", "application/jsonl", r)
		if err != nil {
			t.Error(err)
		}
		response <- got
	}()
	if _, err := io.WriteString(w, `{"text":"Osh"}`+"\n"); err != nil {
		t.Fatal(err)
	}
	first := <-response
	defer first.Body.Close()
	buf := make([]byte, 1000)
	if n, err := first.Body.Read(buf); err != nil || !strings.HasPrefix(string(buf[:n]), `{"line":1,`) {
		t.Errorf("%v %s", err, buf[:n])
	}
	service.end()
	if _, err := io.WriteString(w, `{"text":"Osh"}`+"\n"); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(first.Body); err != nil ||
		string(rest) != `{"line":2,"error":"nothing more is answered: the service is ending"}`+"\n" {
		t.Errorf("%v %s", err, rest)
	}
	w.Close()
}

// TestFiles: every file of the page is served, under its policy, once to each client,
// and all of them are less than 250 kB.
func TestFiles(t *testing.T) {
	size := 0
	for name := range pageFiles() {
		w := ask("GET", "/"+name, "")
		if w.Code != http.StatusOK || w.Header().Get("Content-Security-Policy") != policy {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		size += w.Body.Len()
		if w := ask("GET", "/"+name, "", "If-None-Match", w.Header().Get("Etag")); w.Code != http.StatusNotModified {
			t.Errorf("%s again: %d", name, w.Code)
		}
	}
	if size > 250_000 {
		t.Errorf("the page is %d bytes", size)
	}
	if w := ask("HEAD", "/", ""); w.Code != http.StatusOK ||
		!strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("/: %d %v", w.Code, w.Header())
	}
}

// TestDescription: what is described is there.
func TestDescription(t *testing.T) {
	var d struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(pageFiles()["openapi.json"], &d); err != nil {
		t.Fatal(err)
	}
	for path, methods := range d.Paths {
		for method := range methods {
			body := `{"text":""}`
			if path == "/v1/convert" {
				body = `{"text":"","format":"html"}`
			}
			if w := ask(strings.ToUpper(method), path, body); w.Code != http.StatusOK {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
	if len(d.Paths) != 6 {
		t.Errorf("%d paths", len(d.Paths))
	}
}

func TestMetrics(t *testing.T) {
	service := newService(nil)
	get := func(method, path, body string) string {
		w := httptest.NewRecorder()
		service.ServeHTTP(w, httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body)))
		return w.Body.String()
	}
	get("POST", "/v1/entities", `{"text":"Osh"}`)
	get("POST", "/v1/entities", `{}`)
	get("GET", `/"x`, ``)
	got := get("GET", "/metrics", "")
	for _, want := range []string{
		`steppe_requests_total{path="/v1/entities",code="200"} 1`, `steppe_requests_total{path="/v1/entities",code="400"} 1`,
		`steppe_requests_total{path="other",code="404"} 1`, `steppe_text_bytes_total 3`, `steppe_turns_taken 0`,
		`steppe_requests_inside{gate="small"} 0`, `steppe_request_duration_seconds_bucket{path="/v1/entities",le="+Inf"} 2`, `go_goroutines `,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// start starts a server and returns its address and what ends it.
func start(t *testing.T, s settings) (url string, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	s.address = "localhost:0"
	go func() { ended <- serve(ctx, s, w) }()
	buf := make([]byte, 100)
	n, err := r.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	return strings.TrimSpace(string(buf[:n])), func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(time.Minute):
			t.Error("it goes on")
			return nil
		}
	}
}

// TestServe: the server says where it is and that it is ready, and when it is told to
// end says for some time that it is not.
func TestServe(t *testing.T) {
	url, end := start(t, settings{notice: time.Second, grace: 10 * time.Second})
	status := func() int {
		response, err := http.Get(url + "readyz")
		if err != nil {
			t.Error(err)
			return 0
		}
		response.Body.Close()
		return response.StatusCode
	}
	if got := status(); got != 200 {
		t.Errorf("ready: %d", got)
	}
	ended := make(chan error, 1)
	go func() { ended <- end() }()
	for status() == 200 {
		time.Sleep(10 * time.Millisecond)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
