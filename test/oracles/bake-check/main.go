// Command bake-check reads files of `docker buildx bake` as bake itself does, and resolves every target of every group.
//
//	bake-check FILE...
//
// It prints a JSON array with one element a file: the names of the targets that were resolved, and the error of a file that bake refuses.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/docker/buildx/bake"
)

// Result is what bake makes of one file.
type Result struct {
	File    string   `json:"file"`
	Targets []string `json:"found"`
	Error   string   `json:"error,omitempty"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bake-check:", err)
		os.Exit(1)
	}
}

// run reads the files in a home of its own, which has what whoever builds has, an SSH agent included.
func run(files []string) error {
	home, err := os.MkdirTemp("", "bake-check-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	agent, err := net.Listen("unix", filepath.Join(home, "agent"))
	if err != nil {
		return err
	}
	defer agent.Close()
	for name, value := range map[string]string{"HOME": home, "SSH_AUTH_SOCK": agent.Addr().String()} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	results := []Result{}
	for _, file := range files {
		result := Result{File: file, Targets: []string{}}
		if err := result.resolve(); err != nil {
			result.Error = err.Error()
		}
		results = append(results, result)
	}
	return json.NewEncoder(os.Stdout).Encode(results)
}

// makeSecrets writes the files that a target reads as secrets: bake refuses one that is not there. Those outside the home are not ours to write.
func makeSecrets(target *bake.Target) error {
	for _, secret := range target.Secrets {
		if !strings.HasPrefix(secret.FilePath, os.Getenv("HOME")+"/") {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(secret.FilePath), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(secret.FilePath, nil, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (r *Result) resolve() error {
	data, err := os.ReadFile(r.File)
	if err != nil {
		return err
	}
	files := []bake.File{{Name: r.File, Data: data}}
	config, _, err := bake.ParseFiles(files, nil, nil)
	if err != nil {
		return err
	}
	names := []string{}
	for _, group := range config.Groups {
		names = append(names, group.Name)
	}
	for _, target := range config.Targets {
		names = append(names, target.Name)
	}
	targets, _, err := bake.ReadTargets(context.Background(), files, names, nil, nil, nil, nil)
	if err != nil {
		return err
	}
	for _, target := range targets {
		if err := makeSecrets(target); err != nil {
			return err
		}
	}
	// Platforms, caches, attestations, outputs and secrets are read only here.
	if _, err := bake.TargetsToBuildOpt(targets, nil); err != nil {
		return err
	}
	for name := range targets {
		r.Targets = append(r.Targets, name)
	}
	slices.Sort(r.Targets)
	return nil
}
