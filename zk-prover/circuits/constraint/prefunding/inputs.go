// Package prefunding is what venues may close by themselves inside a circuit (venue risk, section 3): where every entry stands, what must
// reach each venue on each path, what free money does not carry, and so the worst loss of every family with its paths; exact.
//
// Takes: the opened rows' heads and cells, the account's standings, the worst losses of families without paths and the account's loss by
// row. Gives: the hash of the standings, the worst losses with paths, and the packed sums of cells that the caller's identities compare
// with rows.
//
// Soundness. (1) Where an entry stands is decided by the opened head: free, idle and one bit a standing are asserted to be bits of which
// one is set, and the number that they make is the head's; a set bit's standing has the number of the head's venue. Standings have
// strictly increasing numbers, so no entry has two bits to choose from, and one at a venue that may act, without a standing, has none: it
// has no proof. An empty slot of the standings has number 0, at which nothing acts. (2) The caller shows that the packed sums of each
// slot are Σ bit·lots·cells. `bound` of the opened leaf covers every cell, so the true sums are below 2^LimitBits in absolute value, by
// the guard, in which 2·Σ|d| counts: |d| < 2^(LimitBits−1). Cells of free slots, and every first cell, are ranged to that; the losses at
// a venue are d + (T − S) with T and S ranged to it: so no cell of the witness is off by half a slot, and equal elements have equal cells
// (publicinput.Packing). First cells at venues count nowhere; without their range they would lend to the losses beside them. (3) T, R and
// F are positive parts: x = x⁺ − x⁻ with both parts non-negative and one of them 0, x below 2^(LimitBits+4). (4) The quotient q =
// ⌈χF/10⁶⌉ has no range of its own: the family's worst loss M is a ranged distance above the worst loss without paths, which is an
// integer, and another above L(b) + q; so q is an integer below 2^(LimitBits+6) and the remainder's range makes it the ceiling. (5) M is
// not below any of its parts and equal to one of them.
package prefunding

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Table is what the charge reads of the opened table.
type Table struct {
	Structure risktable.Structure // with paths
	Packing   publicinput.Packing
	Share     frontend.Variable // χ, ppm; the caller ranges it to the bits of its field
}

// Standing is one slot of the account's standings: 0 where inactive.
type Standing struct {
	Active, Venue frontend.Variable
	Distance      gadget.Sides
}

// Stand says where an opened row stands.
type Stand struct {
	Venue frontend.Variable   // number, of the opened head
	Free  frontend.Variable   // 1: with the house, or pledged to it
	At    []frontend.Variable // by standing: 1 where the row stands at that venue, which may act
}

// NewStand makes a row's slots.
func NewStand(standings int) Stand { return Stand{At: make([]frontend.Variable, standings)} }

// Inputs are the witness of the charge, each asserted.
type Inputs struct {
	Money, Positions FreeInputs // of collateral and debt, and of positions that stand free
	Venues           []VenueInputs
	Paths            []PathInputs
	Families         []frontend.Variable // the worst loss with paths, by family that has some
}

// FreeInputs are the sums of cells of what stands free.
type FreeInputs struct {
	First  frontend.Variable
	Losses []frontend.Variable // by path
}

// VenueInputs are the first cell's sum at a venue, and by path T: what its entries lose beyond the standing.
type VenueInputs struct {
	First frontend.Variable
	Needs []gadget.Sides
}

// PathInputs are what a path costs in each row in which it ends.
type PathInputs struct {
	Ends []EndInputs
}

// EndInputs are R, l₀(a) − l₀(b); F, what cannot reach the venues; and ⌈χ·F⌉.
type EndInputs struct {
	Residual, Missing gadget.Sides
	Charged           frontend.Variable
}

// NewInputs makes the witness's slots.
func NewInputs(structure risktable.Structure, standings int) Inputs {
	paths := len(structure.Paths)
	inputs := Inputs{Venues: make([]VenueInputs, standings), Paths: make([]PathInputs, paths), Families: make([]frontend.Variable,
		len(structure.PathFamilies())),
		Money: FreeInputs{Losses: make([]frontend.Variable, paths)}, Positions: FreeInputs{Losses: make([]frontend.Variable, paths)}}
	for i := range inputs.Venues {
		inputs.Venues[i].Needs = make([]gadget.Sides, paths)
	}
	for p, path := range structure.Paths {
		inputs.Paths[p].Ends = make([]EndInputs, len(path.Then))
	}
	return inputs
}
