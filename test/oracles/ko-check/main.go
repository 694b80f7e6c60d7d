// Command ko-check reads configurations of ko with ko's own types; a field that these do not know is an error, which ko itself passes over.
//
//	ko-check FILE...
//
// It prints a JSON array with one element a file: the names of its builds, and what is wrong with it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/ko/pkg/build"
	"gopkg.in/yaml.v3"
)

// Result is what ko reads from one file.
type Result struct {
	File   string   `json:"file"`
	Builds []string `json:"found"`
	Error  string   `json:"error,omitempty"`
}

// configuration has the fields that ko's build options read: pkg/commands/options/build.go.
type configuration struct {
	DefaultBaseImage   string            `yaml:"defaultBaseImage"`
	DefaultPlatforms   []string          `yaml:"defaultPlatforms"`
	DefaultEnv         []string          `yaml:"defaultEnv"`
	DefaultFlags       build.FlagArray   `yaml:"defaultFlags"`
	DefaultLdflags     build.StringArray `yaml:"defaultLdflags"`
	BaseImageOverrides map[string]string `yaml:"baseImageOverrides"`
	Builds             []build.Config    `yaml:"builds"`
}

func main() {
	results := []Result{}
	for _, file := range os.Args[1:] {
		result := Result{File: file, Builds: []string{}}
		if err := result.read(); err != nil {
			result.Error = err.Error()
		}
		results = append(results, result)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, "ko-check:", err)
		os.Exit(1)
	}
}

func (r *Result) read() error {
	file, err := os.Open(r.File)
	if err != nil {
		return err
	}
	defer file.Close()
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	var config configuration
	if err := decoder.Decode(&config); err != nil {
		return err
	}
	faults := []error{reference(config.DefaultBaseImage)}
	for _, base := range config.BaseImageOverrides {
		faults = append(faults, reference(base))
	}
	for _, platform := range config.DefaultPlatforms {
		_, err := v1.ParsePlatform(platform)
		faults = append(faults, err)
	}
	for _, each := range config.Builds {
		r.Builds = append(r.Builds, each.ID)
	}
	return errors.Join(faults...)
}

func reference(image string) error {
	_, err := name.ParseReference(image)
	return err
}
