package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
)

// excessBits holds E − IM − m of a true claim.
const excessBits = 63

// claimHolds: exactly one kind and one candidate; kind 3 speaks of the account as booked; the public claim is made of these and no
// others; the house, which has no secret, may only name an account and say its IM.
func (d *definition) claimHolds() {
	chosen := &d.Chosen
	kind := d.oneHot(chosen.Kind)
	excessOverInitial, excessOverMaintenance, equals := chosen.Kind[0], chosen.Kind[1], chosen.Kind[2]
	d.zeros.Product(equals, d.api.Sub(1, chosen.Candidate[publicinput.Given]))
	d.zeros.Product(d.Owner.ByHouse, d.api.Sub(1, equals))

	d.ranges.Below(chosen.Amount, publicinput.ClaimAmountBits)
	initial, maintenance, equity := d.outcome.InitialMargin, d.outcome.MaintenanceMargin, d.outcome.Equity
	claimed := d.api.Add(d.api.Mul(d.api.Add(excessOverInitial, excessOverMaintenance), d.api.Sub(equity, chosen.Amount)),
		d.api.Neg(d.api.Mul(excessOverInitial, initial)), d.api.Neg(d.api.Mul(excessOverMaintenance, maintenance)))
	d.ranges.Below(claimed, excessBits)
	d.api.AssertIsEqual(d.api.Mul(equals, d.api.Sub(initial, chosen.Amount)), 0)

	unnamed := d.api.Sub(chosen.Name, d.number, 1)
	d.api.AssertIsEqual(d.api.Mul(chosen.Name, unnamed), 0)
	d.api.AssertIsEqual(d.api.Mul(d.Owner.ByHouse, unnamed), 0)
	d.api.AssertIsEqual(d.Claim, d.api.Add(d.api.Add(kind, 1), d.api.Mul(d.candidate, 1<<publicinput.ClaimCandidateOffset),
		d.api.Mul(chosen.Amount, 1<<publicinput.ClaimAmountOffset), d.api.Mul(chosen.Name, gadget.Power(publicinput.ClaimNameOffset))))
}

// oneHot asserts three bits of which one is set and gives its place.
func (d *definition) oneHot(bits [3]frontend.Variable) frontend.Variable {
	for _, bit := range bits {
		d.api.AssertIsBoolean(bit)
	}
	d.api.AssertIsEqual(d.api.Add(bits[0], bits[1], bits[2]), 1)
	return d.api.Add(bits[1], d.api.Mul(2, bits[2]))
}
