// Package rpc serves gRPC with its health service, and ends without losing a
// call.
package rpc

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/resolver/dns"
	"google.golang.org/grpc/status"

	"example.com/shop/internal/settings"
)

const (
	// DefaultPort is where the services listen.
	DefaultPort = 9090
	// Readiness is the name that the health service is asked by whether it may
	// get calls. The empty name asks whether the process is alive.
	Readiness = "readiness"

	probeTimeout = 2 * time.Second

	// How long a client waits at most before it tries again.
	maxBackoff = 3 * time.Second
)

func init() {
	// The default of 30 seconds would be the time that a service stays lost.
	dns.SetMinResolutionInterval(time.Second)
}

// Server is a gRPC server and what surrounds it.
type Server struct {
	Port         int
	DrainTimeout time.Duration
	// Ready says what is missing. It is asked again and again.
	Ready func(context.Context) error
	// Interval is the time between two questions.
	Interval time.Duration
	// MaxConnectionAge is when a connection is ended, without losing a call. An
	// address that a service had may belong to another one after a restart,
	// which answers there too: clients have to ask for the address again.
	MaxConnectionAge time.Duration
}

// FromEnv reads PORT and DRAIN_TIMEOUT.
func FromEnv(env *settings.Env) Server {
	return Server{
		Port:             env.Port("PORT", DefaultPort),
		DrainTimeout:     env.Duration("DRAIN_TIMEOUT", 20*time.Second),
		Ready:            func(context.Context) error { return nil },
		Interval:         2 * time.Second,
		MaxConnectionAge: 10 * time.Second,
	}
}

// Run serves until ctx ends, then waits for the calls in flight.
func (s Server) Run(ctx context.Context, log *slog.Logger, register func(grpc.ServiceRegistrar)) error {
	ln, err := net.Listen("tcp", ":"+strconv.Itoa(s.Port))
	if err != nil {
		return err
	}
	return s.Serve(ctx, ln, log, register)
}

// Serve is Run on a listener.
func (s Server) Serve(ctx context.Context, ln net.Listener, log *slog.Logger, register func(grpc.ServiceRegistrar)) error {
	server := grpc.NewServer(
		grpc.ChainUnaryInterceptor(logged(log)),
		grpc.KeepaliveParams(keepalive.ServerParameters{MaxConnectionAge: s.MaxConnectionAge}),
	)
	healths := health.NewServer()
	healths.SetServingStatus(Readiness, grpc_health_v1.HealthCheckResponse_NOT_SERVING)
	grpc_health_v1.RegisterHealthServer(server, healths)
	register(server)

	var watching sync.WaitGroup
	watching.Go(func() { s.watch(ctx, healths, log) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(ln) }()
	log.Info("listening", "address", ln.Addr().String())

	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	watching.Wait()
	// New calls are still taken from connections that are open; clients are
	// told to look for another server.
	healths.Shutdown()
	log.Info("draining", "timeout", s.DrainTimeout.String())
	timer := time.AfterFunc(s.DrainTimeout, func() {
		log.Error("calls cut off", "after", s.DrainTimeout.String())
		server.Stop()
	})
	server.GracefulStop()
	if timer.Stop() {
		log.Info("drained")
	}
	return nil
}

// watch keeps the health service up to date.
func (s Server) watch(ctx context.Context, healths *health.Server, log *slog.Logger) {
	var before error
	for first := true; ctx.Err() == nil; first = false {
		err := s.Ready(ctx)
		answer := grpc_health_v1.HealthCheckResponse_SERVING
		if err != nil {
			answer = grpc_health_v1.HealthCheckResponse_NOT_SERVING
		}
		healths.SetServingStatus(Readiness, answer)
		if first || (err == nil) != (before == nil) {
			log.Info("readiness", "status", answer.String(), "error", err)
		}
		before = err
		select {
		case <-ctx.Done():
		case <-time.After(s.Interval):
		}
	}
}

// Probe asks the server of this machine whether it is alive.
func Probe(ctx context.Context, env *settings.Env) error {
	port := env.Port("PORT", DefaultPort)
	if err := env.Err(); err != nil {
		return err
	}
	conn, err := Dial(net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	answer, err := grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	if err != nil {
		return err
	}
	if answer.Status != grpc_health_v1.HealthCheckResponse_SERVING {
		return fmt.Errorf("it says %s", answer.Status)
	}
	return nil
}

// Dial connects to a server, as soon as it is called and again when it was
// lost. The network is the cluster's own; a mesh encrypts where that is wanted.
func Dial(address string) (*grpc.ClientConn, error) {
	retries := backoff.DefaultConfig
	retries.MaxDelay = maxBackoff
	return grpc.NewClient(address,
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: retries, MinConnectTimeout: maxBackoff}),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		// Nobody publishes one by DNS here, and some resolvers take seconds to say so.
		grpc.WithDisableServiceConfig(),
	)
}

func logged(log *slog.Logger) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		begun := time.Now()
		response, err := handler(ctx, request)
		level := slog.LevelInfo
		switch code := status.Code(err); {
		case info.FullMethod == grpc_health_v1.Health_Check_FullMethodName:
			level = slog.LevelDebug
		case code == codes.Internal || code == codes.Unknown || code == codes.Unavailable:
			level = slog.LevelError
		}
		log.Log(ctx, level, "call", "method", info.FullMethod, "code", status.Code(err).String(), "error", err, "duration", time.Since(begun).String())
		return response, err
	}
}
