package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
)

// Bits of the formula's integers. The guard keeps every column of the account below 2⁶⁰ in absolute value; a difference of two is below 2⁶¹.
const (
	columnBits = risktable.LimitBits
	slackBits  = columnBits + 1
	marginBits = 63 // IM ≤ 5.5·B
)

// marginIsTheFormula: margin.md §1.3 to §1.6 on the candidate's lots.
func (d *definition) marginIsTheFormula() {
	d.accountIsWithinTheLimit()
	stress := d.stress()
	core := d.core(stress)
	addOns := d.api.Add(d.spread(), d.impact(), d.quantisation())
	d.initial = d.initialMargin(d.api.Add(core, addOns))
	d.maintenance = d.maintenanceMargin()
	d.equity = d.equityOfAccount()
}

// accountIsWithinTheLimit: B = Σ|lots|·bound + 2|cash| < 2⁶⁰. A condition of soundness: `bound` covers every packed column, so no column's sum runs into its neighbour.
func (d *definition) accountIsWithinTheLimit() {
	total := d.api.Mul(2, d.api.Add(d.Account.CashPlus, d.Account.CashMinus))
	for _, row := range d.rows {
		total = d.api.Add(total, d.api.Mul(row.size, row.inputs.Bound))
	}
	d.ranges.Below(total, risktable.LimitBits)
}

// stress is max_c ⌈Σ w·m / 10⁶⌉, not floored, as the list of the combos' ceilings: m_S sums each group's worst row, m_J is the worst of the common rows.
func (d *definition) stress() [2]frontend.Variable {
	sum := frontend.Variable(0)
	for i := range d.Table.Groups {
		d.groupLosses(i)
		sum = d.api.Add(sum, d.Table.Groups[i].Worst)
	}
	joint := d.jointLoss()
	for c, weights := range d.Table.Global.Weights {
		d.ranges.Signed(d.Margin.Combos[c], slackBits)
		d.ranges.CeilMillion(d.api.Add(d.api.Mul(weights[0], joint), d.api.Mul(weights[1], sum)), d.Margin.Combos[c])
	}
	return d.Margin.Combos
}

// groupLosses defines the group's columns by the worst loss and a slack per row, so one range bounds the slot and makes worst the
// maximum; one slack is 0, so it is attained. What is in no slack is ranged by itself: then each slot of a packed column differs from the
// true sum by less than 2⁶².
func (d *definition) groupLosses(i int) {
	group := &d.Table.Groups[i]
	d.ranges.Signed(group.Worst, columnBits)
	losses := make([]frontend.Variable, d.shape.Rows)
	for r, slack := range group.Slack {
		d.ranges.Below(slack, slackBits)
		losses[r] = d.api.Sub(group.Worst, slack)
	}
	gadget.OneIsZero(d.api, group.Slack...)

	d.ranges.Below(group.DeltaPlus, columnBits)
	d.ranges.Below(group.DeltaMinus, columnBits)
	d.zeros.Product(group.DeltaPlus, group.DeltaMinus)
	d.ranges.Signed(group.Value, columnBits)
	delta := d.api.Sub(group.DeltaPlus, group.DeltaMinus)
	d.groupColumns = append(d.groupColumns, gadget.PackColumns(d.api, append(losses, delta, group.Value)))
}

// jointLoss is m_J: at least the whole account's loss in every row but the last, and equal in one.
func (d *definition) jointLoss() frontend.Variable {
	slacks := make([]frontend.Variable, d.shape.Rows-1)
	for r := range slacks {
		slacks[r] = d.Margin.Joint
		for i := range d.Table.Groups {
			group := &d.Table.Groups[i]
			slacks[r] = d.api.Add(d.api.Sub(slacks[r], group.Worst), group.Slack[r])
		}
		d.ranges.Below(slacks[r], slackBits)
	}
	gadget.OneIsZero(d.api, slacks...)
	return d.Margin.Joint
}

// core is max(0, combos): not below any and equal to one.
func (d *definition) core(stress [2]frontend.Variable) frontend.Variable {
	core := d.Margin.Core
	d.ranges.Below(core, slackBits)
	factors := []frontend.Variable{core}
	for _, combo := range stress {
		slack := d.api.Sub(core, combo)
		d.ranges.Below(slack, slackBits+1)
		factors = append(factors, slack)
	}
	gadget.OneIsZero(d.api, factors...)
	return core
}

// spread is Σ spread·|q|.
func (d *definition) spread() frontend.Variable {
	total := frontend.Variable(0)
	for i := range d.Table.Instruments {
		total = d.api.Add(total, d.api.Mul(d.rows[i].size, d.Table.Instruments[i].Spread))
	}
	return total
}

// impact is Σ_u ⌈impact^±·|Δ_u| / 10⁶⌉: the slope of the side on which the group's net delta stands.
func (d *definition) impact() frontend.Variable {
	total := frontend.Variable(0)
	for i := range d.Table.Groups {
		group := &d.Table.Groups[i]
		charge := d.api.Add(d.api.Mul(group.DeltaPlus, group.ImpactLong), d.api.Mul(group.DeltaMinus, group.ImpactShort))
		d.ranges.Below(group.Impact, slackBits)
		d.ranges.CeilMillion(charge, group.Impact)
		total = d.api.Add(total, group.Impact)
	}
	return total
}

// quantisation is ⌈Σ|q| / 2⌉ over positions: 2·result − Σ|q| is a bit, and the result is ranged, so it is no half mod r.
func (d *definition) quantisation() frontend.Variable {
	total := frontend.Variable(0)
	for i := range d.Table.Instruments {
		total = d.api.Add(total, d.rows[i].size)
	}
	d.ranges.Below(d.Margin.Quantisation, columnBits)
	d.api.AssertIsBoolean(d.api.Sub(d.api.Mul(2, d.Margin.Quantisation), total))
	return d.Margin.Quantisation
}

// initialMargin is max(core + add-ons, a·m₀): not below either and equal to one.
func (d *definition) initialMargin(required frontend.Variable) frontend.Variable {
	overRequired := d.api.Sub(d.Margin.InitialMargin, required)
	overMinimum := d.api.Sub(d.Margin.InitialMargin, d.api.Mul(d.liability(), d.Table.Global.MinimumMargin))
	d.ranges.Below(overRequired, marginBits)
	d.ranges.Below(overMinimum, marginBits)
	d.zeros.Product(overRequired, overMinimum)
	return d.Margin.InitialMargin
}

// liability is 1 iff the account owes: S = shorts + longs that are not paid up + debts + negative cash, all ≥ 0 and the sum below r, is not 0.
func (d *definition) liability() frontend.Variable {
	owed := d.Account.CashMinus
	for i := range d.Table.Instruments {
		instrument := &d.Table.Instruments[i]
		open := d.api.Mul(d.api.Sub(1, instrument.PaidUp), instrument.Plus)
		owed = d.api.Add(owed, instrument.Minus, open)
	}
	for i := range d.Table.Lines {
		owed = d.api.Add(owed, d.api.Mul(d.Table.Lines[i].Debt, d.Table.Lines[i].Lots))
	}
	liability := d.api.Mul(owed, d.Margin.LiabilityInverse)
	d.api.AssertIsEqual(d.api.Mul(d.api.Sub(1, liability), owed), 0)
	return liability
}

// maintenanceMargin is ⌈φ·IM / 10⁶⌉.
func (d *definition) maintenanceMargin() frontend.Variable {
	d.ranges.Below(d.Margin.Maintenance, marginBits)
	d.ranges.CeilMillion(d.api.Mul(d.Table.Global.Phi, d.initial), d.Margin.Maintenance)
	return d.Margin.Maintenance
}

// equityOfAccount: positive cash at par, negative cash with its residual, and the value of every lot, which each group has summed.
func (d *definition) equityOfAccount() frontend.Variable {
	owed := d.api.Mul(d.Account.CashMinus, d.api.Add(d.Table.Global.CashResidual, gadget.Million))
	d.ranges.Below(d.Margin.CashDebt, slackBits)
	d.ranges.CeilMillion(owed, d.Margin.CashDebt)
	equity := d.api.Sub(d.Account.CashPlus, d.Margin.CashDebt)
	for i := range d.Table.Groups {
		equity = d.api.Add(equity, d.Table.Groups[i].Value)
	}
	return equity
}

// claimHolds: exactly one kind and one candidate; kind 3 speaks of the account as booked; the public claim is made of these and no
// others; the house, which has no secret, may only name an account and say its IM.
func (d *definition) claimHolds() {
	chosen := &d.Chosen
	kind, candidate := d.oneHot(chosen.Kind), d.oneHot(chosen.Candidate)
	excessOverInitial, excessOverMaintenance, equals := chosen.Kind[0], chosen.Kind[1], chosen.Kind[2]
	d.zeros.Product(equals, d.api.Sub(1, chosen.Candidate[publicinput.Given]))
	d.zeros.Product(d.Account.ByHouse, d.api.Sub(1, equals))

	d.ranges.Below(chosen.Amount, publicinput.ClaimAmountBits)
	claimed := d.api.Add(d.api.Mul(d.api.Add(excessOverInitial, excessOverMaintenance), d.api.Sub(d.equity, chosen.Amount)),
		d.api.Neg(d.api.Mul(excessOverInitial, d.initial)), d.api.Neg(d.api.Mul(excessOverMaintenance, d.maintenance)))
	d.ranges.Below(claimed, marginBits)
	d.api.AssertIsEqual(d.api.Mul(equals, d.api.Sub(d.initial, chosen.Amount)), 0)

	unnamed := d.api.Sub(chosen.Name, d.number, 1)
	d.api.AssertIsEqual(d.api.Mul(chosen.Name, unnamed), 0)
	d.api.AssertIsEqual(d.api.Mul(d.Account.ByHouse, unnamed), 0)
	d.api.AssertIsEqual(d.Claim, d.api.Add(d.api.Add(kind, 1), d.api.Mul(candidate, 1<<publicinput.ClaimCandidateOffset),
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
