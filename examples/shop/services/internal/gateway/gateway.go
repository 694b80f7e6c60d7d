// Package gateway is the API that the world sees: JSON over HTTP outside, gRPC
// inside.
package gateway

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	shopv1 "example.com/shop/shop/v1"
)

const (
	maxBody = 4 << 10
	timeout = 10 * time.Second
)

type product struct {
	SKU        string `json:"sku"`
	Name       string `json:"name"`
	PriceCents int64  `json:"priceCents"`
	Sold       int64  `json:"sold"`
}

type order struct {
	ID         int64  `json:"id"`
	SKU        string `json:"sku"`
	Quantity   int32  `json:"quantity"`
	TotalCents int64  `json:"totalCents"`
	Status     string `json:"status"`
}

type gateway struct {
	catalog shopv1.CatalogServiceClient
	orders  shopv1.OrderServiceClient
	log     *slog.Logger
}

// New returns the API.
func New(catalog shopv1.CatalogServiceClient, orders shopv1.OrderServiceClient, log *slog.Logger) http.Handler {
	g := gateway{catalog, orders, log}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/products", g.listProducts)
	mux.HandleFunc("POST /api/orders", g.placeOrder)
	mux.HandleFunc("GET /api/orders/{id}", g.getOrder)
	return http.TimeoutHandler(mux, timeout, `{"error":"that took too long"}`+"\n")
}

func (g gateway) listProducts(w http.ResponseWriter, r *http.Request) {
	response, err := g.catalog.ListProducts(r.Context(), &shopv1.ListProductsRequest{})
	if err != nil {
		g.fail(w, err)
		return
	}
	products := make([]product, 0, len(response.Products))
	for _, each := range response.Products {
		products = append(products, product{each.Sku, each.Name, each.PriceCents, each.Sold})
	}
	reply(w, http.StatusOK, products)
}

func (g gateway) placeOrder(w http.ResponseWriter, r *http.Request) {
	var body struct {
		SKU      string `json:"sku"`
		Quantity int32  `json:"quantity"`
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		code := http.StatusBadRequest
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			code = http.StatusRequestEntityTooLarge
		}
		reply(w, code, problem{"want an order such as {\"sku\":\"tea\",\"quantity\":1}"})
		return
	}
	response, err := g.orders.PlaceOrder(r.Context(), &shopv1.PlaceOrderRequest{Sku: body.SKU, Quantity: body.Quantity})
	if err != nil {
		g.fail(w, err)
		return
	}
	w.Header().Set("Location", "/api/orders/"+strconv.FormatInt(response.Order.Id, 10))
	reply(w, http.StatusCreated, view(response.Order))
}

func (g gateway) getOrder(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		reply(w, http.StatusNotFound, problem{"no such order"})
		return
	}
	response, err := g.orders.GetOrder(r.Context(), &shopv1.GetOrderRequest{Id: id})
	if err != nil {
		g.fail(w, err)
		return
	}
	reply(w, http.StatusOK, view(response.Order))
}

func view(o *shopv1.Order) order {
	name := strings.ToLower(strings.TrimPrefix(o.Status.String(), "ORDER_STATUS_"))
	return order{o.Id, o.Sku, o.Quantity, o.TotalCents, name}
}

type problem struct {
	Error string `json:"error"`
}

// fail tells the client what it can do something about.
func (g gateway) fail(w http.ResponseWriter, err error) {
	said := status.Convert(err)
	switch said.Code() {
	case codes.InvalidArgument:
		reply(w, http.StatusBadRequest, problem{said.Message()})
	case codes.NotFound:
		reply(w, http.StatusNotFound, problem{said.Message()})
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled:
		g.log.Error("behind the gateway", "error", err)
		reply(w, http.StatusServiceUnavailable, problem{"try again later"})
	default:
		g.log.Error("behind the gateway", "error", err)
		reply(w, http.StatusInternalServerError, problem{"something went wrong"})
	}
}

func reply(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body)
}
