package margin

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Figures are what the formula gives for one candidate, in u.
type Figures struct {
	InitialMargin, MaintenanceMargin, Equity int64
}

// Witness is the formula's witness for one candidate with the figures that it proves.
type Witness struct {
	Inputs  Inputs
	Figures Figures
}

// assigner computes the witness result by result, each from those before it, so that whoever changes one gets all that follows from it.
type assigner struct {
	sums   *formula.Sums
	plan   plan
	groups []formula.GroupSums
	slopes []risktable.Group
	rows   []formula.Entry
	out    *Inputs
	change Change

	standings int // slots

	losses  [][]int64 // by group slot and grouped row
	worsts  [][]int64 // by group slot and two-level point
	whole   []int64
	figures Figures
}

// Change is what becomes of a result on its way into the witness: of the candidates, the honest prover takes the largest.
type Change func(name string, candidates ...int64) int64

// Honest takes the largest.
func Honest(_ string, candidates ...int64) int64 { return slices.Max(candidates) }

// Assign fills the witness: groups are the numbers in the circuit's group slots, rows the entries in its row slots, the zero Entry in an
// empty one, standings the number of their slots. Every named result passes through change: Honest for a prover, a forger's for a test.
func Assign(packing publicinput.Packing, sums *formula.Sums, groups []int64, rows []formula.Entry, standings int, change Change) Witness {
	structure := sums.Table.Structure
	inputs := NewInputs(structure, packing, len(groups), len(rows), standings)
	a := &assigner{sums: sums, plan: planOf(structure, packing), rows: rows, out: &inputs, change: change,
		standings: standings}
	for _, number := range groups {
		slopes, _ := sums.Table.Group(number)
		group, ok := sums.Groups[number]
		if !ok {
			group = sums.NoGroup()
		}
		a.groups, a.slopes = append(a.groups, group), append(a.slopes, slopes)
	}
	core := a.result("core", &inputs.Core, append(a.combos(), 0, a.shortfall())...)
	required := core + a.entryCharges() + a.groupCharges() + a.quantisation()
	a.addUp(required)
	return Witness{inputs, a.figures}
}

func (a *assigner) result(name string, to *frontend.Variable, candidates ...int64) int64 {
	value := a.change(name, candidates...)
	*to = gadget.Signed(value)
	return value
}

// sides splits an integer; what a forger adds, he adds to both.
func (a *assigner) sides(name string, x int64, to *gadget.Sides) (plus, minus int64) {
	both := a.change(name+" on both sides", 0)
	plus, minus = max(x, 0)+both, max(-x, 0)+both
	*to = gadget.Sides{Plus: gadget.Signed(plus), Minus: gadget.Signed(minus)}
	return plus, minus
}

func minus(x, y int64) frontend.Variable {
	return *new(fr.Element).SetBigInt(new(big.Int).Sub(big.NewInt(x), big.NewInt(y)))
}

// combos fills the points, families and combos.
func (a *assigner) combos() []int64 {
	for i := range a.groups {
		a.groupLosses(i)
	}
	a.whole = make([]int64, len(a.plan.wholeRows))
	for place, row := range a.plan.wholeRows {
		for _, group := range a.groups {
			a.whole[place] += group.Losses[row]
		}
	}
	structure := a.sums.Table.Structure
	worst, at := make([]int64, len(structure.Families)), 0
	for k, family := range structure.Families {
		var points []int64
		for _, cells := range family.Points {
			point := int64(0)
			if len(cells) > 1 {
				for i := range a.groups {
					point += a.worsts[i][at]
				}
				at++
			} else {
				point = a.accountLoss(int(cells[0]))
			}
			points = append(points, point)
		}
		worst[k] = a.result("family", &a.out.Families[k], points...)
	}
	for place, row := range a.plan.wholeRows {
		a.out.Whole[place] = gadget.Signed(a.whole[place])
		if home, ok := a.plan.wholeHome[row]; ok {
			a.out.Whole[place] = minus(worst[home], a.whole[place])
		}
	}
	worst = a.withPaths(worst)
	var combos []int64
	for c, weights := range a.sums.Table.Weights {
		var pairs []int64
		for k, weight := range weights {
			pairs = append(pairs, weight, worst[k])
		}
		combos = append(combos, a.result("combo", &a.out.Combos[c], formula.CeilMillion(pairs...)))
	}
	return combos
}

// withPaths fills what venues may close by themselves, where the table lists venues.
func (a *assigner) withPaths(worst []int64) []int64 {
	if !a.sums.Table.AtVenues() {
		return worst
	}
	var families []int64
	a.out.Venues[0], families = prefunding.Assign(prefunding.Book{Sums: a.sums, Standings: a.standings,
		Cells: a.sums.VenueCells(formula.VenueSlots + a.standings), Loss: a.accountLoss, Families: worst}, prefunding.Change(a.change))
	return families
}

// worst is a group's largest loss over the cells of a two-level point.
func (a *assigner) worst(i, point int) int64 {
	cells := a.plan.points[point].Cells
	losses := make([]int64, len(cells))
	for e, cell := range cells {
		losses[e] = a.groups[i].Losses[cell]
	}
	return a.result("worst", &a.out.Groups[i].Worst[point], losses...)
}

func (a *assigner) groupLosses(i int) {
	group := &a.out.Groups[i]
	worst := make([]int64, len(a.plan.points))
	for at := range a.plan.points {
		worst[at] = a.worst(i, at)
	}
	losses := make([]int64, len(a.plan.groupedRows))
	for place, row := range a.plan.groupedRows {
		losses[place] = a.groups[i].Losses[row]
		group.Slack[place] = gadget.Signed(losses[place])
		if home, ok := a.plan.home[row]; ok {
			group.Slack[place] = minus(worst[home], losses[place])
		}
	}
	a.losses, a.worsts = append(a.losses, losses), append(a.worsts, worst)
}

func (a *assigner) accountLoss(row int) int64 {
	if place, ok := a.plan.wholeOf[row]; ok {
		return a.whole[place]
	}
	sum := int64(0)
	for i := range a.losses {
		sum += a.losses[i][a.plan.slackOf[row]]
	}
	return sum
}

// shortfall fills the tail: rows are counted as beyond, the worst first, while their weights stay within k; the next one is at the quantile.
func (a *assigner) shortfall() int64 {
	table, losses := a.sums.Table, a.sums.EsLosses
	tail := table.Parameters.Tail
	order, honest, left := formula.WorstFirst(losses), 0, tail
	for honest < len(order)-1 && table.EsWeight(order[honest]) < left {
		left -= table.EsWeight(order[honest])
		honest++
	}
	beyond := map[int]bool{}
	for _, row := range order[:a.change("rows beyond", int64(honest))] {
		beyond[row] = true
	}
	at := order[a.change("row at the quantile", int64(honest))]
	quantile := a.result("quantile", &a.out.Quantile, losses[at])
	excess := new(big.Int).Mul(big.NewInt(tail), big.NewInt(quantile))
	for row, loss := range losses {
		distance := quantile - loss
		if beyond[row] {
			distance = loss - quantile
			excess.Add(excess, new(big.Int).Mul(big.NewInt(table.EsWeight(row)), big.NewInt(distance)))
		}
		a.out.Tails[row] = TailInputs{Beyond: gadget.Bit(beyond[row]), Distance: gadget.Signed(distance)}
	}
	for block, length := range table.Blocks {
		a.out.Boundary[block] = gadget.Signed(0)
		if at >= 0 && at < length {
			a.result("row named at the quantile", &a.out.Boundary[block], 1)
		}
		at -= length
	}
	return a.result("shortfall", &a.out.Shortfall, formula.CeilDiv(excess, tail))
}

// entryCharges fills the lots beyond knots.
func (a *assigner) entryCharges() int64 {
	total := int64(0)
	for i, entry := range a.rows {
		lots, knots := max(entry.Lots, -entry.Lots), [publicinput.KnotsMax]risktable.Knot{}
		if entry.Row != nil {
			copy(knots[:], entry.Row.Knots)
			total += lots * entry.Row.Spread
			if entry.Lots > 0 {
				total += lots * entry.Row.CrowdLong
			} else {
				total += lots * entry.Row.CrowdShort
			}
		}
		for j, knot := range knots {
			total += knot.Slope * a.result("own size beyond a knot", &a.out.Rows[i].Beyond[j], 0, lots-knot.Threshold)
		}
	}
	return total
}

// groupCharges fills the columns of every group and its ceilings.
func (a *assigner) groupCharges() int64 {
	total := int64(0)
	for i, sums := range a.groups {
		group, slopes := &a.out.Groups[i], a.slopes[i]
		group.Value = gadget.Signed(sums.Value)
		long, short := a.sides("delta", sums.Delta, &group.Delta)
		total += a.sized("impact", long+short, []int64{long, slopes.ImpactLong, short, slopes.ImpactShort}, slopes.ImpactKnots,
			&group.BeyondImpact, &group.Impact)
		total += a.sized("contagion", long+short, []int64{long, slopes.ContagionLong, short, slopes.ContagionShort}, slopes.ContagionKnots,
			&group.BeyondContagion, &group.Contagion)
		_, shortVega := a.sides("vega", sums.Vega, &group.Vega)
		total += a.sized("crowding", shortVega, []int64{shortVega, slopes.Chi}, slopes.CrowdingKnots, &group.BeyondCrowding, &group.Crowding)
		steeper, _ := a.sides("steepening", sums.Losses[a.sums.Table.Steep]-sums.Losses[a.sums.Table.Flat], &group.Steepening)
		total += a.result("skew", &group.Skew, formula.CeilMillion(steeper, slopes.Psi))
		basis := make([]int64, publicinput.BasisKeysMax)
		copy(basis, slopes.Basis())
		for key, slope := range basis {
			up, down := a.sides("dated delta", sums.Dated[key], &group.Dated[key])
			total += a.result("basis", &group.Basis[key], formula.CeilMillion(up+down, slope))
		}
	}
	return total
}

// sized fills a charge on size with its knots; pairs are its linear part.
func (a *assigner) sized(name string, x int64, pairs []int64, knots []risktable.Knot, beyond *[publicinput.KnotsMax]frontend.Variable, to *frontend.Variable) int64 {
	var padded [publicinput.KnotsMax]risktable.Knot
	copy(padded[:], knots)
	for j, knot := range padded {
		pairs = append(pairs, knot.Slope, a.result(name+" beyond a knot", &beyond[j], 0, x-knot.Threshold))
	}
	return a.result(name, to, formula.CeilMillion(pairs...))
}

func (a *assigner) quantisation() int64 {
	lots := int64(0)
	for _, entry := range a.rows {
		if entry.Row != nil && entry.Row.Domain != publicinput.Collateral && entry.Row.Domain != publicinput.Debt {
			lots += max(entry.Lots, -entry.Lots)
		}
	}
	return a.result("quantisation", &a.out.Quantisation, (lots+1)/2)
}

// addUp fills liability, IM, MM and E.
func (a *assigner) addUp(required int64) {
	parameters, cash := a.sums.Table.Parameters, a.sums.Cash
	owed, minimum := publicinput.Signed(a.sums.Owed()), int64(0)
	a.out.LiabilityInverse = gadget.Signed(0)
	if !owed.IsZero() && a.change("liability", 1) == 1 {
		a.out.LiabilityInverse = *new(fr.Element).Inverse(&owed)
		minimum = parameters.MinimumMargin
	}
	a.figures.InitialMargin = a.result("initial margin", &a.out.InitialMargin, required, minimum)
	a.figures.MaintenanceMargin = a.result("maintenance margin", &a.out.MaintenanceMargin,
		formula.CeilMillion(parameters.Phi, a.figures.InitialMargin))
	debt := a.result("cash debt", &a.out.CashDebt, formula.CeilMillion(max(-cash, 0), risktable.Million+parameters.CashResidual))
	a.figures.Equity = max(cash, 0) - debt
	for _, group := range a.groups {
		a.figures.Equity += group.Value
	}
}
