package settings

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func of(vars map[string]string) *Env {
	return New(func(name string) string { return vars[name] })
}

func TestDefaults(t *testing.T) {
	e := of(map[string]string{"DB_HOST": "db"})
	if got := e.Port("PORT", 8080); got != 8080 {
		t.Errorf("port %d", got)
	}
	if got := e.Address("DB", 5432); got != "db:5432" {
		t.Errorf("address %s", got)
	}
	if got := e.Duration("DRAIN_TIMEOUT", time.Second); got != time.Second {
		t.Errorf("duration %s", got)
	}
	if got := e.Level("LOG_LEVEL", slog.LevelInfo); got != slog.LevelInfo {
		t.Errorf("level %s", got)
	}
	if got, err := e.SecretFile("PASSWORD_FILE").Read(); got != "" || err != nil {
		t.Errorf("secret %q, %v", string(got), err)
	}
	if err := e.Err(); err != nil {
		t.Error(err)
	}
}

func TestEveryProblemAtOnce(t *testing.T) {
	e := of(map[string]string{
		"PORT": "70000", "DB_HOST": "postgres://user:hunter2@db", "DRAIN_TIMEOUT": "soon", "LOG_LEVEL": "loud",
	})
	e.Port("PORT", 8080)
	e.Address("DB", 5432)
	e.Address("BUS", 6379)
	e.Duration("DRAIN_TIMEOUT", 0)
	e.Level("LOG_LEVEL", slog.LevelInfo)
	err := e.Err()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`PORT is "70000"`, "DB_HOST must be a plain host", "BUS_HOST is not set", `DRAIN_TIMEOUT is "soon"`, `LOG_LEVEL is "loud"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Error("the message holds the password")
	}
}

func TestSecret(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	found := of(map[string]string{"PASSWORD_FILE": file}).SecretFile("PASSWORD_FILE")
	secret, err := found.Read()
	if string(secret) != "hunter2" || err != nil {
		t.Errorf("secret %q, %v", string(secret), err)
	}
	if shown := fmt.Sprintf("%v %+v %#v %s", secret, secret, secret, secret.LogValue()); strings.Contains(shown, "hunter2") {
		t.Errorf("shown: %s", shown)
	}
	// It is read anew each time.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := found.Read(); err == nil {
		t.Error("no error without the file")
	}
}
