// Command catalog says what the shop sells.
package main

import (
	"encoding/json"
	"net/http"

	"acme.example/shop/internal/httpserver"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		// The status is sent; who asked may be gone.
		_ = json.NewEncoder(w).Encode([]string{"anvil", "rocket"})
	})
	httpserver.Main(mux)
}
