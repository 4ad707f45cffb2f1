package account

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// attack is a witness in which everything fits but what one constraint forbids.
//
// Of the asserting statements of packages account and gadget these have none, because others say the same:
//   - the range of what a charge calls transmitted: it differs by ranged integers from 100 times the ranged buffer, so it is an integer,
//     and of the integers only the ceiling has a remainder in its range;
//   - the range of the tail: package margin keeps it within 2²⁰ above the weight beyond the quantile, which is a million at most in a legal
//     table, and the field that could lend to it is 2³² apart;
//   - the range of the minimum margin: its element of the leaf holds nothing else that is not a constant;
//   - the range of negative cash: what it owes is ranged, so it is not below 0, and the guard bounds it;
//   - that a leaf is short or not, and that the steps of a path are bits: gnark's Select and Lookup2 assert it of what they choose by.
type attack struct {
	name   string
	needed suits                          // of the account
	forge  func(d drawn, c *Circuit) bool // changes the honest witness; false where this draw gives no occasion
}

func noPaid(account publicinput.AccountLeaf, _ seen) bool { return len(account.Paid) == 0 }

// shortOf is the slot of an instrument of one leaf that the account is short of, and that suits; or −1.
func shortOf(d drawn, c *Circuit, suits func(*risktable.Row) bool) int {
	laid, _ := slotsOf(d.shape, d.table, d.request.Account, publicinput.Given)
	return slices.IndexFunc(laid.rows[:len(c.Table.Instruments)], func(entry formula.Entry) bool {
		return entry.Row != nil && entry.Lots < 0 && !entry.Row.TwoSided && suits(entry.Row)
	})
}

func anyRow(*risktable.Row) bool { return true }

var attacks = []attack{
	{name: "short lots as long ones of less than nothing", forge: func(d drawn, c *Circuit) bool {
		at := shortOf(d, c, anyRow)
		if at < 0 {
			return false
		}
		lots := &c.Table.Instruments[at].Lots
		lots.Plus, lots.Minus = negative(lots.Minus), gadget.Signed(0)
		refitted(d, c)
		return true
	}},
	{name: "lots on both sides", forge: func(d drawn, c *Circuit) bool {
		at := shortOf(d, c, anyRow)
		if at < 0 {
			return false
		}
		lots := &c.Table.Instruments[at].Lots
		moved(&lots.Plus, gadget.Signed(100), 0)
		moved(&lots.Minus, gadget.Signed(100), 0)
		refitted(d, c)
		return true
	}},
	{name: "an overdraft as negative cash", needed: func(account publicinput.AccountLeaf, _ seen) bool { return account.Cash < 0 },
		forge: func(d drawn, c *Circuit) bool {
			c.Account.Cash = gadget.Sides{Plus: negative(c.Account.Cash.Minus), Minus: gadget.Signed(0)}
			limit := new(big.Int).Mul(whole(c.Account.Cash.Plus), big.NewInt(2))
			laid, _ := slotsOf(d.shape, d.table, d.request.Account, publicinput.Given)
			for _, entry := range laid.rows {
				if entry.Row != nil {
					limit.Add(limit, new(big.Int).Mul(big.NewInt(max(entry.Lots, -entry.Lots)), big.NewInt(entry.Row.Bound)))
				}
			}
			refitted(d, c)
			return limit.Sign() >= 0
		}},
	{name: "cash on both sides", forge: func(d drawn, c *Circuit) bool {
		moved(&c.Account.Cash.Plus, gadget.Signed(1_000_000), 0)
		moved(&c.Account.Cash.Minus, gadget.Signed(1_000_000), 0)
		refitted(d, c)
		return true
	}},
	{name: "a second nullifier of an owner who is the house in part", forge: func(d drawn, c *Circuit) bool {
		state(d, c, func(s *publicinput.Statement) { s.Name = d.request.Account.Number + 1 })
		c.Owner.ByHouse, c.Nullifier = gadget.Signed(2), negative(c.Nullifier)
		return true
	}},
	{name: "an owner of another account", forge: func(d drawn, c *Circuit) bool {
		c.Account.Owner = publicinput.OwnerOf(d.request.Secret, d.request.Account.Number+1, d.request.OwnerTail)
		moved(&c.Owner.Tail, gadget.Signed(1), -keyBits)
		sealedAs(d, c)
		return true
	}},
	{name: "a challenge of the whole field", forge: func(_ drawn, c *Circuit) bool { c.Challenge = gadget.Signed(-5); return true }},
	{name: "a scope of the whole field", forge: func(d drawn, c *Circuit) bool {
		scope := publicinput.Signed(-5)
		c.Scope = scope
		epoch := d.request.Epoch
		c.Nullifier = publicinput.NullifierOf(d.request.Secret, epoch.House, publicinput.Signed(epoch.Number), scope, d.request.Account.Number)
		return true
	}},
	{name: "one slot that counts for two entries",
		needed: func(account publicinput.AccountLeaf, _ seen) bool { return len(account.Positions) == 0 },
		forge: func(d drawn, c *Circuit) bool {
			c.Account.Positions[0].Active = gadget.Signed(2)
			sealedAs(d, c)
			return true
		}},
	{name: "an empty line of an asset below 0, on no side", needed: oneLineFree, forge: func(_ drawn, c *Circuit) bool {
		emptyLine(c, publicinput.Signed(1), -2)
		return true
	}},
	{name: "an empty line of half an asset", needed: oneLineFree, forge: func(_ drawn, c *Circuit) bool {
		half := publicinput.Signed(2)
		emptyLine(c, *half.Inverse(&half).Neg(&half), 1)
		return true
	}},
	{name: "a cash residual that lends to the maintenance share",
		needed: func(account publicinput.AccountLeaf, _ seen) bool { return account.Cash >= 0 },
		forge: func(d drawn, c *Circuit) bool {
			global := &c.Table.Global.Parameters
			moved(&global.CashResidual, global.Phi, -32)
			global.Phi = gadget.Signed(0)
			refitted(d, c)
			return true
		}},
	{name: "groups below their numbers, of an account that has none",
		needed: func(_ publicinput.AccountLeaf, e seen) bool { return len(e.sums.Groups) == 0 },
		forge: func(d drawn, c *Circuit) bool {
			for i := range c.Table.Groups {
				group := &c.Table.Groups[i]
				moved(&group.Number, gadget.Signed(-1), keyBits)
				moved(&group.Slopes.ImpactLong, gadget.Signed(1), 0)
			}
			return true
		}},
	{name: "a basis that is not charged and lends to one that is", forge: func(d drawn, c *Circuit) bool {
		for i := range c.Table.Groups {
			slopes, dated := &c.Table.Groups[i].Slopes.Basis, c.Margin.Groups[i].Dated
			for j := range dated {
				other := (j + 1) % len(dated)
				if sizeOf(dated[j]).Sign() != 0 && whole(slopes[j]).Sign() != 0 && sizeOf(dated[other]).Sign() == 0 {
					moved(&slopes[other], slopes[j], 20*(j-other))
					slopes[j] = gadget.Signed(0)
					refitted(d, c)
					return true
				}
			}
		}
		return false
	}},
	{name: "a slope that is not reached and lends to the short crowd's", forge: func(d drawn, c *Circuit) bool {
		at := shortOf(d, c, func(row *risktable.Row) bool { return row.CrowdShort > 0 && len(row.Knots) > 0 })
		if at < 0 {
			return false
		}
		charges := &c.Table.Instruments[at].Row.Charges
		if whole(c.Margin.Rows[at].Beyond[0]).Sign() != 0 {
			return false
		}
		moved(&charges.Knots[0].Slope, charges.CrowdShort, -64)
		charges.CrowdShort = gadget.Signed(0)
		refitted(d, c)
		return true
	}},
	{name: "a long crowd's slope that lends to the spread of short lots", forge: func(d drawn, c *Circuit) bool {
		at := shortOf(d, c, func(row *risktable.Row) bool { return row.Spread > 0 })
		if at < 0 {
			return false
		}
		charges := &c.Table.Instruments[at].Row.Charges
		moved(&charges.CrowdLong, charges.Spread, -32)
		charges.Spread = gadget.Signed(0)
		refitted(d, c)
		return true
	}},
	{name: "the spread of an asset that lends to its crowd's slope", forge: func(d drawn, c *Circuit) bool {
		for i := range c.Table.Lines {
			charges := &c.Table.Lines[i].Row.Charges
			if whole(charges.CrowdLong).Sign() > 0 {
				moved(&charges.Spread, charges.CrowdLong, 32)
				charges.CrowdLong = gadget.Signed(0)
				refitted(d, c)
				return true
			}
		}
		return false
	}},
	{name: "lots of an empty line", needed: oneLineFree, forge: func(d drawn, c *Circuit) bool {
		c.Table.Lines[len(c.Table.Lines)-1].Lots = gadget.Signed(5)
		refitted(d, c)
		sealedAs(d, c)
		return true
	}},
	{name: "charges of a leaf that has none", forge: func(d drawn, c *Circuit) bool {
		at := shortOf(d, c, func(row *risktable.Row) bool { return row.Short() })
		if at < 0 {
			return false
		}
		c.Table.Instruments[at].Row.Charges.CrowdShort = gadget.Signed(900)
		refitted(d, c)
		return true
	}},
}

func oneLineFree(account publicinput.AccountLeaf, _ seen) bool {
	return len(account.Lines) < small.Lines
}

// emptyLine makes the last line, which is empty, one of an asset and a side whose key is 0, with a leaf of its own.
func emptyLine(c *Circuit, asset fr.Element, side int64) {
	line := &c.Table.Lines[len(c.Table.Lines)-1]
	line.Asset, line.Debt = asset, gadget.Signed(side)
	row := risktable.Row{Domain: publicinput.Collateral, Loss: make([]int64, small.Structure.Rows),
		EsLoss: make([]int64, small.Structure.EsRows)}
	elements := row.Elements()
	elements[0].Add(&elements[0], &asset)
	ownLeaf(&line.Row, publicinput.HashOf(publicinput.Collateral+publicinput.Domain(side), elements...))
}

func TestShouldRejectForgeriesThatFit(t *testing.T) {
	random := rand.New(rand.NewPCG(301, 302))
	for _, attack := range attacks {
		t.Run(attack.name, func(t *testing.T) {
			needed := attack.needed
			if needed == nil {
				needed = noPaid
			}
			for range 500 {
				d := drawUntil(t, random, needed)
				honest, forged := assign(t, d), assign(t, d)
				if !attack.forge(d, forged.Circuit) {
					continue
				}
				refitted(d, honest.Circuit)
				sealedAs(d, honest.Circuit)
				if !accepts(honest) {
					t.Fatal("an honest witness that is made to fit must be accepted")
				}
				if accepts(forged) {
					t.Fatal("the forgery must be rejected")
				}
				return
			}
			t.Fatal("no draw gave the occasion")
		})
	}
}

// A position whose key makes up for the lots that it leaves out: the word is the same, the account has nothing.
func TestShouldRejectTheForgeryOfAKeyThatBorrowsAllLots(t *testing.T) {
	random := rand.New(rand.NewPCG(303, 304))
	d := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool {
		return len(account.Positions) == 1 && len(account.Paid) == 0
	})
	lighter := d
	lighter.request.Account.Positions = nil
	forged, honest := forge(lighter, margin.Honest), assign(t, d)
	c := forged.Circuit
	c.Account.Positions, c.Account.Path = honest.Circuit.Account.Positions, honest.Circuit.Account.Path
	c.Epoch, c.Seal = honest.Circuit.Epoch, honest.Circuit.Seal
	position := &c.Account.Positions[0]
	moved(&position.Number, position.Lots, -keyBits)
	position.Lots = gadget.Signed(0)
	if accepts(forged) {
		t.Fatal("the position must not vanish")
	}
}

// A claim that the house may make of the account as booked, made of another candidate.
func TestShouldRejectTheForgeryOfAnExactMarginOfAnotherCandidate(t *testing.T) {
	random := rand.New(rand.NewPCG(305, 306))
	for _, candidate := range []int64{publicinput.AllPaid, publicinput.Returned} {
		d := drawFor(t, random, small, candidate, 5000, anyAccount)
		forged := forge(d, margin.Honest)
		state(d, forged.Circuit, func(s *publicinput.Statement) { s.Amount = forged.Figures.InitialMargin })
		if accepts(forged) {
			t.Fatal("the exact margin is that of the account as booked")
		}
	}
}

// oneSided lays an account of a two-asset product out as if the product had one leaf, of the side given, for both sides.
func oneSided(d drawn, domain publicinput.Domain) drawn {
	slot := slices.IndexFunc(d.request.Account.Positions, func(e publicinput.Entry) bool {
		return slices.ContainsFunc(d.table.Shorts, func(row risktable.Row) bool {
			return row.Number == e.Key && (e.Lots < 0) == (domain == publicinput.Instrument)
		})
	})
	if slot < 0 {
		return d
	}
	number := d.request.Account.Positions[slot].Key
	table := *d.table
	table.Instruments = slices.Clone(d.table.Instruments)
	at := slices.IndexFunc(table.Instruments, func(row risktable.Row) bool { return row.Number == number })
	if domain == publicinput.InstrumentShort {
		table.Instruments[at] = d.table.Shorts[slices.IndexFunc(d.table.Shorts, func(row risktable.Row) bool { return row.Number == number })]
	}
	table.Instruments[at].TwoSided = false
	d.table = &table
	return d
}

func TestShouldRejectForgeriesOfTheSideOfATwoAssetProduct(t *testing.T) {
	random := rand.New(rand.NewPCG(307, 308))
	set := func(paidUp, twoSided int64) func(*InstrumentInputs) {
		return func(instrument *InstrumentInputs) {
			instrument.PaidUp, instrument.TwoSided = gadget.Signed(paidUp), gadget.Signed(twoSided)
		}
	}
	for name, c := range map[string]struct {
		domain publicinput.Domain
		make   func(*InstrumentInputs)
	}{
		"short lots by the long leaf":                                            {publicinput.Instrument, set(0, 1)},
		"long lots by the short leaf":                                            {publicinput.InstrumentShort, set(0, 1)},
		"short lots by the long leaf, whose flag of two sides is one of paid up": {publicinput.Instrument, set(2, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			for {
				d := drawUntil(t, random, noPaid)
				lying := oneSided(d, c.domain)
				if lying.table == d.table {
					continue
				}
				forged, made := forge(lying, margin.Honest), false
				for i, entry := range d.request.Account.Positions {
					row, _ := formula.Instrument(lying.table, entry.Key, entry.Lots)
					if row.Domain == c.domain && !row.TwoSided && isTwoSided(d.table, entry.Key) {
						c.make(&forged.Circuit.Table.Instruments[i])
						made = true
					}
				}
				if !made {
					continue
				}
				if accepts(forged) {
					t.Fatal("the forgery must be rejected")
				}
				return
			}
		})
	}
}

// An instrument read by another's leaf, whose number a leg lends that has nothing in it.
func TestShouldRejectForgeriesOfANumberThatALegLends(t *testing.T) {
	random := rand.New(rand.NewPCG(309, 310))
	for leg := range publicinput.Legs {
		for {
			d := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool {
				return len(account.Positions) > 0 && len(account.Paid) == 0
			})
			number := d.request.Account.Positions[0].Key
			other := slices.IndexFunc(d.table.Instruments, func(row risktable.Row) bool {
				return len(row.Legs) == 0 && row.Number != number && !row.TwoSided
			})
			lent := readBy(d, 0, other)
			forged := forge(lent, margin.Honest)
			by := d.table.Instruments[other].Number
			finish(d, forged.Circuit, 0, by)
			difference := gadget.Signed(by - number)
			moved(&forged.Circuit.Table.Instruments[0].Row.Legs[leg], difference, -keyBits*(2+leg))
			if accepts(forged) {
				t.Fatal("the forgery must be rejected")
			}
			break
		}
	}
}

func isTwoSided(table *risktable.Table, number int64) bool {
	return slices.ContainsFunc(table.Shorts, func(row risktable.Row) bool { return row.Number == number })
}

// readBy lets the account's position be of a row that is another instrument's.
func readBy(d drawn, position, other int) drawn {
	table := *d.table
	table.Instruments = slices.Clone(d.table.Instruments)
	number := d.request.Account.Positions[position].Key
	at := slices.IndexFunc(table.Instruments, func(row risktable.Row) bool { return row.Number == number })
	table.Instruments[at] = d.table.Instruments[other]
	table.Instruments[at].Number = number
	d.table = &table
	return d
}

// finish opens the leaf that the row is of, in the place of the instrument's own.
func finish(d drawn, c *Circuit, slot int, number int64) {
	a := &assigner{circuit: c, table: d.table}
	mine, _ := d.table.Place(publicinput.Instrument, whole(c.Table.Instruments[slot].Number).Int64())
	place, _ := d.table.Place(publicinput.Instrument, number)
	a.path(c.Table.Instruments[slot].Row.Path, place)
	under := func(place int64) *frontend.Variable {
		return &c.Table.Multiplicities[place>>(2*publicinput.TablePathLevels)]
	}
	addTo(under(mine), -1)
	addTo(under(place), 1)
}

// An instrument read by the leaf of one that loses nothing and moves nothing, whose number its group lends: there is nothing to sum in it.
func TestShouldRejectTheForgeryOfANumberThatAGroupLends(t *testing.T) {
	random := rand.New(rand.NewPCG(321, 322))
	root, _ := canonical.Decode(tabletest.Encoding(random, smallPlan), refusal.Table, "table")
	encoded := root.Content().([]any)
	idle := encoded[10].([]any)[1].([]any)
	idle[6], idle[9] = slices.Repeat([]any{int64(0)}, small.Structure.Rows), []any{[]any{idle[2], int64(0)}}
	table, err := risktable.Parse(canonical.Encode(encoded))
	if err != nil {
		t.Fatal(err)
	}
	number, other := table.Instruments[0].Number, table.Instruments[1].Number
	account := publicinput.AccountLeaf{Number: 3, Cash: 1_000_000_000, Positions: []publicinput.Entry{{Key: number, Lots: 10}}}
	d := drawn{shape: small, table: table, opened: table}
	d.request = sealRequest(random, small, table, account, publicinput.Statement{Tag: publicinput.TagInitialMarginEquals})
	if !accepts(forge(d, margin.Honest)) {
		t.Fatal("the honest witness must be accepted")
	}
	forged := forge(readBy(d, 0, 1), margin.Honest)
	finish(d, forged.Circuit, 0, other)
	moved(&forged.Circuit.Table.Instruments[0].Row.Group, gadget.Signed(other-number), -keyBits)
	if accepts(forged) {
		t.Fatal("the forgery must be rejected")
	}
}

// A venue attests lots that no entry has, one way or the other, and another takes back what is too many.
func TestShouldRejectTheForgeryOfAttestedLotsBeyondTheirBounds(t *testing.T) {
	random := rand.New(rand.NewPCG(323, 324))
	for _, beyond := range []int64{publicinput.LotsMax + 1, -publicinput.LotsMax - 1} {
		d := drawUntil(t, random, func(account publicinput.AccountLeaf, _ seen) bool {
			return len(account.Positions) > 0 && (account.Positions[0].Lots > 0) == (beyond > 0)
		})
		d.shape = attestedShape
		positions := d.request.Account.Positions
		split := func(most int64) drawn {
			number, much := d.request.Account.Number, []publicinput.Entry{{Key: positions[0].Key, Lots: most}}
			first := publicinput.Attestation{Venue: 3, Account: number, Entries: much}
			second := publicinput.Attestation{Venue: 7, Account: number, Entries: slices.Clone(positions)}
			second.Entries[0].Lots -= most
			return placed(d, first, second)
		}
		within := beyond - positions[0].Lots/max(positions[0].Lots, -positions[0].Lots)
		if !acceptsAttested(attestedForgery(split(within))) {
			t.Fatal("lots at the bound must be accepted")
		}
		if acceptsAttested(attestedForgery(split(beyond))) {
			t.Fatalf("%d lots must be rejected", beyond)
		}
	}
}

// An attestation that is not used, under nodes of its own, with lots that are counted.
func TestShouldRejectTheForgeryOfAnAttestationOfNoVenue(t *testing.T) {
	random := rand.New(rand.NewPCG(325, 326))
	d := attest(random, drawUntil(t, random, withPositions))
	assignment := assign(t, d)
	attestation, none := &assignment.Circuit.Venues[0].Attestations[1], d.request.Attested[1].Attestation
	attestation.Active, attestation.Venue, none.Venue = gadget.Bit(false), gadget.Signed(0), 0
	node := none.Hash()
	for level := len(attestation.Path) - 1; level >= 0; level-- {
		attestation.Path[level] = gadget.StepTo(0, [tree.Arity]fr.Element{node})
		node = publicinput.Node(node, fr.Element{}, fr.Element{}, fr.Element{})
	}
	if acceptsAttested(assignment) {
		t.Fatal("lots that no venue attests must be rejected")
	}
}

// Columns that are not the sums of lots and rows: of the groups alone, or of the whole account alone. A commitment to them is sealed.
func TestShouldRejectTheForgeryOfColumnsThatAreNoSums(t *testing.T) {
	random := rand.New(rand.NewPCG(327, 328))
	for name, lie := range map[string]func(*formula.Sums) bool{
		"of a group": func(sums *formula.Sums) bool {
			for number, group := range sums.Groups {
				changed := group.Delta != 0
				group.Delta = 0
				if sums.Groups[number] = group; changed {
					return true
				}
			}
			return false
		},
		"of the account": func(sums *formula.Sums) bool {
			changed := slices.ContainsFunc(sums.EsLosses, func(loss int64) bool { return loss != 0 })
			sums.EsLosses = make([]int64, len(sums.EsLosses))
			return changed
		},
	} {
		for _, shape := range []Shape{small, smallChallenge, smallCompact} {
			t.Run(name+", "+string(shape.Opening), func(t *testing.T) {
				for {
					d := drawFor(t, random, shape, publicinput.Given, 5000, noPaid)
					laid, _ := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
					if !lie(laid.sums) {
						continue
					}
					if !accepts(forge(d, margin.Honest)) {
						t.Fatal("the honest witness must be accepted")
					}
					if shape.Opening.Sealed() {
						sealed := *d.request.Sealed
						_, sealed.Root = tree.Climb(commitmentOf(d, laid), sealed.Place, sealed.Path)
						d.request.Sealed = &sealed
					}
					if accepts(forgeSlots(d, laid, margin.Honest)) {
						t.Fatal("the columns must be the sums")
					}
					return
				}
			})
		}
	}
}

func TestShouldRejectTheForgeryOfASeal(t *testing.T) {
	random := rand.New(rand.NewPCG(329, 330))
	for _, shape := range []Shape{small, smallChallenge, smallCompact} {
		assignment := assign(t, drawFor(t, random, shape, publicinput.Given, 5000, anyAccount))
		moved(&assignment.Circuit.Seal, gadget.Signed(1), 0)
		if accepts(assignment) {
			t.Fatalf("%s: another seal must be rejected", shape.Opening)
		}
	}
}
