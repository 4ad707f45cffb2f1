package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
)

// The lists say one thing, the opened instruments another: fewer lots, with a margin that is right for them.
func TestShouldRejectInstrumentsThatDoNotCarryTheLists(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 72))
	for _, list := range []struct {
		name   string
		suits  suits
		change func(*publicinput.AccountLeaf)
		slots  func(*Circuit) []EntryInputs
	}{
		{"positions", func(account publicinput.AccountLeaf, e seen) bool {
			return len(account.Positions) > 0 && account.Positions[0].Lots/2 != 0
		}, func(account *publicinput.AccountLeaf) { account.Positions[0].Lots /= 2 }, func(c *Circuit) []EntryInputs { return c.Account.Positions }},
		{"paid", func(account publicinput.AccountLeaf, e seen) bool {
			return len(account.Paid) > 0 && account.Paid[0].Lots > 1
		},
			func(account *publicinput.AccountLeaf) { account.Paid[0].Lots /= 2 }, func(c *Circuit) []EntryInputs { return c.Account.Paid }},
	} {
		d := drawUntil(t, random, list.suits)
		honest := assign(t, d)
		lighter := d
		lighter.request.Account.Positions = slices.Clone(d.request.Account.Positions)
		lighter.request.Account.Paid = slices.Clone(d.request.Account.Paid)
		list.change(&lighter.request.Account)
		lighter.request = reseal(small, lighter.request)
		forged := forge(lighter, margin.Honest)
		copy(list.slots(forged.Circuit), list.slots(honest.Circuit))
		forged.Circuit.Account.Path, forged.Circuit.Epoch, forged.Circuit.Seal = honest.Circuit.Account.Path, honest.Circuit.Epoch, honest.Circuit.Seal
		if accepts(forged) {
			t.Errorf("%s: lots that the list does not have must be rejected", list.name)
		}
	}
}

func holding(_ publicinput.AccountLeaf, e seen) bool { return len(e.sums.Entries) > 0 }

// ownLeaf opens a leaf that the forger made, under nodes of his own.
func ownLeaf(row *RowInputs, leaf fr.Element) {
	for level := len(row.Path) - 1; level >= 0; level-- {
		row.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{leaf})
		leaf = publicinput.Node(leaf, fr.Element{}, fr.Element{}, fr.Element{})
	}
}

// A row without losses in the place of the real one, and a margin that is right for it.
func TestShouldRejectALeafThatIsNotOfTheTable(t *testing.T) {
	random := rand.New(rand.NewPCG(77, 78))
	d := drawUntil(t, random, func(account publicinput.AccountLeaf, e seen) bool {
		return account.Positions != nil && len(account.Positions) > 0 && e.Stress > 0
	})
	number := d.request.Account.Positions[0].Key
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	at := slices.IndexFunc(lying.Instruments, func(row risktable.Row) bool { return row.Number == number })
	lying.Instruments[at].Loss = make([]int64, small.Structure.Rows)
	harmless := d
	harmless.table = &lying
	forged := forge(harmless, margin.Honest)
	slot := slices.IndexFunc(forged.Circuit.Table.Instruments, func(i InstrumentInputs) bool { return i.Number == gadget.Signed(number) })
	ownLeaf(&forged.Circuit.Table.Instruments[slot].Row, publicinput.HashOf(publicinput.Instrument, lying.Instruments[at].Elements()...))
	if accepts(forged) {
		t.Fatal("a leaf of the forger's must be rejected")
	}
}

// Parameters of the forger's in the place of the published ones.
func TestShouldRejectAGlobalLeafThatIsNotOfTheTable(t *testing.T) {
	random := rand.New(rand.NewPCG(79, 80))
	d := drawUntil(t, random, holding)
	lying := *d.table
	lying.Parameters.Phi /= 2
	milder := d
	milder.table = &lying
	forged := forge(milder, margin.Honest)
	row := RowInputs{}
	ownLeaf(&row, publicinput.HashOf(publicinput.Global, lying.GlobalElements()...))
	forged.Circuit.Table.Global.Path = row.Path
	if accepts(forged) {
		t.Fatal("parameters of the forger's must be rejected")
	}
}

// Everything is right over another table, but the epoch has sealed this one.
func TestShouldRejectAnotherTable(t *testing.T) {
	random := rand.New(rand.NewPCG(81, 82))
	for _, shape := range []Shape{small, smallChallenge, smallCompact} {
		d := drawFor(t, random, shape, publicinput.Given, 5000, holding)
		for {
			other := d
			other.table = tabletest.Table(random, smallPlan)
			other.opened = other.table
			if _, err := slotsOf(shape, other.table, d.request.Account, publicinput.Given); err == nil {
				if accepts(forge(other, margin.Honest)) {
					t.Fatal("another table must be rejected")
				}
				break
			}
		}
	}
}

// One group in two slots: its columns are taken apart, so that each slot has its own worst cell. The second slot opens the first's leaf.
func TestShouldRejectAGroupInTwoSlots(t *testing.T) {
	random := rand.New(rand.NewPCG(83, 84))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e seen) bool { return len(e.sums.Groups) == 1 })
	slots, _ := slotsOf(small, d.table, d.request.Account, publicinput.Given)
	real := slots.sums.Numbers()[0]
	second := slices.IndexFunc(slots.groups, func(number int64) bool { return number != real })
	lying := *d.table
	lying.Groups = slices.Clone(d.table.Groups)
	for i, group := range lying.Groups {
		if group.Number == slots.groups[second] {
			lying.Groups[i], _ = d.table.Group(real)
			lying.Groups[i].Number = group.Number
		}
	}
	slots.sums.Table = &lying
	whole, apart := slots.sums.Groups[real], slots.sums.NoGroup()
	apart.Delta = 1_000_000
	whole.Delta -= apart.Delta
	slots.sums.Groups[real], slots.sums.Groups[slots.groups[second]] = whole, apart
	forged := forgeSlots(d, slots, margin.Honest)
	groups := forged.Circuit.Table.Groups
	groups[second] = groups[slices.Index(slots.groups, real)]
	place, _ := d.table.Place(publicinput.Group, slots.groups[second])
	if other, _ := d.table.Place(publicinput.Group, real); place>>(2*publicinput.TablePathLevels) != other>>(2*publicinput.TablePathLevels) {
		t.Fatal("both groups of this table stand under one node of the cap")
	}
	if accepts(forged) {
		t.Fatal("a group in two slots must be rejected")
	}
}

// A group of the account is not summed.
func TestShouldRejectAGroupLeftOut(t *testing.T) {
	random := rand.New(rand.NewPCG(85, 86))
	for _, shape := range []Shape{small, smallChallenge, smallCompact} {
		d := drawFor(t, random, shape, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool { return len(e.sums.Groups) > 1 })
		slots, _ := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
		for number := range slots.sums.Groups {
			without, _ := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
			delete(without.sums.Groups, number)
			if accepts(forgeSlots(d, without, margin.Honest)) {
				t.Fatalf("%s: group %d must not be left out", shape.Opening, number)
			}
		}
	}
}

// A slot that opens nothing has number 0, and 0 is a number that an instrument may have: its lots must be 0 all the same.
func TestShouldRejectLotsOfAnInstrumentThatIsNotOpened(t *testing.T) {
	random := rand.New(rand.NewPCG(73, 74))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e seen) bool {
		return len(e.instruments) == 1 && e.instruments[0].row.Number == 0 && e.instruments[0].paid == 0 && !e.instruments[0].row.TwoSided && e.Stress > 0
	})
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	lying.Instruments[0].Loss = make([]int64, small.Structure.Rows)
	harmless := d
	harmless.table = &lying
	forged := forge(harmless, margin.Honest)
	instrument := &forged.Circuit.Table.Instruments[0]
	ownLeaf(&instrument.Row, publicinput.HashOf(publicinput.Instrument, lying.Instruments[0].Elements()...))
	instrument.Active = gadget.Signed(0)
	place, _ := d.table.Place(publicinput.Instrument, 0)
	under := &forged.Circuit.Table.Multiplicities[place>>(2*publicinput.TablePathLevels)]
	count := (*under).(fr.Element)
	one := fr.One()
	*under = *count.Sub(&count, &one)
	if accepts(forged) {
		t.Fatal("an instrument that is not opened must have no lots")
	}
}
