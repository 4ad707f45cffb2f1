package gadget

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
)

const cashShift = 63 // makes cash non-negative beside the number

// AccountLeaf is the leaf of an account over the hashes of its lists; in a house whose tables list venues also of its standings.
type AccountLeaf struct {
	Number, Owner, Salt, Cash, Positions, Paid, Lines frontend.Variable
	Standings                                         []frontend.Variable
}

// Hash is the leaf. With standings it has a domain of its own, so that no leaf of the other format stands for it, and number and cash share
// an element: a number below 2³² and |cash| < 2⁶³, which the caller has ranged, keep them apart.
func (l AccountLeaf) Hash(hasher *Hasher) (frontend.Variable, error) {
	if len(l.Standings) == 0 {
		return hasher.Hash(publicinput.Account, l.Number, l.Owner, l.Salt, l.Cash, l.Positions, l.Paid, l.Lines)
	}
	api := hasher.api
	word := api.Add(l.Number, api.Mul(api.Add(l.Cash, Power(cashShift)), Power(keyBits)))
	return hasher.Hash(publicinput.VenueAccount, word, l.Owner, l.Salt, l.Positions, l.Paid, l.Lines, l.Standings[0])
}
