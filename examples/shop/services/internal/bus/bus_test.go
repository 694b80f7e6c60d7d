package bus

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"example.com/shop/internal/settings"
)

func connect(t *testing.T, server *miniredis.Miniredis) *Bus {
	t.Helper()
	host, port, _ := net.SplitHostPort(server.Addr())
	b := Connect(settings.New(func(name string) string { return map[string]string{"BUS_HOST": host, "BUS_PORT": port}[name] }))
	b.block, b.patience = 20*time.Millisecond, 0
	t.Cleanup(func() { b.Close() })
	return b
}

func TestEveryEventIsHandledOnceThoughTwoConsume(t *testing.T) {
	b := connect(t, miniredis.RunT(t))
	b.patience = time.Minute
	if err := b.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Before anybody listens.
	for id := range int64(20) {
		if err := b.Publish(t.Context(), Placed{OrderID: id + 1, SKU: "tea", Quantity: 2}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var mutex sync.Mutex
	seen := map[int64]int{}
	var consumers sync.WaitGroup
	for _, name := range []string{"one", "two"} {
		consumers.Go(func() {
			b.Consume(ctx, name, discard(), func(_ context.Context, event Placed) error {
				mutex.Lock()
				defer mutex.Unlock()
				if event.SKU != "tea" || event.Quantity != 2 {
					t.Errorf("got %+v", event)
				}
				if seen[event.OrderID]++; len(seen) == 20 {
					stop()
				}
				return nil
			})
		})
	}
	consumers.Wait()
	if len(seen) != 20 {
		t.Errorf("%d of 20 were handled", len(seen))
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("order %d was handled %d times", id, times)
		}
	}
}

func TestWhatFailsComesAgainAndWhatIsNoOrderDoesNot(t *testing.T) {
	server := miniredis.RunT(t)
	b := connect(t, server)
	if _, err := server.XAdd(stream, "*", []string{"order", "x"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Publish(t.Context(), Placed{OrderID: 1}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	var log bytes.Buffer
	times := 0
	b.Consume(ctx, "one", slog.New(slog.NewJSONHandler(&log, nil)), func(context.Context, Placed) error {
		if times++; times < 3 {
			return errors.New("not yet")
		}
		stop()
		return nil
	})
	if times != 3 {
		t.Errorf("handled %d times", times)
	}
	if n := strings.Count(log.String(), "event dropped"); n != 1 {
		t.Errorf("dropped %d times: %s", n, log.String())
	}
	pending, err := b.client.XPending(t.Context(), stream, group).Result()
	if err != nil || pending.Count != 0 {
		t.Errorf("pending %+v, %v", pending, err)
	}
}

func TestNotReadyWithoutServer(t *testing.T) {
	server := miniredis.RunT(t)
	b := connect(t, server)
	server.Close()
	if err := b.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "event bus") {
		t.Errorf("error %v", err)
	}
}

func discard() *slog.Logger { return slog.New(slog.NewJSONHandler(io.Discard, nil)) }
