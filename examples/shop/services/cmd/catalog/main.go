// Command catalog says what can be bought.
package main

import (
	"context"
	"log/slog"

	"google.golang.org/grpc"

	"example.com/shop/internal/bus"
	"example.com/shop/internal/catalog"
	"example.com/shop/internal/process"
	"example.com/shop/internal/rpc"
	"example.com/shop/internal/settings"
	shopv1 "example.com/shop/shop/v1"
)

func main() {
	process.Program{Name: "catalog", Version: version, Serve: serve, Probe: rpc.Probe}.Main()
}

func serve(ctx context.Context, env *settings.Env, log *slog.Logger) error {
	server := rpc.FromEnv(env)
	client := bus.Client(env, "CACHE")
	defer client.Close()
	if err := env.Err(); err != nil {
		return err
	}
	return server.Run(ctx, log, func(registrar grpc.ServiceRegistrar) {
		shopv1.RegisterCatalogServiceServer(registrar, catalog.New(client, log))
	})
}
