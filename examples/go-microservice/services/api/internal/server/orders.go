package server

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	// Anyone can create orders, and the container has a memory limit.
	maxOrders    = 1000
	maxOrderBody = 16 << 10
)

type order struct {
	ID        int       `json:"id"`
	Item      string    `json:"item"`
	Quantity  int       `json:"quantity"`
	CreatedAt time.Time `json:"created_at"`
}

// orders is the example resource. It lives in memory, so each replica has its
// own and a restart forgets it; a real service would keep it in the database.
type orders struct {
	mu   sync.RWMutex
	list []order
}

func newOrders() *orders {
	return &orders{list: []order{
		{ID: 1, Item: "coffee", Quantity: 2, CreatedAt: time.Now().UTC()},
	}}
}

func (o *orders) register(g *gin.RouterGroup) {
	g.GET("", o.index)
	g.POST("", o.create)
	g.GET("/:id", o.show)
}

func (o *orders) index(c *gin.Context) {
	o.mu.RLock()
	// Copied, so that a slow client does not hold the lock.
	list := slices.Clone(o.list)
	o.mu.RUnlock()
	c.JSON(http.StatusOK, gin.H{"orders": list})
}

func (o *orders) show(c *gin.Context) {
	id, err := strconv.Atoi(c.Param("id"))
	found, ok := o.get(id)
	if err != nil || !ok {
		fail(c, http.StatusNotFound, "no such order")
		return
	}
	c.JSON(http.StatusOK, found)
}

func (o *orders) create(c *gin.Context) {
	var input struct {
		Item     string `json:"item" binding:"required,max=100"`
		Quantity int    `json:"quantity" binding:"min=1,max=1000"`
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxOrderBody)
	if err := c.ShouldBindJSON(&input); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			fail(c, http.StatusRequestEntityTooLarge, "request body too large")
			return
		}
		fail(c, http.StatusBadRequest, "want a JSON object with item (up to 100 characters) and quantity (1 to 1000)")
		return
	}

	created, ok := o.add(input.Item, input.Quantity)
	if !ok {
		fail(c, http.StatusInsufficientStorage, "no room for more orders")
		return
	}
	c.Header("Location", "/api/orders/"+strconv.Itoa(created.ID))
	c.JSON(http.StatusCreated, created)
}

func (o *orders) add(item string, quantity int) (order, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.list) >= maxOrders {
		return order{}, false
	}
	created := order{ID: len(o.list) + 1, Item: item, Quantity: quantity, CreatedAt: time.Now().UTC()}
	o.list = append(o.list, created)
	return created, true
}

func (o *orders) get(id int) (order, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	// IDs count up from 1 and nothing is ever removed.
	if id < 1 || id > len(o.list) {
		return order{}, false
	}
	return o.list[id-1], true
}
