package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
)

// inspection is what a process is, by what the kernel says of it, and what it could do to its files.
type inspection struct {
	Status map[string]string `json:"status"`
	Env    []string          `json:"env"`
	// Writes holds for each folder how an attempt to write into it ended; nothing when it succeeded.
	Writes map[string]string `json:"writes"`
	// Files are those of the names asked for that are there.
	Files []string `json:"files"`
}

// inspect looks at another process of the same user, by default at the first one of the container.
func inspect(args []string) (any, error) {
	flags := flag.NewFlagSet("inspect", flag.ExitOnError)
	process := flags.String("process", "1", "the number of the process")
	folders := flags.String("write", "", "folders to write into, with commas between them")
	files := flags.String("files", "", "files to look for, with commas between them")
	flags.Parse(args)
	proc := filepath.Join("/proc", *process)
	seen := inspection{Status: map[string]string{}, Writes: map[string]string{}, Files: []string{}}

	status, err := os.ReadFile(filepath.Join(proc, "status"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		seen.Status[name] = strings.TrimSpace(value)
	}
	environ, err := os.ReadFile(filepath.Join(proc, "environ"))
	if err != nil {
		return nil, err
	}
	for variable := range bytes.SplitSeq(bytes.Trim(environ, "\x00"), []byte{0}) {
		seen.Env = append(seen.Env, string(variable))
	}
	root := filepath.Join(proc, "root")
	for _, folder := range list(*folders) {
		seen.Writes[folder] = write(filepath.Join(root, folder, "written-by-visitor"))
	}
	for _, file := range list(*files) {
		if _, err := os.Lstat(filepath.Join(root, file)); err == nil {
			seen.Files = append(seen.Files, file)
		} else if !os.IsNotExist(err) {
			return nil, err
		}
	}
	return seen, nil
}

func write(file string) string {
	if err := os.WriteFile(file, []byte("visited\n"), 0o600); err != nil {
		return err.(*os.PathError).Err.Error()
	}
	if err := os.Remove(file); err != nil {
		return err.Error()
	}
	return ""
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
