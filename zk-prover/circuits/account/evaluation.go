package account

import (
	"cmp"
	"math/big"
	"slices"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/risktable"
)

// Figures are what the formula gives for one candidate, in u.
type Figures struct {
	InitialMargin, MaintenanceMargin, Equity int64
}

// evaluation is the formula with every intermediate integer that the circuit takes as a secret input. Sums of lots times rows stay below
// 2⁶⁰ by the guard, which is checked first; products by ratios are done in big integers.
type evaluation struct {
	table       *risktable.Table
	instruments []instrumentLots
	lines       []lineLots
	groups      []groupSums
	cash        int64

	joint                              int64
	combos                             []int64
	core, quantisation, cashDebt       int64
	owed                               int64
	initialMargin, maintenance, equity int64
}

// instrumentLots are the lots of one instrument of positions ∪ paid.
type instrumentLots struct {
	row         *risktable.Row
	place       int64
	start, paid int64 // what the candidate starts from (booked, or with the paid lots returned); the paid list
	lots        int64 // the candidate's
}

// lineLots are the lots of one line.
type lineLots struct {
	row   *risktable.Row
	place int64
	lots  int64
}

// groupSums are one group's columns.
type groupSums struct {
	group  risktable.Group
	place  int64
	losses []int64
	delta  int64
	value  int64
	worst  int64
	impact int64
}

// evaluate computes the claimed candidate's figures, or says why this account has no proof.
func evaluate(table *risktable.Table, account publicinput.AccountLeaf, candidate int64) (*evaluation, error) {
	e := &evaluation{table: table, cash: account.Cash}
	if err := e.readInstruments(account, candidate); err != nil {
		return nil, err
	}
	if err := e.readLines(account); err != nil {
		return nil, err
	}
	if err := e.checkLimit(); err != nil {
		return nil, err
	}
	e.sumGroups()
	e.jointLoss()
	e.combine()
	e.core = max(0, slices.Max(e.combos))
	e.addUp()
	return e, nil
}

func unknown(list string, i int) error {
	return refusal.New(refusal.Account, "UNKNOWN_ID", "account.%s[%d].number", list, i)
}

// readInstruments merges positions and paid by number and applies the candidate.
func (e *evaluation) readInstruments(account publicinput.AccountLeaf, candidate int64) error {
	for i, entry := range account.Positions {
		if _, ok := e.row(publicinput.Instrument, entry.Key); !ok {
			return unknown("positions", i)
		}
	}
	for i, entry := range account.Paid {
		row, ok := e.row(publicinput.Instrument, entry.Key)
		if !ok {
			return unknown("paid", i)
		}
		if !row.PaidUp {
			return refusal.New(refusal.Account, "NOT_PAID_UP", "account.paid[%d].number", i)
		}
	}
	positions, paid := account.Positions, account.Paid
	for len(positions)+len(paid) > 0 {
		slot := instrumentLots{}
		number := nextKey(positions, paid)
		if len(positions) > 0 && positions[0].Key == number {
			slot.start, positions = positions[0].Lots, positions[1:]
		}
		if len(paid) > 0 && paid[0].Key == number {
			slot.paid, paid = paid[0].Lots, paid[1:]
		}
		slot.row, _ = e.row(publicinput.Instrument, number)
		slot.place, _ = e.table.Place(publicinput.Instrument, number)
		if candidate == publicinput.Returned {
			slot.start += slot.paid
		}
		if slot.start > publicinput.LotsMax {
			return refusal.New(refusal.Claim, "NO_SUCH_CANDIDATE", "account.paid")
		}
		slot.lots = slot.start
		if candidate == publicinput.AllPaid && slot.row.PaidUp {
			slot.lots = min(slot.lots, 0)
		}
		e.instruments = append(e.instruments, slot)
	}
	return nil
}

func nextKey(a, b []publicinput.Entry) int64 {
	switch {
	case len(b) == 0:
		return a[0].Key
	case len(a) == 0:
		return b[0].Key
	default:
		return min(a[0].Key, b[0].Key)
	}
}

func (e *evaluation) readLines(account publicinput.AccountLeaf) error {
	for i, entry := range account.Lines {
		domain := publicinput.Collateral + publicinput.Domain(entry.Key%2)
		row, ok := e.row(domain, entry.Key/2)
		if !ok {
			return unknown("lines", i)
		}
		place, _ := e.table.Place(domain, entry.Key/2)
		e.lines = append(e.lines, lineLots{row: row, place: place, lots: entry.Lots})
	}
	return nil
}

// row finds a row of the table by number.
func (e *evaluation) row(domain publicinput.Domain, number int64) (*risktable.Row, bool) {
	rows := e.table.Instruments
	switch domain {
	case publicinput.Collateral:
		rows = e.table.Collateral
	case publicinput.Debt:
		rows = e.table.Debts
	}
	at, ok := slices.BinarySearchFunc(rows, number, func(row risktable.Row, number int64) int {
		return cmp.Compare(row.Number, number)
	})
	if !ok {
		return nil, false
	}
	return &rows[at], true
}

// checkLimit is the guard B = Σ|lots|·bound + 2|cash| < 2⁶⁰ on the candidate's lots.
func (e *evaluation) checkLimit() error {
	total := new(big.Int).Abs(big.NewInt(e.cash))
	total.Lsh(total, 1)
	e.eachRow(func(row *risktable.Row, lots int64) {
		product := new(big.Int).Mul(big.NewInt(abs(lots)), big.NewInt(row.Bound))
		total.Add(total, product)
	})
	if total.BitLen() > risktable.LimitBits {
		return refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	return nil
}

func abs(x int64) int64 { return max(x, -x) }

func (e *evaluation) eachRow(visit func(row *risktable.Row, lots int64)) {
	for _, slot := range e.instruments {
		visit(slot.row, slot.lots)
	}
	for _, line := range e.lines {
		visit(line.row, line.lots)
	}
}

// sumGroups adds up the columns of every group in which the candidate has lots.
func (e *evaluation) sumGroups() {
	byNumber := map[int64]*groupSums{}
	e.eachRow(func(row *risktable.Row, lots int64) {
		if lots == 0 {
			return
		}
		sums := byNumber[row.Group]
		if sums == nil {
			sums = e.emptyGroup(row.Group)
			byNumber[row.Group] = sums
		}
		for r, loss := range row.Loss {
			sums.losses[r] += lots * loss
		}
		sums.delta += lots * row.Own.Delta
		sums.value += lots * row.Value
	})
	for _, sums := range byNumber {
		sums.worst = slices.Max(sums.losses)
		sums.impact = e.impact(sums)
		e.groups = append(e.groups, *sums)
	}
	slices.SortFunc(e.groups, func(a, b groupSums) int { return cmp.Compare(a.group.Number, b.group.Number) })
}

func (e *evaluation) emptyGroup(number int64) *groupSums {
	group, _ := e.table.Group(number)
	place, _ := e.table.Place(publicinput.Group, number)
	return &groupSums{group: group, place: place, losses: make([]int64, e.table.Rows)}
}

func (e *evaluation) impact(sums *groupSums) int64 {
	if sums.delta > 0 {
		return ceilMillion(sums.delta, sums.group.ImpactLong)
	}
	return ceilMillion(-sums.delta, sums.group.ImpactShort)
}

// ceilMillion is ⌈(a₀·w₀ + a₁·w₁ + …)/10⁶⌉ of pairs.
func ceilMillion(pairs ...int64) int64 {
	numerator := new(big.Int)
	for i := 0; i < len(pairs); i += 2 {
		numerator.Add(numerator, new(big.Int).Mul(big.NewInt(pairs[i]), big.NewInt(pairs[i+1])))
	}
	million := big.NewInt(risktable.Million)
	quotient, remainder := new(big.Int).DivMod(numerator, million, new(big.Int))
	if remainder.Sign() != 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	if !quotient.IsInt64() {
		panic("a ceiling outgrew the guard")
	}
	return quotient.Int64()
}

// jointLoss fills m_J.
func (e *evaluation) jointLoss() {
	total := make([]int64, e.table.Rows)
	for _, group := range e.groups {
		for r, loss := range group.losses {
			total[r] += loss
		}
	}
	e.joint = slices.Max(total[:e.table.Rows-1])
}

// combine fills the combos.
func (e *evaluation) combine() {
	sum := int64(0)
	for _, group := range e.groups {
		sum += group.worst
	}
	e.combos = nil
	for _, weights := range e.table.Weights {
		e.combos = append(e.combos, ceilMillion(weights[0], e.joint, weights[1], sum))
	}
}

// addUp fills the add-ons, IM, MM and E.
func (e *evaluation) addUp() {
	addOns, size := int64(0), int64(0)
	e.cashDebt = ceilMillion(max(-e.cash, 0), risktable.Million+e.table.Parameters.CashResidual)
	e.equity, e.owed = max(e.cash, 0)-e.cashDebt, max(-e.cash, 0)
	for _, slot := range e.instruments {
		size += abs(slot.lots)
		addOns += abs(slot.lots) * slot.row.Spread
		if slot.lots < 0 || !slot.row.PaidUp {
			e.owed += abs(slot.lots)
		}
	}
	for _, line := range e.lines {
		if line.row.Domain == publicinput.Debt {
			e.owed += line.lots
		}
	}
	for _, group := range e.groups {
		e.equity += group.value
		addOns += group.impact
	}
	e.quantisation = (size + 1) / 2
	e.initialMargin = e.core + addOns + e.quantisation
	if e.owed != 0 {
		e.initialMargin = max(e.initialMargin, e.table.Parameters.MinimumMargin)
	}
	e.maintenance = ceilMillion(e.table.Parameters.Phi, e.initialMargin)
}

func (e *evaluation) figures() Figures {
	return Figures{InitialMargin: e.initialMargin, MaintenanceMargin: e.maintenance, Equity: e.equity}
}

// decide says whether the claim is true, before anything is proved.
func (e *evaluation) decide(request Request) error {
	claim := request.Claim
	met := false
	switch claim.Kind {
	case publicinput.ExcessOverInitial:
		met = atLeast(e.equity, e.initialMargin, claim.Amount)
	case publicinput.ExcessOverMaintenance:
		met = atLeast(e.equity, e.maintenance, claim.Amount)
	case publicinput.InitialMarginEquals:
		met = e.initialMargin == claim.Amount
	}
	if !met {
		return refusal.New(refusal.Claim, "CLAIM_NOT_MET", "request.m")
	}
	return nil
}

// atLeast is equity − margin ≥ m; all within 2⁶³, the difference perhaps not.
func atLeast(equity, margin, m int64) bool {
	difference := new(big.Int).Sub(big.NewInt(equity), big.NewInt(margin))
	return difference.Cmp(big.NewInt(m)) >= 0
}
