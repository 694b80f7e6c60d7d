// Package server is the HTTP side of the service: the page, the probes and the
// orderly end of it all.
package server

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/go-microservice/web/internal/config"
)

// Embedded, so that the binary is all the image has to contain.
//
//go:embed static
var static embed.FS

// Server answers requests until its context ends, then drains.
type Server struct {
	cfg      config.Config
	version  string
	log      *slog.Logger
	mux      *http.ServeMux
	draining atomic.Bool

	// after is time.After, replaced in tests to step through the drain.
	after func(time.Duration) <-chan time.Time
}

// New wires up a server; nothing listens before Run.
func New(cfg config.Config, version string, log *slog.Logger) (*Server, error) {
	page, err := render(cfg, version)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	s := &Server{cfg: cfg, version: version, log: log, mux: http.NewServeMux(), after: time.After}

	// The ingress passes the path on unchanged, hence the prefix here. The page
	// is at both forms instead of redirecting, and only there: {$} keeps
	// /web/anything a 404. GET patterns match HEAD as well.
	s.mux.Handle("GET /web", page)
	s.mux.Handle("GET /web/{$}", page)
	s.mux.HandleFunc("GET /healthz", s.live)
	s.mux.HandleFunc("GET /readyz", s.ready)
	return s, nil
}

// render makes the page once, because nothing on it changes while the process
// runs.
func render(cfg config.Config, version string) (http.Handler, error) {
	tmpl, err := template.ParseFS(static, "static/index.html")
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := tmpl.Execute(&page, struct{ APIURL, Version string }{cfg.APIURL, version}); err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		// The URL stays the same across releases, so a cached page could show
		// an old version.
		h.Set("Cache-Control", "no-cache")
		// The page has one inline style and loads nothing.
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		http.ServeContent(w, r, "index.html", time.Time{}, bytes.NewReader(page.Bytes()))
	}), nil
}

// live only says that the process can serve, since restarting this container
// repairs nothing that is broken outside of it.
func (s *Server) live(w http.ResponseWriter, _ *http.Request) {
	writeStatus(w, http.StatusOK, "ok")
}

// ready says whether requests should be sent here. The page needs no other
// service, so the only reason against it is the drain.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.draining.Load() {
		writeStatus(w, http.StatusServiceUnavailable, "draining")
		return
	}
	writeStatus(w, http.StatusOK, "ready")
}

func writeStatus(w http.ResponseWriter, code int, status string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	fmt.Fprintf(w, "{\"status\":%q}\n", status)
}

// Handler exposes the routes without a listener.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		if s.draining.Load() {
			// Asks clients with persistent connections to open the next one
			// elsewhere. Closing idle connections right away would be quicker,
			// but would break a request that is already on its way.
			w.Header().Set("Connection", "close")
		}
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		s.mux.ServeHTTP(rec, r)

		level := slog.LevelInfo
		if r.Pattern == "GET /healthz" || r.Pattern == "GET /readyz" {
			// Every few seconds from every node; at info they would bury the rest.
			level = slog.LevelDebug
		}
		s.log.LogAttrs(r.Context(), level, "request",
			slog.String("method", r.Method),
			// Without the query, which may carry tokens.
			slog.String("path", r.URL.Path),
			slog.Int("status", rec.status),
			slog.Int("bytes", rec.bytes),
			slog.Float64("duration_ms", float64(time.Since(start).Microseconds())/1000),
			// The connection's other end: behind an ingress that is the ingress,
			// but unlike X-Forwarded-For it cannot be forged.
			slog.String("peer", r.RemoteAddr),
		)
	})
}

// recorder remembers for the log what was sent.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	n, err := r.ResponseWriter.Write(p)
	r.bytes += n
	return n, err
}

// Run serves on ln until ctx ends and then drains. It returns nil after a drain
// that let every request finish.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	srv := &http.Server{
		Handler: s.Handler(),
		// ReadHeaderTimeout and WriteTimeout (which starts after the headers)
		// add up to the default DRAIN_TIMEOUT, so that no request that behaves
		// can outlast the drain.
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      15 * time.Second,
		// Longer than the 60 seconds for which common ingress controllers keep
		// idle connections: the side that sends requests has to be the one that
		// closes, otherwise a request can meet a connection just closed.
		IdleTimeout:    75 * time.Second,
		MaxHeaderBytes: 64 << 10,
		ErrorLog:       slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}

	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	s.log.Info("listening", "address", ln.Addr().String(), "version", s.version)

	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}

	// Readiness first, while still accepting: until every node and ingress has
	// learnt that this endpoint is gone, requests keep arriving.
	s.draining.Store(true)
	s.log.Info("draining", "delay", s.cfg.DrainDelay.String(), "timeout", s.cfg.DrainTimeout.String())
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-s.after(s.cfg.DrainDelay):
	}

	// ctx has ended already, so the timeout starts from a fresh one.
	timeout, cancel := context.WithTimeout(context.Background(), s.cfg.DrainTimeout)
	defer cancel()
	if err := srv.Shutdown(timeout); err != nil {
		return errors.Join(fmt.Errorf("requests cut off after %s: %w", s.cfg.DrainTimeout, err), srv.Close())
	}
	s.log.Info("drained")
	return nil
}
