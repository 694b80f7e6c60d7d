package catalog

import (
	"io"
	"log/slog"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	shopv1 "example.com/shop/shop/v1"
)

func TestCatalog(t *testing.T) {
	server := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), MaxRetries: -1})
	defer client.Close()
	s := New(client, slog.New(slog.NewJSONHandler(io.Discard, nil)))

	sold := func(sku string) int64 {
		t.Helper()
		response, err := s.GetProduct(t.Context(), &shopv1.GetProductRequest{Sku: sku})
		if err != nil {
			t.Fatal(err)
		}
		if response.Product.Sku != sku || response.Product.PriceCents <= 0 {
			t.Errorf("got %v", response.Product)
		}
		return response.Product.Sold
	}
	if got := sold("tea"); got != 0 {
		t.Errorf("sold %d before anything was", got)
	}
	for _, quantity := range []int32{2, 3} {
		if err := AddSold(t.Context(), client, "tea", quantity); err != nil {
			t.Fatal(err)
		}
	}
	if got := sold("tea"); got != 5 {
		t.Errorf("sold %d", got)
	}
	if got := sold("mug"); got != 0 {
		t.Errorf("sold %d mugs", got)
	}

	_, err := s.GetProduct(t.Context(), &shopv1.GetProductRequest{Sku: "absent"})
	if status.Code(err) != codes.NotFound {
		t.Errorf("error %v", err)
	}

	// Without Redis there are products, and no figures.
	server.Close()
	response, err := s.ListProducts(t.Context(), &shopv1.ListProductsRequest{})
	if err != nil || len(response.Products) != len(products) {
		t.Fatalf("got %v, %v", response, err)
	}
	for _, product := range response.Products {
		if product.Sold != 0 {
			t.Errorf("got %v", product)
		}
	}
}
