// Command web is what the customers see: the catalog, and the way to an order.
package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"acme.example/shop/internal/httpserver"
)

func main() {
	mux := http.NewServeMux()
	for pattern, variable := range map[string]string{"GET /items": "CATALOG_URL", "POST /orders/{item}": "ORDERS_URL"} {
		target, err := url.Parse(os.Getenv(variable))
		if err != nil || target.Host == "" {
			log.Fatalf("%s is no URL: %q", variable, os.Getenv(variable))
		}
		mux.Handle(pattern, httputil.NewSingleHostReverseProxy(target))
	}
	httpserver.Main(mux)
}
