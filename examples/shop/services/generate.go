// Package shop holds the services of the example; their messages are written in shop/v1/*.proto.
package shop

//go:generate go run github.com/bufbuild/buf/cmd/buf@v1.75.0 generate
