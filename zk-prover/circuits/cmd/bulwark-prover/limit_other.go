//go:build !linux

package main

// limit leaves the memory to the collector where the system has no such limit.
func limit(int64) error { return nil }
