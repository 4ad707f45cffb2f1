// Package account is the circuit of one claim: "a leaf of the sealed account tree that I own holds a portfolio whose equity stands so to
// its initial margin, margin being the published formula over the sealed risk table"; in a shape that opens the epoch's
// tariff, to its initial margin and its contagion buffer together.
//
// Takes: an epoch, an account of it, the risk table, the claim. Gives: a Groth16 proof over BN254 with five public inputs.
// The formula is package margin's, in exact mode: the circuit's IM is the ledger's integer, neither more nor less.
// Invariants: for every accepted witness the margin is the formula's on the sealed leaf and table; nothing else of the account is public.
//
// Two openings. Direct: the table's rows are opened and hashed here, and the account's columns are shown to be their sums at the
// circuit's own challenge. Challenge: the account's columns are committed to first (a leaf of a request tree, whose root the house
// seals), ρ is derived from epoch and request root, and each row is opened as its value at ρ.
//
// Soundness of the second. Before ρ are bound: lots (in the account leaf, which the commitment names), the table (in the epoch), the
// groups in their slots and every packed column (in the commitment). So for each group D(X) = Σ_k (Σ_i lots_i·P_ik − L_k)·X^k is a fixed
// polynomial, of degree below that of a row; if it is not 0, it vanishes at ρ with a chance of its degree over r, for each hash of ρ that
// somebody tries. D = 0 is equality of packed elements, and so of columns (package margin). The request root must be hashed before ρ is
// known: with ρ known first, small columns that satisfy the one equation at ρ are found by lattice reduction in a second and forge the
// margin. Therefore ρ is computed in the circuit from the sealed request root, and the verifier computes the evaluated root at that ρ
// from the published table, and takes none from the prover.
//
// Compact is the second in the narrow packing (publicinput.Packing): guard and ranges are those of 50-bit slots, and the evaluated leaves
// have a domain of their own, so that no tree of one packing is opened by the key of the other.
package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/publicinput"
)

// Circuit is the claim in one shape.
type Circuit struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"`

	// SECRET INPUTS
	Epoch   [publicinput.EpochElements]frontend.Variable
	Account AccountInputs
	Owner   OwnerInputs
	Chosen  ChoiceInputs
	Table   TableInputs
	Margin  margin.Inputs
	Request []RequestInputs // one in the challenge opening
	Venues  []VenuesInputs  // one in a shape with attestations
	Buffer  []BufferInputs  // one in a shape that opens a tariff

	MarginLeaf []MarginLeafInputs // one in a shape that knows tag 6

	shape Shape
}

// AccountInputs are the account's leaf and its place in the account tree.
type AccountInputs struct {
	Path            []gadget.Step // the root's step first
	Owner, Salt     frontend.Variable
	Cash            gadget.Sides
	Positions, Paid []EntryInputs
	Standings       []prefunding.Standing // in a shape over a table that lists venues
}

// OwnerInputs open the leaf's owner.
type OwnerInputs struct {
	Secret, Tail frontend.Variable
	ByHouse      frontend.Variable // 1: no secret, the nullifier is 0
}

// EntryInputs are one slot of a list.
type EntryInputs struct {
	Active, Number, Lots frontend.Variable
}

// ChoiceInputs say which claim is made: one-hot kind (of the shape's) and candidate (0, 1, 2), the amount m, the name, and whether the
// nullifier stands: is the same in every epoch.
type ChoiceInputs struct {
	Kind         []frontend.Variable
	Candidate    [publicinput.Candidates]frontend.Variable
	Amount, Name frontend.Variable
	Standing     frontend.Variable
}

// RequestInputs are the place of the loss commitment in the request tree, and its salt.
type RequestInputs struct {
	Salt frontend.Variable
	Path [publicinput.RequestDepth]gadget.Step
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
	Parameters margin.Global
	Path       []gadget.Step
}

// GroupInputs are one opened group.
type GroupInputs struct {
	Number frontend.Variable
	Slopes margin.Group
	Days   frontend.Variable // the packed keys, which name columns and are not charged here
	Path   []gadget.Step
}

// RowInputs are one opened leaf of an instrument, collateral or debt.
type RowInputs struct {
	Group   frontend.Variable
	Legs    [publicinput.Legs]frontend.Variable // groups
	Charges margin.Charges
	Columns []ColumnInputs     // one in the direct opening
	Values  []EvaluatedInput   // one in the challenge opening
	Stands  []prefunding.Stand // one where the table lists venues
	Path    []gadget.Step
}

// ColumnInputs are the packed columns of a row.
type ColumnInputs struct {
	Stress, Sense []frontend.Variable
	Short         frontend.Variable // 1: the leaf has no tail
	Legs          [publicinput.Legs][]frontend.Variable
	Es            []frontend.Variable
	AtVenue       []frontend.Variable // what venues are charged by; none in a table without
}

// EvaluatedInput are the values of a row's polynomials at ρ.
type EvaluatedInput struct {
	Own, Whole frontend.Variable
	Legs       [publicinput.Legs]frontend.Variable
	AtVenue    []frontend.Variable // one where the table lists venues
}

// InstrumentInputs are one instrument of positions ∪ paid, and the lots that the claimed candidate starts from.
type InstrumentInputs struct {
	Active, Number, PaidUp, TwoSided frontend.Variable
	ShortSide                        frontend.Variable // 1: the opened leaf is that of short lots
	Lots                             gadget.Sides      // booked, with the paid ones where candidate = returned
	Paid                             frontend.Variable // lots in the paid list
	Row                              RowInputs
}

// LineInputs are one line: collateral or debt.
type LineInputs struct {
	Active, Asset, Debt, Lots frontend.Variable
	Row                       RowInputs
}

// New is the circuit of a shape, to compile or to assign.
func New(shape Shape) *Circuit {
	circuit := &Circuit{shape: shape, Account: newAccount(shape), Table: newTable(shape),
		Margin: margin.NewInputs(shape.Structure, shape.Opening.Packing(), shape.Groups, shape.rows(), shape.Standings),
		Chosen: ChoiceInputs{Kind: make([]frontend.Variable, len(shape.kinds()))}}
	if shape.Opening.Sealed() {
		circuit.Request = make([]RequestInputs, 1)
	}
	if shape.Venues > 0 {
		circuit.Venues = []VenuesInputs{newVenues(shape)}
	}
	if shape.opensTariff() {
		circuit.Buffer = []BufferInputs{newBuffer(shape)}
	}
	if shape.sealsMargins() {
		circuit.MarginLeaf = []MarginLeafInputs{newMarginLeaf(shape)}
	}
	return circuit
}

func newAccount(shape Shape) AccountInputs {
	return AccountInputs{Path: make([]gadget.Step, shape.Depth), Positions: make([]EntryInputs, shape.Positions),
		Paid: make([]EntryInputs, shape.Positions), Standings: make([]prefunding.Standing, shape.Standings)}
}

func newTable(shape Shape) (table TableInputs) {
	structure := shape.Structure
	table.Global.Parameters.EsWeights = make([]frontend.Variable, len(structure.Blocks))
	if structure.AtVenues() {
		table.Global.Parameters.Share = make([]frontend.Variable, 1)
	}
	table.Global.Parameters.Weights = make([][]frontend.Variable, structure.Combos)
	for combo := range table.Global.Parameters.Weights {
		table.Global.Parameters.Weights[combo] = make([]frontend.Variable, len(structure.Families))
	}
	table.Groups, table.Global.Path = make([]GroupInputs, shape.Groups), make([]gadget.Step, structure.PathLevels())
	for i := range table.Groups {
		table.Groups[i].Path = make([]gadget.Step, structure.PathLevels())
	}
	table.Instruments = make([]InstrumentInputs, shape.Positions)
	table.Lines = make([]LineInputs, shape.Lines)
	for i := range table.Instruments {
		table.Instruments[i].Row = newRow(shape, publicinput.Instrument)
	}
	for i := range table.Lines {
		table.Lines[i].Row = newRow(shape, publicinput.Collateral)
	}
	return table
}

func newRow(shape Shape, domain publicinput.Domain) (row RowInputs) {
	row.Path = make([]gadget.Step, shape.Structure.PathLevels())
	var values, elements int // of what venues are charged by
	if shape.Structure.AtVenues() {
		row.Stands = []prefunding.Stand{prefunding.NewStand(shape.Standings)}
		values, elements = 1, publicinput.Wide.Elements(publicinput.VenueCells)
	}
	if shape.Opening.Sealed() {
		row.Values = []EvaluatedInput{{AtVenue: make([]frontend.Variable, values)}}
		return row
	}
	sense := publicinput.SenseElements(domain)
	columns := ColumnInputs{Stress: make([]frontend.Variable, publicinput.Wide.Elements(shape.Structure.Rows)),
		Sense: make([]frontend.Variable, sense), Es: make([]frontend.Variable, publicinput.Wide.Elements(shape.Structure.EsRows)),
		AtVenue: make([]frontend.Variable, elements)}
	for leg := range columns.Legs {
		columns.Legs[leg] = make([]frontend.Variable, sense)
	}
	row.Columns = []ColumnInputs{columns}
	return row
}

// Define reads as the claim.
func (c *Circuit) Define(api frontend.API) error {
	d := newDefinition(c, api)
	for _, part := range []func() error{
		d.accountIsInTheEpoch,
		d.nullifierIsOfTheOwner,
		d.tableIsOpened,
		d.marginIsTheFormula,
		d.epochIsSealed,
		d.positionsAreAttested,
		d.bufferIsTheTariffs,
		d.claimHolds,
	} {
		if err := part(); err != nil {
			return err
		}
	}
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

	number, leaf frontend.Variable
	candidate    frontend.Variable
	rows         []openedRow // instruments, then lines
	openings     []opening   // every opened leaf but the global one
	capRoot      frontend.Variable
	outcome      margin.Outcome
	candidates   []candidate       // further ones over the same opened rows
	rho          frontend.Variable // of the challenge opening
	buffer       openedTariff
}

// candidate is a further candidate's lots and the columns that its margin used.
type candidate struct {
	lots    []frontend.Variable
	columns margin.Columns
}

func newDefinition(c *Circuit, api frontend.API) *definition {
	return &definition{Circuit: c, api: api, hasher: gadget.NewHasher(api), ranges: gadget.NewRanges(api), zeros: gadget.NewZeros(api)}
}

// openedRow is a row with the lots of the claimed candidate.
type openedRow struct {
	lots   frontend.Variable // signed
	inputs *RowInputs
	margin margin.Row
}

// opening is a node that must stand in the cap where active is 1.
type opening struct {
	active, node frontend.Variable
}

// marginIsTheFormula: of the candidate's lots over the opened table.
func (d *definition) marginIsTheFormula() error {
	d.outcome = margin.Define(d.api, d.ranges, d.zeros, d.marginTable(), d.Account.Cash, &d.Margin)
	return nil
}

// marginTable is what the formula reads of the opened leaves.
func (d *definition) marginTable() margin.Table {
	table := margin.Table{Structure: d.shape.Structure, Packing: d.shape.Opening.Packing(), Global: &d.Table.Global.Parameters}
	for i := range d.Table.Groups {
		table.Groups = append(table.Groups, &d.Table.Groups[i].Slopes)
	}
	for _, row := range d.rows {
		table.Rows = append(table.Rows, row.margin)
	}
	table.Standings = d.Account.Standings
	return table
}
