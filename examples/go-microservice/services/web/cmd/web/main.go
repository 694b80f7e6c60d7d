// Command web is the web service.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"example.com/go-microservice/web/internal/config"
	"example.com/go-microservice/web/internal/server"
)

// version is set at build time: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	// After the first signal the default behaviour is back, so that a second
	// one ends a drain nobody wants to wait for.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is main without the process: it takes what it needs and returns the exit
// status, so that tests can call it.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("web", flag.ContinueOnError)
	flags.SetOutput(stderr)
	showVersion := flags.Bool("version", false, "print the version and exit")
	healthcheck := flags.Bool("healthcheck", false, "probe the server on this machine's PORT; exit 0 if it is alive, 1 if not")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "unexpected argument %q\n", flags.Arg(0))
		return 2
	}

	switch {
	case *showVersion:
		fmt.Fprintln(stdout, version)
		return 0
	case *healthcheck:
		if err := probe(ctx, getenv); err != nil {
			fmt.Fprintln(stderr, "unhealthy:", err)
			return 1
		}
		return 0
	}

	// The level is part of the configuration, and errors in that are logged too.
	level := new(slog.LevelVar)
	log := slog.New(slog.NewJSONHandler(stdout, &slog.HandlerOptions{Level: level}))
	if err := serve(ctx, getenv, log, level); err != nil {
		log.Error("stopped", "error", err)
		return 1
	}
	return 0
}

func probe(ctx context.Context, getenv func(string) string) error {
	port, err := config.Port(getenv)
	if err != nil {
		return err
	}
	return server.Healthcheck(ctx, port)
}

func serve(ctx context.Context, getenv func(string) string, log *slog.Logger, level *slog.LevelVar) error {
	cfg, err := config.Load(getenv)
	if err != nil {
		return fmt.Errorf("invalid configuration: %w", err)
	}
	level.Set(cfg.LogLevel)

	srv, err := server.New(cfg, version, log)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", ":"+strconv.Itoa(cfg.Port))
	if err != nil {
		return err
	}
	return srv.Run(ctx, ln)
}
