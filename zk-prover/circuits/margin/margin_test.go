package margin

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/formula"
	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tabletest"
)

func init() { logger.Disable() }

// formulaAlone is a circuit of the formula on given lots over a constant table: what the account circuit opens stands here as constants, and
// its identities as equalities.
type formulaAlone struct {
	Figures [3]frontend.Variable `gnark:",public"`
	Inputs  Inputs
	Lots    []gadget.Sides
	Cash    gadget.Sides

	book book
}

// book is an account laid into the slots.
type book struct {
	table  *risktable.Table
	sums   *formula.Sums
	groups []int64
	rows   []formula.Entry
}

func bookOf(table *risktable.Table, account publicinput.AccountLeaf) (book, error) {
	sums, err := formula.Sum(table, account)
	if err != nil {
		return book{}, err
	}
	b := book{table: table, sums: sums, rows: sums.Entries}
	for _, group := range table.Groups[:3] {
		b.groups = append(b.groups, group.Number)
	}
	return b, nil
}

func (c *formulaAlone) Define(api frontend.API) error {
	ranges, zeros, table := gadget.NewRanges(api), gadget.NewZeros(api), c.book.table
	opened := Table{Structure: table.Structure, Global: &Global{Tail: table.Parameters.Tail, Phi: table.Parameters.Phi,
		CashResidual: table.Parameters.CashResidual, MinimumMargin: table.Parameters.MinimumMargin}}
	for _, weights := range table.Weights {
		opened.Global.Weights = append(opened.Global.Weights, constants(weights))
	}
	opened.Global.EsWeights = constants(table.EsWeights)
	for _, number := range c.book.groups {
		group, _ := table.Group(number)
		slopes := &Group{ImpactLong: group.ImpactLong, ImpactShort: group.ImpactShort, ContagionLong: group.ContagionLong,
			ContagionShort: group.ContagionShort, Chi: group.Chi, Psi: group.Psi, Impact: constantKnots(group.ImpactKnots),
			Contagion: constantKnots(group.ContagionKnots), Crowding: constantKnots(group.CrowdingKnots)}
		for key := range slopes.Basis {
			slopes.Basis[key] = 0
		}
		copy(slopes.Basis[:], constants(group.Basis()))
		opened.Groups = append(opened.Groups, slopes)
	}
	for i, entry := range c.book.rows {
		lots := c.Lots[i]
		ranges.Below(lots.Plus, 31)
		ranges.Below(lots.Minus, 31)
		zeros.Sides(lots)
		row := entry.Row
		position := row.Domain != publicinput.Collateral && row.Domain != publicinput.Debt
		owed := frontend.Variable(0)
		switch {
		case row.Domain == publicinput.Debt:
			owed = lots.Plus
		case position:
			owed = api.Add(lots.Minus, api.Mul(1-boolean(row.PaidUp), lots.Plus))
		}
		opened.Rows = append(opened.Rows, Row{Charges: &Charges{Spread: row.Spread, CrowdLong: row.CrowdLong, CrowdShort: row.CrowdShort,
			Bound: row.Bound, Knots: constantKnots(row.Knots)}, Lots: lots, Position: position, Owed: owed})
	}
	ranges.Below(c.Cash.Plus, 60)
	ranges.Below(c.Cash.Minus, 60)
	zeros.Sides(c.Cash)
	outcome := Define(api, ranges, zeros, opened, c.Cash, &c.Inputs)
	zeros.Assert()
	c.assertColumns(api, outcome.Columns)
	for i, figure := range []frontend.Variable{outcome.InitialMargin, outcome.MaintenanceMargin, outcome.Equity} {
		api.AssertIsEqual(c.Figures[i], figure)
	}
	return nil
}

// assertColumns asserts what the account circuit's identities do: the columns are Σ lots·row.
func (c *formulaAlone) assertColumns(api frontend.API, columns Columns) {
	grouped, whole := c.book.table.Parts()
	sumOf := func(n int, add func(sum []frontend.Variable, entry formula.Entry, lots frontend.Variable)) []frontend.Variable {
		sum := make([]frontend.Variable, n)
		for k := range sum {
			sum[k] = 0
		}
		for i, entry := range c.book.rows {
			add(sum, entry, c.Lots[i].Of(api))
		}
		return sum
	}
	for u, number := range c.book.groups {
		sum := sumOf(len(columns.Groups[u]), func(sum []frontend.Variable, entry formula.Entry, lots frontend.Variable) {
			if entry.Row.Group == number {
				for k, element := range grouped {
					sum[k] = api.Add(sum[k], api.Mul(lots, entry.Row.Stress()[element]))
				}
				for k, element := range entry.Row.Sense() {
					sum[len(grouped)+k] = api.Add(sum[len(grouped)+k], api.Mul(lots, element))
				}
			}
			for leg, group := range entry.Row.LegGroups() {
				for k, element := range entry.Row.LegSense()[leg] {
					if group == number {
						sum[len(grouped)+k] = api.Add(sum[len(grouped)+k], api.Mul(lots, element))
					}
				}
			}
		})
		for k := range sum {
			api.AssertIsEqual(sum[k], columns.Groups[u][k])
		}
	}
	sum := sumOf(len(columns.Whole), func(sum []frontend.Variable, entry formula.Entry, lots frontend.Variable) {
		for k, element := range whole {
			sum[k] = api.Add(sum[k], api.Mul(lots, entry.Row.Stress()[element]))
		}
		for k, element := range entry.Row.Es() {
			sum[len(whole)+k] = api.Add(sum[len(whole)+k], api.Mul(lots, element))
		}
	})
	for k := range sum {
		api.AssertIsEqual(sum[k], columns.Whole[k])
	}
}

func boolean(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

func constants(numbers []int64) []frontend.Variable {
	list := make([]frontend.Variable, len(numbers))
	for i, number := range numbers {
		list[i] = number
	}
	return list
}

func constantKnots(knots []risktable.Knot) (list [publicinput.KnotsMax]Knot) {
	for i := range list {
		list[i] = Knot{Threshold: 0, Slope: 0}
		if i < len(knots) {
			list[i] = Knot{Threshold: knots[i].Threshold, Slope: knots[i].Slope}
		}
	}
	return list
}

// accepted says whether the circuit accepts the witness that a prover makes who changes results on their way.
func accepted(b book, change func(name string, honest int64) int64) (bool, Figures) {
	witness := Assign(b.sums, b.groups, b.rows, change)
	assignment := &formulaAlone{Inputs: witness.Inputs, Cash: sidesOf(b.sums.Cash)}
	for i, figure := range []int64{witness.Figures.InitialMargin, witness.Figures.MaintenanceMargin, witness.Figures.Equity} {
		assignment.Figures[i] = figure
	}
	for _, entry := range b.rows {
		assignment.Lots = append(assignment.Lots, sidesOf(entry.Lots))
	}
	circuit := &formulaAlone{Inputs: NewInputs(b.table.Structure, len(b.groups), len(b.rows)), Lots: make([]gadget.Sides, len(b.rows)), book: b}
	return test.IsSolved(circuit, assignment, ecc.BN254.ScalarField()) == nil, witness.Figures
}

// drawn draws books; every fifth is extreme.
func drawn(random *rand.Rand, rounds int, esRows int, visit func(round int, b book)) {
	for round := 0; round < rounds; {
		table := tabletest.Table(random, tabletest.SmallPlan(esRows))
		for range 10 {
			lotsMax := int64(5000)
			if round%5 == 4 {
				lotsMax = publicinput.LotsMax
			}
			b, err := bookOf(table, tabletest.Account(random, table, 5, 3, lotsMax))
			if err == nil && round < rounds {
				visit(round, b)
				round++
			}
		}
	}
}

func TestShouldAcceptTheFormulasIntegers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	binding := map[string]int{}
	for _, esRows := range []int{1, 32} {
		drawn(random, 60, esRows, func(round int, b book) {
			holds, figures := accepted(b, Honest)
			c := b.sums.Components()
			if !holds || figures != (Figures{c.InitialMargin, c.MaintenanceMargin, c.Equity}) {
				t.Fatalf("seed 1,2 round %d of %d ES rows: accepted %t with %+v, the formula says %+v", round, esRows, holds, figures, c)
			}
			note(binding, c)
		})
	}
	if len(binding) != 13 {
		t.Errorf("every component must bind somewhere: %v", binding)
	}
}

func note(binding map[string]int, c *formula.Components) {
	for k, combo := range c.Combos {
		if combo == c.Stress && combo > c.Shortfall {
			binding[fmt.Sprintf("combo %d", k)]++
		}
	}
	for name, charge := range map[string]int64{"basis": c.Basis, "liquidity": c.Liquidity, "concentration": c.Concentration,
		"crowding": c.Crowding, "skew": c.Skew, "contagion": c.Contagion, "shortfall": c.Shortfall - max(c.Stress, 0)} {
		if charge > 0 {
			binding[name]++
		}
	}
	if !c.Liability {
		binding["no liability"]++
	}
}

// Every result of the formula, each one too small and one too large, with all that follows from it.
func TestShouldRejectEveryResultThatIsNotTheFormulas(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	names := map[string]int{}
	drawn(random, 4, 32, func(round int, b book) {
		results := 0
		if holds, _ := accepted(b, func(name string, honest int64) int64 { results++; names[name]++; return honest }); !holds {
			t.Fatalf("round %d: the honest witness must be accepted", round)
		}
		for place := range results {
			for _, shift := range []int64{-1, 1} {
				at, changed := 0, ""
				holds, _ := accepted(b, func(name string, honest int64) int64 {
					at++
					if at-1 == place {
						changed = name
						return honest + shift
					}
					return honest
				})
				if holds {
					t.Errorf("round %d: %s%+d must be rejected", round, changed, shift)
				}
			}
		}
	})
	if len(names) != 19 {
		t.Errorf("results that were changed: %v", names)
	}
}

// A prover who leaves out the worst point, cell or row takes the next worst, with all that follows.
func TestShouldRejectTheSecondWorst(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	rejected := 0
	drawn(random, 20, 32, func(round int, b book) {
		for number, group := range b.sums.Groups {
			lighter := *b.sums
			lighter.Groups = map[int64]formula.GroupSums{}
			for other, sums := range b.sums.Groups {
				lighter.Groups[other] = sums
			}
			worst := group
			worst.Losses = slices.Clone(group.Losses)
			place := slices.Index(worst.Losses, slices.Max(worst.Losses))
			worst.Losses[place]--
			lighter.Groups[number] = worst
			if holds, _ := accepted(book{b.table, &lighter, b.groups, b.rows}, Honest); holds {
				t.Errorf("round %d: a loss less must be rejected", round)
			}
			rejected++
		}
		lighter := *b.sums
		lighter.EsLosses = slices.Clone(b.sums.EsLosses)
		lighter.EsLosses[slices.Index(lighter.EsLosses, slices.Max(lighter.EsLosses))]--
		if holds, _ := accepted(book{b.table, &lighter, b.groups, b.rows}, Honest); holds {
			t.Errorf("round %d: a loss of expected shortfall less must be rejected", round)
		}
	})
	if rejected < 20 {
		t.Fatalf("only %d groups were tried", rejected)
	}
}
