package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.com/shop/internal/settings"
)

// TestLife goes through the life of a server: not ready, ready, asked to stop
// with a request in flight, which is answered all the same.
func TestLife(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
	env := func(name string) string { return map[string]string{"PORT": port}[name] }
	probe := func() error { return Probe(1)(t.Context(), settings.New(env)) }

	var ready atomic.Bool
	server := FromEnv(settings.New(env), 1)
	server.Ready = func(context.Context) error {
		if ready.Load() {
			return nil
		}
		return errors.New("no bus")
	}
	started, release := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-release
		io.WriteString(w, "finished")
	})
	ctx, stop := context.WithCancel(t.Context())
	var log bytes.Buffer
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, ln, slog.New(slog.NewJSONHandler(&log, nil)), handler) }()

	for _, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		ready.Store(want == http.StatusOK)
		response, err := http.Get("http://" + ln.Addr().String() + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("/readyz: %s, want %d", response.Status, want)
		}
		// Alive it is all the time.
		if err := probe(); err != nil {
			t.Error(err)
		}
	}
	body := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + ln.Addr().String() + "/slow?token=hunter2")
		if err != nil {
			body <- err.Error()
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		body <- string(text)
	}()
	<-started
	stop()
	for deadline := time.Now().Add(10 * time.Second); probe() == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it does not stop listening")
		}
	}
	close(release)
	if got := <-body; got != "finished" {
		t.Errorf("the request in flight got %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), `"path":"/slow","status":200`) || strings.Contains(log.String(), "hunter2") {
		t.Errorf("log: %s", log.String())
	}
}
