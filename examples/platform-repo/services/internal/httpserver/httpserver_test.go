package httpserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func get(t *testing.T, handler http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder
}

func TestTheProgramFindsOutWhetherItIsAlive(t *testing.T) {
	var requests atomic.Int64
	server := httptest.NewServer(Handler(http.NotFoundHandler(), &requests))
	t.Setenv("PORT", server.URL[strings.LastIndex(server.URL, ":")+1:])
	if err := probe(); err != nil {
		t.Errorf("a server that is alive is said to be dead: %v", err)
	}
	server.Close()
	if err := probe(); err == nil {
		t.Error("a server that is gone is said to be alive")
	}
}

func TestCallersAreCountedAndProbesAreNot(t *testing.T) {
	var requests atomic.Int64
	handler := Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }), &requests)
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusOK, "/orders": http.StatusTeapot} {
		if got := get(t, handler, path).Code; got != want {
			t.Errorf("%s answers %d, not %d", path, got, want)
		}
	}
	if body := get(t, Metrics(&requests), "/metrics").Body.String(); !strings.Contains(body, "\nshop_requests_total 1\n") {
		t.Errorf("metrics are %q", body)
	}
}
