// Package fulfilment is what the worker does with an order.
package fulfilment

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"example.com/shop/internal/bus"
	shopv1 "example.com/shop/shop/v1"
)

const timeout = 10 * time.Second

// Orders marks orders.
type Orders interface {
	FulfilOrder(ctx context.Context, request *shopv1.FulfilOrderRequest, options ...grpc.CallOption) (*shopv1.FulfilOrderResponse, error)
}

// Handler returns what handles an event. The bus may hand over the same one
// twice; count hears of each order once, or not at all when the worker ends
// between the two steps.
func Handler(orders Orders, count func(ctx context.Context, sku string, quantity int32) error, log *slog.Logger) func(context.Context, bus.Placed) error {
	return func(ctx context.Context, event bus.Placed) error {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		response, err := orders.FulfilOrder(ctx, &shopv1.FulfilOrderRequest{Id: event.OrderID})
		if status.Code(err) == codes.NotFound {
			log.Warn("no such order", "order", event.OrderID)
			return nil
		}
		if err != nil {
			return fmt.Errorf("fulfil: %w", err)
		}
		if !response.First {
			return nil
		}
		log.Info("fulfilled", "order", event.OrderID)
		if err := count(ctx, event.SKU, event.Quantity); err != nil {
			log.Error("not counted", "order", event.OrderID, "error", err)
		}
		return nil
	}
}
