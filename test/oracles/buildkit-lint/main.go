// Command buildkit-lint runs BuildKit's own linter over Dockerfiles, as `docker build --check` does, without a daemon and without a registry.
//
//	buildkit-lint FILE...
//
// The ignore file of a Dockerfile is FILE.dockerignore. It prints a JSON array with one element a file: its warnings, and the error of
// a file that cannot be converted at all. Experimental rules are on, and rules that a file switches off for itself count.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/frontend/gateway/client"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	fstypes "github.com/tonistiigi/fsutil/types"
)

var targetPlatforms = []string{"linux/amd64", "linux/arm64"}

// Warning is one finding of the linter.
type Warning struct {
	Rule    string `json:"rule"`
	Line    int32  `json:"line"`
	Message string `json:"message"`
}

// Result is what the linter says of one file.
type Result struct {
	File     string    `json:"file"`
	Warnings []Warning `json:"warnings"`
	Error    string    `json:"error,omitempty"`
}

func main() {
	results := []Result{}
	for _, file := range os.Args[1:] {
		result, err := lint(file)
		if err != nil {
			fmt.Fprintf(os.Stderr, "buildkit-lint: %s: %v\n", file, err)
			os.Exit(1)
		}
		results = append(results, *result)
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fmt.Fprintln(os.Stderr, "buildkit-lint:", err)
		os.Exit(1)
	}
}

func lint(file string) (*Result, error) {
	files := map[string][]byte{}
	var err error
	if files[dockerui.DefaultDockerfileName], err = os.ReadFile(file); err != nil {
		return nil, err
	}
	if ignore, err := os.ReadFile(file + ".dockerignore"); err == nil {
		files[dockerui.DefaultDockerfileName+".dockerignore"] = ignore
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	result := &Result{File: file, Warnings: []Warning{}}
	for _, name := range targetPlatforms {
		platform, err := platforms.Parse(name)
		if err != nil {
			return nil, err
		}
		if err := lintFor(&platform, files, result); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func lintFor(platform *ocispecs.Platform, files map[string][]byte, result *Result) error {
	ctx := context.Background()
	gateway := &gateway{files: files}
	frontend, err := dockerui.NewClient(gateway)
	if err != nil {
		return err
	}
	source, err := frontend.ReadEntrypoint(ctx, "Dockerfile")
	if err != nil {
		return err
	}
	found, err := dockerfile2llb.DockerfileLint(ctx, source.Data, dockerfile2llb.ConvertOpt{
		Config:         frontend.Config,
		Client:         frontend,
		SourceMap:      source.SourceMap,
		MetaResolver:   gateway,
		TargetPlatform: platform,
	})
	if err != nil {
		return err
	}
	for _, warning := range found.Warnings {
		next := Warning{Rule: warning.RuleName, Message: warning.Detail}
		if ranges := warning.Location.GetRanges(); len(ranges) > 0 {
			next.Line = ranges[0].GetStart().GetLine()
		}
		if !slices.Contains(result.Warnings, next) {
			result.Warnings = append(result.Warnings, next)
		}
	}
	if found.Error != nil {
		result.Error = found.Error.Message
	}
	return nil
}

// gateway is the daemon as far as the linter needs one: it hands out the Dockerfile and its ignore file, and says of every base image
// that it exists for the platform which is asked for.
type gateway struct {
	client.Client
	files map[string][]byte
}

func (g *gateway) BuildOpts() client.BuildOpts {
	return client.BuildOpts{
		Opts:    map[string]string{"build-arg:BUILDKIT_DOCKERFILE_CHECK": "experimental=all"},
		LLBCaps: pb.Caps.CapSet(pb.Caps.All()),
		Caps:    pb.Caps.CapSet(pb.Caps.All()),
	}
}

func (g *gateway) Inputs(context.Context) (map[string]llb.State, error) {
	return nil, nil
}

func (g *gateway) Solve(context.Context, client.SolveRequest) (*client.Result, error) {
	result := client.NewResult()
	result.SetRef(reference{files: g.files})
	return result, nil
}

func (g *gateway) ResolveImageConfig(_ context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	platform := platforms.DefaultSpec()
	if opt.ImageOpt != nil && opt.ImageOpt.Platform != nil {
		platform = *opt.ImageOpt.Platform
	}
	config, err := json.Marshal(ocispecs.Image{
		Platform: platform,
		Config:   ocispecs.ImageConfig{Env: []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}},
		RootFS:   ocispecs.RootFS{Type: "layers"},
	})
	return ref, "", config, err
}

type reference struct {
	client.Reference
	files map[string][]byte
}

func (r reference) StatFile(_ context.Context, request client.StatRequest) (*fstypes.Stat, error) {
	data, err := r.find(request.Path)
	return &fstypes.Stat{Path: request.Path, Size: int64(len(data))}, err
}

func (r reference) ReadFile(_ context.Context, request client.ReadRequest) ([]byte, error) {
	return r.find(request.Filename)
}

func (r reference) find(name string) ([]byte, error) {
	if data, ok := r.files[name]; ok {
		return data, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
