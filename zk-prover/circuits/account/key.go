package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
)

// Name is the circuit's name in requests and file names.
const Name = "account"

// Circuit is the name of the circuit whose shape this is.
func (s Shape) Circuit() string { return Name }

// Empty is the circuit of the shape without values.
func (s Shape) Empty() frontend.Circuit { return New(s) }

// ReadShape reads a shape from a request; its faults are noted there.
func ReadShape(value canonical.Value) groth.Shape { return readShape(value) }
