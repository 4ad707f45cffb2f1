package account

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tree"
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
		{"positions", func(account publicinput.AccountLeaf, e *evaluation) bool {
			return len(account.Positions) > 0 && abs(account.Positions[0].Lots) > 1
		}, func(account *publicinput.AccountLeaf) { account.Positions[0].Lots /= 2 }, func(c *Circuit) []EntryInputs { return c.Account.Positions }},
		{"paid", func(account publicinput.AccountLeaf, e *evaluation) bool {
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
		forged := forge(lighter, func(*evaluation) {})
		copy(list.slots(forged.Circuit), list.slots(honest.Circuit))
		forged.Circuit.Account.Path, forged.Circuit.Epoch, forged.Circuit.Seal = honest.Circuit.Account.Path, honest.Circuit.Epoch, honest.Circuit.Seal
		if accepts(forged) {
			t.Errorf("%s: lots that the list does not have must be rejected", list.name)
		}
	}
}

// ownLeaf opens a leaf that the forger made, under nodes of his own.
func ownLeaf(row *RowInputs, leaf fr.Element) {
	for level := len(row.Path) - 1; level >= 0; level-- {
		row.Path[level] = step(0, [tree.Arity]fr.Element{leaf})
		leaf = publicinput.Node(leaf, fr.Element{}, fr.Element{}, fr.Element{})
	}
}

// A row without losses in the place of the real one, and a margin that is right for it.
func TestShouldRejectALeafThatIsNotOfTheTable(t *testing.T) {
	random := rand.New(rand.NewPCG(77, 78))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e *evaluation) bool { return len(e.instruments) > 0 && e.core > 0 })
	number := d.request.Account.Positions[0].Key
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	at := slices.IndexFunc(lying.Instruments, func(row risktable.Row) bool { return row.Number == number })
	lying.Instruments[at].Loss = make([]int64, small.Rows)
	harmless := d
	harmless.table = &lying
	forged := forge(harmless, func(*evaluation) {})
	slot := slices.IndexFunc(forged.Circuit.Table.Instruments, func(i InstrumentInputs) bool { return i.Number == signed(number) })
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
	forged := forge(milder, func(*evaluation) {})
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
	d := drawUntil(t, random, holding)
	changed := randomTable(random, smallPlan)
	for {
		other := d
		other.table = parsedTable(t, changed)
		if e, err := evaluate(other.table, d.request.Account, publicinput.Given); err == nil && len(e.groups) <= small.Groups {
			forged := forge(other, func(*evaluation) {})
			if accepts(forged) {
				t.Fatal("another table must be rejected")
			}
			return
		}
		changed = randomTable(random, smallPlan)
	}
}

// One group in two slots: its net delta is taken apart and pays on both sides.
func TestShouldRejectAGroupInTwoSlots(t *testing.T) {
	random := rand.New(rand.NewPCG(83, 84))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) == 1 && e.groups[0].delta > 0 && e.groups[0].group.ImpactShort > 0 && e.required() > e.table.Parameters.MinimumMargin
	})
	e, _ := evaluate(d.table, d.request.Account, publicinput.Given)
	assignment, group, apart := assign(t, d), e.groups[0], int64(10_000_000)
	slot := slotOf(assignment, group)
	first, second := &assignment.Circuit.Table.Groups[slot], &assignment.Circuit.Table.Groups[1-slot]
	second.Number, second.ImpactLong, second.ImpactShort, second.Days, second.Path = first.Number, first.ImpactLong, first.ImpactShort, first.Days, first.Path
	first.DeltaPlus, second.DeltaMinus = signed(group.delta+apart), signed(apart)
	long, short := ceilMillion(group.delta+apart, group.group.ImpactLong), ceilMillion(apart, group.group.ImpactShort)
	first.Impact, second.Impact = signed(long), signed(short)
	claimIM(d, assignment, e.initialMargin-group.impact+long+short)
	if accepts(assignment) {
		t.Fatal("a group in two slots must be rejected")
	}
}

// A slot that opens nothing has number 0, and 0 is a number that an instrument may have: its lots must be 0 all the same.
func TestShouldRejectLotsOfAnInstrumentThatIsNotOpened(t *testing.T) {
	random := rand.New(rand.NewPCG(73, 74))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.instruments) == 1 && e.instruments[0].row.Number == 0 && e.instruments[0].paid == 0 && e.core > 0
	})
	lying := *d.table
	lying.Instruments = slices.Clone(d.table.Instruments)
	lying.Instruments[0].Loss = make([]int64, small.Rows)
	harmless := d
	harmless.table = &lying
	forged := forge(harmless, func(*evaluation) {})
	instrument := &forged.Circuit.Table.Instruments[0]
	ownLeaf(&instrument.Row, publicinput.HashOf(publicinput.Instrument, lying.Instruments[0].Elements()...))
	instrument.Active = signed(0)
	place, _ := d.table.Place(publicinput.Instrument, 0)
	under := &forged.Circuit.Table.Multiplicities[place>>(2*publicinput.TablePathLevels)]
	count := (*under).(fr.Element)
	one := fr.One()
	*under = *count.Sub(&count, &one)
	if accepts(forged) {
		t.Fatal("an instrument that is not opened must have no lots")
	}
}
