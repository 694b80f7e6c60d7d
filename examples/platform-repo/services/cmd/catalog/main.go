// Command catalog says what the shop sells.
package main

import (
	"encoding/json"
	"net/http"

	"acme.example/shop/internal/httpserver"
)

// version is set at build time: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	httpserver.Main(version, routes)
}

func routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		// The status is sent; who asked may be gone.
		_ = json.NewEncoder(w).Encode([]string{"anvil", "rocket"})
	})
	return mux, nil
}
