// Package groth holds what the circuits of the house share as Groth16 statements over BN254: keys of a shape made, written and opened,
// proofs made and verified.
//
// Takes: a circuit in one shape, an assignment of it. Gives: keys in files, proofs of 196 bytes. Every circuit here has the five public
// inputs of publicinput and exactly one commitment, which covers no public input, so all lengths are constants.
// Invariants: no length and no file is decoded before it was compared; what leaves here says no value of a witness.
package groth

import (
	"github.com/consensys/gnark-crypto/ecc"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// Shape is a circuit in one size. Every shape has its own keys.
type Shape interface {
	// Circuit is the circuit's name in requests and file names.
	Circuit() string
	// String is the size as it stands in file names.
	String() string
	// Encoded is the size as requests and key records hold it.
	Encoded() []any
	// Empty is the circuit without values, to compile.
	Empty() frontend.Circuit
}

// Compile makes the constraint system of a shape, its constraints turned so that the prover has the least to do.
func Compile(shape Shape) (*cs.R1CS, error) {
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, shape.Empty())
	if err != nil {
		return nil, err
	}
	compiled := system.(*cs.R1CS)
	turn(compiled)
	return compiled, nil
}

// Catalogue reads the shapes of the circuits that a library knows, by the circuit's name.
type Catalogue map[string]func(shape canonical.Value) Shape

// Read reads a circuit's name and its shape; faults are noted at the values.
func (c Catalogue) Read(circuit, shape canonical.Value) Shape {
	reader, known := c[circuit.Text()]
	if !known {
		circuit.Refuse("UNKNOWN_CIRCUIT")
		return nil
	}
	return reader(shape)
}

// ParseSetup reads the request of a set-up.
func (c Catalogue) ParseSetup(encoded []byte) (Shape, string, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "setup")
	if document.Fault() != nil {
		return nil, "", document.Fault()
	}
	fields := root.Schema("bulwark-setup", 1, "circuit", "shape", "directory")
	shape, directory := c.Read(fields[0], fields[1]), fields[2].Text()
	return shape, directory, document.Fault()
}

// Wanted says which keys are to be opened.
type Wanted struct {
	Shape     Shape
	Directory string
	Identity  []byte // key identity; empty accepts any
}

// ParseOpen reads the request to open a circuit.
func (c Catalogue) ParseOpen(encoded []byte) (Wanted, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "circuit")
	if document.Fault() != nil {
		return Wanted{}, document.Fault()
	}
	fields := root.Schema("bulwark-circuit", 3, "circuit", "shape", "directory", "key")
	identity := fields[3].Digest()
	wanted := Wanted{Shape: c.Read(fields[0], fields[1]), Directory: fields[2].Text(), Identity: identity[:]}
	return wanted, document.Fault()
}

// ParseCompile reads the request for a circuit without keys.
func (c Catalogue) ParseCompile(encoded []byte) (Shape, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "compile")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-compile", 1, "circuit", "shape")
	shape := c.Read(fields[0], fields[1])
	return shape, document.Fault()
}
