// Package bus is the event bus: a stream of Redis, which keeps what nobody has
// worked on yet.
package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"example.com/shop/internal/settings"
)

const (
	stream = "orders.placed"
	group  = "fulfilment"
	// What is older than the newest ones has long been worked on, or is
	// published once more by who waits for it.
	keep = 100_000
)

// Placed says that an order waits.
type Placed struct {
	OrderID  int64
	SKU      string
	Quantity int32
}

// Bus publishes events, and hands each to one of its consumers, at least once.
type Bus struct {
	client *redis.Client
	// patience is how long an event may be with a consumer that says nothing
	// of it before another one gets it.
	patience time.Duration
	// block is how long a consumer waits for an event before it looks around.
	block time.Duration
}

// Connect reads BUS_HOST, BUS_PORT and BUS_PASSWORD_FILE; nothing is dialled
// before the first use.
func Connect(env *settings.Env) *Bus {
	return &Bus{client: Client(env, "BUS"), patience: 30 * time.Second, block: 2 * time.Second}
}

// Client is a client of the Redis that the variables with the prefix name.
func Client(env *settings.Env, prefix string) *redis.Client {
	user, file := env.Text(prefix+"_USER", ""), env.SecretFile(prefix+"_PASSWORD_FILE")
	return redis.NewClient(&redis.Options{
		Addr: env.Address(prefix, 6379),
		CredentialsProviderContext: func(context.Context) (string, string, error) {
			password, err := file.Read()
			return user, string(password), err
		},
	})
}

// Close lets go of the connections.
func (b *Bus) Close() error { return b.client.Close() }

// Ready says whether the bus answers.
func (b *Bus) Ready(ctx context.Context) error {
	if err := b.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("event bus: %w", err)
	}
	return nil
}

// Publish adds an event.
func (b *Bus) Publish(ctx context.Context, event Placed) error {
	return b.client.XAdd(ctx, &redis.XAddArgs{
		Stream: stream, MaxLen: keep, Approx: true,
		Values: map[string]any{"order": event.OrderID, "sku": event.SKU, "quantity": event.Quantity},
	}).Err()
}

// Consume hands events to handle until ctx ends. An event whose handling fails
// comes again, after a while; consumer is a name that no other one has.
func (b *Bus) Consume(ctx context.Context, consumer string, log *slog.Logger, handle func(context.Context, Placed) error) {
	for ctx.Err() == nil {
		messages, err := b.next(ctx, consumer)
		if err != nil && ctx.Err() == nil {
			log.Error("event bus", "error", err)
			sleep(ctx, time.Second)
		}
		for _, message := range messages {
			// What has been taken is finished, even when the end is near.
			b.work(context.WithoutCancel(ctx), message, log, handle)
		}
	}
}

func (b *Bus) work(ctx context.Context, message redis.XMessage, log *slog.Logger, handle func(context.Context, Placed) error) {
	event, err := parse(message)
	if err != nil {
		// It will not get better by trying again.
		log.Error("event dropped", "id", message.ID, "error", err)
	} else if err := handle(ctx, event); err != nil {
		log.Error("event not handled", "id", message.ID, "order", event.OrderID, "error", err)
		return
	}
	if err := b.client.XAck(ctx, stream, group, message.ID).Err(); err != nil {
		log.Error("event not acknowledged", "id", message.ID, "error", err)
	}
}

// next takes what others left behind, else waits for something new.
func (b *Bus) next(ctx context.Context, consumer string) ([]redis.XMessage, error) {
	err := b.client.XGroupCreateMkStream(ctx, stream, group, "0").Err()
	if err != nil && !strings.HasPrefix(err.Error(), "BUSYGROUP") {
		return nil, err
	}
	left, _, err := b.client.XAutoClaim(ctx, &redis.XAutoClaimArgs{
		Stream: stream, Group: group, Consumer: consumer, MinIdle: b.patience, Start: "0", Count: 10,
	}).Result()
	if err != nil || len(left) > 0 {
		return left, err
	}
	streams, err := b.client.XReadGroup(ctx, &redis.XReadGroupArgs{
		Streams: []string{stream, ">"}, Group: group, Consumer: consumer, Count: 10, Block: b.block,
	}).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return streams[0].Messages, nil
}

func parse(message redis.XMessage) (Placed, error) {
	text := func(name string) string { value, _ := message.Values[name].(string); return value }
	id, err := strconv.ParseInt(text("order"), 10, 64)
	if err != nil {
		return Placed{}, fmt.Errorf("order: %w", err)
	}
	quantity, err := strconv.ParseInt(text("quantity"), 10, 32)
	if err != nil {
		return Placed{}, fmt.Errorf("quantity: %w", err)
	}
	return Placed{OrderID: id, SKU: text("sku"), Quantity: int32(quantity)}, nil
}

func sleep(ctx context.Context, duration time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(duration):
	}
}
