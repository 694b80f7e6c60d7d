package config

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func environment(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestLoadDefaults(t *testing.T) {
	got, err := Load(environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Port:         8080,
		LogLevel:     slog.LevelInfo,
		Database:     Database{Port: 5432, PasswordFile: "/etc/secrets/db/password"},
		DrainDelay:   5 * time.Second,
		DrainTimeout: 20 * time.Second,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLoadReadsEverything(t *testing.T) {
	got, err := Load(environment(map[string]string{
		"PORT":                   "9000",
		"LOG_LEVEL":              "debug",
		"DATABASE_HOST":          "db.internal",
		"DATABASE_PORT":          "3306",
		"DATABASE_REQUIRED":      "true",
		"DATABASE_PASSWORD_FILE": "/run/secrets/password",
		"DRAIN_DELAY":            "0s",
		"DRAIN_TIMEOUT":          "1m",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Port:     9000,
		LogLevel: slog.LevelDebug,
		Database: Database{
			Host: "db.internal", Port: 3306, Required: true, PasswordFile: "/run/secrets/password",
		},
		DrainTimeout: time.Minute,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"PORT", "http", `PORT is "http", want a port number from 1 to 65535`},
		{"PORT", "0", "1 to 65535"},
		{"DATABASE_PORT", "65536", `DATABASE_PORT is "65536"`},
		{"DATABASE_PORT", "-1", "1 to 65535"},
		{"DATABASE_PORT", "5432 ", "1 to 65535"},
		{"DATABASE_PORT", "tcp://10.0.0.7:5432", "enableServiceLinks"},
		{"DATABASE_HOST", "db:5432", "DATABASE_HOST must be a plain host name"},
		{"DATABASE_HOST", "postgres://db", "DATABASE_HOST must be a plain host name"},
		{"DATABASE_REQUIRED", "perhaps", "want true or false"},
		{"DATABASE_REQUIRED", "true", "DATABASE_HOST is not set"},
		{"LOG_LEVEL", "loud", "want debug, info, warn or error"},
		{"DRAIN_DELAY", "5", "want a duration such as 5s"},
		{"DRAIN_TIMEOUT", "-5s", "want a duration such as 5s"},
	}
	for _, tt := range tests {
		t.Run(tt.name+"="+tt.value, func(t *testing.T) {
			_, err := Load(environment(map[string]string{tt.name: tt.value}))
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q does not contain %q", err, tt.want)
			}
		})
	}
}

func TestLoadReportsAllProblems(t *testing.T) {
	_, err := Load(environment(map[string]string{"PORT": "x", "DATABASE_PORT": "y", "LOG_LEVEL": "z"}))
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"PORT", "DATABASE_PORT", "LOG_LEVEL"} {
		if !strings.Contains(err.Error(), name+" is") {
			t.Errorf("error %q does not name %s", err, name)
		}
	}
}

func TestLoadDoesNotRepeatCredentials(t *testing.T) {
	_, err := Load(environment(map[string]string{"DATABASE_HOST": "postgres://app:hunter2@db"}))
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got error %v", err)
	}
}

func TestPortIgnoresOtherVariables(t *testing.T) {
	port, err := Port(environment(map[string]string{"PORT": "9000", "DATABASE_PORT": "x"}))
	if err != nil || port != 9000 {
		t.Errorf("got %d, %v", port, err)
	}
}

func TestDatabaseAddress(t *testing.T) {
	cfg, err := Load(environment(map[string]string{"DATABASE_HOST": "fd00::1"}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := cfg.Database.Address(), "[fd00::1]:5432"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestReadSecret(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "password")
	if err := os.WriteFile(path, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	secret, err := ReadSecret(path)
	if err != nil || string(secret) != "hunter2" {
		t.Errorf("got %q, %v", string(secret), err)
	}
	if secret, err := ReadSecret(filepath.Join(dir, "absent")); err != nil || secret != "" {
		t.Errorf("absent file: got %q, %v", string(secret), err)
	}
	if _, err := ReadSecret(dir); err == nil {
		t.Error("directory: no error")
	}

	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("secret", "password", secret)
	fmt.Fprintf(&log, "%v %s %+v %#v", secret, secret, secret, secret)
	if strings.Contains(log.String(), "hunter2") {
		t.Errorf("secret was printed: %s", log.String())
	}
}
