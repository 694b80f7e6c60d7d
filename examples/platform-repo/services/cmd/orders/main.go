// Command orders takes an order for what the catalog has.
package main

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"time"

	"acme.example/shop/internal/httpserver"
)

var client = &http.Client{Timeout: 2 * time.Second}

// version is set at build time: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	httpserver.Main(version, routes)
}

func routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders/{item}", func(w http.ResponseWriter, r *http.Request) {
		items, err := items(r)
		switch {
		case err != nil:
			http.Error(w, "the catalog does not answer", http.StatusBadGateway)
		case !slices.Contains(items, r.PathValue("item")):
			http.Error(w, "we do not sell this", http.StatusNotFound)
		default:
			w.WriteHeader(http.StatusAccepted)
		}
	})
	return mux, nil
}

func items(r *http.Request) ([]string, error) {
	request, err := http.NewRequestWithContext(r.Context(), http.MethodGet, os.Getenv("CATALOG_URL")+"/items", nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var items []string
	return items, json.NewDecoder(response.Body).Decode(&items)
}
