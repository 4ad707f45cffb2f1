package risktable

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

// Parse reads a table and checks it, or says by name what it refuses.
func Parse(encoded []byte) (*Table, error) {
	root, document := canonical.Decode(encoded, refusal.Table, "table")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-risk-table", 2, "builder", "rows", "families", "combos", "moves", "esVol", "esWeights", "groups",
		"instruments", "assets", "parameters")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table := &Table{Rows: len(fields[1].Items()), EsRows: len(fields[6].Items())}
	table.readShape(fields[1], fields[2], fields[3], fields[6])
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table.readParameters(fields[10])
	table.readGroups(fields[7])
	table.readInstruments(fields[8])
	table.readAssets(fields[9])
	if count := table.leafCount(); count > publicinput.TableLeaves {
		root.Refuse("TABLE_FULL")
	}
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	table.seal(encoded)
	return table, nil
}

func (t *Table) readShape(rows, families, combos, esWeights canonical.Value) {
	if t.Rows < 2 || t.Rows > math.MaxUint16 {
		rows.Refuse("LIMIT_EXCEEDED")
		return
	}
	if !bytes.Equal(canonical.Encode(families.Content()), canonical.Encode(Families(t.Rows))) {
		families.Refuse("UNKNOWN_COMPONENT")
	}
	for _, combo := range combos.Items() {
		weights := combo.Tuple("name", "weights")[1]
		row := weights.Ints(0, Million)
		if len(row) != FamiliesKnown || sum(row) != Million {
			weights.Refuse("WEIGHTS")
		}
		t.Weights = append(t.Weights, row)
	}
	if len(t.Weights) != CombosKnown {
		combos.Refuse("UNKNOWN_COMPONENT")
	}
	if !slices.Equal(esWeights.Ints(0, Million), NoTail) {
		esWeights.Refuse("UNKNOWN_COMPONENT")
	}
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
		group := Group{Number: fields[0].Int(0, math.MaxUint32)}
		increasing(fields[0], group.Number)
		fields[1].Text()
		if len(fields[2].Items()) > 0 {
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
	fields := value.Tuple("impact", "contagion", "crowding", "skew", "basis")
	impact := fields[0].Tuple("long", "short", "knots")
	group.ImpactLong, group.ImpactShort = impact[0].Int(0, Million), impact[1].Int(0, Million)
	none(impact[2])
	contagion := fields[1].Tuple("long", "short", "knots")
	zero(contagion[0])
	zero(contagion[1])
	none(contagion[2])
	crowding := fields[2].Tuple("chi", "knots")
	zero(crowding[0])
	none(crowding[1])
	t.readSkew(fields[3], skewSet)
	increasing := sorted()
	for _, entry := range fields[4].Items() {
		key := entry.Tuple("days", "ppm")
		group.days = append(group.days, key[0].Int(0, math.MaxUint16))
		increasing(key[0], group.days[len(group.days)-1])
		zero(key[1])
	}
	if len(group.days) > publicinput.BasisKeysMax {
		fields[4].Refuse("LIMIT_EXCEEDED")
	}
}

func (t *Table) readSkew(value canonical.Value, set *bool) {
	skew := value.Tuple("steep", "flat", "psi")
	steep, flat := skew[0].Int(0, int64(t.Rows-1)), skew[1].Int(0, int64(t.Rows-1))
	if *set && (steep != t.Steep || flat != t.Flat) {
		value.Refuse("LIMIT_EXCEEDED")
	}
	t.Steep, t.Flat, *set = steep, flat, true
	zero(skew[2])
}

func (t *Table) readInstruments(value canonical.Value) {
	increasing := sorted()
	for _, item := range value.Items() {
		f := item.Tuple("number", "id", "group", "paidUp", "days", "value", "row", "rowShort", "es", "delta", "vega", "spread", "crowd",
			"knots", "bound")
		group := t.group(f[2])
		row := Row{Domain: publicinput.Instrument, Number: f[0].Int(0, math.MaxUint32), Group: group.Number, PaidUp: f[3].Bit(),
			Value: f[5].Int(-BoundMax, BoundMax), Spread: f[11].Int(0, BoundMax), Bound: f[14].Int(0, BoundMax)}
		increasing(f[0], row.Number)
		f[1].Text()
		row.Loss = t.losses(f[6], -1)
		none(f[7])
		t.noTail(f[8])
		row.Delta, row.Vega = own(f[9], row.Group), own(f[10], row.Group)
		none(f[13])
		zeroCrowd(f[12])
		row.DaysKey = daysKey(f[4], group)
		row.checkBound(f[14])
		t.Instruments = append(t.Instruments, row)
	}
}

func (t *Table) readAssets(value canonical.Value) {
	increasing := sorted()
	for _, item := range value.Items() {
		f := item.Tuple("number", "id", "group", "tier", "stable", "price", "haircut", "residual", "peg", "value", "row", "es",
			"debtValue", "debtRow", "debtEs", "delta", "crowd", "knots", "bound")
		number, group, bound := f[0].Int(0, LineAssetMax), t.group(f[2]).Number, f[18].Int(0, BoundMax)
		increasing(f[0], number)
		f[1].Text()
		t.noTail(f[11])
		t.noTail(f[14])
		none(f[17])
		zeroCrowd(f[16])
		delta := own(f[15], group)
		collateral := Row{Domain: publicinput.Collateral, Number: number, Group: group, Bound: bound, DaysKey: -1,
			Loss: t.losses(f[10], -1), Delta: delta, Value: f[9].Int(0, BoundMax)}
		debt := Row{Domain: publicinput.Debt, Number: number, Group: group, Bound: bound, DaysKey: -1,
			Loss: t.losses(f[13], 1), Delta: -delta, Value: -f[12].Int(0, BoundMax)}
		collateral.checkBound(f[18])
		debt.checkBound(f[18])
		t.Collateral, t.Debts = append(t.Collateral, collateral), append(t.Debts, debt)
	}
}

// LineAssetMax keeps 2·number + side below 2³².
const LineAssetMax = 1<<31 - 1

// losses reads a row of profits (sign −1) or of debts (sign 1) as losses of one lot.
func (t *Table) losses(value canonical.Value, sign int64) []int64 {
	row := value.Ints(-BoundMax, BoundMax)
	if len(row) != t.Rows {
		value.Refuse("WRONG_LENGTH")
	}
	for i := range row {
		row[i] *= sign
	}
	return row
}

func (t *Table) noTail(value canonical.Value) {
	row := value.Ints(-BoundMax, BoundMax)
	if len(row) != t.EsRows {
		value.Refuse("WRONG_LENGTH")
	}
	if slices.ContainsFunc(row, func(loss int64) bool { return loss != 0 }) {
		value.Refuse("UNKNOWN_COMPONENT")
	}
}

// group finds the group that an entry names.
func (t *Table) group(value canonical.Value) Group {
	number := value.Int(0, math.MaxUint32)
	at, ok := slices.BinarySearchFunc(t.Groups, number, func(g Group, number int64) int { return cmp.Compare(g.Number, number) })
	if !ok {
		value.Refuse("UNKNOWN_GROUP")
		return Group{Number: number}
	}
	return t.Groups[at]
}

// daysKey is the days key that a dated entry takes in its group: the nearest later one, beyond the last the last; −1 for none. A group without keys charges no basis.
func daysKey(value canonical.Value, group Group) int {
	dates := value.Ints(0, math.MaxUint16)
	if len(dates) > 1 {
		value.Refuse("WRONG_LENGTH")
	}
	if len(dates) == 0 || len(group.days) == 0 {
		return -1
	}
	key, _ := slices.BinarySearch(group.days, dates[0])
	return min(key, len(group.days)-1)
}

// own reads sensitivities to groups; this circuit knows those to the entry's own group.
func own(value canonical.Value, group int64) (total int64) {
	items := value.Items()
	if len(items) > 1 {
		value.Refuse("UNKNOWN_COMPONENT")
	}
	for _, item := range items {
		fields := item.Tuple("group", "amount")
		if fields[0].Int(0, math.MaxUint32) != group {
			fields[0].Refuse("UNKNOWN_COMPONENT")
		}
		total = fields[1].Int(-BoundMax, BoundMax)
	}
	return total
}

// checkBound checks that bound covers every packed column: the premise of the guard, and so of the packing.
func (r Row) checkBound(value canonical.Value) {
	largest := max(abs(r.Value), abs(r.Delta), crowdingVegas*abs(r.Vega), r.Spread)
	for _, loss := range r.Loss {
		largest = max(largest, abs(loss))
	}
	if largest > r.Bound {
		value.Refuse("BOUND_TOO_SMALL")
	}
}

func abs(x int64) int64 { return max(x, -x) }

func zeroCrowd(value canonical.Value) {
	crowd := value.Tuple("long", "short")
	zero(crowd[0])
	zero(crowd[1])
}

func zero(value canonical.Value) {
	if value.Int(math.MinInt64, math.MaxInt64) != 0 {
		value.Refuse("UNKNOWN_COMPONENT")
	}
}

func none(value canonical.Value) {
	if len(value.Items()) != 0 {
		value.Refuse("UNKNOWN_COMPONENT")
	}
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
