// Command orders takes orders and keeps them.
package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"

	"google.golang.org/grpc"

	"example.com/shop/internal/bus"
	"example.com/shop/internal/orders"
	"example.com/shop/internal/process"
	"example.com/shop/internal/rpc"
	"example.com/shop/internal/settings"
	shopv1 "example.com/shop/shop/v1"
)

func main() {
	process.Program{Name: "orders", Version: version, Serve: serve, Probe: rpc.Probe}.Main()
}

func serve(ctx context.Context, env *settings.Env, log *slog.Logger) error {
	server := rpc.FromEnv(env)
	remindEvery := env.Duration("REMIND_EVERY", orders.RemindEvery)
	catalogAddress := env.Address("CATALOG", rpc.DefaultPort)
	events := bus.Connect(env)
	defer events.Close()
	store, err := orders.Connect(env)
	if err := errors.Join(env.Err(), err); err != nil {
		return err
	}
	defer store.Close()
	catalog, err := rpc.Dial(catalogAddress)
	if err != nil {
		return err
	}
	defer catalog.Close()

	service := orders.New(store, events, shopv1.NewCatalogServiceClient(catalog), log)
	var reminding sync.WaitGroup
	reminding.Go(func() { service.Remind(ctx, remindEvery) })
	defer reminding.Wait()
	var prepared atomic.Bool
	server.Ready = func(ctx context.Context) error {
		if prepared.Load() {
			return store.Ready(ctx)
		}
		err := store.Prepare(ctx)
		prepared.Store(err == nil)
		return err
	}
	return server.Run(ctx, log, func(registrar grpc.ServiceRegistrar) {
		shopv1.RegisterOrderServiceServer(registrar, service)
	})
}
