package account

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// Assignment is the witness of one request, with its public inputs and the figures that it proves.
type Assignment struct {
	Circuit *Circuit
	Public  [publicinput.Count]fr.Element
	Figures margin.Figures
	Buffer  int64 // u; 0 in a shape that opens no tariff
}

// Assign checks a request against table and shape, decides the claim natively, and fills every secret input. A false claim and an account
// without a proof are named refusals; what passes here satisfies the circuit.
func Assign(shape Shape, table *risktable.Table, request Request) (*Assignment, error) {
	if err := checkChoice(shape, request); err != nil {
		return nil, err
	}
	if !table.Structure.Equal(shape.Structure) {
		return nil, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "table.rows")
	}
	slots, err := slotsOf(shape, table, request.Account, request.Claim.Choice)
	if err != nil {
		return nil, err
	}
	ways, err := checkSealed(shape, table, request)
	if err != nil {
		return nil, err
	}
	charged, err := chargedBy(shape, table, request, slots)
	if err != nil {
		return nil, err
	}
	assignment := fill(shape, table, request, slots, ways, charged, margin.Honest)
	return assignment, decide(assignment.Figures, assignment.Buffer, request)
}

// fill writes a request into the circuit's inputs.
func fill(shape Shape, table *risktable.Table, request Request, slots *slots, ways ways, charged *bufferCharge, change margin.Change) *Assignment {
	witness := margin.Assign(slots.packing, slots.sums, slots.groups, slots.rows, shape.Standings, change)
	a := &assigner{circuit: New(shape), request: request, table: table, slots: slots, ways: ways}
	a.circuit.Margin = witness.Inputs
	a.sealed()
	a.attested()
	a.opened()
	assignment := &Assignment{Circuit: a.circuit, Public: a.public(), Figures: witness.Figures}
	if charged != nil {
		a.circuit.Buffer[0], assignment.Buffer = charged.inputs(shape, change)
	}
	a.marginLeaf(assignment.Figures, assignment.Buffer)
	return assignment
}

// Evaluate gives the figures of a request's candidate without deciding its claim.
func Evaluate(table *risktable.Table, request Request) (margin.Figures, error) {
	candidate, err := formula.Candidate(table, request.Account, request.Claim.Choice)
	if err != nil {
		return margin.Figures{}, err
	}
	components, err := formula.Evaluate(table, candidate)
	if err != nil {
		return margin.Figures{}, err
	}
	return margin.Figures{InitialMargin: components.InitialMargin, MaintenanceMargin: components.MaintenanceMargin, Equity: components.Equity}, nil
}

func checkChoice(shape Shape, request Request) error {
	claim := request.Claim
	switch {
	case !slices.Contains(shape.kinds(), claim.Tag):
		return refusal.New(refusal.Claim, "UNKNOWN_KIND", "request.kind")
	case claim.Choice < publicinput.Given || claim.Choice > publicinput.Returned:
		return refusal.New(refusal.Claim, "NO_SUCH_CANDIDATE", "request.candidate")
	case (claim.Tag == publicinput.TagInitialMarginEquals || claim.Tag == publicinput.TagMarginSealed) && claim.Choice != publicinput.Given:
		return refusal.New(refusal.Claim, "KIND_NEEDS_GIVEN", "request.candidate")
	case request.ByHouse && (claim.Tag != publicinput.TagInitialMarginEquals && claim.Tag != publicinput.TagMarginSealed || claim.Name == 0),
		!request.ByHouse && claim.Tag == publicinput.TagMarginSealed:
		return refusal.New(refusal.Claim, "HOUSE_MUST_NAME", "request.secret")
	case request.ByHouse && claim.Standing:
		return refusal.New(refusal.Claim, "STANDING_NEEDS_OWNER", "request.standing")
	default:
		return checkSealing(shape, request)
	}
}

// ways are the ways up the trees that a request is checked against.
type ways struct {
	account, request [][tree.Arity]fr.Element
	evaluated        *risktable.Evaluated // of the challenge opening
	attested         [][][tree.Arity]fr.Element
}

// checkSealed checks that owner, account tree and table are those of the epoch, and that what was committed to was sealed.
func checkSealed(shape Shape, table *risktable.Table, request Request) (ways ways, err error) {
	if !request.ByHouse && publicinput.OwnerOf(request.Secret, request.Account.Number, request.OwnerTail) != request.Account.Owner {
		return ways, refusal.New(refusal.Account, "OWNER_DIFFERS", "account.owner")
	}
	if table.Root != request.Epoch.TableRoot {
		return ways, refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "epoch.tableRoot")
	}
	if table.Sha != request.Epoch.TableSha {
		return ways, refusal.New(refusal.Account, "TABLE_ROOT_DIFFERS", "epoch.tableSha")
	}
	if request.Account.AtVenues != shape.Structure.AtVenues() {
		return ways, refusal.New(refusal.Account, "FORMAT_DIFFERS", "account.standings")
	}
	children, root := tree.Climb(request.Account.Hash(), request.Account.Number, request.Path)
	if root != request.Epoch.AccountRoot {
		return ways, refusal.New(refusal.Account, "LEAF_NOT_IN_TREE", "request.path")
	}
	ways.account = children
	if ways.attested, err = checkAttested(shape, request); err != nil {
		return ways, err
	}
	if shape.Opening.Sealed() {
		return ways, ways.checkRequested(shape, table, request)
	}
	return ways, nil
}

// checkRequested checks that the commitment stands in the sealed request tree, and evaluates the table at its ρ.
func (w *ways) checkRequested(shape Shape, table *risktable.Table, request Request) error {
	if request.Sealed == nil {
		return refusal.New(refusal.Request, "NOT_SEALED", "request.sealed")
	}
	commitment, err := Commit(shape, table, request.Account, request.Claim.Choice, request.Sealed.Salt)
	if err != nil {
		return err
	}
	children, root := tree.Climb(commitment, request.Sealed.Place, request.Sealed.Path)
	if root != request.Sealed.Root {
		return refusal.New(refusal.Account, "COMMITMENT_NOT_IN_TREE", "request.sealed.path")
	}
	w.request = children
	w.evaluated = table.EvaluateAt(shape.Opening.Packing(), publicinput.RhoOf(request.Epoch.Digest(), root))
	return nil
}

// Commit is the loss commitment of an account's candidate: H_16(16; leaf, salt, candidate, groups with packed cells, joint cells).
func Commit(shape Shape, table *risktable.Table, account publicinput.AccountLeaf, candidate int64, salt fr.Element) (fr.Element, error) {
	if !table.Structure.Equal(shape.Structure) {
		return fr.Element{}, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "table.rows")
	}
	slots, err := slotsOf(shape, table, account, candidate)
	if err != nil {
		return fr.Element{}, err
	}
	return slots.commitment(account, candidate, salt), nil
}

func (s *slots) commitment(account publicinput.AccountLeaf, candidate int64, salt fr.Element) fr.Element {
	elements := []fr.Element{account.Hash(), salt, publicinput.Signed(candidate)}
	for _, number := range s.groups {
		elements = append(append(elements, publicinput.Signed(number)), s.sums.GroupColumns(s.packing, number)...)
	}
	elements = append(elements, s.sums.WholeColumns(s.packing)...)
	return publicinput.HashOf(publicinput.LossCommitment, append(elements, s.venueColumns()...)...)
}

// venueColumns are what venues are charged by: of each standing its venue's number first, which is 0 in an empty slot.
func (s *slots) venueColumns() (elements []fr.Element) {
	if s.standings == 0 {
		return nil
	}
	for slot, columns := range s.sums.VenueColumns(s.packing, formula.VenueSlots+s.standings) {
		if slot >= formula.VenueSlots {
			var venue int64
			if standing := slot - formula.VenueSlots; standing < len(s.sums.Standings) {
				venue = s.sums.Standings[standing].Venue
			}
			elements = append(elements, publicinput.Signed(venue))
		}
		elements = append(elements, columns...)
	}
	return elements
}

// slots are what stands in the slots of the circuit.
type slots struct {
	packing     publicinput.Packing
	sums        *formula.Sums
	instruments []instrumentSlot
	groups      []int64         // numbers, every slot filled
	rows        []formula.Entry // by row slot, zero where empty
	standings   int             // slots
}

// instrumentSlot is one instrument of positions ∪ paid.
type instrumentSlot struct {
	row         *risktable.Row
	start, paid int64 // what the candidate starts from (booked, or with the paid lots returned); the paid list
}

// slotsOf lays a candidate of an account into a shape, or says why it has no proof.
func slotsOf(shape Shape, table *risktable.Table, account publicinput.AccountLeaf, candidate int64) (*slots, error) {
	for i, entry := range account.Paid {
		if row, ok := formula.Instrument(table, entry.Key, 0); ok && !row.PaidUp {
			return nil, refusal.New(refusal.Account, "NOT_PAID_UP", "account.paid[%d].number", i)
		} else if !ok {
			return nil, refusal.New(refusal.Account, "UNKNOWN_ID", "account.paid[%d].number", i)
		}
	}
	margined, err := formula.Candidate(table, account, candidate)
	if err != nil {
		return nil, err
	}
	s := &slots{packing: shape.Opening.Packing(), standings: shape.Standings}
	if s.sums, err = formula.Sum(table, margined); err != nil {
		return nil, err
	}
	start := account
	if candidate == publicinput.Returned {
		start = margined
	}
	s.fillInstruments(table, start.Positions, account.Paid)
	if err := shape.holds(len(s.instruments), len(account.Lines), len(s.sums.Groups), len(account.Standings), account.Number); err != nil {
		return nil, err
	}
	s.fillRows(shape, table, margined)
	for i, entry := range s.rows {
		if entry.Row == nil || entry.Row.Stands != publicinput.StandsActing {
			continue
		}
		if _, ok := s.sums.VenueSlot(entry); !ok {
			return nil, refusal.New(refusal.Account, "NO_STANDING", "account.rows[%d].venue", i)
		}
	}
	if s.sums.Gross().BitLen() > s.packing.LimitBits() {
		return nil, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "account.gross")
	}
	s.fillGroups(shape, table)
	return s, nil
}

func (s *slots) fillInstruments(table *risktable.Table, positions, paid []publicinput.Entry) {
	byNumber := map[int64]*instrumentSlot{}
	slot := func(number, lots int64) *instrumentSlot {
		if byNumber[number] == nil {
			row, _ := formula.Instrument(table, number, lots)
			byNumber[number] = &instrumentSlot{row: row}
		}
		return byNumber[number]
	}
	for _, entry := range positions {
		slot(entry.Key, entry.Lots).start = entry.Lots
	}
	for _, entry := range paid {
		slot(entry.Key, 0).paid = entry.Lots
	}
	for _, filled := range byNumber {
		s.instruments = append(s.instruments, *filled)
	}
	slices.SortFunc(s.instruments, func(a, b instrumentSlot) int { return cmp.Compare(a.row.Number, b.row.Number) })
}

// fillRows puts the candidate's lots beside their rows, slot by slot.
func (s *slots) fillRows(shape Shape, table *risktable.Table, margined publicinput.AccountLeaf) {
	lots := map[int64]int64{}
	for _, entry := range margined.Positions {
		lots[entry.Key] = entry.Lots
	}
	s.rows = make([]formula.Entry, shape.rows())
	for i, slot := range s.instruments {
		s.rows[i] = formula.Entry{Row: slot.row, Lots: lots[slot.row.Number]}
	}
	for i, entry := range margined.Lines {
		row, _ := formula.Line(table, entry.Key)
		s.rows[shape.Positions+i] = formula.Entry{Row: row, Lots: entry.Lots}
	}
}

// fillGroups fills the group slots with the table's first groups that the account does not touch; a table has at least as many as a shape.
func (s *slots) fillGroups(shape Shape, table *risktable.Table) {
	s.groups = s.sums.Numbers()
	for i := 0; len(s.groups) < shape.Groups; i++ {
		number := table.Groups[i].Number
		if at, taken := slices.BinarySearch(s.groups, number); !taken {
			s.groups = slices.Insert(s.groups, at, number)
		}
	}
}

// decide says whether the claim is true, before anything is proved.
func decide(figures margin.Figures, buffer int64, request Request) error {
	met, claim := false, request.Claim
	switch claim.Tag {
	case publicinput.TagExcessOverInitial:
		met = atLeast(claim.Amount, figures.Equity, figures.InitialMargin)
	case publicinput.TagExcessOverMaintenance:
		met = atLeast(claim.Amount, figures.Equity, figures.MaintenanceMargin)
	case publicinput.TagExcessOverBuffer:
		met = atLeast(claim.Amount, figures.Equity, figures.InitialMargin, buffer)
	case publicinput.TagInitialMarginEquals:
		met = figures.InitialMargin == claim.Amount
	case publicinput.TagMarginSealed:
		if !request.isSealed(figures, buffer) {
			return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "epoch.marginRoot")
		}
		met = true
	}
	if !met {
		return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "request.m")
	}
	return nil
}

// atLeast is equity − levels ≥ m; all within 2⁶³, the difference perhaps not.
func atLeast(m, equity int64, levels ...int64) bool {
	difference := big.NewInt(equity)
	for _, level := range levels {
		difference.Sub(difference, big.NewInt(level))
	}
	return difference.Cmp(big.NewInt(m)) >= 0
}

type assigner struct {
	circuit *Circuit
	request Request
	table   *risktable.Table
	slots   *slots
	ways    ways
}

func sides(x int64) gadget.Sides {
	return gadget.Sides{Plus: gadget.Signed(max(x, 0)), Minus: gadget.Signed(max(-x, 0))}
}

func (a *assigner) public() [publicinput.Count]fr.Element {
	request := a.request
	var nullifier fr.Element
	if !request.ByHouse {
		epoch := publicinput.Signed(request.Epoch.Number)
		if request.Claim.Standing {
			epoch.SetZero()
		}
		nullifier = publicinput.NullifierOf(request.Secret, request.Epoch.House, epoch, request.Scope, request.Account.Number)
	}
	seal := request.Epoch.Digest()
	if a.ways.evaluated != nil {
		seal = publicinput.RequestSealOf(seal, request.Sealed.Root, a.ways.evaluated.Root)
	}
	public := [publicinput.Count]fr.Element{publicinput.SealInput: seal, publicinput.ChallengeInput: request.Challenge,
		publicinput.ScopeInput: request.Scope, publicinput.NullifierInput: nullifier, publicinput.StatementInput: request.Claim.Element()}
	c := a.circuit
	for i, input := range []*frontend.Variable{&c.Seal, &c.Challenge, &c.Scope, &c.Nullifier, &c.Statement} {
		*input = public[i]
	}
	return public
}

// sealed fills the epoch, the account, the choice and the place of the request.
func (a *assigner) sealed() {
	c, request := a.circuit, a.request
	for i, element := range request.Epoch.Elements() {
		c.Epoch[i] = element
	}
	c.Account = accountInputs(a.circuit.shape, request.Account, a.ways.account)
	tail := new(fr.Element)
	if !request.ByHouse {
		tail.SetBigInt(request.OwnerTail)
	}
	c.Owner = OwnerInputs{Secret: request.Secret, Tail: *tail, ByHouse: gadget.Bit(request.ByHouse)}
	for i, kind := range c.shape.kinds() {
		c.Chosen.Kind[i] = gadget.Bit(request.Claim.Tag == kind)
	}
	for i := range c.Chosen.Candidate {
		c.Chosen.Candidate[i] = gadget.Bit(request.Claim.Choice == int64(i))
	}
	c.Chosen.Amount, c.Chosen.Name = gadget.Signed(request.Claim.Amount), gadget.Signed(request.Claim.Name)
	c.Chosen.Standing = gadget.Bit(request.Claim.Standing)
	for i := range c.Request {
		c.Request[i].Salt = request.Sealed.Salt
		for level, digit := range tree.Digits(request.Sealed.Place, publicinput.RequestDepth) {
			c.Request[i].Path[level] = gadget.StepTo(digit, a.ways.request[level])
		}
	}
}

func accountInputs(shape Shape, account publicinput.AccountLeaf, way [][tree.Arity]fr.Element) AccountInputs {
	inputs := newAccount(shape)
	for level, digit := range tree.Digits(account.Number, len(way)) {
		inputs.Path[level] = gadget.StepTo(digit, way[level])
	}
	inputs.Standings = prefunding.AssignStandings(account.Standings, shape.Standings)
	inputs.Owner, inputs.Salt, inputs.Cash = account.Owner, account.Salt, sides(account.Cash)
	assignList(inputs.Positions, account.Positions)
	assignList(inputs.Paid, account.Paid)
	return inputs
}

func assignList(slots []EntryInputs, entries []publicinput.Entry) {
	for i := range slots {
		slots[i] = EntryInputs{Active: gadget.Signed(0), Number: gadget.Signed(0), Lots: gadget.Signed(0)}
		if i < len(entries) {
			slots[i] = EntryInputs{Active: gadget.Signed(1), Number: gadget.Signed(entries[i].Key), Lots: gadget.Signed(entries[i].Lots)}
		}
	}
}

// opened fills the leaves of the table, or of its tree at ρ.
func (a *assigner) opened() {
	opened, cap := &a.circuit.Table, a.table.Cap
	if a.ways.evaluated != nil {
		cap = a.ways.evaluated.Cap
	}
	multiplicities := [publicinput.TableCapNodes]int64{}
	open := func(path []gadget.Step, domain publicinput.Domain, number int64) {
		place, _ := a.table.Place(domain, number)
		a.path(path, place)
		multiplicities[place>>(2*a.table.PathLevels())]++
	}
	a.global(&opened.Global)
	for i := range opened.Groups {
		a.group(&opened.Groups[i], a.slots.groups[i])
		open(opened.Groups[i].Path, publicinput.Group, a.slots.groups[i])
	}
	for i := range opened.Instruments {
		a.instrument(&opened.Instruments[i], i)
		if row := a.slots.rows[i].Row; row != nil {
			open(opened.Instruments[i].Row.Path, row.Domain, row.Number)
		}
	}
	for i := range opened.Lines {
		row := a.slots.rows[len(opened.Instruments)+i].Row
		a.line(&opened.Lines[i], row, a.slots.rows[len(opened.Instruments)+i].Lots)
		if row != nil {
			open(opened.Lines[i].Row.Path, row.Domain, row.Number)
		}
	}
	for i, node := range cap {
		opened.Cap[i], opened.Multiplicities[i] = node, gadget.Signed(multiplicities[i])
	}
}

func (a *assigner) path(path []gadget.Step, place int64) {
	children, digits := a.table.Path(place)
	if a.ways.evaluated != nil {
		children, digits = a.ways.evaluated.Path(place)
	}
	for level := range path {
		path[level] = gadget.StepTo(digits[level], children[level])
	}
}

func (a *assigner) global(inputs *GlobalInputs) {
	parameters, global := a.table.Parameters, &inputs.Parameters
	global.Tail, global.Phi, global.CashResidual = gadget.Signed(parameters.Tail), gadget.Signed(parameters.Phi), gadget.Signed(parameters.CashResidual)
	global.MinimumMargin = gadget.Signed(parameters.MinimumMargin)
	for combo, row := range a.table.Weights {
		for family, weight := range row {
			global.Weights[combo][family] = gadget.Signed(weight)
		}
	}
	for i := range global.Share {
		global.Share[i] = gadget.Signed(parameters.Prefunding)
	}
	for block, weight := range a.table.EsWeights {
		global.EsWeights[block] = gadget.Signed(weight)
	}
	a.path(inputs.Path, 0)
}

func (a *assigner) group(inputs *GroupInputs, number int64) {
	group, _ := a.table.Group(number)
	inputs.Number, inputs.Days = gadget.Signed(number), group.DaysElement()
	inputs.Slopes = margin.Group{ImpactLong: gadget.Signed(group.ImpactLong), ImpactShort: gadget.Signed(group.ImpactShort),
		ContagionLong: gadget.Signed(group.ContagionLong), ContagionShort: gadget.Signed(group.ContagionShort), Chi: gadget.Signed(group.Chi), Psi: gadget.Signed(group.Psi),
		Impact: knots(group.ImpactKnots), Contagion: knots(group.ContagionKnots), Crowding: knots(group.CrowdingKnots)}
	for key := range inputs.Slopes.Basis {
		inputs.Slopes.Basis[key] = gadget.Signed(0)
	}
	for key, slope := range group.Basis() {
		inputs.Slopes.Basis[key] = gadget.Signed(slope)
	}
}

func knots(list []risktable.Knot) (inputs [publicinput.KnotsMax]margin.Knot) {
	for i := range inputs {
		inputs[i] = margin.Knot{Threshold: gadget.Signed(0), Slope: gadget.Signed(0)}
		if i < len(list) {
			inputs[i] = margin.Knot{Threshold: gadget.Signed(list[i].Threshold), Slope: gadget.Signed(list[i].Slope)}
		}
	}
	return inputs
}

func (a *assigner) instrument(inputs *InstrumentInputs, i int) {
	if i >= len(a.slots.instruments) {
		*inputs = InstrumentInputs{Active: gadget.Signed(0), Number: gadget.Signed(0), PaidUp: gadget.Signed(0), TwoSided: gadget.Signed(0), ShortSide: gadget.Signed(0),
			Lots: sides(0), Paid: gadget.Signed(0), Row: a.row(&risktable.Row{Domain: publicinput.Instrument}, true)}
		return
	}
	slot := a.slots.instruments[i]
	*inputs = InstrumentInputs{Active: gadget.Signed(1), Number: gadget.Signed(slot.row.Number), PaidUp: gadget.Bit(slot.row.PaidUp), TwoSided: gadget.Bit(slot.row.TwoSided),
		ShortSide: gadget.Bit(slot.row.Domain == publicinput.InstrumentShort), Lots: sides(slot.start), Paid: gadget.Signed(slot.paid), Row: a.row(slot.row, false)}
}

func (a *assigner) line(inputs *LineInputs, row *risktable.Row, lots int64) {
	if row == nil {
		*inputs = LineInputs{Active: gadget.Signed(0), Asset: gadget.Signed(0), Debt: gadget.Signed(0), Lots: gadget.Signed(0),
			Row: a.row(&risktable.Row{Domain: publicinput.Collateral}, true)}
		return
	}
	*inputs = LineInputs{Active: gadget.Signed(1), Asset: gadget.Signed(row.Number), Debt: gadget.Bit(row.Domain == publicinput.Debt), Lots: gadget.Signed(lots), Row: a.row(row, false)}
}

// row fills an opened row. One for an empty slot is a leaf of zeros under nodes of its own, which need not stand in the cap.
func (a *assigner) row(row *risktable.Row, empty bool) RowInputs {
	inputs := newRow(a.circuit.shape, row.Domain)
	inputs.Group, inputs.Charges = gadget.Signed(row.Group), margin.Charges{Spread: gadget.Signed(row.Spread), CrowdLong: gadget.Signed(row.CrowdLong),
		CrowdShort: gadget.Signed(row.CrowdShort), Bound: gadget.Signed(row.Bound), Knots: knots(row.Knots)}
	for leg, group := range row.LegGroups() {
		inputs.Legs[leg] = gadget.Signed(group)
	}
	entry := formula.Entry{Row: row}
	if empty {
		entry.Row = nil
		padded := *row
		if a.table.AtVenues() {
			padded.AtVenue = make([]int64, publicinput.VenueCells)
		}
		padded.Loss, padded.EsLoss = make([]int64, a.table.Rows), make([]int64, a.table.EsRows)
		row = &padded
	}
	for i := range inputs.Stands {
		inputs.Stands[i] = prefunding.AssignStand(a.slots.sums, entry, a.circuit.shape.Standings)
	}
	if a.ways.evaluated != nil {
		values := a.table.Evaluate(a.ways.evaluated.Packing, *row, a.ways.evaluated.Point)
		at := &inputs.Values[0]
		at.Own, at.Whole, at.Legs = values.Own, values.Whole, [publicinput.Legs]frontend.Variable{values.Legs[0], values.Legs[1]}
		for i := range at.AtVenue {
			at.AtVenue[i] = values.Venue
		}
	} else {
		columns := &inputs.Columns[0]
		columns.Short = gadget.Bit(row.Short())
		copyElements(columns.Stress, row.Stress(publicinput.Wide))
		copyElements(columns.Sense, row.Sense(publicinput.Wide))
		copyElements(columns.Es, row.Es(publicinput.Wide))
		copyElements(columns.AtVenue, publicinput.Wide.Pack(row.AtVenue))
		for leg, elements := range row.LegSense(publicinput.Wide) {
			copyElements(columns.Legs[leg], elements)
		}
	}
	if empty {
		leaf := publicinput.HashOf(row.Domain, row.Elements()...)
		if a.ways.evaluated != nil {
			leaf = row.EvaluatedLeaf(a.ways.evaluated.Packing, risktable.Evaluation{})
		}
		for level := len(inputs.Path) - 1; level >= 0; level-- {
			inputs.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{leaf})
			leaf = publicinput.Node(leaf, fr.Element{}, fr.Element{}, fr.Element{})
		}
	}
	return inputs
}

func copyElements(inputs []frontend.Variable, elements []fr.Element) {
	for i, element := range elements {
		inputs[i] = element
	}
}
