module example.com/node/visitor

go 1.26.0
