package account

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// lie changes a copy of the table so that every packed element stays what it was: a field beyond its bits takes one from the field above it.
// The leaves open; only the ranges of the fields stand in the way.
type lie struct {
	name string
	tell func(table *risktable.Table, e seen) bool
}

// held finds a row of the account in the copy, to be changed there.
func held(table *risktable.Table, e seen, suits func(*risktable.Row) bool) *risktable.Row {
	for _, entry := range e.rows {
		if entry.Row == nil || entry.Lots == 0 || !suits(entry.Row) {
			continue
		}
		rows := &table.Instruments
		switch entry.Row.Domain {
		case publicinput.InstrumentShort:
			rows = &table.Shorts
		case publicinput.Collateral:
			rows = &table.Collateral
		case publicinput.Debt:
			rows = &table.Debts
		}
		*rows = slices.Clone(*rows)
		at := slices.IndexFunc(*rows, func(row risktable.Row) bool { return row.Number == entry.Row.Number })
		row := &(*rows)[at]
		row.Knots = slices.Clone(row.Knots)
		return row
	}
	return nil
}

// touched finds a group of the account in the copy.
func touched(table *risktable.Table, e seen, suits func(*risktable.Group) bool) *risktable.Group {
	table.Groups = slices.Clone(table.Groups)
	for i := range table.Groups {
		group := &table.Groups[i]
		if _, ok := e.sums.Groups[group.Number]; ok && suits(group) {
			for _, knots := range []*[]risktable.Knot{&group.ImpactKnots, &group.ContagionKnots, &group.CrowdingKnots} {
				*knots = slices.Clone(*knots)
			}
			return group
		}
	}
	return nil
}

func lendKnot(knots []risktable.Knot, bits int) {
	knots[0].Threshold, knots[0].Slope = knots[0].Threshold+1<<bits, knots[0].Slope-1
}

func charged(knots []risktable.Knot) bool { return len(knots) > 0 && knots[0].Slope > 0 }

var lies = []lie{
	{"a bound that lends to the spread", func(table *risktable.Table, e seen) bool {
		row := held(table, e, func(row *risktable.Row) bool { return row.Spread > 0 })
		if row != nil {
			row.Bound, row.Spread = row.Bound+1<<32, row.Spread-1
		}
		return row != nil
	}},
	{"a short crowd's slope that lends to the first knot", func(table *risktable.Table, e seen) bool {
		row := held(table, e, func(row *risktable.Row) bool { return len(row.Knots) > 0 && row.Domain == publicinput.Collateral })
		if row != nil {
			row.CrowdShort, row.Knots[0].Threshold = row.CrowdShort+1<<32, row.Knots[0].Threshold-1
		}
		return row != nil
	}},
	{"a knot that lends to its slope", func(table *risktable.Table, e seen) bool {
		row := held(table, e, func(row *risktable.Row) bool { return charged(row.Knots) })
		if row != nil {
			lendKnot(row.Knots, 32)
		}
		return row != nil
	}},
	{"an impact slope that lends to the other side's", func(table *risktable.Table, e seen) bool {
		group := touched(table, e, func(group *risktable.Group) bool { return group.ImpactShort > 0 })
		if group != nil {
			group.ImpactLong, group.ImpactShort = group.ImpactLong+1<<32, group.ImpactShort-1
		}
		return group != nil
	}},
	{"a contagion slope that lends to chi", func(table *risktable.Table, e seen) bool {
		group := touched(table, e, func(group *risktable.Group) bool { return group.Chi > 0 })
		if group != nil {
			group.ContagionShort, group.Chi = group.ContagionShort+1<<32, group.Chi-1
		}
		return group != nil
	}},
	{"chi that lends to psi", func(table *risktable.Table, e seen) bool {
		group := touched(table, e, func(group *risktable.Group) bool { return group.Psi > 0 })
		if group != nil {
			group.Chi, group.Psi = group.Chi+1<<32, group.Psi-1
		}
		return group != nil
	}},
	{"a tail that lends to the maintenance share", func(table *risktable.Table, _ seen) bool {
		table.Parameters.Tail, table.Parameters.Phi = table.Parameters.Tail+1<<32, table.Parameters.Phi-1
		return true
	}},
	{"a maintenance share that lends to the cash residual", func(table *risktable.Table, _ seen) bool {
		table.Parameters.Phi, table.Parameters.CashResidual = table.Parameters.Phi+1<<32, table.Parameters.CashResidual-1
		return true
	}},
	{"a weight that lends to the one beside it", func(table *risktable.Table, _ seen) bool {
		table.Weights = slices.Clone(table.Weights)
		table.Weights[1] = slices.Clone(table.Weights[1])
		table.Weights[1][0], table.Weights[1][1] = table.Weights[1][0]+1<<20, table.Weights[1][1]-1
		return true
	}},
	{"a weight of expected shortfall that lends to the one beside it", func(table *risktable.Table, _ seen) bool {
		table.EsWeights = slices.Clone(table.EsWeights)
		table.EsWeights[0], table.EsWeights[1] = table.EsWeights[0]+1<<20, table.EsWeights[1]-1
		return table.EsWeights[1] >= 0
	}},
}

func TestShouldRejectFieldsThatLendToTheirNeighbours(t *testing.T) {
	random := rand.New(rand.NewPCG(63, 64))
	for _, lie := range lies {
		for _, shape := range []Shape{small, smallChallenge, smallCompact} {
			t.Run(lie.name+", "+string(shape.Opening), func(t *testing.T) {
				for {
					d := drawFor(t, random, shape, publicinput.Given, 5000, func(_ publicinput.AccountLeaf, e seen) bool { return e.Liability })
					lying := *d.table
					slots, _ := slotsOf(shape, d.table, d.request.Account, publicinput.Given)
					if !lie.tell(&lying, seen{slots, slots.sums.Components()}) {
						continue
					}
					if !accepts(forge(d, margin.Honest)) {
						t.Fatal("the honest witness must be accepted")
					}
					d.table = &lying
					forged := forge(d, margin.Honest)
					if accepts(forged) {
						t.Fatal("the lie must be rejected")
					}
					return
				}
			})
		}
	}
}

// The same lie without the ranges would open the leaf: the hash of the lying fields is the table's.
func TestShouldMakeLiesThatOnlyARangeCanSee(t *testing.T) {
	head := func(bound, spread int64) *big.Int {
		packed := big.NewInt(bound)
		packed.Lsh(packed, 128)
		return packed.Add(packed, new(big.Int).Lsh(big.NewInt(spread), 160))
	}
	if head(7+1<<32, 4).Cmp(head(7, 5)) != 0 {
		t.Fatal("a bound of 2^32 more and a spread of one less must pack alike")
	}
}

func TestShouldRejectWhatTheStatementMayNotSay(t *testing.T) {
	random := rand.New(rand.NewPCG(65, 66))
	past := func(bits int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(bits)) }
	last := func(bits int) *big.Int { return new(big.Int).Sub(past(bits), big.NewInt(1)) }
	for _, c := range []struct {
		name   string
		bits   int
		change func(*drawn, *big.Int)
	}{
		{"challenge", publicinput.HalfFieldBits, func(d *drawn, x *big.Int) { d.request.Challenge.SetBigInt(x) }},
		{"scope", publicinput.HalfFieldBits, func(d *drawn, x *big.Int) { d.request.Scope.SetBigInt(x) }},
		{"owner tail", publicinput.OwnerTailBits, func(d *drawn, x *big.Int) {
			d.request.OwnerTail = x
			d.request.Account.Owner = publicinput.OwnerOf(d.request.Secret, d.request.Account.Number, x)
			d.request = reseal(small, d.request)
		}},
	} {
		d := draw(t, random, publicinput.Given, 5000)
		if c.change(&d, last(c.bits)); !accepts(assign(t, d)) {
			t.Errorf("%s of 2^%d − 1 must be accepted", c.name, c.bits)
		}
		if c.change(&d, past(c.bits)); accepts(assign(t, d)) {
			t.Errorf("%s of 2^%d must be rejected", c.name, c.bits)
		}
	}
}

// A second nullifier for the same secret, epoch and scope would let a claim be made twice.
func TestShouldRejectAnotherNullifierOfTheSameOwner(t *testing.T) {
	random := rand.New(rand.NewPCG(67, 68))
	d := draw(t, random, publicinput.Given, 5000)
	d.request.Claim.Name = d.request.Account.Number + 1
	assignment := assign(t, d)
	assignment.Circuit.Owner.ByHouse = gadget.Signed(2)
	nullifier := assignment.Public[publicinput.NullifierInput]
	assignment.Circuit.Nullifier = *nullifier.Neg(&nullifier)
	if accepts(assignment) {
		t.Fatal("a nullifier times anything but 0 or 1 must be rejected")
	}
}

func TestShouldRejectOtherKindsFromTheHouseAndAmountsBelowZero(t *testing.T) {
	random := rand.New(rand.NewPCG(69, 70))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e seen) bool { return e.Equity > e.InitialMargin+1 })
	d.request.Claim = publicinput.Statement{Tag: publicinput.TagExcessOverInitial, Name: d.request.Account.Number + 1}
	assignment := assign(t, d)
	assignment.Circuit.Owner.ByHouse, assignment.Circuit.Nullifier = gadget.Signed(1), gadget.Signed(0)
	if accepts(assignment) {
		t.Fatal("the house proves claims of kind 3 only")
	}
	d.request.Claim.Name = 0
	assignment = assign(t, d)
	element, step := assignment.Public[publicinput.StatementInput], publicinput.Signed(1<<publicinput.StatementAmountOffset)
	assignment.Circuit.Chosen.Amount, assignment.Circuit.Statement = gadget.Signed(-1), *element.Sub(&element, &step)
	if accepts(assignment) {
		t.Fatal("an amount below 0 must be rejected")
	}
}
