package margin

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// The rows of the table that the forgeries stand on. Each packed element holds a row whose loss is to be understated and a lender that
// takes up what is missing as a fraction mod r, where nothing but the lender's own range forbids it.
const (
	ownWorst, ownOther       = 0, 1 // of a two-level point of their own
	sharedWorst, sharedOther = 2, 3 // of another one, in the same element
	jointRow, jointOther     = 4, 5 // summed over the account, in an element that is also asked for by group
	freeRow, skewRow         = 6, 7 // in no family
	idleRow, idleOther       = 8, 9 // of a family that no combo weighs
	wholeRow, freeWhole      = 10, 11
	rowsOfLending            = 12

	esRowsOfLending = 32
	tailOfLending   = 60_000
	million         = risktable.Million
)

var lending = risktable.Structure{Rows: rowsOfLending, EsRows: esRowsOfLending, Combos: 4, Steep: jointRow, Flat: skewRow,
	Blocks: slices.Repeat([]int{esRowsOfLending / publicinput.EsBlocks}, publicinput.EsBlocks), Families: []risktable.Family{
		{Name: "joint", Points: [][]int64{{jointRow}, {jointOther}}}, {Name: "own", Points: [][]int64{{ownWorst, ownOther}}},
		{Name: "shared", Points: [][]int64{{sharedWorst, sharedOther}}}, {Name: "whole", Points: [][]int64{{wholeRow}}},
		{Name: "idle", Points: [][]int64{{idleRow}, {idleOther}}}}}

// product is one instrument: what one lot of it loses, by row, and its sensitivities.
type product struct {
	group              int64
	losses, es         map[int]int64
	delta, vega, value int64
	days               []any
}

func (p product) encoded(number int64) []any {
	profits := func(n int, losses map[int]int64) []any {
		list := make([]any, n)
		for row := range list {
			list[row] = -losses[row]
		}
		return list
	}
	sensitivity := func(amount int64) []any { return []any{[]any{p.group, amount}} }
	return []any{number, "product", p.group, int64(0), append([]any{}, p.days...), p.value, profits(rowsOfLending, p.losses), []any{}, profits(esRowsOfLending, p.es),
		sensitivity(p.delta), sensitivity(p.vega), int64(0), []any{int64(0), int64(0)}, []any{}, int64(risktable.BoundMax)}
}

// charging are groups that charge long delta alone, short vega, a skew and a basis.
func charging(number int64) []any {
	none := []any{}
	return []any{number, "group", []any{[]any{int64(7_000), int64(0), none}, []any{int64(3_000), int64(0), none},
		[]any{int64(900_000), none}, []any{int64(jointRow), int64(skewRow), int64(400_000)}, []any{[]any{int64(30), int64(50_000)}}}}
}

// lendingBook is an account of these products, so many lots each, with cash, over a table with this minimum margin.
func lendingBook(t *testing.T, minimum, cash int64, lots []int64, products ...product) book {
	t.Helper()
	var combos, instruments, groups, weights []any
	for _, row := range [][]any{{1_000_000, 0, 0, 0, 0}, {800_000, 200_000, 0, 0, 0}, {0, 0, 1_000_000, 0, 0}, {0, 0, 0, 1_000_000, 0}} {
		for k := range row {
			row[k] = int64(row[k].(int))
		}
		combos = append(combos, []any{"combo", row})
	}
	account := publicinput.AccountLeaf{Cash: cash}
	for i, p := range products {
		instruments = append(instruments, p.encoded(int64(i)))
		account.Positions = append(account.Positions, publicinput.Entry{Key: int64(i), Lots: lots[i]})
	}
	for number := range int64(3) {
		groups = append(groups, charging(number))
	}
	for range esRowsOfLending {
		weights = append(weights, int64(million/esRowsOfLending))
	}
	table, err := risktable.Parse(canonical.Encode([]any{"bulwark-risk-table", int64(2), []any{}, slices.Repeat([]any{[]any{}}, rowsOfLending),
		lending.Encoded()[1], combos, []any{}, []any{int64(0)}, weights, groups, instruments, []any{},
		[]any{int64(tailOfLending), int64(800_000), int64(10_000), minimum, int64(1) << 60, int64(publicinput.LotsMax)}}))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bookOf(publicinput.Wide, table, account)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// forger is a prover who says that the account's columns are others, makes all results follow from them, changes some on the way, and then
// changes values of the witness so that the packed columns are the opened rows' all the same.
type forger struct {
	columns func(sums *formula.Sums)
	change  Change
	patch   func(plan plan, c *formulaAlone)
}

func (f forger) forge(b book) *formulaAlone {
	lying := *b.sums
	lying.EsLosses, lying.Groups = slices.Clone(b.sums.EsLosses), map[int64]formula.GroupSums{}
	for number, group := range b.sums.Groups {
		group.Losses, group.Dated = slices.Clone(group.Losses), slices.Clone(group.Dated)
		lying.Groups[number] = group
	}
	if f.columns != nil {
		f.columns(&lying)
	}
	change := Honest
	if f.change != nil {
		change = f.change
	}
	forged, _ := assigned(book{b.packing, b.table, &lying, b.groups, b.rows}, change)
	if f.patch != nil {
		f.patch(planOf(b.table.Structure, b.packing), forged)
	}
	return forged
}

// refused checks that the honest witness is accepted, that the forgery gives another figure, and that it is rejected.
func (f forger) refused(t *testing.T, b book) {
	t.Helper()
	honest, _ := assigned(b, Honest)
	forged := f.forge(b)
	if !holds(b, honest) {
		t.Fatal("the honest witness must be accepted")
	}
	if honest.Figures == forged.Figures {
		t.Fatal("the forgery must change a figure")
	}
	if holds(b, forged) {
		t.Fatal("the forgery must be rejected")
	}
}

// shifted is x slots up (down, where negative: a fraction mod r).
func shifted(x int64, slots int) fr.Element {
	power := new(fr.Element).SetBigInt(gadget.Power(publicinput.Wide.Bits * max(slots, -slots)))
	if slots < 0 {
		power.Inverse(power)
	}
	element := publicinput.Signed(x)
	return *power.Mul(power, &element)
}

// add adds to a value of the witness.
func add(to *frontend.Variable, x fr.Element) {
	value := (*to).(fr.Element)
	*to = *value.Add(&value, &x)
}

func quotient(numerator, denominator fr.Element) fr.Element {
	return *new(fr.Element).Div(&numerator, &denominator)
}

// rising is a loss that is larger in the first of two rows.
func rising(rows ...int) map[int]int64 {
	losses := map[int]int64{}
	for place, row := range rows {
		losses[row] = 9_000 - 4_000*int64(place)
	}
	return losses
}

func lower(group int64, row int, by int64) func(*formula.Sums) {
	return func(sums *formula.Sums) { sums.Groups[group].Losses[row] -= by }
}

const less = 20_000 // u by which a forger understates a loss of some lots

func TestShouldRejectARowOfAGroupThatLendsToItsNeighbour(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{10}, product{group: 1, losses: rising(jointRow, jointOther)})
	forger{columns: lower(1, jointRow, less), patch: func(p plan, c *formulaAlone) {
		add(&c.Inputs.Groups[1].Slack[p.slackOf[freeRow]], shifted(less, jointRow-freeRow))
	}}.refused(t, b)
}

// What one group's worst lends, another's takes back: in the sum over groups nothing is to be seen.
func TestShouldRejectAWorstLossThatLendsToAnotherPoint(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{10, 10}, product{group: 1, losses: rising(sharedWorst, sharedOther)},
		product{group: 2, losses: rising(sharedOther, sharedWorst)})
	forger{columns: func(sums *formula.Sums) {
		lower(1, sharedWorst, less)(sums)
		lower(2, sharedWorst, -less)(sums)
	}, patch: func(p plan, c *formulaAlone) {
		both := shifted(1, ownWorst)
		other := shifted(1, ownOther)
		both.Add(&both, &other)
		point := p.home[ownWorst]
		add(&c.Inputs.Groups[1].Worst[point], quotient(shifted(less, sharedWorst), both))
		add(&c.Inputs.Groups[2].Worst[point], quotient(shifted(-less, sharedWorst), both))
	}}.refused(t, b)
}

func TestShouldRejectARowOfTheAccountThatLendsToItsNeighbour(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{10}, product{group: 1, losses: rising(wholeRow)})
	forger{columns: lower(1, wholeRow, less), patch: func(p plan, c *formulaAlone) {
		add(&c.Inputs.Whole[p.wholeOf[freeWhole]], shifted(less, wholeRow-freeWhole))
	}}.refused(t, b)
}

func TestShouldRejectAFamilyWithoutWeightThatLendsToAnother(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{10}, product{group: 1, losses: rising(wholeRow)})
	forger{columns: lower(1, wholeRow, less), patch: func(p plan, c *formulaAlone) {
		both, other := shifted(1, idleRow-wholeRow), shifted(1, idleOther-wholeRow)
		add(&c.Inputs.Families[p.wholeHome[idleRow]], quotient(publicinput.Signed(less), *both.Add(&both, &other)))
	}}.refused(t, b)
}

// The value stands beside the delta; claims that do not look at equity would not see that it is no integer.
func TestShouldRejectAValueThatLendsToTheDelta(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{10}, product{group: 1, delta: 50_000, value: 7})
	forger{columns: func(sums *formula.Sums) {
		group := sums.Groups[1]
		group.Delta = 0
		sums.Groups[1] = group
	}, patch: func(_ plan, c *formulaAlone) {
		lent := shifted(500_000, publicinput.SenseDelta-publicinput.SenseValue)
		add(&c.Inputs.Groups[1].Value, lent)
		add(&c.Figures[2], lent)
	}}.refused(t, b)
}

// tailBook has losses of expected shortfall that fall from row to row, symmetric about the quantile.
func tailBook(t *testing.T) book {
	es := map[int]int64{}
	for row := range esRowsOfLending {
		es[row] = -5_000
	}
	// Weight 31,250 a row, the tail 60,000: one row is beyond, the second is at the quantile. The first two share a run.
	es[0], es[1], es[2] = 100_000+4_801, 100_000-4_801, 100_000
	return lendingBook(t, 0, 1_000_000, []int64{1}, product{group: 1, es: es})
}

// Every packed element of the tail shifts with the quantile. A lattice of five dimensions gives four small changes of losses and one of
// the excess for which a quantile that is no integer makes up.
func TestShouldRejectAQuantileModR(t *testing.T) {
	b := tailBook(t)
	tail, slots := publicinput.Signed(tailOfLending), fr.NewElement(0)
	coefficients := make([]*big.Int, publicinput.Wide.Slots+1)
	for j := range publicinput.Wide.Slots {
		slot := shifted(1, j)
		slots.Add(&slots, &slot)
		coefficients[j] = slot.Mul(&slot, &tail).BigInt(new(big.Int))
	}
	const fine = 1 << 16 // the excess may change by more than the losses: all must keep to their ranges, below 2⁶⁰
	scaled := shifted(-fine, 0)
	coefficients[publicinput.Wide.Slots] = scaled.Mul(&scaled, &slots).BigInt(new(big.Int))
	basis := witnesstest.Relations(coefficients, fr.Modulus())
	witnesstest.Reduce(basis)
	// The first vector raises every loss and the quantile by one integer, as an honest prover could; the others do not.
	for _, vector := range basis[1:] {
		for _, sign := range []int64{1, -1} {
			change := make([]int64, len(vector))
			for j, x := range vector {
				change[j] = sign * x.Int64()
			}
			excess := new(big.Int).Mul(big.NewInt(change[publicinput.Wide.Slots]), big.NewInt(fine))
			for _, ceiling := range []int64{formula.CeilDiv(excess, tailOfLending), formula.CeilDiv(excess, tailOfLending) - 1} {
				forger{columns: func(sums *formula.Sums) {
					for j := range sums.EsLosses {
						sums.EsLosses[j] -= change[j%publicinput.Wide.Slots]
					}
				}, change: func(name string, candidates ...int64) int64 {
					if name == "shortfall" {
						return candidates[0] + ceiling
					}
					return Honest(name, candidates...)
				}, patch: func(_ plan, c *formulaAlone) {
					add(&c.Inputs.Quantile, quotient(*new(fr.Element).SetBigInt(excess), tail))
				}}.refused(t, b)
			}
		}
	}
}

// One row above the quantile and one as far below it, both one u away and counted in fractions of a row: together one row, and their excess
// is 1 instead of the distance.
func TestShouldRejectRowsThatAreBeyondInPart(t *testing.T) {
	const distance, weight = 4_801, million / esRowsOfLending
	forger{change: func(name string, candidates ...int64) int64 {
		if name == "shortfall" {
			return candidates[0] - weight*(distance-1)/tailOfLending
		}
		return Honest(name, candidates...)
	}, patch: func(_ plan, c *formulaAlone) {
		for row, sign := range []int64{1, -1} {
			c.Inputs.Tails[row] = TailInputs{Beyond: gadget.Signed((1 + sign*distance) / 2), Distance: gadget.Signed(1)}
		}
	}}.refused(t, tailBook(t))
}

// Where every loss is a gain, the core is 0 and not the smallest gain.
func TestShouldRejectACoreBelowZero(t *testing.T) {
	gains := map[int]int64{}
	for row := range esRowsOfLending {
		gains[row] = -1_000
	}
	b := lendingBook(t, 0, 1_000_000, []int64{10}, product{group: 1, losses: gains, es: gains, delta: 500_000})
	forger{change: func(name string, candidates ...int64) int64 {
		if name == "core" {
			return -10_000
		}
		return Honest(name, candidates...)
	}}.refused(t, b)
}

// Two fractions that add up to one ceiling where the formula has two.
func TestShouldRejectTwoCeilingsThatAreFractionsModR(t *testing.T) {
	b := lendingBook(t, 0, 1_000_000, []int64{1}, product{group: 1, delta: 99}) // ⌈0.693⌉ and ⌈0.297⌉ where ⌈0.99⌉ is one
	impact := quotient(publicinput.Signed(99*7_000), publicinput.Signed(million))
	forger{change: without("contagion"), patch: func(_ plan, c *formulaAlone) {
		rest := publicinput.Signed(1)
		c.Inputs.Groups[1].Impact, c.Inputs.Groups[1].Contagion = impact, *rest.Sub(&rest, &impact)
	}}.refused(t, b)
}

// without leaves charges out.
func without(charges ...string) Change {
	return func(name string, candidates ...int64) int64 {
		if slices.Contains(charges, name) {
			return 0
		}
		return Honest(name, candidates...)
	}
}

// A sensitivity stands as a positive and a negative part, and each charge looks at parts: named below 0 as the part that is not charged, or
// in two halves whose size is 0, it would cost nothing.
func TestShouldRejectSidesThatAreNotThePositiveAndTheNegativePart(t *testing.T) {
	value := func(x int64) frontend.Variable { return gadget.Signed(x) }
	half := func(x int64) gadget.Sides {
		two, element := publicinput.Signed(2), publicinput.Signed(x)
		element.Div(&element, &two)
		return gadget.Sides{Plus: element, Minus: *new(fr.Element).Neg(&element)}
	}
	none := [publicinput.KnotsMax]frontend.Variable{value(0), value(0)}
	for name, c := range map[string]struct {
		product product
		charges []string
		patch   func(*GroupInputs)
	}{
		"short vega as a long one below 0": {product{group: 1, vega: -3_000}, []string{"crowding"}, func(g *GroupInputs) {
			g.Vega, g.BeyondCrowding = gadget.Sides{Plus: value(-3_000), Minus: value(0)}, none
		}},
		"long delta as a short one below 0": {product{group: 1, delta: 3_000_000}, []string{"impact", "contagion"}, func(g *GroupInputs) {
			g.Delta, g.BeyondImpact, g.BeyondContagion = gadget.Sides{Plus: value(0), Minus: value(-3_000_000)}, none, none
		}},
		"steepening as a flattening below 0": {product{group: 1, losses: map[int]int64{jointRow: 5_000}}, []string{"skew"}, func(g *GroupInputs) {
			g.Steepening = gadget.Sides{Plus: value(0), Minus: value(-5_000)}
		}},
		"no steepening": {product{group: 1, losses: map[int]int64{jointRow: 5_000}}, []string{"skew"}, func(g *GroupInputs) {
			g.Steepening = gadget.Sides{Plus: value(0), Minus: value(0)}
		}},
		"dated delta in two halves": {product{group: 1, delta: 6_001, days: []any{int64(9)}}, []string{"basis"}, func(g *GroupInputs) {
			g.Dated[0] = half(6_001)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			b := lendingBook(t, 0, 1_000_000, []int64{1}, c.product)
			forger{change: without(c.charges...), patch: func(_ plan, a *formulaAlone) { c.patch(&a.Inputs.Groups[1]) }}.refused(t, b)
		})
	}
}

func TestShouldRejectAMarginBelowTheMinimumOfWhoOwes(t *testing.T) {
	b := lendingBook(t, 250_000, 1_000_000, []int64{1}, product{group: 1, losses: rising(wholeRow)})
	forger{change: func(name string, candidates ...int64) int64 {
		if name == "initial margin" {
			return candidates[0]
		}
		return Honest(name, candidates...)
	}}.refused(t, b)
}

// A quotient mod r leaves the remainder 0; it is no integer, and whatever claim compares it with another such quotient is lost.
func TestShouldRejectFiguresModR(t *testing.T) {
	b := lendingBook(t, 0, -1_000_001, []int64{1}, product{group: 1, losses: rising(wholeRow)})
	c := b.sums.Components()
	maintenance := quotient(publicinput.Signed(c.InitialMargin*800_000+1), publicinput.Signed(million))
	forger{patch: func(_ plan, a *formulaAlone) {
		a.Inputs.MaintenanceMargin, a.Figures[1] = maintenance, maintenance
	}}.refused(t, b)
	debt := quotient(publicinput.Signed(1_000_001*(million+10_000)), publicinput.Signed(million))
	forger{patch: func(_ plan, a *formulaAlone) {
		a.Inputs.CashDebt, a.Figures[2] = debt, *new(fr.Element).Neg(&debt)
	}}.refused(t, b)
}

// Two of the largest positions there are lose 2⁶³ − 2³³ + 2 u together. The guard alone keeps a prover from writing that as −2³³ + 2 and 1
// more in the next row.
func TestShouldRejectALossThatRunsIntoTheNextRow(t *testing.T) {
	most := product{group: 1, losses: map[int]int64{wholeRow: risktable.BoundMax}}
	b := lendingBook(t, 0, 1_000_000, []int64{1, 1}, most, most)
	for i := range b.sums.Entries {
		b.sums.Entries[i].Lots = publicinput.LotsMax
	}
	b.rows = b.sums.Entries
	losses := b.sums.Groups[1].Losses
	losses[wholeRow] *= publicinput.LotsMax
	losses[wholeRow] += math.MinInt64
	losses[freeWhole]++
	if forged, _ := assigned(b, Honest); holds(b, forged) {
		t.Fatal("an account beyond the limit must be rejected")
	}
}
