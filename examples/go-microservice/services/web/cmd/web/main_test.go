package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

func environment(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestFlags(t *testing.T) {
	tests := []struct {
		args           []string
		code           int
		stdout, stderr string
	}{
		{[]string{"-version"}, 0, "dev\n", ""},
		{[]string{"-h"}, 0, "", "-healthcheck"},
		{[]string{"-absent"}, 2, "", "not defined: -absent"},
		{[]string{"surplus"}, 2, "", `unexpected argument "surplus"`},
	}
	for _, tt := range tests {
		t.Run(tt.args[0], func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(context.Background(), tt.args, environment(nil), &stdout, &stderr); code != tt.code {
				t.Errorf("exit status %d, want %d", code, tt.code)
			}
			if stdout.String() != tt.stdout {
				t.Errorf("stdout %q, want %q", stdout.String(), tt.stdout)
			}
			if !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("stderr %q does not contain %q", stderr.String(), tt.stderr)
			}
		})
	}
}

func TestInvalidConfiguration(t *testing.T) {
	var stdout bytes.Buffer
	code := run(context.Background(), nil, environment(map[string]string{"API_URL": "nowhere"}), &stdout, io.Discard)
	if code != 1 {
		t.Errorf("exit status %d", code)
	}
	if !strings.Contains(stdout.String(), "invalid configuration: API_URL must be") {
		t.Errorf("log: %s", stdout.String())
	}
}

// TestServe goes through the life of the process: start, be probed with
// -healthcheck, drain, exit.
func TestServe(t *testing.T) {
	env := environment(map[string]string{
		"PORT":        freePort(t),
		"DRAIN_DELAY": "1ms",
	})
	healthcheck := func() int {
		return run(context.Background(), []string{"-healthcheck"}, env, io.Discard, io.Discard)
	}
	if code := healthcheck(); code != 1 {
		t.Errorf("healthcheck before the start: exit status %d", code)
	}

	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var stdout bytes.Buffer
	exited := make(chan int, 1)
	go func() { exited <- run(ctx, nil, env, &stdout, io.Discard) }()

	for deadline := time.Now().Add(10 * time.Second); healthcheck() != 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the server did not become healthy")
		}
	}
	stop()
	if code := <-exited; code != 0 {
		t.Errorf("exit status %d, log: %s", code, stdout.String())
	}
	for _, want := range []string{`"msg":"listening"`, `"msg":"draining"`, `"msg":"drained"`} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("log does not contain %s: %s", want, stdout.String())
		}
	}
}

func TestHealthcheckNeedsValidPort(t *testing.T) {
	var stderr bytes.Buffer
	code := run(context.Background(), []string{"-healthcheck"}, environment(map[string]string{"PORT": "x"}), io.Discard, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "PORT is") {
		t.Errorf("exit status %d, stderr: %s", code, stderr.String())
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return strconv.Itoa(ln.Addr().(*net.TCPAddr).Port)
}
