package prefunding

import (
	"testing"

	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
)

// What a venue's entries are worth, taken for what free ones lose in the row back: the residual beside it would be 0.
func TestShouldRejectALossInTheRowBackOfAVenuesSlot(t *testing.T) {
	option := holding{domain: publicinput.Instrument, venue: free, losses: [4]int64{4_000, 0, 0, 0}, lots: 20}
	winner := holding{domain: publicinput.Instrument, venue: third, losses: [4]int64{0, -9_000, 0, 0}, lots: 20}
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}, {Venue: second, Distance: 90_000}, {Venue: third}}, leg(first, 5_000, 10),
		money(publicinput.Collateral, first, 90_000, 1), option, leg(second, -5_000, 10), winner)
	cells := b.cells()
	cells[formula.FreePositions][0] = cells[at(0)][0]
	b.refuses(t, b.assigned(cells, Honest))
	b.refuses(t, b.recounted(4, nil, formula.FreePositions))
}

// The last path is the only one of its family: without it the family's worst loss is that of its rows.
func TestShouldRejectAFamilyWithoutItsCounterPath(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}, {Venue: second, Distance: 90_000}}, leg(first, 5_000, 10),
		leg(second, -5_000, 10))
	forged := b.honest()
	forged.Families[1], forged.Inputs.Families[1] = forged.Worst[1], forged.Worst[1]
	b.refuses(t, forged)
}

// A product that is hardly above a whole million: rounded down its remainder is just below 0, within what its other range leaves.
func TestShouldRejectAChargeThatIsRoundedDown(t *testing.T) {
	b := forgeryBook(t, 0, []publicinput.Standing{{Venue: first}, {Venue: second, Distance: 90_000}}, leg(first, 500, 10),
		leg(second, -500, 10))
	b.refuses(t, b.assigned(b.cells(), func(name string, candidates ...int64) int64 {
		if value := Honest(name, candidates...); name == "charged" && value > 0 {
			return value - 1
		}
		return Honest(name, candidates...)
	}))
}
