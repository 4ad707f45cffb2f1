// Package formula is the published margin formula, component by component, over the integers of a risk table: what a witness is made from,
// and what the shared vectors pin. The same rule, written once more, that the margin engine evaluates: margin method, section 1.10.
//
// Takes: a legal table and an account leaf whose entries the table lists. Gives: every component of the account as booked, u, exact.
// Sums fit int64 by the guard, which is checked first; products by ratios are taken in big integers.
package formula

import (
	"math/big"
	"slices"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Components of one account; money in u. Each rounds where the formula says so and nowhere else.
type Components struct {
	Families  []int64 // m of each family, in table order, with its paths; may be negative
	Combos    []int64 // ⌈Σ w·m / 10⁶⌉, in table order; may be negative
	Stress    int64   // the largest combo, at least 0
	Shortfall int64   // the weighted mean of the worst tail, rounded up, at least 0

	Basis, Liquidity, Concentration, Crowding, Skew, Contagion, Quantisation int64

	Venues     Venues // over a table that lists venues
	Prefunding int64  // what paths add to the larger of stress and shortfall

	Liability                                bool // the account owes or could owe anything
	InitialMargin, MaintenanceMargin, Equity int64
}

// Evaluate computes every component of an account as booked.
func Evaluate(table *risktable.Table, account publicinput.AccountLeaf) (*Components, error) {
	sums, err := Sum(table, account)
	if err != nil {
		return nil, err
	}
	return sums.Components(), nil
}

// Components are the formula on the sums.
func (s *Sums) Components() *Components {
	c := &Components{Liability: s.liability(), Shortfall: s.shortfall(), Quantisation: s.quantisation(), Equity: s.equity()}
	s.stress(c)
	s.entryCharges(c)
	s.groupCharges(c)
	margin := max(c.Stress, c.Shortfall) + c.Basis + c.Liquidity + c.Concentration + c.Crowding + c.Skew + c.Contagion + c.Quantisation
	if c.Liability {
		margin = max(margin, s.Table.Parameters.MinimumMargin)
	}
	c.InitialMargin = margin
	c.MaintenanceMargin = CeilMillion(margin, s.Table.Parameters.Phi)
	return c
}

// stress: the worst point f of the sum over groups of the worst cell e, family by family, and their mixtures.
func (s *Sums) stress(c *Components) {
	for _, family := range s.Table.Families {
		c.Families = append(c.Families, s.worstPoint(family.Points))
	}
	c.Combos = s.combos(c.Families)
	c.Stress = max(0, slices.Max(c.Combos))
	if s.Table.AtVenues() {
		s.paths(c)
	}
}

// paths are further points of the families of their first rows.
func (s *Sums) paths(c *Components) {
	without := max(c.Stress, c.Shortfall)
	c.Venues = s.Venues()
	for _, path := range c.Venues.Paths {
		c.Families[path.Family] = max(c.Families[path.Family], path.Loss)
	}
	c.Combos = s.combos(c.Families)
	c.Stress = max(0, slices.Max(c.Combos))
	c.Prefunding = max(c.Stress, c.Shortfall) - without
}

func (s *Sums) combos(families []int64) (combos []int64) {
	for _, weights := range s.Table.Weights {
		var pairs []int64
		for k, weight := range weights {
			pairs = append(pairs, weight, families[k])
		}
		combos = append(combos, CeilMillion(pairs...))
	}
	return combos
}

func (s *Sums) worstPoint(points [][]int64) int64 {
	worst := int64(0)
	for f, cells := range points {
		total := int64(0)
		for _, group := range s.Groups {
			cell := group.Losses[cells[0]]
			for _, row := range cells {
				cell = max(cell, group.Losses[row])
			}
			total += cell
		}
		if f == 0 || total > worst {
			worst = total
		}
	}
	return worst
}

// shortfall: the worst tail of weight, the boundary row split.
func (s *Sums) shortfall() int64 {
	sum, left := new(big.Int), s.Table.Parameters.Tail
	for _, j := range WorstFirst(s.EsLosses) {
		weight := min(left, s.Table.EsWeight(j))
		add(sum, s.EsLosses[j], weight)
		left -= weight
	}
	return max(0, CeilDiv(sum, s.Table.Parameters.Tail))
}

// WorstFirst are the places of losses, the largest loss first, the lower place on ties.
func WorstFirst(losses []int64) []int {
	order := make([]int, len(losses))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case losses[i] > losses[j]:
			return -1
		case losses[i] < losses[j]:
			return 1
		default:
			return 0
		}
	})
	return order
}

// entryCharges: crossing the spread and own size; the crowd's slope of the side that the entry is on.
func (s *Sums) entryCharges(c *Components) {
	for _, entry := range s.Entries {
		lots, crowd := abs(entry.Lots), entry.Row.CrowdLong
		if entry.Lots < 0 {
			crowd = entry.Row.CrowdShort
		}
		c.Liquidity += lots * entry.Row.Spread
		for _, knot := range entry.Row.Knots {
			c.Liquidity += knot.Slope * max(0, lots-knot.Threshold)
		}
		c.Concentration += lots * crowd
	}
}

// groupCharges: one rounding for each group, and for each group and expiry key of the basis.
func (s *Sums) groupCharges(c *Components) {
	for _, group := range s.Table.Groups {
		sums, ok := s.Groups[group.Number]
		if !ok {
			continue
		}
		impact, contagion := group.ImpactLong, group.ContagionLong
		if sums.Delta < 0 {
			impact, contagion = group.ImpactShort, group.ContagionShort
		}
		c.Liquidity += CeilMillion(Size(abs(sums.Delta), impact, group.ImpactKnots)...)
		c.Contagion += CeilMillion(Size(abs(sums.Delta), contagion, group.ContagionKnots)...)
		c.Crowding += CeilMillion(Size(max(0, -sums.Vega), group.Chi, group.CrowdingKnots)...)
		for key, slope := range group.Basis() {
			c.Basis += CeilMillion(abs(sums.Dated[key]), slope)
		}
		c.Skew += CeilMillion(max(0, sums.Losses[s.Table.Steep]-sums.Losses[s.Table.Flat]), group.Psi)
	}
}

// quantisation: half a unit for each margined lot pays for the rounding of marks and rows.
func (s *Sums) quantisation() int64 {
	lots := int64(0)
	for _, entry := range s.Entries {
		if entry.position() {
			lots += abs(entry.Lots)
		}
	}
	return (lots + 1) / 2
}

func (e Entry) position() bool {
	return e.Row.Domain != publicinput.Collateral && e.Row.Domain != publicinput.Debt
}

func (s *Sums) liability() bool { return s.Owed() != 0 }

// Owed is what the liability bit stands for: short lots, long lots that are not paid up, debts, negative cash. Above 0 iff the account
// owes or could owe anything.
func (s *Sums) Owed() int64 {
	owed := max(0, -s.Cash)
	for _, entry := range s.Entries {
		if entry.Row.Domain == publicinput.Debt || entry.Lots < 0 || (entry.position() && !entry.Row.PaidUp) {
			owed += abs(entry.Lots)
		}
	}
	return owed
}

// equity: negative cash carries the residual of a debt.
func (s *Sums) equity() int64 {
	equity := s.CountedCash()
	for _, group := range s.Groups {
		equity += group.Value
	}
	return equity
}

// CountedCash is cash as equity counts it.
func (s *Sums) CountedCash() int64 {
	return max(0, s.Cash) - CeilMillion(max(0, -s.Cash), risktable.Million+s.Table.Parameters.CashResidual)
}

// Size are the pairs of slope·x + Σ increment·(x − threshold)⁺ for x ≥ 0, as CeilMillion takes them.
func Size(x, slope int64, knots []risktable.Knot) []int64 {
	pairs := []int64{x, slope}
	for _, knot := range knots {
		pairs = append(pairs, max(0, x-knot.Threshold), knot.Slope)
	}
	return pairs
}

// CeilMillion is ⌈(a₀·w₀ + a₁·w₁ + …)/10⁶⌉ of pairs.
func CeilMillion(pairs ...int64) int64 {
	numerator := new(big.Int)
	for i := 0; i < len(pairs); i += 2 {
		add(numerator, pairs[i], pairs[i+1])
	}
	return CeilDiv(numerator, risktable.Million)
}

func add(sum *big.Int, factor, amount int64) {
	sum.Add(sum, new(big.Int).Mul(big.NewInt(factor), big.NewInt(amount)))
}

// CeilDiv is ⌈a/b⌉ for b > 0.
func CeilDiv(a *big.Int, b int64) int64 {
	quotient, remainder := new(big.Int).DivMod(a, big.NewInt(b), new(big.Int))
	if remainder.Sign() > 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	if !quotient.IsInt64() {
		panic("a ceiling outgrew the guard")
	}
	return quotient.Int64()
}
