package prefunding

import (
	"slices"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
)

// Change is what becomes of a result on its way into the witness: of the candidates, the honest prover takes the largest.
type Change func(name string, candidates ...int64) int64

// Book is what a witness is made from.
type Book struct {
	Sums      *formula.Sums
	Standings int                 // slots
	Cells     [][]int64           // sums of cells by slot
	Loss      func(row int) int64 // of the whole account
	Families  []int64             // the worst losses without paths
}

type assigner struct {
	Book
	out    *Inputs
	change Change
}

// Assign fills the witness and gives the worst losses with paths. Every named result passes through change.
func Assign(book Book, change Change) (Inputs, []int64) {
	structure := book.Sums.Table.Structure
	inputs := NewInputs(structure, book.Standings)
	a := &assigner{Book: book, out: &inputs, change: change}
	a.free(&inputs.Money, formula.FreeMoney)
	a.free(&inputs.Positions, formula.FreePositions)
	needs := make([]int64, len(structure.Paths))
	for i := range inputs.Venues {
		a.venue(i, needs)
	}
	families := slices.Clone(book.Families)
	for i, family := range structure.PathFamilies() {
		candidates := []int64{families[family]}
		for p, path := range structure.Paths {
			if of, _ := structure.FamilyOf(path.First); of == family {
				candidates = append(candidates, a.ends(p, needs[p])...)
			}
		}
		families[family] = a.result("worst with paths", &inputs.Families[i], candidates...)
	}
	return inputs, families
}

func (a *assigner) result(name string, to *frontend.Variable, candidates ...int64) int64 {
	value := a.change(name, candidates...)
	*to = gadget.Signed(value)
	return value
}

// positive fills the parts of x; what a forger adds to the positive part, he adds to the negative one.
func (a *assigner) positive(name string, to *gadget.Sides, x int64) int64 {
	plus := a.result(name, &to.Plus, 0, x)
	to.Minus = gadget.Signed(plus - x)
	return plus
}

func (a *assigner) free(to *FreeInputs, slot int) {
	to.First = gadget.Signed(a.Cells[slot][0])
	for p := range to.Losses {
		to.Losses[p] = gadget.Signed(a.Cells[slot][1+p])
	}
}

func (a *assigner) venue(i int, needs []int64) {
	slot, distance := a.Cells[formula.VenueSlots+i], int64(0)
	if i < len(a.Sums.Standings) {
		distance = a.Sums.Standings[i].Distance
	}
	a.out.Venues[i].First = gadget.Signed(slot[0])
	for p := range needs {
		needs[p] += a.positive("need", &a.out.Venues[i].Needs[p], slot[1+p]-distance)
	}
}

// freeLoss is l₀ as the circuit reads it from the cells.
func (a *assigner) freeLoss(row int) int64 {
	if p, first := a.Sums.Table.PathFrom(row); first {
		return a.Cells[formula.FreeMoney][1+p] + a.Cells[formula.FreePositions][1+p]
	}
	return a.Cells[formula.FreePositions][0]
}

// ends fills what a path costs by the row in which it ends.
func (a *assigner) ends(p int, need int64) (losses []int64) {
	path := a.Sums.Table.Paths[p]
	money := a.Sums.CountedCash() + a.Cells[formula.FreeMoney][0]
	for e, row := range path.Then {
		end := &a.out.Paths[p].Ends[e]
		residual := a.positive("residual", &end.Residual, a.freeLoss(path.First)-a.freeLoss(row))
		missing := a.positive("missing", &end.Missing, need+residual-money)
		charged := a.result("charged", &end.Charged, formula.CeilMillion(a.Sums.Table.Parameters.Prefunding, missing))
		losses = append(losses, a.Loss(row)+charged)
	}
	return losses
}

// AssignStandings fills the slots of the standings.
func AssignStandings(standings []publicinput.Standing, slots int) []Standing {
	filled := make([]Standing, slots)
	for i := range filled {
		var standing publicinput.Standing
		if i < len(standings) {
			standing = standings[i]
		}
		filled[i] = Standing{Active: gadget.Bit(i < len(standings)), Venue: gadget.Signed(standing.Venue),
			Distance: gadget.Sides{Plus: gadget.Signed(max(standing.Distance, 0)), Minus: gadget.Signed(max(-standing.Distance, 0))}}
	}
	return filled
}

// AssignStand fills where a row stands; slots of standings without a row of the table's say that it stands free.
func AssignStand(sums *formula.Sums, entry formula.Entry, slots int) Stand {
	stand := NewStand(slots)
	for i := range stand.At {
		stand.At[i] = gadget.Bit(false)
	}
	stand.Venue, stand.Free = gadget.Signed(0), gadget.Bit(entry.Row == nil || entry.Row.Stands == publicinput.StandsFree)
	if entry.Row == nil {
		return stand
	}
	stand.Venue = gadget.Signed(entry.Row.Venue)
	if slot, ok := sums.VenueSlot(entry); ok && slot >= formula.VenueSlots {
		stand.At[slot-formula.VenueSlots] = gadget.Bit(true)
	}
	return stand
}
