package prefunding

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
)

// Bits of a standing. A distance is below half the guard's limit; its word has room for 2⁶³ either way.
const (
	distanceBits  = 60
	distanceShift = 63
)

// ListHash asserts the account's standings and hashes them. Active slots come first; the first number is below 2¹⁶ and each further one 1
// to 2¹⁶ above that before it, so all are far below 2³² and none stands twice; an inactive slot has number 0 and no distance, so the word
// venue·2⁶⁴ + d + active·2⁶³ is active·word. |d| < 2⁶⁰, so words are below 2⁹⁶, and two to an element are injective: no distance runs
// into the venue's bits.
func ListHash(hasher *gadget.Hasher, api frontend.API, ranges *gadget.Ranges, zeros *gadget.Zeros,
	standings []Standing) (frontend.Variable, error) {
	count := frontend.Variable(0)
	elements := make([]frontend.Variable, (len(standings)+publicinput.StandingsPerElement-1)/publicinput.StandingsPerElement)
	for i := range elements {
		elements[i] = 0
	}
	for i, standing := range standings {
		empty := api.Sub(1, standing.Active)
		api.AssertIsBoolean(standing.Active)
		ranges.Below(standing.Distance.Plus, distanceBits)
		ranges.Below(standing.Distance.Minus, distanceBits)
		zeros.Sides(standing.Distance)
		zeros.Product(empty, api.Add(standing.Venue, standing.Distance.Size(api)))
		least := frontend.Variable(0)
		if i > 0 {
			before := standings[i-1]
			zeros.Product(standing.Active, api.Sub(1, before.Active))
			least = api.Mul(standing.Active, api.Add(before.Venue, 1))
		}
		ranges.Below(api.Sub(standing.Venue, least), publicinput.VenueBits)
		count = api.Add(count, standing.Active)
		word := api.Add(api.Mul(standing.Venue, gadget.Power(publicinput.StandingVenueOffset)), standing.Distance.Of(api),
			api.Mul(standing.Active, gadget.Power(distanceShift)))
		at, place := i/publicinput.StandingsPerElement, i%publicinput.StandingsPerElement
		elements[at] = api.Add(elements[at], api.Mul(word, gadget.Power(publicinput.StandingWordBits*place)))
	}
	return hasher.List(publicinput.StandingList, count, elements)
}

// Stands asserts where a row stands and gives what its head must say: 0 free, 1 at a venue that may act, 2 at one that never does.
// Exactly one of free, idle and the bits of the standings is set; a set bit's standing is of the head's venue. That free is a bit
// follows: it is 1 less the others, of which two could be set only at venue 0, where the head says 0, which is their sum and twice idle.
func Stands(api frontend.API, ranges *gadget.Ranges, stand *Stand, standings []Standing) frontend.Variable {
	acting := frontend.Variable(0)
	ranges.Below(stand.Venue, publicinput.VenueBits)
	for i, at := range stand.At {
		api.AssertIsBoolean(at)
		api.AssertIsEqual(api.Mul(at, api.Sub(standings[i].Venue, stand.Venue)), 0)
		acting = api.Add(acting, at)
	}
	idle := api.Sub(1, stand.Free, acting)
	api.AssertIsBoolean(idle)
	return api.Add(api.Mul(publicinput.StandsActing, acting), api.Mul(publicinput.StandsIdle, idle))
}

// Summand is a row of an account: its cells' value at the point of the identities, and in which slot it counts.
type Summand struct {
	Lots, Value frontend.Variable
	Position    bool
	Stand       *Stand
}

// AssertSums asserts that the packed sums of every slot are those of its rows, at a point of which powers are given. Of each slot this is
// a polynomial of degree below the number of elements; what is in it is bound before the point is drawn.
func AssertSums(api frontend.API, powers []frontend.Variable, rows []Summand, columns [][]frontend.Variable) {
	sums := make([]frontend.Variable, len(columns))
	for slot := range sums {
		sums[slot] = 0
	}
	for _, row := range rows {
		value, free := api.Mul(row.Lots, row.Value), freeMoney
		if row.Position {
			free = freePositions
		}
		sums[free] = api.Add(sums[free], api.Mul(row.Stand.Free, value))
		for i, at := range row.Stand.At {
			sums[freeSlots+i] = api.Add(sums[freeSlots+i], api.Mul(at, value))
		}
	}
	for slot, sum := range sums {
		api.AssertIsEqual(sum, gadget.At(api, powers, columns[slot]))
	}
}
