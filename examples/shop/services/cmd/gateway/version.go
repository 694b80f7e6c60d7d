package main

// version is set at build time: -ldflags "-X main.version=1.2.3".
var version = "dev"
