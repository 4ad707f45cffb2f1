//go:build !unix

package boundary

// processorMillis is 0 where the system does not say.
func processorMillis() int64 { return 0 }
