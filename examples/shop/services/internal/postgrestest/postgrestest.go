// Package postgrestest starts a Postgres for a test.
package postgrestest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Where Debian keeps what only a server needs.
const debian = "/usr/lib/postgresql/*/bin/"

// Start returns the URL of an empty database that goes away with the test, or
// skips the test where no Postgres is installed.
func Start(t *testing.T) string {
	t.Helper()
	initdb, server := find("initdb"), find("postgres")
	if initdb == "" || server == "" {
		t.Skip("there is no Postgres (initdb, postgres) here")
	}
	folder, err := os.MkdirTemp("", "postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	// Postgres refuses to run as root.
	user := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		const nobody = 65534
		user.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		if err := os.Chown(folder, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(folder, "data")
	create := exec.Command(initdb, "--pgdata", data, "--username=shop", "--auth=trust", "--no-sync")
	create.SysProcAttr, create.Dir = user, folder
	if out, err := create.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	serve := exec.Command(server, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off")
	serve.SysProcAttr, serve.Dir, serve.Stderr = user, folder, os.Stderr
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		serve.Process.Signal(syscall.SIGQUIT)
		serve.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(folder, ".s.PGSQL.5432")); err == nil {
			return fmt.Sprintf("postgres://shop@/postgres?host=%s", folder)
		}
		if time.Now().After(deadline) {
			t.Fatal("Postgres did not start")
		}
	}
}

func find(program string) string {
	if path, err := exec.LookPath(program); err == nil {
		return path
	}
	found, _ := filepath.Glob(debian + program)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}
