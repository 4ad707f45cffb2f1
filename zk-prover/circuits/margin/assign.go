package margin

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/formula"
	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
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
	change func(name string, honest int64) int64

	losses  [][]int64 // by group slot and grouped row
	worsts  [][]int64 // by group slot and two-level point
	whole   []int64
	figures Figures
}

// Assign fills the witness: groups are the numbers in the circuit's group slots, rows the entries in its row slots, the zero Entry in an
// empty one. Every named result passes through change on its way: the identity for a prover, a forger's for a test.
func Assign(sums *formula.Sums, groups []int64, rows []formula.Entry, change func(name string, honest int64) int64) Witness {
	structure := sums.Table.Structure
	inputs := NewInputs(structure, len(groups), len(rows))
	a := &assigner{sums: sums, plan: planOf(structure), rows: rows, out: &inputs, change: change}
	for _, number := range groups {
		slopes, _ := sums.Table.Group(number)
		group, ok := sums.Groups[number]
		if !ok {
			group = sums.NoGroup()
		}
		a.groups, a.slopes = append(a.groups, group), append(a.slopes, slopes)
	}
	core := max(0, a.stress(), a.shortfall())
	core = a.result("core", core, &inputs.Core)
	required := core + a.entryCharges() + a.groupCharges() + a.quantisation()
	a.addUp(required)
	return Witness{inputs, a.figures}
}

// Honest is the identity.
func Honest(_ string, honest int64) int64 { return honest }

func signed(x int64) frontend.Variable { return publicinput.Signed(x) }

func (a *assigner) result(name string, honest int64, to *frontend.Variable) int64 {
	value := a.change(name, honest)
	*to = signed(value)
	return value
}

func sidesOf(x int64) gadget.Sides {
	return gadget.Sides{Plus: signed(max(x, 0)), Minus: signed(max(-x, 0))}
}

func minus(x, y int64) frontend.Variable {
	return *new(fr.Element).SetBigInt(new(big.Int).Sub(big.NewInt(x), big.NewInt(y)))
}

// stress fills the points, families and combos.
func (a *assigner) stress() int64 {
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
		worst[k] = a.result("family", slices.Max(points), &a.out.Families[k])
	}
	for place, row := range a.plan.wholeRows {
		a.out.Whole[place] = signed(a.whole[place])
		if home, ok := a.plan.wholeHome[row]; ok {
			a.out.Whole[place] = minus(worst[home], a.whole[place])
		}
	}
	stress := int64(0)
	for c, weights := range a.sums.Table.Weights {
		var pairs []int64
		for k, weight := range weights {
			pairs = append(pairs, weight, worst[k])
		}
		stress = max(stress, a.result("combo", formula.CeilMillion(pairs...), &a.out.Combos[c]))
	}
	return stress
}

// worst is a group's largest loss over the cells of a two-level point.
func (a *assigner) worst(i, point int) int64 {
	cells := a.plan.points[point].Cells
	worst := a.groups[i].Losses[cells[0]]
	for _, cell := range cells {
		worst = max(worst, a.groups[i].Losses[cell])
	}
	return a.result("worst", worst, &a.out.Groups[i].Worst[point])
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
		group.Slack[place] = signed(losses[place])
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

// shortfall fills the tail: rows are counted as beyond, the worst first, while their weights stay within k; the next one is the boundary.
func (a *assigner) shortfall() int64 {
	table, losses := a.sums.Table, a.sums.EsLosses
	tail := table.Parameters.Tail
	order, beyond, left := formula.WorstFirst(losses), make([]bool, len(losses)), tail
	boundary := len(order) - 1
	for place, row := range order {
		if weight := table.EsWeight(row); weight < left {
			beyond[row], left = true, left-weight
		} else {
			boundary = place
			break
		}
	}
	quantile := a.result("quantile", losses[order[boundary]], &a.out.Quantile)
	excess := new(big.Int).Mul(big.NewInt(tail), big.NewInt(quantile))
	for row, loss := range losses {
		distance := loss - quantile
		if !beyond[row] {
			distance = -distance
		} else {
			excess.Add(excess, new(big.Int).Mul(big.NewInt(table.EsWeight(row)), big.NewInt(distance)))
		}
		a.out.Tails[row] = TailInputs{Beyond: bit(beyond[row]), Distance: signed(distance)}
	}
	row := order[boundary]
	for block, length := range table.Blocks {
		a.out.Boundary[block] = bit(row >= 0 && row < length)
		row -= length
	}
	return a.result("shortfall", ceil(excess, tail), &a.out.Shortfall)
}

func bit(set bool) frontend.Variable {
	if set {
		return signed(1)
	}
	return signed(0)
}

func ceil(a *big.Int, b int64) int64 {
	quotient, remainder := new(big.Int).DivMod(a, big.NewInt(b), new(big.Int))
	return quotient.Int64() + int64(remainder.Sign())
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
			total += knot.Slope * a.result("own size beyond a knot", max(0, lots-knot.Threshold), &a.out.Rows[i].Beyond[j])
		}
	}
	return total
}

// groupCharges fills the columns of every group and its ceilings.
func (a *assigner) groupCharges() int64 {
	total := int64(0)
	for i, sums := range a.groups {
		group, slopes := &a.out.Groups[i], a.slopes[i]
		group.Delta, group.Vega, group.Value = sidesOf(sums.Delta), sidesOf(sums.Vega), signed(sums.Value)
		impact, contagion := slopes.ImpactLong, slopes.ContagionLong
		if sums.Delta < 0 {
			impact, contagion = slopes.ImpactShort, slopes.ContagionShort
		}
		total += a.sized("impact", max(sums.Delta, -sums.Delta), impact, slopes.ImpactKnots, &group.BeyondImpact, &group.Impact)
		total += a.sized("contagion", max(sums.Delta, -sums.Delta), contagion, slopes.ContagionKnots, &group.BeyondContagion, &group.Contagion)
		total += a.sized("crowding", max(0, -sums.Vega), slopes.Chi, slopes.CrowdingKnots, &group.BeyondCrowding, &group.Crowding)
		steepening := sums.Losses[a.sums.Table.Steep] - sums.Losses[a.sums.Table.Flat]
		group.Steepening = sidesOf(steepening)
		total += a.result("skew", formula.CeilMillion(max(0, steepening), slopes.Psi), &group.Skew)
		basis := make([]int64, publicinput.BasisKeysMax)
		copy(basis, slopes.Basis())
		for key, slope := range basis {
			group.Dated[key] = sidesOf(sums.Dated[key])
			total += a.result("basis", formula.CeilMillion(max(sums.Dated[key], -sums.Dated[key]), slope), &group.Basis[key])
		}
	}
	return total
}

// sized fills a charge on size with its knots.
func (a *assigner) sized(name string, x, slope int64, knots []risktable.Knot, beyond *[publicinput.KnotsMax]frontend.Variable, to *frontend.Variable) int64 {
	var padded [publicinput.KnotsMax]risktable.Knot
	copy(padded[:], knots)
	pairs := []int64{x, slope}
	for j, knot := range padded {
		pairs = append(pairs, knot.Slope, a.result(name+" beyond a knot", max(0, x-knot.Threshold), &beyond[j]))
	}
	return a.result(name, formula.CeilMillion(pairs...), to)
}

func (a *assigner) quantisation() int64 {
	lots := int64(0)
	for _, entry := range a.rows {
		if entry.Row != nil && entry.Row.Domain != publicinput.Collateral && entry.Row.Domain != publicinput.Debt {
			lots += max(entry.Lots, -entry.Lots)
		}
	}
	return a.result("quantisation", (lots+1)/2, &a.out.Quantisation)
}

// addUp fills liability, IM, MM and E.
func (a *assigner) addUp(required int64) {
	parameters, cash := a.sums.Table.Parameters, a.sums.Cash
	owed := publicinput.Signed(a.sums.Owed())
	a.out.LiabilityInverse = *new(fr.Element).Inverse(&owed)
	margin := required
	if !owed.IsZero() {
		margin = max(margin, parameters.MinimumMargin)
	}
	a.figures.InitialMargin = a.result("initial margin", margin, &a.out.InitialMargin)
	a.figures.MaintenanceMargin = a.result("maintenance margin", formula.CeilMillion(parameters.Phi, a.figures.InitialMargin), &a.out.MaintenanceMargin)
	debt := a.result("cash debt", formula.CeilMillion(max(-cash, 0), risktable.Million+parameters.CashResidual), &a.out.CashDebt)
	a.figures.Equity = max(cash, 0) - debt
	for _, group := range a.groups {
		a.figures.Equity += group.Value
	}
}
