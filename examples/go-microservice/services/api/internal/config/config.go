// Package config reads the service's settings from the environment.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// Config is everything the service can be told from outside.
type Config struct {
	Port     int
	LogLevel slog.Level

	Database Database

	// DrainDelay is how long the service keeps accepting requests after it was
	// asked to stop, DrainTimeout how long it then waits for the ones in
	// flight. Their sum, plus the time any preStop hook takes, has to stay
	// below the pod's terminationGracePeriodSeconds (30 unless set).
	DrainDelay   time.Duration
	DrainTimeout time.Duration
}

// Database says where the database is. An empty Host means there is none.
type Database struct {
	Host         string
	Port         int
	Required     bool
	PasswordFile string
}

// Address is the host:port form net.Dial wants, also right for IPv6 literals.
func (d Database) Address() string {
	return net.JoinHostPort(d.Host, strconv.Itoa(d.Port))
}

// Load reads the configuration through getenv (os.Getenv outside of tests).
// It reports every problem at once, so that fixing a deployment takes one
// rollout and not one per mistake.
func Load(getenv func(string) string) (Config, error) {
	e := env{get: getenv}
	cfg := Config{
		Port:     e.port("PORT", 8080),
		LogLevel: e.level("LOG_LEVEL", slog.LevelInfo),
		Database: Database{
			Host:         e.host("DATABASE_HOST"),
			Port:         e.port("DATABASE_PORT", 5432),
			Required:     e.boolean("DATABASE_REQUIRED"),
			PasswordFile: e.text("DATABASE_PASSWORD_FILE", "/etc/secrets/db/password"),
		},
		DrainDelay:   e.duration("DRAIN_DELAY", 5*time.Second),
		DrainTimeout: e.duration("DRAIN_TIMEOUT", 20*time.Second),
	}
	if cfg.Database.Required && getenv("DATABASE_HOST") == "" {
		e.fail("DATABASE_REQUIRED is true but DATABASE_HOST is not set")
	}
	return cfg, e.err()
}

// Port reads only PORT. The health check needs nothing else and must not
// report a running server as broken because of an unrelated variable.
func Port(getenv func(string) string) (int, error) {
	e := env{get: getenv}
	port := e.port("PORT", 8080)
	return port, e.err()
}

// Secret is a string that does not end up in a log by accident.
type Secret string

const redacted = "[redacted]"

func (Secret) String() string       { return redacted }
func (Secret) GoString() string     { return redacted }
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// ReadSecret reads a mounted secret. A file that does not exist gives an empty
// secret, because the service can run without one; a file that exists but
// cannot be read is a mistake in the deployment and gives an error.
func ReadSecret(path string) (Secret, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	// Files made with an editor or echo end in a newline that is not part of
	// the secret.
	return Secret(strings.TrimRight(string(data), "\r\n")), nil
}

// env parses variables and collects what is wrong with them. An empty variable
// counts as unset: manifests and compose files often cannot tell them apart.
type env struct {
	get      func(string) string
	problems []string
}

func (e *env) fail(format string, args ...any) {
	e.problems = append(e.problems, fmt.Sprintf(format, args...))
}

func (e *env) err() error {
	if len(e.problems) == 0 {
		return nil
	}
	// One line, because the message goes into a JSON log record.
	return errors.New(strings.Join(e.problems, "; "))
}

func (e *env) text(name, fallback string) string {
	if v := e.get(name); v != "" {
		return v
	}
	return fallback
}

func (e *env) host(name string) string {
	v := e.get(name)
	if strings.ContainsAny(v, "/@ \t\r\n") || (strings.Contains(v, ":") && net.ParseIP(v) == nil) {
		// The value is not repeated: a connection URL put here by mistake may
		// contain a password.
		e.fail("%s must be a plain host name or IP address, without scheme, credentials or port", name)
		return ""
	}
	return v
}

func (e *env) port(name string, fallback int) int {
	v := e.get(name)
	if v == "" {
		return fallback
	}
	// Kubernetes sets <SERVICE>_PORT to an address for each Service of the
	// namespace, so a Service called "database" sets DATABASE_PORT as well.
	if strings.HasPrefix(v, "tcp://") || strings.HasPrefix(v, "udp://") {
		e.fail("%s is %q, which looks like a Kubernetes service link: set %s to a port number or the pod's enableServiceLinks to false", name, v, name)
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 65535 {
		e.fail("%s is %q, want a port number from 1 to 65535", name, v)
		return 0
	}
	return n
}

func (e *env) boolean(name string) bool {
	v := e.get(name)
	if v == "" {
		return false
	}
	b, err := strconv.ParseBool(v)
	if err != nil {
		e.fail("%s is %q, want true or false", name, v)
	}
	return b
}

func (e *env) duration(name string, fallback time.Duration) time.Duration {
	v := e.get(name)
	if v == "" {
		return fallback
	}
	d, err := time.ParseDuration(v)
	if err != nil || d < 0 {
		e.fail("%s is %q, want a duration such as 5s or 500ms", name, v)
		return 0
	}
	return d
}

func (e *env) level(name string, fallback slog.Level) slog.Level {
	v := e.get(name)
	if v == "" {
		return fallback
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(v)); err != nil {
		e.fail("%s is %q, want debug, info, warn or error", name, v)
		return fallback
	}
	return level
}
