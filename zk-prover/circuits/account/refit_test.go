package account

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

// What a forger changes is what he gains; everything that follows from it is computed again, so that the one constraint that forbids the
// change is all that can refuse it. A value need not be an integer: it must then multiply 0, or be none of what is computed.

// whole is the integer nearest to 0 that a value stands for.
func whole(value frontend.Variable) *big.Int {
	element := value.(fr.Element)
	x := element.BigInt(new(big.Int))
	if x.BitLen() > fr.Bits-2 {
		x.Sub(x, fr.Modulus())
	}
	return x
}

func elementOfInteger(x *big.Int) fr.Element { return *new(fr.Element).SetBigInt(x) }

func product(a, b frontend.Variable) *big.Int { return new(big.Int).Mul(whole(a), whole(b)) }

// ceiling is ⌈x/divisor⌉.
func ceiling(x *big.Int, divisor int64) *big.Int {
	quotient, rest := new(big.Int).DivMod(x, big.NewInt(divisor), new(big.Int))
	if rest.Sign() != 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient
}

// pastKnots fills what lies beyond each knot and gives what it costs.
func pastKnots(size *big.Int, knots [publicinput.KnotsMax]margin.Knot, to *[publicinput.KnotsMax]frontend.Variable) *big.Int {
	cost := new(big.Int)
	for j, knot := range knots {
		over := new(big.Int).Sub(size, whole(knot.Threshold))
		if over.Sign() < 0 {
			over.SetInt64(0)
		}
		to[j] = elementOfInteger(over)
		cost.Add(cost, product(to[j], knot.Slope))
	}
	return cost
}

func sizeOf(sides gadget.Sides) *big.Int {
	return new(big.Int).Add(whole(sides.Plus), whole(sides.Minus))
}

// refit computes again what follows of lots, sensitivities, cash and slopes: every charge, IM, MM, and E.
func refit(table margin.Table, cash gadget.Sides, inputs *margin.Inputs) (initial, maintenance, equity *big.Int) {
	initial = new(big.Int).Set(whole(inputs.Core))
	add := func(charge *big.Int) { initial.Add(initial, charge) }
	lots, owed := new(big.Int), new(big.Int).Set(whole(cash.Minus))
	for i, row := range table.Rows {
		size := sizeOf(row.Lots)
		add(product(row.Charges.CrowdLong, row.Lots.Plus))
		add(pastKnots(size, row.Charges.Knots, &inputs.Rows[i].Beyond))
		owed.Add(owed, whole(row.Owed))
		if row.Position {
			add(new(big.Int).Mul(whole(row.Charges.Spread), size))
			add(product(row.Charges.CrowdShort, row.Lots.Minus))
			lots.Add(lots, size)
		}
	}
	for i, slopes := range table.Groups {
		refitGroup(slopes, &inputs.Groups[i], add)
	}
	half := ceiling(lots, 2)
	inputs.Quantisation = elementOfInteger(half)
	add(half)
	inputs.LiabilityInverse = gadget.Signed(0)
	if owed.Sign() != 0 {
		inverse := elementOfInteger(owed)
		inputs.LiabilityInverse = *inverse.Inverse(&inverse)
		if least := whole(table.Global.MinimumMargin); initial.Cmp(least) < 0 {
			initial.Set(least)
		}
	}
	inputs.InitialMargin = elementOfInteger(initial)
	maintenance = ceiling(product(table.Global.Phi, inputs.InitialMargin), gadget.Million)
	inputs.MaintenanceMargin = elementOfInteger(maintenance)
	debt := product(cash.Minus, gadget.Signed(gadget.Million))
	if whole(cash.Minus).Sign() != 0 {
		debt.Add(debt, product(cash.Minus, table.Global.CashResidual))
	}
	debt = ceiling(debt, gadget.Million)
	inputs.CashDebt = elementOfInteger(debt)
	equity = new(big.Int).Sub(whole(cash.Plus), debt)
	for i := range inputs.Groups {
		equity.Add(equity, whole(inputs.Groups[i].Value))
	}
	return initial, maintenance, equity
}

func refitGroup(slopes *margin.Group, group *margin.GroupInputs, add func(*big.Int)) {
	charge := func(to *frontend.Variable, amount *big.Int) {
		up := ceiling(amount, gadget.Million)
		*to = elementOfInteger(up)
		add(up)
	}
	sided := func(long, short frontend.Variable) *big.Int {
		return new(big.Int).Add(product(long, group.Delta.Plus), product(short, group.Delta.Minus))
	}
	net := sizeOf(group.Delta)
	impact := sided(slopes.ImpactLong, slopes.ImpactShort)
	charge(&group.Impact, impact.Add(impact, pastKnots(net, slopes.Impact, &group.BeyondImpact)))
	contagion := sided(slopes.ContagionLong, slopes.ContagionShort)
	charge(&group.Contagion, contagion.Add(contagion, pastKnots(net, slopes.Contagion, &group.BeyondContagion)))
	crowding := product(slopes.Chi, group.Vega.Minus)
	charge(&group.Crowding, crowding.Add(crowding, pastKnots(whole(group.Vega.Minus), slopes.Crowding, &group.BeyondCrowding)))
	charge(&group.Skew, product(slopes.Psi, group.Steepening.Plus))
	for key := range group.Dated {
		charge(&group.Basis[key], new(big.Int).Mul(whole(slopes.Basis[key]), sizeOf(group.Dated[key])))
	}
}

// read is what the formula reads of the opened leaves, with these lots of the instruments.
func read(table *TableInputs, lots func(i int) gadget.Sides) margin.Table {
	opened := margin.Table{Global: &table.Global.Parameters}
	for i := range table.Groups {
		opened.Groups = append(opened.Groups, &table.Groups[i].Slopes)
	}
	for i := range table.Instruments {
		instrument, held := &table.Instruments[i], lots(i)
		open := new(big.Int).Mul(new(big.Int).Sub(big.NewInt(1), whole(instrument.PaidUp)), whole(held.Plus))
		opened.Rows = append(opened.Rows, margin.Row{Charges: &instrument.Row.Charges, Lots: held, Position: true,
			Owed: elementOfInteger(open.Add(open, whole(held.Minus)))})
	}
	for i := range table.Lines {
		line := &table.Lines[i]
		opened.Rows = append(opened.Rows, margin.Row{Charges: &line.Row.Charges, Lots: gadget.Sides{Plus: line.Lots, Minus: gadget.Signed(0)},
			Owed: elementOfInteger(product(line.Debt, line.Lots))})
	}
	return opened
}

// refitted computes the figures of an account as booked again and claims its IM.
func refitted(d drawn, c *Circuit) {
	opened := read(&c.Table, func(i int) gadget.Sides { return c.Table.Instruments[i].Lots })
	initial, maintenance, equity := refit(opened, c.Account.Cash, &c.Margin)
	a := &assigner{circuit: c, request: d.request}
	a.marginLeaf(margin.Figures{InitialMargin: initial.Int64(), MaintenanceMargin: maintenance.Int64(), Equity: equity.Int64()}, 0)
	state(d, c, func(s *publicinput.Statement) { s.Amount = initial.Int64() })
}

// refittedReturned computes the figures of a call's last candidate again.
func refittedReturned(c *CallCircuit) {
	refit(read(&c.Table, func(i int) gadget.Sides { return c.Returned[i].Lots }), c.Account.Cash, &c.Margins[publicinput.Returned])
}

// moved adds to a value of the witness: by · 2^bits, a fraction where bits are below 0.
func moved(to *frontend.Variable, by frontend.Variable, bits int) {
	power, step := elementOfInteger(gadget.Power(max(bits, -bits))), by.(fr.Element)
	if bits < 0 {
		power.Inverse(&power)
	}
	value := (*to).(fr.Element)
	*to = *value.Add(&value, step.Mul(&step, &power))
}

func negative(value frontend.Variable) frontend.Variable {
	element := value.(fr.Element)
	return *element.Neg(&element)
}

// sealedAs seals an account tree over what the witness says, whether or not an account could say so.
func sealedAs(d drawn, c *Circuit) {
	account := d.request.Account
	lines := make([]EntryInputs, len(c.Table.Lines))
	for i, line := range c.Table.Lines {
		number := new(big.Int).Add(whole(line.Debt), product(line.Asset, gadget.Signed(2)))
		lines[i] = EntryInputs{Active: line.Active, Number: elementOfInteger(number), Lots: line.Lots}
	}
	cash := new(big.Int).Sub(whole(c.Account.Cash.Plus), whole(c.Account.Cash.Minus))
	leaf := publicinput.HashOf(publicinput.Account, publicinput.Signed(account.Number), elementOf(c.Account.Owner), elementOf(c.Account.Salt),
		elementOfInteger(cash), hashedList(publicinput.PositionList, c.Account.Positions), hashedList(publicinput.PaidList, c.Account.Paid),
		hashedList(publicinput.LineList, lines))
	accounts := tree.New(small.Depth)
	accounts.Update(map[int64]fr.Element{account.Number: leaf})
	children, root := tree.Climb(leaf, account.Number, accounts.Path(account.Number))
	for level, digit := range tree.Digits(account.Number, small.Depth) {
		c.Account.Path[level] = gadget.StepTo(digit, children[level])
	}
	d.request.Epoch.AccountRoot = root
	for i, element := range d.request.Epoch.Elements() {
		c.Epoch[i] = element
	}
	c.Seal = d.request.Epoch.Digest()
}

// hashedList is the hash of the words of a list: key · 2³² + lots + 2³¹ where active.
func hashedList(domain publicinput.Domain, entries []EntryInputs) fr.Element {
	count, packed := new(big.Int), make([]fr.Element, (len(entries)+publicinput.WordsPerElement-1)/publicinput.WordsPerElement)
	for i, entry := range entries {
		count.Add(count, whole(entry.Active))
		word := frontend.Variable(elementOf(entry.Lots))
		moved(&word, entry.Number, keyBits)
		moved(&word, entry.Active, lotsBits)
		element := frontend.Variable(packed[i/publicinput.WordsPerElement])
		moved(&element, word, wordBits*(i%publicinput.WordsPerElement))
		packed[i/publicinput.WordsPerElement] = elementOf(element)
	}
	return publicinput.Hash(domain, int(count.Int64()), packed)
}
