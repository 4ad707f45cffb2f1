package formula

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
)

// reference reads a file of the shared reference cases in place; where the folder is absent the test is skipped in one line.
func reference(t *testing.T, name string, into any) {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "..", "shared", "reference", "margin", name))
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

type referenceGroup struct {
	U                 string
	Impact, Contagion sized
	Crowding          struct {
		Chi   int64
		Knots knotList
	}
	Skew               struct{ Steep, Flat, Psi int64 }
	Basis, Dislocation [][2]int64
}

type referenceInstrument struct {
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

type referenceAsset struct {
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

type referenceTable struct {
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
		Instruments []referenceInstrument
		Assets      []referenceAsset
		Groups      []referenceGroup
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

// encoded is the reference table in the canonical encoding. Numbers are places in the file; groups that only entries name follow the
// listed.
func (r *referenceTable) encoded(prefunding int64) []byte {
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
	families, combos, instruments, assets, groups, venues, paths := []any{}, []any{}, []any{}, []any{}, []any{}, []any{}, []any{}
	for _, family := range table.Families {
		points := []any{}
		for _, cells := range family.F {
			points = append(points, list(cells...))
		}
		families = append(families, []any{family.Name, points})
	}
	for _, combo := range table.Combos {
		var weights []int64
		for _, family := range table.Families {
			weights = append(weights, combo.W[family.Name])
		}
		combos = append(combos, []any{combo.Name, list(weights...)})
	}
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
		charges := []any{}
		if i < len(table.Groups) {
			g := table.Groups[i]
			charges = []any{[]any{g.Impact.Long, g.Impact.Short, pairs(g.Impact.Knots)}, []any{g.Contagion.Long, g.Contagion.Short,
				pairs(g.Contagion.Knots)},
				[]any{g.Crowding.Chi, pairs(g.Crowding.Knots)}, list(g.Skew.Steep, g.Skew.Flat, g.Skew.Psi), pairs(g.Basis), pairs(g.Dislocation)}
		}
		groups = append(groups, []any{int64(i), name, charges})
	}
	for _, venue := range table.Venues {
		venues = append(venues, []any{venue.Id, venue.Liquidates, venue.Lgd, venue.Credit})
	}
	for _, path := range table.Paths {
		paths = append(paths, []any{path.First, list(path.Then...)})
	}
	p := table.Parameters
	return canonical.Encode([]any{"bulwark-risk-table", int64(3), []any{}, slices.Repeat([]any{[]any{}}, len(table.Rows)), families, combos,
		[]any{}, []any{},
		list(table.EsWeights...), groups, instruments, assets, list(p.Tail, p.Phi, p.CashResidual, p.MinimumMargin, p.Limit, p.LotsMax),
		[]any{venues, paths, prefunding}})
}

func (r *referenceTable) parsed(t *testing.T, prefunding int64) *risktable.Table {
	t.Helper()
	table, err := risktable.Parse(r.encoded(prefunding))
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

type referenceCase struct {
	Id, Kind                                     string
	Cash                                         int64
	Positions, Paid, Collateral, Debt, Standings []named
	Prefunding                                   *int64
	Expected                                     json.RawMessage
}

type referenceMargin struct {
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

// account is a case's account by the places of ids.
func (r *referenceTable) account(c referenceCase) publicinput.AccountLeaf {
	instrument := func(id string) int {
		return slices.IndexFunc(r.Table.Instruments, func(i referenceInstrument) bool { return i.Id == id })
	}
	asset := func(id string) int {
		return slices.IndexFunc(r.Table.Assets, func(a referenceAsset) bool { return a.Id == id })
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
	account := publicinput.AccountLeaf{Cash: c.Cash, AtVenues: true, Positions: entries(numbered(c.Positions, instrument)),
		Lines: lines(numbered(c.Collateral, asset), numbered(c.Debt, asset))}
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

func TestShouldComputeEveryReferenceCaseWithVenues(t *testing.T) {
	var tables referenceTable
	var cases struct{ Cases []referenceCase }
	reference(t, "venue_table.json", &tables)
	reference(t, "venue_cases.json", &cases)
	margins, refusals, byShare := 0, 0, map[int64]*risktable.Table{}
	for _, c := range cases.Cases {
		prefunding := tables.Table.Parameters.Prefunding
		if c.Prefunding != nil {
			prefunding = *c.Prefunding
		}
		if byShare[prefunding] == nil {
			byShare[prefunding] = tables.parsed(t, prefunding)
		}
		switch c.Kind {
		case "venue-margin":
			margins++
			tables.assertMargin(t, c, byShare[prefunding])
		case "venue-margin-error":
			refusals++
			expected := c.expected(t)
			if _, err := Evaluate(byShare[prefunding], tables.account(c)); refusal.Of(err).Code != expected.Error {
				t.Errorf("%s: want %s, have %v", c.Id, expected.Error, err)
			}
		}
	}
	if margins < 60 || refusals < 10 {
		t.Errorf("only %d accounts and %d refusals", margins, refusals)
	}
}

func (c referenceCase) expected(t *testing.T) (expected referenceMargin) {
	t.Helper()
	if err := json.Unmarshal(c.Expected, &expected); err != nil {
		t.Fatal(c.Id, err)
	}
	return expected
}

func (r *referenceTable) assertMargin(t *testing.T, c referenceCase, table *risktable.Table) {
	t.Helper()
	expected := c.expected(t)
	computed, err := Evaluate(table, r.account(c))
	if err != nil {
		t.Errorf("%s: %v", c.Id, err)
		return
	}
	equal := func(what string, have, want int64) {
		if have != want {
			t.Errorf("%s: %s is %d, the reference says %d", c.Id, what, have, want)
		}
	}
	for k, family := range r.Table.Families {
		equal("family "+family.Name, computed.Families[k], expected.Families[family.Name])
	}
	for k, combo := range r.Table.Combos {
		equal("combo "+combo.Name, computed.Combos[k], expected.Combos[combo.Name])
	}
	for name, have := range map[string]int64{"basis": computed.Basis, "liquidity": computed.Liquidity, "concentration": computed.Concentration,
		"crowding": computed.Crowding, "skew": computed.Skew, "contagion": computed.Contagion, "quantisation": computed.Quantisation} {
		equal(name, have, expected.Addons[name])
	}
	equal("core", max(computed.Stress, computed.Shortfall), expected.Core)
	equal("IM", computed.InitialMargin, expected.IM)
	equal("MM", computed.MaintenanceMargin, expected.MM)
	equal("equity", computed.Equity, expected.Equity)
	equal("free", computed.Venues.Free, expected.Free)
	equal("prefunding", computed.Prefunding, expected.Prefunding)
	equal("paths", int64(len(computed.Venues.Paths)), int64(len(expected.Paths)))
	for p, path := range computed.Venues.Paths {
		equal("path", path.Loss, expected.Paths[p])
	}
	equal("venues", int64(len(computed.Venues.Needs)), int64(len(expected.Venues)))
	for i, need := range computed.Venues.Needs[:min(len(computed.Venues.Needs), len(expected.Venues))] {
		want := expected.Venues[i]
		if r.Table.Venues[need.Venue].Id != want.Venue || need.Distance != want.Distance || !slices.Equal(need.Losses, want.Loss) ||
			!slices.Equal(need.Needs, want.Need) {
			t.Errorf("%s: venue is %+v, the reference says %+v", c.Id, need, want)
		}
	}
}
