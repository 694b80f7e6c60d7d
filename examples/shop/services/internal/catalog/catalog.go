// Package catalog says what can be bought, and how much of it was.
package catalog

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	shopv1 "example.com/shop/shop/v1"
)

// soldKey is a hash: how much was delivered of each product.
const soldKey = "sold"

// What the figures may cost a caller when Redis does not answer.
const soldTimeout = 500 * time.Millisecond

var products = []*shopv1.Product{
	{Sku: "coffee", Name: "Coffee, 250 g", PriceCents: 690},
	{Sku: "mug", Name: "Mug", PriceCents: 1250},
	{Sku: "tea", Name: "Tea, 100 g", PriceCents: 480},
}

// AddSold counts what was delivered.
func AddSold(ctx context.Context, client *redis.Client, sku string, quantity int32) error {
	return client.HIncrBy(ctx, soldKey, sku, int64(quantity)).Err()
}

// Service is shop.v1.CatalogService.
type Service struct {
	shopv1.UnimplementedCatalogServiceServer
	client *redis.Client
	log    *slog.Logger
}

// New makes the service; it reads its figures through client.
func New(client *redis.Client, log *slog.Logger) *Service {
	return &Service{client: client, log: log}
}

// ListProducts returns all products.
func (s *Service) ListProducts(ctx context.Context, _ *shopv1.ListProductsRequest) (*shopv1.ListProductsResponse, error) {
	return &shopv1.ListProductsResponse{Products: s.withSold(ctx, products)}, nil
}

// GetProduct returns one.
func (s *Service) GetProduct(ctx context.Context, request *shopv1.GetProductRequest) (*shopv1.GetProductResponse, error) {
	for _, product := range products {
		if product.Sku == request.Sku {
			return &shopv1.GetProductResponse{Product: s.withSold(ctx, []*shopv1.Product{product})[0]}, nil
		}
	}
	return nil, status.Errorf(codes.NotFound, "no product %q", request.Sku)
}

// withSold returns copies with their figures. The shop goes on selling when
// nobody knows how much it sold.
func (s *Service) withSold(ctx context.Context, products []*shopv1.Product) []*shopv1.Product {
	ctx, cancel := context.WithTimeout(ctx, soldTimeout)
	defer cancel()
	copies := make([]*shopv1.Product, len(products))
	skus := make([]string, len(products))
	for i, product := range products {
		copies[i] = proto.Clone(product).(*shopv1.Product)
		skus[i] = product.Sku
	}
	figures, err := s.client.HMGet(ctx, soldKey, skus...).Result()
	if err != nil {
		s.log.Warn("no figures", "error", err)
		return copies
	}
	for i, figure := range figures {
		if text, ok := figure.(string); ok {
			copies[i].Sold, _ = strconv.ParseInt(text, 10, 64)
		}
	}
	return copies
}
