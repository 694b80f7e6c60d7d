package process

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"example.com/shop/internal/settings"
)

func run(p Program, vars map[string]string, args ...string) (int, string, string) {
	var stdout, stderr bytes.Buffer
	code := p.Run(context.Background(), args, func(name string) string { return vars[name] }, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestFlags(t *testing.T) {
	p := Program{Name: "orders", Version: "1.2.3"}
	tests := []struct {
		arg            string
		code           int
		stdout, stderr string
	}{
		{"-version", 0, "1.2.3\n", ""},
		{"-h", 0, "", "-healthcheck"},
		{"-absent", 2, "", "not defined: -absent"},
		{"surplus", 2, "", `unexpected argument "surplus"`},
	}
	for _, tt := range tests {
		t.Run(tt.arg, func(t *testing.T) {
			code, stdout, stderr := run(p, nil, tt.arg)
			if code != tt.code || stdout != tt.stdout || !strings.Contains(stderr, tt.stderr) {
				t.Errorf("exit status %d, stdout %q, stderr %q", code, stdout, stderr)
			}
		})
	}
}

func TestHealthcheck(t *testing.T) {
	for _, want := range []error{nil, errors.New("no answer")} {
		p := Program{Probe: func(context.Context, *settings.Env) error { return want }}
		code, _, stderr := run(p, nil, "-healthcheck")
		if (code == 0) != (want == nil) {
			t.Errorf("exit status %d for %v", code, want)
		}
		if want != nil && stderr != "unhealthy: no answer\n" {
			t.Errorf("stderr %q", stderr)
		}
	}
}

func TestServe(t *testing.T) {
	p := Program{Name: "orders", Version: "1.2.3", Serve: func(_ context.Context, env *settings.Env, log *slog.Logger) error {
		log.Debug("not shown")
		log.Info("shown")
		env.Port("PORT", 1)
		return env.Err()
	}}
	code, stdout, _ := run(p, map[string]string{"PORT": "x"})
	if code != 1 {
		t.Errorf("exit status %d", code)
	}
	for _, want := range []string{`"msg":"shown","service":"orders","version":"1.2.3"`, `"msg":"stopped"`, `PORT is \"x\"`} {
		if !strings.Contains(stdout, want) {
			t.Errorf("log does not contain %s: %s", want, stdout)
		}
	}
	if strings.Contains(stdout, "not shown") {
		t.Error("the level is not followed")
	}
}
