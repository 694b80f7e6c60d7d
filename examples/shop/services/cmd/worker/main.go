// Command worker fulfils what was ordered.
package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"sync"

	"example.com/shop/internal/bus"
	"example.com/shop/internal/catalog"
	"example.com/shop/internal/fulfilment"
	"example.com/shop/internal/process"
	"example.com/shop/internal/rpc"
	"example.com/shop/internal/settings"
	"example.com/shop/internal/web"
	shopv1 "example.com/shop/shop/v1"
)

// Only probes come in here.
const port = 8081

func main() {
	process.Program{Name: "worker", Version: version, Serve: serve, Probe: web.Probe(port)}.Main()
}

func serve(ctx context.Context, env *settings.Env, log *slog.Logger) error {
	server := web.FromEnv(env, port)
	ordersAddress := env.Address("ORDERS", rpc.DefaultPort)
	figures := bus.Client(env, "CACHE")
	defer figures.Close()
	events := bus.Connect(env)
	defer events.Close()
	if err := env.Err(); err != nil {
		return err
	}
	orders, err := rpc.Dial(ordersAddress)
	if err != nil {
		return err
	}
	defer orders.Close()
	// Its own name, which no other pod has.
	consumer, err := os.Hostname()
	if err != nil {
		return err
	}

	count := func(ctx context.Context, sku string, quantity int32) error {
		return catalog.AddSold(ctx, figures, sku, quantity)
	}
	var consuming sync.WaitGroup
	consuming.Go(func() {
		events.Consume(ctx, consumer, log, fulfilment.Handler(shopv1.NewOrderServiceClient(orders), count, log))
	})
	defer consuming.Wait()
	server.Ready = events.Ready
	return server.Run(ctx, log, http.NotFoundHandler())
}
