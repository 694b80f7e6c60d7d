package rpc

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"

	"example.com/shop/internal/settings"
)

// TestLife goes through the life of a server: not ready, ready, not ready
// again, asked to stop.
func TestLife(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
	env := func(name string) string { return map[string]string{"PORT": port}[name] }
	probe := func() error { return Probe(t.Context(), settings.New(env)) }

	var missing atomic.Bool
	missing.Store(true)
	server := FromEnv(settings.New(env))
	server.Interval = time.Millisecond
	server.Ready = func(context.Context) error {
		if missing.Load() {
			return errors.New("no database")
		}
		return nil
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- server.Serve(ctx, ln, slog.New(slog.NewJSONHandler(io.Discard, nil)), func(grpc.ServiceRegistrar) {})
	}()

	conn, err := Dial(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ready := func() bool {
		answer, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{Service: Readiness})
		return err == nil && answer.Status == grpc_health_v1.HealthCheckResponse_SERVING
	}
	// Alive it is all the time.
	until(t, "it is alive", func() bool { return probe() == nil })
	if ready() {
		t.Error("it is ready without what it needs")
	}
	missing.Store(false)
	until(t, "it is ready", ready)
	missing.Store(true)
	until(t, "it is not ready again", func() bool { return !ready() })
	if err := probe(); err != nil {
		t.Error(err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if probe() == nil {
		t.Error("it still answers")
	}
}

// TestConnectionsEnd holds that clients do not stay at one address for ever,
// and that no call is lost when they go.
func TestConnectionsEnd(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := FromEnv(settings.New(func(string) string { return "" }))
	server.MaxConnectionAge = 20 * time.Millisecond
	counted := &countingListener{Listener: ln}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- server.Serve(ctx, counted, slog.New(slog.NewJSONHandler(io.Discard, nil)), func(grpc.ServiceRegistrar) {})
	}()
	conn, err := Dial(ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	until(t, "there was a third connection", func() bool {
		if _, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{}); err != nil {
			t.Fatal(err)
		}
		return counted.accepted.Load() >= 3
	})
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

type countingListener struct {
	net.Listener
	accepted atomic.Int32
}

func (l *countingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		l.accepted.Add(1)
	}
	return conn, err
}

func TestProbeNeedsValidPort(t *testing.T) {
	err := Probe(t.Context(), settings.New(func(string) string { return "x" }))
	if err == nil || !strings.Contains(err.Error(), "PORT is") {
		t.Errorf("error %v", err)
	}
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("timed out waiting until %s", what)
		}
	}
}
