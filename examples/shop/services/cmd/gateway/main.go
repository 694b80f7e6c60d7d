// Command gateway is the API that the world sees.
package main

import (
	"context"
	"log/slog"

	"example.com/shop/internal/gateway"
	"example.com/shop/internal/process"
	"example.com/shop/internal/rpc"
	"example.com/shop/internal/settings"
	"example.com/shop/internal/web"
	shopv1 "example.com/shop/shop/v1"
)

const port = 8080

func main() {
	process.Program{Name: "gateway", Version: version, Serve: serve, Probe: web.Probe(port)}.Main()
}

// Ready means that it answers: were it out of service whenever something behind
// it is, clients would get no answer in place of one that says so.
func serve(ctx context.Context, env *settings.Env, log *slog.Logger) error {
	server := web.FromEnv(env, port)
	catalogAddress, ordersAddress := env.Address("CATALOG", rpc.DefaultPort), env.Address("ORDERS", rpc.DefaultPort)
	if err := env.Err(); err != nil {
		return err
	}
	catalog, err := rpc.Dial(catalogAddress)
	if err != nil {
		return err
	}
	defer catalog.Close()
	orders, err := rpc.Dial(ordersAddress)
	if err != nil {
		return err
	}
	defer orders.Close()
	return server.Run(ctx, log, gateway.New(shopv1.NewCatalogServiceClient(catalog), shopv1.NewOrderServiceClient(orders), log))
}
