package account

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/constraint/prefunding"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Bits of the integers of the table; a field of a leaf has the bits of its layout.
const (
	ratioBits     = 32
	boundBits     = 31
	moneyBits     = 63
	weightBits    = 20
	tailBits      = 20 // of a ratio that is a divisor, at most 10⁶
	thresholdBits = 63
)

// tableIsOpened opens the global leaf and every group, instrument and line under the 64 nodes of the cap. That their tops stand there is
// asserted at the challenge; whose root it is, where the epoch is sealed.
func (d *definition) tableIsOpened() (err error) {
	if d.capRoot, err = d.hasher.Hash(publicinput.TableCap, d.Table.Cap[:]...); err != nil {
		return err
	}
	d.candidate = d.oneHot(d.Chosen.Candidate[:])
	if err := d.openGlobal(); err != nil {
		return err
	}
	for i := range d.Table.Groups {
		if err := d.openGroup(i); err != nil {
			return err
		}
	}
	d.instrumentsAreDistinct()
	for i := range d.Table.Instruments {
		if err := d.openInstrument(&d.Table.Instruments[i]); err != nil {
			return err
		}
	}
	for i := range d.Table.Lines {
		if err := d.openLine(&d.Table.Lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// openGlobal: the global leaf is the table's first. Its structure is the shape's own constant, so no table whose rows stand otherwise in families is opened.
func (d *definition) openGlobal() error {
	global, structure := &d.Table.Global.Parameters, d.shape.Structure
	d.ranges.Below(global.Tail, tailBits)
	d.ranges.Below(global.Phi, ratioBits)
	d.ranges.Below(global.CashResidual, ratioBits)
	d.ranges.Below(global.MinimumMargin, moneyBits)
	layout, fields := publicinput.GlobalHead, map[string]frontend.Variable{"tail": global.Tail, "phi": global.Phi,
		"cashResidual": global.CashResidual, "lotsMax": publicinput.LotsMax, "steep": structure.Steep, "flat": structure.Flat,
		"families": len(structure.Families), "combos": structure.Combos, "rows": structure.Rows, "esRows": structure.EsRows}
	if structure.AtVenues() {
		layout, fields["format"], fields["prefunding"] = publicinput.VenueGlobalHead, publicinput.VenueFormat, global.Share[0]
		d.ranges.Below(global.Share[0], ratioBits)
	}
	head := gadget.Pack(d.api, layout, fields)
	money := gadget.Pack(d.api, publicinput.GlobalMoney, map[string]frontend.Variable{"minimumMargin": global.MinimumMargin,
		"limit": gadget.Power(risktable.LimitBits)})
	combos := make([]frontend.Variable, publicinput.FamiliesMax*publicinput.CombosMax)
	for i := range combos {
		combos[i] = 0
	}
	for combo, weights := range global.Weights {
		copy(combos[publicinput.FamiliesMax*combo:], weights)
	}
	elements := append([]frontend.Variable{head, money}, d.weights(combos, publicinput.GlobalEsWeights-publicinput.GlobalWeights)...)
	elements = append(elements, d.weights(global.EsWeights, publicinput.GlobalStructure-publicinput.GlobalEsWeights)...)
	leaf, err := d.hasher.Hash(publicinput.Global, append(elements, structure.Digest())...)
	if err != nil {
		return err
	}
	top, err := d.hasher.Climb(leaf, d.Table.Global.Path[:])
	d.api.AssertIsEqual(top, d.Table.Cap[0])
	return err
}

// weights packs weights into n elements; the places of further ones are 0.
func (d *definition) weights(weights []frontend.Variable, n int) []frontend.Variable {
	elements := make([]frontend.Variable, n)
	for i := range elements {
		elements[i] = 0
	}
	for i, weight := range weights {
		if weight != 0 {
			d.ranges.Below(weight, weightBits)
		}
		element, field := publicinput.WeightAt(i)
		elements[element] = d.api.Add(elements[element], d.api.Mul(weight, gadget.Power(int(field.Offset))))
	}
	return elements
}

// openGroup: group slots have strictly increasing numbers, so no group stands in two of them; that would use its offsets twice.
func (d *definition) openGroup(i int) error {
	group := &d.Table.Groups[i]
	d.ranges.Below(group.Number, keyBits)
	if i > 0 {
		d.ranges.Below(d.api.Sub(group.Number, d.Table.Groups[i-1].Number, 1), keyBits)
	}
	slopes := &group.Slopes
	head := map[string]frontend.Variable{"number": group.Number, "impactLong": slopes.ImpactLong, "impactShort": slopes.ImpactShort,
		"contagionLong": slopes.ContagionLong, "contagionShort": slopes.ContagionShort, "chi": slopes.Chi, "psi": slopes.Psi}
	for _, field := range publicinput.GroupHead[1:] {
		d.ranges.Below(head[field.Name], int(field.Bits))
	}
	basis := map[string]frontend.Variable{}
	for key, field := range publicinput.GroupBasis {
		d.ranges.Below(slopes.Basis[key], int(field.Bits))
		basis[field.Name] = slopes.Basis[key]
	}
	elements := []frontend.Variable{gadget.Pack(d.api, publicinput.GroupHead, head),
		gadget.Pack(d.api, publicinput.GroupImpactKnots, d.knots("impact", slopes.Impact, thresholdBits)),
		gadget.Pack(d.api, publicinput.GroupContagionKnots, d.knots("contagion", slopes.Contagion, thresholdBits)),
		gadget.Pack(d.api, publicinput.GroupCrowdingKnots, d.knots("crowding", slopes.Crowding, thresholdBits)),
		gadget.Pack(d.api, publicinput.GroupBasis, basis), group.Days}
	domain := publicinput.Group
	if d.shape.Opening.Sealed() {
		domain = d.shape.Structure.EvaluatedLeaf(d.shape.Opening.Packing())
	}
	leaf, err := d.hasher.Hash(domain, elements...)
	if err != nil {
		return err
	}
	return d.open(1, leaf, group.Path[:])
}

// knots ranges the parts of knots and names their fields.
func (d *definition) knots(list string, knots [publicinput.KnotsMax]margin.Knot, thresholdBits int) map[string]frontend.Variable {
	fields := map[string]frontend.Variable{}
	for i, knot := range knots {
		d.ranges.Below(knot.Threshold, thresholdBits)
		d.ranges.Below(knot.Slope, ratioBits)
		fields[publicinput.KnotName(list, "Theta", i)], fields[publicinput.KnotName(list, "Slope", i)] = knot.Threshold, knot.Slope
	}
	return fields
}

// open notes that a leaf must stand in the table where active is 1.
func (d *definition) open(active, leaf frontend.Variable, path []gadget.Step) error {
	top, err := d.hasher.Climb(leaf, path)
	d.openings = append(d.openings, opening{active: active, node: top})
	return err
}

// instrumentsAreDistinct: one slot an instrument, in number order; two would let lots be split.
func (d *definition) instrumentsAreDistinct() {
	entries := make([]EntryInputs, d.shape.Positions)
	for i, instrument := range d.Table.Instruments {
		entries[i] = EntryInputs{Active: instrument.Active, Number: instrument.Number}
	}
	d.activeFirstKeysIncreasing(entries)
}

// openInstrument opens the leaf and gives its lots to the row: plus and minus exclude each other and are 0 where inactive; allPaid leaves
// out what is long and paid up; every paid lot is of a paid-up instrument. A two-asset product has a leaf for each side, and short lots
// count by theirs.
func (d *definition) openInstrument(instrument *InstrumentInputs) error {
	for _, bit := range []frontend.Variable{instrument.PaidUp, instrument.TwoSided, instrument.ShortSide} {
		d.api.AssertIsBoolean(bit)
	}
	lots := instrument.Lots
	for _, part := range []frontend.Variable{lots.Plus, lots.Minus, instrument.Paid} {
		d.ranges.Below(part, lotsBits)
	}
	d.zeros.Sides(lots)
	d.zeros.Product(d.api.Sub(1, instrument.Active), d.api.Add(lots.Plus, lots.Minus, instrument.Paid))
	d.zeros.Product(d.api.Sub(1, instrument.PaidUp), instrument.Paid)
	d.zeros.Product(instrument.ShortSide, d.api.Add(d.api.Sub(1, instrument.TwoSided), lots.Plus))
	d.zeros.Product(d.api.Mul(instrument.TwoSided, d.api.Sub(1, instrument.ShortSide)), lots.Minus)

	leaf, err := d.rowHash(&instrument.Row, publicinput.Instrument, instrument.ShortSide, map[string]frontend.Variable{
		"number": instrument.Number, "spread": instrument.Row.Charges.Spread, "paidUp": instrument.PaidUp, "twoSided": instrument.TwoSided})
	if err != nil {
		return err
	}
	candidate := gadget.Sides{Plus: d.candidateLong(instrument), Minus: lots.Minus}
	d.rows = append(d.rows, openedRow{lots: candidate.Of(d.api), inputs: &instrument.Row, margin: margin.Row{
		Charges: &instrument.Row.Charges, Lots: candidate, Position: true,
		Owed: d.api.Add(candidate.Minus, d.api.Mul(d.api.Sub(1, instrument.PaidUp), candidate.Plus))}})
	return d.open(instrument.Active, leaf, instrument.Row.Path[:])
}

// candidateLong is q⁺ of the candidate: all of it, but what is paid up in allPaid.
func (d *definition) candidateLong(instrument *InstrumentInputs) frontend.Variable {
	paidUp := d.api.Mul(instrument.PaidUp, instrument.Lots.Plus)
	return d.api.Sub(instrument.Lots.Plus, d.api.Mul(d.Chosen.Candidate[publicinput.AllPaid], paidUp))
}

// openLine opens collateral or debt: the side is the leaf's domain, so a debt never stands in for collateral. A debt's row is negated, so lots count the same.
func (d *definition) openLine(line *LineInputs) error {
	leaf, err := d.rowHash(&line.Row, publicinput.Collateral, line.Debt, map[string]frontend.Variable{"number": line.Asset,
		"spread": line.Row.Charges.Spread})
	if err != nil {
		return err
	}
	d.rows = append(d.rows, openedRow{lots: line.Lots, inputs: &line.Row, margin: margin.Row{Charges: &line.Row.Charges,
		Lots: gadget.Sides{Plus: line.Lots, Minus: 0}, Owed: d.api.Mul(line.Debt, line.Lots)}})
	return d.open(line.Active, leaf, line.Row.Path[:])
}

// rowHash is the leaf of a row: the table's, or that of its values at ρ. second is 1 where the leaf is of the domain after this one.
func (d *definition) rowHash(row *RowInputs, domain publicinput.Domain, second frontend.Variable, head map[string]frontend.Variable) (frontend.Variable, error) {
	charges := &row.Charges
	d.ranges.Below(row.Group, keyBits)
	d.ranges.Below(row.Legs[0], keyBits)
	d.ranges.Below(row.Legs[1], keyBits)
	d.ranges.Below(charges.Bound, boundBits)
	d.ranges.Below(charges.Spread, ratioBits)
	d.ranges.Below(charges.CrowdLong, ratioBits)
	d.ranges.Below(charges.CrowdShort, ratioBits)
	head["group"], head["leg0"], head["leg1"], head["bound"], head["crowd"] = row.Group, row.Legs[0], row.Legs[1], charges.Bound, charges.CrowdLong
	fields := d.knots("", charges.Knots, lotsBits+1)
	fields["crowdShort"] = charges.CrowdShort
	headLayout := publicinput.RowHead
	if d.shape.Structure.AtVenues() {
		headLayout, head["venue"], head["stands"] = publicinput.VenueRowHead, row.Stands[0].Venue, d.stands(row)
	}
	first, size, which := gadget.Pack(d.api, headLayout, head), gadget.Pack(d.api, publicinput.RowSize, fields), d.api.Add(int(domain), second)
	if d.shape.Opening.Sealed() {
		values, leaf := &row.Values[0], d.shape.Structure.EvaluatedLeaf(d.shape.Opening.Packing())
		if d.shape.Structure.AtVenues() {
			above := d.api.Add(first, d.api.Mul(which, gadget.Power(publicinput.VenueDomainOffset)))
			return d.hasher.Hash(leaf, above, size, values.Own, values.Legs[0], values.Legs[1], values.Whole, values.AtVenue[0])
		}
		return d.hasher.Hash(leaf, first, size, values.Own, values.Legs[0], values.Legs[1], values.Whole, which)
	}
	columns := &row.Columns[0]
	d.api.AssertIsBoolean(columns.Short)
	charged := charges.CrowdShort
	for _, knot := range charges.Knots {
		charged = d.api.Add(charged, knot.Threshold, knot.Slope)
	}
	d.zeros.Product(columns.Short, charged)
	elements := []frontend.Variable{first}
	for _, part := range [][]frontend.Variable{columns.Stress, columns.Sense, columns.AtVenue, {size}, columns.Legs[0], columns.Legs[1],
		columns.Es} {
		elements = append(elements, part...)
	}
	layout := publicinput.RowLayoutOf(d.shape.Structure.Rows, d.shape.Structure.EsRows, domain)
	if d.shape.Structure.AtVenues() {
		layout = layout.WithVenues()
	}
	length := d.api.Sub(layout.End, d.api.Mul(columns.Short, layout.End-layout.Tail))
	return d.hasher.Cut(domain.Width(), d.api.Add(which, d.api.Mul(256, length)), elements, layout.Tail, columns.Short)
}

// stands is what the head of a row says of where it stands.
func (d *definition) stands(row *RowInputs) frontend.Variable {
	return prefunding.Stands(d.api, d.ranges, &row.Stands[0], d.Account.Standings)
}

// identitiesHoldAtAChallenge: drawn after every value in them is committed. (1) The top of every active opening stands in the cap. (2)
// The opened instruments carry the booked and the paid lots of the lists, no more and no less. (3) The columns that the margin used are
// the sums over the entries of lots times row: by group, and over the whole account. (4) The booked positions are what venues attest. (5)
// What the tariff charges is opened in it and is what the entries add up to. (6) What venues are charged by is the sums over the entries
// that stand there; of the challenge opening at ρ, before which the table, the standings and so every bit of where an entry stands are
// bound.
func (d *definition) identitiesHoldAtAChallenge() {
	sums := d.directSums
	if d.shape.Opening.Sealed() {
		sums = d.evaluatedSums
	}
	multicommit.WithCommitment(d.api, func(api frontend.API, x frontend.Variable) error {
		d.capHoldsOpenings(api, x)
		d.instrumentsCarryTheLists(api, x)
		sums(api, x)
		d.attestedSums(api, x)
		d.tariffSums(api, x)
		return nil
	}, d.committed()...)
}

func (d *definition) committed() []frontend.Variable {
	var values []frontend.Variable
	for _, opened := range d.openings {
		values = append(values, opened.active, opened.node)
	}
	values = append(append(values, d.Table.Cap[:]...), d.Table.Multiplicities[:]...)
	for _, list := range [][]EntryInputs{d.Account.Positions, d.Account.Paid, d.attestedEntries()} {
		for _, entry := range list {
			values = append(values, entry.Number, entry.Lots)
		}
	}
	for i := range d.Table.Instruments {
		instrument := &d.Table.Instruments[i]
		values = append(values, instrument.Number, d.booked(instrument), instrument.Paid)
	}
	for _, row := range d.rows {
		values = append(values, row.lots, row.inputs.Group, row.inputs.Legs[0], row.inputs.Legs[1])
		for _, columns := range row.inputs.Columns {
			values = append(values, columns.Short)
			for _, part := range [][]frontend.Variable{columns.Stress, columns.Sense, columns.Legs[0], columns.Legs[1], columns.Es,
				columns.AtVenue} {
				values = append(values, part...)
			}
		}
		for _, stand := range row.inputs.Stands {
			values = append(append(values, stand.Free), stand.At...)
		}
		for _, at := range row.inputs.Values {
			values = append(values, at.Own, at.Legs[0], at.Legs[1], at.Whole)
		}
	}
	for i := range d.Table.Groups {
		values = append(append(values, d.Table.Groups[i].Number), d.outcome.Columns.Groups[i]...)
	}
	for _, candidate := range d.candidates {
		values = append(values, candidate.lots...)
		for _, columns := range candidate.columns.Groups {
			values = append(values, columns...)
		}
		values = append(values, candidate.columns.Whole...)
		for _, columns := range candidate.columns.Venues {
			values = append(values, columns...)
		}
	}
	values = append(append(values, d.outcome.Columns.Whole...), d.venueColumns()...)
	return append(values, d.tariffCommitted()...)
}

func (d *definition) capHoldsOpenings(api frontend.API, x frontend.Variable) {
	opened, cap := gadget.NewFractions(api), gadget.NewFractions(api)
	for _, opening := range d.openings {
		opened.Add(opening.active, api.Sub(x, opening.node))
	}
	for i, node := range d.Table.Cap {
		cap.Add(d.Table.Multiplicities[i], api.Sub(x, node))
	}
	opened.AssertEqual(cap)
}

// booked are the lots of the positions list: what the candidate starts from, less the paid lots where they were returned.
func (d *definition) booked(instrument *InstrumentInputs) frontend.Variable {
	return d.api.Sub(instrument.Lots.Of(d.api), d.api.Mul(d.Chosen.Candidate[publicinput.Returned], instrument.Paid))
}

func (d *definition) instrumentsCarryTheLists(api frontend.API, x frontend.Variable) {
	for _, list := range []struct {
		entries []EntryInputs
		lots    func(*InstrumentInputs) frontend.Variable
	}{
		{d.Account.Positions, d.booked},
		{d.Account.Paid, func(instrument *InstrumentInputs) frontend.Variable { return instrument.Paid }},
	} {
		listed, opened := gadget.NewFractions(api), gadget.NewFractions(api)
		for _, entry := range list.entries {
			listed.Add(entry.Lots, api.Sub(x, entry.Number))
		}
		for i := range d.Table.Instruments {
			opened.Add(list.lots(&d.Table.Instruments[i]), api.Sub(x, d.Table.Instruments[i].Number))
		}
		listed.AssertEqual(opened)
	}
}

// rowValues are the values of a row's polynomials at the point of the identities.
type rowValues struct {
	own, whole frontend.Variable
	legs       [publicinput.Legs]frontend.Variable
	atVenue    frontend.Variable // where the table lists venues
}

// directSums compares polynomials in the challenge itself: own and leg polynomials, of degree below K, over the poles x^K − group are
// unique by partial fractions, and the whole account's is a plain polynomial. What a short leaf has no room for counts nowhere.
func (d *definition) directSums(api frontend.API, x frontend.Variable) {
	grouped, whole := d.shape.Structure.Parts(publicinput.Wide)
	degree := len(d.outcome.Columns.Groups[0])
	powers := gadget.Powers(api, x, max(degree, len(d.outcome.Columns.Whole)))
	values := make([]rowValues, len(d.rows))
	for i, row := range d.rows {
		columns := &row.inputs.Columns[0]
		long := func(value frontend.Variable) frontend.Variable { return api.Sub(value, api.Mul(columns.Short, value)) }
		tail := long(gadget.At(api, powers[len(whole):], columns.Es))
		values[i] = rowValues{own: gadget.At(api, powers, append(pick(columns.Stress, grouped), columns.Sense...)),
			whole: api.Add(gadget.At(api, powers, pick(columns.Stress, whole)), tail)}
		for leg := range columns.Legs {
			values[i].legs[leg] = long(gadget.At(api, powers[len(grouped):], columns.Legs[leg]))
		}
		values[i].atVenue = gadget.At(api, powers, columns.AtVenue)
	}
	d.compare(api, powers, powers[degree], values)
}

// evaluatedSums compares values at ρ, by group over the poles x − group.
func (d *definition) evaluatedSums(api frontend.API, x frontend.Variable) {
	powers := gadget.Powers(api, d.rho, max(len(d.outcome.Columns.Groups[0]), len(d.outcome.Columns.Whole)))
	values := make([]rowValues, len(d.rows))
	for i, row := range d.rows {
		at := &row.inputs.Values[0]
		values[i] = rowValues{own: at.Own, whole: at.Whole, legs: at.Legs}
		if len(at.AtVenue) > 0 {
			values[i].atVenue = at.AtVenue[0]
		}
	}
	d.compare(api, powers, x, values)
}

// compare asserts that the columns of the account and of each further candidate are the sums over the entries of lots times row.
func (d *definition) compare(api frontend.API, powers []frontend.Variable, pole frontend.Variable, values []rowValues) {
	lots := make([]frontend.Variable, len(d.rows))
	for i, row := range d.rows {
		lots[i] = row.lots
	}
	for _, candidate := range append([]candidate{{lots: lots, columns: d.outcome.Columns}}, d.candidates...) {
		d.compareOne(api, powers, pole, values, candidate)
		d.compareVenues(api, powers, values, candidate)
	}
}

// compareVenues asserts that what venues are charged by is the sums of the rows' cells, by where they stand.
func (d *definition) compareVenues(api frontend.API, powers []frontend.Variable, values []rowValues, of candidate) {
	if !d.shape.Structure.AtVenues() {
		return
	}
	rows := make([]prefunding.Summand, len(d.rows))
	for i, row := range d.rows {
		rows[i] = prefunding.Summand{Lots: of.lots[i], Value: values[i].atVenue, Position: row.margin.Position, Stand: &row.inputs.Stands[0]}
	}
	prefunding.AssertSums(api, powers, rows, of.columns.Venues)
}

func (d *definition) compareOne(api frontend.API, powers []frontend.Variable, pole frontend.Variable, values []rowValues, of candidate) {
	lots, columns := of.lots, of.columns
	entries, groups, account := gadget.NewFractions(api), gadget.NewFractions(api), frontend.Variable(0)
	for i, row := range d.rows {
		entries.Add(api.Mul(lots[i], values[i].own), api.Sub(pole, row.inputs.Group))
		for leg, group := range row.inputs.Legs {
			entries.Add(api.Mul(lots[i], values[i].legs[leg]), api.Sub(pole, group))
		}
		account = api.Add(account, api.Mul(lots[i], values[i].whole))
	}
	for i := range d.Table.Groups {
		groups.Add(gadget.At(api, powers, columns.Groups[i]), api.Sub(pole, d.Table.Groups[i].Number))
	}
	entries.AssertEqual(groups)
	api.AssertIsEqual(account, gadget.At(api, powers, columns.Whole))
}

func pick(elements []frontend.Variable, places []int) []frontend.Variable {
	picked := make([]frontend.Variable, len(places))
	for i, place := range places {
		picked[i] = elements[place]
	}
	return picked
}
