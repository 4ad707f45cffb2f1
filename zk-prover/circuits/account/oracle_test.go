package account

import (
	"math/big"
	"slices"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
)

// oracle is the formula of margin.md §1.10 once more, written straight down in big integers and maps, without a thought for speed.
type oracle struct {
	table     *risktable.Table
	positions map[int64]*big.Int
	account   publicinput.AccountLeaf
}

func newOracle(table *risktable.Table, account publicinput.AccountLeaf, candidate int64) oracle {
	o := oracle{table: table, account: account, positions: map[int64]*big.Int{}}
	for _, entry := range account.Positions {
		lots := entry.Lots
		if candidate == publicinput.AllPaid && lots > 0 && o.instrument(entry.Key).PaidUp {
			lots = 0
		}
		o.positions[entry.Key] = big.NewInt(lots)
	}
	if candidate == publicinput.Returned {
		for _, entry := range account.Paid {
			if o.positions[entry.Key] == nil {
				o.positions[entry.Key] = new(big.Int)
			}
			o.positions[entry.Key].Add(o.positions[entry.Key], big.NewInt(entry.Lots))
		}
	}
	return o
}

func (o oracle) instrument(number int64) risktable.Row {
	return o.table.Instruments[slices.IndexFunc(o.table.Instruments, func(row risktable.Row) bool { return row.Number == number })]
}

func (o oracle) line(entry publicinput.Entry) risktable.Row {
	rows := o.table.Collateral
	if entry.Key%2 == 1 {
		rows = o.table.Debts
	}
	return rows[slices.IndexFunc(rows, func(row risktable.Row) bool { return row.Number == entry.Key/2 })]
}

// each visits every entry with its signed lots.
func (o oracle) each(visit func(risktable.Row, *big.Int)) {
	for number, lots := range o.positions {
		visit(o.instrument(number), lots)
	}
	for _, entry := range o.account.Lines {
		visit(o.line(entry), big.NewInt(entry.Lots))
	}
}

func product(a *big.Int, b int64) *big.Int { return new(big.Int).Mul(a, big.NewInt(b)) }

func ceil(a *big.Int, b int64) *big.Int {
	quotient, remainder := new(big.Int).DivMod(a, big.NewInt(b), new(big.Int))
	if remainder.Sign() > 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

// lossBy is Σ lots·loss by group and row.
func (o oracle) lossBy() map[int64][]*big.Int {
	losses := map[int64][]*big.Int{}
	o.each(func(row risktable.Row, lots *big.Int) {
		if losses[row.Group] == nil {
			for range o.table.Rows {
				losses[row.Group] = append(losses[row.Group], new(big.Int))
			}
		}
		for r, loss := range row.Loss {
			losses[row.Group][r].Add(losses[row.Group][r], product(lots, loss))
		}
	})
	return losses
}

func (o oracle) core() *big.Int {
	losses := o.lossBy()
	joint, sum := (*big.Int)(nil), new(big.Int)
	for r := range o.table.Rows - 1 {
		total := new(big.Int)
		for _, group := range losses {
			total.Add(total, group[r])
		}
		if joint == nil || total.Cmp(joint) > 0 {
			joint = total
		}
	}
	for _, group := range losses {
		worst := group[0]
		for _, loss := range group {
			worst = larger(worst, loss)
		}
		sum.Add(sum, worst)
	}
	core := new(big.Int)
	for _, weights := range o.table.Weights {
		core = larger(core, ceil(new(big.Int).Add(product(joint, weights[0]), product(sum, weights[1])), 1_000_000))
	}
	return core
}

func (o oracle) addOns() *big.Int {
	total, size, delta := new(big.Int), new(big.Int), map[int64]*big.Int{}
	o.each(func(row risktable.Row, lots *big.Int) {
		if delta[row.Group] == nil {
			delta[row.Group] = new(big.Int)
		}
		delta[row.Group].Add(delta[row.Group], product(lots, row.Own.Delta))
	})
	for number, lots := range o.positions {
		absolute := new(big.Int).Abs(lots)
		size.Add(size, absolute)
		total.Add(total, product(absolute, o.instrument(number).Spread))
	}
	for _, group := range o.table.Groups {
		switch d := delta[group.Number]; {
		case d == nil:
		case d.Sign() > 0:
			total.Add(total, ceil(product(d, group.ImpactLong), 1_000_000))
		default:
			total.Add(total, ceil(product(new(big.Int).Neg(d), group.ImpactShort), 1_000_000))
		}
	}
	return total.Add(total, ceil(size, 2))
}

func (o oracle) owes() bool {
	owes := o.account.Cash < 0
	for number, lots := range o.positions {
		owes = owes || lots.Sign() < 0 || lots.Sign() != 0 && !o.instrument(number).PaidUp
	}
	for _, entry := range o.account.Lines {
		owes = owes || entry.Key%2 == 1
	}
	return owes
}

func (o oracle) initialMargin() *big.Int {
	margin := new(big.Int).Add(o.core(), o.addOns())
	if o.owes() {
		margin = larger(margin, big.NewInt(o.table.Parameters.MinimumMargin))
	}
	return margin
}

func (o oracle) equity() *big.Int {
	equity := big.NewInt(o.account.Cash)
	if o.account.Cash < 0 {
		scaled := product(equity, 1_000_000+o.table.Parameters.CashResidual)
		equity = new(big.Int).Div(scaled, big.NewInt(1_000_000)) // Euclidean: toward −∞ for a positive divisor
	}
	o.each(func(row risktable.Row, lots *big.Int) { equity.Add(equity, product(lots, row.Value)) })
	return equity
}

func (o oracle) figures() Figures {
	margin := o.initialMargin()
	return Figures{InitialMargin: margin.Int64(), MaintenanceMargin: ceil(product(margin, o.table.Parameters.Phi), 1_000_000).Int64(),
		Equity: o.equity().Int64()}
}
