package gadget

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
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
