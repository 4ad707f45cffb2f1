package prefunding

import (
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
)

// The slots of what venues are charged by.
const (
	freeMoney     = formula.FreeMoney
	freePositions = formula.FreePositions
	freeSlots     = formula.VenueSlots
)

// Account is what the charge reads of the account.
type Account struct {
	Cash      frontend.Variable // as equity counts it
	Standings []Standing
	Loss      func(row int) frontend.Variable // of the whole account
	Families  []frontend.Variable             // the worst losses without paths, integers below 2^(LimitBits+2)
}

// Outcome is what the charge gives.
type Outcome struct {
	Families []frontend.Variable   // the worst losses with paths
	Columns  [][]frontend.Variable // packed sums of cells: free money, free positions, then by standing
}

// definition holds what one part of Define hands to the next.
type definition struct {
	api    frontend.API
	ranges *gadget.Ranges
	zeros  *gadget.Zeros
	table  Table
	inputs *Inputs

	bits int // of a column of the account
}

// Define asserts the charge. The caller has asserted the standings (ListHash) and counts 2·Σ|d| in the guard.
func Define(api frontend.API, ranges *gadget.Ranges, zeros *gadget.Zeros, table Table, account Account, inputs *Inputs) Outcome {
	d := &definition{api: api, ranges: ranges, zeros: zeros, table: table, inputs: inputs, bits: table.Packing.LimitBits()}
	columns := [][]frontend.Variable{d.free(&inputs.Money), d.free(&inputs.Positions)}
	for i := range inputs.Venues {
		columns = append(columns, d.venue(&inputs.Venues[i], account.Standings[i].Distance))
	}
	return Outcome{Families: d.families(account), Columns: columns}
}

// free packs the sums of what stands free; every cell is used, and ranged here.
func (d *definition) free(slot *FreeInputs) []frontend.Variable {
	d.ranges.Signed(slot.First, d.bits)
	for p := range slot.Losses {
		d.ranges.Signed(slot.Losses[p], d.bits)
	}
	return d.packed(slot.First, slot.Losses)
}

// venue packs the sums at a venue. T is the positive part of l − d: so l is d + T − S.
func (d *definition) venue(slot *VenueInputs, distance gadget.Sides) []frontend.Variable {
	losses := make([]frontend.Variable, len(slot.Needs))
	d.ranges.Signed(slot.First, d.bits)
	for p, need := range slot.Needs {
		d.ranges.Below(need.Plus, d.bits)
		d.ranges.Below(need.Minus, d.bits)
		d.zeros.Sides(need)
		losses[p] = d.api.Add(distance.Of(d.api), need.Of(d.api))
	}
	return d.packed(slot.First, losses)
}

// packed packs cells; those behind the last path are 0.
func (d *definition) packed(first frontend.Variable, losses []frontend.Variable) []frontend.Variable {
	cells := make([]frontend.Variable, publicinput.VenueCells)
	for k := range cells {
		cells[k] = 0
	}
	cells[0] = first
	copy(cells[1:], losses)
	return gadget.PackColumns(d.api, d.table.Packing, cells)
}

// freeLoss is l₀ in a row in which a path begins or ends: in the row back that of positions alone, which is their first cell.
func (d *definition) freeLoss(row int) frontend.Variable {
	if p, first := d.table.Structure.PathFrom(row); first {
		return d.api.Add(d.inputs.Money.Losses[p], d.inputs.Positions.Losses[p])
	}
	return d.inputs.Positions.First
}

// families are the worst losses with paths: M is not below the worst without, nor below any path's end, and equal to one of them.
func (d *definition) families(account Account) []frontend.Variable {
	structure := d.table.Structure
	worst := append([]frontend.Variable{}, account.Families...)
	money := d.api.Add(account.Cash, d.inputs.Money.First) // E₀, signed
	for i, family := range structure.PathFamilies() {
		worst[family] = d.inputs.Families[i]
		slacks := []frontend.Variable{d.api.Sub(worst[family], account.Families[family])}
		for p, path := range structure.Paths {
			if of, _ := structure.FamilyOf(path.First); of != family {
				continue
			}
			needs := frontend.Variable(0)
			for v := range d.inputs.Venues {
				needs = d.api.Add(needs, d.inputs.Venues[v].Needs[p].Plus)
			}
			for e, row := range path.Then {
				end := &d.inputs.Paths[p].Ends[e]
				charged := d.charged(end, d.api.Sub(d.freeLoss(path.First), d.freeLoss(row)), d.api.Sub(needs, money))
				slacks = append(slacks, d.api.Sub(worst[family], account.Loss(row), charged))
			}
		}
		for _, slack := range slacks {
			d.ranges.Below(slack, d.bits+4)
		}
		gadget.OneIsZero(d.api, slacks...)
	}
	return worst
}

// charged is ⌈χ·F/10⁶⌉ with F = (lacking + R)⁺ and R = falls⁺, the residual.
func (d *definition) charged(end *EndInputs, falls, lacking frontend.Variable) frontend.Variable {
	d.positivePart(falls, end.Residual, d.bits+1)
	d.positivePart(d.api.Add(lacking, end.Residual.Plus), end.Missing, d.bits+3)
	d.ranges.CeilMillion(d.api.Mul(d.table.Share, end.Missing.Plus), end.Charged)
	return end.Charged
}

// positivePart asserts that the sides are the positive and the negative part of x.
func (d *definition) positivePart(x frontend.Variable, sides gadget.Sides, bits int) {
	d.ranges.Below(sides.Plus, bits)
	d.ranges.Below(sides.Minus, bits)
	d.zeros.Sides(sides)
	d.api.AssertIsEqual(sides.Of(d.api), x)
}
