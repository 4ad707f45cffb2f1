package groth

import (
	"bytes"
	"crypto/sha256"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// CheckRecord compiles the circuit that a record names, in its shape, and compares system, constraints and structure with the record's.
// Gives what a verifier notes of it, KeyRecord.Compiled.
func CheckRecord(catalogue Catalogue, record verification.KeyRecord) (compiled [sha256.Size]byte, err error) {
	encoded := canonical.Encode([]any{"bulwark-compile", int64(1), record.Circuit, record.Shape})
	shape, err := catalogue.ParseCompile(encoded)
	if err != nil {
		return compiled, err
	}
	system, err := Compile(shape)
	if err != nil {
		return compiled, err
	}
	hash := sha256.New()
	if _, err := system.WriteTo(hash); err != nil {
		return compiled, err
	}
	own := recordOf(shape, system, [sha256.Size]byte(hash.Sum(nil)), record.Vk, record.Origin)
	if !bytes.Equal(own.Encode(), record.Encode()) {
		return compiled, refusal.New(refusal.Key, "CIRCUIT_DIFFERS", "key.record")
	}
	return record.Compiled(), nil
}
