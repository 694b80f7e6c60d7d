package main

import "example.com/shared"

//go:generate go run ./internal/generator

var version = "unset"

func main() { shared.Main(version, answer) }
