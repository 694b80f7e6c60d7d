package server

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// closeWhileDraining asks clients with persistent connections to open the next
// one elsewhere. Closing idle connections right away would be quicker, but would
// break a request that is already on its way.
func (s *Server) closeWhileDraining(c *gin.Context) {
	if s.draining.Load() {
		c.Header("Connection", "close")
	}
	c.Next()
}

func logRequests(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		c.Next()

		status := c.Writer.Status()
		level := slog.LevelInfo
		switch {
		case isProbe(c.FullPath()):
			// Every few seconds from every node; at info they would bury the rest.
			level = slog.LevelDebug
		case status >= http.StatusInternalServerError:
			level = slog.LevelError
		}
		log.LogAttrs(c.Request.Context(), level, "request",
			slog.String("method", c.Request.Method),
			// Without the query, which may carry tokens.
			slog.String("path", c.Request.URL.Path),
			slog.String("route", c.FullPath()),
			slog.Int("status", status),
			slog.Int("bytes", max(c.Writer.Size(), 0)),
			slog.Float64("duration_ms", float64(time.Since(start).Microseconds())/1000),
			slog.String("peer", c.ClientIP()),
		)
	}
}

func isProbe(route string) bool {
	switch route {
	case "/health", "/healthz", "/readyz", "/metrics":
		return true
	}
	return false
}

func recoverPanics(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p == http.ErrAbortHandler {
				// The documented way to break off a response: not an error.
				panic(p)
			}
			log.ErrorContext(c.Request.Context(), "panic", "panic", p, "route", c.FullPath(), "stack", string(debug.Stack()))
			if c.Writer.Written() {
				// Too late for a status; a broken connection is the only way
				// left to tell the client that the response is incomplete.
				panic(http.ErrAbortHandler)
			}
			fail(c, http.StatusInternalServerError, "internal error")
		}()
		c.Next()
	}
}

type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
}

func newMetrics(registry *prometheus.Registry) *metrics {
	labels := []string{"route", "method", "status"}
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total",
			Help: "Requests answered.",
		}, labels),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time taken to answer requests.",
			Buckets: prometheus.DefBuckets,
		}, labels),
	}
	registry.MustRegister(
		m.requests,
		m.duration,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

func (m *metrics) observe(c *gin.Context) {
	start := time.Now()
	c.Next()

	// Each label value is a new time series, so clients must not be able to
	// invent any: the route's pattern instead of the path, known methods only.
	route := c.FullPath()
	if route == "" {
		route = "unmatched"
	}
	labels := prometheus.Labels{
		"route":  route,
		"method": knownMethod(c.Request.Method),
		"status": strconv.Itoa(c.Writer.Status()),
	}
	m.requests.With(labels).Inc()
	m.duration.With(labels).Observe(time.Since(start).Seconds())
}

func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
		http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}
