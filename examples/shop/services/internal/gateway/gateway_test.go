package gateway

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	shopv1 "example.com/shop/shop/v1"
)

type backends struct {
	shopv1.UnimplementedCatalogServiceServer
	shopv1.UnimplementedOrderServiceServer
}

func (backends) ListProducts(context.Context, *shopv1.ListProductsRequest) (*shopv1.ListProductsResponse, error) {
	return &shopv1.ListProductsResponse{Products: []*shopv1.Product{{Sku: "tea", Name: "Tea", PriceCents: 480, Sold: 7}}}, nil
}

func (backends) PlaceOrder(_ context.Context, r *shopv1.PlaceOrderRequest) (*shopv1.PlaceOrderResponse, error) {
	switch r.Sku {
	case "tea":
		return &shopv1.PlaceOrderResponse{Order: &shopv1.Order{Id: 5, Sku: r.Sku, Quantity: r.Quantity, TotalCents: 960, Status: shopv1.OrderStatus_ORDER_STATUS_PLACED}}, nil
	case "busy":
		return nil, status.Error(codes.Unavailable, "cannot keep the order in 10.0.0.7")
	case "broken":
		return nil, status.Error(codes.Internal, "panic at 10.0.0.7")
	case "":
		return nil, status.Error(codes.InvalidArgument, "no sku")
	}
	return nil, status.Error(codes.NotFound, "no product")
}

func (backends) GetOrder(_ context.Context, r *shopv1.GetOrderRequest) (*shopv1.GetOrderResponse, error) {
	if r.Id != 5 {
		return nil, status.Error(codes.NotFound, "no such order")
	}
	return &shopv1.GetOrderResponse{Order: &shopv1.Order{Id: 5, Status: shopv1.OrderStatus_ORDER_STATUS_FULFILLED}}, nil
}

// TestGateway speaks gRPC for real, over a pipe.
func TestGateway(t *testing.T) {
	ln := bufconn.Listen(1 << 16)
	server := grpc.NewServer()
	shopv1.RegisterCatalogServiceServer(server, backends{})
	shopv1.RegisterOrderServiceServer(server, backends{})
	go server.Serve(ln)
	defer server.Stop()
	conn, err := grpc.NewClient("passthrough:///pipe", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return ln.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	api := New(shopv1.NewCatalogServiceClient(conn), shopv1.NewOrderServiceClient(conn), slog.New(slog.NewJSONHandler(io.Discard, nil)))

	for _, tt := range []struct {
		method, path, body string
		code               int
		want               string
	}{
		{"GET", "/api/products", "", 200, `[{"sku":"tea","name":"Tea","priceCents":480,"sold":7}]`},
		{"POST", "/api/orders", `{"sku":"tea","quantity":2}`, 201, `{"id":5,"sku":"tea","quantity":2,"totalCents":960,"status":"placed"}`},
		{"POST", "/api/orders", `{"sku":"absent","quantity":2}`, 404, `{"error":"no product"}`},
		{"POST", "/api/orders", `{"sku":"busy","quantity":2}`, 503, `{"error":"try again later"}`},
		{"POST", "/api/orders", `{"sku":"broken","quantity":2}`, 500, `{"error":"something went wrong"}`},
		{"POST", "/api/orders", `{}`, 400, `{"error":"no sku"}`},
		{"POST", "/api/orders", `{"colour":"red"}`, 400, `want an order such as`},
		{"POST", "/api/orders", `{"sku":"` + strings.Repeat("x", maxBody) + `"}`, 413, `want an order such as`},
		{"GET", "/api/orders/5", "", 200, `"status":"fulfilled"`},
		{"GET", "/api/orders/6", "", 404, `no such order`},
		{"GET", "/api/orders/x", "", 404, `no such order`},
		{"DELETE", "/api/orders/5", "", 405, ""},
		{"GET", "/absent", "", 404, ""},
	} {
		response := httptest.NewRecorder()
		api.ServeHTTP(response, httptest.NewRequest(tt.method, tt.path, strings.NewReader(tt.body)))
		if response.Code != tt.code || !strings.Contains(response.Body.String(), tt.want) {
			t.Errorf("%s %s %.40s: %d %s", tt.method, tt.path, tt.body, response.Code, response.Body)
		}
		if location := response.Header().Get("Location"); (response.Code == http.StatusCreated) != (location == "/api/orders/5") {
			t.Errorf("Location %q", location)
		}
	}
}
