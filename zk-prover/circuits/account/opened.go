package account

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/gadget"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
)

// Bits of the integers of the table; a field of a leaf has the bits of its layout.
const (
	ratioBits  = 32
	boundBits  = 31
	skewBits   = 32
	moneyBits  = 63
	weightBits = 20
)

// tableIsInTheEpoch: the 64 nodes of the cap are the sealed table's.
func (d *definition) tableIsInTheEpoch() error {
	root, err := d.hasher.Hash(publicinput.TableCap, d.Table.Cap[:]...)
	d.api.AssertIsEqual(root, d.Epoch[publicinput.EpochTableRoot])
	return err
}

// leavesAreInTheTable opens the global leaf and every group, instrument and line. That their tops stand in the cap is asserted at the challenge.
func (d *definition) leavesAreInTheTable() error {
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
	global := &d.Table.Global
	for _, ratio := range []frontend.Variable{global.Tail, global.Phi, global.CashResidual} {
		d.ranges.Below(ratio, ratioBits)
	}
	d.ranges.Below(global.Skew, skewBits)
	d.ranges.Below(global.MinimumMargin, moneyBits)
	head := gadget.Pack(d.api, publicinput.GlobalHead, map[string]frontend.Variable{"tail": global.Tail, "phi": global.Phi,
		"cashResidual": global.CashResidual, "lotsMax": publicinput.LotsMax, "steep": global.Skew, "families": risktable.FamiliesKnown,
		"combos": risktable.CombosKnown, "rows": d.shape.Rows, "esRows": d.shape.EsRows})
	money := gadget.Pack(d.api, publicinput.GlobalMoney, map[string]frontend.Variable{"minimumMargin": global.MinimumMargin,
		"limit": gadget.Power(risktable.LimitBits)})
	elements := append([]frontend.Variable{head, money}, d.weights()...)
	for _, element := range publicinput.PackWeights(risktable.NoTail, publicinput.GlobalStructure-publicinput.GlobalEsWeights) {
		elements = append(elements, element)
	}
	elements = append(elements, risktable.Structure(d.shape.Rows, d.shape.EsRows, risktable.Families(d.shape.Rows), risktable.CombosKnown))
	leaf, err := d.hasher.Hash(publicinput.Global, elements...)
	if err != nil {
		return err
	}
	top, err := d.hasher.Climb(leaf, global.Path[:])
	d.api.AssertIsEqual(top, d.Table.Cap[0])
	return err
}

// weights packs the combos' weights; the places of further families and combos are 0.
func (d *definition) weights() []frontend.Variable {
	elements := make([]frontend.Variable, publicinput.GlobalEsWeights-publicinput.GlobalWeights)
	for i := range elements {
		elements[i] = 0
	}
	for combo, row := range d.Table.Global.Weights {
		for family, weight := range row {
			d.ranges.Below(weight, weightBits)
			element, field := publicinput.WeightAt(publicinput.FamiliesMax*combo + family)
			elements[element] = d.api.Add(elements[element], d.api.Mul(weight, gadget.Power(int(field.Offset))))
		}
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
	d.ranges.Below(group.ImpactLong, ratioBits)
	d.ranges.Below(group.ImpactShort, ratioBits)
	head := gadget.Pack(d.api, publicinput.GroupHead, map[string]frontend.Variable{"number": group.Number, "impactLong": group.ImpactLong,
		"impactShort": group.ImpactShort})
	leaf, err := d.hasher.Hash(publicinput.Group, head, 0, 0, 0, 0, group.Days)
	if err != nil {
		return err
	}
	return d.open(1, leaf, group.Path[:])
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
// out what is long and paid up; every paid lot is of a paid-up instrument.
func (d *definition) openInstrument(instrument *InstrumentInputs) error {
	d.api.AssertIsBoolean(instrument.PaidUp)
	for _, lots := range []frontend.Variable{instrument.Plus, instrument.Minus, instrument.Paid} {
		d.ranges.Below(lots, lotsBits)
	}
	d.ranges.Below(instrument.Spread, ratioBits)
	d.zeros.Product(instrument.Plus, instrument.Minus)
	d.zeros.Product(d.api.Sub(1, instrument.Active), d.api.Add(instrument.Plus, instrument.Minus, instrument.Paid))
	d.zeros.Product(d.api.Sub(1, instrument.PaidUp), instrument.Paid)

	leaf, err := d.rowHash(&instrument.Row, int(publicinput.Instrument), map[string]frontend.Variable{
		"number": instrument.Number, "spread": instrument.Spread, "paidUp": instrument.PaidUp})
	if err != nil {
		return err
	}
	long := d.candidateLong(instrument)
	d.rows = append(d.rows, openedRow{lots: d.api.Sub(long, instrument.Minus), size: d.api.Add(long, instrument.Minus), inputs: &instrument.Row})
	return d.open(instrument.Active, leaf, instrument.Row.Path[:])
}

// candidateLong is q⁺ of the candidate: all of it, but what is paid up in allPaid.
func (d *definition) candidateLong(instrument *InstrumentInputs) frontend.Variable {
	paidUp := d.api.Mul(instrument.PaidUp, instrument.Plus)
	return d.api.Sub(instrument.Plus, d.api.Mul(d.Chosen.Candidate[publicinput.AllPaid], paidUp))
}

// openLine opens collateral or debt: the side is the leaf's domain, so a debt never stands in for collateral. A debt's row is negated, so lots count the same.
func (d *definition) openLine(line *LineInputs) error {
	leaf, err := d.rowHash(&line.Row, d.api.Add(int(publicinput.Collateral), line.Debt), map[string]frontend.Variable{"number": line.Asset})
	if err != nil {
		return err
	}
	d.rows = append(d.rows, openedRow{lots: line.Lots, size: line.Lots, inputs: &line.Row})
	return d.open(line.Active, leaf, line.Row.Path[:])
}

// rowHash hashes a row leaf of one underlying, without crowd slopes, own-size knots, other groups' sensitivities and ES losses: the leaf has no tail.
func (d *definition) rowHash(row *RowInputs, domain frontend.Variable, head map[string]frontend.Variable) (frontend.Variable, error) {
	d.ranges.Below(row.Group, keyBits)
	d.ranges.Below(row.Bound, boundBits)
	head["group"], head["leg0"], head["leg1"], head["bound"] = row.Group, row.Group, row.Group, row.Bound
	elements := append([]frontend.Variable{gadget.Pack(d.api, publicinput.RowHead, head)}, row.Columns...)
	elements = append(elements, row.Rest...)
	return d.hasher.Sponge(publicinput.Instrument.Width(), d.api.Add(domain, 256*len(elements)), elements)
}

// identitiesHoldAtAChallenge: drawn after every value in them is committed. (1) The top of every active opening stands in the cap.
// (2) The opened instruments carry the booked and the paid lots of the lists, no more and no less. (3) Per group, the columns that the
// margin used are the sums over its entries of lots times row: the polynomials have degree below that of the pole x^K − group.
func (d *definition) identitiesHoldAtAChallenge() {
	multicommit.WithCommitment(d.api, func(api frontend.API, x frontend.Variable) error {
		d.capHoldsOpenings(api, x)
		d.instrumentsCarryTheLists(api, x)
		d.groupsSumTheirEntries(api, x)
		return nil
	}, d.committed()...)
}

func (d *definition) committed() []frontend.Variable {
	var values []frontend.Variable
	for _, opened := range d.openings {
		values = append(values, opened.active, opened.node)
	}
	values = append(append(values, d.Table.Cap[:]...), d.Table.Multiplicities[:]...)
	for _, list := range [][]EntryInputs{d.Account.Positions, d.Account.Paid} {
		for _, entry := range list {
			values = append(values, entry.Number, entry.Lots)
		}
	}
	for i := range d.Table.Instruments {
		instrument := &d.Table.Instruments[i]
		values = append(values, instrument.Number, d.booked(instrument), instrument.Paid)
	}
	for _, row := range d.rows {
		values = append(append(values, row.lots, row.inputs.Group), row.inputs.Columns...)
	}
	for i := range d.Table.Groups {
		values = append(append(values, d.Table.Groups[i].Number), d.groupColumns[i]...)
	}
	return values
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
	lots := d.api.Sub(instrument.Plus, instrument.Minus)
	return d.api.Sub(lots, d.api.Mul(d.Chosen.Candidate[publicinput.Returned], instrument.Paid))
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

func (d *definition) groupsSumTheirEntries(api frontend.API, x frontend.Variable) {
	degree := len(d.groupColumns[0])
	powers := gadget.Powers(api, x, degree)
	entries, groups := gadget.NewFractions(api), gadget.NewFractions(api)
	for _, row := range d.rows {
		entries.Add(api.Mul(row.lots, gadget.At(api, powers, row.inputs.Columns)), api.Sub(powers[degree], row.inputs.Group))
	}
	for i := range d.Table.Groups {
		groups.Add(gadget.At(api, powers, d.groupColumns[i]), api.Sub(powers[degree], d.Table.Groups[i].Number))
	}
	entries.AssertEqual(groups)
}
