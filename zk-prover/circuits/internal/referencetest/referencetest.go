// Package referencetest reads the reference table that lists venues, and its cases, where they lie: beside the checkout. Where they are
// absent a test says so in one line and is left out.
//
// Takes: the files. Gives: the table in its canonical encoding, the cases as accounts over it, and what is expected of them.
package referencetest

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Read reads a file of the shared reference cases in place; where the folder is absent the test is skipped in one line.
func Read(t *testing.T, name string, into any) {
	t.Helper()
	root, err := filepath.Abs(".")
	for err == nil && filepath.Base(root) != "zk-prover" && root != filepath.Dir(root) {
		root = filepath.Dir(root)
	}
	root = filepath.Dir(filepath.Dir(root)) // beside the checkout
	file, err := os.ReadFile(filepath.Join(root, "shared", "reference", "margin", name))
	if err != nil {
		t.Skipf("no reference file %s", name)
	}
	if err := json.Unmarshal(file, into); err != nil {
		t.Fatal(err)
	}
}

type knotList [][2]int64

type sized struct {
	Long, Short int64
	Knots       knotList
}

type group struct {
	U                 string
	Impact, Contagion sized
	Crowding          struct {
		Chi   int64
		Knots knotList
	}
	Skew               struct{ Steep, Flat, Psi int64 }
	Basis, Dislocation [][2]int64
}

type instrument struct {
	Id, U             string
	PaidUp            int64
	Days              *int64
	Value, Spread     int64
	Row, RowShort, Es []int64
	Delta, Vega       map[string]int64
	Crowd             [2]int64
	Knots             knotList
	Bound, Venue      int64
}

type asset struct {
	Id, U, Tier                   string
	Price, Haircut, Residual, Peg int64
	Value, DebtValue              int64
	Row, Es, DebtRow, DebtEs      []int64
	Delta                         map[string]int64
	Crowd                         [2]int64
	Knots                         knotList
	Bound, Venue                  int64
	VenueWeight                   int64
	VenueRow                      []int64
}

type Table struct {
	Table struct {
		Rows     []any
		Families []struct {
			Name string
			F    [][]int64
		}
		Combos []struct {
			Name string
			W    map[string]int64
		}
		EsWeights   []int64
		Instruments []instrument
		Assets      []asset
		Groups      []group
		Parameters  struct{ Tail, Phi, CashResidual, MinimumMargin, Limit, LotsMax, Prefunding int64 }
		Venues      []struct {
			Id                      string
			Liquidates, Lgd, Credit int64
		}
		Paths []struct {
			First int64
			Then  []int64
		}
	}
}

func list(numbers ...int64) []any {
	items := make([]any, len(numbers))
	for i, number := range numbers {
		items[i] = number
	}
	return items
}

func pairs[T ~[][2]int64](entries T) []any {
	items := make([]any, len(entries))
	for i, entry := range entries {
		items[i] = list(entry[0], entry[1])
	}
	return items
}

// Encoded is the reference table in the canonical encoding. Numbers are places in the file; groups that only entries name follow the
// listed.
func (r *Table) Encoded(prefunding int64) []byte {
	table, numbers, names := &r.Table, map[string]int64{}, []string{}
	number := func(name string) int64 {
		if _, known := numbers[name]; !known {
			numbers[name] = int64(len(names))
			names = append(names, name)
		}
		return numbers[name]
	}
	for _, group := range table.Groups {
		number(group.U)
	}
	for _, entry := range table.Instruments {
		number(entry.U)
	}
	for _, entry := range table.Assets {
		number(entry.U)
	}
	sensitivities := func(amounts map[string]int64) []any {
		var entries [][2]int64
		for name, amount := range amounts {
			entries = append(entries, [2]int64{number(name), amount})
		}
		slices.SortFunc(entries, func(a, b [2]int64) int { return int(a[0] - b[0]) })
		return pairs(entries)
	}
	families, combos := r.scenarios()
	instruments, assets, groups := []any{}, []any{}, []any{}
	for i, entry := range table.Instruments {
		days := []any{}
		if entry.Days != nil {
			days = list(*entry.Days)
		}
		instruments = append(instruments, []any{int64(i), entry.Id, number(entry.U), entry.PaidUp, days, entry.Value, list(entry.Row...),
			list(entry.RowShort...),
			list(entry.Es...), sensitivities(entry.Delta), sensitivities(entry.Vega),
			entry.Spread, list(entry.Crowd[:]...), pairs(entry.Knots), entry.Bound,
			entry.Venue})
	}
	for i, entry := range table.Assets {
		assets = append(assets, []any{int64(i), entry.Id, number(entry.U), entry.Tier, int64(0), entry.Price, entry.Haircut, entry.Residual,
			entry.Peg, entry.Value,
			list(entry.Row...), list(entry.Es...), entry.DebtValue, list(entry.DebtRow...), list(entry.DebtEs...), sensitivities(entry.Delta),
			list(entry.Crowd[:]...),
			pairs(entry.Knots), entry.Bound, entry.Venue, entry.VenueWeight, list(entry.VenueRow...)})
	}
	for i, name := range names {
		groups = append(groups, []any{int64(i), name, r.charges(i)})
	}
	p := table.Parameters
	return canonical.Encode([]any{"bulwark-risk-table", int64(3), []any{}, slices.Repeat([]any{[]any{}}, len(table.Rows)), families, combos,
		[]any{}, []any{},
		list(table.EsWeights...), groups, instruments, assets, list(p.Tail, p.Phi, p.CashResidual, p.MinimumMargin, p.Limit, p.LotsMax),
		r.venueRisk(prefunding)})
}

func (r *Table) scenarios() (families, combos []any) {
	for _, family := range r.Table.Families {
		points := []any{}
		for _, cells := range family.F {
			points = append(points, list(cells...))
		}
		families = append(families, []any{family.Name, points})
	}
	for _, combo := range r.Table.Combos {
		var weights []int64
		for _, family := range r.Table.Families {
			weights = append(weights, combo.W[family.Name])
		}
		combos = append(combos, []any{combo.Name, list(weights...)})
	}
	return families, combos
}

// A group that only entries name charges nothing.
func (r *Table) charges(i int) []any {
	if i >= len(r.Table.Groups) {
		return []any{}
	}
	g := r.Table.Groups[i]
	return []any{[]any{g.Impact.Long, g.Impact.Short, pairs(g.Impact.Knots)}, []any{g.Contagion.Long, g.Contagion.Short,
		pairs(g.Contagion.Knots)},
		[]any{g.Crowding.Chi, pairs(g.Crowding.Knots)}, list(g.Skew.Steep, g.Skew.Flat, g.Skew.Psi), pairs(g.Basis), pairs(g.Dislocation)}
}

func (r *Table) venueRisk(prefunding int64) []any {
	venues, paths := []any{}, []any{}
	for _, venue := range r.Table.Venues {
		venues = append(venues, []any{venue.Id, venue.Liquidates, venue.Lgd, venue.Credit})
	}
	for _, path := range r.Table.Paths {
		paths = append(paths, []any{path.First, list(path.Then...)})
	}
	return []any{venues, paths, prefunding}
}

func (r *Table) Parsed(t *testing.T, prefunding int64) *risktable.Table {
	t.Helper()
	table, err := risktable.Parse(r.Encoded(prefunding))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

type named struct {
	Id     string
	Amount int64
}

func (n *named) UnmarshalJSON(encoded []byte) error {
	return json.Unmarshal(encoded, &[]any{&n.Id, &n.Amount})
}

type Case struct {
	Id, Kind                                     string
	Cash                                         int64
	Positions, Paid, Collateral, Debt, Standings []named
	Prefunding                                   *int64
	Outcome                                      json.RawMessage `json:"expected"`
}

type Margin struct {
	Error                    string
	Families, Combos, Addons map[string]int64
	Core                     int64
	IM, MM, Equity, Free     int64
	Venues                   []struct {
		Venue      string
		Distance   int64
		Loss, Need []int64
	}
	Paths      []int64
	Prefunding int64
}

// unlisted is the number of an id that the table does not list.
const unlisted = 1 << 20

// Account is a case's account by the places of ids.
func (r *Table) Account(c Case) publicinput.AccountLeaf {
	place := func(id string) int {
		return slices.IndexFunc(r.Table.Instruments, func(i instrument) bool { return i.Id == id })
	}
	assetPlace := func(id string) int {
		return slices.IndexFunc(r.Table.Assets, func(a asset) bool { return a.Id == id })
	}
	numbered := func(named []named, place func(string) int) (numbered [][2]int64) {
		for _, n := range named {
			at := place(n.Id)
			if at < 0 {
				at = unlisted
			}
			numbered = append(numbered, [2]int64{int64(at), n.Amount})
		}
		return numbered
	}
	account := publicinput.AccountLeaf{Cash: c.Cash, AtVenues: true, Positions: listed(numbered(c.Positions, place)),
		Paid:  listed(numbered(c.Paid, place)),
		Lines: lined(numbered(c.Collateral, assetPlace), numbered(c.Debt, assetPlace))}
	for _, n := range c.Standings {
		venue := int64(unlisted)
		for number, v := range r.Table.Venues {
			if v.Id == n.Id {
				venue = int64(number)
			}
		}
		account.Standings = append(account.Standings, publicinput.Standing{Venue: venue, Distance: n.Amount})
	}
	return account
}

func (c Case) Expected(t *testing.T) (expected Margin) {
	t.Helper()
	if err := json.Unmarshal(c.Outcome, &expected); err != nil {
		t.Fatal(c.Id, err)
	}
	return expected
}

func listed(numbered [][2]int64) (entries []publicinput.Entry) {
	for _, entry := range numbered {
		entries = append(entries, publicinput.Entry{Key: entry[0], Lots: entry[1]})
	}
	return entries
}

func lined(collateral, debt [][2]int64) (lines []publicinput.Entry) {
	for side, list := range [][][2]int64{collateral, debt} {
		for _, entry := range list {
			lines = append(lines, publicinput.Entry{Key: publicinput.LineKey(entry[0], side == 1), Lots: entry[1]})
		}
	}
	slices.SortFunc(lines, func(a, b publicinput.Entry) int { return cmp.Compare(a.Key, b.Key) })
	return lines
}
