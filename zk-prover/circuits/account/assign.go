package account

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tree"
)

// Assignment is the witness of one request, with its public inputs and the figures that it proves.
type Assignment struct {
	Circuit *Circuit
	Public  [publicinput.Count]fr.Element
	Figures Figures
}

// Assign checks a request against table and shape, decides the claim natively, and fills every secret input. A false claim and an account
// without a proof are named refusals; what passes here satisfies the circuit.
func Assign(shape Shape, table *risktable.Table, request Request) (*Assignment, error) {
	if err := checkChoice(request); err != nil {
		return nil, err
	}
	if table.Unknown != nil {
		return nil, table.Unknown
	}
	if table.Rows != shape.Rows || table.EsRows != shape.EsRows {
		return nil, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "table.rows")
	}
	e, err := evaluate(table, request.Account, request.Claim.Candidate)
	if err != nil {
		return nil, err
	}
	if err := shape.holds(len(e.instruments), len(e.lines), len(e.groups), request.Account.Number); err != nil {
		return nil, err
	}
	children, err := checkSealed(table, request)
	if err != nil {
		return nil, err
	}
	if err := e.decide(request); err != nil {
		return nil, err
	}
	return fill(shape, table, request, e, children), nil
}

// fill writes an evaluation into the circuit's inputs.
func fill(shape Shape, table *risktable.Table, request Request, e *evaluation, children [][tree.Arity]fr.Element) *Assignment {
	e.fillGroups(shape.Groups)
	a := &assigner{circuit: New(shape), request: request, table: table, evaluation: e}
	a.sealed(children)
	a.opened()
	a.formula()
	return &Assignment{Circuit: a.circuit, Public: a.public(), Figures: e.figures()}
}

// Evaluate gives the figures of a request's candidate without deciding its claim.
func Evaluate(table *risktable.Table, request Request) (Figures, error) {
	e, err := evaluate(table, request.Account, request.Claim.Candidate)
	if err != nil {
		return Figures{}, err
	}
	return e.figures(), nil
}

func checkChoice(request Request) error {
	claim := request.Claim
	switch {
	case claim.Kind < publicinput.ExcessOverInitial || claim.Kind > publicinput.InitialMarginEquals:
		return refusal.New(refusal.Claim, "UNKNOWN_KIND", "request.kind")
	case claim.Candidate < publicinput.Given || claim.Candidate > publicinput.Returned:
		return refusal.New(refusal.Claim, "NO_SUCH_CANDIDATE", "request.candidate")
	case claim.Kind == publicinput.InitialMarginEquals && claim.Candidate != publicinput.Given:
		return refusal.New(refusal.Claim, "KIND_NEEDS_GIVEN", "request.candidate")
	case request.ByHouse && (claim.Kind != publicinput.InitialMarginEquals || claim.Name == 0):
		return refusal.New(refusal.Claim, "HOUSE_MUST_NAME", "request.secret")
	default:
		return nil
	}
}

// checkSealed checks that owner, account tree and table are those of the epoch, and gives the way up the account tree.
func checkSealed(table *risktable.Table, request Request) ([][tree.Arity]fr.Element, error) {
	if !request.ByHouse && publicinput.OwnerOf(request.Secret, request.Account.Number, request.OwnerTail) != request.Account.Owner {
		return nil, refusal.New(refusal.Account, "OWNER_DIFFERS", "account.owner")
	}
	if table.Root != request.Epoch.TableRoot {
		return nil, refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "epoch.tableRoot")
	}
	if table.Sha != request.Epoch.TableSha {
		return nil, refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "epoch.tableSha")
	}
	children, root := tree.Climb(request.Account.Hash(), request.Account.Number, request.Path)
	if root != request.Epoch.AccountRoot {
		return nil, refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "request.path")
	}
	return children, nil
}

// fillGroups fills the group slots with the table's first groups that the account does not touch; a table has at least as many as a shape.
func (e *evaluation) fillGroups(slots int) {
	for i := 0; len(e.groups) < slots; i++ {
		number := e.table.Groups[i].Number
		at, taken := slices.BinarySearchFunc(e.groups, number, func(sums groupSums, number int64) int {
			return cmp.Compare(sums.group.Number, number)
		})
		if !taken {
			e.groups = slices.Insert(e.groups, at, *e.emptyGroup(number))
		}
	}
}

type assigner struct {
	circuit    *Circuit
	request    Request
	table      *risktable.Table
	evaluation *evaluation
}

func signed(x int64) frontend.Variable { return publicinput.Signed(x) }

func bit(set bool) frontend.Variable {
	if set {
		return signed(1)
	}
	return signed(0)
}

func (a *assigner) public() [publicinput.Count]fr.Element {
	request := a.request
	var nullifier fr.Element
	if !request.ByHouse {
		nullifier = publicinput.NullifierOf(request.Secret, request.Epoch.House, publicinput.Signed(request.Epoch.Number), request.Scope,
			request.Account.Number)
	}
	public := [publicinput.Count]fr.Element{publicinput.SealInput: request.Epoch.Digest(), publicinput.ChallengeInput: request.Challenge,
		publicinput.ScopeInput: request.Scope, publicinput.NullifierInput: nullifier, publicinput.ClaimInput: request.Claim.Element()}
	c := a.circuit
	for i, input := range []*frontend.Variable{&c.Seal, &c.Challenge, &c.Scope, &c.Nullifier, &c.Claim} {
		*input = public[i]
	}
	return public
}

// sealed fills the epoch, the account and the choice.
func (a *assigner) sealed(children [][tree.Arity]fr.Element) {
	c, request := a.circuit, a.request
	for i, element := range request.Epoch.Elements() {
		c.Epoch[i] = element
	}
	for level, digit := range tree.Digits(request.Account.Number, len(children)) {
		c.Account.Path[level] = step(digit, children[level])
	}
	tail := new(fr.Element)
	if !request.ByHouse {
		tail.SetBigInt(request.OwnerTail)
	}
	c.Account.Owner, c.Account.Salt, c.Account.Secret, c.Account.Tail = request.Account.Owner, request.Account.Salt, request.Secret, *tail
	c.Account.ByHouse = bit(request.ByHouse)
	cash := request.Account.Cash
	c.Account.CashPlus, c.Account.CashMinus = signed(max(cash, 0)), signed(max(-cash, 0))
	assignList(c.Account.Positions, request.Account.Positions)
	assignList(c.Account.Paid, request.Account.Paid)
	for i := range c.Chosen.Kind {
		c.Chosen.Kind[i] = bit(request.Claim.Kind == int64(i+1))
		c.Chosen.Candidate[i] = bit(request.Claim.Candidate == int64(i))
	}
	c.Chosen.Amount, c.Chosen.Name = signed(request.Claim.Amount), signed(request.Claim.Name)
}

func assignList(slots []EntryInputs, entries []publicinput.Entry) {
	for i := range slots {
		slots[i] = EntryInputs{Active: signed(0), Number: signed(0), Lots: signed(0)}
		if i < len(entries) {
			slots[i] = EntryInputs{Active: signed(1), Number: signed(entries[i].Key), Lots: signed(entries[i].Lots)}
		}
	}
}

func step(digit int, children [tree.Arity]fr.Element) gadget.Step {
	s := gadget.Step{High: bit(digit >= 2), Low: bit(digit%2 == 1)}
	for i, child := range children {
		s.Children[i] = child
	}
	return s
}

// opened fills the leaves of the table.
func (a *assigner) opened() {
	opened, e := &a.circuit.Table, a.evaluation
	multiplicities := [publicinput.TableCapNodes]int64{}
	open := func(path *[publicinput.TablePathLevels]gadget.Step, place int64) {
		a.path(path, place)
		multiplicities[place>>(2*publicinput.TablePathLevels)]++
	}
	a.global(&opened.Global)
	for i := range opened.Groups {
		a.group(&opened.Groups[i], &e.groups[i])
		open(&opened.Groups[i].Path, e.groups[i].place)
	}
	for i := range opened.Instruments {
		a.instrument(&opened.Instruments[i], i)
		if i < len(e.instruments) {
			open(&opened.Instruments[i].Row.Path, e.instruments[i].place)
		}
	}
	for i := range opened.Lines {
		a.line(&opened.Lines[i], i)
		if i < len(e.lines) {
			open(&opened.Lines[i].Row.Path, e.lines[i].place)
		}
	}
	for i, node := range a.table.Cap {
		opened.Cap[i], opened.Multiplicities[i] = node, signed(multiplicities[i])
	}
}

func (a *assigner) path(path *[publicinput.TablePathLevels]gadget.Step, place int64) {
	children, digits := a.table.Path(place)
	for level := range path {
		path[level] = step(digits[level], children[level])
	}
}

func (a *assigner) global(global *GlobalInputs) {
	parameters := a.table.Parameters
	global.Tail, global.Phi, global.CashResidual = signed(parameters.Tail), signed(parameters.Phi), signed(parameters.CashResidual)
	global.Skew = signed(a.table.Flat<<16 | a.table.Steep)
	global.MinimumMargin = signed(parameters.MinimumMargin)
	for combo, row := range a.table.Weights {
		for family, weight := range row {
			global.Weights[combo][family] = signed(weight)
		}
	}
	a.path(&global.Path, 0)
}

func (a *assigner) group(inputs *GroupInputs, sums *groupSums) {
	inputs.Number, inputs.ImpactLong, inputs.ImpactShort = signed(sums.group.Number), signed(sums.group.ImpactLong), signed(sums.group.ImpactShort)
	inputs.Days = sums.group.DaysElement()
	inputs.Worst, inputs.Impact = signed(sums.worst), signed(sums.impact)
	for r, loss := range sums.losses {
		inputs.Slack[r] = difference(sums.worst, loss)
	}
	inputs.DeltaPlus, inputs.DeltaMinus, inputs.Value = signed(max(sums.delta, 0)), signed(max(-sums.delta, 0)), signed(sums.value)
}

func difference(a, b int64) frontend.Variable {
	return *new(fr.Element).SetBigInt(new(big.Int).Sub(big.NewInt(a), big.NewInt(b)))
}

func (a *assigner) instrument(inputs *InstrumentInputs, i int) {
	if i >= len(a.evaluation.instruments) {
		*inputs = InstrumentInputs{Active: signed(0), Number: signed(0), PaidUp: signed(0), Spread: signed(0), Plus: signed(0), Minus: signed(0),
			Paid: signed(0), Row: a.emptyRow(inputs.Row, publicinput.Instrument)}
		return
	}
	slot := a.evaluation.instruments[i]
	inputs.Active, inputs.Number, inputs.PaidUp = signed(1), signed(slot.row.Number), bit(slot.row.PaidUp)
	inputs.Spread = signed(slot.row.Spread)
	inputs.Plus, inputs.Minus, inputs.Paid = signed(max(slot.start, 0)), signed(max(-slot.start, 0)), signed(slot.paid)
	a.row(&inputs.Row, slot.row)
}

func (a *assigner) line(inputs *LineInputs, i int) {
	if i >= len(a.evaluation.lines) {
		*inputs = LineInputs{Active: signed(0), Asset: signed(0), Debt: signed(0), Lots: signed(0), Row: a.emptyRow(inputs.Row, publicinput.Collateral)}
		return
	}
	line := a.evaluation.lines[i]
	inputs.Active, inputs.Asset, inputs.Debt = signed(1), signed(line.row.Number), bit(line.row.Domain == publicinput.Debt)
	inputs.Lots = signed(line.lots)
	a.row(&inputs.Row, line.row)
}

func (a *assigner) row(inputs *RowInputs, row *risktable.Row) {
	inputs.Group, inputs.Bound = signed(row.Group), signed(row.Bound)
	for i, element := range row.Columns() {
		inputs.Columns[i] = element
	}
	for i, element := range row.Rest() {
		inputs.Rest[i] = element
	}
}

// emptyRow fills an inactive slot: a leaf of zeros under nodes of its own, which need not stand in the cap.
func (a *assigner) emptyRow(row RowInputs, domain publicinput.Domain) RowInputs {
	row.Group, row.Bound = signed(0), signed(0)
	for i := range row.Columns {
		row.Columns[i] = signed(0)
	}
	for i := range row.Rest {
		row.Rest[i] = signed(0)
	}
	layout := publicinput.RowLayoutOf(a.table.Rows, domain)
	node := publicinput.HashOf(domain, make([]fr.Element, layout.Tail)...)
	for level := len(row.Path) - 1; level >= 0; level-- {
		row.Path[level] = step(0, [tree.Arity]fr.Element{node})
		node = publicinput.Node(node, fr.Element{}, fr.Element{}, fr.Element{})
	}
	return row
}

// formula fills the results.
func (a *assigner) formula() {
	margin, e := &a.circuit.Margin, a.evaluation
	margin.Joint, margin.Core, margin.Quantisation, margin.CashDebt = signed(e.joint), signed(e.core), signed(e.quantisation), signed(e.cashDebt)
	for i, combo := range e.combos {
		margin.Combos[i] = signed(combo)
	}
	owed := publicinput.Signed(e.owed)
	margin.LiabilityInverse = *new(fr.Element).Inverse(&owed)
	margin.InitialMargin, margin.Maintenance = signed(e.initialMargin), signed(e.maintenance)
}
