// Package process is what the programs of the shop have in common: flags, a
// JSON log, and an end that SIGTERM asks for.
package process

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"example.com/shop/internal/settings"
)

// Program is one of the programs.
type Program struct {
	Name, Version string
	// Serve runs until ctx ends. It reads everything from env before it does
	// anything else, and returns env.Err() if that is not nil.
	Serve func(ctx context.Context, env *settings.Env, log *slog.Logger) error
	// Probe asks the program that runs beside it whether it is alive.
	Probe func(ctx context.Context, env *settings.Env) error
}

// Main runs the program as a process.
func (p Program) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	// After the first signal the default behaviour is back, so that a second
	// one ends a drain nobody wants to wait for.
	context.AfterFunc(ctx, stop)
	os.Exit(p.Run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// Run is Main without the process; it returns the exit status.
func (p Program) Run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet(p.Name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	showVersion := flags.Bool("version", false, "print the version and exit")
	healthcheck := flags.Bool("healthcheck", false, "ask the program that runs on this machine; exit 0 if it is alive, 1 if not")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "unexpected argument %q\n", flags.Arg(0))
		return 2
	}

	env := settings.New(getenv)
	switch {
	case *showVersion:
		fmt.Fprintln(stdout, p.Version)
		return 0
	case *healthcheck:
		if err := p.Probe(ctx, env); err != nil {
			fmt.Fprintln(stderr, "unhealthy:", err)
			return 1
		}
		return 0
	}

	log := slog.New(slog.NewJSONHandler(stdout, &slog.HandlerOptions{Level: env.Level("LOG_LEVEL", slog.LevelInfo)}))
	log = log.With("service", p.Name, "version", p.Version)
	if err := p.Serve(ctx, env, log); err != nil {
		log.Error("stopped", "error", err)
		return 1
	}
	return 0
}
