package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	bodyLimit    = 1 << 20
	requestLimit = 60_000
	stopAddress  = "127.0.0.1:7777"
)

// client opens a new connection for each request, and follows no redirect.
func client(timeout time.Duration, address, ca string) (*http.Client, error) {
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{}}
	if address != "" {
		transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address)
		}
	}
	if ca != "" {
		certificates, err := os.ReadFile(ca)
		if err != nil {
			return nil, err
		}
		transport.TLSClientConfig.RootCAs = x509.NewCertPool()
		if !transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(certificates) {
			return nil, fmt.Errorf("%s holds no certificate", ca)
		}
	}
	return &http.Client{
		Transport:     transport,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

type answer struct {
	Status   int    `json:"status"`
	Location string `json:"location"`
	Body     string `json:"body"`
}

// get asks once, or tells something.
func get(args []string) (any, error) {
	flags := flag.NewFlagSet("get", flag.ExitOnError)
	url := flags.String("url", "", "what to ask for")
	address := flags.String("address", "", "where to connect to, instead of where the URL says")
	ca := flags.String("ca", "", "a file with the certificates to trust, instead of those of the system")
	post := flags.String("post", "", "JSON to send, instead of asking")
	flags.Parse(args)
	client, err := client(10*time.Second, *address, *ca)
	if err != nil {
		return nil, err
	}
	status, location, body, err := ask(client, *url, *post)
	return answer{status, location, body}, err
}

type summary struct {
	// Stopped is whether it ended because it was told to.
	Stopped  bool           `json:"stopped"`
	Sent     int            `json:"sent"`
	Lost     int            `json:"lost"`
	Seconds  float64        `json:"seconds"`
	Median   float64        `json:"medianMillis"`
	Slowest  float64        `json:"slowestMillis"`
	Failures map[string]int `json:"failures"`
	// Answers counts what the pattern found in the bodies.
	Answers map[string]int `json:"answers"`
}

// load asks at a steady rate, whether or not the answers keep up with it, until its time is over or it is told to stop. What is not answered by
// 200 in time is lost.
func load(args []string) (any, error) {
	flags := flag.NewFlagSet("load", flag.ExitOnError)
	url := flags.String("url", "", "what to ask for")
	rate := flags.Int("rate", 0, "requests for each second")
	seconds := flags.Int("seconds", 0, "for how long at most")
	timeout := flags.Duration("timeout", 10*time.Second, "how long an answer may take")
	pattern := flags.String("pattern", "()", "what to look for in the bodies; its first group is counted")
	flags.Parse(args)
	count := *rate * *seconds
	if count < 1 || count > requestLimit {
		return nil, fmt.Errorf("%d requests are not between 1 and %d", count, requestLimit)
	}
	expression, err := regexp.Compile(*pattern)
	if err != nil {
		return nil, err
	}
	client, err := client(*timeout, "", "")
	if err != nil {
		return nil, err
	}

	listener, err := net.Listen("tcp", stopAddress)
	if err != nil {
		return nil, err
	}
	defer listener.Close()
	var stopped atomic.Bool
	go func() {
		if connection, err := listener.Accept(); err == nil {
			connection.Close()
			stopped.Store(true)
		}
	}()

	seen := summary{Failures: map[string]int{}, Answers: map[string]int{}}
	var mutex sync.Mutex
	var group sync.WaitGroup
	millis := make([]float64, 0, count)
	begun := time.Now()
	for number := 0; number < count && !stopped.Load(); number++ {
		time.Sleep(time.Until(begun.Add(time.Duration(number) * time.Second / time.Duration(*rate))))
		seen.Sent++
		group.Go(func() {
			asked := time.Now()
			status, _, body, err := ask(client, *url, "")
			taken := float64(time.Since(asked).Microseconds()) / 1000
			mutex.Lock()
			defer mutex.Unlock()
			millis = append(millis, taken)
			switch found := expression.FindStringSubmatch(body); {
			case err != nil:
				seen.Failures[cause(err)]++
			case status != http.StatusOK:
				seen.Failures[fmt.Sprintf("status %d", status)]++
			case len(found) < 2:
				seen.Failures["another answer than expected"]++
			default:
				seen.Answers[found[1]]++
				return
			}
			seen.Lost++
		})
	}
	group.Wait()
	slices.Sort(millis)
	seen.Seconds, seen.Median, seen.Slowest = time.Since(begun).Seconds(), millis[len(millis)/2], millis[len(millis)-1]
	seen.Stopped = stopped.Load()
	return seen, nil
}

// stop ends the load that runs beside it.
func stop([]string) (any, error) {
	connection, err := net.Dial("tcp", stopAddress)
	if err != nil {
		return nil, err
	}
	return nil, connection.Close()
}

func ask(client *http.Client, url, post string) (int, string, string, error) {
	method := http.MethodGet
	if post != "" {
		method = http.MethodPost
	}
	request, err := http.NewRequest(method, url, strings.NewReader(post))
	if err != nil {
		return 0, "", "", err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return 0, "", "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit))
	return response.StatusCode, response.Header.Get("Location"), string(body), err
}

// cause is the innermost error, without ports and addresses, so that equal ones are counted together.
func cause(err error) string {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err.Error()
}
