package rehearsal

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
)

// Assign fills the circuit of a shape and computes the nullifier; the amount lies below 2⁶³.
func Assign(shape Shape, secret, seal, challenge, scope fr.Element, amount int64) (*Circuit, [publicinput.Count]fr.Element) {
	nullifier, added := secret, [...]fr.Element{seal, challenge, scope}
	for step := range shape.Steps {
		nullifier.Square(&nullifier)
		nullifier.Add(&nullifier, &added[step%len(added)])
	}
	public := [publicinput.Count]fr.Element{seal, challenge, scope, nullifier} // and the statement 0
	return &Circuit{Seal: public[0], Challenge: public[1], Scope: public[2], Nullifier: public[3], Statement: public[4], Secret: secret,
		Amount: publicinput.Signed(amount), shape: shape}, public
}
