package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestHealthcheck(t *testing.T) {
	status := http.StatusOK
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer backend.Close()
	port := portOf(t, backend.Listener)

	if err := Healthcheck(context.Background(), port); err != nil {
		t.Errorf("healthy: %v", err)
	}
	status = http.StatusInternalServerError
	if err := Healthcheck(context.Background(), port); err == nil {
		t.Error("unhealthy: no error")
	}
	backend.Close()
	if err := Healthcheck(context.Background(), port); err == nil {
		t.Error("nothing listening: no error")
	}
}
