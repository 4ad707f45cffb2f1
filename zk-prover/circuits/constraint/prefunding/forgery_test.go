package prefunding

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Rows and venues of the table that the forgeries stand on. Paths: up, then down or back; down, then up or back; spread, a family of its
// own, then back.
const (
	up, down, back, spread = 0, 1, 2, 3

	free, first, second, wallet, third = 0, 1, 2, 3, 4
)

// holding is so many lots of one entry, standing somewhere.
type holding struct {
	domain  publicinput.Domain // Instrument, Collateral or Debt
	venue   int64
	losses  [4]int64 // by row
	value   int64
	atVenue [3]int64 // what the venue's count of a lot of collateral loses, by path
	lots    int64
}

// leg is a position that loses so much up, and gains it down.
func leg(venue, loss, lots int64) holding {
	return holding{domain: publicinput.Instrument, venue: venue, losses: [4]int64{loss, -loss, 0, loss / 2}, lots: lots}
}

// money is collateral or debt that does not move.
func money(domain publicinput.Domain, venue, value, lots int64) holding {
	return holding{domain: domain, venue: venue, value: value, lots: lots}
}

func profits(losses []int64) []any {
	list := make([]any, len(losses))
	for i, loss := range losses {
		list[i] = -loss
	}
	return list
}

func integers(numbers ...int64) []any {
	list := make([]any, len(numbers))
	for i, number := range numbers {
		list[i] = number
	}
	return list
}

// forgeryBook is an account of these holdings and standings, over a table in which each holding has an entry of its own.
func forgeryBook(t *testing.T, cash int64, standings []publicinput.Standing, holdings ...holding) book {
	t.Helper()
	none, instruments, assets := []any{}, []any{}, []any{}
	account := publicinput.AccountLeaf{Cash: cash, AtVenues: true, Standings: standings}
	for _, h := range holdings {
		if h.domain == publicinput.Instrument {
			number := int64(len(instruments))
			instruments = append(instruments, []any{number, "instrument", int64(1), int64(0), none, h.value, profits(h.losses[:]), none,
				integers(0), none, none,
				int64(0), integers(0, 0), none, int64(risktable.BoundMax), h.venue})
			account.Positions = append(account.Positions, publicinput.Entry{Key: number, Lots: h.lots})
			continue
		}
		number, debtRow := int64(len(assets)), integers(h.losses[:]...)
		assets = append(assets, []any{number, "asset", int64(0), "major", int64(0), h.value, int64(0), int64(0), int64(0), h.value,
			profits(h.losses[:]), integers(0), h.value,
			debtRow, integers(0), none, integers(0, 0), none, int64(risktable.BoundMax), h.venue, int64(risktable.Million), profits(h.atVenue[:])})
		account.Lines = append(account.Lines, publicinput.Entry{Key: publicinput.LineKey(number, h.domain == publicinput.Debt), Lots: h.lots})
	}
	venues := []any{}
	for _, acts := range []int64{0, 1, 1, 0, 1} {
		venues = append(venues, []any{"venue", acts, int64(0), int64(0)})
	}
	table, err := risktable.Parse(canonical.Encode([]any{"bulwark-risk-table", int64(3), none, slices.Repeat([]any{none}, 4),
		[]any{[]any{"J", []any{integers(up), integers(down), integers(back)}}, []any{"ADV", []any{integers(spread)}}},
		[]any{[]any{"joint", integers(1_000_000, 0)}, []any{"adverse", integers(0, 1_000_000)}}, none, integers(0), integers(1_000_000),
		[]any{[]any{int64(0), "USD", none}, []any{int64(1), "coin", none}}, instruments, assets,
		integers(10_000, 800_000, 10_000, 0, 1<<60, publicinput.LotsMax),
		[]any{venues, []any{[]any{int64(up), integers(down, back)}, []any{int64(down), integers(up, back)}, []any{int64(spread),
			integers(back)}}, int64(1_000_003)}}))
	if err != nil {
		t.Fatal(err)
	}
	sums, err := formula.Sum(table, account)
	if err != nil {
		t.Fatal(err)
	}
	return book{publicinput.Wide, table, sums}
}

// refuses checks that the honest witness is accepted, that the forgery makes a loss smaller, and that it is rejected.
func (b book) refuses(t *testing.T, forged *chargeAlone) {
	t.Helper()
	honest := b.honest()
	if !b.accepts(honest) {
		t.Fatal("the honest witness must be accepted")
	}
	if slices.Equal(honest.Families, forged.Families) {
		t.Fatal("the forgery must change a worst loss")
	}
	if b.accepts(forged) {
		t.Fatal("the forgery must be rejected")
	}
}

// recounted is the witness of a prover who says that an entry counts in other slots: cells and bits follow.
func (b book) recounted(entry int, stand func(*Stand), slots ...int) *chargeAlone {
	cells := b.cells()
	if honest, ok := b.sums.VenueSlot(b.sums.Entries[entry]); ok {
		b.count(cells[honest], entry, -1)
	}
	for _, slot := range slots {
		b.count(cells[slot], entry, 1)
	}
	forged := b.assigned(cells, Honest)
	for i := range forged.Stands[entry].At {
		forged.Stands[entry].At[i] = value(0)
	}
	forged.Stands[entry].Free = value(0)
	for _, slot := range slots {
		if slot >= formula.VenueSlots {
			forged.Stands[entry].At[slot-formula.VenueSlots] = value(1)
		} else {
			forged.Stands[entry].Free = value(1)
		}
	}
	if stand != nil {
		stand(&forged.Stands[entry])
	}
	return forged
}

func (b book) count(cells []int64, entry int, sign int64) {
	for k, cell := range b.sums.Entries[entry].Row.AtVenue {
		cells[k] += sign * b.sums.Entries[entry].Lots * cell
	}
}

func at(slot int) int { return formula.VenueSlots + slot }

func TestShouldRejectAnEntryGivenTheSlotOfAnotherVenue(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 0}, {Venue: second, Distance: 90_000}}, leg(first, 5_000, 10),
		leg(second, -5_000, 10))
	b.refuses(t, b.recounted(0, nil, at(1)))
}

// With the number of the other venue beside it, the head says something else.
func TestShouldRejectAnEntryMovedToAnotherVenue(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 0}, {Venue: second, Distance: 90_000}}, leg(first, 5_000, 10),
		leg(second, -5_000, 10))
	b.refuses(t, b.recounted(0, func(stand *Stand) { stand.Venue = value(second) }, at(1)))
}

func TestShouldRejectAnEntryAtAVenueThatCountsAsFreeOrNowhere(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 0}}, leg(first, 5_000, 10), leg(free, -5_000, 10))
	b.refuses(t, b.recounted(0, nil, formula.FreePositions))
	b.refuses(t, b.recounted(0, nil))
}

// A venue and where it stands share an element: one more in the field above is 2¹⁶ in the one below.
func TestShouldRejectAVenueThatLendsToWhereItStands(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 0}}, leg(first, 5_000, 10), leg(free, -5_000, 10))
	b.refuses(t, b.recounted(0, func(stand *Stand) { stand.Venue = value(first + 1<<publicinput.VenueBits) }, formula.FreePositions))
}

func TestShouldRejectAGainThatCountsTwice(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}, {Venue: second}}, leg(first, -5_000, 10), leg(second, 5_000, 10))
	b.refuses(t, b.recounted(0, nil, at(0), at(1)))
	b = forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(free, -5_000, 10), leg(first, 5_000, 10))
	b.refuses(t, b.recounted(0, nil, formula.FreePositions, at(0)))
}

// Empty slots have number 0, as free money has: a debt that counts in two of them is not owed to the house.
func TestShouldRejectAFreeDebtThatCountsInEmptySlots(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), money(publicinput.Debt, free, 7_000, 3))
	b.refuses(t, b.recounted(1, nil, at(1), at(2)))
	b.refuses(t, b.recounted(1, nil, at(1)))
	b.refuses(t, b.recounted(1, nil))
}

// Bits that are no bits: a share of a leg's loss at each of two venues, or one at the same venue more than once.
func TestShouldRejectAnEntryThatCountsInPart(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), leg(free, -5_000, 10))
	forged := b.recounted(0, nil)
	forged.Stands[0].Free, forged.Stands[0].At[0] = value(1), value(-1)
	b.refuses(t, forged)
	// Of a free debt minus one part in an empty slot leaves two parts free; in both empty slots ±1 leave all free and count a gain.
	b = forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), money(publicinput.Collateral, free, 7_000, 3))
	cells := b.cells()
	b.count(cells[at(1)], 1, 1)
	b.count(cells[at(2)], 1, -1)
	forged = b.assigned(cells, Honest)
	forged.Stands[1].At[1], forged.Stands[1].At[2] = value(1), value(-1)
	if !b.accepts(b.honest()) || b.accepts(forged) {
		t.Fatal("bits that are no bits must be rejected")
	}
}

func TestShouldRejectAVenuesClaimAndAPositionsFirstCellInFreeMoney(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}, {Venue: second, Distance: 90_000}}, leg(first, 5_000, 10), leg(second,
		-5_000, 10),
		money(publicinput.Collateral, first, 7_000, 3), money(publicinput.Collateral, wallet, 7_000, 3))
	b.refuses(t, b.recounted(2, nil, formula.FreeMoney))
	b.refuses(t, b.recounted(3, nil, formula.FreeMoney))
	// What a position that stands free loses in the row back, called 0, and free money instead: fractions in the losses beside it cancel out.
	option := holding{domain: publicinput.Instrument, venue: free, losses: [4]int64{0, 0, 900, 0}, lots: 20}
	b = forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), option)
	const moved = 18_000
	cells := b.cells()
	cells[formula.FreeMoney][0] += moved
	cells[formula.FreePositions][0] -= moved
	forged := b.assigned(cells, Honest)
	add(&forged.Inputs.Money.Losses[0], shifted(-moved, -publicinput.Wide.Bits))
	add(&forged.Inputs.Positions.Losses[0], shifted(moved, -publicinput.Wide.Bits))
	b.refuses(t, forged)
}

// The first cell stands beside the first path's loss: 2⁶³ more of one is 1 less of the other.
func TestShouldRejectFirstCellsThatLendToTheLossBesideThem(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), leg(free, 700, 1))
	cells := b.cells()
	cells[at(0)][1] -= 20_000
	forged := b.assigned(cells, Honest)
	add(&forged.Inputs.Venues[0].First, shifted(20_000, publicinput.Wide.Bits))
	b.refuses(t, forged)
	cells = b.cells()
	cells[formula.FreePositions][1] -= 700
	forged = b.assigned(cells, Honest)
	add(&forged.Inputs.Positions.First, shifted(700, publicinput.Wide.Bits))
	// The row back is then far below 0; so are the residuals that look at it.
	for p := range forged.Inputs.Paths {
		for e := range forged.Inputs.Paths[p].Ends {
			forged.Inputs.Paths[p].Ends[e].Residual = gadget.Sides{Plus: value(0), Minus: value(0)}
		}
	}
	if b.accepts(forged) {
		t.Fatal("a first cell beyond its range must be rejected")
	}
}

// Free money 2⁶³ above what it is, where the first path's loss is 1 less: the house has lent, so even then every sum is within its range.
func TestShouldRejectFreeMoneyThatLendsToTheLossBesideIt(t *testing.T) {
	b := forgeryBook(t, -60_000, []publicinput.Standing{{Venue: first}}, leg(first, 5_000, 10), leg(free, -5_000, 10))
	cells := b.cells()
	cells[formula.FreeMoney][1]--
	forged := b.assigned(cells, Honest)
	lent := shifted(1, publicinput.Wide.Bits)
	add(&forged.Inputs.Money.First, lent)
	for _, path := range forged.Inputs.Paths {
		for e := range path.Ends {
			end := &path.Ends[e]
			missing := end.Missing.Plus.(fr.Element)
			end.Missing, end.Charged = gadget.Sides{Plus: value(0), Minus: *new(fr.Element).Sub(&lent, &missing)}, value(0)
		}
	}
	forged.Families, forged.Inputs.Families = forged.Worst, []frontend.Variable{forged.Worst[0], forged.Worst[1]}
	b.refuses(t, forged)
}

// Any sum of cells that is not that of the entries.
func TestShouldRejectCellsThatAreNotTheSumsOfTheEntries(t *testing.T) {
	b := forgeryBook(t, -5, []publicinput.Standing{{Venue: first, Distance: -3}}, leg(first, 5_000, 10), leg(free, 700, 1),
		money(publicinput.Debt, free, 900, 2))
	for slot := range b.cells()[:at(1)] {
		for k := range 1 + len(b.table.Paths) {
			for _, shift := range []int64{-1, 1} {
				cells := b.cells()
				cells[slot][k] += shift
				if b.accepts(b.assigned(cells, Honest)) {
					t.Errorf("slot %d, cell %d, %+d must be rejected", slot, k, shift)
				}
			}
		}
	}
}

// What is missing, or what free entries lose on the way, called 0 or another row's.
func TestShouldRejectAResidualAndAMissingSumOfTheirOwn(t *testing.T) {
	option := holding{domain: publicinput.Instrument, venue: free, losses: [4]int64{4_000, -100, 1_000, 50}, lots: 20}
	b := forgeryBook(t, 1_000, []publicinput.Standing{{Venue: first}, {Venue: second, Distance: 90_000}}, leg(first, 5_000, 10), option,
		leg(second, -5_000, 10))
	for _, name := range []string{"residual", "missing"} {
		forged := b.assigned(b.cells(), func(result string, candidates ...int64) int64 {
			if result == name {
				return 0
			}
			return Honest(result, candidates...)
		})
		for p := range forged.Inputs.Paths {
			for e := range forged.Inputs.Paths[p].Ends {
				end := &forged.Inputs.Paths[p].Ends[e]
				part := map[string]*gadget.Sides{"residual": &end.Residual, "missing": &end.Missing}[name]
				*part = gadget.Sides{Plus: value(0), Minus: value(0)}
			}
		}
		b.refuses(t, forged)
	}
	forged := b.honest()
	ends := forged.Inputs.Paths[0].Ends
	ends[0].Residual, ends[1].Residual = ends[1].Residual, ends[0].Residual
	if b.accepts(forged) {
		t.Error("what is lost on the way to another row must be rejected")
	}
}

// standing changes the slots of an honest witness after the list; cells and needs follow from the distances that are claimed.
func (b book) restanding(claimed []publicinput.Standing, change func(*chargeAlone)) *chargeAlone {
	lying := *b.sums
	lying.Standings = claimed
	liar := book{b.packing, b.table, &lying}
	forged := liar.honest()
	forged.Standings = publicinput.StandingsHash(b.sums.Standings)
	if change != nil {
		change(forged)
	}
	return forged
}

func TestShouldRejectStandingsOtherThanTheAccounts(t *testing.T) {
	legs := []holding{leg(first, 5_000, 10), leg(second, -5_000, 10)}
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: -10}, {Venue: second, Distance: 4_000}, {Venue: third,
		Distance: -700}}, legs...)
	for name, claimed := range map[string][]publicinput.Standing{
		"one better":                {{Venue: first, Distance: -9}, {Venue: second, Distance: 4_000}, {Venue: third, Distance: -700}},
		"of another venue":          {{Venue: first, Distance: 4_000}, {Venue: second, Distance: -10}, {Venue: third, Distance: -700}},
		"a phantom dropped":         {{Venue: first, Distance: -10}, {Venue: second, Distance: 4_000}},
		"a phantom called 0":        {{Venue: first, Distance: -10}, {Venue: second, Distance: 4_000}, {Venue: third, Distance: 0}},
		"of an account without any": {{Venue: first}, {Venue: second}},
	} {
		t.Run(name, func(t *testing.T) { b.refuses(t, b.restanding(claimed, nil)) })
	}
	// Left out with its bit and its count: the entry counts where no venue acts, or as free.
	for _, slots := range [][]int{nil, {formula.FreePositions}} {
		forged := b.restanding([]publicinput.Standing{{Venue: second, Distance: 4_000}, {Venue: third, Distance: -700}}, nil)
		moved := book{b.packing, b.table, b.sums}.recounted(0, nil, slots...)
		forged.Stands[0] = moved.Stands[0]
		if b.accepts(forged) {
			t.Errorf("a standing left out, and its entry counted in %v, must be rejected", slots)
		}
	}
	// A phantom with d > 0 carries nothing elsewhere.
	b = forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 0}, {Venue: third, Distance: 60_000}}, leg(first, 5_000, 10))
	b.refuses(t, b.recounted(0, nil, at(1)))
	b.refuses(t, b.restanding([]publicinput.Standing{{Venue: first, Distance: 60_000}, {Venue: third, Distance: 0}}, nil))
}

// Two standings of one venue, of which the entries choose the better one.
func TestShouldRejectTwoStandingsOfOneVenueOrOutOfOrder(t *testing.T) {
	for _, standings := range [][]publicinput.Standing{
		{{Venue: first, Distance: 0}, {Venue: first, Distance: 90_000}}, {{Venue: second, Distance: 90_000}, {Venue: first, Distance: 0}},
	} {
		b := forgeryBook(t, 0, nil, leg(first, 5_000, 10))
		b.sums.Standings = standings
		forged := b.honest()
		if b.accepts(forged) {
			t.Errorf("%v must be rejected", standings)
		}
		slices.Reverse(standings)
	}
}

// An empty slot between standings would let a list be hashed with other slots; so would one with a distance or a number.
func TestShouldRejectEmptySlotsThatAreNotEmpty(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 5}}, leg(first, 5_000, 10))
	for name, change := range map[string]func(*chargeAlone){
		// The number of one slot and the distance of the same cancel out in its word.
		"number against distance": func(c *chargeAlone) {
			c.Slots[1].Venue = shifted(-1, -publicinput.StandingVenueOffset)
			c.Slots[1].Distance.Plus = value(1)
		},
		// What two slots of one element hold cancels out.
		"a gap": func(c *chargeAlone) {
			c.Slots[0].Active, c.Slots[1].Active = value(0), value(1)
			c.Slots[0].Venue, c.Slots[1].Venue = value(0), value(first)
		},
		"half active": func(c *chargeAlone) {
			two := publicinput.Signed(2)
			half := *new(fr.Element).Inverse(&two)
			c.Slots[0].Active, c.Slots[1].Active = half, half
		},
	} {
		forged := b.honest()
		change(forged)
		if !b.accepts(b.honest()) || b.accepts(forged) {
			t.Errorf("%s must be rejected", name)
		}
	}
}

// A list has one hash: no house can seal one with a gap, with an empty slot that is none, or with a slot that counts twice.
func TestShouldRejectAListThatIsNotInItsOneForm(t *testing.T) {
	word := func(venue, distance int64, halves int) *big.Int {
		word := new(big.Int).Lsh(big.NewInt(venue), publicinput.StandingVenueOffset)
		return word.Add(word, big.NewInt(distance)).Add(word, new(big.Int).Lsh(big.NewInt(int64(halves)), distanceShift))
	}
	for name, c := range map[string]struct {
		slots  []publicinput.Standing
		active []int
	}{
		"its form":                      {[]publicinput.Standing{{Venue: first, Distance: 5}, {Venue: second, Distance: 4}}, []int{1, 1}},
		"a gap":                         {[]publicinput.Standing{{Venue: free}, {Venue: first, Distance: 5}}, []int{0, 1}},
		"an empty slot with a number":   {[]publicinput.Standing{{Venue: first}, {Venue: free}}, []int{0, 0}},
		"an empty slot with a distance": {[]publicinput.Standing{{Venue: free, Distance: 5}, {Venue: free}}, []int{0, 0}},
		"a slot that counts twice":      {[]publicinput.Standing{{Venue: first, Distance: 5}, {Venue: second, Distance: 4}}, []int{2, 0}},
	} {
		b := forgeryBook(t, 0, nil, leg(free, 5_000, 10))
		b.sums.Standings = c.slots
		listed := b.honest()
		packed, count := new(big.Int), 0
		for i, active := range c.active {
			listed.Slots[i].Active = value(int64(active))
			packed.Add(packed, new(big.Int).Lsh(word(c.slots[i].Venue, c.slots[i].Distance, active), uint(publicinput.StandingWordBits*i)))
			count += active
		}
		listed.Standings = publicinput.Hash(publicinput.StandingList, count, []fr.Element{*new(fr.Element).SetBigInt(packed), {}})
		if b.accepts(listed) != (name == "its form") {
			t.Errorf("%s: accepted %t", name, name != "its form")
		}
	}
}

// A phantom's negative distance called 0: what is missing in its word is in a number that is a fraction mod r.
func TestShouldRejectANumberThatLendsToItsDistance(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: -60_000}}, leg(free, 5_000, 10))
	b.refuses(t, b.restanding([]publicinput.Standing{{Venue: first, Distance: 0}}, func(c *chargeAlone) {
		add(&c.Slots[0].Venue, shifted(-60_000, -publicinput.StandingVenueOffset))
	}))
}

// The standing of the next venue below, 2⁶⁴ better: the word is the same.
func TestShouldRejectADistanceThatRunsIntoTheVenue(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: second, Distance: 0}}, leg(first, 5_000, 10))
	forged := b.restanding([]publicinput.Standing{{Venue: first, Distance: 0}}, func(c *chargeAlone) {
		better := shifted(1, publicinput.StandingVenueOffset)
		add(&c.Slots[0].Distance.Plus, better)
		for p := range c.Inputs.Venues[0].Needs {
			add(&c.Inputs.Venues[0].Needs[p].Minus, better)
		}
		c.Families, c.Inputs.Families = append([]frontend.Variable{}, c.Worst...), []frontend.Variable{c.Worst[0], c.Worst[1]}
		for _, path := range c.Inputs.Paths {
			for e := range path.Ends {
				path.Ends[e].Missing, path.Ends[e].Charged = gadget.Sides{Plus: value(0), Minus: value(0)}, value(0)
			}
		}
	})
	if b.accepts(forged) {
		t.Fatal("a distance that runs into the venue must be rejected")
	}
}

// A negative distance as a positive part that is r − |d|, and one split into parts that are both there.
func TestShouldRejectADistanceInPartsThatAreNotItsOwn(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: -40}}, leg(first, 5_000, 10))
	for name, parts := range map[string]gadget.Sides{
		"a positive part below 0":  {Plus: value(-40), Minus: value(0)},
		"a negative part below 0":  {Plus: value(-80), Minus: value(-40)},
		"both parts":               {Plus: value(1), Minus: value(41)},
		"a negative part of −1":    {Plus: value(-41), Minus: value(-1)},
		"a positive part mod 2⁶⁰":  {Plus: shifted(1, 60), Minus: *sum(shifted(1, 60), 40)},
		"a fraction in both parts": {Plus: shifted(1, -1), Minus: *sum(shifted(1, -1), 40)},
	} {
		forged := b.honest()
		forged.Slots[0].Distance = parts
		if b.accepts(forged) {
			t.Errorf("%s must be rejected", name)
		}
	}
}

// A product below 0 and one above it cancel out in the sum of all: a distance whose negative part is below 0 lets a need have both parts.
func TestShouldRejectPartsWhoseProductsCancelOut(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first, Distance: 100}, {Venue: second, Distance: 900}}, leg(first, 10, 10),
		leg(second, -10, 10))
	changed := false
	forged := b.assigned(b.cells(), func(name string, candidates ...int64) int64 {
		if name == "need" && !changed {
			changed = true
			return Honest(name, candidates...) + 30
		}
		return Honest(name, candidates...)
	})
	forged.Slots[0].Distance = gadget.Sides{Plus: value(90), Minus: value(-10)}
	b.refuses(t, forged)
}

func sum(x fr.Element, more int64) *fr.Element {
	element := publicinput.Signed(more)
	return x.Add(&x, &element)
}
