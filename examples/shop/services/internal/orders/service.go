// Package orders takes orders, keeps them, and tells the bus of them.
package orders

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"example.com/shop/internal/bus"
	shopv1 "example.com/shop/shop/v1"
)

const maxQuantity = 100

// RemindEvery is how long the bus has for an order before it hears of it again.
const RemindEvery = 30 * time.Second

// Keeper keeps orders; it is a *Store outside of tests.
type Keeper interface {
	Add(ctx context.Context, sku string, quantity int32, totalCents int64) (*shopv1.Order, error)
	Get(ctx context.Context, id int64) (*shopv1.Order, error)
	Fulfil(ctx context.Context, id int64) (*shopv1.Order, bool, error)
	Waiting(ctx context.Context, since time.Duration) ([]*shopv1.Order, error)
}

// Publisher tells others of an order; it is a *bus.Bus outside of tests.
type Publisher interface {
	Publish(ctx context.Context, event bus.Placed) error
}

// Catalog knows the products.
type Catalog interface {
	GetProduct(ctx context.Context, request *shopv1.GetProductRequest, options ...grpc.CallOption) (*shopv1.GetProductResponse, error)
}

// Service is shop.v1.OrderService.
type Service struct {
	shopv1.UnimplementedOrderServiceServer
	keeper    Keeper
	publisher Publisher
	catalog   Catalog
	log       *slog.Logger
}

// New makes the service.
func New(keeper Keeper, publisher Publisher, catalog Catalog, log *slog.Logger) *Service {
	return &Service{keeper: keeper, publisher: publisher, catalog: catalog, log: log}
}

// PlaceOrder keeps an order. It counts once it is kept; whether the bus hears of
// it now or from Remind is no matter of the customer.
func (s *Service) PlaceOrder(ctx context.Context, request *shopv1.PlaceOrderRequest) (*shopv1.PlaceOrderResponse, error) {
	if request.Quantity < 1 || request.Quantity > maxQuantity {
		return nil, status.Errorf(codes.InvalidArgument, "quantity is %d, want 1 to %d", request.Quantity, maxQuantity)
	}
	found, err := s.catalog.GetProduct(ctx, &shopv1.GetProductRequest{Sku: request.Sku})
	if err != nil {
		return nil, err
	}
	order, err := s.keeper.Add(ctx, request.Sku, request.Quantity, found.Product.PriceCents*int64(request.Quantity))
	if err != nil {
		return nil, s.failure("keep the order", err)
	}
	if err := s.publisher.Publish(ctx, placed(order)); err != nil {
		s.log.Error("order not published, it waits for the next reminder", "order", order.Id, "error", err)
	}
	return &shopv1.PlaceOrderResponse{Order: order}, nil
}

// GetOrder finds an order.
func (s *Service) GetOrder(ctx context.Context, request *shopv1.GetOrderRequest) (*shopv1.GetOrderResponse, error) {
	order, err := s.keeper.Get(ctx, request.Id)
	if err != nil {
		return nil, s.failure("find the order", err)
	}
	return &shopv1.GetOrderResponse{Order: order}, nil
}

// FulfilOrder marks an order.
func (s *Service) FulfilOrder(ctx context.Context, request *shopv1.FulfilOrderRequest) (*shopv1.FulfilOrderResponse, error) {
	order, first, err := s.keeper.Fulfil(ctx, request.Id)
	if err != nil {
		return nil, s.failure("fulfil the order", err)
	}
	return &shopv1.FulfilOrderResponse{Order: order, First: first}, nil
}

// Remind publishes again what nobody has fulfilled for so long, until ctx ends.
func (s *Service) Remind(ctx context.Context, every time.Duration) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		waiting, err := s.keeper.Waiting(ctx, every)
		for _, order := range waiting {
			err = errors.Join(err, s.publisher.Publish(ctx, placed(order)))
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("reminder", "orders", len(waiting), "error", err)
		}
	}
}

func placed(order *shopv1.Order) bus.Placed {
	return bus.Placed{OrderID: order.Id, SKU: order.Sku, Quantity: order.Quantity}
}

// failure is what a caller is told: not how the database is built.
func (s *Service) failure(what string, err error) error {
	if errors.Is(err, errNotFound) {
		return status.Error(codes.NotFound, err.Error())
	}
	s.log.Error("cannot "+what, "error", err)
	return status.Error(codes.Unavailable, "cannot "+what)
}
