package groth

import (
	"bytes"
	"crypto/sha256"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/verification"
)

// KeyFileOf is a verifying key with its record, as Write writes it: for whoever verified how a key came about and wants no proving key.
func KeyFileOf(shape Shape, system *cs.R1CS, verifying *groth16.VerifyingKey, origin verification.Origin) (verification.KeyFile, error) {
	vk, compiled := new(bytes.Buffer), sha256.New()
	if _, err := verifying.WriteTo(vk); err != nil {
		return verification.KeyFile{}, err
	}
	if _, err := system.WriteTo(compiled); err != nil {
		return verification.KeyFile{}, err
	}
	record := recordOf(shape, system, [sha256.Size]byte(compiled.Sum(nil)), sha256.Sum256(vk.Bytes()), origin)
	return verification.KeyFile{Record: record, Vk: vk.Bytes()}, nil
}
