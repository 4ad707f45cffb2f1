package tabletest

import (
	"math/rand/v2"

	"bulwark.io/circuits/plain/formula"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Venues of a random table: free money, three that act, of which the last wears the largest number, and a wallet between them.
const (
	venues    = 5
	wallet    = 3
	lastActs  = 4
	firstActs = 1
)

// SmallVenues is the small structure with paths in three families: two mirrored ones, one that ends in the row back alone, and ones that
// end where another begins.
func SmallVenues(esRows int) risktable.Structure {
	structure := Small(esRows)
	structure.Paths = []risktable.Path{{First: 0, Then: []int{1, 2}}, {First: 1, Then: []int{0, 2}}, {First: 3, Then: []int{2}},
		{First: 9, Then: []int{3, 2}}, {First: 12, Then: []int{2}}}
	return structure
}

// ManyVenues are the venues of a plan for accounts that stand at more of them than a house's usual key has room for: eight act.
const ManyVenues = 10

// VenuePlan is a table of the small structure with paths.
func VenuePlan(esRows int) Plan {
	plan := SmallPlan(esRows)
	plan.Structure, plan.Assets = SmallVenues(esRows), 5
	return plan
}

// withVenueRisk makes a table one that lists venues, where the plan has paths.
func (g *generator) withVenueRisk(table []any) []any {
	if !g.plan.Structure.AtVenues() {
		return g.withDepth(table)
	}
	list := []any{}
	for number := range g.venues() {
		list = append(list, []any{"venue", boolean(number != 0 && number != wallet), int64(0), int64(0)})
	}
	table[1] = int64(publicinput.VenueFormat)
	return g.withDepth(append(table, []any{list, g.plan.Structure.Encoded()[6], []int64{0, risktable.Million, 2 * risktable.Million,
		g.Int64N(risktable.Million)}[g.IntN(4)]}))
}

// withDepth says of a table's tree that it has depth 4, where the plan does.
func (g *generator) withDepth(table []any) []any {
	if g.plan.Structure.Small {
		table = append(table, int64(publicinput.SmallTableDepth))
	}
	return table
}

// disjoin says what marks of a group part by.
func (g *generator) disjoin(group []any) []any {
	if charges, ok := group[2].([]any); ok && len(charges) > 0 && g.plan.Structure.AtVenues() {
		group[2] = append(charges, []any{[]any{int64(firstActs), g.sometimes(20_000)}, []any{int64(lastActs), g.sometimes(30_000)}})
	}
	return group
}

// stand puts an instrument at a venue, every third free.
func (g *generator) stand(instrument []any) []any {
	if g.plan.Structure.AtVenues() {
		instrument = append(instrument, g.venue())
	}
	return instrument
}

func (g *generator) venue() int64 { return g.Int64N(g.venues()) * min(1, g.Int64N(3)) }

func (g *generator) venues() int64 { return int64(max(venues, g.plan.Venues)) }

// claim puts an asset at a venue, every third free, and keeps it still in the row back.
func (g *generator) claim(asset []any) []any {
	structure := g.plan.Structure
	if !structure.AtVenues() {
		return asset
	}
	if back, ends := structure.Back(); ends {
		for _, column := range []int{10, 13} {
			asset[column].([]any)[back] = int64(0)
		}
	}
	return append(asset, g.venue(), g.Int64N(risktable.Million+1), g.column(len(structure.Paths), g.plan.RowMax))
}

// Standings gives an account a standing at every venue that may act and where something stands, sometimes one more, and says whether they
// are no more than most. Half of the accounts have little cash. Distances are of the size of losses, some negative, some 0.
func Standings(random *rand.Rand, table *risktable.Table, account publicinput.AccountLeaf, most int,
	lotsMax int64) (publicinput.AccountLeaf, bool) {
	needed := map[int64]bool{}
	note := func(row *risktable.Row, ok bool) {
		if ok && row.Stands == publicinput.StandsActing {
			needed[row.Venue] = true
		}
	}
	for _, list := range [][]publicinput.Entry{account.Positions, account.Paid} {
		for _, entry := range list {
			note(formula.Instrument(table, entry.Key, entry.Lots))
		}
	}
	for _, entry := range account.Lines {
		note(formula.Line(table, entry.Key))
	}
	account.AtVenues, account.Standings = true, nil
	if random.IntN(2) == 0 {
		account.Cash /= 1000 // else most have money enough
	}
	for number := range table.Venues {
		venue := int64(number)
		if table.Acts(venue) && (needed[venue] || random.IntN(4) == 0 && len(needed) < most) {
			distance := (random.Int64N(8*lotsMax) - 2*lotsMax) * 1_000_000 * min(1, random.Int64N(5))
			account.Standings = append(account.Standings, publicinput.Standing{Venue: venue, Distance: distance})
			needed[venue] = true
		}
	}
	return account, len(account.Standings) <= most
}
