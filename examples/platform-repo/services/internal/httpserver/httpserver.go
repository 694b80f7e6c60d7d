// Package httpserver is what the services of the shop have in common: two
// listeners, one for callers and one for metrics, health checks, a log in JSON
// and a drain that loses no request.
package httpserver

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	readHeaderTimeout = 5 * time.Second
	drainTimeout      = 15 * time.Second
)

// Handler answers the callers of a service, beside its health checks. It counts
// every request.
func Handler(routes http.Handler, requests *atomic.Int64) http.Handler {
	mux := http.NewServeMux()
	ok := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") }
	mux.HandleFunc("GET /healthz", ok)
	mux.HandleFunc("GET /readyz", ok)
	mux.Handle("/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		routes.ServeHTTP(w, r)
	}))
	return mux
}

// Metrics answers the monitoring.
func Metrics(requests *atomic.Int64) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		fmt.Fprintf(w, "# TYPE shop_requests_total counter\nshop_requests_total %d\n", requests.Load())
	})
	return mux
}

// Main runs a service until it is told to end, and exits. Images without a shell
// ask the program itself: -version what it is, -healthcheck whether the one that
// runs beside it is alive.
func Main(version string, routes func() (http.Handler, error)) {
	level := new(slog.LevelVar)
	log := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: level}))
	showVersion := flag.Bool("version", false, "print the version and exit")
	healthcheck := flag.Bool("healthcheck", false, "ask the server of this machine whether it is alive")
	flag.Parse()

	var err error
	switch {
	case *showVersion:
		fmt.Println(version)
	case *healthcheck:
		err = probe()
	default:
		err = run(routes, level)
	}
	if err != nil {
		log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

func probe() error {
	// A transport of its own: no proxy from the environment.
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + net.JoinHostPort("127.0.0.1", port()) + "/healthz")
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}

// port is where callers are answered.
func port() string {
	return cmp.Or(os.Getenv("PORT"), "8080")
}

func run(routes func() (http.Handler, error), level *slog.LevelVar) error {
	if text := os.Getenv("LOG_LEVEL"); text != "" {
		if err := level.UnmarshalText([]byte(text)); err != nil {
			return err
		}
	}
	handler, err := routes()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	var requests atomic.Int64
	servers := []*http.Server{
		{Addr: ":" + port(), Handler: Handler(handler, &requests), ReadHeaderTimeout: readHeaderTimeout},
		{Addr: ":9090", Handler: Metrics(&requests), ReadHeaderTimeout: readHeaderTimeout},
	}
	failed := make(chan error, len(servers))
	for _, server := range servers {
		go func() { failed <- server.ListenAndServe() }()
	}
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	for _, server := range servers {
		err = errors.Join(err, server.Shutdown(drain))
	}
	return err
}
