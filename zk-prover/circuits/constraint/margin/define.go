package margin

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Bits of the formula's integers. The guard keeps every column of the account below 2^LimitBits of the packing in absolute value; a
// difference of two is below twice that. What is summed or multiplied from columns keeps its bits in every packing.
const (
	chargeBits = risktable.LimitBits + 1
	marginBits = 63 // IM is below 8·B
	pathBits   = 2  // more of a worst loss with paths
	lotsBits   = 32
)

// definition holds what one part of Define hands to the next.
type definition struct {
	api    frontend.API
	ranges *gadget.Ranges
	zeros  *gadget.Zeros
	table  Table
	plan   plan
	inputs *Inputs

	columnBits, slackBits int // of a column of the account, and of a difference of two
	coreBits              int

	losses [][]frontend.Variable // by group slot and grouped row
	whole  []frontend.Variable   // by whole row
	es     []frontend.Variable
	impact []frontend.Variable // by group slot
	venues [][]frontend.Variable
}

// Define asserts the formula on the candidate's lots and cash; the caller has ranged both.
func Define(api frontend.API, ranges *gadget.Ranges, zeros *gadget.Zeros, table Table, cash gadget.Sides, inputs *Inputs) Outcome {
	d := &definition{api: api, ranges: ranges, zeros: zeros, table: table, plan: planOf(table.Structure, table.Packing), inputs: inputs,
		columnBits: table.Packing.LimitBits(), slackBits: table.Packing.LimitBits() + 1, coreBits: chargeBits}
	d.accountIsWithinTheLimit(cash)
	families := d.withPaths(d.families(), cash)
	core := d.core(d.combos(families), d.shortfall())
	required := api.Add(core, d.entryCharges(), d.groupCharges(), d.quantisation())
	outcome := Outcome{Liability: d.liability(cash), Columns: d.columns(), Impact: d.impact}
	outcome.InitialMargin = d.initialMargin(required, outcome.Liability)
	outcome.MaintenanceMargin = d.maintenanceMargin()
	outcome.Equity = d.equity(cash)
	return outcome
}

// withPaths are the worst losses with what venues may close by themselves, where the table lists venues.
func (d *definition) withPaths(families []frontend.Variable, cash gadget.Sides) []frontend.Variable {
	if !d.table.Structure.AtVenues() {
		return families
	}
	d.coreBits += pathBits
	outcome := prefunding.Define(d.api, d.ranges, d.zeros,
		prefunding.Table{Structure: d.table.Structure, Packing: d.table.Packing, Share: d.table.Global.Share[0]},
		prefunding.Account{Cash: d.api.Sub(cash.Plus, d.inputs.CashDebt), Standings: d.table.Standings, Loss: d.accountLoss, Families: families},
		&d.inputs.Venues[0])
	d.venues = outcome.Columns
	return outcome.Families
}

// accountIsWithinTheLimit: B = Σ|lots|·bound + 2|cash| + 2·Σ|d| < 2^LimitBits, d the distances of standings. A condition of soundness:
// `bound` covers every packed column, so no column's sum runs into its neighbour.
func (d *definition) accountIsWithinTheLimit(cash gadget.Sides) {
	total := d.api.Mul(2, cash.Size(d.api))
	for _, row := range d.table.Rows {
		total = d.api.Add(total, d.api.Mul(row.Lots.Size(d.api), row.Charges.Bound))
	}
	for _, standing := range d.table.Standings {
		total = d.api.Add(total, d.api.Mul(2, standing.Distance.Size(d.api)))
	}
	d.ranges.Below(total, d.columnBits)
}

// families are the worst points: each at least every point of its family, and equal to one.
func (d *definition) families() []frontend.Variable {
	for i := range d.inputs.Groups {
		d.groupLosses(i)
	}
	d.wholeLosses()
	worst := make([]frontend.Variable, len(d.table.Structure.Families))
	at := 0 // the next two-level point
	for k, family := range d.table.Structure.Families {
		var slacks []frontend.Variable
		worst[k] = d.inputs.Families[k]
		for _, cells := range family.Points {
			var point frontend.Variable
			if len(cells) > 1 {
				point = d.sumOfWorst(at)
				at++
			} else {
				point = d.accountLoss(int(cells[0]))
			}
			if len(family.Points) == 1 {
				worst[k] = point
				d.api.AssertIsEqual(d.inputs.Families[k], point)
				continue
			}
			slacks = append(slacks, d.api.Sub(worst[k], point))
			if home, defined := d.plan.wholeHome[int(cells[0])]; len(cells) > 1 || !defined || home != k {
				d.ranges.Below(slacks[len(slacks)-1], d.slackBits)
			}
		}
		if len(slacks) > 0 {
			gadget.OneIsZero(d.api, slacks...)
		}
	}
	return worst
}

// groupLosses defines the group's grouped rows: by the worst loss of the row's home point and a slack, so one range bounds the slot and
// makes that worst a maximum over its own rows; over cells whose home is elsewhere by a range more. One slack of every point is 0.
func (d *definition) groupLosses(i int) {
	group := &d.inputs.Groups[i]
	losses := make([]frontend.Variable, len(d.plan.groupedRows))
	for place, row := range d.plan.groupedRows {
		slack := group.Slack[place]
		if home, ok := d.plan.home[row]; ok {
			d.ranges.Below(slack, d.slackBits)
			losses[place] = d.api.Sub(group.Worst[home], slack)
		} else {
			d.ranges.Signed(slack, d.columnBits)
			losses[place] = slack
		}
	}
	for at, point := range d.plan.points {
		d.ranges.Signed(group.Worst[at], d.columnBits)
		slacks := make([]frontend.Variable, len(point.Cells))
		for e, cell := range point.Cells {
			place := d.plan.slackOf[int(cell)]
			slacks[e] = group.Slack[place]
			if d.plan.home[int(cell)] != at {
				slacks[e] = d.api.Sub(group.Worst[at], losses[place])
				d.ranges.Below(slacks[e], d.slackBits)
			}
		}
		gadget.OneIsZero(d.api, slacks...)
	}
	d.losses = append(d.losses, losses)
}

// wholeLosses are the account's losses in the other rows: below the worst of their home family by a slack.
func (d *definition) wholeLosses() {
	d.whole = make([]frontend.Variable, len(d.plan.wholeRows))
	ranged := map[int]bool{}
	for place, row := range d.plan.wholeRows {
		home, ok := d.plan.wholeHome[row]
		if !ok {
			d.ranges.Signed(d.inputs.Whole[place], d.columnBits)
			d.whole[place] = d.inputs.Whole[place]
			continue
		}
		if !ranged[home] {
			d.ranges.Signed(d.inputs.Families[home], d.columnBits)
			ranged[home] = true
		}
		d.ranges.Below(d.inputs.Whole[place], d.slackBits)
		d.whole[place] = d.api.Sub(d.inputs.Families[home], d.inputs.Whole[place])
	}
}

func (d *definition) sumOfWorst(point int) frontend.Variable {
	sum := frontend.Variable(0)
	for i := range d.inputs.Groups {
		sum = d.api.Add(sum, d.inputs.Groups[i].Worst[point])
	}
	return sum
}

// accountLoss is the account's loss in one row.
func (d *definition) accountLoss(row int) frontend.Variable {
	if place, ok := d.plan.wholeOf[row]; ok {
		return d.whole[place]
	}
	sum := frontend.Variable(0)
	for i := range d.losses {
		sum = d.api.Add(sum, d.losses[i][d.plan.slackOf[row]])
	}
	return sum
}

// combos are ⌈Σ w·m / 10⁶⌉, not floored. Core bounds each quotient: it is ranged, and exceeds no part by 2⁶² or more, so no part is a
// fraction mod r.
func (d *definition) combos(families []frontend.Variable) []frontend.Variable {
	for c, combo := range d.inputs.Combos {
		mixed := frontend.Variable(0)
		for k, weight := range d.table.Global.Weights[c] {
			mixed = d.api.Add(mixed, d.api.Mul(weight, families[k]))
		}
		d.ranges.CeilMillion(mixed, combo)
	}
	return d.inputs.Combos
}

// shortfall is ⌈RU(t)/k⌉ with RU(t) = k·t + Σ ω(L − t)⁺ (Rockafellar and Uryasev 2000), not floored. Each loss is t ± its distance, so one
// range bounds the slot. That t minimises RU is the subgradient 0 ∈ ∂RU(t): the weight beyond t is at most k, and with one further row at
// t itself, named by its run, at least k. In a run the product of distance + beyond is 0 iff it has a row at t that is not counted as
// beyond; each run names one row at most, so what is added stands for different rows.
func (d *definition) shortfall() frontend.Variable {
	global, tail := d.table.Global, d.table.Global.Tail
	d.ranges.Signed(d.inputs.Quantile, d.columnBits)
	excess, beyond, reached := d.api.Mul(tail, d.inputs.Quantile), frontend.Variable(0), frontend.Variable(0)
	row := 0
	for block, length := range d.table.Structure.Blocks {
		sum, count, product := frontend.Variable(0), frontend.Variable(0), frontend.Variable(1)
		for range length {
			tails := d.inputs.Tails[row]
			d.api.AssertIsBoolean(tails.Beyond)
			d.ranges.Below(tails.Distance, d.slackBits)
			over := d.api.Mul(tails.Beyond, tails.Distance)
			d.es = append(d.es, d.api.Add(d.inputs.Quantile, d.api.Sub(d.api.Mul(2, over), tails.Distance)))
			sum, count = d.api.Add(sum, over), d.api.Add(count, tails.Beyond)
			product = d.api.Mul(product, d.api.Add(tails.Distance, tails.Beyond))
			row++
		}
		boundary := d.inputs.Boundary[block]
		d.api.AssertIsBoolean(boundary)
		d.api.AssertIsEqual(d.api.Mul(boundary, product), 0)
		excess = d.api.Add(excess, d.api.Mul(global.EsWeights[block], sum))
		beyond = d.api.Add(beyond, d.api.Mul(global.EsWeights[block], count))
		reached = d.api.Add(reached, d.api.Mul(global.EsWeights[block], boundary))
	}
	d.ranges.Below(d.api.Sub(tail, beyond), weightBits)
	d.ranges.Below(d.api.Sub(d.api.Add(beyond, reached), tail), weightBits)
	d.ranges.Ceil(excess, tail, d.inputs.Shortfall)
	return d.inputs.Shortfall
}

// weightBits holds sums of weights: at most 10⁶ over all rows.
const weightBits = 20

// core is max(0, combos, shortfall): not below any and equal to one. Every part is above core − 2⁶², so the quotients are ranged here.
func (d *definition) core(combos []frontend.Variable, shortfall frontend.Variable) frontend.Variable {
	core := d.inputs.Core
	d.ranges.Below(core, d.coreBits)
	factors := []frontend.Variable{core}
	for _, part := range append(append([]frontend.Variable{}, combos...), shortfall) {
		slack := d.api.Sub(core, part)
		d.ranges.Below(slack, d.coreBits+1)
		factors = append(factors, slack)
	}
	gadget.OneIsZero(d.api, factors...)
	return core
}

// beyond asserts y = (x − θ)⁺ for x ≥ 0 and gives slope·y: y ≥ 0, y ≥ x − θ, and one of them 0.
func (d *definition) beyond(x frontend.Variable, knots [publicinput.KnotsMax]Knot, y [publicinput.KnotsMax]frontend.Variable, bits int) frontend.Variable {
	charge := frontend.Variable(0)
	for i, knot := range knots {
		under := d.api.Add(d.api.Sub(y[i], x), knot.Threshold)
		d.ranges.Below(y[i], bits)
		d.ranges.Below(under, bits)
		d.zeros.Product(y[i], under)
		charge = d.api.Add(charge, d.api.Mul(knot.Slope, y[i]))
	}
	return charge
}

// entryCharges: Σ spread·|q| + own size beyond the knots, and the crowd's slope of the side.
func (d *definition) entryCharges() frontend.Variable {
	total := frontend.Variable(0)
	for i, row := range d.table.Rows {
		charges, lots := row.Charges, row.Lots
		total = d.api.Add(total, d.api.Mul(charges.CrowdLong, lots.Plus), d.beyond(lots.Size(d.api), charges.Knots, d.inputs.Rows[i].Beyond, lotsBits+1))
		if row.Position {
			total = d.api.Add(total, d.api.Mul(charges.Spread, lots.Size(d.api)), d.api.Mul(charges.CrowdShort, lots.Minus))
		}
	}
	return total
}

// groupCharges: impact, contagion, crowding and skew with one ceiling a group, basis with one for each days key.
func (d *definition) groupCharges() frontend.Variable {
	total := frontend.Variable(0)
	charge := func(amount, ceiling frontend.Variable) {
		d.ranges.Below(ceiling, chargeBits)
		d.ranges.CeilMillion(amount, ceiling)
		total = d.api.Add(total, ceiling)
	}
	for i := range d.inputs.Groups {
		group, slopes := &d.inputs.Groups[i], d.table.Groups[i]
		d.sides(group.Delta, d.columnBits)
		d.sides(group.Vega, d.columnBits)
		sided := func(long, short frontend.Variable) frontend.Variable {
			return d.api.Add(d.api.Mul(long, group.Delta.Plus), d.api.Mul(short, group.Delta.Minus))
		}
		net := group.Delta.Size(d.api)
		impact := d.api.Add(sided(slopes.ImpactLong, slopes.ImpactShort), d.beyond(net, slopes.Impact, group.BeyondImpact, thresholdBits))
		d.impact = append(d.impact, impact)
		charge(impact, group.Impact)
		charge(d.api.Add(sided(slopes.ContagionLong, slopes.ContagionShort), d.beyond(net, slopes.Contagion, group.BeyondContagion, thresholdBits)),
			group.Contagion)
		charge(d.api.Add(d.api.Mul(slopes.Chi, group.Vega.Minus), d.beyond(group.Vega.Minus, slopes.Crowding, group.BeyondCrowding, thresholdBits)),
			group.Crowding)
		steepening := d.api.Sub(d.losses[i][d.plan.slackOf[d.table.Structure.Steep]], d.losses[i][d.plan.slackOf[d.table.Structure.Flat]])
		d.sides(group.Steepening, d.slackBits)
		d.api.AssertIsEqual(group.Steepening.Of(d.api), steepening)
		charge(d.api.Mul(slopes.Psi, group.Steepening.Plus), group.Skew)
		for key := range group.Dated {
			d.sides(group.Dated[key], d.columnBits)
			charge(d.api.Mul(slopes.Basis[key], group.Dated[key].Size(d.api)), group.Basis[key])
		}
	}
	return total
}

// thresholdBits holds a threshold of a group, and the size beyond it.
const thresholdBits = 64

func (d *definition) sides(sides gadget.Sides, bits int) {
	d.ranges.Below(sides.Plus, bits)
	d.ranges.Below(sides.Minus, bits)
	d.zeros.Sides(sides)
}

// quantisation is ⌈Σ|q| / 2⌉ over positions: 2·result − Σ|q| is a bit. The result is no half mod r: IM is a ranged distance above the
// minimum margin and another above this result plus charges that are integers.
func (d *definition) quantisation() frontend.Variable {
	total := frontend.Variable(0)
	for _, row := range d.table.Rows {
		if row.Position {
			total = d.api.Add(total, row.Lots.Size(d.api))
		}
	}
	d.api.AssertIsBoolean(d.api.Sub(d.api.Mul(2, d.inputs.Quantisation), total))
	return d.inputs.Quantisation
}

// liability is 1 iff the account owes: S = what rows owe + negative cash, all ≥ 0 and the sum below r, is not 0.
func (d *definition) liability(cash gadget.Sides) frontend.Variable {
	owed := cash.Minus
	for _, row := range d.table.Rows {
		owed = d.api.Add(owed, row.Owed)
	}
	liability := d.api.Mul(owed, d.inputs.LiabilityInverse)
	d.api.AssertIsEqual(d.api.Mul(d.api.Sub(1, liability), owed), 0)
	return liability
}

// initialMargin is max(core + add-ons, a·m₀): not below either and equal to one.
func (d *definition) initialMargin(required, liability frontend.Variable) frontend.Variable {
	margin := d.inputs.InitialMargin
	overRequired := d.api.Sub(margin, required)
	overMinimum := d.api.Sub(margin, d.api.Mul(liability, d.table.Global.MinimumMargin))
	d.ranges.Below(overRequired, marginBits)
	d.ranges.Below(overMinimum, marginBits)
	d.zeros.Product(overRequired, overMinimum)
	return margin
}

// maintenanceMargin is ⌈φ·IM / 10⁶⌉.
func (d *definition) maintenanceMargin() frontend.Variable {
	d.ranges.Below(d.inputs.MaintenanceMargin, marginBits)
	d.ranges.CeilMillion(d.api.Mul(d.table.Global.Phi, d.inputs.InitialMargin), d.inputs.MaintenanceMargin)
	return d.inputs.MaintenanceMargin
}

// equity: positive cash at par, negative cash with its residual, and the value of every lot, which each group has summed.
func (d *definition) equity(cash gadget.Sides) frontend.Variable {
	owed := d.api.Mul(cash.Minus, d.api.Add(d.table.Global.CashResidual, gadget.Million))
	d.ranges.Below(d.inputs.CashDebt, chargeBits)
	d.ranges.CeilMillion(owed, d.inputs.CashDebt)
	equity := d.api.Sub(cash.Plus, d.inputs.CashDebt)
	for i := range d.inputs.Groups {
		equity = d.api.Add(equity, d.inputs.Groups[i].Value)
	}
	return equity
}

// columns packs what the identities compare.
func (d *definition) columns() (columns Columns) {
	for i := range d.inputs.Groups {
		group := &d.inputs.Groups[i]
		d.ranges.Signed(group.Value, d.columnBits)
		sense := make([]frontend.Variable, publicinput.SenseColumns)
		sense[publicinput.SenseDelta], sense[publicinput.SenseValue] = group.Delta.Of(d.api), group.Value
		sense[publicinput.SenseVega] = group.Vega.Of(d.api)
		for key := range group.Dated {
			sense[publicinput.SenseDays+key] = group.Dated[key].Of(d.api)
		}
		stress := d.packed(d.plan.grouped, func(row int) frontend.Variable { return d.losses[i][d.plan.slackOf[row]] })
		columns.Groups = append(columns.Groups, append(stress, gadget.PackColumns(d.api, d.table.Packing, sense)...))
	}
	columns.Venues = d.venues
	columns.Whole = append(d.packed(d.plan.whole, func(row int) frontend.Variable { return d.whole[d.plan.wholeOf[row]] }),
		gadget.PackColumns(d.api, d.table.Packing, d.es)...)
	return columns
}

// packed packs the rows of these elements.
func (d *definition) packed(elements []int, loss func(row int) frontend.Variable) []frontend.Variable {
	var packed []frontend.Variable
	for _, element := range elements {
		var slots []frontend.Variable
		for _, row := range d.table.Structure.RowsOf(d.table.Packing, []int{element}) {
			slots = append(slots, loss(row))
		}
		packed = append(packed, gadget.PackColumns(d.api, d.table.Packing, slots)...)
	}
	return packed
}
