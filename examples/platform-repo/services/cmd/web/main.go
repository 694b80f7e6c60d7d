// Command web is what the customers see: the catalog, and the way to an order.
package main

import (
	"fmt"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	"acme.example/shop/internal/httpserver"
)

// version is set at build time: -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	httpserver.Main(version, routes)
}

func routes() (http.Handler, error) {
	mux := http.NewServeMux()
	for pattern, variable := range map[string]string{"GET /items": "CATALOG_URL", "POST /orders/{item}": "ORDERS_URL"} {
		target, err := url.Parse(os.Getenv(variable))
		if err != nil || target.Host == "" {
			return nil, fmt.Errorf("%s is no URL: %q", variable, os.Getenv(variable))
		}
		mux.Handle(pattern, httputil.NewSingleHostReverseProxy(target))
	}
	return mux, nil
}
