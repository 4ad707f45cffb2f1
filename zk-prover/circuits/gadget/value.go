package gadget

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/publicinput"
)

// Signed is an integer as a value of a witness.
func Signed(x int64) frontend.Variable { return publicinput.Signed(x) }

// Bit is 1 where set, else 0, as a value of a witness.
func Bit(set bool) frontend.Variable {
	if set {
		return Signed(1)
	}
	return Signed(0)
}

// StepTo is a node on a path with the digit of the own child's place.
func StepTo(digit int, children [4]fr.Element) Step {
	step := Step{High: Bit(digit >= 2), Low: Bit(digit%2 == 1)}
	for i, child := range children {
		step.Children[i] = child
	}
	return step
}
