package margin

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
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
	packing publicinput.Packing
	table   *risktable.Table
	sums    *formula.Sums
	groups  []int64
	rows    []formula.Entry
}

func bookOf(packing publicinput.Packing, table *risktable.Table, account publicinput.AccountLeaf) (book, error) {
	sums, err := formula.Sum(table, account)
	if err != nil {
		return book{}, err
	}
	b := book{packing: packing, table: table, sums: sums, rows: sums.Entries}
	for _, group := range table.Groups[:3] {
		b.groups = append(b.groups, group.Number)
	}
	return b, nil
}

func (c *formulaAlone) Define(api frontend.API) error {
	ranges, zeros, table := gadget.NewRanges(api), gadget.NewZeros(api), c.book.table
	opened := Table{Structure: table.Structure, Packing: c.book.packing, Global: &Global{Tail: table.Parameters.Tail, Phi: table.Parameters.Phi,
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
	grouped, whole := c.book.table.Parts(c.book.packing)
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
					sum[k] = api.Add(sum[k], api.Mul(lots, entry.Row.Stress(c.book.packing)[element]))
				}
				for k, element := range entry.Row.Sense(c.book.packing) {
					sum[len(grouped)+k] = api.Add(sum[len(grouped)+k], api.Mul(lots, element))
				}
			}
			for leg, group := range entry.Row.LegGroups() {
				for k, element := range entry.Row.LegSense(c.book.packing)[leg] {
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
			sum[k] = api.Add(sum[k], api.Mul(lots, entry.Row.Stress(c.book.packing)[element]))
		}
		for k, element := range entry.Row.Es(c.book.packing) {
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
func accepted(b book, change Change) (bool, Figures) {
	assignment, figures := assigned(b, change)
	return holds(b, assignment), figures
}

func assigned(b book, change Change) (*formulaAlone, Figures) {
	witness := Assign(b.packing, b.sums, b.groups, b.rows, 0, change)
	assignment := &formulaAlone{Inputs: witness.Inputs, Cash: split(b.sums.Cash)}
	for i, figure := range []int64{witness.Figures.InitialMargin, witness.Figures.MaintenanceMargin, witness.Figures.Equity} {
		assignment.Figures[i] = gadget.Signed(figure)
	}
	for _, entry := range b.rows {
		assignment.Lots = append(assignment.Lots, split(entry.Lots))
	}
	return assignment, witness.Figures
}

func holds(b book, assignment *formulaAlone) bool {
	circuit := &formulaAlone{Inputs: NewInputs(b.table.Structure, b.packing, len(b.groups), len(b.rows), 0), Lots: make([]gadget.Sides,
		len(b.rows)), book: b}
	return test.IsSolved(circuit, assignment, ecc.BN254.ScalarField()) == nil
}

func split(x int64) gadget.Sides { return gadget.Sides{Plus: max(x, 0), Minus: max(-x, 0)} }

// drawn draws books; every fifth is extreme.
func drawn(random *rand.Rand, rounds int, esRows int, visit func(round int, b book)) {
	for round := 0; round < rounds; {
		table := tabletest.Table(random, tabletest.SmallPlan(esRows))
		for range 10 {
			lotsMax := int64(5000)
			if round%5 == 4 {
				lotsMax = publicinput.LotsMax
			}
			packing := []publicinput.Packing{publicinput.Wide, publicinput.Narrow}[round%2]
			b, err := bookOf(packing, table, tabletest.Account(random, table, 5, 3, lotsMax))
			if err == nil && round < rounds && b.sums.Gross().BitLen() <= packing.LimitBits() {
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

// instead makes a forger who does something else at one result, counted from 0 over the results that touch is asked about, and is honest
// everywhere before it; all that follows follows from it.
func instead(place int, touch func(name string, candidates []int64) (int64, bool)) (change Change, touched *string) {
	at, what := 0, ""
	return func(name string, candidates ...int64) int64 {
		value, applies := touch(name, candidates)
		if !applies {
			return Honest(name, candidates...)
		}
		if at++; at-1 != place {
			return Honest(name, candidates...)
		}
		what = name
		return value
	}, &what
}

// rejects tries a forgery at every result that it applies to, and gives how often each kind of result was changed.
func rejects(t *testing.T, b book, names map[string]int, forgery string, touch func(name string, candidates []int64) (int64, bool)) {
	t.Helper()
	for place := 0; ; place++ {
		change, touched := instead(place, touch)
		holds, _ := accepted(b, change)
		if *touched == "" {
			return
		}
		names[*touched]++
		if holds {
			t.Errorf("%s: %s must be rejected", forgery, *touched)
		}
	}
}

// plain are the results that are integers of the account; the others are choices of rows, and bits.
func plain(name string) bool {
	return !strings.HasSuffix(name, "on both sides") && !strings.HasPrefix(name, "row") && name != "liability"
}

// Every result of the formula, each one too small and one too large, with all that follows from it.
func TestShouldRejectEveryResultThatIsNotTheFormulas(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	names := map[string]int{}
	drawn(random, 4, 32, func(round int, b book) {
		if holds, _ := accepted(b, Honest); !holds {
			t.Fatalf("round %d: the honest witness must be accepted", round)
		}
		for _, shift := range []int64{-1, 1} {
			rejects(t, b, names, fmt.Sprintf("round %d, %+d", round, shift), func(name string, candidates []int64) (int64, bool) {
				return slices.Max(candidates) + shift, plain(name)
			})
		}
	})
	if len(names) != 19 {
		t.Errorf("results that were changed: %v", names)
	}
}

// A maximum that is attained, but by the second largest: only the range of what lies above it stands in the way.
func TestShouldRejectASmallerMaximumThatIsAttained(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	names := map[string]int{}
	drawn(random, 12, 32, func(round int, b book) {
		rejects(t, b, names, fmt.Sprintf("round %d, second largest", round), func(name string, candidates []int64) (int64, bool) {
			most, second, found := slices.Max(candidates), int64(0), false
			for _, candidate := range candidates {
				if candidate < most && (!found || candidate > second) {
					second, found = candidate, true
				}
			}
			return second, found && plain(name)
		})
	})
	if len(names) != 8 {
		t.Errorf("maxima that were changed: %v", names)
	}
}

// An integer as two parts that are both there, or as the wrong one below 0.
func TestShouldRejectIntegersSplitOtherwise(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	names := map[string]int{}
	drawn(random, 6, 32, func(round int, b book) {
		for _, both := range []int64{1_000, -1} {
			rejects(t, b, names, fmt.Sprintf("round %d, %+d", round, both), func(name string, _ []int64) (int64, bool) {
				return both, strings.HasSuffix(name, "on both sides")
			})
		}
	})
	if len(names) != 4 {
		t.Errorf("splits that were changed: %v", names)
	}
}

// shiftedTail is a forger of the tail: so many rows more counted as beyond, the quantile so many rows further, the named row counted so often.
func shiftedTail(beyond, quantile, named int64) Change {
	return func(name string, candidates ...int64) int64 {
		switch honest := Honest(name, candidates...); name {
		case "rows beyond":
			return honest + beyond
		case "row at the quantile":
			return honest + quantile
		case "row named at the quantile":
			return named
		default:
			return honest
		}
	}
}

// A tail that is not the worst: too long, too short, a row above the quantile that is not counted, one that is named more than once or not.
func TestShouldRejectAnotherTail(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	tried := 0
	drawn(random, 40, 32, func(round int, b book) {
		order, row := formula.WorstFirst(b.sums.EsLosses), int64(-1)
		Assign(b.packing, b.sums, b.groups, b.rows, 0, func(name string, candidates ...int64) int64 {
			if name == "row at the quantile" {
				row = candidates[0]
			}
			return Honest(name, candidates...)
		})
		loss := func(place int64) int64 { return b.sums.EsLosses[order[place]] }
		weight := func(place int64) int64 { return b.table.EsWeight(order[place]) }
		if row < 2 || row+2 > int64(len(order)) || loss(row-1) == loss(row) || loss(row) == loss(row+1) || weight(row-1)*weight(row)*weight(row+1) == 0 {
			return
		}
		tried++
		for name, change := range map[string]Change{
			"the tail ends a row late":                     shiftedTail(1, 1, 1),
			"the tail ends a row early":                    shiftedTail(-1, -1, 1),
			"the tail ends a row early, its row counts on": shiftedTail(-1, -1, 40),
			"a row above the quantile is not counted":      shiftedTail(0, 1, 1),
			"no row is named at the quantile":              shiftedTail(0, 0, 0),
		} {
			if holds, _ := accepted(b, change); holds {
				t.Errorf("round %d: %s", round, name)
			}
		}
	})
	if tried < 3 {
		t.Fatalf("only %d tails were tried", tried)
	}
}

// Who owes must not say that he does not, where only the minimum margin shows it.
func TestShouldRejectNoLiabilityOfWhoOwes(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	tried := 0
	drawn(random, 12, 1, func(round int, b book) {
		if b.sums.Owed() == 0 {
			return
		}
		tried++
		names := map[string]int{}
		rejects(t, b, names, fmt.Sprintf("round %d", round), func(name string, _ []int64) (int64, bool) { return 0, name == "liability" })
	})
	if tried < 3 {
		t.Fatalf("only %d accounts owed", tried)
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
			if holds, _ := accepted(book{b.packing, b.table, &lighter, b.groups, b.rows}, Honest); holds {
				t.Errorf("round %d: a loss less must be rejected", round)
			}
			rejected++
		}
		lighter := *b.sums
		lighter.EsLosses = slices.Clone(b.sums.EsLosses)
		lighter.EsLosses[slices.Index(lighter.EsLosses, slices.Max(lighter.EsLosses))]--
		if holds, _ := accepted(book{b.packing, b.table, &lighter, b.groups, b.rows}, Honest); holds {
			t.Errorf("round %d: a loss of expected shortfall less must be rejected", round)
		}
	})
	if rejected < 20 {
		t.Fatalf("only %d groups were tried", rejected)
	}
}
