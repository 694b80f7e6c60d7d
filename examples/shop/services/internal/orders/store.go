package orders

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"example.com/shop/internal/settings"
	shopv1 "example.com/shop/shop/v1"
)

var errNotFound = errors.New("no such order")

// schema can be applied again and again. Two replicas that start together wait
// for each other: 723 is the number of this lock and of nothing else.
const schema = `
SELECT pg_advisory_xact_lock(723);
CREATE TABLE IF NOT EXISTS orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  total_cents bigint NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  fulfilled_at timestamptz
);
CREATE INDEX IF NOT EXISTS orders_waiting ON orders (placed_at) WHERE fulfilled_at IS NULL;
`

// Store keeps orders in Postgres.
type Store struct {
	db *sql.DB
}

// Connect reads DB_HOST, DB_PORT, DB_USER, DB_DATABASE and DB_PASSWORD_FILE;
// nothing is dialled before the first use.
func Connect(env *settings.Env) (*Store, error) {
	address := url.URL{
		Scheme:   "postgres",
		User:     url.User(env.Text("DB_USER", "shop")),
		Host:     env.Address("DB", 5432),
		Path:     env.Text("DB_DATABASE", "shop"),
		RawQuery: "sslmode=prefer&connect_timeout=5",
	}
	return Open(address.String(), env.SecretFile("DB_PASSWORD_FILE"))
}

// Open is Connect by the URL of a database, and the file of its password.
func Open(address string, file settings.SecretFile) (*Store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("the URL of the database: %w", err)
	}
	db := stdlib.OpenDB(*config, stdlib.OptionBeforeConnect(func(_ context.Context, config *pgx.ConnConfig) error {
		password, err := file.Read()
		if password != "" {
			config.Password = string(password)
		}
		return err
	}))
	db.SetMaxOpenConns(10)
	db.SetConnMaxIdleTime(time.Minute)
	return &Store{db}, nil
}

// Close lets go of the connections.
func (s *Store) Close() error { return s.db.Close() }

// Prepare makes what is missing in the database; it says too whether the
// database answers.
func (s *Store) Prepare(ctx context.Context) error {
	// Several commands without arguments are one transaction.
	if _, err := s.db.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Ready says whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// Add keeps a new order and gives it its number.
func (s *Store) Add(ctx context.Context, sku string, quantity int32, totalCents int64) (*shopv1.Order, error) {
	return scan(s.db.QueryRowContext(ctx, `INSERT INTO orders (sku, quantity, total_cents) VALUES ($1, $2, $3) RETURNING `+columns, sku, quantity, totalCents))
}

// Get finds an order, or says errNotFound.
func (s *Store) Get(ctx context.Context, id int64) (*shopv1.Order, error) {
	return scan(s.db.QueryRowContext(ctx, `SELECT `+columns+` FROM orders WHERE id = $1`, id))
}

// Fulfil marks an order, and says whether this call was the one that did.
func (s *Store) Fulfil(ctx context.Context, id int64) (*shopv1.Order, bool, error) {
	order, err := scan(s.db.QueryRowContext(ctx, `UPDATE orders SET fulfilled_at = now() WHERE id = $1 AND fulfilled_at IS NULL RETURNING `+columns, id))
	if errors.Is(err, errNotFound) {
		order, err = s.Get(ctx, id)
		return order, false, err
	}
	return order, err == nil, err
}

// Waiting returns orders that nobody has fulfilled for so long, oldest first.
func (s *Store) Waiting(ctx context.Context, since time.Duration) ([]*shopv1.Order, error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT `+columns+` FROM orders WHERE fulfilled_at IS NULL AND placed_at < now() - make_interval(secs => $1) ORDER BY placed_at LIMIT 100`, since.Seconds())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var orders []*shopv1.Order
	for rows.Next() {
		order, err := scan(rows)
		if err != nil {
			return nil, err
		}
		orders = append(orders, order)
	}
	return orders, rows.Err()
}

const columns = `id, sku, quantity, total_cents, fulfilled_at IS NOT NULL`

func scan(row interface{ Scan(...any) error }) (*shopv1.Order, error) {
	order := &shopv1.Order{Status: shopv1.OrderStatus_ORDER_STATUS_PLACED}
	var fulfilled bool
	err := row.Scan(&order.Id, &order.Sku, &order.Quantity, &order.TotalCents, &fulfilled)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	if fulfilled {
		order.Status = shopv1.OrderStatus_ORDER_STATUS_FULFILLED
	}
	return order, nil
}
