// Package vectors holds the test that the golden files in zk-prover/vectors are what this library computes. Other programs read the same
// files; a changed file is a changed protocol.
package vectors
