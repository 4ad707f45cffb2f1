//go:build fatal

package boundary

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"bulwark.io/circuits/plain/canonical"
)

// The ends that no recovery catches, by name. This file is in no shipped build: tests ask for the tag.
func init() {
	functions["fatal"] = function{[]string{"kind"}, fatal}
}

func fatal(arguments []canonical.Value) (any, error) {
	kind := arguments[0].Text()
	if end, known := ends[kind]; known {
		end()
	}
	arguments[0].Refuse("OUT_OF_RANGE")
	return nil, arguments[0].Fault()
}

var ends = map[string]func(){
	"stack overflow":           func() { debug.SetMaxStack(1 << 20); _ = deeper(0) },
	"out of memory":            exhaust,
	"segmentation fault":       func() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGSEGV); waitForTheEnd() },
	"kill":                     func() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL); waitForTheEnd() },
	"panic in another routine": func() { go func() { panic("nobody recovers here") }(); waitForTheEnd() },
	"concurrent map write":     writeTogether,
	"exit":                     func() { os.Exit(0) },
	"hang":                     func() { select {} },
	"stop":                     func() { _ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP); waitForTheEnd() },
	"garbage":                  func() { _, _ = os.Stdout.Write([]byte("fatal error: all routines are asleep\n")) },
	"garbled answer":           garble,
	"answer to no call":        func() { _, _ = os.Stdout.Write(frame(1<<40, canonical.Encode([]any{int64(0), []any{}}))) },
	"half a frame":             func() { half := frame(1, make([]byte, 64)); _, _ = os.Stdout.Write(half[:40]); os.Exit(0) },
}

// garble answers the calls that may be waiting with bytes that are no answer.
func garble() {
	for number := range uint64(64) {
		_, _ = os.Stdout.Write(frame(number, []byte{0xff}))
	}
}

// dataBytes is what counts against the limit of this process now.
func dataBytes() uint64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmData:")
	kibibytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	number, _ := strconv.ParseUint(kibibytes, 10, 64)
	return number << 10
}

func waitForTheEnd() { time.Sleep(time.Minute) }

func deeper(depth int) int { return deeper(depth+1) + 1 }

// exhaust holds more and more, all of it written to. A process without a limit of its own first gets one, 256 MiB above what it has.
func exhaust() {
	var now syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_DATA, &now) == nil && now.Cur > 1<<40 {
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: dataBytes() + 256<<20, Max: now.Max})
	}
	debug.SetGCPercent(-1)
	var held [][]byte
	for {
		block := make([]byte, 16<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		held = append(held, block)
	}
}

func writeTogether() {
	shared := map[int]int{}
	for range 4 {
		go func() {
			for i := 0; ; i++ {
				shared[i%8] = i
			}
		}()
	}
	waitForTheEnd()
}
