// The generator writes what the program answers.
package main

import "os"

func main() {
	if err := os.WriteFile("answer.go", []byte("package main\n\nfunc answer() string { return \"generated\" }\n"), 0o644); err != nil {
		panic(err)
	}
}
