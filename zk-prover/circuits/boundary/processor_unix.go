//go:build unix

package boundary

import "syscall"

// processorMillis is the processor time that this process has used, for the figures of a proof.
func processorMillis() int64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return (usage.Utime.Nano() + usage.Stime.Nano()) / 1_000_000
}
