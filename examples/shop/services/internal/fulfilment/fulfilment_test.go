package fulfilment

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"example.com/shop/internal/bus"
	shopv1 "example.com/shop/shop/v1"
)

type answers func() (*shopv1.FulfilOrderResponse, error)

func (a answers) FulfilOrder(context.Context, *shopv1.FulfilOrderRequest, ...grpc.CallOption) (*shopv1.FulfilOrderResponse, error) {
	return a()
}

func TestHandler(t *testing.T) {
	first := &shopv1.FulfilOrderResponse{First: true}
	for name, tt := range map[string]struct {
		response *shopv1.FulfilOrderResponse
		err      error
		counting error
		counted  int32
		again    bool
	}{
		"the first time":           {response: first, counted: 3},
		"once more":                {response: &shopv1.FulfilOrderResponse{}},
		"counting fails":           {response: first, counting: errors.New("away"), counted: 3},
		"no such order":            {err: status.Error(codes.NotFound, "")},
		"the service is not there": {err: status.Error(codes.Unavailable, ""), again: true},
	} {
		t.Run(name, func(t *testing.T) {
			var counted int32
			handle := Handler(answers(func() (*shopv1.FulfilOrderResponse, error) { return tt.response, tt.err }),
				func(_ context.Context, sku string, quantity int32) error {
					if sku != "tea" {
						t.Errorf("counted %s", sku)
					}
					counted += quantity
					return tt.counting
				}, slog.New(slog.NewJSONHandler(io.Discard, nil)))
			err := handle(t.Context(), bus.Placed{OrderID: 1, SKU: "tea", Quantity: 3})
			if (err != nil) != tt.again || counted != tt.counted {
				t.Errorf("error %v, counted %d", err, counted)
			}
		})
	}
}
