module example.com/orders

go 1.25.0

require example.com/shared v0.0.0
