// Command mutate removes the constraints of a circuit, one statement at a time, and says which of them no test misses.
//
// Takes: the name of a package of circuits. Gives: its survivors, each with file, line and source. A statement that asserts something
// (a range, an equality, a product that is 0) is one mutant: removed wherever it runs, in every shape. The package's own tests are the
// judges, because they hold the attacks; golden counts are left out, which would notice any removal and say nothing about it.
//
// What a survivor means: with that statement gone every attack is still refused and every honest witness still accepted. Either another
// constraint says the same (then its comment says which), or an attack is missing. "Not reached" is a statement of a shared package that
// no circuit of this package uses.
//
//	go run ./cmd/mutate -circuit fund                        builds and runs on this machine
//	go run ./cmd/mutate -circuit fund -build DIR             builds a static runner for a machine without Go: there, DIR/mutate -run DIR
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

func main() {
	circuit := flag.String("circuit", "", "account, margin, prefunding, book, fund, contagion or rehearsal")
	build := flag.String("build", "", "folder to build into, without running")
	run := flag.String("run", "", "folder that -build wrote: run what is in it")
	var how running
	flag.IntVar(&how.workers, "workers", runtime.NumCPU(), "mutants at a time, one processor each")
	flag.StringVar(&how.first, "first", "Forger|Statement|Sealed|Tag|Margin", "tests that run first, as go test's -run: quick ones that notice much; the others run where these do not")
	flag.StringVar(&how.only, "only", "", "a regular expression: statements whose file:line it matches")
	flag.DurationVar(&how.limit, "limit", 30*time.Minute, "longest run of one mutant; one that takes longer is noticed")
	flag.Parse()
	if err := mutate(*circuit, *build, *run, how); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// Folders of what circuits share.
const (
	margin     = "constraint/margin"
	prefunding = "constraint/prefunding"
	gadget     = "constraint/gadget"
)

func mutate(circuit, build, run string, how running) error {
	if run != "" {
		return how.all(run)
	}
	packages, known := map[string][]string{
		"account": {"account", margin, prefunding, gadget}, "margin": {margin, gadget}, "prefunding": {prefunding, gadget},
		"book": {"book", gadget}, "fund": {"fund", gadget},
		"contagion": {"contagion", gadget}, "rehearsal": {"rehearsal", gadget},
	}[circuit]
	if !known {
		return fmt.Errorf("-circuit must be account, margin, prefunding, book, fund, contagion or rehearsal; have %q", circuit)
	}
	folder := build
	if folder == "" {
		temporary, err := os.MkdirTemp("", "mutate")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temporary)
		folder = temporary
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	if err := prepare(folder, packages); err != nil || build != "" {
		return err
	}
	return how.all(folder)
}
