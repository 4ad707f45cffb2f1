// Package formula is the published margin formula, component by component, over the integers of a risk table: what a witness is made from,
// and what the shared vectors pin. The same rule, written once more, that the margin engine evaluates: margin method, section 1.10.
//
// Takes: a legal table and an account leaf whose entries the table lists. Gives: every component of the account as booked, u, exact.
package formula

import (
	"math/big"
	"slices"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
)

// Components of one account; money in u. Each rounds where the formula says so and nowhere else.
type Components struct {
	Families []*big.Int // m of each family, in table order; may be negative
	Combos   []*big.Int // ⌈Σ w·m / 10⁶⌉, in table order; may be negative
	Stress   *big.Int   // the largest combo, at least 0
	// Shortfall is the weighted mean of the worst tail, rounded up, at least 0.
	Shortfall *big.Int

	Basis, Liquidity, Concentration, Crowding, Skew, Contagion, Quantisation *big.Int

	Liability                                bool // the account owes or could owe anything
	InitialMargin, MaintenanceMargin, Equity *big.Int
}

// holding is an entry beside its row of the table; lots are signed for positions.
type holding struct {
	row  risktable.Row
	lots *big.Int
}

// book is an account with its sums by group.
type book struct {
	table    *risktable.Table
	cash     *big.Int
	holdings []holding
	losses   map[int64][]*big.Int // by group and stress row
	esLosses []*big.Int
	delta    map[int64]*big.Int
	vega     map[int64]*big.Int
	dated    map[int64][]*big.Int // delta by group and days key
}

// Evaluate computes every component of an account as booked.
func Evaluate(table *risktable.Table, account publicinput.AccountLeaf) (*Components, error) {
	b := &book{table: table, cash: big.NewInt(account.Cash), losses: map[int64][]*big.Int{}, esLosses: zeros(table.EsRows),
		delta: map[int64]*big.Int{}, vega: map[int64]*big.Int{}, dated: map[int64][]*big.Int{}}
	for _, entry := range account.Positions {
		rows := table.Instruments
		if entry.Lots < 0 && slices.ContainsFunc(table.Shorts, numbered(entry.Key)) {
			rows = table.Shorts
		}
		if err := b.hold(rows, entry.Key, entry.Lots); err != nil {
			return nil, err
		}
	}
	for _, entry := range account.Lines {
		rows := table.Collateral
		if entry.Key%2 == 1 {
			rows = table.Debts
		}
		if err := b.hold(rows, entry.Key/2, entry.Lots); err != nil {
			return nil, err
		}
	}
	return b.components(), nil
}

func numbered(number int64) func(risktable.Row) bool {
	return func(row risktable.Row) bool { return row.Number == number }
}

func (b *book) hold(rows []risktable.Row, number, lots int64) error {
	at := slices.IndexFunc(rows, numbered(number))
	if at < 0 {
		return refusal.New(refusal.Account, "UNKNOWN_ID", "account")
	}
	h := holding{rows[at], big.NewInt(lots)}
	b.holdings = append(b.holdings, h)
	group := h.row.Group
	if b.losses[group] == nil {
		b.losses[group] = zeros(b.table.Rows)
	}
	accumulate(b.losses[group], h.lots, h.row.Loss)
	accumulate(b.esLosses, h.lots, h.row.EsLoss)
	for _, leg := range append(slices.Clone(h.row.Legs), h.row.Own) {
		b.sense(leg, h.lots)
	}
	return nil
}

func (b *book) sense(leg risktable.Leg, lots *big.Int) {
	if b.delta[leg.Group] == nil {
		b.delta[leg.Group], b.vega[leg.Group] = new(big.Int), new(big.Int)
		b.dated[leg.Group] = zeros(publicinput.BasisKeysMax)
	}
	add(b.delta[leg.Group], lots, leg.Delta)
	add(b.vega[leg.Group], lots, leg.Vega)
	if leg.DaysKey >= 0 {
		add(b.dated[leg.Group][leg.DaysKey], lots, leg.Delta)
	}
}

func (b *book) components() *Components {
	c := &Components{Liability: b.liability(), Shortfall: b.shortfall(), Quantisation: b.quantisation(), Equity: b.equity()}
	b.stress(c)
	b.entryCharges(c)
	b.groupCharges(c)
	margin := larger(c.Stress, c.Shortfall)
	for _, charge := range []*big.Int{c.Basis, c.Liquidity, c.Concentration, c.Crowding, c.Skew, c.Contagion, c.Quantisation} {
		margin = new(big.Int).Add(margin, charge)
	}
	if c.Liability {
		margin = larger(margin, big.NewInt(b.table.Parameters.MinimumMargin))
	}
	c.InitialMargin = margin
	c.MaintenanceMargin = ceilDiv(times(margin, b.table.Parameters.Phi), risktable.Million)
	return c
}

// stress: the worst point f of the sum over groups of the worst cell e, family by family, and their mixtures.
func (b *book) stress(c *Components) {
	for _, points := range b.table.Families {
		c.Families = append(c.Families, b.worstPoint(points))
	}
	c.Stress = new(big.Int)
	for _, weights := range b.table.Weights {
		mixed := new(big.Int)
		for k, weight := range weights {
			add(mixed, c.Families[k], weight)
		}
		combo := ceilDiv(mixed, risktable.Million)
		c.Combos = append(c.Combos, combo)
		c.Stress = larger(c.Stress, combo)
	}
}

func (b *book) worstPoint(points [][]int64) *big.Int {
	var worst *big.Int
	for _, cells := range points {
		total := new(big.Int)
		for _, losses := range b.losses {
			cell := losses[cells[0]]
			for _, row := range cells {
				cell = larger(cell, losses[row])
			}
			total.Add(total, cell)
		}
		if worst == nil || total.Cmp(worst) > 0 {
			worst = total
		}
	}
	return worst
}

// shortfall: the worst tail of weight, the boundary row split.
func (b *book) shortfall() *big.Int {
	order := make([]int, b.table.EsRows)
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(i, j int) int { return b.esLosses[j].Cmp(b.esLosses[i]) })
	sum, left := new(big.Int), b.table.Parameters.Tail
	for _, j := range order {
		weight := min(left, b.table.EsWeight(j))
		add(sum, b.esLosses[j], weight)
		left -= weight
	}
	return larger(new(big.Int), ceilDiv(sum, b.table.Parameters.Tail))
}

// entryCharges: crossing the spread and own size; the crowd's slope of the side that the entry is on.
func (b *book) entryCharges(c *Components) {
	c.Liquidity, c.Concentration = new(big.Int), new(big.Int)
	for _, h := range b.holdings {
		lots, crowd := new(big.Int).Abs(h.lots), h.row.CrowdLong
		if h.lots.Sign() < 0 {
			crowd = h.row.CrowdShort
		}
		c.Liquidity.Add(c.Liquidity, size(lots, h.row.Spread, h.row.Knots))
		add(c.Concentration, lots, crowd)
	}
}

// groupCharges: one rounding for each group, and for each group and expiry key of the basis.
func (b *book) groupCharges(c *Components) {
	c.Basis, c.Crowding, c.Skew, c.Contagion = new(big.Int), new(big.Int), new(big.Int), new(big.Int)
	charge := func(to, amount *big.Int) { to.Add(to, ceilDiv(amount, risktable.Million)) }
	for _, group := range b.table.Groups {
		if delta := b.delta[group.Number]; delta != nil {
			impact, contagion := group.ImpactLong, group.ContagionLong
			if delta.Sign() < 0 {
				impact, contagion = group.ImpactShort, group.ContagionShort
			}
			net := new(big.Int).Abs(delta)
			charge(c.Liquidity, size(net, impact, group.ImpactKnots))
			charge(c.Contagion, size(net, contagion, group.ContagionKnots))
			short := larger(new(big.Int), new(big.Int).Neg(b.vega[group.Number]))
			charge(c.Crowding, size(short, group.Chi, group.CrowdingKnots))
			for key, slope := range group.Basis() {
				charge(c.Basis, times(new(big.Int).Abs(b.dated[group.Number][key]), slope))
			}
		}
		if losses := b.losses[group.Number]; losses != nil {
			steeper := new(big.Int).Sub(losses[b.table.Steep], losses[b.table.Flat])
			charge(c.Skew, times(larger(new(big.Int), steeper), group.Psi))
		}
	}
}

// quantisation: half a unit for each margined lot pays for the rounding of marks and rows.
func (b *book) quantisation() *big.Int {
	lots := new(big.Int)
	for _, h := range b.positions() {
		lots.Add(lots, new(big.Int).Abs(h.lots))
	}
	return ceilDiv(lots, 2)
}

func (b *book) liability() bool {
	owes := func(h holding) bool {
		return h.row.Domain == publicinput.Debt || h.lots.Sign() < 0 || (h.row.Domain != publicinput.Collateral && !h.row.PaidUp)
	}
	return b.cash.Sign() < 0 || slices.ContainsFunc(b.holdings, owes)
}

// equity: negative cash carries the residual of a debt.
func (b *book) equity() *big.Int {
	grown := new(big.Int).Div(times(b.cash, risktable.Million+b.table.Parameters.CashResidual), big.NewInt(risktable.Million))
	equity := new(big.Int).Set(b.cash)
	if grown.Cmp(equity) < 0 {
		equity.Set(grown)
	}
	for _, h := range b.holdings {
		add(equity, h.lots, h.row.Value)
	}
	return equity
}

func (b *book) positions() []holding {
	return slices.DeleteFunc(slices.Clone(b.holdings), func(h holding) bool {
		return h.row.Domain == publicinput.Collateral || h.row.Domain == publicinput.Debt
	})
}

// size is slope·x + Σ increment·(x − threshold)⁺ for x ≥ 0.
func size(x *big.Int, slope int64, knots []risktable.Knot) *big.Int {
	sum := times(x, slope)
	for _, knot := range knots {
		beyond := new(big.Int).Sub(x, big.NewInt(knot.Threshold))
		add(sum, larger(new(big.Int), beyond), knot.Slope)
	}
	return sum
}

func zeros(n int) []*big.Int {
	list := make([]*big.Int, n)
	for i := range list {
		list[i] = new(big.Int)
	}
	return list
}

func accumulate(sums []*big.Int, lots *big.Int, column []int64) {
	for i, amount := range column {
		add(sums[i], lots, amount)
	}
}

func add(sum, factor *big.Int, amount int64) { sum.Add(sum, times(factor, amount)) }

func times(factor *big.Int, amount int64) *big.Int {
	return new(big.Int).Mul(factor, big.NewInt(amount))
}

// ceilDiv is ⌈a/b⌉ for b > 0.
func ceilDiv(a *big.Int, b int64) *big.Int {
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
