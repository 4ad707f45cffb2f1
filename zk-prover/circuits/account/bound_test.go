package account

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tree"
)

// forge fills the circuit from a changed evaluation and claims the IM that comes out of it, without asking whether it is true.
func forge(d drawn, change func(*evaluation)) *Assignment {
	e, err := evaluate(d.table, d.request.Account, d.request.Claim.Candidate)
	if err != nil {
		panic(err)
	}
	change(e)
	e.addUp()
	d.request.Claim.Amount = e.initialMargin
	children, _ := tree.Climb(d.request.Account.Hash(), d.request.Account.Number, d.request.Path)
	return fill(small, d.table, d.request, e, children)
}

func holding(_ publicinput.AccountLeaf, e *evaluation) bool {
	return len(e.instruments) > 0 && len(e.groups) > 0
}

// below gives the largest number under the maximum, if there is one.
func below(numbers []int64) (int64, bool) {
	most, second, found := slices.Max(numbers), int64(0), false
	for _, number := range numbers {
		if number < most && (!found || number > second) {
			second, found = number, true
		}
	}
	return second, found
}

func jointLosses(e *evaluation) []int64 {
	totals := make([]int64, e.table.Rows-1)
	for _, group := range e.groups {
		for r := range totals {
			totals[r] += group.losses[r]
		}
	}
	return totals
}

// The results of the formula, each too small and too large with all that follows from it.
func TestShouldRejectEveryResultThatIsNotTheFormulas(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	recombine := func(e *evaluation) {
		e.combine()
		e.core = max(0, slices.Max(e.combos))
	}
	for _, c := range []struct {
		name   string
		suits  suits
		change func(*evaluation)
	}{
		{"a group's worst row left out", func(account publicinput.AccountLeaf, e *evaluation) bool {
			_, ok := below(append(slices.Clone(firstLosses(e)), firstWorst(e)))
			return holding(account, e) && ok
		}, func(e *evaluation) {
			e.groups[0].worst, _ = below(e.groups[0].losses)
			recombine(e)
		}},
		{"a group's worst loss overstated", holding, func(e *evaluation) {
			e.groups[0].worst++
			recombine(e)
		}},
		{"the worst joint row left out", func(account publicinput.AccountLeaf, e *evaluation) bool {
			_, ok := below(jointLosses(e))
			return holding(account, e) && ok
		}, func(e *evaluation) {
			e.joint, _ = below(jointLosses(e))
			recombine(e)
		}},
		{"the worst joint loss overstated", holding, func(e *evaluation) {
			e.joint++
			recombine(e)
		}},
		{"the smaller combo as core", func(_ publicinput.AccountLeaf, e *evaluation) bool {
			return min(e.combos[0], e.combos[1]) > 0 && e.combos[0] != e.combos[1]
		},
			func(e *evaluation) { e.core = slices.Min(e.combos) }},
		{"a combo below 0 as core", func(_ publicinput.AccountLeaf, e *evaluation) bool { return slices.Max(e.combos) < 0 },
			func(e *evaluation) { e.core = slices.Max(e.combos) }},
		{"core overstated", holding, func(e *evaluation) { e.core++ }},
		{"the binding combo one too small", func(_ publicinput.AccountLeaf, e *evaluation) bool { return e.core > 0 }, func(e *evaluation) {
			e.combos[slices.Index(e.combos, e.core)]--
			e.core = max(0, slices.Max(e.combos))
		}},
		{"the binding combo one too large", func(_ publicinput.AccountLeaf, e *evaluation) bool { return e.core > 0 }, func(e *evaluation) {
			e.combos[slices.Index(e.combos, e.core)]++
			e.core = max(0, slices.Max(e.combos))
		}},
		{"a group left out", holding, func(e *evaluation) {
			e.groups = e.groups[1:]
			e.jointLoss()
			recombine(e)
		}},
		{"an impact one too small", func(_ publicinput.AccountLeaf, e *evaluation) bool {
			return len(e.groups) > 0 && e.groups[0].impact > 0
		},
			func(e *evaluation) { e.groups[0].impact-- }},
		{"an impact one too large", holding, func(e *evaluation) { e.groups[0].impact++ }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := drawUntil(t, random, c.suits)
			if !accepts(forge(d, func(*evaluation) {})) {
				t.Fatal("the honest witness must be accepted")
			}
			if accepts(forge(d, c.change)) {
				t.Fatal("the changed result must be rejected")
			}
		})
	}
}

func firstLosses(e *evaluation) []int64 {
	if len(e.groups) == 0 {
		return nil
	}
	return e.groups[0].losses
}

func firstWorst(e *evaluation) int64 {
	if len(e.groups) == 0 {
		return 0
	}
	return e.groups[0].worst
}

// owing says whether something else than cash is owed, so that the liability bit stands whatever is done to cash.
func owing(account publicinput.AccountLeaf, e *evaluation) bool {
	return e.owed > max(-account.Cash, 0)
}

// shift moves integers of an honest witness out of their range, or against each other, so that every sum stays as it was.
type shift struct {
	name  string
	suits suits
	make  func(drawn, *evaluation, *Assignment)
}

var shifts = []shift{
	{"cash with both parts", func(account publicinput.AccountLeaf, e *evaluation) bool {
		return account.Cash > 0 && owing(account, e)
	},
		func(d drawn, e *evaluation, a *Assignment) {
			a.Circuit.Account.CashPlus, a.Circuit.Account.CashMinus = signed(d.request.Account.Cash+1), signed(1)
			a.Circuit.Margin.CashDebt = signed(ceilMillion(1, risktable.Million+d.table.Parameters.CashResidual))
			inverse(a, e.owed+1)
		}},
	{"no liability where something is owed", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return e.owed > 0 && e.required() < e.table.Parameters.MinimumMargin
	}, func(d drawn, e *evaluation, a *Assignment) {
		a.Circuit.Margin.LiabilityInverse = signed(0)
		claimIM(d, a, e.required())
	}},
	{"IM below the minimum margin", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return e.owed > 0 && e.required() < e.table.Parameters.MinimumMargin
	}, func(d drawn, e *evaluation, a *Assignment) { claimIM(d, a, e.required()) }},
	{"IM of the minimum margin alone", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return e.owed > 0 && e.required() > e.table.Parameters.MinimumMargin
	}, func(d drawn, e *evaluation, a *Assignment) { claimIM(d, a, d.table.Parameters.MinimumMargin) }},
	{"a short position as a long one below 0", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.instruments) > 0 && e.instruments[0].lots < 0 && e.instruments[0].paid == 0
	}, func(d drawn, e *evaluation, a *Assignment) { sidesSwapped(d, e, a) }},
	{"a long position as a short one below 0", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.instruments) > 0 && e.instruments[0].lots > 0 && !e.instruments[0].row.PaidUp
	}, func(d drawn, e *evaluation, a *Assignment) { sidesSwapped(d, e, a) }},
	{"a position with both sides", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.instruments) > 0 && e.instruments[0].lots > 0 && !e.instruments[0].row.PaidUp
	}, func(d drawn, e *evaluation, a *Assignment) {
		instrument := &a.Circuit.Table.Instruments[0]
		instrument.Plus, instrument.Minus = signed(e.instruments[0].lots+1), signed(1)
		inverse(a, e.owed+2)
		sized(d, e, a, e.instruments[0].lots+2)
	}},
	{"a group's delta with both sides", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) > 0 && e.groups[0].delta > 0 && e.groups[0].group.ImpactLong+e.groups[0].group.ImpactShort > 0
	}, func(d drawn, e *evaluation, a *Assignment) {
		group, i := e.groups[0], slotOf(a, e.groups[0])
		a.Circuit.Table.Groups[i].DeltaPlus, a.Circuit.Table.Groups[i].DeltaMinus = signed(group.delta+1_000_000), signed(1_000_000)
		impacted(d, e, a, ceilMillion(group.delta+1_000_000, group.group.ImpactLong, 1_000_000, group.group.ImpactShort))
	}},
	{"a short delta as a long one below 0, which is not charged", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) > 0 && e.groups[0].delta < 0 && e.groups[0].group.ImpactLong == 0 && e.groups[0].impact > 0
	}, func(d drawn, e *evaluation, a *Assignment) {
		i := slotOf(a, e.groups[0])
		a.Circuit.Table.Groups[i].DeltaPlus, a.Circuit.Table.Groups[i].DeltaMinus = signed(e.groups[0].delta), signed(0)
		impacted(d, e, a, 0)
	}},
	{"a long delta as a short one below 0, which is not charged", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) > 0 && e.groups[0].delta > 0 && e.groups[0].group.ImpactShort == 0 && e.groups[0].impact > 0
	}, func(d drawn, e *evaluation, a *Assignment) {
		i := slotOf(a, e.groups[0])
		a.Circuit.Table.Groups[i].DeltaPlus, a.Circuit.Table.Groups[i].DeltaMinus = signed(0), signed(-e.groups[0].delta)
		impacted(d, e, a, 0)
	}},
	{"a bound that lends to the spread beside it", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.instruments) > 0 && e.instruments[0].lots != 0 && e.instruments[0].row.Spread > 0 && e.required() > e.table.Parameters.MinimumMargin
	}, func(d drawn, e *evaluation, a *Assignment) {
		row, instrument := e.instruments[0].row, &a.Circuit.Table.Instruments[0]
		instrument.Spread, instrument.Row.Bound = signed(row.Spread-1), signed(row.Bound+1<<32)
		claimIM(d, a, e.initialMargin-abs(e.instruments[0].lots))
	}},
	{"a maintenance share that lends to the cash residual beside it", holding, func(d drawn, e *evaluation, a *Assignment) {
		global := &a.Circuit.Table.Global
		global.Phi, global.CashResidual = signed(d.table.Parameters.Phi+1<<32), signed(d.table.Parameters.CashResidual-1)
		a.Circuit.Margin.Maintenance = signed(ceilMillion(d.table.Parameters.Phi+1<<32, e.initialMargin))
		cash := max(-d.request.Account.Cash, 0)
		a.Circuit.Margin.CashDebt = signed(ceilMillion(cash, risktable.Million+d.table.Parameters.CashResidual-1))
	}},
	{"a tail that lends to the maintenance share beside it", holding, func(d drawn, e *evaluation, a *Assignment) {
		global := &a.Circuit.Table.Global
		global.Tail, global.Phi = signed(d.table.Parameters.Tail+1<<32), signed(d.table.Parameters.Phi-1)
		a.Circuit.Margin.Maintenance = signed(ceilMillion(d.table.Parameters.Phi-1, e.initialMargin))
	}},
	{"a weight that lends to the one beside it", holding, func(d drawn, e *evaluation, a *Assignment) {
		weights := slices.Clone(d.table.Weights[1])
		weights[0], weights[1] = weights[0]+1<<20, weights[1]-1
		lying := *d.table
		lying.Weights = [][]int64{d.table.Weights[0], weights}
		e.table = &lying
		for family, weight := range weights {
			a.Circuit.Table.Global.Weights[1][family] = signed(weight)
		}
		stressed(d, e, a)
	}},
	{"an impact slope that lends to the one beside it", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) > 0 && e.groups[0].delta < 0 && e.groups[0].group.ImpactShort > 0 &&
			ceilMillion(-e.groups[0].delta, e.groups[0].group.ImpactShort-1) < e.groups[0].impact
	}, func(d drawn, e *evaluation, a *Assignment) {
		group, i := e.groups[0], slotOf(a, e.groups[0])
		a.Circuit.Table.Groups[i].ImpactLong, a.Circuit.Table.Groups[i].ImpactShort = signed(group.group.ImpactLong+1<<32), signed(group.group.ImpactShort-1)
		impacted(d, e, a, ceilMillion(-group.delta, group.group.ImpactShort-1))
	}},
	{"a group's value mod r that pays for its worst row", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) > 0 && slices.Max(e.groups[0].losses[:small.Rows-1]) < e.groups[0].worst
	}, func(d drawn, e *evaluation, a *Assignment) { valueModR(d, e, a) }},
	{"two impacts mod r", func(_ publicinput.AccountLeaf, e *evaluation) bool {
		return len(e.groups) == small.Groups && twoCeilings(e) > 0
	}, func(d drawn, e *evaluation, a *Assignment) { impactsModR(d, e, a) }},
}

func TestShouldRejectIntegersOutOfTheirRange(t *testing.T) {
	random := rand.New(rand.NewPCG(63, 64))
	for _, c := range shifts {
		t.Run(c.name, func(t *testing.T) {
			d := drawUntil(t, random, c.suits)
			e, _ := evaluate(d.table, d.request.Account, publicinput.Given)
			assignment := assign(t, d)
			c.make(d, e, assignment)
			if accepts(assignment) {
				t.Fatal("the changed witness must be rejected")
			}
		})
	}
}

// Cash below 0 counts with its residual and is owed; as positive cash below 0 it would count at par. The guard sees less than there is, so
// the account has enough else.
func TestShouldRejectNegativeCashAtPar(t *testing.T) {
	random := rand.New(rand.NewPCG(75, 76))
	d := drawUntil(t, random, func(account publicinput.AccountLeaf, e *evaluation) bool {
		return owing(account, e) && holding(account, e)
	})
	d.request.Account.Cash = -1000
	d.request = reseal(small, d.request)
	e, err := evaluate(d.table, d.request.Account, publicinput.Given)
	if err != nil {
		t.Fatal(err)
	}
	d.request.Claim.Amount = e.initialMargin
	assignment := assign(t, d)
	if !accepts(assignment) {
		t.Fatal("the honest witness must be accepted")
	}
	assignment.Circuit.Account.CashPlus, assignment.Circuit.Account.CashMinus = signed(-1000), signed(0)
	assignment.Circuit.Margin.CashDebt = signed(0)
	inverse(assignment, e.owed-1000)
	if accepts(assignment) {
		t.Fatal("negative cash at par must be rejected")
	}
}

// required is core plus add-ons, before the minimum margin.
func (e *evaluation) required() int64 {
	total := e.core + e.quantisation
	for _, slot := range e.instruments {
		total += abs(slot.lots) * slot.row.Spread
	}
	for _, group := range e.groups {
		total += group.impact
	}
	return total
}

// inverse makes the witness of the liability bit fit another sum of what is owed.
func inverse(a *Assignment, owed int64) {
	element := publicinput.Signed(owed)
	a.Circuit.Margin.LiabilityInverse = *new(fr.Element).Inverse(&element)
}

// claimIM makes the witness claim another IM, with MM of it.
func claimIM(d drawn, a *Assignment, margin int64) {
	a.Circuit.Margin.InitialMargin = signed(margin)
	phi := a.Circuit.Table.Global.Phi.(fr.Element)
	a.Circuit.Margin.Maintenance = signed(ceilMillion(phi.BigInt(new(big.Int)).Int64(), margin))
	claimAmount(a, margin)
}

// sized gives the first instrument another size |q| in every add-on.
func sized(d drawn, e *evaluation, a *Assignment, size int64) {
	total := int64(0)
	for _, slot := range e.instruments {
		total += abs(slot.lots)
	}
	old := abs(e.instruments[0].lots)
	quantisation := ceilHalf(total - old + size)
	a.Circuit.Margin.Quantisation = signed(quantisation)
	required := e.required() + (size-old)*e.instruments[0].row.Spread + quantisation - e.quantisation
	claimIM(d, a, max(required, d.table.Parameters.MinimumMargin))
}

func ceilHalf(x int64) int64 { return (x + 1) >> 1 }

// sidesSwapped puts the first instrument's lots on the other side with the other sign, where their size counts negative.
func sidesSwapped(d drawn, e *evaluation, a *Assignment) {
	lots, instrument := e.instruments[0].lots, &a.Circuit.Table.Instruments[0]
	if lots < 0 {
		instrument.Plus, instrument.Minus = signed(lots), signed(0)
	} else {
		instrument.Plus, instrument.Minus = signed(0), signed(-lots)
	}
	owed := e.owed - abs(lots)
	if lots > 0 || !e.instruments[0].row.PaidUp {
		owed -= abs(lots)
	}
	inverse(a, owed)
	sized(d, e, a, -abs(lots))
}

// slotOf is the group slot that holds a group.
func slotOf(a *Assignment, sums groupSums) int {
	return slices.IndexFunc(a.Circuit.Table.Groups, func(group GroupInputs) bool { return group.Number == signed(sums.group.Number) })
}

// impacted gives the first group another impact charge.
func impacted(d drawn, e *evaluation, a *Assignment, impact int64) {
	a.Circuit.Table.Groups[slotOf(a, e.groups[0])].Impact = signed(impact)
	margin := e.required() - e.groups[0].impact + impact
	if e.owed > 0 {
		margin = max(margin, d.table.Parameters.MinimumMargin)
	}
	claimIM(d, a, margin)
}

// valueModR lowers the loss of the last row, which shares an element with delta and value, and puts the difference into the value as a
// fraction mod r. A claim of kind 3 does not look at equity, so only the value's own range stands against it.
func valueModR(d drawn, e *evaluation, a *Assignment) {
	group, i := e.groups[0], slotOf(a, e.groups[0])
	lower := slices.Max(group.losses[:small.Rows-1])
	inputs := &a.Circuit.Table.Groups[i]
	e.groups[0].worst = lower
	for r, loss := range group.losses {
		inputs.Slack[r] = difference(lower, loss)
	}
	inputs.Slack[small.Rows-1], inputs.Worst = signed(0), signed(lower)
	places := (small.Rows + 1) % publicinput.Slots // slot of the value; the last row stands two slots before
	shift := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(publicinput.SlotBits*places)))
	shift.Inverse(shift)
	paid := publicinput.Signed(group.losses[small.Rows-1] - lower)
	paid.Mul(&paid, shift)
	value := publicinput.Signed(group.value)
	inputs.Value = *value.Add(&value, &paid)
	stressed(d, e, a)
}

// stressed makes combos, core and IM follow from changed losses or weights.
func stressed(d drawn, e *evaluation, a *Assignment) {
	e.combine()
	e.core = max(0, slices.Max(e.combos))
	a.Circuit.Margin.Core = signed(e.core)
	for c, combo := range e.combos {
		a.Circuit.Margin.Combos[c] = signed(combo)
	}
	e.addUp()
	claimIM(d, a, e.initialMargin)
}

// twoCeilings is what one ceiling over both groups' impact would save against two.
func twoCeilings(e *evaluation) int64 {
	return e.groups[0].impact + e.groups[1].impact - ceilMillion(impactTerms(e)...)
}

func impactTerms(e *evaluation) (pairs []int64) {
	for _, sums := range e.groups[:2] {
		slope := sums.group.ImpactLong
		if sums.delta < 0 {
			slope = sums.group.ImpactShort
		}
		pairs = append(pairs, abs(sums.delta), slope)
	}
	return pairs
}

// impactsModR gives two groups quotients mod r whose remainders are in range and whose sum is one ceiling instead of two.
func impactsModR(d drawn, e *evaluation, a *Assignment) {
	pairs, million := impactTerms(e), publicinput.Signed(Million)
	first := publicinput.Signed(pairs[0] * pairs[1])
	quotient := *new(fr.Element).Div(&first, &million) // remainder 0
	total := publicinput.Signed(ceilMillion(pairs...))
	other := *new(fr.Element).Sub(&total, &quotient)
	a.Circuit.Table.Groups[slotOf(a, e.groups[0])].Impact = quotient
	a.Circuit.Table.Groups[slotOf(a, e.groups[1])].Impact = other
	claimIM(d, a, e.initialMargin-twoCeilings(e))
}

// Million is the scale of ppm in these tests.
const Million = risktable.Million

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
	assignment.Circuit.Account.ByHouse = signed(2)
	nullifier := assignment.Public[publicinput.NullifierInput]
	assignment.Circuit.Nullifier = *nullifier.Neg(&nullifier)
	if accepts(assignment) {
		t.Fatal("a nullifier times anything but 0 or 1 must be rejected")
	}
}

func TestShouldRejectOtherKindsFromTheHouseAndAmountsBelowZero(t *testing.T) {
	random := rand.New(rand.NewPCG(69, 70))
	d := drawUntil(t, random, func(_ publicinput.AccountLeaf, e *evaluation) bool { return e.equity > e.initialMargin+1 })
	d.request.Claim = publicinput.Claim{Kind: publicinput.ExcessOverInitial, Name: d.request.Account.Number + 1}
	assignment := assign(t, d)
	assignment.Circuit.Account.ByHouse, assignment.Circuit.Nullifier = signed(1), signed(0)
	if accepts(assignment) {
		t.Fatal("the house proves claims of kind 3 only")
	}
	d.request.Claim.Name = 0
	assignment = assign(t, d)
	element, step := assignment.Public[publicinput.ClaimInput], publicinput.Signed(1<<publicinput.ClaimAmountOffset)
	assignment.Circuit.Chosen.Amount, assignment.Circuit.Claim = signed(-1), *element.Sub(&element, &step)
	if accepts(assignment) {
		t.Fatal("an amount below 0 must be rejected")
	}
}
