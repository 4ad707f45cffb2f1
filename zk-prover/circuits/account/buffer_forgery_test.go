package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// bufferForgery changes what a cheating prover charges itself with; what follows from it is computed anew. before says whether it had
// something to change; after changes the finished inputs, with the honest ones beside them.
type bufferForgery struct {
	name   string
	before func(*bufferCharge) bool
	after  func(inputs, honest *BufferInputs)
}

func always(*bufferCharge) bool { return true }

func nothing(_, _ *BufferInputs) {}

// honestTree puts back what the digest holds, so that only the look-up stands in the way.
func honestTree(inputs, honest *BufferInputs) {
	inputs.Sha, inputs.Leaves, inputs.Entries, inputs.LeafUses, inputs.WordUse = honest.Sha, honest.Leaves, honest.Entries, honest.LeafUses, honest.WordUse
}

// held is the first group that the account is long or short of.
func (c *bufferCharge) held() *tariff.Group {
	at := slices.IndexFunc(c.tariff.Groups, func(g tariff.Group) bool { return g.Number == c.nets[0].group })
	return &c.tariff.Groups[at]
}

// changed changes the entry of the first row that moves a liquidity group, and nets anew.
func (c *bufferCharge) changed(change func(*tariff.Entry)) bool {
	for _, row := range c.slots.rows {
		if row.Row == nil || row.Lots == 0 {
			continue
		}
		if held, _ := c.tariff.Entry(row.Row); held.Set != 0 {
			change(&c.tariff.Entries[slices.Index(c.tariff.Entries, held)])
			break
		}
	}
	c.nets = nil
	return c.addUp(buffered) == nil
}

func costless(group *tariff.Group) {
	group.Down, group.Up = make([]int64, len(group.Down)), make([]int64, len(group.Up))
	group.Long, group.Short = tariff.Exit{}, tariff.Exit{}
}

var bufferForgeries = []bufferForgery{
	{"another tariff than the epoch's", func(c *bufferCharge) bool { costless(c.held()); return true }, nothing},
	{"a group's rates that stand in no leaf", func(c *bufferCharge) bool { costless(c.held()); return true }, honestTree},
	{"a delta that stands in no entry", func(c *bufferCharge) bool {
		return c.changed(func(entry *tariff.Entry) { entry.Own, entry.Legs = 0, [2]int64{} })
	}, honestTree},
	{"another unwind set than the entry's", func(c *bufferCharge) bool {
		return c.changed(func(entry *tariff.Entry) { entry.Set++ })
	}, honestTree},
	{"lots without an entry", func(c *bufferCharge) bool {
		hidden := *c.slots
		hidden.rows = slices.Clone(c.slots.rows)
		at := slices.IndexFunc(hidden.rows, func(e formula.Entry) bool { return e.Row != nil && e.Lots != 0 })
		hidden.rows[at].Lots = 0
		c.slots, c.nets = &hidden, nil
		return c.addUp(buffered) == nil
	}, nothing},
	{"a net under the number of another group, its set a fraction", func(c *bufferCharge) bool {
		for _, number := range c.slots.groups {
			if number != c.nets[0].group && len(c.nets) == 1 {
				c.nets[0].group = number
				return true
			}
		}
		return false
	}, func(inputs, honest *BufferInputs) {
		set, true_ := &inputs.Sets[0], honest.Sets[0]
		shift := new(fr.Element).SetUint64(1 << 32)
		key := elementOf(true_.Set)
		key.Mul(&key, shift)
		group, other := elementOf(true_.Group), elementOf(set.Group)
		key.Add(&key, &group).Sub(&key, &other)
		set.Set = *key.Mul(&key, shift.Inverse(shift))
	}},
	{"no holdings at all", func(c *bufferCharge) bool { c.nets = nil; return true }, nothing},
	{"a net in two halves", func(c *bufferCharge) bool {
		first := c.nets[0]
		if len(c.nets) >= len(c.slots.rows) || first.net < 2 {
			return false
		}
		half := first
		half.net = first.net / 2
		c.nets[0].net -= half.net
		c.nets = slices.Insert(c.nets, 0, half)
		return true
	}, nothing},
	{"a holding in another group", func(c *bufferCharge) bool {
		for _, number := range c.slots.groups {
			if number != c.nets[0].group && len(c.nets) == 1 {
				c.nets[0].group = number
				return true
			}
		}
		return false
	}, nothing},
	{"a worst loss below one scenario's", always, func(inputs, _ *BufferInputs) { addTo(&inputs.Worst, -1) }},
	{"a worst loss above every scenario's", always, func(inputs, _ *BufferInputs) { addTo(&inputs.Worst, 1) }},
	{"a fall that lends to the rise, in a group that is not held", always, func(inputs, _ *BufferInputs) {
		group := unheld(inputs)
		addTo(&group.Down[0], 1<<rateBits)
		addTo(&group.Up[0], -1)
	}},
	{"a quantity that lends to the linear rate, in a group that is not held", always, func(inputs, _ *BufferInputs) {
		exit := &unheld(inputs).Long
		addTo(&exit.Quantity, 1<<tariff.QuantityBits)
		addTo(&exit.Linear, -1)
	}},
	{"a delta that lends to a leg's, so that they make nothing", func(c *bufferCharge) bool {
		if len(c.nets) != 1 || c.holdings() != 1 {
			return false
		}
		c.nets = nil
		return true
	}, func(inputs, _ *BufferInputs) {
		// own − X and leg + X/2³² pack to the same word; X is such that both together are 0.
		at := slices.IndexFunc(inputs.Rows, func(row BufferRowInputs) bool { return row.Listed == gadget.Bit(true) })
		row := &inputs.Rows[at]
		own, shift, one := elementOf(row.Own), new(fr.Element).SetUint64(1<<32), fr.One()
		half := publicinput.Signed(publicinput.BufferDeltaShift)
		own.Sub(&own, &half)
		lent := new(fr.Element).Sub(shift, &one)
		lent.Inverse(lent).Mul(lent, &own) // X/2³²
		leg := elementOf(row.Legs[0])
		row.Legs[0] = *leg.Add(&leg, lent)
		rest := elementOf(row.Own)
		row.Own = *rest.Sub(&rest, lent.Mul(lent, shift))
	}},
}

// holdings is the number of rows with lots; all of one group where it is 1 and the entry has no legs.
func (c *bufferCharge) holdings() (n int) {
	for _, row := range c.slots.rows {
		if row.Row != nil && row.Lots != 0 {
			n++
			if len(row.Row.Legs) > 0 {
				n++
			}
		}
	}
	return n
}

func elementOf(value frontend.Variable) fr.Element { return value.(fr.Element) }

// unheld is a group of which the account holds nothing, so that its rates multiply 0.
func unheld(inputs *BufferInputs) *BufferGroupInputs {
	at := slices.IndexFunc(inputs.Groups, func(group BufferGroupInputs) bool {
		return group.Long.Held == gadget.Signed(0) && group.Short.Held == gadget.Signed(0)
	})
	if at < 0 {
		at = 0
	}
	return &inputs.Groups[at]
}

func addTo(value *frontend.Variable, more int64) {
	element, step := (*value).(fr.Element), publicinput.Signed(more)
	*value = *element.Add(&element, &step)
}

// laid lays a drawn account out, with a charge of its own to change.
func laid(t *testing.T, d drawn) (*slots, *bufferCharge) {
	t.Helper()
	slots, err := slotsOf(d.shape, d.table, d.request.Account, d.request.Claim.Choice)
	if err != nil {
		t.Fatal(err)
	}
	charge, err := chargedBy(d.shape, d.table, d.request, slots)
	if err != nil {
		t.Fatal(err)
	}
	return slots, charge
}

func TestShouldRejectEveryForgeryOfTheBuffer(t *testing.T) {
	for _, forgery := range bufferForgeries {
		t.Run(forgery.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(63, 64))
			for made := 0; made < 3; {
				shape := []Shape{buffered, smallBuffered}[made%2]
				d, _ := drawBuffered(t, random, shape, publicinput.Given, 5000, anyAccount)
				slots, charged := laid(t, d)
				if len(charged.nets) == 0 || !forgery.before(charged) {
					continue
				}
				_, honest := laid(t, d)
				truth, _ := honest.inputs(shape, margin.Honest)
				assignment := forgeCharged(d, slots, charged, margin.Honest)
				forgery.after(&assignment.Circuit.Buffer[0], &truth)
				made++
				if accepts(assignment) {
					t.Fatal("the forgery must be rejected")
				}
			}
		})
	}
}

func TestShouldRejectEveryOtherResultOfTheCharge(t *testing.T) {
	witnesstest.FullTier(t)
	type other func(candidates ...int64) int64
	step := func(by int64) other { return func(candidates ...int64) int64 { return slices.Max(candidates) + by } }
	none := func(...int64) int64 { return 0 }
	// The wrong one of (0, x − θ): where it is 0, and where it is negative.
	dropped := func(candidates ...int64) int64 { return slices.Max(candidates) * boolean(slices.Min(candidates) < 0) }
	negative := func(candidates ...int64) int64 {
		if slices.Max(candidates) == 0 {
			return slices.Min(candidates)
		}
		return slices.Max(candidates)
	}
	for _, c := range []struct {
		name   string
		others []other
	}{
		{"holding beyond the quantity", []other{step(-1), step(1), dropped, negative}},
		{"holding beyond twice the quantity", []other{step(-1), step(1), dropped, negative}},
		{"close-out", []other{step(-1), step(1)}},
		{"quiet exit", []other{step(-1), step(1)}},
		{"close-out beyond the quiet exit", []other{step(-1), step(1), dropped, negative}},
		{"transmitted", []other{step(-1), step(1)}},
		{"buffer", []other{step(-1), step(1)}},
		{"place of the worst scenario", []other{none}},
		{"long of a group", []other{none, step(1)}},
		{"short of a group", []other{none, step(1)}},
	} {
		random := rand.New(rand.NewPCG(65, 66))
		for _, other := range c.others {
			for made := 0; made < witnesstest.Size(2, 8); {
				d, _ := drawBuffered(t, random, buffered, publicinput.Given, 5000, anyAccount)
				if _, charge := laid(t, d); len(charge.nets) == 0 {
					continue
				}
				changed, skipped := false, random.IntN(3)
				assignment := forge(d, func(result string, candidates ...int64) int64 {
					honest := slices.Max(candidates)
					if result == c.name && !changed && other(candidates...) != honest {
						if skipped--; skipped < 0 {
							changed = true
							return other(candidates...)
						}
					}
					return honest
				})
				if !changed {
					continue
				}
				made++
				if accepts(assignment) {
					t.Errorf("another %s must be rejected", c.name)
				}
			}
		}
	}
}

// A net on both sides more is no net; one that is less makes a loss of the other side a gain.
func TestShouldRejectNetsOnBothSides(t *testing.T) {
	random := rand.New(rand.NewPCG(73, 74))
	for round := range 40 {
		d, _ := drawBuffered(t, random, buffered, publicinput.Given, 5000, anyAccount)
		_, charge := laid(t, d)
		if len(charge.nets) == 0 {
			continue
		}
		both := []int64{1, -max(charge.nets[0].net, -charge.nets[0].net)}[round%2]
		changed := false
		assignment := forge(d, func(result string, candidates ...int64) int64 {
			if result == "net on both sides" && !changed {
				changed = true
				return both
			}
			return margin.Honest(result, candidates...)
		})
		if !changed || accepts(assignment) {
			t.Fatalf("a net %+d on both sides must be rejected", both)
		}
	}
}

// Every value of a witness without empty rows. Free are the unwind sets that the account does not have, which hold nothing, and the tail that
// a short leaf does not have.
func TestShouldRejectEveryMutationOfABufferedWitness(t *testing.T) {
	random := rand.New(rand.NewPCG(67, 68))
	d, _ := drawBuffered(t, random, buffered, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool {
		return len(e.instruments) == small.Positions && len(account.Positions) == small.Positions && len(account.Lines) == small.Lines &&
			len(e.sums.Groups) == small.Groups && account.Cash < 0 && len(account.Paid) == 0
	})
	assertSurvivors(t, survivors(t, random, assign(t, d)), `^(Challenge|MarginLeaf_0_Nodes_0_[0-3]|Buffer_0_Sets_\d+_(Set|Group)|Table_(Instruments|Lines)_\d+_Row_Columns_0_(Legs_\d|Es)_\d+)$`)
}

func TestShouldRefuseTheBufferByName(t *testing.T) {
	random := rand.New(rand.NewPCG(69, 70))
	for _, c := range []struct {
		code   string
		change func(*drawn)
	}{
		{"UNKNOWN_KIND", func(d *drawn) { d.request.Claim.Tag = publicinput.TagExcessOverInitial }},
		{"NO_BUFFER", func(d *drawn) { d.request.Epoch.BufferDigest = fr.Element{} }},
		{"NO_BUFFER", func(d *drawn) { d.request.Tariff = nil }},
		{"BUFFER_DIFFERS", func(d *drawn) { d.request.Tariff = tabletest.Tariff(random, d.table) }},
		{"WRONG_LENGTH", func(d *drawn) { d.request.Tariff = []byte{0x81, 0x01} }},
		{"TABLE_SHAPE_DIFFERS", func(d *drawn) { d.shape.Buffer.Entries *= 2 }},
	} {
		d, _ := drawBuffered(t, random, buffered, publicinput.Given, 5000, anyAccount)
		c.change(&d)
		if _, err := Assign(d.shape, d.table, d.request); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
	for {
		d := drawFor(t, random, buffered, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool { return !holdsNoOption(account, e) })
		d.request.Tariff = tabletest.Tariff(random, d.table)
		d.request = sealTariff(t, d)
		d.request.Claim.Tag = publicinput.TagExcessOverBuffer
		if _, err := Assign(buffered, d.table, d.request); refusal.Of(err).Code != "NO_BUFFER_PROOF_WITH_OPTIONS" {
			t.Fatalf("want NO_BUFFER_PROOF_WITH_OPTIONS, have %v", err)
		}
		break
	}
}

// Zeros adds terms that must not be negative: a bit of 2 would let the lots of one row pay for those of another.
func TestShouldRejectARowListedTwiceForOneThatIsNot(t *testing.T) {
	random := rand.New(rand.NewPCG(75, 76))
	var rows []int
	d, _ := drawBuffered(t, random, buffered, publicinput.Given, 1, func(_ publicinput.AccountLeaf, e seen) bool {
		rows = nil
		for i, row := range e.rows {
			if row.Row != nil && row.Lots != 0 {
				rows = append(rows, i)
			}
		}
		return len(rows) == 2
	})
	slots, charge := laid(t, d)
	hidden := *slots
	hidden.rows = slices.Clone(slots.rows)
	hidden.rows[rows[1]].Lots = 0
	charge.slots, charge.nets = &hidden, nil
	if err := charge.addUp(d.shape); err != nil {
		t.Fatal(err)
	}
	assignment := forgeCharged(d, slots, charge, margin.Honest)
	inputs := &assignment.Circuit.Buffer[0]
	inputs.Rows[rows[0]].Listed = gadget.Signed(2)
	at := slices.IndexFunc(inputs.WordUse, func(uses frontend.Variable) bool { return uses == gadget.Signed(1) })
	addTo(&inputs.WordUse[at], 1)
	if accepts(assignment) {
		t.Fatal("the forgery must be rejected")
	}
}

// The gravest forgeries again with an account that holds an option: the witness says that its lots move nothing.
func TestShouldRejectAnOptionThatIsSaidToMoveNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 72))
	for range 4 {
		d := drawFor(t, random, buffered, publicinput.Given, 5000, func(account publicinput.AccountLeaf, e seen) bool { return !holdsNoOption(account, e) })
		d.request.Tariff = tabletest.Tariff(random, d.table)
		d.request = sealTariff(t, d)
		d.request.Claim.Tag = publicinput.TagExcessOverBuffer
		slots, err := slotsOf(d.shape, d.table, d.request.Account, publicinput.Given)
		if err != nil {
			t.Fatal(err)
		}
		without := *slots
		without.rows = slices.Clone(slots.rows)
		for i := range without.rows {
			if without.rows[i].Row != nil && without.rows[i].Row.Option {
				without.rows[i].Lots = 0
			}
		}
		opened, err := tariff.Parse(d.table, d.request.Tariff)
		if err != nil {
			t.Fatal(err)
		}
		charge := &bufferCharge{tariff: opened, slots: &without, table: d.table}
		if err := charge.addUp(d.shape); err != nil {
			continue
		}
		charge.slots.sums = slots.sums
		if accepts(forgeCharged(d, slots, charge, margin.Honest)) {
			t.Fatal("an account with an option must be unsatisfiable")
		}
	}
}
