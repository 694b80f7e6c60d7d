// Command visitor is what the tests of a node run inside of it: a client of the services, an eye in their containers, and what holds a
// pod's namespaces. It prints what it saw as JSON, and judges nothing.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	commands := map[string]func([]string) (any, error){"get": get, "inspect": inspect, "load": load, "pause": pause, "stop": stop}
	// By itself it holds the namespaces of a pod.
	args := append(os.Args[1:], "pause")
	if commands[args[0]] == nil {
		fmt.Fprintln(os.Stderr, "visitor [get|inspect|load|pause|stop]")
		os.Exit(2)
	}
	seen, err := commands[args[0]](os.Args[min(2, len(os.Args)):])
	if err == nil && seen != nil {
		err = json.NewEncoder(os.Stdout).Encode(seen)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pause does nothing until it is told to end, or until its time is over.
func pause(args []string) (any, error) {
	flags := flag.NewFlagSet("pause", flag.ExitOnError)
	limit := flags.Duration("limit", 24*time.Hour, "how long at most")
	flags.Parse(args)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-signals:
	case <-time.After(*limit):
	}
	return nil, nil
}
