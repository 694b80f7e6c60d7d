// Package web serves HTTP with /healthz and /readyz, and ends without losing a
// request.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"example.com/shop/internal/settings"
)

const probeTimeout = 2 * time.Second

// Server is an HTTP server and what surrounds it.
type Server struct {
	Port         int
	DrainTimeout time.Duration
	// Ready says what is missing.
	Ready func(context.Context) error
}

// FromEnv reads PORT and DRAIN_TIMEOUT.
func FromEnv(env *settings.Env, port int) Server {
	return Server{
		Port:         env.Port("PORT", port),
		DrainTimeout: env.Duration("DRAIN_TIMEOUT", 20*time.Second),
		Ready:        func(context.Context) error { return nil },
	}
}

// Run serves until ctx ends, then waits for the requests in flight.
func (s Server) Run(ctx context.Context, log *slog.Logger, handler http.Handler) error {
	ln, err := net.Listen("tcp", ":"+strconv.Itoa(s.Port))
	if err != nil {
		return err
	}
	return s.Serve(ctx, ln, log, handler)
}

// Serve is Run on a listener.
func (s Server) Serve(ctx context.Context, ln net.Listener, log *slog.Logger, handler http.Handler) error {
	var draining atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if draining.Load() {
			http.Error(w, "draining", http.StatusServiceUnavailable)
		} else if err := s.Ready(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		} else {
			fmt.Fprintln(w, "ready")
		}
	})
	mux.Handle("/", logged(log, handler))
	server := &http.Server{
		Handler: mux,
		// They add up to less than the drain, so that no request outlasts it.
		ReadTimeout:  5 * time.Second,
		WriteTimeout: 15 * time.Second,
		// Longer than ingress controllers keep idle connections: the side that
		// sends requests has to be the one that closes.
		IdleTimeout: 75 * time.Second,
		ErrorLog:    slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	log.Info("listening", "address", ln.Addr().String())

	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	draining.Store(true)
	log.Info("draining", "timeout", s.DrainTimeout.String())
	timeout, cancel := context.WithTimeout(context.Background(), s.DrainTimeout)
	defer cancel()
	if err := server.Shutdown(timeout); err != nil {
		return errors.Join(fmt.Errorf("requests cut off after %s: %w", s.DrainTimeout, err), server.Close())
	}
	log.Info("drained")
	return nil
}

// Probe returns what asks the server of this machine whether it is alive.
func Probe(fallback int) func(context.Context, *settings.Env) error {
	return func(ctx context.Context, env *settings.Env) error {
		port := env.Port("PORT", fallback)
		if err := env.Err(); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(ctx, probeTimeout)
		defer cancel()
		url := "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) + "/healthz"
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("it says %s", response.Status)
		}
		return nil
	}
}

// recorder remembers the status of a response.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func logged(log *slog.Logger, handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		recorded := &recorder{w, http.StatusOK}
		handler.ServeHTTP(recorded, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", recorded.status, "duration", time.Since(begun).String())
	})
}
