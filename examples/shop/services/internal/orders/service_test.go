package orders

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"example.com/shop/internal/bus"
	shopv1 "example.com/shop/shop/v1"
)

// memory keeps orders as Store does, and forgets them.
type memory struct {
	mutex  sync.Mutex
	orders []*shopv1.Order
	fault  error
}

func (m *memory) Add(_ context.Context, sku string, quantity int32, totalCents int64) (*shopv1.Order, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.fault != nil {
		return nil, m.fault
	}
	order := &shopv1.Order{Id: int64(len(m.orders) + 1), Sku: sku, Quantity: quantity, TotalCents: totalCents, Status: shopv1.OrderStatus_ORDER_STATUS_PLACED}
	m.orders = append(m.orders, order)
	return order, nil
}

func (m *memory) Get(_ context.Context, id int64) (*shopv1.Order, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if id < 1 || id > int64(len(m.orders)) {
		return nil, errNotFound
	}
	return m.orders[id-1], nil
}

func (m *memory) Fulfil(ctx context.Context, id int64) (*shopv1.Order, bool, error) {
	order, err := m.Get(ctx, id)
	if err != nil || order.Status == shopv1.OrderStatus_ORDER_STATUS_FULFILLED {
		return order, false, err
	}
	order.Status = shopv1.OrderStatus_ORDER_STATUS_FULFILLED
	return order, true, nil
}

func (m *memory) Waiting(context.Context, time.Duration) ([]*shopv1.Order, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var waiting []*shopv1.Order
	for _, order := range m.orders {
		if order.Status == shopv1.OrderStatus_ORDER_STATUS_PLACED {
			waiting = append(waiting, order)
		}
	}
	return waiting, nil
}

// events remembers what was published.
type events struct {
	seen  chan bus.Placed
	fault error
}

func (e *events) Publish(_ context.Context, event bus.Placed) error {
	if e.fault == nil {
		e.seen <- event
	}
	return e.fault
}

type prices map[string]int64

func (p prices) GetProduct(_ context.Context, request *shopv1.GetProductRequest, _ ...grpc.CallOption) (*shopv1.GetProductResponse, error) {
	if price, ok := p[request.Sku]; ok {
		return &shopv1.GetProductResponse{Product: &shopv1.Product{Sku: request.Sku, PriceCents: price}}, nil
	}
	return nil, status.Error(codes.NotFound, "no product")
}

func service() (*Service, *memory, *events) {
	keeper, publisher := &memory{}, &events{seen: make(chan bus.Placed, 10)}
	return New(keeper, publisher, prices{"tea": 480}, slog.New(slog.NewJSONHandler(io.Discard, nil))), keeper, publisher
}

func TestOrderFromPlacedToFulfilled(t *testing.T) {
	s, _, publisher := service()
	response, err := s.PlaceOrder(t.Context(), &shopv1.PlaceOrderRequest{Sku: "tea", Quantity: 3})
	if err != nil {
		t.Fatal(err)
	}
	order := response.Order
	if order.TotalCents != 1440 || order.Status != shopv1.OrderStatus_ORDER_STATUS_PLACED {
		t.Errorf("got %v", order)
	}
	if got, want := <-publisher.seen, (bus.Placed{OrderID: order.Id, SKU: "tea", Quantity: 3}); got != want {
		t.Errorf("published %+v, want %+v", got, want)
	}
	for _, first := range []bool{true, false} {
		fulfilled, err := s.FulfilOrder(t.Context(), &shopv1.FulfilOrderRequest{Id: order.Id})
		if err != nil || fulfilled.First != first || fulfilled.Order.Status != shopv1.OrderStatus_ORDER_STATUS_FULFILLED {
			t.Errorf("first %t: got %v, %v", first, fulfilled, err)
		}
	}
	found, err := s.GetOrder(t.Context(), &shopv1.GetOrderRequest{Id: order.Id})
	if err != nil || found.Order.Status != shopv1.OrderStatus_ORDER_STATUS_FULFILLED {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestWhatCannotBeOrdered(t *testing.T) {
	s, keeper, _ := service()
	place := func(sku string, quantity int32) error {
		_, err := s.PlaceOrder(t.Context(), &shopv1.PlaceOrderRequest{Sku: sku, Quantity: quantity})
		return err
	}
	for _, quantity := range []int32{-1, 0, maxQuantity + 1} {
		if err := place("tea", quantity); status.Code(err) != codes.InvalidArgument {
			t.Errorf("%d: error %v", quantity, err)
		}
	}
	if err := place("absent", 1); status.Code(err) != codes.NotFound {
		t.Errorf("error %v", err)
	}
	keeper.fault = errors.New("dial tcp 10.0.0.7:5432: connection refused")
	if err := place("tea", 1); status.Code(err) != codes.Unavailable || strings.Contains(err.Error(), "10.0.0.7") {
		t.Errorf("error %v", err)
	}
	if len(keeper.orders) != 0 {
		t.Errorf("kept %v", keeper.orders)
	}
	if _, err := s.GetOrder(t.Context(), &shopv1.GetOrderRequest{Id: 1}); status.Code(err) != codes.NotFound {
		t.Errorf("error %v", err)
	}
	if _, err := s.FulfilOrder(t.Context(), &shopv1.FulfilOrderRequest{Id: 1}); status.Code(err) != codes.NotFound {
		t.Errorf("error %v", err)
	}
}

func TestOrderIsKeptWhenTheBusIsAwayAndPublishedLater(t *testing.T) {
	s, _, publisher := service()
	publisher.fault = errors.New("away")
	response, err := s.PlaceOrder(t.Context(), &shopv1.PlaceOrderRequest{Sku: "tea", Quantity: 1})
	if err != nil {
		t.Fatal(err)
	}
	publisher.fault = nil
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); s.Remind(ctx, time.Millisecond) }()
	if got := <-publisher.seen; got.OrderID != response.Order.Id {
		t.Errorf("published %+v", got)
	}
	stop()
	// It may have one to hand over.
	for {
		select {
		case <-publisher.seen:
			continue
		case <-ended:
		}
		break
	}
}
