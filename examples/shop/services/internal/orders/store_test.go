package orders

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/shop/internal/postgrestest"
	"example.com/shop/internal/settings"
	shopv1 "example.com/shop/shop/v1"
)

func TestStore(t *testing.T) {
	s, err := Open(postgrestest.Start(t), "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// The socket is there a moment before the server takes connections.
	for deadline := time.Now().Add(20 * time.Second); s.Ready(t.Context()) != nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(s.Ready(t.Context()))
		}
	}
	var replicas sync.WaitGroup
	for range 5 {
		replicas.Go(func() {
			if err := s.Prepare(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	replicas.Wait()

	order, err := s.Add(t.Context(), "tea", 3, 1440)
	if err != nil {
		t.Fatal(err)
	}
	if order.Id != 1 || order.Sku != "tea" || order.Quantity != 3 || order.TotalCents != 1440 || order.Status != shopv1.OrderStatus_ORDER_STATUS_PLACED {
		t.Errorf("added %v", order)
	}
	waiting := func(since time.Duration) int {
		t.Helper()
		orders, err := s.Waiting(t.Context(), since)
		if err != nil {
			t.Fatal(err)
		}
		return len(orders)
	}
	if now, later := waiting(0), waiting(time.Hour); now != 1 || later != 0 {
		t.Errorf("waiting: %d now, %d for an hour", now, later)
	}
	for _, first := range []bool{true, false} {
		got, isFirst, err := s.Fulfil(t.Context(), order.Id)
		if err != nil || isFirst != first || got.Status != shopv1.OrderStatus_ORDER_STATUS_FULFILLED {
			t.Errorf("first %t: got %v, %t, %v", first, got, isFirst, err)
		}
	}
	if n := waiting(0); n != 0 {
		t.Errorf("%d still wait", n)
	}
	if _, err := s.Get(t.Context(), 7); !errors.Is(err, errNotFound) {
		t.Errorf("error %v", err)
	}
	if _, _, err := s.Fulfil(t.Context(), 7); !errors.Is(err, errNotFound) {
		t.Errorf("error %v", err)
	}
	if _, err := s.Add(t.Context(), "tea", 0, 0); err == nil {
		t.Error("kept an order of nothing")
	}
}

func TestNotReadyWithoutPasswordOrServer(t *testing.T) {
	for want, file := range map[string]string{"no such file": filepath.Join(t.TempDir(), "absent"), "connection refused": ""} {
		env := settings.New(func(name string) string {
			return map[string]string{"DB_HOST": "127.0.0.1", "DB_PORT": "1", "DB_PASSWORD_FILE": file}[name]
		})
		s, err := Connect(env)
		if err != nil || env.Err() != nil {
			t.Fatal(err, env.Err())
		}
		defer s.Close()
		if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
