package fund

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
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

func init() { logger.Disable() }

// small is the shape of the tests: four accounts of three members over three scenarios. That of accounts with standings is the same.
var (
	small  = Shape{Levels: 1, Positions: 2, Lines: 2, Instruments: 3, Assets: 2, Rows: 3, Members: 3, Depth: 2}
	venues = overVenues(small)
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

const rowMax, valueMax = 4_000_000, 9_000_000

// randomVault is a random legal table of full rows: instruments and assets with gaps in their numbers, instruments from 0. In a falling one everything that is
// held long, and every debt, loses in every scenario.
func randomVault(t testing.TB, random *rand.Rand, instruments, assets int, falling bool) *risktable.Table {
	t.Helper()
	return randomVaultFrom(t, random, 0, instruments, assets, falling)
}

// randomVaultFrom begins at another number than 0.
func randomVaultFrom(t testing.TB, random *rand.Rand, first int64, instruments, assets int, falling bool) *risktable.Table {
	t.Helper()
	var listed []any
	none, zeros, flat := []any{}, []any{int64(0)}, []any{int64(0), int64(0)}
	for i := range int64(instruments) {
		listed = append(listed, []any{first + 2*i + random.Int64N(1+min(i, 1)), "instrument", int64(0), int64(0), none, random.Int64N(valueMax), drawColumn(random, falling, -1),
			none, zeros, []any{[]any{int64(0), random.Int64N(rowMax)}}, none, random.Int64N(9_000), flat, none, int64(valueMax)})
	}
	return vaultOf(t, first, assets, listed, random, falling)
}

// drawColumn draws profits by scenario; in a falling table each has the sign of falls.
func drawColumn(random *rand.Rand, falling bool, falls int64) []any {
	profits := make([]any, small.Rows)
	for r := range profits {
		profit := random.Int64N(2*rowMax) - rowMax
		if falling {
			profit = falls * (1 + max(profit, -profit))
		}
		profits[r] = profit
	}
	return profits
}

// vaultOf is a table of these instruments and drawn assets.
func vaultOf(t testing.TB, first int64, assets int, listed []any, random *rand.Rand, falling bool) *risktable.Table {
	t.Helper()
	none, zeros, flat := []any{}, []any{int64(0)}, []any{int64(0), int64(0)}
	var held []any
	for i := range int64(assets) {
		value := random.Int64N(valueMax)
		held = append(held, []any{first + 2*i + random.Int64N(2), "asset", int64(0), "major", int64(0), value, int64(0), int64(0), int64(0), value, drawColumn(random, falling, -1),
			zeros, value, drawColumn(random, falling, 1), zeros, none, flat, none, int64(valueMax)})
	}
	rows := make([]any, small.Rows)
	for r := range rows {
		rows[r] = none
	}
	encoded := canonical.Encode([]any{"bulwark-risk-table", int64(2), none, rows, families(),
		[]any{[]any{"joint", []any{int64(1_000_000), int64(0)}}, []any{"breakdown", []any{int64(800_000), int64(200_000)}}},
		none, zeros, []any{int64(1_000_000)}, []any{[]any{int64(0), "group", none}}, listed, held,
		[]any{int64(10_000), int64(800_000), int64(10_000), int64(250_000), int64(1) << 60, int64(publicinput.LotsMax)}})
	table, err := risktable.Parse(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// families are J, every scenario alone, and S, all scenarios per group.
func families() []any {
	points, all := make([]any, small.Rows), make([]any, small.Rows)
	for r := range all {
		all[r], points[r] = int64(r), []any{int64(r)}
	}
	return []any{[]any{"J", points}, []any{"S", []any{all}}}
}

func randomElement(random *rand.Rand) (element fr.Element) {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	element.SetBytes(bytes[:])
	return element
}

func some(random *rand.Rand, n, least, most int) []int {
	drawn := random.Perm(n)[:least+random.IntN(min(most, n)-least+1)]
	slices.Sort(drawn)
	return drawn
}

// losing draws a full house in which three members, one with two accounts, lose beyond their margin in every scenario. Losses are even, so
// that half of one is an integer too.
func losing(t testing.TB, random *rand.Rand, instruments int) Request {
	t.Helper()
	return losingOver(random, randomVault(t, random, instruments, small.Assets, true))
}

func losingOver(random *rand.Rand, vault *risktable.Table) Request {
	request := houseOver(random, vault, []int{0, 1, 2, 3}, []int64{4, 6, 4, 8}, 2)
	for i := range request.Accounts {
		request.Margins[i].Initial, request.Margins[i].Buffer = 2*random.Int64N(2), 2*(1+random.Int64N(2))
		request.Margins[i].Equity = 1 << 30
		for j := range request.Accounts[i].Positions {
			lots := &request.Accounts[i].Positions[j].Lots
			*lots = 2 * max(*lots, -*lots)
		}
		for j := range request.Accounts[i].Lines {
			request.Accounts[i].Lines[j].Lots *= 2
		}
	}
	return sealed(random, request)
}

// drawHouse draws accounts at the places given, with at least so many entries in each list, whose members are those named.
func drawHouse(t testing.TB, random *rand.Rand, places []int, members []int64, least int) Request {
	t.Helper()
	return houseOver(random, randomVault(t, random, small.Instruments-random.IntN(2), small.Assets, false), places, members, least)
}

func houseOver(random *rand.Rand, vault *risktable.Table, places []int, members []int64, least int) Request {
	request := Request{Vault: vault}
	for i, place := range places {
		account := publicinput.AccountLeaf{Number: int64(place), Owner: randomElement(random), Salt: randomElement(random), Cash: random.Int64N(1<<40) - 1<<random.IntN(40)}
		for _, at := range some(random, len(request.Vault.Instruments), least, small.Positions) {
			lots := 1 + random.Int64N(5_000)
			account.Positions = append(account.Positions, publicinput.Entry{Key: request.Vault.Instruments[at].Number, Lots: lots - 2*lots*random.Int64N(2)})
		}
		for _, at := range some(random, 2*len(request.Vault.Collateral), least, small.Lines) {
			account.Lines = append(account.Lines, publicinput.Entry{
				Key: publicinput.LineKey(request.Vault.Collateral[at/2].Number, at%2 == 1), Lots: 1 + random.Int64N(5_000)})
		}
		if random.IntN(3) == 0 { // little equity, or none
			account.Cash = 0
			account.Cash = random.Int64N(3_000_000_000) - 500_000_000 - worth(vault, account)
		}
		request.Accounts = append(request.Accounts, account)
		request.Margins = append(request.Margins, publicinput.MarginLeaf{Number: int64(place), Member: members[i], Initial: random.Int64N(3_000_000_000),
			Maintenance: random.Int64N(3_000_000_000), Equity: random.Int64N(4_000_000_000) - 500_000_000, Buffer: random.Int64N(500_000_000), Salt: randomElement(random)})
	}
	return sealed(random, request)
}

// sealed seals accounts, their margins and the table into an epoch; the fund holds exactly the need.
func sealed(random *rand.Rand, request Request) Request {
	leaves, margins := map[int64]fr.Element{}, map[int64]fr.Element{}
	for i, account := range request.Accounts {
		leaves[account.Number], margins[account.Number] = account.Hash(), request.Margins[i].Hash()
	}
	request.Epoch = publicinput.EpochDocument{House: randomElement(random), Number: 1 + random.Int64N(1000), Previous: randomElement(random),
		AccountRoot: root(small.Depth, leaves), VaultTableRoot: request.Vault.Root, TableRoot: randomElement(random), MarginRoot: root(small.Depth, margins)}
	request.Fund = need(request).Int64()
	return request
}

func rowOf(rows []risktable.Row, number int64) risktable.Row {
	return rows[slices.IndexFunc(rows, func(row risktable.Row) bool { return row.Number == number })]
}

// worth is the equity of an account by the values of the vault table.
func worth(vault *risktable.Table, account publicinput.AccountLeaf) int64 {
	equity := account.Cash
	if account.Cash < 0 {
		equity = -((-account.Cash*(1_000_000+vault.Parameters.CashResidual) + 999_999) / 1_000_000)
	}
	for _, entry := range account.Positions {
		equity += entry.Lots * rowOf(vault.Instruments, entry.Key).Value
	}
	for _, entry := range account.Lines {
		if entry.Key%2 == 1 {
			equity += entry.Lots * rowOf(vault.Debts, entry.Key/2).Value
		} else {
			equity += entry.Lots * rowOf(vault.Collateral, entry.Key/2).Value
		}
	}
	return equity
}

// credited is what an account pays itself.
func credited(request Request, i int) int64 {
	margin := request.Margins[i]
	return max(0, min(margin.Equity, margin.Initial+margin.Buffer, worth(request.Vault, request.Accounts[i])))
}

// need is the rule once more: the two members who lose most beyond what they hold in one row, affiliates together.
func need(request Request) *big.Int {
	most := new(big.Int)
	for r := range request.Vault.Rows {
		beyond := map[int64]int64{}
		for i, account := range request.Accounts {
			loss := -credited(request, i)
			for _, entry := range account.Positions {
				loss += entry.Lots * rowOf(request.Vault.Instruments, entry.Key).Loss[r]
			}
			for _, entry := range account.Lines {
				rows := request.Vault.Collateral
				if entry.Key%2 == 1 {
					rows = request.Vault.Debts
				}
				loss += entry.Lots * rowOf(rows, entry.Key/2).Loss[r]
			}
			beyond[request.Margins[i].Member] += max(0, loss)
		}
		first, second := int64(0), int64(0)
		for _, loss := range beyond {
			if loss > first {
				first, loss = loss, first
			}
			second = max(second, loss)
		}
		if both := big.NewInt(first + second); both.Cmp(most) > 0 {
			most = both
		}
	}
	return most
}

// shapeOf is the shape of the accounts' format.
func shapeOf(request Request) Shape {
	if len(request.Accounts) > 0 && request.Accounts[0].AtVenues {
		return venues
	}
	return small
}

func assign(t testing.TB, request Request) *Assignment {
	t.Helper()
	assignment, err := Assign(shapeOf(request), request)
	if err != nil {
		t.Fatal(err)
	}
	return assignment
}

func accepts(assignment *Assignment) bool {
	return groth.Solve(systems[assignment.Circuit.shape](), assignment.Circuit) == nil
}
