// Command bulwark-prover is the library as a process of its own: the calls of ABI.md in frames on standard input, their answers on standard output.
// What ends it ends no one else. It reads no file but keys, keeps no secret beyond a call, prints nothing, and ends when its input does.
package main

import (
	"flag"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"

	"bulwark.io/circuits/boundary"
)

const (
	wrongLimits = 2
	wrongFrame  = 3
)

func main() {
	memory := flag.Int64("memory-bytes", 0, "most memory that this process may hold; 0 sets no limit")
	threads := flag.Int("threads", 0, "threads that compute at once; 0 takes every processor")
	flag.Parse()
	if *memory < 0 || *threads < 0 || flag.NArg() != 0 {
		os.Exit(wrongLimits)
	}
	if *threads > 0 {
		runtime.GOMAXPROCS(*threads)
	}
	if *memory > 0 {
		// The collector works harder before the system says no.
		debug.SetMemoryLimit(*memory / 4 * 3)
	}
	if err := limit(*memory); err != nil {
		os.Exit(wrongLimits)
	}
	// Who interrupts a house at its terminal lets it close: it still has calls to make.
	signal.Ignore(os.Interrupt)
	if boundary.Serve(os.Stdin, os.Stdout) != nil {
		os.Exit(wrongFrame)
	}
}
