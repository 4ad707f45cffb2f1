// Package margin is the published margin formula inside a circuit (margin method, 1.3 to 1.6), in exact mode: every maximum is attained,
// every ceiling tight, the tail of expected shortfall certified by a subgradient, so the margin is the formula's integer, neither more nor less.
//
// Takes: the opened rows and slopes of a risk table, the lots of one candidate, and the witness of the formula. Gives: initial margin,
// maintenance margin, equity and what is owed; and the packed columns that the caller must show to be the sums of lots times opened rows.
//
// Soundness. Every column of the account is a witness here. The caller's identities make each packed element of the witness equal, mod r,
// to the sum over the opened rows of lots times the row's element. The guard B < 2^LimitBits bounds the true sum of every slot, since `bound`
// of the opened leaf covers every column; the ranges here keep every witness slot within four times that; so two equal elements have equal
// slots (publicinput.Packing). From there on all is integer arithmetic far below r.
package margin

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Table is what the formula reads of the opened table.
type Table struct {
	Structure risktable.Structure
	Packing   publicinput.Packing
	Global    *Global
	Groups    []*Group
	Rows      []Row // instruments, then lines

	Standings []prefunding.Standing // of an account over a table that lists venues, asserted by the caller
}

// Global are the parameters and weights of a table.
type Global struct {
	Tail, Phi, CashResidual, MinimumMargin frontend.Variable
	Weights                                [][]frontend.Variable // combo, family
	EsWeights                              []frontend.Variable   // by run
	Share                                  []frontend.Variable   // χ, one where the table lists venues
}

// Knot adds a slope beyond a threshold.
type Knot struct {
	Threshold, Slope frontend.Variable
}

// Group are the slopes of one group.
type Group struct {
	ImpactLong, ImpactShort, ContagionLong, ContagionShort, Chi, Psi frontend.Variable
	Impact, Contagion, Crowding                                      [publicinput.KnotsMax]Knot
	Basis                                                            [publicinput.BasisKeysMax]frontend.Variable
}

// Charges are the slopes of one opened row on its own size.
type Charges struct {
	Spread, CrowdLong, CrowdShort, Bound frontend.Variable
	Knots                                [publicinput.KnotsMax]Knot
}

// Row is one opened row with the candidate's lots.
type Row struct {
	Charges  *Charges
	Lots     gadget.Sides
	Position bool              // an instrument, not a line
	Owed     frontend.Variable // lots for which something is or could be owed
}

// Inputs are the witness of the formula for one candidate, each asserted.
type Inputs struct {
	Groups []GroupInputs
	Rows   []RowInputs
	Venues []prefunding.Inputs // one where the table lists venues
	// Whole are the stress rows that are only summed over the whole account: below its home family's worst by so much; a row of no family, itself.
	Whole    []frontend.Variable
	Families []frontend.Variable // worst point, of a family with more than one

	Quantile  frontend.Variable // t: the loss at which the tail begins
	Tails     []TailInputs      // by ES row
	Boundary  []frontend.Variable
	Shortfall frontend.Variable

	Combos                           []frontend.Variable
	Core, Quantisation, CashDebt     frontend.Variable
	LiabilityInverse                 frontend.Variable
	InitialMargin, MaintenanceMargin frontend.Variable
}

// TailInputs say where an ES row's loss lies: t + Distance where Beyond, t − Distance where not.
type TailInputs struct {
	Beyond, Distance frontend.Variable
}

// GroupInputs are the columns of one group and its charges.
type GroupInputs struct {
	Worst       []frontend.Variable // by two-level point: the largest loss over its cells
	Slack       []frontend.Variable // by grouped row: below its home point's worst by so much; a row without, the loss itself
	Delta, Vega gadget.Sides
	Dated       [publicinput.BasisKeysMax]gadget.Sides
	Value       frontend.Variable
	Steepening  gadget.Sides // loss in the steep row less that in the flat one

	BeyondImpact, BeyondContagion, BeyondCrowding [publicinput.KnotsMax]frontend.Variable // the size beyond each knot
	Impact, Contagion, Crowding, Skew             frontend.Variable
	Basis                                         [publicinput.BasisKeysMax]frontend.Variable
}

// RowInputs are the lots beyond each of a row's knots.
type RowInputs struct {
	Beyond [publicinput.KnotsMax]frontend.Variable
}

// NewInputs makes the witness's slots for a structure; where rows are defined depends on which of them share an element.
func NewInputs(structure risktable.Structure, packing publicinput.Packing, groups, rows, standings int) Inputs {
	plan := planOf(structure, packing)
	inputs := Inputs{Groups: make([]GroupInputs, groups), Rows: make([]RowInputs, rows), Whole: make([]frontend.Variable, len(plan.wholeRows)),
		Families: make([]frontend.Variable, len(structure.Families)), Tails: make([]TailInputs, structure.EsRows),
		Boundary: make([]frontend.Variable, len(structure.Blocks)), Combos: make([]frontend.Variable, structure.Combos)}
	for i := range inputs.Groups {
		inputs.Groups[i].Worst = make([]frontend.Variable, len(plan.points))
		inputs.Groups[i].Slack = make([]frontend.Variable, len(plan.groupedRows))
	}
	if structure.AtVenues() {
		inputs.Venues = []prefunding.Inputs{prefunding.NewInputs(structure, standings)}
	}
	return inputs
}

// Outcome is what the formula gives.
type Outcome struct {
	InitialMargin, MaintenanceMargin, Equity, Liability frontend.Variable
	Impact                                              []frontend.Variable // by group slot: the impact line, 10⁻⁶ u, before its ceiling
	Columns                                             Columns
}

// Columns are the packed elements that the caller's identities compare with the opened rows.
type Columns struct {
	Groups [][]frontend.Variable // by group slot: grouped stress elements, then sensitivities
	Whole  []frontend.Variable   // the other stress elements, then ES
	Venues [][]frontend.Variable // what venues are charged by: free money, free positions, then by standing; none without venues
}

// plan is where each row of a structure is bounded.
type plan struct {
	points                 []risktable.TwoLevelPoint
	groupedRows, wholeRows []int       // in the order of the packed elements
	grouped, whole         []int       // those elements
	home                   map[int]int // of a grouped row: the two-level point whose worst defines it
	slackOf, wholeOf       map[int]int // the place of a row among groupedRows and wholeRows
	wholeHome              map[int]int // of a whole row: the family whose worst defines it
}

func planOf(structure risktable.Structure, packing publicinput.Packing) plan {
	p := plan{points: structure.TwoLevel(), home: map[int]int{}, slackOf: map[int]int{}, wholeOf: map[int]int{}, wholeHome: map[int]int{}}
	p.grouped, p.whole = structure.Parts(packing)
	p.groupedRows, p.wholeRows = structure.RowsOf(packing, p.grouped), structure.RowsOf(packing, p.whole)
	for place, row := range p.groupedRows {
		p.slackOf[row] = place
	}
	for place, row := range p.wholeRows {
		p.wholeOf[row] = place
	}
	for i, point := range p.points {
		for _, cell := range point.Cells {
			if _, taken := p.home[int(cell)]; !taken {
				p.home[int(cell)] = i
			}
		}
	}
	for k, family := range structure.Families {
		for _, cells := range family.Points {
			row := int(cells[0])
			_, whole := p.wholeOf[row]
			if _, taken := p.wholeHome[row]; whole && !taken && len(family.Points) > 1 {
				p.wholeHome[row] = k
			}
		}
	}
	return p
}
