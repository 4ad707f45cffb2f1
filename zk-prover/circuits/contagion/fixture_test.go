package contagion

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

func init() { logger.Disable() }

// small is the shape of the tests: four accounts of three members, four scenarios of two groups. That of accounts with standings has room
// for more claims.
var (
	small = Shape{Levels: 1, Positions: 3, Lines: 2, Entries: 11, Places: 12, Groups: 2, Scenarios: 4, Members: 3, Depth: 2}

	venues = overVenues(Shape{Levels: 1, Positions: 3, Lines: 2, Entries: 15, Places: 20, Groups: 2, Scenarios: 4, Members: 3, Depth: 2})
)

func overVenues(shape Shape) Shape {
	shape.Format = account.OverVenues
	return shape
}

// systems are the compiled shapes.
var systems = map[Shape]func() *cs.R1CS{small: compiled(small), venues: compiled(venues)}

func compiled(shape Shape) func() *cs.R1CS {
	return sync.OnceValue(func() *cs.R1CS {
		system, err := groth.Compile(shape)
		if err != nil {
			panic(err)
		}
		return system
	})
}

func smallSystem() *cs.R1CS { return systems[small]() }

// rows are the rows of the table that are the scenarios.
var rows = []int64{0, 3, 6, 9}

// house is a drawn house: its table, its tariff as a tree whose vectors may be changed, and its accounts.
type house struct {
	shape    Shape
	table    *risktable.Table
	tariff   []any
	accounts []publicinput.AccountLeaf
	margins  []publicinput.MarginLeaf // equity and maintenance margin follow when the house is sealed
	random   *rand.Rand
}

// Places of the tariff's encoding.
const (
	rulesField, groupsField, symbolsField, scenariosField, certifiedField, chargedField = 2, 3, 4, 5, 6, 7
)

func list(value any) []any { return value.([]any) }

const largestLots = 5_000

// drawHouse draws accounts at the places given, of the members named, that lose enough to be sold in part. Nothing nets but lots of one number,
// or all of a group does.
func drawHouse(t testing.TB, random *rand.Rand, places []int, members []int64, least int) *house {
	t.Helper()
	return drawHouseIn(t, random, small, tabletest.SmallPlan(1), places, members, least)
}

// drawHouseIn draws them for a shape over a table of this plan.
func drawHouseIn(t testing.TB, random *rand.Rand, shape Shape, plan tabletest.Plan, places []int, members []int64, least int) *house {
	t.Helper()
	h := &house{shape: shape, random: random}
	for h.table == nil || len(linear(h.table.Instruments)) < 3 {
		h.table = tabletest.Table(random, plan)
	}
	root, document := canonical.Decode(tabletest.Tariff(random, h.table), refusal.Table, "tariff")
	if document.Fault() != nil {
		t.Fatal(document.Fault())
	}
	h.tariff = list(root.Content())
	h.tariff[rulesField] = []any{1 + random.Int64N(1_000_000), int64(250_000), int64(30_000)}
	groups, symbols := list(h.tariff[groupsField]), list(h.tariff[symbolsField])
	for _, group := range groups {
		list(group)[1] = []any{[]any{int64(0), random.Int64N(9_000)}, []any{random.Int64N(1_000_000_000_000), random.Int64N(9_000)}}
		list(group)[2] = 1 + random.Int64N(600_000)
	}
	var scenarios []any
	for range rows {
		returns := make([]any, len(groups))
		for k := range returns {
			returns[k] = random.Int64N(1_200_000) - 900_000
		}
		scenarios = append(scenarios, []any{returns, slices.Repeat([]any{int64(0)}, len(symbols))})
	}
	h.tariff[scenariosField] = scenarios
	for i, place := range places {
		booked := publicinput.AccountLeaf{Number: int64(place), Owner: randomElement(random), Salt: randomElement(random),
			Cash: random.Int64N(40_000_000_000) - 10_000_000_000}
		eligible := linear(h.table.Instruments)
		for _, at := range some(random, len(eligible), least, small.Positions) {
			lots := 1 + random.Int64N(largestLots)
			booked.Positions = append(booked.Positions, publicinput.Entry{Key: eligible[at].Number, Lots: lots - 2*lots*random.Int64N(2)})
		}
		for _, at := range some(random, 2*len(h.table.Collateral), least, small.Lines) {
			booked.Lines = append(booked.Lines, publicinput.Entry{
				Key: publicinput.LineKey(h.table.Collateral[at/2].Number, at%2 == 1), Lots: 1 + random.Int64N(largestLots)})
		}
		if shape.Format == account.OverVenues {
			booked, _ = tabletest.Standings(random, h.table, booked, len(h.table.Venues), largestLots)
		}
		h.accounts = append(h.accounts, booked)
		h.margins = append(h.margins, publicinput.MarginLeaf{Number: int64(place), Member: members[i],
			Initial: random.Int64N(40_000_000_000) * int64(random.IntN(5)) / 4, Buffer: random.Int64N(1 << 40), Salt: randomElement(random)})
	}
	h.publish(make([][]int64, len(rows)))
	return h
}

// linear are the instruments that are neither options nor two-sided.
func linear(instruments []risktable.Row) (rows []risktable.Row) {
	for _, row := range instruments {
		if !row.Option && !row.TwoSided {
			rows = append(rows, row)
		}
	}
	return rows
}

func some(random *rand.Rand, n, least, most int) []int {
	drawn := random.Perm(n)[:least+random.IntN(min(most, n)-least+1)]
	slices.Sort(drawn)
	return drawn
}

func randomElement(random *rand.Rand) (element fr.Element) {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	element.SetBytes(bytes[:])
	return element
}

// publish writes certified vectors into the tariff, none of nil; whatever is charged is at least as much.
func (h *house) publish(vectors [][]int64) {
	components := 2 * len(list(h.tariff[groupsField]))
	certified, charged := make([]any, len(rows)), make([]any, len(rows))
	for s, vector := range vectors {
		rates, most := make([]any, components), make([]any, components)
		for i := range rates {
			rates[i], most[i] = int64(0), int64(1_000_000)
			if vector != nil {
				rates[i] = vector[i]
			}
		}
		certified[s], charged[s] = rates, most
	}
	h.tariff[certifiedField], h.tariff[chargedField] = certified, charged
}

// request seals the house as it stands.
func (h *house) request(t testing.TB) Request {
	t.Helper()
	terms, err := TermsOf(h.shape, h.table, canonical.Encode(h.tariff), rows)
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Terms: terms, Accounts: slices.Clone(h.accounts), Margins: slices.Clone(h.margins)}
	for i, account := range h.accounts {
		exposed, unit := h.exposed(terms, account, h.margins[i]), big.NewInt(100)
		request.Margins[i].Equity = new(big.Int).Quo(exposed.equity, unit).Int64()
		request.Margins[i].Maintenance = new(big.Int).Quo(exposed.maintenance, unit).Int64()
	}
	return h.sealed(request)
}

// sealed seals accounts, margins, table and tariff of a request into an epoch.
func (h *house) sealed(request Request) Request {
	leaves, margins := map[int64]fr.Element{}, map[int64]fr.Element{}
	for i, account := range request.Accounts {
		leaves[account.Number], margins[account.Number] = account.Hash(), request.Margins[i].Hash()
	}
	request.Epoch = publicinput.EpochDocument{House: randomElement(h.random), Number: 1 + h.random.Int64N(1000), Previous: randomElement(h.random),
		AccountRoot: root(small.Depth, leaves), TableRoot: request.Terms.Table.Root, VaultTableRoot: randomElement(h.random),
		BufferDigest: request.Terms.Tariff.Digest, MarginRoot: root(small.Depth, margins)}
	return request
}

func root(depth int, leaves map[int64]fr.Element) fr.Element {
	sealed := tree.New(depth)
	sealed.Update(leaves)
	return sealed.Root()
}

// exposed is an account, or several merged, in the rule's own words: money in µ$, nets by unwind set and group.
type exposed struct {
	equity, maintenance *big.Int
	losses              []*big.Int
	nets                map[[2]int64]*big.Int
}

// rule is Φ once more, from the table's rows and the tariff's symbols: what is forced by scenario and component, and the vectors that follow.
func (h *house) rule(t testing.TB, vectors [][]int64) (flows, image [][]int64) {
	t.Helper()
	terms, err := TermsOf(h.shape, h.table, canonical.Encode(h.tariff), rows)
	if err != nil {
		t.Fatal(err)
	}
	owners := map[int64][]exposed{}
	for i, account := range h.accounts {
		owners[h.margins[i].Member] = append(owners[h.margins[i].Member], h.exposed(terms, account, h.margins[i]))
	}
	groups := list(h.tariff[groupsField])
	for s := range rows {
		forced := make([]int64, 2*len(groups))
		for _, accounts := range owners {
			apart := make([]int64, len(forced))
			for _, account := range accounts {
				addUp(apart, h.sold(terms, account, s, vectors[s]))
			}
			for i, together := range h.sold(terms, merged(accounts), s, vectors[s]) {
				forced[i] += max(apart[i], together)
			}
		}
		rates := make([]int64, len(forced))
		for i, flow := range forced {
			group := list(groups[i%len(groups)])
			bound := group[2].(int64)
			if i < len(groups) {
				bound = min(bound, max(0, 1_000_000+list(list(list(h.tariff[scenariosField])[s])[0])[i].(int64)))
			}
			impact := new(big.Int)
			for _, step := range list(group[1]) {
				from, slope := list(step)[0].(int64), list(step)[1].(int64)
				addProduct(impact, max(0, flow-from), slope)
			}
			rates[i] = bound
			if rate := up(impact, 1_000_000_000_000); rate.Cmp(big.NewInt(bound)) < 0 {
				rates[i] = rate.Int64()
			}
		}
		flows, image = append(flows, forced), append(image, rates)
	}
	return flows, image
}

func (h *house) exposed(terms *Terms, account publicinput.AccountLeaf, margin publicinput.MarginLeaf) exposed {
	parameters := h.table.Parameters
	e := exposed{equity: new(big.Int), losses: newSums(len(rows)), nets: map[[2]int64]*big.Int{}}
	e.maintenance = up(product(margin.Initial, parameters.Phi), 1_000_000)
	e.maintenance.Mul(e.maintenance, big.NewInt(100))
	equity := big.NewInt(max(0, account.Cash))
	equity.Sub(equity, up(product(max(0, -account.Cash), 1_000_000+parameters.CashResidual), 1_000_000))
	hold := func(row risktable.Row, lots int64) {
		addProduct(equity, lots, row.Value)
		for s, r := range rows {
			addProduct(e.losses[s], 100*lots, row.Loss[r])
		}
		listed, _ := terms.Tariff.Entry(&row)
		for _, leg := range append(slices.Clone(row.Legs), row.Own) {
			if group, _ := h.table.Group(leg.Group); group.Charged {
				key := [2]int64{listed.Set, leg.Group}
				if e.nets[key] == nil {
					e.nets[key] = new(big.Int)
				}
				addProduct(e.nets[key], 100*lots, leg.Delta) // the delta of a debt's row is negative already
			}
		}
	}
	row := func(rows []risktable.Row, number int64) risktable.Row {
		return rows[slices.IndexFunc(rows, func(row risktable.Row) bool { return row.Number == number })]
	}
	for _, entry := range account.Positions {
		hold(row(h.table.Instruments, entry.Key), entry.Lots)
	}
	for _, entry := range account.Lines {
		if entry.Key%2 == 1 {
			hold(row(h.table.Debts, entry.Key/2), entry.Lots)
		} else {
			hold(row(h.table.Collateral, entry.Key/2), entry.Lots)
		}
	}
	e.equity.Mul(equity, big.NewInt(100))
	return e
}

func merged(accounts []exposed) exposed {
	all := exposed{equity: new(big.Int), maintenance: new(big.Int), losses: newSums(len(rows)), nets: map[[2]int64]*big.Int{}}
	for _, account := range accounts {
		all.equity.Add(all.equity, account.equity)
		all.maintenance.Add(all.maintenance, account.maintenance)
		for s := range rows {
			all.losses[s].Add(all.losses[s], account.losses[s])
		}
		for key, net := range account.nets {
			if all.nets[key] == nil {
				all.nets[key] = new(big.Int)
			}
			all.nets[key].Add(all.nets[key], net)
		}
	}
	return all
}

// sold is what an account is forced to trade in a scenario, by component.
func (h *house) sold(terms *Terms, e exposed, s int, vector []int64) []int64 {
	groups := len(terms.Tariff.Liquid)
	held, loss := newSums(2*groups), new(big.Int)
	for key, net := range e.nets {
		i := slices.Index(terms.Tariff.Liquid, key[1])
		if net.Sign() < 0 {
			i += groups
		}
		held[i].Add(held[i], new(big.Int).Abs(net))
	}
	for i := range held {
		loss.Add(loss, new(big.Int).Mul(held[i], big.NewInt(vector[i])))
	}
	missing := new(big.Int).Sub(e.maintenance, e.equity)
	missing.Add(missing, e.losses[s]).Add(missing, up(loss, 1_000_000))
	span := new(big.Int).Mul(e.maintenance, big.NewInt(list(h.tariff[rulesField])[0].(int64)))
	if span.Quo(span, big.NewInt(1_000_000)); span.Sign() == 0 {
		span.SetInt64(1)
	}
	flows, share := make([]int64, len(held)), int64(0)
	if missing.Sign() > 0 {
		share = 1_000_000
		if missing.Cmp(span) < 0 {
			scaled := new(big.Int).Mul(missing, big.NewInt(1_000_000))
			quotient, rest := scaled.QuoRem(scaled, span, new(big.Int))
			share = quotient.Int64() + int64(rest.Sign())
		}
	}
	for i := range held {
		flows[i] = up(new(big.Int).Mul(held[i], big.NewInt(share)), 1_000_000).Int64()
	}
	return flows
}

func product(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }

// up is the quotient toward +∞ of a sum that is not negative.
func up(numerator *big.Int, divisor int64) *big.Int {
	sum := new(big.Int).Add(numerator, big.NewInt(divisor-1))
	return sum.Quo(sum, big.NewInt(divisor))
}

// leastFixedPoint publishes and gives the least vectors that one step does not exceed.
func (h *house) leastFixedPoint(t testing.TB) [][]int64 {
	t.Helper()
	vectors := make([][]int64, len(rows))
	for s := range vectors {
		vectors[s] = make([]int64, small.sides())
	}
	for {
		_, image := h.rule(t, vectors)
		if slices.EqualFunc(image, vectors, slices.Equal) {
			h.publish(vectors)
			return vectors
		}
		vectors = image
	}
}

func assign(t testing.TB, request Request) *Assignment {
	t.Helper()
	assignment, err := Assign(request.Terms.shape, request)
	if err != nil {
		t.Fatal(err)
	}
	return assignment
}

func accepts(assignment *Assignment) bool {
	return groth.Solve(systems[assignment.Circuit.shape](), assignment.Circuit) == nil
}
