package formula

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// Entry is a line of an account beside its row of the table; lots are signed for positions. Row is the leaf of the side that the lots are on.
type Entry struct {
	Row  *risktable.Row
	Lots int64
}

// GroupSums are what the entries of one group add up to; u, but Vega u per vol point.
type GroupSums struct {
	Losses      []int64 // by stress row; own groups of entries alone
	Delta, Vega int64   // own and as a leg
	Value       int64
	Dated       []int64 // delta by days key
}

// Sums are an account's entries added up by group. Every sum is below 2⁶⁰ in absolute value: the guard B = Σ|lots|·bound + 2|cash| < 2⁶⁰ is
// checked first, and `bound` covers every column; over a table that lists venues 2·Σ|d| of the standings counts in B too.
type Sums struct {
	Table    *risktable.Table
	Cash     int64
	Entries  []Entry             // positions, then lines, in the account's order; lots of 0 are no entry
	Groups   map[int64]GroupSums // by number: every group that an entry names, as its own or as a leg
	EsLosses []int64

	Standings []publicinput.Standing // as in the account
}

// Sum adds up an account: its positions and lines, not what is paid.
func Sum(table *risktable.Table, account publicinput.AccountLeaf) (*Sums, error) {
	s := &Sums{Table: table, Cash: account.Cash, Groups: map[int64]GroupSums{}, EsLosses: make([]int64, table.EsRows),
		Standings: account.Standings}
	for i, entry := range account.Positions {
		row, ok := Instrument(table, entry.Key, entry.Lots)
		if !ok {
			return nil, unknown("positions", i)
		}
		s.enter(row, entry.Lots)
	}
	for i, entry := range account.Lines {
		row, ok := Line(table, entry.Key)
		if !ok {
			return nil, unknown("lines", i)
		}
		s.enter(row, entry.Lots)
	}
	if err := checkStandings(table, account.Standings); err != nil {
		return nil, err
	}
	if err := s.checkLimit(); err != nil {
		return nil, err
	}
	for _, entry := range s.Entries {
		s.add(entry)
	}
	return s, nil
}

func unknown(list string, i int) error {
	return refusal.New(refusal.Account, "UNKNOWN_ID", "account.%s[%d].number", list, i)
}

// Instrument is the row of an instrument for lots of one side: a two-asset product has a row of its own for short lots.
func Instrument(table *risktable.Table, number, lots int64) (*risktable.Row, bool) {
	row, ok := find(table.Instruments, number)
	if ok && row.TwoSided && lots < 0 {
		return find(table.Shorts, number)
	}
	return row, ok
}

// Line is the row of a line by its key.
func Line(table *risktable.Table, key int64) (*risktable.Row, bool) {
	if key%2 == 1 {
		return find(table.Debts, key/2)
	}
	return find(table.Collateral, key/2)
}

func find(rows []risktable.Row, number int64) (*risktable.Row, bool) {
	at, ok := slices.BinarySearchFunc(rows, number, func(row risktable.Row, number int64) int {
		return cmp.Compare(row.Number, number)
	})
	if !ok {
		return nil, false
	}
	return &rows[at], true
}

func (s *Sums) enter(row *risktable.Row, lots int64) {
	if lots != 0 {
		s.Entries = append(s.Entries, Entry{row, lots})
	}
}

func (s *Sums) checkLimit() error {
	if s.Gross().BitLen() > risktable.LimitBits {
		return refusal.New(refusal.Account, "TOO_LARGE", "account")
	}
	return nil
}

// Gross is B = Σ|lots|·bound + 2|cash| + 2·Σ|d|, which no column exceeds.
func (s *Sums) Gross() *big.Int {
	total := new(big.Int).Abs(big.NewInt(s.Cash))
	for _, standing := range s.Standings {
		total.Add(total, new(big.Int).Abs(big.NewInt(standing.Distance)))
	}
	total.Lsh(total, 1)
	for _, entry := range s.Entries {
		total.Add(total, new(big.Int).Mul(big.NewInt(abs(entry.Lots)), big.NewInt(entry.Row.Bound)))
	}
	return total
}

func (s *Sums) add(entry Entry) {
	row, lots := entry.Row, entry.Lots
	own := s.group(row.Group)
	for r, loss := range row.Loss {
		own.Losses[r] += lots * loss
	}
	own.Value += lots * row.Value
	s.Groups[row.Group] = own
	for j, loss := range row.EsLoss {
		s.EsLosses[j] += lots * loss
	}
	for _, leg := range append(slices.Clone(row.Legs), row.Own) {
		group := s.group(leg.Group)
		group.Delta += lots * leg.Delta
		group.Vega += lots * leg.Vega
		for _, key := range leg.Keys {
			group.Dated[key] += lots * leg.Delta
		}
		s.Groups[leg.Group] = group
	}
}

func (s *Sums) group(number int64) GroupSums {
	group, ok := s.Groups[number]
	if !ok {
		group = s.NoGroup()
	}
	return group
}

// NoGroup are the sums of a group without entries.
func (s *Sums) NoGroup() GroupSums {
	return GroupSums{Losses: make([]int64, s.Table.Rows), Dated: make([]int64, publicinput.BasisKeysMax)}
}

// Numbers are the groups that entries name, in order.
func (s *Sums) Numbers() []int64 {
	numbers := make([]int64, 0, len(s.Groups))
	for number := range s.Groups {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers
}

// GroupColumns are a group's packed columns: the stress elements that are summed by group, then the sensitivities.
func (s *Sums) GroupColumns(packing publicinput.Packing, number int64) []fr.Element {
	group := s.group(number)
	parts, _ := s.Table.Parts(packing)
	stress, columns := packing.Pack(group.Losses), []fr.Element(nil)
	for _, element := range parts {
		columns = append(columns, stress[element])
	}
	sense := append([]int64{publicinput.SenseDelta: group.Delta, publicinput.SenseValue: group.Value, publicinput.SenseVega: group.Vega}, group.Dated...)
	return append(columns, packing.Pack(sense)...)
}

// WholeColumns are the account's other packed columns: the remaining stress elements, then ES losses.
func (s *Sums) WholeColumns(packing publicinput.Packing) []fr.Element {
	losses := make([]int64, s.Table.Rows)
	for _, group := range s.Groups {
		for r, loss := range group.Losses {
			losses[r] += loss
		}
	}
	_, parts := s.Table.Parts(packing)
	stress, whole := packing.Pack(losses), []fr.Element(nil)
	for _, element := range parts {
		whole = append(whole, stress[element])
	}
	return append(whole, packing.Pack(s.EsLosses)...)
}

func abs(x int64) int64 { return max(x, -x) }

// Candidate is an account as a candidate of the house allocation margins it (margin method, 1.6): as booked; with every long paid-up lot
// moved to the paid list; with the paid list returned to positions. Entries that cancel stay, with lots of 0.
func Candidate(table *risktable.Table, account publicinput.AccountLeaf, candidate int64) (publicinput.AccountLeaf, error) {
	changed := account
	changed.Positions = slices.Clone(account.Positions)
	switch candidate {
	case publicinput.AllPaid:
		for i, entry := range changed.Positions {
			if row, ok := find(table.Instruments, entry.Key); ok && row.PaidUp {
				changed.Positions[i].Lots = min(entry.Lots, 0)
			}
		}
	case publicinput.Returned:
		for _, entry := range account.Paid {
			at, ok := slices.BinarySearchFunc(changed.Positions, entry.Key, func(e publicinput.Entry, key int64) int { return cmp.Compare(e.Key, key) })
			if !ok {
				changed.Positions = slices.Insert(changed.Positions, at, publicinput.Entry{Key: entry.Key})
			}
			if changed.Positions[at].Lots += entry.Lots; changed.Positions[at].Lots > publicinput.LotsMax {
				return account, refusal.New(refusal.Claim, "NO_SUCH_CANDIDATE", "account.paid")
			}
		}
	}
	return changed, nil
}
