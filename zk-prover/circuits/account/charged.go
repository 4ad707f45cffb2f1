package account

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// bufferCharge is a candidate's lots beside the tariff that charges them.
type bufferCharge struct {
	tariff *tariff.Tariff
	slots  *slots
	table  *risktable.Table
	nets   []setNet // by key
}

// setNet is what an unwind set nets to in a group, u: below 2⁶⁰ by the margin's own guard.
type setNet struct {
	set, group, net int64
}

// chargedBy opens the tariff of a request in a shape that asks for one, or says why the account has no proof: its epoch seals no such tariff,
// the shape has other places, or it holds an option.
func chargedBy(shape Shape, table *risktable.Table, request Request, slots *slots) (*bufferCharge, error) {
	if !shape.opensTariff() {
		return nil, nil
	}
	if request.Epoch.BufferDigest.IsZero() || len(request.Tariff) == 0 {
		return nil, refusal.New(refusal.Account, "NO_BUFFER", "request.tariff")
	}
	opened, err := tariff.Parse(table, request.Tariff)
	if err != nil {
		return nil, err
	}
	if opened.Digest != request.Epoch.BufferDigest {
		return nil, refusal.New(refusal.Account, "BUFFER_DIFFERS", "epoch.bufferDigest")
	}
	if (BufferShape{opened.Scenarios, opened.GroupPlaces(), opened.EntryPlaces()}) != shape.Buffer {
		return nil, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "request.tariff")
	}
	c := &bufferCharge{tariff: opened, slots: slots, table: table}
	return c, c.addUp(shape)
}

// BufferOf is what a tariff charges an account as booked, u: what a proof of the account shows, without one. An account that holds an option
// has none here, since a tariff publishes no delta of an option.
func BufferOf(table *risktable.Table, encoded []byte, account publicinput.AccountLeaf) (int64, error) {
	opened, err := tariff.Parse(table, encoded)
	if err != nil {
		return 0, err
	}
	shape := Shape{Positions: entriesMax, Lines: entriesMax, Groups: len(table.Groups), Depth: accountDepthMax, Opening: Direct,
		Structure: table.Structure, Standings: len(account.Standings),
		Buffer: BufferShape{opened.Scenarios, opened.GroupPlaces(), opened.EntryPlaces()}}
	slots, err := slotsOf(shape, table, account, publicinput.Given)
	if err != nil {
		return 0, err
	}
	charged := &bufferCharge{tariff: opened, slots: slots, table: table}
	if err := charged.addUp(shape); err != nil {
		return 0, err
	}
	_, buffer := charged.inputs(shape, margin.Honest)
	return buffer, nil
}

// addUp nets the rows by unwind set and group.
func (c *bufferCharge) addUp(shape Shape) error {
	nets := map[[2]int64]int64{}
	for i, row := range c.slots.rows {
		if row.Row == nil || row.Lots == 0 {
			continue
		}
		entry, ok := c.tariff.Entry(row.Row)
		if !ok {
			return refusal.New(refusal.Account, "NO_BUFFER_PROOF_WITH_OPTIONS", "account.positions[%d]", i)
		}
		lots := row.Lots
		if row.Row.Domain == publicinput.Debt {
			lots = -lots
		}
		groups := row.Row.LegGroups()
		nets[[2]int64{entry.Set, row.Row.Group}] += lots * entry.Own
		for leg, delta := range entry.Legs {
			nets[[2]int64{entry.Set, groups[leg]}] += lots * delta
		}
	}
	for key, net := range nets {
		if net != 0 {
			c.nets = append(c.nets, setNet{key[0], key[1], net})
		}
	}
	slices.SortFunc(c.nets, func(a, b setNet) int { return cmp.Or(cmp.Compare(a.set, b.set), cmp.Compare(a.group, b.group)) })
	gross := new(big.Int)
	for _, net := range c.nets {
		gross.Add(gross, new(big.Int).Abs(big.NewInt(net.net)))
	}
	if gross.Mul(gross, big.NewInt(microPerUnit)).BitLen() > tariff.QuantityBits {
		return refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	if len(c.nets) > shape.rows() {
		return refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "account.unwindSets")
	}
	return nil
}

// sums is a sum of products, exact.
type sums struct{ big.Int }

func (s *sums) add(factors ...int64) {
	product := big.NewInt(1)
	for _, factor := range factors {
		product.Mul(product, big.NewInt(factor))
	}
	s.Add(&s.Int, product)
}

// up and down are the sum over a divisor, toward +∞ and −∞: below 2⁶³, since what is held is below 2⁵⁶ µ$ and rates are below 2²⁰.
func (s *sums) up(divisor int64) int64 { return formula.CeilDiv(&s.Int, divisor) }

func (s *sums) down(divisor int64) int64 {
	return -formula.CeilDiv(new(big.Int).Neg(&s.Int), divisor)
}

// inputs fills the witness and gives the Buffer in u. Every named result passes through change.
func (c *bufferCharge) inputs(shape Shape, change margin.Change) (BufferInputs, int64) {
	inputs := newBuffer(shape)
	for i, limb := range tariff.Limbs(c.tariff.Sha) {
		inputs.Sha[i] = limb
	}
	result := func(name string, to *frontend.Variable, candidates ...int64) int64 {
		value := change(name, candidates...)
		*to = gadget.Signed(value)
		return value
	}
	leaves, words := c.tariff.Leaves(), c.tariff.Words()
	used := map[fr.Element]int64{}
	c.rows(&inputs, used)
	long, short := c.sets(&inputs, change)

	transmitted := make([]sums, c.tariff.Scenarios)
	total := int64(0)
	for i, number := range c.slots.groups {
		group, _ := c.tariff.Group(number)
		used[publicinput.HashOf(publicinput.BufferVectors, group.Elements()...)]++
		to := &inputs.Groups[i]
		for s := range group.Down {
			to.Down[s], to.Up[s] = gadget.Signed(group.Down[s]), gadget.Signed(group.Up[s])
			transmitted[s].add(long[number], group.Down[s])
			transmitted[s].add(short[number], group.Up[s])
		}
		var cost sums
		exitInputs(&to.Long, group.Long, long[number], &cost, result)
		exitInputs(&to.Short, group.Short, short[number], &cost, result)
		closeOut := result("close-out", &to.CloseOut, cost.up(risktable.Million))
		quiet := c.quiet(number)
		total += result("close-out beyond the quiet exit", &to.Excess, 0, closeOut-result("quiet exit", &to.Quiet, quiet.down(risktable.Million/microPerUnit)))
	}
	order := make([]int64, len(transmitted)) // the worst last
	for s := range order {
		order[s] = int64(s)
	}
	slices.SortFunc(order, func(a, b int64) int { return transmitted[a].Cmp(&transmitted[b].Int) })
	worst := transmitted[order[change("place of the worst scenario", int64(len(order)-1))]]
	inputs.Worst = *new(fr.Element).SetBigInt(&worst.Int)
	total += result("transmitted", &inputs.Transmitted, worst.up(risktable.Million/microPerUnit))
	buffer := result("buffer", &inputs.Buffer, formula.CeilDiv(big.NewInt(total), microPerUnit))
	for i := range leaves {
		inputs.Leaves[i], inputs.LeafUses[i] = leaves[i], gadget.Signed(used[leaves[i]])
	}
	for i := range words {
		inputs.Entries[i], inputs.WordUse[i] = words[i], gadget.Signed(used[words[i]])
	}
	return inputs, buffer
}

// rows fills the entries of the rows.
func (c *bufferCharge) rows(inputs *BufferInputs, used map[fr.Element]int64) {
	for i, row := range c.slots.rows {
		entry, listed := tariff.Entry{}, false
		if row.Row != nil && row.Lots != 0 {
			entry, listed = c.tariff.Entry(row.Row)
		}
		to := &inputs.Rows[i]
		*to = BufferRowInputs{Listed: gadget.Bit(listed), Set: gadget.Signed(entry.Set), Own: gadget.Signed(entry.Own + publicinput.BufferDeltaShift)}
		for leg, delta := range entry.Legs {
			to.Legs[leg] = gadget.Signed(delta + publicinput.BufferDeltaShift)
		}
		if listed {
			used[entry.Word()]++
		}
	}
}

// sets fills the nets and gives what is long and short by group.
func (c *bufferCharge) sets(inputs *BufferInputs, change margin.Change) (long, short map[int64]int64) {
	long, short = map[int64]int64{}, map[int64]int64{}
	last := int64(0)
	for i := range inputs.Sets {
		to := &inputs.Sets[i]
		if i >= len(c.nets) {
			last++
			*to = BufferSetInputs{Set: gadget.Signed(last), Group: gadget.Signed(0), Net: sides(0)}
			continue
		}
		net := c.nets[i]
		last = net.set
		both := change("net on both sides", 0)
		plus, minus := max(net.net, 0)+both, max(-net.net, 0)+both
		*to = BufferSetInputs{Set: gadget.Signed(net.set), Group: gadget.Signed(net.group),
			Net: gadget.Sides{Plus: gadget.Signed(plus), Minus: gadget.Signed(minus)}}
		long[net.group] += plus
		short[net.group] += minus
	}
	for i, number := range c.slots.groups {
		long[number], short[number] = change("long of a group", long[number]), change("short of a group", short[number])
		inputs.Groups[i].Long.Held, inputs.Groups[i].Short.Held = gadget.Signed(long[number]), gadget.Signed(short[number])
	}
	return long, short
}

// exitInputs fills one side and adds its charge, µ$ · ppm.
func exitInputs(to *ExitInputs, exit tariff.Exit, held int64, cost *sums, result func(string, *frontend.Variable, ...int64) int64) {
	to.Quantity, to.Linear, to.Beyond, to.Far = gadget.Signed(exit.Quantity), gadget.Signed(exit.Linear), gadget.Signed(exit.Beyond), gadget.Signed(exit.Far)
	x := microPerUnit * held
	once := result("holding beyond the quantity", &to.OverOnce, 0, x-exit.Quantity)
	twice := result("holding beyond twice the quantity", &to.OverTwice, 0, x-2*exit.Quantity)
	cost.add(exit.Linear, x)
	cost.add(exit.Beyond-exit.Linear, once)
	cost.add(exit.Far-exit.Beyond, twice)
}

// quiet is the impact line of the margin on a group's net delta, 10⁻⁶ u.
func (c *bufferCharge) quiet(number int64) (amount sums) {
	group, _ := c.table.Group(number)
	delta := c.slots.sums.Groups[number].Delta
	amount.add(max(delta, 0), group.ImpactLong)
	amount.add(max(-delta, 0), group.ImpactShort)
	for _, knot := range group.ImpactKnots {
		amount.add(max(0, max(delta, -delta)-knot.Threshold), knot.Slope)
	}
	return amount
}
