package server

import (
	"context"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"example.com/go-microservice/api/internal/config"
)

// Below the one second that a probe waits unless told otherwise, so that a
// database that does not answer cannot fail the probe by being slow.
const databaseTimeout = 500 * time.Millisecond

// databaseProbe finds out whether the database accepts connections. This
// example has no driver; with one, check would call PingContext.
type databaseProbe struct {
	cfg config.Database
	log *slog.Logger
	// last is the previous result, kept to log changes only: a probe every few
	// seconds would otherwise repeat the same message for a whole outage.
	last atomic.Pointer[bool]
}

// databaseStatus goes into the readiness body. It has neither the address nor
// the error, in case a route makes the probe visible from outside.
type databaseStatus struct {
	Configured bool `json:"configured"`
	Required   bool `json:"required"`
	Reachable  bool `json:"reachable"`
}

func (p *databaseProbe) check(ctx context.Context) databaseStatus {
	status := databaseStatus{Configured: p.cfg.Host != "", Required: p.cfg.Required}
	if !status.Configured {
		return status
	}

	dialCtx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(dialCtx, "tcp", p.cfg.Address())
	if err == nil {
		_ = conn.Close()
	} else if ctx.Err() != nil {
		// The prober hung up, which says nothing about the database.
		return status
	}
	status.Reachable = err == nil

	if last := p.last.Swap(&status.Reachable); last == nil || *last != status.Reachable {
		if err != nil {
			p.log.Warn("database unreachable", "address", p.cfg.Address(), "error", err)
		} else {
			p.log.Info("database reachable", "address", p.cfg.Address())
		}
	}
	return status
}
