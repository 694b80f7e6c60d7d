package main

import "testing"

func TestAnswer(t *testing.T) {
	if answer != "embedded\n" {
		t.Fatal(answer)
	}
}
