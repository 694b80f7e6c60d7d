// Command compose-config reads compose files as `docker compose` itself does, with every profile.
//
//	compose-config FILE...
//
// It prints a JSON array with one element a file: the names of the services that were found, and the error of a file that compose refuses.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// Result is what compose makes of one file.
type Result struct {
	File     string   `json:"file"`
	Services []string `json:"found"`
	Error    string   `json:"error,omitempty"`
}

// required matches variables that whoever runs the file has to set.
var required = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*):\?`)

func main() {
	results := []Result{}
	for _, file := range os.Args[1:] {
		result := Result{File: file, Services: []string{}}
		if err := result.load(); err != nil {
			result.Error = err.Error()
		}
		results = append(results, result)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, "compose-config:", err)
		os.Exit(1)
	}
}

// load reads the file with a value for each variable that it requires.
func (r *Result) load() error {
	data, err := os.ReadFile(r.File)
	if err != nil {
		return err
	}
	environment := types.Mapping{"HOME": "/home/somebody"}
	for _, match := range required.FindAllSubmatch(data, -1) {
		environment[string(match[1])] = "value"
	}
	project, err := loader.LoadWithContext(context.Background(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(r.File),
		ConfigFiles: []types.ConfigFile{{Filename: r.File, Content: data}},
		Environment: environment,
	}, loader.WithProfiles([]string{"*"}))
	if err != nil {
		return err
	}
	r.Services = project.ServiceNames()
	slices.Sort(r.Services)
	return nil
}
