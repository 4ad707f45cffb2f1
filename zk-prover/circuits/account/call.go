package account

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// CallName is the name of the circuit of a margin call in requests and file names.
const CallName = "call"

// CallShape is the size of the call circuit, opened directly.
type CallShape struct{ Shape }

// Circuit is the name of the circuit whose shape this is.
func (s CallShape) Circuit() string { return CallName }

// Empty is the circuit of the shape without values.
func (s CallShape) Empty() frontend.Circuit { return NewCall(s.Shape) }

// ReadCallShape reads a shape from a request; its faults are noted there. A call opens the table directly and asks for no attestation.
func ReadCallShape(value canonical.Value) groth.Shape {
	shape := readShape(value)
	if shape.Opening != Direct || shape.Venues != 0 {
		value.Refuse("BAD_SHAPE")
	}
	return CallShape{shape}
}

// CallCircuit is the claim "this named account is below its maintenance margin, and owes, in every candidate of the house allocation":
// as booked, with every long paid-up lot in the paid list, with the paid list in the positions. The house proves it without a secret: it
// knows the account, and the claim names it.
//
// In a shape with standings every candidate has the account's: a standing is of a venue, and lots that move between the lists stay there.
//
// A candidate that changes nothing equals the account as booked. The one with the paid lots returned does not exist where some lots would
// outgrow an entry; then one such instrument is shown, and the account as booked stands in its place.
type CallCircuit struct {
	// PUBLIC INPUTS, in the order of publicinput.
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"`

	// SECRET INPUTS
	Epoch    [publicinput.EpochElements]frontend.Variable
	Account  AccountInputs
	Table    TableInputs
	Margins  [publicinput.Candidates]margin.Inputs
	Returned []ReturnedInputs // by instrument slot

	shape Shape
}

// ReturnedInputs are an instrument's lots with the paid ones, and whether it is the one that shows that they outgrow an entry.
type ReturnedInputs struct {
	Lots     gadget.Sides
	Outgrows frontend.Variable
}

// NewCall is the call circuit of a shape, to compile or to assign.
func NewCall(shape Shape) *CallCircuit {
	circuit := &CallCircuit{shape: shape, Account: newAccount(shape), Table: newTable(shape), Returned: make([]ReturnedInputs, shape.Positions)}
	for i := range circuit.Margins {
		circuit.Margins[i] = margin.NewInputs(shape.Structure, shape.Opening.Packing(), shape.Groups, shape.rows(), shape.Standings)
	}
	return circuit
}

// Define reads as the claim.
func (c *CallCircuit) Define(api frontend.API) error {
	booked := &Circuit{Seal: c.Seal, Challenge: c.Challenge, Scope: c.Scope, Nullifier: c.Nullifier, Statement: c.Statement, Epoch: c.Epoch,
		Account: c.Account, Table: c.Table, Margin: c.Margins[publicinput.Given], shape: c.shape}
	booked.Chosen.Candidate = [publicinput.Candidates]frontend.Variable{1, 0, 0}
	d := newDefinition(booked, api)
	for _, part := range []func() error{d.accountIsInTheEpoch, d.tableIsOpened, d.marginIsTheFormula, d.epochIsSealed} {
		if err := part(); err != nil {
			return err
		}
	}
	d.isCalled(d.outcome)
	d.isCalled(d.evaluate(c.withoutPaidUp(d), &c.Margins[publicinput.AllPaid]))
	d.isCalled(d.evaluate(c.withPaid(d), &c.Margins[publicinput.Returned]))
	api.AssertIsEqual(c.Nullifier, 0)
	api.AssertIsEqual(c.Statement, api.Add(publicinput.TagBelowMaintenance, api.Mul(api.Add(d.number, 1), gadget.Power(publicinput.StatementNameOffset))))
	d.zeros.Assert()
	d.identitiesHoldAtAChallenge()
	return nil
}

// isCalled: something is owed and equity is below the maintenance margin.
func (d *definition) isCalled(outcome margin.Outcome) {
	d.api.AssertIsEqual(outcome.Liability, 1)
	d.ranges.Below(d.api.Sub(outcome.MaintenanceMargin, outcome.Equity, 1), excessBits+1)
}

// evaluate asserts the formula on other lots of the opened instruments.
func (d *definition) evaluate(instruments []gadget.Sides, inputs *margin.Inputs) margin.Outcome {
	table := d.marginTable()
	lots := make([]frontend.Variable, len(d.rows))
	for i, row := range d.rows {
		lots[i] = row.lots
		if i < len(instruments) {
			open := d.api.Mul(d.api.Sub(1, d.Table.Instruments[i].PaidUp), instruments[i].Plus)
			table.Rows[i].Lots, table.Rows[i].Owed = instruments[i], d.api.Add(instruments[i].Minus, open)
			lots[i] = instruments[i].Of(d.api)
		}
	}
	outcome := margin.Define(d.api, d.ranges, d.zeros, table, d.Account.Cash, inputs)
	d.candidates = append(d.candidates, candidate{lots: lots, columns: outcome.Columns})
	return outcome
}

// withoutPaidUp are the lots of allPaid: what is long and paid up is left out.
func (c *CallCircuit) withoutPaidUp(d *definition) []gadget.Sides {
	lots := make([]gadget.Sides, len(c.Table.Instruments))
	for i := range c.Table.Instruments {
		instrument := &c.Table.Instruments[i]
		lots[i] = gadget.Sides{Plus: d.api.Sub(instrument.Lots.Plus, d.api.Mul(instrument.PaidUp, instrument.Lots.Plus)), Minus: instrument.Lots.Minus}
	}
	return lots
}

// withPaid are the lots of returned: booked + paid; as booked where one instrument is shown whose lots would be 2³¹ or more. A two-asset
// product whose paid lots could change its side has no call in this circuit: its leaf is that of the booked side.
func (c *CallCircuit) withPaid(d *definition) []gadget.Sides {
	lots, outgrown, sum := make([]gadget.Sides, len(c.Table.Instruments)), frontend.Variable(0), frontend.Variable(0)
	for i := range c.Table.Instruments {
		instrument, returned := &c.Table.Instruments[i], &c.Returned[i]
		d.api.AssertIsBoolean(returned.Outgrows)
		outgrown = d.api.Add(outgrown, returned.Outgrows)
		sum = d.api.Add(sum, d.api.Mul(returned.Outgrows, d.api.Add(instrument.Lots.Of(d.api), instrument.Paid)))
		d.zeros.Product(instrument.TwoSided, instrument.Paid)
	}
	d.api.AssertIsBoolean(outgrown)
	d.ranges.Below(d.api.Sub(sum, d.api.Mul(outgrown, publicinput.LotsMax+1)), lotsBits)
	for i := range c.Table.Instruments {
		instrument, returned := &c.Table.Instruments[i], &c.Returned[i]
		d.ranges.Below(returned.Lots.Plus, lotsBits)
		d.ranges.Below(returned.Lots.Minus, lotsBits)
		d.zeros.Sides(returned.Lots)
		paid := d.api.Sub(instrument.Paid, d.api.Mul(outgrown, instrument.Paid))
		d.api.AssertIsEqual(returned.Lots.Of(d.api), d.api.Add(instrument.Lots.Of(d.api), paid))
		lots[i] = returned.Lots
	}
	return lots
}

// CallAssignment is the witness of a call, with its public inputs and the figures of the account as booked.
type CallAssignment struct {
	Circuit *CallCircuit
	Public  [publicinput.Count]fr.Element
	Figures margin.Figures
}

// AssignCall checks a request of kind 4, decides it natively, and fills every secret input.
func AssignCall(shape Shape, table *risktable.Table, request Request) (*CallAssignment, error) {
	claim := request.Claim
	switch {
	case claim.Tag != publicinput.TagBelowMaintenance:
		return nil, refusal.New(refusal.Claim, "UNKNOWN_KIND", "request.kind")
	case claim.Choice != publicinput.Given:
		return nil, refusal.New(refusal.Claim, "KIND_NEEDS_GIVEN", "request.candidate")
	case !request.ByHouse || claim.Name == 0 || claim.Amount != 0:
		return nil, refusal.New(refusal.Claim, "HOUSE_MUST_NAME", "request.secret")
	case claim.Standing:
		return nil, refusal.New(refusal.Claim, "STANDING_NEEDS_OWNER", "request.standing")
	case !table.Structure.Equal(shape.Structure):
		return nil, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "table.rows")
	}
	ways, err := checkSealed(shape, table, request)
	if err != nil {
		return nil, err
	}
	candidates, outgrows, err := candidatesOf(shape, table, request.Account)
	if err != nil {
		return nil, err
	}
	return fillCall(shape, table, request, ways, candidates, outgrows, margin.Honest)
}

// candidatesOf lays every candidate into the same slots, and gives the instrument whose paid lots cannot be returned, or −1.
func candidatesOf(shape Shape, table *risktable.Table, account publicinput.AccountLeaf) ([]*slots, int64, error) {
	var candidates []*slots
	outgrows := int64(-1)
	for candidate := range int64(publicinput.Candidates) {
		laid, err := slotsOf(shape, table, account, candidate)
		if err != nil && refusal.Of(err).Code == "NO_SUCH_CANDIDATE" {
			outgrows = outgrown(account)
			laid, err = slotsOf(shape, table, account, publicinput.Given)
		}
		if err != nil {
			return nil, 0, err
		}
		candidates = append(candidates, laid)
	}
	booked := candidates[publicinput.Given]
	for _, slot := range booked.instruments {
		if slot.row.TwoSided && slot.paid != 0 {
			return nil, 0, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "account.paid")
		}
	}
	together := &slots{sums: &formula.Sums{Groups: map[int64]formula.GroupSums{}}}
	for _, laid := range candidates {
		for number := range laid.sums.Groups {
			together.sums.Groups[number] = formula.GroupSums{}
		}
	}
	if len(together.sums.Groups) > shape.Groups {
		return nil, 0, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "account.groups")
	}
	together.fillGroups(shape, table)
	for _, laid := range candidates {
		laid.groups = together.groups
	}
	return candidates, outgrows, nil
}

// outgrown is an instrument whose booked and paid lots together are 2³¹ or more.
func outgrown(account publicinput.AccountLeaf) int64 {
	lots := map[int64]int64{}
	for _, entry := range account.Positions {
		lots[entry.Key] = entry.Lots
	}
	for _, entry := range account.Paid {
		if lots[entry.Key]+entry.Lots > publicinput.LotsMax {
			return entry.Key
		}
	}
	return -1
}

// fillCall writes a call into the circuit's inputs; a claim that is not true is refused.
func fillCall(shape Shape, table *risktable.Table, request Request, ways ways, candidates []*slots, outgrows int64,
	change margin.Change) (*CallAssignment, error) {
	booked := candidates[publicinput.Given]
	a := &assigner{circuit: New(shape), request: request, table: table, slots: booked, ways: ways}
	a.sealed()
	a.opened()
	public := a.public()
	c := NewCall(shape)
	c.Seal, c.Challenge, c.Scope, c.Nullifier, c.Statement = a.circuit.Seal, a.circuit.Challenge, a.circuit.Scope, a.circuit.Nullifier, a.circuit.Statement
	c.Epoch, c.Account, c.Table = a.circuit.Epoch, a.circuit.Account, a.circuit.Table
	for i := range c.Table.Instruments {
		c.Table.Instruments[i].Lots = sides(0)
		c.Returned[i] = ReturnedInputs{Lots: sides(candidates[publicinput.Returned].rows[i].Lots), Outgrows: gadget.Bit(false)}
		if i < len(booked.instruments) {
			c.Table.Instruments[i].Lots = sides(booked.instruments[i].start)
			c.Returned[i].Outgrows = gadget.Bit(booked.instruments[i].row.Number == outgrows)
		}
	}
	assignment, called := &CallAssignment{Circuit: c, Public: public}, true
	for candidate, laid := range candidates {
		witness := margin.Assign(laid.packing, laid.sums, laid.groups, laid.rows, shape.Standings, change)
		c.Margins[candidate] = witness.Inputs
		if candidate == publicinput.Given {
			assignment.Figures = witness.Figures
		}
		called = called && witness.Figures.Equity < witness.Figures.MaintenanceMargin && laid.sums.Owed() != 0
	}
	if !called {
		return assignment, refusal.New(refusal.Claim, "CLAIM_NOT_MET", "account")
	}
	return assignment, nil
}
