// Package settings reads what a service is told from outside.
package settings

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// Env parses variables and collects what is wrong with them, so that fixing a
// deployment takes one rollout and not one per mistake. An empty variable
// counts as unset: compose files often cannot tell them apart.
type Env struct {
	get      func(string) string
	problems []string
}

// New reads through get, which is os.Getenv outside of tests.
func New(get func(string) string) *Env {
	return &Env{get: get}
}

// Err is nil, or says everything that is wrong, on one line for a JSON log.
func (e *Env) Err() error {
	if len(e.problems) == 0 {
		return nil
	}
	return errors.New("invalid configuration: " + strings.Join(e.problems, "; "))
}

// Text is a value as it is.
func (e *Env) Text(name, fallback string) string {
	if value := e.get(name); value != "" {
		return value
	}
	return fallback
}

// Port is the number of a port.
func (e *Env) Port(name string, fallback int) int {
	value := e.get(name)
	if value == "" {
		return fallback
	}
	number, err := strconv.Atoi(value)
	if err != nil || number < 1 || number > 65535 {
		e.fail("%s is %q, want a port number from 1 to 65535", name, value)
		return 0
	}
	return number
}

// Address is host:port of something that is connected to: of <PREFIX>_HOST,
// which has to be there, and <PREFIX>_PORT.
func (e *Env) Address(prefix string, port int) string {
	host := e.get(prefix + "_HOST")
	if host == "" {
		e.fail("%s_HOST is not set", prefix)
	} else if strings.ContainsAny(host, "/@ \t\r\n") {
		// The value is not repeated: a URL put here by mistake may hold a password.
		e.fail("%s_HOST must be a plain host name or address", prefix)
	}
	return net.JoinHostPort(host, strconv.Itoa(e.Port(prefix+"_PORT", port)))
}

// Duration is a time such as 5s.
func (e *Env) Duration(name string, fallback time.Duration) time.Duration {
	value := e.get(name)
	if value == "" {
		return fallback
	}
	duration, err := time.ParseDuration(value)
	if err != nil || duration < 0 {
		e.fail("%s is %q, want a duration such as 5s or 500ms", name, value)
	}
	return duration
}

// Level is how much is logged.
func (e *Env) Level(name string, fallback slog.Level) slog.Level {
	level := fallback
	if value := e.get(name); value != "" {
		if err := level.UnmarshalText([]byte(value)); err != nil {
			e.fail("%s is %q, want debug, info, warn or error", name, value)
		}
	}
	return level
}

// SecretFile reads the file that the variable names, each time it is asked:
// so a password can be changed while the service runs. The secret is empty when
// the variable is not set.
func (e *Env) SecretFile(name string) SecretFile {
	return SecretFile(e.get(name))
}

func (e *Env) fail(format string, args ...any) {
	e.problems = append(e.problems, fmt.Sprintf(format, args...))
}

// SecretFile is the path of a secret, or nothing.
type SecretFile string

// Read returns what the file holds now.
func (f SecretFile) Read() (Secret, error) {
	if f == "" {
		return "", nil
	}
	data, err := os.ReadFile(string(f))
	// Files made with an editor or echo end in a newline that is not part of it.
	return Secret(strings.TrimRight(string(data), "\r\n")), err
}

// Secret does not end up in a log by accident.
type Secret string

const redacted = "[redacted]"

func (Secret) String() string       { return redacted }
func (Secret) GoString() string     { return redacted }
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
