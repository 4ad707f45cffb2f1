// Package rehearsal is a circuit to rehearse with: it has the public inputs and the one commitment of every circuit of the house and is
// small, so that members can go through a ceremony, and a test through all of it, in seconds.
//
// Takes: a secret, an amount. Gives: a proof that says nothing about any account.
// Invariant: its statement is the constant 0, whose tag no verifier takes: a rehearsed proof is nowhere mistaken for one of another circuit.
package rehearsal

import (
	"strconv"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
)

// Name is the circuit's name in requests and file names.
const Name = "rehearsal"

// stepsLeast lets seal, challenge and scope all count; stepsMost keeps the largest rehearsal about as large as a real circuit.
const (
	stepsLeast = 3
	stepsMost  = 1 << 18
)

// amountBits bounds the amount as the real claims bound m: the range is what the circuit has its commitment for.
const amountBits = 63

// Circuit is the claim: "I know a secret which, squared again and again with seal, challenge and scope added in turn, is the nullifier, and an
// amount". It says neither: the statement is 0.
type Circuit struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"`

	// SECRET INPUTS
	Secret frontend.Variable
	Amount frontend.Variable

	shape Shape
}

// Shape is how often the secret is squared: one constraint each, beside the few of the amount's range.
type Shape struct{ Steps int }

// ReadShape reads a shape from a request; its faults are noted there.
func ReadShape(value canonical.Value) groth.Shape {
	return Shape{Steps: int(value.Tuple("steps")[0].Int(stepsLeast, stepsMost))}
}

// Circuit is the name of the circuit whose shape this is.
func (s Shape) Circuit() string { return Name }

// String is the shape as it stands in file names.
func (s Shape) String() string { return strconv.Itoa(s.Steps) }

// Encoded is the shape as requests hold it.
func (s Shape) Encoded() []any { return []any{int64(s.Steps)} }

// Empty is the circuit of the shape without values.
func (s Shape) Empty() frontend.Circuit { return &Circuit{shape: s} }

// Define asserts the claim, and that the statement is tag 0 with every other field 0.
func (c *Circuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Statement, 0)
	gadget.NewRanges(api).Below(c.Amount, amountBits)
	state, added := c.Secret, [...]frontend.Variable{c.Seal, c.Challenge, c.Scope}
	for step := range c.shape.Steps {
		state = api.Add(api.Mul(state, state), added[step%len(added)])
	}
	api.AssertIsEqual(state, c.Nullifier)
	return nil
}
