package main

import (
	_ "embed"

	"example.com/shared"
)

//go:embed static/answer.txt
var answer string

var version = "unset"

func main() { shared.Main(version, func() string { return answer }) }
