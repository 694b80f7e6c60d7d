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
