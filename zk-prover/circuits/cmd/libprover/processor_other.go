//go:build !unix

package main

// processorMillis is 0 where the system does not say.
func processorMillis() int64 { return 0 }
