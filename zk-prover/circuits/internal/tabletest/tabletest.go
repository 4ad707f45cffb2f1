// Package tabletest makes random legal risk tables and accounts for the tests of the circuits: every family and every charge, and by design
// ties, zeros and hedges.
//
// Takes: a seeded generator. Gives: encodings as the margin engine writes them, and accounts over them.
package tabletest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// Plan says how large a random table is.
type Plan struct {
	Structure                   risktable.Structure
	Groups, Instruments, Assets int
	First                       int64 // least number of an instrument or asset
	RowMax, ValueMax            int64 // u a lot
	Venues                      int   // of a table that lists them, free money among them; 0: five
}

// Small is a structure with every kind of family: joint points, one sum over groups, two-level points that share cells, rows that are only
// summed over the whole account, and a last packed element that is not full.
func Small(esRows int) risktable.Structure {
	blocks := slices.Repeat([]int{esRows / publicinput.EsBlocks}, publicinput.EsBlocks)
	if esRows == 1 {
		blocks = []int{1}
	}
	return risktable.Structure{Rows: 15, EsRows: esRows, Combos: 5, Blocks: blocks, Steep: 1, Flat: 2, Families: []risktable.Family{
		{Name: "J", Points: [][]int64{{0}, {1}, {2}, {3}, {4}}},
		{Name: "S", Points: [][]int64{{0, 1, 2, 3, 4, 5}}},
		{Name: "STAR", Points: [][]int64{{6, 0, 1}, {7, 8, 2}, {3, 4}}},
		{Name: "EXT", Points: [][]int64{{9}, {10}}},
		{Name: "DEPEG", Points: [][]int64{{11}, {12}, {14}}}}}
}

// SmallPlan is a table of the small structure.
func SmallPlan(esRows int) Plan {
	return Plan{Structure: Small(esRows), Groups: 3, Instruments: 7, Assets: 3, RowMax: 4_000_000, ValueMax: 9_000_000}
}

// weights of the small structure's combos.
var weights = [][]any{{int64(1_000_000), int64(0), int64(0), int64(0), int64(0)}, {int64(800_000), int64(200_000), int64(0), int64(0), int64(0)},
	{int64(0), int64(0), int64(1_000_000), int64(0), int64(0)}, {int64(0), int64(0), int64(0), int64(1_000_000), int64(0)},
	{int64(0), int64(0), int64(0), int64(0), int64(1_000_000)}}

// Encoding is a random legal table: sorted numbers with gaps; every third instrument paid up and dated, every fourth a two-asset product
// with legs; in each group, charge and entry something may be absent.
func Encoding(random *rand.Rand, plan Plan) []byte {
	g := &generator{random, plan}
	var rows, groups, instruments, assets, combos []any
	for range plan.Structure.Rows {
		rows = append(rows, []any{})
	}
	for c, row := range weights[:plan.Structure.Combos] {
		combos = append(combos, []any{"combo" + string(rune('0'+c)), row})
	}
	for i := range plan.Groups {
		groups = append(groups, g.disjoin(g.group(int64(i))))
	}
	number := plan.First - 1
	for i := range plan.Instruments {
		number += 1 + random.Int64N(3)
		instruments = append(instruments, g.stand(g.instrument(number, i)))
	}
	number = plan.First - 1
	for i := range plan.Assets {
		number += 1 + random.Int64N(3)
		assets = append(assets, g.claim(g.asset(number, i)))
	}
	return canonical.Encode(g.withVenueRisk([]any{"bulwark-risk-table", int64(2), []any{}, rows, plan.Structure.Encoded()[1], combos,
		[]any{}, []any{int64(0)},
		g.esWeights(), groups, instruments, assets,
		[]any{int64(60_000), int64(800_000), int64(10_000), int64(250_000), int64(1) << 60, int64(publicinput.LotsMax)}}))
}

// Table is a random legal table.
func Table(random *rand.Rand, plan Plan) *risktable.Table {
	table, err := risktable.Parse(Encoding(random, plan))
	if err != nil {
		panic(err)
	}
	return table
}

type generator struct {
	*rand.Rand
	plan Plan
}

// sometimes is a number below most, in half of the cases 0.
func (g *generator) sometimes(most int64) int64 { return g.Int64N(most) * int64(g.IntN(2)) }

// esWeights: every run its own weight, together a million.
func (g *generator) esWeights() []any {
	structure, list, left := g.plan.Structure, []any{}, int64(risktable.Million)
	for block, length := range structure.Blocks {
		weight := left / int64(length)
		if block < len(structure.Blocks)-1 {
			weight = left / int64(length) / int64(1+g.IntN(len(structure.Blocks)))
			left -= weight * int64(length)
		} else if weight*int64(length) != left {
			return g.esWeights()
		}
		for range length {
			list = append(list, weight)
		}
	}
	return list
}

func (g *generator) group(number int64) []any {
	if number == 0 {
		return []any{number, "USD", []any{}}
	}
	impact := []any{g.sometimes(30_000), g.sometimes(30_000), g.knots(1_000_000_000_000, 900)}
	contagion := []any{g.sometimes(9_000), g.sometimes(9_000), g.knots(1_000_000_000_000, 270)}
	crowding := []any{g.sometimes(4_000_000), g.knots(1_000_000_000, 120_000)}
	return []any{number, fmt.Sprint("group", number), []any{impact, contagion, crowding,
		[]any{int64(g.plan.Structure.Steep), int64(g.plan.Structure.Flat), g.sometimes(500_000)},
		[]any{[]any{int64(7), g.sometimes(5_000)}, []any{int64(35), g.sometimes(9_000)}}}}
}

func (g *generator) knots(threshold, slope int64) []any {
	knots, last := []any{}, int64(0)
	for range g.IntN(publicinput.KnotsMax + 1) {
		last += 1 + g.Int64N(threshold)
		knots = append(knots, []any{last, g.Int64N(slope)})
	}
	return knots
}

// column is a column of profits within ±most; every fourth knows no loss, as a hedge's may.
func (g *generator) column(n int, most int64) []any {
	column, harmless := make([]any, n), g.IntN(4) == 0
	for i := range column {
		profit := g.Int64N(2*most+1) - most
		if harmless {
			profit = max(profit, -profit)
		}
		column[i] = profit
	}
	return column
}

// es is a row of ES profits: small and full of ties, or 0; without expected shortfall always 0.
func (g *generator) es() []any {
	row, flat := make([]any, g.plan.Structure.EsRows), g.IntN(4) == 0 || g.plan.Structure.EsRows == 1
	for i := range row {
		row[i] = int64(0)
		if !flat {
			row[i] = (g.Int64N(11) - 5) * (g.plan.RowMax / 5)
		}
	}
	return row
}

// sensitivities to the own group; of a two-asset product to two groups, with or without the own one.
func (g *generator) sensitivities(own int64, legs bool, most int64) []any {
	list, groups := []any{}, []int64{own}
	if legs {
		groups = someOf(g.Rand, []int64{0, 1, 2}, publicinput.Legs)
	}
	for _, group := range groups {
		list = append(list, []any{group, g.Int64N(2*most) - most})
	}
	return list
}

func (g *generator) instrument(number int64, i int) []any {
	plan, own, option, pair := g.plan, int64(g.IntN(g.plan.Groups)), i%3 == 2, i%4 == 3
	row, rowShort, value, days, vega := g.column(plan.Structure.Rows, plan.RowMax), []any{}, int64(0), []any{}, []any{}
	if option {
		value, days, vega = g.Int64N(plan.ValueMax), []any{g.Int64N(60)}, g.sensitivities(own, false, plan.RowMax/10)
	}
	if pair {
		days = []any{g.Int64N(60)}
		for _, profit := range row {
			rowShort = append(rowShort, min(profit.(int64)+g.sometimes(100_000), plan.RowMax))
		}
	}
	return []any{number, fmt.Sprint("instrument", number), own, boolean(option), days, value, row, rowShort, g.es(), g.sensitivities(own, pair, plan.RowMax/3), vega,
		g.sometimes(9_000), []any{g.sometimes(900), g.sometimes(900)}, g.knots(4_000, 200), max(plan.RowMax, plan.ValueMax)}
}

func (g *generator) asset(number int64, i int) []any {
	plan, own := g.plan, int64(g.IntN(g.plan.Groups))
	value := g.Int64N(plan.ValueMax)
	es, crowd, knots := g.es(), []any{g.sometimes(900), g.sometimes(900)}, g.knots(4_000, 200)
	if i%3 == 0 { // a stable: nothing in its tail
		es, crowd, knots = make([]any, plan.Structure.EsRows), []any{int64(0), int64(0)}, []any{}
		for j := range es {
			es[j] = int64(0)
		}
	}
	return []any{number, fmt.Sprint("asset", number), own, "major", int64(0), value, int64(0), int64(0), int64(0), value,
		g.column(plan.Structure.Rows, plan.RowMax), es, value, g.column(plan.Structure.Rows, plan.RowMax), es,
		g.sensitivities(own, i%3 == 2, plan.RowMax/3), crowd, knots, max(plan.RowMax, plan.ValueMax)}
}

func boolean(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

// Account draws an account of at most so many different instruments and lines.
func Account(random *rand.Rand, table *risktable.Table, instruments, lines int, lotsMax int64) publicinput.AccountLeaf {
	account := publicinput.AccountLeaf{Cash: random.Int64N(200_000_000_000) - 50_000_000_000}
	for _, row := range someOf(random, table.Instruments, instruments) {
		kind := random.IntN(4)
		if row.PaidUp && kind >= 2 {
			account.Paid = append(account.Paid, publicinput.Entry{Key: row.Number, Lots: 1 + random.Int64N(lotsMax)})
		}
		if !row.PaidUp || kind != 2 {
			lots := 1 + random.Int64N(lotsMax)
			if random.IntN(2) == 0 {
				lots = -lots
			}
			account.Positions = append(account.Positions, publicinput.Entry{Key: row.Number, Lots: lots})
		}
	}
	var keys []int64
	for _, row := range table.Collateral {
		keys = append(keys, publicinput.LineKey(row.Number, false), publicinput.LineKey(row.Number, true))
	}
	for _, key := range someOf(random, keys, lines) {
		account.Lines = append(account.Lines, publicinput.Entry{Key: key, Lots: 1 + random.Int64N(lotsMax)})
	}
	return account
}

// someOf draws up to most different items, in their order.
func someOf[T any](random *rand.Rand, items []T, most int) []T {
	places := random.Perm(len(items))[:random.IntN(min(most, len(items))+1)]
	slices.Sort(places)
	drawn := make([]T, len(places))
	for i, place := range places {
		drawn[i] = items[place]
	}
	return drawn
}

// TariffScenarios is the number of scenarios of a random tariff.
const TariffScenarios = 7

// Tariff is a random tariff of a table, as the house writes it: nothing nets but lots of one number, or everything in a group does. Rates
// are often 0, exits often small enough that a holding reaches beyond them.
func Tariff(random *rand.Rand, table *risktable.Table) []byte {
	var groups, symbols, scenarios, certified, charged, exits []any
	place, together := map[int64]int64{}, random.IntN(2) == 0
	for _, group := range table.Groups {
		if group.Charged {
			place[group.Number] = int64(len(groups))
			groups = append(groups, []any{group.Id, []any{[]any{int64(0), random.Int64N(1000)}}, int64(500_000), int64(1_000_000), int64(0), []any{}})
		}
	}
	for _, rows := range [][]risktable.Row{table.Instruments, table.Collateral} {
		for _, row := range rows {
			set := row.Id
			if together {
				set = "house"
			}
			for _, leg := range append(slices.Clone(row.Legs), row.Own) {
				if k, liquid := place[leg.Group]; liquid {
					symbols = append(symbols, []any{fmt.Sprintf("%s in %d", row.Id, k), k, set})
				}
			}
		}
	}
	column := func(n int, most int64) []any {
		rates := make([]any, n)
		for i := range rates {
			rates[i] = random.Int64N(most) * int64(random.IntN(2))
		}
		return rates
	}
	for range TariffScenarios {
		scenarios = append(scenarios, []any{column(len(groups), 300_000), slices.Repeat([]any{int64(0)}, len(symbols))})
		certified = append(certified, column(2*len(groups), 1000))
		charged = append(charged, column(2*len(groups), 1_000_001))
	}
	for range 2 * len(groups) {
		often := int64(random.IntN(2))
		linear := often * random.Int64N(400_000)
		beyond := linear + often*random.Int64N(200_000)
		exits = append(exits, []any{random.Int64N(1 << (10 + random.IntN(45))), linear, beyond, beyond + often*random.Int64N(200_000)})
	}
	return canonical.Encode([]any{"bulwark-buffer-tariff", int64(2), []any{int64(500_000), int64(250_000), int64(30_000)}, groups, symbols,
		scenarios, certified, charged, exits, []any{[]any{}, []any{}}})
}
