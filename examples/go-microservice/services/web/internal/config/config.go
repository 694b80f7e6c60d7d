// Package config reads the service's settings from the environment.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Config is everything the service can be told from outside.
type Config struct {
	Port     int
	LogLevel slog.Level

	// APIURL is where the page says the api service is: an absolute URL, or a
	// path when an ingress puts both services on one host.
	APIURL string

	// DrainDelay is how long the service keeps accepting requests after it was
	// asked to stop, DrainTimeout how long it then waits for the ones in
	// flight. Their sum, plus the time any preStop hook takes, has to stay
	// below the pod's terminationGracePeriodSeconds (30 unless set).
	DrainDelay   time.Duration
	DrainTimeout time.Duration
}

// Load reads the configuration through getenv (os.Getenv outside of tests).
// It reports every problem at once, so that fixing a deployment takes one
// rollout and not one per mistake.
func Load(getenv func(string) string) (Config, error) {
	e := env{get: getenv}
	cfg := Config{
		Port:         e.port("PORT", 8080),
		LogLevel:     e.level("LOG_LEVEL", slog.LevelInfo),
		APIURL:       e.link("API_URL", "/api"),
		DrainDelay:   e.duration("DRAIN_DELAY", 5*time.Second),
		DrainTimeout: e.duration("DRAIN_TIMEOUT", 20*time.Second),
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

func (e *env) port(name string, fallback int) int {
	v := e.get(name)
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 65535 {
		e.fail("%s is %q, want a port number from 1 to 65535", name, v)
		return 0
	}
	return n
}

// link accepts what may stand in a link on a public page. The value is never
// repeated in the error, since a URL can contain credentials.
func (e *env) link(name, fallback string) string {
	v := e.get(name)
	if v == "" {
		return fallback
	}
	u, err := url.Parse(v)
	switch {
	case err != nil:
	case u.User != nil:
		e.fail("%s contains credentials, but it is shown to everyone", name)
		return ""
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return v
	case u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/"):
		return v
	}
	e.fail("%s must be an http or https URL or a path that starts with /", name)
	return ""
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
