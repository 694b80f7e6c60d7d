package config

import (
	"log/slog"
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
		APIURL:       "/api",
		DrainDelay:   5 * time.Second,
		DrainTimeout: 20 * time.Second,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLoadReadsEverything(t *testing.T) {
	got, err := Load(environment(map[string]string{
		"PORT":          "9000",
		"LOG_LEVEL":     "warn",
		"API_URL":       "http://api:8080/api",
		"DRAIN_DELAY":   "0s",
		"DRAIN_TIMEOUT": "1m",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{Port: 9000, LogLevel: slog.LevelWarn, APIURL: "http://api:8080/api", DrainTimeout: time.Minute}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLoadErrors(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"PORT", "http", `PORT is "http", want a port number from 1 to 65535`},
		{"PORT", "65536", "1 to 65535"},
		{"LOG_LEVEL", "loud", "want debug, info, warn or error"},
		{"API_URL", "api:8080", "API_URL must be"},
		{"API_URL", "api", "API_URL must be"},
		{"API_URL", "//elsewhere/api", "API_URL must be"},
		{"API_URL", "javascript:alert(1)", "API_URL must be"},
		{"API_URL", "https://app:hunter2@api", "API_URL contains credentials"},
		{"API_URL", "https://app:hunter2@api/%zz", "API_URL must be"},
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
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("error %q repeats a password", err)
			}
		})
	}
}

func TestPortIgnoresOtherVariables(t *testing.T) {
	port, err := Port(environment(map[string]string{"PORT": "9000", "LOG_LEVEL": "x"}))
	if err != nil || port != 9000 {
		t.Errorf("got %d, %v", port, err)
	}
}
