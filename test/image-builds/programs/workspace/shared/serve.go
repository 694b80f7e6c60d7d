// Package shared is a server that answers probes, says its version and ends on SIGTERM.
package shared

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

// Main runs the server, or what the first argument asks for.
func Main(version string, answer func() string) {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	if len(os.Args) > 1 && os.Args[1] == "-version" {
		fmt.Println(version)
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "-healthcheck" {
		if response, err := http.Get("http://127.0.0.1:" + port + "/healthz"); err != nil || response.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, answer()) })
	server := &http.Server{Addr: ":" + port, Handler: handler}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		panic(err)
	}
}
