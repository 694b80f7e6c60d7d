// Package server is the HTTP side of the service: routes, middleware, probes
// and the orderly end of it all.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.com/go-microservice/api/internal/config"
)

// Server answers requests until its context ends, then drains.
type Server struct {
	cfg      config.Config
	version  string
	log      *slog.Logger
	engine   *gin.Engine
	database *databaseProbe
	draining atomic.Bool

	// after is time.After, replaced in tests to step through the drain.
	after func(time.Duration) <-chan time.Time
}

// New wires up a server; nothing listens before Run.
func New(cfg config.Config, version string, log *slog.Logger) (*Server, error) {
	gin.SetMode(gin.ReleaseMode)

	s := &Server{
		cfg:      cfg,
		version:  version,
		log:      log,
		engine:   gin.New(),
		database: &databaseProbe{cfg: cfg.Database, log: log},
		after:    time.After,
	}

	// No proxy is trusted, so X-Forwarded-For cannot forge the logged peer.
	if err := s.engine.SetTrustedProxies(nil); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	s.engine.HandleMethodNotAllowed = true
	// Such redirects bypass the middleware, so they would not be logged or counted.
	s.engine.RedirectTrailingSlash = false

	// A registry of its own instead of the global one: no metric appears
	// because some imported package registered it, and tests stay independent.
	registry := prometheus.NewRegistry()
	m := newMetrics(registry)

	// Recovery comes last, that is innermost, so that a recovered panic is
	// logged and counted as the 500 the client saw.
	s.engine.Use(s.closeWhileDraining, logRequests(log), m.observe, recoverPanics(log))
	s.routes(registry)
	return s, nil
}

func (s *Server) routes(registry *prometheus.Registry) {
	// Probing tools use HEAD as often as GET.
	probe := []string{http.MethodGet, http.MethodHead}
	s.engine.Match(probe, "/", s.root)
	s.engine.Match(probe, "/health", s.live)
	s.engine.Match(probe, "/healthz", s.live)
	s.engine.Match(probe, "/readyz", s.ready)
	s.engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelError),
	})))

	// The ingress passes the path on unchanged, hence the prefix here.
	api := s.engine.Group("/api")
	api.GET("", s.index)
	api.GET("/", s.index)
	newOrders().register(api.Group("/orders"))

	s.engine.NoRoute(func(c *gin.Context) { fail(c, http.StatusNotFound, "not found") })
	s.engine.NoMethod(func(c *gin.Context) { fail(c, http.StatusMethodNotAllowed, "method not allowed") })
}

func fail(c *gin.Context, status int, message string) {
	c.AbortWithStatusJSON(status, gin.H{"error": message})
}

func (s *Server) root(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"message": "Hello from the api service", "version": s.version})
}

func (s *Server) index(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"version": s.version, "resources": []string{"/api/orders"}})
}

// live only says that the process can serve. It looks at nothing else, since
// restarting this container repairs nothing that is broken outside of it.
func (s *Server) live(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"status": "ok"})
}

// ready says whether requests should be sent here. An unreachable database does
// not change that by default: it is the same for all replicas, and taking every
// one of them out of the Service would turn a partial outage into a full one.
func (s *Server) ready(c *gin.Context) {
	if s.draining.Load() {
		c.JSON(http.StatusServiceUnavailable, gin.H{"status": "draining"})
		return
	}
	db := s.database.check(c.Request.Context())
	if s.cfg.Database.Required && !db.Reachable {
		c.JSON(http.StatusServiceUnavailable, gin.H{"status": "database unreachable", "database": db})
		return
	}
	c.JSON(http.StatusOK, gin.H{"status": "ready", "database": db})
}

// Handler exposes the routes without a listener.
func (s *Server) Handler() http.Handler { return s.engine }

// Run serves on ln until ctx ends and then drains. It returns nil after a drain
// that let every request finish.
func (s *Server) Run(ctx context.Context, ln net.Listener) error {
	srv := &http.Server{
		Handler: s.engine,
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
