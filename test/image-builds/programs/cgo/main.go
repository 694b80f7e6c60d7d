package main

/*
#include <time.h>
static long now(void) { return (long) time(NULL); }
*/
import "C"

import (
	"fmt"

	"example.com/shared"
)

var version = "unset"

func main() { shared.Main(version, func() string { return fmt.Sprint(C.now()) }) }
