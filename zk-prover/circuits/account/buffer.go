package account

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tariff"
)

// BufferShape is what a shape opens of a published buffer: its scenarios, and the places for groups and entries. All 0: it opens none.
type BufferShape struct {
	Scenarios, Groups, Entries int
}

// BufferInputs open the tariff and hold the witness of the charge.
type BufferInputs struct {
	Sha               [2]frontend.Variable
	Leaves, Entries   []frontend.Variable // what the digest holds
	LeafUses, WordUse []frontend.Variable // how many opened ones each of them is
	Rows              []BufferRowInputs   // by row slot
	Sets              []BufferSetInputs   // what nets, in key order; unused places hold 0 under keys that follow
	Groups            []BufferGroupInputs // by group slot

	Worst, Transmitted, Buffer frontend.Variable
}

// BufferRowInputs are the entry of a row with lots.
type BufferRowInputs struct {
	Listed, Set, Own frontend.Variable // deltas shifted by BufferDeltaShift
	Legs             [publicinput.Legs]frontend.Variable
}

// BufferSetInputs are what an unwind set nets to in a group, u.
type BufferSetInputs struct {
	Set, Group frontend.Variable
	Net        gadget.Sides
}

// BufferGroupInputs are the rates of a group, what the account is long and short of it, and what leaving it costs.
type BufferGroupInputs struct {
	Down, Up                []frontend.Variable
	Long, Short             ExitInputs
	CloseOut, Quiet, Excess frontend.Variable
}

// ExitInputs are one side: the exit, what the account holds of it in u, and what of that lies beyond once and twice the quantity in µ$.
type ExitInputs struct {
	Quantity, Linear, Beyond, Far, Held, OverOnce, OverTwice frontend.Variable
}

// openedTariff is what stands between opening a tariff and its identities.
type openedTariff struct {
	leaves, words []frontend.Variable // of the group and row slots
	lots          []frontend.Variable // by row slot; a debt's are negative
}

func newBuffer(shape Shape) BufferInputs {
	inputs := BufferInputs{Leaves: make([]frontend.Variable, shape.Buffer.Groups), LeafUses: make([]frontend.Variable, shape.Buffer.Groups),
		Entries: make([]frontend.Variable, shape.Buffer.Entries), WordUse: make([]frontend.Variable, shape.Buffer.Entries),
		Rows: make([]BufferRowInputs, shape.rows()), Sets: make([]BufferSetInputs, shape.rows()), Groups: make([]BufferGroupInputs, shape.Groups)}
	for i := range inputs.Groups {
		inputs.Groups[i].Down, inputs.Groups[i].Up = make([]frontend.Variable, shape.Buffer.Scenarios), make([]frontend.Variable, shape.Buffer.Scenarios)
	}
	return inputs
}

// Bits of the charge. The guard keeps what an account holds, over all groups together, below 2⁶⁰ u; rates are below 2²⁰.
const (
	rateBits     = 20
	heldBits     = 60
	worstBits    = heldBits + rateBits + 1
	bufferBits   = 72 // µ$: 100·2⁶⁰·2²⁰/10⁶ and a sum of 8
	microPerUnit = 100
)

// tariffIsOpened: the digest of the epoch is that of these leaves and entries; the leaf of every group slot, with the group's number in it,
// and the entry of every row with lots must stand among them, which is asserted at the challenge. An epoch without a buffer has the digest 0,
// which nothing hashes to. An option has no entry: an account that holds one is unsatisfiable.
func (d *definition) tariffIsOpened() error {
	b := &d.Buffer[0]
	elements := []frontend.Variable{b.Sha[0], b.Sha[1], d.shape.Buffer.Scenarios}
	digest, err := d.hasher.Hash(publicinput.BufferVectors, append(append(elements, b.Leaves...), b.Entries...)...)
	if err != nil {
		return err
	}
	d.api.AssertIsEqual(digest, d.Epoch[publicinput.EpochBuffer])
	for i := range b.Groups {
		leaf, err := d.tariffLeaf(i)
		if err != nil {
			return err
		}
		d.buffer.leaves = append(d.buffer.leaves, leaf)
	}
	for i, row := range d.rows {
		lots := row.lots
		if i >= d.shape.Positions {
			lots = d.api.Sub(lots, d.api.Mul(2, d.api.Mul(d.Table.Lines[i-d.shape.Positions].Debt, lots)))
		}
		d.buffer.words, d.buffer.lots = append(d.buffer.words, d.tariffWord(i)), append(d.buffer.lots, lots)
	}
	return nil
}

func (d *definition) tariffLeaf(i int) (frontend.Variable, error) {
	group := &d.Buffer[0].Groups[i]
	fields := map[string]frontend.Variable{"longQuantity": group.Long.Quantity, "longLinear": group.Long.Linear, "longBeyond": group.Long.Beyond,
		"longFar": group.Long.Far, "shortQuantity": group.Short.Quantity, "shortLinear": group.Short.Linear, "shortBeyond": group.Short.Beyond,
		"shortFar": group.Short.Far}
	for _, field := range publicinput.BufferExits {
		d.ranges.Below(fields[field.Name], int(field.Bits))
	}
	rates := make([]frontend.Variable, 0, 2*len(group.Down))
	for s := range group.Down {
		rates = append(rates, group.Down[s], group.Up[s])
	}
	elements := []frontend.Variable{d.Table.Groups[i].Number, gadget.Pack(d.api, publicinput.BufferExits, fields)}
	return d.hasher.Hash(publicinput.BufferVectors, append(elements, d.weights(rates, tariff.RateElements(len(group.Down)))...)...)
}

// tariffWord is the entry of a row; one that is not listed has no lots.
func (d *definition) tariffWord(i int) frontend.Variable {
	row, number, line := &d.Buffer[0].Rows[i], frontend.Variable(nil), 0
	if i < d.shape.Positions {
		number = d.Table.Instruments[i].Number
	} else {
		number, line = d.Table.Lines[i-d.shape.Positions].Asset, 1
	}
	d.api.AssertIsBoolean(row.Listed)
	d.zeros.Product(d.api.Sub(1, row.Listed), d.rows[i].margin.Lots.Size(d.api))
	fields := map[string]frontend.Variable{"number": number, "line": line, "present": 1, "set": row.Set, "own": row.Own,
		"leg0": row.Legs[0], "leg1": row.Legs[1]}
	for _, field := range publicinput.BufferEntry[3:] {
		d.ranges.Below(fields[field.Name], int(field.Bits))
	}
	return gadget.Pack(d.api, publicinput.BufferEntry, fields)
}

// bufferIsTheTariffs: what the account is charged over its net in every unwind set, the same integer as the house computes. The nets are
// those of the rows, and what is long and short of a group the sum of its nets, which is asserted at the challenge.
func (d *definition) bufferIsTheTariffs() error {
	if !d.shape.opensTariff() {
		return nil
	}
	if err := d.tariffIsOpened(); err != nil {
		return err
	}
	b := &d.Buffer[0]
	last := frontend.Variable(nil)
	for i := range b.Sets {
		set := &b.Sets[i]
		d.ranges.Below(set.Set, keyBits)
		d.ranges.Below(set.Group, keyBits)
		d.ranges.Below(set.Net.Plus, heldBits)
		d.ranges.Below(set.Net.Minus, heldBits)
		d.zeros.Sides(set.Net)
		key := d.setKey(set.Set, set.Group)
		if i > 0 {
			d.ranges.Below(d.api.Sub(key, last, 1), 2*keyBits)
		}
		last = key
	}
	d.transmitted()
	total := b.Transmitted
	for i := range b.Groups {
		total = d.api.Add(total, d.closeOutExcess(i))
	}
	d.ranges.Below(b.Buffer, bufferBits)
	d.ranges.Ceil(total, microPerUnit, b.Buffer)
	return nil
}

func (d *definition) setKey(set, group frontend.Variable) frontend.Variable {
	return d.api.Add(d.api.Mul(set, gadget.Power(keyBits)), group)
}

// transmitted is ⌈max over scenarios of Σ (L·d + S·u) / 10⁴⌉ µ$, of holdings in u and rates in ppm: the largest is not below any and equal to one.
func (d *definition) transmitted() {
	b := &d.Buffer[0]
	slacks := make([]frontend.Variable, d.shape.Buffer.Scenarios)
	for s := range slacks {
		loss := frontend.Variable(0)
		for i := range b.Groups {
			group := &b.Groups[i]
			loss = d.api.Add(loss, d.api.Mul(group.Long.Held, group.Down[s]), d.api.Mul(group.Short.Held, group.Up[s]))
		}
		slacks[s] = d.api.Sub(b.Worst, loss)
		d.ranges.Below(slacks[s], worstBits)
	}
	gadget.OneIsZero(d.api, slacks...)
	d.ranges.Below(b.Transmitted, bufferBits)
	d.ranges.Ceil(b.Worst, gadget.Million/microPerUnit, b.Transmitted)
}

// closeOutExcess is (⌈close-out⌉ − ⌊quiet⌋)⁺ of a group: quiet is the impact line that the margin charges already.
func (d *definition) closeOutExcess(i int) frontend.Variable {
	group := &d.Buffer[0].Groups[i]
	for _, amount := range []frontend.Variable{group.CloseOut, group.Quiet, group.Excess} {
		d.ranges.Below(amount, bufferBits)
	}
	d.ranges.CeilMillion(d.api.Add(d.exitCharge(&group.Long), d.exitCharge(&group.Short)), group.CloseOut)
	d.ranges.Ceil(d.api.Neg(d.outcome.Impact[i]), gadget.Million/microPerUnit, d.api.Neg(group.Quiet))
	under := d.api.Sub(group.Excess, d.api.Sub(group.CloseOut, group.Quiet))
	d.ranges.Below(under, bufferBits+1)
	d.zeros.Product(group.Excess, under)
	return group.Excess
}

// exitCharge is s₀·x + (s₁ − s₀)(x − Q)⁺ + (s₂ − s₁)(x − 2Q)⁺ of one side in µ$ · ppm.
func (d *definition) exitCharge(exit *ExitInputs) frontend.Variable {
	x := d.api.Mul(microPerUnit, exit.Held)
	over := func(y, threshold frontend.Variable) {
		under := d.api.Add(d.api.Sub(y, x), threshold)
		d.ranges.Below(y, bufferBits)
		d.ranges.Below(under, bufferBits)
		d.zeros.Product(y, under)
	}
	over(exit.OverOnce, exit.Quantity)
	over(exit.OverTwice, d.api.Mul(2, exit.Quantity))
	return d.api.Add(d.api.Mul(exit.Linear, x), d.api.Mul(d.api.Sub(exit.Beyond, exit.Linear), exit.OverOnce),
		d.api.Mul(d.api.Sub(exit.Far, exit.Beyond), exit.OverTwice))
}

// tariffCommitted are the values of the identities.
func (d *definition) tariffCommitted() (values []frontend.Variable) {
	for i := range d.Buffer {
		b := &d.Buffer[i]
		for _, part := range [][]frontend.Variable{d.buffer.leaves, d.buffer.words, d.buffer.lots, b.Leaves, b.LeafUses, b.Entries, b.WordUse} {
			values = append(values, part...)
		}
		for _, row := range b.Rows {
			values = append(values, row.Listed, row.Set, row.Own, row.Legs[0], row.Legs[1])
		}
		for _, set := range b.Sets {
			values = append(values, set.Set, set.Group, set.Net.Plus, set.Net.Minus)
		}
		for _, group := range b.Groups {
			values = append(values, group.Long.Held, group.Short.Held)
		}
	}
	return values
}

// tariffSums: the opened leaves and entries stand in the tariff; by unwind set and group the nets are the sums of lots times deltas;
// by group what is long and what is short are the sums of the nets. Keys of sets are distinct, and so are the numbers of groups.
func (d *definition) tariffSums(api frontend.API, x frontend.Variable) {
	for i := range d.Buffer {
		b := &d.Buffer[i]
		leaves, words := gadget.NewFractions(api), gadget.NewFractions(api)
		for j := range b.Groups {
			leaves.Add(1, api.Sub(x, d.buffer.leaves[j]))
		}
		for j, row := range b.Rows {
			words.Add(row.Listed, api.Sub(x, d.buffer.words[j]))
		}
		leaves.AssertEqual(d.uses(api, x, b.Leaves, b.LeafUses))
		words.AssertEqual(d.uses(api, x, b.Entries, b.WordUse))

		held, nets, long, short := gadget.NewFractions(api), gadget.NewFractions(api), gadget.NewFractions(api), gadget.NewFractions(api)
		for j, row := range d.rows {
			entry := &b.Rows[j]
			add := func(delta, group frontend.Variable) {
				held.Add(api.Mul(d.buffer.lots[j], api.Sub(delta, publicinput.BufferDeltaShift)), api.Sub(x, d.setKey(entry.Set, group)))
			}
			add(entry.Own, row.inputs.Group)
			for leg, delta := range entry.Legs {
				add(delta, row.inputs.Legs[leg])
			}
		}
		for _, set := range b.Sets {
			nets.Add(set.Net.Of(api), api.Sub(x, d.setKey(set.Set, set.Group)))
			long.Add(set.Net.Plus, api.Sub(x, set.Group))
			short.Add(set.Net.Minus, api.Sub(x, set.Group))
		}
		held.AssertEqual(nets)
		longs, shorts := gadget.NewFractions(api), gadget.NewFractions(api)
		for j, group := range b.Groups {
			longs.Add(group.Long.Held, api.Sub(x, d.Table.Groups[j].Number))
			shorts.Add(group.Short.Held, api.Sub(x, d.Table.Groups[j].Number))
		}
		long.AssertEqual(longs)
		short.AssertEqual(shorts)
	}
}

func (d *definition) uses(api frontend.API, x frontend.Variable, poles, counts []frontend.Variable) *gadget.Fractions {
	sum := gadget.NewFractions(api)
	for i, pole := range poles {
		sum.Add(counts[i], api.Sub(x, pole))
	}
	return sum
}
