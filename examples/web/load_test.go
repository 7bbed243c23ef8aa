package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test's own program be the server, in a process of its own.
func TestMain(m *testing.M) {
	if address := os.Getenv("STEPPE_WEB_ADDRESS"); address != "" {
		os.Args = []string{"web", "-address", address, "-grace", "3s"}
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a server in a process of its own.
type process struct {
	*exec.Cmd
	address string
}

func startProcess(t *testing.T) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(self)}
	p.Env = append(os.Environ(), "STEPPE_WEB_ADDRESS=localhost:0")
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	p.address = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "http://"), "/")
	return p
}

// peak returns the most memory that the process had, in bytes; 0 where that is not told.
func (p *process) peak() int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.Atoi(fields[0])
	return kilobytes << 10
}

// small sends a small request and returns how long it took.
func (p *process) small(t *testing.T) time.Duration {
	t.Helper()
	began := time.Now()
	response, err := http.Post(
		"http://"+p.address+"/v1/entities",
		"application/json",
		strings.NewReader(`{"text":"Japarov left Bishkek."}`),
	)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !bytes.Contains(body, []byte("Bishkek")) {
		t.Errorf("a small request: %d %v %s", response.StatusCode, err, body)
	}
	return time.Since(began)
}

// dense returns a request of so many bytes, the answer to which is many times as long.
func dense(t *testing.T, size int) []byte {
	t.Helper()
	text := strings.Repeat("Osh and Almaty, Tashkent and Bishkek. ", size/38)
	body, err := json.Marshal(map[string]string{"text": text[:min(len(text), size-20)]})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// stall posts and never reads. It returns when all is sent.
func (p *process) stall(t *testing.T, body []byte) {
	t.Helper()
	c, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	_ = c.(*net.TCPConn).SetReadBuffer(4 << 10)
	fmt.Fprintf(c, "POST /v1/entities HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n", len(body))
	if _, err := c.Write(body); err != nil {
		t.Fatal(err)
	}
}

// unmeasured skips a test under the race detector, with which the server is so slow that
// clients are let go before they have been in the way.
func unmeasured(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("not under the race detector")
	}
}

const inside = `steppe_requests_inside{gate="large"}`

// TestStall: clients that post a megabyte and never read delay nobody, and are let go.
func TestStall(t *testing.T) {
	unmeasured(t)
	p := startProcess(t)
	body := dense(t, 1<<20)
	stalled := 2 * runtime.GOMAXPROCS(0)
	for range stalled {
		p.stall(t, body)
	}
	time.Sleep(time.Second) // until they are written to
	var longest time.Duration
	for range 20 {
		longest = max(longest, p.small(t))
	}
	// However slow the machine is: whoever had to wait for them would find them gone.
	if n := p.metric(t, inside); n != stalled {
		t.Errorf("%d of %d clients that do not read are there after 20 small requests, the longest of which took %v",
			n, stalled, longest)
	}
	t.Logf("the longest of 20 small requests took %v", longest)
	for range 60 {
		if p.metric(t, inside) == 0 {
			return
		}
		time.Sleep(time.Second)
	}
	t.Error("clients that do not read are still waited for")
}

func (p *process) metric(t *testing.T, name string) int {
	t.Helper()
	response, err := http.Get("http://" + p.address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(body), name+" ")
	value, _, _ := strings.Cut(after, "\n")
	n, err := strconv.Atoi(value)
	if !ok || err != nil {
		t.Fatalf("%s: %q", name, value)
	}
	return n
}

// TestFlood: of sixty bodies of eight megabytes at once, some are answered and the
// others refused, in bounded memory, while small requests are answered.
func TestFlood(t *testing.T) {
	unmeasured(t)
	p := startProcess(t)
	before := p.small(t)
	body := dense(t, maxBody)
	var mu sync.Mutex
	codes := map[int]int{}
	var all sync.WaitGroup
	for range 60 {
		all.Go(func() {
			response, err := http.Post("http://"+p.address+"/v1/entities", "application/json", bytes.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			if _, err := io.Copy(io.Discard, response.Body); err != nil {
				t.Error(err)
			}
			if response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") == "" {
				t.Error("a refusal without Retry-After")
			}
			mu.Lock()
			defer mu.Unlock()
			codes[response.StatusCode]++
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	var longest time.Duration
	for flooding := true; flooding; {
		select {
		case <-done:
			flooding = false
		case <-time.After(20 * time.Millisecond):
			longest = max(longest, p.small(t))
		}
	}
	t.Logf(
		"answers: %v; at the most %d MB; a small request before: %v, the longest meanwhile: %v",
		codes,
		p.peak()>>20,
		before,
		longest,
	)
	if codes[200] == 0 || codes[503] == 0 || codes[200]+codes[503] != 60 {
		t.Errorf("answers: %v", codes)
	}
	if p.peak() > 400<<20 { // it was 774 MB
		t.Errorf("it took %d MB", p.peak()>>20)
	}
}

// TestShutdownUnderLoad: a server with more to do than it can ends in time.
func TestShutdownUnderLoad(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signal to end on Windows")
	}
	p := startProcess(t)
	body := dense(t, 4<<20)
	for range 4 {
		p.stall(t, body)
	}
	batch, w := io.Pipe()
	defer w.Close()
	go func() { _, _ = http.Post("http://"+p.address+"/v1/batch", "application/jsonl", batch) }()
	if _, err := io.WriteString(w, `{"text":"Osh"}`+"\n"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	began := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
		t.Logf("it ended after %v, of which it gave three seconds to requests", time.Since(began))
	case <-time.After(time.Minute):
		t.Error("it goes on")
	}
}

// TestSlow: a client that does not send what it announced is told so.
func TestSlow(t *testing.T) {
	p := startProcess(t)
	c, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "POST /v1/entities HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"te")
	_ = c.SetReadDeadline(time.Now().Add(time.Minute))
	answer, err := io.ReadAll(c)
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 408 ")) || !bytes.Contains(answer, []byte(`{"error":"the body does not arrive"}`)) {
		t.Errorf("%v %s", err, answer)
	}
}
