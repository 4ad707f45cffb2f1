package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// excessBits holds E − IM − m of a true claim.
const excessBits = 63

// claimHolds: exactly one kind of the shape and one candidate; kind 3 speaks of the account as booked; the public statement is made of these
// and no others; the house, which has no secret, may only name an account and say its IM, or that its margin is the sealed one. Every field
// is ranged or one of few constants (a name is 0 or the account's number + 1, which is below 4^depth + 1), so the low eight bits of the
// statement are its tag and nothing else.
func (d *definition) claimHolds() error {
	chosen := &d.Chosen
	d.oneHot(chosen.Kind)
	d.ranges.Below(chosen.Amount, publicinput.StatementAmountBits)
	initial, maintenance, equity := d.outcome.InitialMargin, d.outcome.MaintenanceMargin, d.outcome.Equity
	kind, excess, levels := frontend.Variable(0), frontend.Variable(0), frontend.Variable(0)
	equals, sealed := frontend.Variable(0), frontend.Variable(0)
	for i, number := range d.shape.kinds() {
		bit, level := chosen.Kind[i], initial
		kind = d.api.Add(kind, d.api.Mul(number, bit))
		switch number {
		case publicinput.TagInitialMarginEquals:
			equals = bit
			continue
		case publicinput.TagMarginSealed:
			sealed = bit
			continue
		case publicinput.TagExcessOverMaintenance:
			level = maintenance
		case publicinput.TagExcessOverBuffer:
			level = d.api.Add(initial, d.Buffer[0].Buffer)
		}
		excess, levels = d.api.Add(excess, bit), d.api.Add(levels, d.api.Mul(bit, level))
	}
	d.zeros.Product(equals, d.api.Sub(1, chosen.Candidate[publicinput.Given]))
	d.zeros.Product(d.Owner.ByHouse, d.api.Sub(1, equals, sealed))
	d.zeros.Product(d.Owner.ByHouse, chosen.Standing)
	d.ranges.Below(d.api.Sub(d.api.Mul(excess, d.api.Sub(equity, chosen.Amount)), levels), excessBits)
	d.api.AssertIsEqual(d.api.Mul(equals, d.api.Sub(initial, chosen.Amount)), 0)

	unnamed := d.api.Sub(chosen.Name, d.number, 1)
	d.api.AssertIsEqual(d.api.Mul(chosen.Name, unnamed), 0)
	d.api.AssertIsEqual(d.api.Mul(d.Owner.ByHouse, unnamed), 0)
	d.api.AssertIsEqual(d.Statement, d.api.Add(kind, d.api.Mul(d.candidate, 1<<publicinput.StatementChoiceOffset),
		d.api.Mul(chosen.Standing, 1<<publicinput.StatementStandingOffset), d.api.Mul(chosen.Amount, 1<<publicinput.StatementAmountOffset),
		d.api.Mul(chosen.Name, gadget.Power(publicinput.StatementNameOffset))))
	return d.marginIsSealed(sealed)
}

// oneHot asserts bits of which one is set and gives its place.
func (d *definition) oneHot(bits []frontend.Variable) frontend.Variable {
	count, place := frontend.Variable(0), frontend.Variable(0)
	for i, bit := range bits {
		d.api.AssertIsBoolean(bit)
		count, place = d.api.Add(count, bit), d.api.Add(place, d.api.Mul(i, bit))
	}
	d.api.AssertIsEqual(count, 1)
	return place
}
