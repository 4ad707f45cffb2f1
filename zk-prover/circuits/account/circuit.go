// Package account is the circuit of one claim: "a leaf of the sealed account tree that I own holds a portfolio whose equity stands so to
// its initial margin, margin being the published formula over the sealed risk table".
//
// Takes: an epoch, an account of it, the risk table, the claim. Gives: a Groth16 proof over BN254 with five public inputs.
// Exact mode: every maximum is attained and every ceiling tight, so the circuit's IM is the ledger's integer, neither more nor less.
// Invariants: for every accepted witness the margin is the formula's on the sealed leaf and table; nothing else of the account is public.
package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
)

// Circuit is the claim in one shape.
type Circuit struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Claim     frontend.Variable `gnark:",public"`

	// SECRET INPUTS
	Epoch   [publicinput.EpochElements]frontend.Variable
	Account AccountInputs
	Chosen  ChoiceInputs
	Table   TableInputs
	Margin  MarginInputs

	shape Shape
}

// AccountInputs are the account's leaf and its place in the account tree.
type AccountInputs struct {
	Path                      []gadget.Step // the root's step first
	Owner, Salt, Secret, Tail frontend.Variable
	ByHouse                   frontend.Variable // 1: no secret, the nullifier is 0
	CashPlus, CashMinus       frontend.Variable // cash = plus − minus, one of them 0
	Positions, Paid           []EntryInputs
}

// EntryInputs are one slot of a list.
type EntryInputs struct {
	Active, Number, Lots frontend.Variable
}

// ChoiceInputs say which claim is made: one-hot kind (1, 2, 3) and candidate (0, 1, 2), the amount m, the name.
type ChoiceInputs struct {
	Kind, Candidate [3]frontend.Variable
	Amount, Name    frontend.Variable
}

// TableInputs are the opened leaves of the risk table.
type TableInputs struct {
	Cap            [publicinput.TableCapNodes]frontend.Variable
	Multiplicities [publicinput.TableCapNodes]frontend.Variable // how many opened leaves stand under each node of the cap
	Global         GlobalInputs
	Groups         []GroupInputs
	Instruments    []InstrumentInputs
	Lines          []LineInputs
}

// GlobalInputs are the global leaf, whose place is the first.
type GlobalInputs struct {
	Tail, Phi, CashResidual, Skew frontend.Variable // Skew: the rows steep and flat, which this circuit does not use
	MinimumMargin                 frontend.Variable
	Weights                       [2][2]frontend.Variable // combo, family
	Path                          [publicinput.TablePathLevels]gadget.Step
}

// GroupInputs are one opened group and what the account has in it.
type GroupInputs struct {
	Number, ImpactLong, ImpactShort, Days frontend.Variable // Days: the packed keys, which name columns and are not charged here
	Path                                  [publicinput.TablePathLevels]gadget.Step

	Worst                 frontend.Variable   // largest loss over the stress rows
	Slack                 []frontend.Variable // by row: worst − loss ≥ 0
	DeltaPlus, DeltaMinus frontend.Variable   // Δ = plus − minus, one of them 0
	Value                 frontend.Variable
	Impact                frontend.Variable
}

// RowInputs are one opened leaf of an instrument, collateral or debt.
type RowInputs struct {
	Group, Bound frontend.Variable
	Columns      []frontend.Variable // packed: stress, delta, value
	Rest         []frontend.Variable // packed, of an instrument: vega and dated deltas, which this circuit does not charge
	Path         [publicinput.TablePathLevels]gadget.Step
}

// InstrumentInputs are one instrument of positions ∪ paid, and the lots that the claimed candidate starts from.
type InstrumentInputs struct {
	Active, Number, PaidUp, Spread frontend.Variable
	Plus, Minus                    frontend.Variable // lots = plus − minus, one of them 0: booked, with the paid ones where candidate = returned
	Paid                           frontend.Variable // lots in the paid list
	Row                            RowInputs
}

// LineInputs are one line: collateral or debt.
type LineInputs struct {
	Active, Asset, Debt, Lots frontend.Variable
	Row                       RowInputs
}

// MarginInputs are the formula's results, each asserted.
type MarginInputs struct {
	Joint                      frontend.Variable    // m_J
	Combos                     [2]frontend.Variable // ceilings
	Core                       frontend.Variable
	Quantisation               frontend.Variable
	CashDebt                   frontend.Variable // negative cash with its residual
	LiabilityInverse           frontend.Variable
	InitialMargin, Maintenance frontend.Variable
}

// New is the circuit of a shape, to compile or to assign.
func New(shape Shape) *Circuit {
	circuit := &Circuit{shape: shape}
	circuit.Account.Path = make([]gadget.Step, shape.Depth)
	circuit.Account.Positions = make([]EntryInputs, shape.Positions)
	circuit.Account.Paid = make([]EntryInputs, shape.Positions)
	circuit.Table.Groups = make([]GroupInputs, shape.Groups)
	circuit.Table.Instruments = make([]InstrumentInputs, shape.Positions)
	circuit.Table.Lines = make([]LineInputs, shape.Lines)
	for i := range circuit.Table.Groups {
		circuit.Table.Groups[i].Slack = make([]frontend.Variable, shape.Rows)
	}
	for i := range circuit.Table.Instruments {
		circuit.Table.Instruments[i].Row = newRow(shape, publicinput.Instrument)
	}
	for i := range circuit.Table.Lines {
		circuit.Table.Lines[i].Row = newRow(shape, publicinput.Collateral)
	}
	return circuit
}

func newRow(shape Shape, domain publicinput.Domain) RowInputs {
	layout := publicinput.RowLayoutOf(shape.Rows, domain)
	return RowInputs{Columns: make([]frontend.Variable, layout.Rest-publicinput.RowHeadElements),
		Rest: make([]frontend.Variable, layout.Tail-layout.Rest)}
}

// Define reads as the claim.
func (c *Circuit) Define(api frontend.API) error {
	d := &definition{Circuit: c, api: api, hasher: gadget.NewHasher(api), ranges: gadget.NewRanges(api), zeros: gadget.NewZeros(api)}
	for _, part := range []func() error{
		d.epochIsSealed,
		d.accountIsInTheEpoch,
		d.nullifierIsOfTheOwner,
		d.tableIsInTheEpoch,
		d.leavesAreInTheTable,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	d.marginIsTheFormula()
	d.claimHolds()
	d.zeros.Assert()
	d.identitiesHoldAtAChallenge()
	return nil
}

// definition holds what one part of Define hands to the next.
type definition struct {
	*Circuit
	api    frontend.API
	hasher *gadget.Hasher
	ranges *gadget.Ranges
	zeros  *gadget.Zeros

	number, cash frontend.Variable
	rows         []openedRow           // instruments, then lines
	openings     []opening             // every opened leaf but the global one
	groupColumns [][]frontend.Variable // by group slot: packed stress, delta and value

	initial, maintenance, equity frontend.Variable
}

// openedRow is a row with the lots of the claimed candidate.
type openedRow struct {
	lots, size frontend.Variable // signed, and absolute
	inputs     *RowInputs
}

// opening is a node that must stand in the cap where active is 1.
type opening struct {
	active, node frontend.Variable
}
