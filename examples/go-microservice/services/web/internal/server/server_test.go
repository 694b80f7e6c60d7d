package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/go-microservice/web/internal/config"
)

func newServer(t *testing.T, cfg config.Config, logTo io.Writer) *Server {
	t.Helper()
	log := slog.New(slog.NewJSONHandler(logTo, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := New(cfg, "1.2.3", log)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func do(s *Server, method, path string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, httptest.NewRequest(method, path, nil))
	return rec
}

func wantStatus(t *testing.T, rec *httptest.ResponseRecorder, want int) {
	t.Helper()
	if rec.Code != want {
		t.Fatalf("status %d, want %d; body: %s", rec.Code, want, rec.Body)
	}
}

func TestRoutes(t *testing.T) {
	s := newServer(t, config.Config{APIURL: "/api"}, io.Discard)
	tests := []struct {
		method, path string
		status       int
		body         string
	}{
		{http.MethodGet, "/web", http.StatusOK, "<h1>Go microservice</h1>"},
		{http.MethodGet, "/web/", http.StatusOK, "<h1>Go microservice</h1>"},
		{http.MethodHead, "/web", http.StatusOK, ""},
		{http.MethodGet, "/healthz", http.StatusOK, `{"status":"ok"}`},
		{http.MethodHead, "/healthz", http.StatusOK, ""},
		{http.MethodGet, "/readyz", http.StatusOK, `{"status":"ready"}`},
		{http.MethodGet, "/web/absent", http.StatusNotFound, ""},
		{http.MethodGet, "/webbed", http.StatusNotFound, ""},
		{http.MethodGet, "/static/index.html", http.StatusNotFound, ""},
		{http.MethodPost, "/web", http.StatusMethodNotAllowed, ""},
	}
	for _, tt := range tests {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			rec := do(s, tt.method, tt.path)
			wantStatus(t, rec, tt.status)
			if !strings.Contains(rec.Body.String(), tt.body) {
				t.Errorf("body %s does not contain %s", rec.Body, tt.body)
			}
		})
	}
}

func TestPage(t *testing.T) {
	s := newServer(t, config.Config{APIURL: `https://api.example/?q=<b>&r="`}, io.Discard)
	rec := do(s, http.MethodGet, "/web/")
	wantStatus(t, rec, http.StatusOK)
	if got := rec.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("Content-Type: %s", got)
	}
	for _, want := range []string{
		`<code>https://api.example/?q=&lt;b&gt;&amp;r=&#34;</code>`,
		`<a href="https://api.example/?q=%3cb%3e&amp;r=%22">`,
		"Version 1.2.3",
	} {
		if !strings.Contains(rec.Body.String(), want) {
			t.Errorf("page does not contain %s:\n%s", want, rec.Body)
		}
	}
}

func TestReadyFlipsWhileDraining(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	wantStatus(t, do(s, http.MethodGet, "/readyz"), http.StatusOK)

	s.draining.Store(true)
	rec := do(s, http.MethodGet, "/readyz")
	wantStatus(t, rec, http.StatusServiceUnavailable)
	if !strings.Contains(rec.Body.String(), "draining") {
		t.Errorf("body: %s", rec.Body)
	}

	// The process is as alive as before and still serves, but lets go of the
	// connection.
	wantStatus(t, do(s, http.MethodGet, "/healthz"), http.StatusOK)
	rec = do(s, http.MethodGet, "/web")
	wantStatus(t, rec, http.StatusOK)
	if got := rec.Header().Get("Connection"); got != "close" {
		t.Errorf("Connection: %q", got)
	}
}

func TestRequestLog(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, config.Config{}, &log)
	do(s, http.MethodGet, "/web/absent?token=hunter2")

	var record map[string]any
	if err := json.Unmarshal(log.Bytes(), &record); err != nil {
		t.Fatalf("%v: %s", err, log.String())
	}
	for key, want := range map[string]any{
		"level": "INFO", "msg": "request", "method": "GET", "path": "/web/absent", "status": 404.0,
	} {
		if record[key] != want {
			t.Errorf("%s: got %v, want %v", key, record[key], want)
		}
	}
	if strings.Contains(log.String(), "hunter2") {
		t.Error("the query was logged")
	}

	log.Reset()
	do(s, http.MethodGet, "/healthz")
	if !strings.Contains(log.String(), `"level":"DEBUG"`) {
		t.Errorf("probe: %s", log.String())
	}
}

func portOf(t *testing.T, ln net.Listener) int {
	t.Helper()
	return ln.Addr().(*net.TCPAddr).Port
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	return ln
}

// drained is a running server whose drain the test advances by hand, with one
// request in flight.
type drained struct {
	url       string
	stop      context.CancelFunc
	delayOver chan time.Time
	release   func()
	response  chan string
	result    chan error
}

func startDrainTest(t *testing.T, cfg config.Config) *drained {
	t.Helper()
	s := newServer(t, cfg, io.Discard)
	ln := listen(t)
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	d := &drained{
		url:       "http://" + ln.Addr().String(),
		stop:      cancel,
		delayOver: make(chan time.Time),
		release:   sync.OnceFunc(func() { close(release) }),
		response:  make(chan string, 1),
		result:    make(chan error, 1),
	}
	t.Cleanup(d.release)
	t.Cleanup(d.stop)
	s.after = func(delay time.Duration) <-chan time.Time {
		if delay != cfg.DrainDelay {
			t.Errorf("drain delay %s, want %s", delay, cfg.DrainDelay)
		}
		return d.delayOver
	}
	started := make(chan struct{})
	s.mux.HandleFunc("GET /slow", func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-release
		io.WriteString(w, "finished")
	})

	go func() { d.result <- s.Run(ctx, ln) }()
	go func() {
		_, body, err := get(d.url + "/slow")
		if err != nil {
			body = err.Error()
		}
		d.response <- body
	}()
	<-started
	return d
}

func get(url string) (int, string, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

// eventually waits for what happens soon but not synchronously.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("timed out waiting until %s", what)
		}
	}
}

func TestDrainFinishesRequestInFlight(t *testing.T) {
	d := startDrainTest(t, config.Config{DrainDelay: 5 * time.Second, DrainTimeout: 10 * time.Second})

	if status, _, err := get(d.url + "/readyz"); err != nil || status != http.StatusOK {
		t.Fatalf("before: %d, %v", status, err)
	}
	d.stop()
	eventually(t, "readiness flips", func() bool {
		status, _, err := get(d.url + "/readyz")
		return err == nil && status == http.StatusServiceUnavailable
	})
	// During the delay new requests are served like before.
	if status, _, err := get(d.url + "/web"); err != nil || status != http.StatusOK {
		t.Fatalf("during the delay: %d, %v", status, err)
	}

	d.delayOver <- time.Now()
	eventually(t, "the listener is closed", func() bool {
		_, _, err := get(d.url + "/healthz")
		return err != nil
	})
	select {
	case err := <-d.result:
		t.Fatalf("Run returned with a request in flight: %v", err)
	default:
	}

	d.release()
	if body := <-d.response; body != "finished" {
		t.Errorf("request in flight got %q", body)
	}
	if err := <-d.result; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestDrainTimeout(t *testing.T) {
	d := startDrainTest(t, config.Config{DrainTimeout: 50 * time.Millisecond})
	d.stop()
	d.delayOver <- time.Now()
	if err := <-d.result; err == nil || !strings.Contains(err.Error(), "cut off after 50ms") {
		t.Errorf("Run: %v", err)
	}
	if body := <-d.response; body == "finished" {
		t.Error("the request was not cut off")
	}
}

func TestRunReportsServeError(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	ln := listen(t)
	ln.Close()
	if err := s.Run(context.Background(), ln); err == nil {
		t.Error("no error")
	}
}
