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

	"github.com/gin-gonic/gin"

	"example.com/go-microservice/api/internal/config"
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

func do(s *Server, method, path, body string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
	return rec
}

func wantStatus(t *testing.T, rec *httptest.ResponseRecorder, want int) {
	t.Helper()
	if rec.Code != want {
		t.Fatalf("status %d, want %d; body: %s", rec.Code, want, rec.Body)
	}
}

func TestRoutes(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	tests := []struct {
		method, path string
		status       int
		body         string
	}{
		{http.MethodGet, "/", http.StatusOK, `"version":"1.2.3"`},
		{http.MethodGet, "/health", http.StatusOK, `"status":"ok"`},
		{http.MethodGet, "/healthz", http.StatusOK, `"status":"ok"`},
		{http.MethodHead, "/healthz", http.StatusOK, ""},
		{http.MethodGet, "/readyz", http.StatusOK, `"status":"ready"`},
		{http.MethodGet, "/api", http.StatusOK, `"/api/orders"`},
		{http.MethodGet, "/api/", http.StatusOK, `"/api/orders"`},
		{http.MethodGet, "/api/orders/", http.StatusNotFound, "not found"},
		{http.MethodGet, "/api/orders", http.StatusOK, `"item":"coffee"`},
		{http.MethodGet, "/api/orders/1", http.StatusOK, `"id":1`},
		{http.MethodGet, "/api/orders/2", http.StatusNotFound, "no such order"},
		{http.MethodGet, "/api/orders/x", http.StatusNotFound, "no such order"},
		{http.MethodGet, "/absent", http.StatusNotFound, "not found"},
		{http.MethodDelete, "/api/orders", http.StatusMethodNotAllowed, "method not allowed"},
	}
	for _, tt := range tests {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			rec := do(s, tt.method, tt.path, "")
			wantStatus(t, rec, tt.status)
			if !strings.Contains(rec.Body.String(), tt.body) {
				t.Errorf("body %s does not contain %s", rec.Body, tt.body)
			}
		})
	}
}

func TestCreateOrder(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)

	rec := do(s, http.MethodPost, "/api/orders", `{"item":"tea","quantity":3}`)
	wantStatus(t, rec, http.StatusCreated)
	location := rec.Header().Get("Location")
	if location != "/api/orders/2" {
		t.Errorf("Location %q", location)
	}
	rec = do(s, http.MethodGet, location, "")
	wantStatus(t, rec, http.StatusOK)
	var got order
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Item != "tea" || got.Quantity != 3 || got.CreatedAt.IsZero() {
		t.Errorf("got %+v", got)
	}

	for body, status := range map[string]int{
		``:                            http.StatusBadRequest,
		`{}`:                          http.StatusBadRequest,
		`{"item":"tea"}`:              http.StatusBadRequest,
		`{"item":"tea","quantity":0}`: http.StatusBadRequest,
		`{"item":"` + strings.Repeat("x", 101) + `","quantity":1}`:            http.StatusBadRequest,
		`{"item":"` + strings.Repeat("x", maxOrderBody+1) + `","quantity":1}`: http.StatusRequestEntityTooLarge,
	} {
		wantStatus(t, do(s, http.MethodPost, "/api/orders", body), status)
	}
}

func TestOrdersAreBounded(t *testing.T) {
	o := newOrders()
	for range maxOrders - 1 {
		if _, ok := o.add("tea", 1); !ok {
			t.Fatal("full too early")
		}
	}
	if _, ok := o.add("tea", 1); ok {
		t.Error("not bounded")
	}
}

func TestReadyFlipsWhileDraining(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	wantStatus(t, do(s, http.MethodGet, "/readyz", ""), http.StatusOK)

	s.draining.Store(true)
	rec := do(s, http.MethodGet, "/readyz", "")
	wantStatus(t, rec, http.StatusServiceUnavailable)
	if !strings.Contains(rec.Body.String(), "draining") {
		t.Errorf("body: %s", rec.Body)
	}

	// The process is as alive as before and still serves, but lets go of the
	// connection.
	wantStatus(t, do(s, http.MethodGet, "/healthz", ""), http.StatusOK)
	rec = do(s, http.MethodGet, "/api/orders", "")
	wantStatus(t, rec, http.StatusOK)
	if got := rec.Header().Get("Connection"); got != "close" {
		t.Errorf("Connection: %q", got)
	}
}

func TestReadyReportsDatabase(t *testing.T) {
	up := listen(t)
	down := listen(t)
	down.Close()
	at := func(ln net.Listener, required bool) config.Database {
		return config.Database{Host: "127.0.0.1", Port: portOf(t, ln), Required: required}
	}

	tests := []struct {
		name     string
		database config.Database
		status   int
		want     databaseStatus
	}{
		{"none", config.Database{}, http.StatusOK, databaseStatus{}},
		{"up", at(up, false), http.StatusOK, databaseStatus{Configured: true, Reachable: true}},
		{"down", at(down, false), http.StatusOK, databaseStatus{Configured: true}},
		{"required and up", at(up, true), http.StatusOK, databaseStatus{Configured: true, Required: true, Reachable: true}},
		{"required and down", at(down, true), http.StatusServiceUnavailable, databaseStatus{Configured: true, Required: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newServer(t, config.Config{Database: tt.database}, io.Discard)
			rec := do(s, http.MethodGet, "/readyz", "")
			wantStatus(t, rec, tt.status)
			var got struct{ Database databaseStatus }
			if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			if got.Database != tt.want {
				t.Errorf("got %+v, want %+v", got.Database, tt.want)
			}
			wantStatus(t, do(s, http.MethodGet, "/healthz", ""), http.StatusOK)
		})
	}
}

func TestDatabaseLogsChangesOnly(t *testing.T) {
	ln := listen(t)
	var log bytes.Buffer
	s := newServer(t, config.Config{Database: config.Database{
		Host: "127.0.0.1", Port: portOf(t, ln),
	}}, &log)

	do(s, http.MethodGet, "/readyz", "")
	do(s, http.MethodGet, "/readyz", "")
	ln.Close()
	do(s, http.MethodGet, "/readyz", "")
	do(s, http.MethodGet, "/readyz", "")
	for _, msg := range []string{`"msg":"database reachable"`, `"msg":"database unreachable"`} {
		if n := strings.Count(log.String(), msg); n != 1 {
			t.Errorf("%s logged %d times", msg, n)
		}
	}
}

func TestMetrics(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	do(s, http.MethodGet, "/api/orders/1", "")
	do(s, http.MethodGet, "/api/orders/99", "")
	do(s, http.MethodGet, "/scan/1", "")
	do(s, "BREW", "/scan/2", "")

	rec := do(s, http.MethodGet, "/metrics", "")
	wantStatus(t, rec, http.StatusOK)
	if got := rec.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/plain; version=0.0.4") {
		t.Errorf("Content-Type: %s", got)
	}
	for _, line := range []string{
		`http_requests_total{method="GET",route="/api/orders/:id",status="200"} 1`,
		`http_requests_total{method="GET",route="/api/orders/:id",status="404"} 1`,
		`http_requests_total{method="GET",route="unmatched",status="404"} 1`,
		`http_requests_total{method="other",route="unmatched",status="404"} 1`,
		`http_request_duration_seconds_count{method="GET",route="/api/orders/:id",status="200"} 1`,
		`http_request_duration_seconds_bucket{method="GET",route="/api/orders/:id",status="200",le="+Inf"} 1`,
		"# TYPE go_goroutines gauge",
	} {
		if !strings.Contains(rec.Body.String(), line+"\n") {
			t.Errorf("metrics do not contain %s", line)
		}
	}
	if strings.Contains(rec.Body.String(), "/scan/") {
		t.Error("a path chosen by the client became a label")
	}
}

func TestRequestLog(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, config.Config{}, &log)
	req := httptest.NewRequest(http.MethodGet, "/api/orders/1?token=hunter2", nil)
	req.RemoteAddr = "192.0.2.1:1234"
	req.Header.Set("X-Forwarded-For", "203.0.113.9")
	s.Handler().ServeHTTP(httptest.NewRecorder(), req)

	var record map[string]any
	if err := json.Unmarshal(log.Bytes(), &record); err != nil {
		t.Fatalf("%v: %s", err, log.String())
	}
	for key, want := range map[string]any{
		"level": "INFO", "msg": "request", "method": "GET", "path": "/api/orders/1",
		"route": "/api/orders/:id", "status": 200.0, "peer": "192.0.2.1",
	} {
		if record[key] != want {
			t.Errorf("%s: got %v, want %v", key, record[key], want)
		}
	}
	if strings.Contains(log.String(), "hunter2") {
		t.Error("the query was logged")
	}

	log.Reset()
	do(s, http.MethodGet, "/healthz", "")
	if !strings.Contains(log.String(), `"level":"DEBUG"`) {
		t.Errorf("probe: %s", log.String())
	}
}

func TestPanicIsRecovered(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, config.Config{}, &log)
	s.engine.GET("/panic", func(*gin.Context) { panic("boom") })

	rec := do(s, http.MethodGet, "/panic", "")
	wantStatus(t, rec, http.StatusInternalServerError)
	if strings.Contains(rec.Body.String(), "boom") {
		t.Error("the client was told about the panic")
	}
	if !strings.Contains(log.String(), `"panic":"boom"`) {
		t.Errorf("log: %s", log.String())
	}
	line := `http_requests_total{method="GET",route="/panic",status="500"} 1`
	if metrics := do(s, http.MethodGet, "/metrics", ""); !strings.Contains(metrics.Body.String(), line) {
		t.Error("the panic was not counted")
	}
}

func TestPanicAfterHeadersBreaksConnection(t *testing.T) {
	s := newServer(t, config.Config{}, io.Discard)
	s.engine.GET("/panic", func(c *gin.Context) {
		c.String(http.StatusOK, "half of")
		panic("boom")
	})
	defer func() {
		if p := recover(); p != http.ErrAbortHandler {
			t.Errorf("got panic %v", p)
		}
	}()
	do(s, http.MethodGet, "/panic", "")
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
	s.engine.GET("/slow", func(c *gin.Context) {
		close(started)
		<-release
		c.String(http.StatusOK, "finished")
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
	if status, _, err := get(d.url + "/api/orders"); err != nil || status != http.StatusOK {
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
