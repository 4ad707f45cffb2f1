package risktable

import (
	"cmp"
	"math"
	"slices"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// schemaFields are the fields before a table's own: its schema's name and version.
const schemaFields = 2

// LineAssetMax keeps 2·number + side below 2³².
const LineAssetMax = 1<<31 - 1

// Parse reads a legal table, or says by name what it refuses.
func Parse(encoded []byte) (*Table, error) {
	root, document := canonical.Decode(encoded, refusal.Table, "table")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	version, names := int64(2), []string{"builder", "rows", "families", "combos", "moves", "esVol", "esWeights", "groups", "instruments",
		"assets",
		"parameters"}
	if items := root.Items(); len(items) > 1 && items[1].Content() == int64(publicinput.VenueFormat) {
		version, names = publicinput.VenueFormat, append(names, "venueRisk")
	}
	depth := false
	if items := root.Items(); len(items) == len(names)+schemaFields+1 {
		if _, depth = items[len(items)-1].Content().(int64); depth {
			names = append(names, "depth")
		}
	}
	fields := root.Schema("bulwark-risk-table", version, names...)
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table := &Table{Structure: Structure{Rows: len(fields[1].Items()), EsRows: len(fields[6].Items()), Small: depth}}
	if depth {
		fields[len(fields)-1].Int(publicinput.SmallTableDepth, publicinput.SmallTableDepth)
	}
	table.readStructure(fields[1], fields[2], fields[3], fields[6])
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table.readParameters(fields[10])
	if version == publicinput.VenueFormat {
		table.readVenueRisk(fields[11])
	}
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table.readGroups(fields[7])
	table.readInstruments(fields[8])
	table.readAssets(fields[9])
	if table.leafCount() > table.Leaves() {
		root.Refuse("TABLE_FULL")
	}
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table.seal(encoded)
	return table, nil
}

func (t *Table) readStructure(rows, families, combos, esWeights canonical.Value) {
	if t.Rows < 1 || t.Rows > rowsMax {
		rows.Refuse("LIMIT_EXCEEDED")
		return
	}
	t.Families = readFamilies(families, t.Rows)
	for _, combo := range combos.Items() {
		weights := combo.Tuple("name", "weights")[1]
		row := weights.Ints(0, Million)
		if len(row) != len(t.Families) || sum(row) != Million {
			weights.Refuse("WEIGHTS")
		}
		t.Weights = append(t.Weights, row)
	}
	if t.Combos = len(t.Weights); t.Combos < 1 || t.Combos > publicinput.CombosMax {
		combos.Refuse("LIMIT_EXCEEDED")
	}
	t.readEsWeights(esWeights)
}

// readEsWeights keeps one weight a run: of sixteen runs of one length; where the rows do not divide so, of the runs of equal weights.
func (t *Table) readEsWeights(value canonical.Value) {
	weights := value.Ints(0, Million)
	if sum(weights) != Million || len(weights) > esRowsMax {
		value.Refuse("WEIGHTS")
		return
	}
	if t.Blocks = uniformBlocks(len(weights)); t.Blocks == nil {
		t.Blocks = runs(weights)
	}
	if len(t.Blocks) > publicinput.EsBlocks {
		value.Refuse("LIMIT_EXCEEDED")
		return
	}
	for _, length := range t.Blocks {
		t.EsWeights = append(t.EsWeights, weights[0])
		if slices.Max(weights[:length]) != slices.Min(weights[:length]) {
			value.Refuse("LIMIT_EXCEEDED")
		}
		weights = weights[length:]
	}
}

// runs are the lengths of the runs of equal numbers.
func runs(numbers []int64) []int {
	var lengths []int
	for i, number := range numbers {
		if i == 0 || number != numbers[i-1] {
			lengths = append(lengths, 0)
		}
		lengths[len(lengths)-1]++
	}
	return lengths
}

func sum(numbers []int64) (total int64) {
	for _, number := range numbers {
		total += number
	}
	return total
}

func (t *Table) readParameters(value canonical.Value) {
	fields := value.Tuple("tail", "phi", "cashResidual", "minimumMargin", "limit", "lotsMax")
	t.Parameters = Parameters{Tail: fields[0].Int(1, Million), Phi: fields[1].Int(1, Million), CashResidual: fields[2].Int(0, Million),
		MinimumMargin: fields[3].Int(0, 1<<LimitBits)}
	fields[4].Int(1<<LimitBits, 1<<LimitBits)
	fields[5].Int(publicinput.LotsMax, publicinput.LotsMax)
}

func (t *Table) readGroups(value canonical.Value) {
	increasing, skewSet := sorted(), false
	for _, item := range value.Items() {
		fields := item.Tuple("number", "id", "charges")
		group := Group{Number: fields[0].Int(0, math.MaxUint32-publicinput.GroupsFilled)}
		increasing(fields[0], group.Number)
		group.Id, group.Charged = fields[1].Text(), len(fields[2].Items()) > 0
		if group.Charged {
			t.readCharges(fields[2], &group, &skewSet)
		}
		t.Groups = append(t.Groups, group)
	}
	for len(t.Groups) < publicinput.GroupsFilled {
		next := int64(0)
		if n := len(t.Groups); n > 0 {
			next = t.Groups[n-1].Number + 1
		}
		t.Groups = append(t.Groups, Group{Number: next})
	}
}

func (t *Table) readCharges(value canonical.Value, group *Group, skewSet *bool) {
	names, most := []string{"impact", "contagion", "crowding", "skew", "basis"}, int64(math.MaxUint16)
	if t.AtVenues() {
		names, most = append(names, "dislocation"), publicinput.VenueKey-1
	}
	fields := value.Tuple(names...)
	impact := fields[0].Tuple("long", "short", "knots")
	group.ImpactLong, group.ImpactShort = impact[0].Int(0, Million), impact[1].Int(0, Million)
	group.ImpactKnots = readKnots(impact[2], math.MaxInt64, Million)
	contagion := fields[1].Tuple("long", "short", "knots")
	group.ContagionLong, group.ContagionShort = contagion[0].Int(0, Million), contagion[1].Int(0, Million)
	group.ContagionKnots = readKnots(contagion[2], math.MaxInt64, Million)
	crowding := fields[2].Tuple("chi", "knots")
	group.Chi = crowding[0].Int(0, crowdingVegas*Million)
	group.CrowdingKnots = readKnots(crowding[1], math.MaxInt64, crowdingVegas*Million)
	t.readSkew(fields[3], group, skewSet)
	increasing := sorted()
	for _, entry := range fields[4].Items() {
		key := entry.Tuple("days", "ppm")
		group.days, group.basis = append(group.days, key[0].Int(0, most)), append(group.basis, key[1].Int(0, Million))
		increasing(key[0], group.days[len(group.days)-1])
	}
	group.dates = len(group.days)
	if t.AtVenues() {
		t.readDislocation(fields[5], group)
	}
	if len(group.days) > publicinput.BasisKeysMax {
		fields[4].Refuse("LIMIT_EXCEEDED")
	}
}

func (t *Table) readSkew(value canonical.Value, group *Group, set *bool) {
	skew := value.Tuple("steep", "flat", "psi")
	steep, flat := skew[0].Int(0, int64(t.Rows-1)), skew[1].Int(0, int64(t.Rows-1))
	if *set && (int(steep) != t.Steep || int(flat) != t.Flat) {
		value.Refuse("LIMIT_EXCEEDED")
	}
	t.Steep, t.Flat, *set = int(steep), int(flat), true
	group.Psi = skew[2].Int(0, Million)
}

func (t *Table) readInstruments(value canonical.Value) {
	increasing := sorted()
	for _, item := range value.Items() {
		f := item.Tuple(t.withVenue("number", "id", "group", "paidUp", "days", "value", "row", "rowShort", "es", "delta", "vega", "spread",
			"crowd",
			"knots", "bound")...)
		row := Row{Domain: publicinput.Instrument, Number: f[0].Int(0, math.MaxUint32), Group: t.group(f[2]).Number, PaidUp: f[3].Bit(),
			Value: f[5].Int(-BoundMax, BoundMax), Spread: f[11].Int(0, BoundMax), Bound: f[14].Int(0, BoundMax)}
		increasing(f[0], row.Number)
		row.Id, row.Option = f[1].Text(), len(f[10].Items()) > 0
		row.Loss, row.EsLoss = column(f[6], t.Rows, -1), column(f[8], t.EsRows, -1)
		if t.AtVenues() {
			t.readVenue(f[15], &row)
		}
		row.Own, row.Legs = split(row.Group, t.sensitivities(row.Venue, &f[4], f[9], &f[10]))
		row.Knots = readKnots(f[13], math.MaxUint32, BoundMax)
		crowd := f[12].Tuple("long", "short")
		row.CrowdLong, row.CrowdShort = crowd[0].Int(0, BoundMax), crowd[1].Int(0, BoundMax)
		row.TwoSided = len(f[7].Items()) > 0
		t.countAtVenue(&row, nil)
		row.checkBound(f[14])
		t.Instruments = append(t.Instruments, row)
		if row.TwoSided {
			short := row
			short.Domain, short.Loss = publicinput.InstrumentShort, column(f[7], t.Rows, -1)
			t.countAtVenue(&short, nil)
			short.checkBound(f[14])
			t.Shorts = append(t.Shorts, short)
		}
	}
}

func (t *Table) readAssets(value canonical.Value) {
	increasing := sorted()
	for _, item := range value.Items() {
		names := t.withVenue("number", "id", "group", "tier", "stable", "price", "haircut", "residual", "peg", "value", "row", "es",
			"debtValue", "debtRow", "debtEs", "delta", "crowd", "knots", "bound")
		if t.AtVenues() {
			names = append(names, "venueWeight", "venueRow")
		}
		f := item.Tuple(names...)
		collateral := Row{Domain: publicinput.Collateral, Number: f[0].Int(0, LineAssetMax), Group: t.group(f[2]).Number,
			Bound: f[18].Int(0, BoundMax), Knots: readKnots(f[17], math.MaxUint32, BoundMax)}
		increasing(f[0], collateral.Number)
		collateral.Id = f[1].Text()
		crowd := f[16].Tuple("long", "short")
		var atVenue []int64
		if t.AtVenues() {
			t.readVenue(f[19], &collateral)
			f[20].Int(0, Million)
			atVenue = column(f[21], len(t.Paths), -1)
		}
		collateral.Own, collateral.Legs = split(collateral.Group, t.sensitivities(0, nil, f[15], nil))
		debt := collateral
		debt.Domain, debt.Legs = publicinput.Debt, slices.Clone(collateral.Legs)
		debt.Own.Delta *= -1
		for i := range debt.Legs {
			debt.Legs[i].Delta *= -1
		}
		collateral.CrowdLong, debt.CrowdLong = crowd[0].Int(0, BoundMax), crowd[1].Int(0, BoundMax)
		collateral.Loss, collateral.EsLoss, collateral.Value = column(f[10], t.Rows, -1), column(f[11], t.EsRows, -1), f[9].Int(0, BoundMax)
		debt.Loss, debt.EsLoss, debt.Value = column(f[13], t.Rows, 1), column(f[14], t.EsRows, 1), -f[12].Int(0, BoundMax)
		t.countAtVenue(&collateral, atVenue)
		t.countAtVenue(&debt, nil)
		t.checkStillBack(f[10], collateral)
		t.checkStillBack(f[13], debt)
		collateral.checkBound(f[18])
		debt.checkBound(f[18])
		t.Collateral, t.Debts = append(t.Collateral, collateral), append(t.Debts, debt)
	}
}

// column reads n profits of one lot (sign −1) or changes of a debt (sign 1) as losses.
func column(value canonical.Value, n int, sign int64) []int64 {
	row := value.Ints(-BoundMax, BoundMax)
	if len(row) != n {
		value.Refuse("WRONG_LENGTH")
	}
	for i := range row {
		row[i] *= sign
	}
	return row
}

// group finds the group that an entry names.
func (t *Table) group(value canonical.Value) Group {
	number := value.Int(0, math.MaxUint32)
	group, ok := t.Group(number)
	if !ok {
		value.Refuse("UNKNOWN_GROUP")
	}
	return group
}

// Group finds a group by its number.
func (t *Table) Group(number int64) (Group, bool) {
	at, ok := slices.BinarySearchFunc(t.Groups, number, func(g Group, number int64) int { return cmp.Compare(g.Number, number) })
	if !ok {
		return Group{Number: number}, false
	}
	return t.Groups[at], true
}

// keys are the keys of a group that hold an entry's delta: of a dated one the nearest later days, beyond the last the last; of one at a
// venue the venue's. A group without keys charges no basis.
func (g Group) keys(dates []int64, venue int64) (keys []int) {
	if len(dates) > 0 && g.dates > 0 {
		key, _ := slices.BinarySearch(g.days[:g.dates], dates[0])
		keys = append(keys, min(key, g.dates-1))
	}
	if key, ok := slices.BinarySearch(g.days[g.dates:], publicinput.VenueKey+venue); ok {
		keys = append(keys, g.dates+key)
	}
	return keys
}

// sensitivities merges deltas and vegas by group; days are an instrument's, vega and the venue at which marks part too.
func (t *Table) sensitivities(venue int64, days *canonical.Value, delta canonical.Value, vega *canonical.Value) []Leg {
	var dates []int64
	if days != nil {
		if dates = days.Ints(0, math.MaxUint16); len(dates) > 1 {
			days.Refuse("WRONG_LENGTH")
		}
	}
	legs := t.merge(dates, venue, delta, func(leg *Leg, amount int64) { leg.Delta = amount }, nil)
	if vega != nil {
		legs = t.merge(dates, venue, *vega, func(leg *Leg, amount int64) { leg.Vega = amount }, legs)
	}
	if len(legs) > publicinput.Legs {
		delta.Refuse("LIMIT_EXCEEDED")
	}
	return legs
}

func (t *Table) merge(dates []int64, venue int64, value canonical.Value, set func(*Leg, int64), legs []Leg) []Leg {
	increasing := sorted()
	for _, item := range value.Items() {
		fields := item.Tuple("group", "amount")
		group := t.group(fields[0])
		increasing(fields[0], group.Number)
		at, known := slices.BinarySearchFunc(legs, group.Number, func(leg Leg, group int64) int { return cmp.Compare(leg.Group, group) })
		if !known {
			legs = slices.Insert(legs, at, Leg{Group: group.Number, Keys: group.keys(dates, venue)})
		}
		set(&legs[at], fields[1].Int(-BoundMax, BoundMax))
	}
	return legs
}

// split takes the sensitivity to the own group out of the legs.
func split(own int64, legs []Leg) (Leg, []Leg) {
	for i, leg := range legs {
		if leg.Group == own {
			return leg, slices.Delete(legs, i, i+1)
		}
	}
	return Leg{Group: own}, legs
}

// checkBound checks that bound covers every packed column and every slope: the premise of the guard, and so of the packing.
func (r Row) checkBound(value canonical.Value) {
	delta, vega, slopes := int64(0), int64(0), r.Spread+max(r.CrowdLong, r.CrowdShort)
	for _, leg := range append(slices.Clone(r.Legs), r.Own) {
		delta, vega = delta+abs(leg.Delta), vega+abs(leg.Vega)
	}
	for _, knot := range r.Knots {
		slopes += knot.Slope
	}
	largest := max(abs(r.Value), delta, crowdingVegas*vega, slopes)
	for _, loss := range slices.Concat(r.Loss, r.EsLoss, r.AtVenue) {
		largest = max(largest, abs(loss))
	}
	if largest > r.Bound {
		value.Refuse("BOUND_TOO_SMALL")
	}
}

func abs(x int64) int64 { return max(x, -x) }

// readKnots reads own-size knots: thresholds above 0 and increasing.
func readKnots(value canonical.Value, thresholdMax, slopeMax int64) []Knot {
	items := value.Items()
	if len(items) > publicinput.KnotsMax {
		value.Refuse("LIMIT_EXCEEDED")
		return nil
	}
	knots, last := make([]Knot, len(items)), int64(0)
	for i, item := range items {
		fields := item.Tuple("threshold", "slope")
		knots[i] = Knot{Threshold: fields[0].Int(1, thresholdMax), Slope: fields[1].Int(0, slopeMax)}
		if knots[i].Threshold <= last {
			fields[0].Refuse("NOT_SORTED")
		}
		last = knots[i].Threshold
	}
	return knots
}

// sorted refuses a number that is not above the one before.
func sorted() func(canonical.Value, int64) {
	last := int64(-1)
	return func(value canonical.Value, number int64) {
		if number <= last {
			value.Refuse("NOT_SORTED")
		}
		last = number
	}
}
