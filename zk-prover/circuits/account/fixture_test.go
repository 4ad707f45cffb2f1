package account

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/risktable"
	"bulwark.io/circuits/tree"
)

// small is the shape of the fast tests.
var small = Shape{Positions: 3, Lines: 2, Groups: 2, Rows: 5, EsRows: 1, Depth: 2}

// tiny is the shape of the one key that the tests set up.
var tiny = Shape{Positions: 1, Lines: 1, Groups: 1, Rows: small.Rows, EsRows: 1, Depth: 1}

// tablePlan says how large a random legal table is.
type tablePlan struct {
	rows, groups, instruments, assets int
	rowMax, valueMax                  int64
}

var smallPlan = tablePlan{rows: small.Rows, groups: 3, instruments: 6, assets: 3, rowMax: 4_000_000, valueMax: 9_000_000}

// randomTable is the encoding of a random legal table of the slice's components: sorted numbers with gaps, every third instrument paid up and dated.
func randomTable(random *rand.Rand, plan tablePlan) []byte {
	var rows, groups, instruments, assets []any
	for range plan.rows {
		rows = append(rows, []any{})
	}
	for g := range plan.groups {
		charges := []any{}
		if g > 0 {
			none := []any{}
			charges = []any{
				[]any{slope(random), slope(random), none}, []any{int64(0), int64(0), none}, []any{int64(0), none},
				[]any{int64(2), int64(1), int64(0)}, []any{[]any{int64(7), int64(0)}, []any{int64(35), int64(0)}}}
		}
		groups = append(groups, []any{int64(g), "group", charges})
	}
	number := int64(-1)
	for i := range plan.instruments {
		number += 1 + random.Int64N(3)
		instruments = append(instruments, randomInstrument(random, plan, number, i%3 == 2))
	}
	number = -1
	for range plan.assets {
		number += 1 + random.Int64N(3)
		assets = append(assets, randomAsset(random, plan, number))
	}
	return canonical.Encode([]any{"bulwark-risk-table", int64(2), []any{}, rows, risktable.Families(plan.rows),
		[]any{[]any{"joint", []any{int64(1_000_000), int64(0)}}, []any{"breakdown", []any{int64(800_000), int64(200_000)}}},
		[]any{}, []any{int64(0)}, []any{int64(1_000_000)}, groups, instruments, assets,
		[]any{int64(10_000), int64(800_000), int64(10_000), int64(250_000), int64(1) << 60, int64(publicinput.LotsMax)}})
}

// slope is an impact slope in ppm, 0 in every fourth group.
func slope(random *rand.Rand) int64 { return random.Int64N(30_000) * int64(min(random.IntN(4), 1)) }

// randomColumn is a column of profits within ±most; every fourth knows no loss, as a hedge's may.
func randomColumn(random *rand.Rand, n int, most int64) []any {
	column, harmless := make([]any, n), random.IntN(4) == 0
	for i := range column {
		profit := random.Int64N(2*most+1) - most
		if harmless {
			profit = max(profit, -profit)
		}
		column[i] = profit
	}
	return column
}

func randomInstrument(random *rand.Rand, plan tablePlan, number int64, option bool) []any {
	group, none, zeros := int64(random.IntN(plan.groups)), []any{}, []any{int64(0)}
	row, value, days, vega := randomColumn(random, plan.rows, plan.rowMax), int64(0), []any{}, []any{}
	delta := random.Int64N(2*plan.rowMax) - plan.rowMax
	if option {
		value, days = random.Int64N(plan.valueMax), []any{random.Int64N(60)}
		vega = []any{[]any{group, random.Int64N(plan.rowMax / 5)}}
	}
	return []any{number, "instrument", group, boolean(option), days, value, row, none, zeros, []any{[]any{group, delta}}, vega,
		random.Int64N(9_000), []any{int64(0), int64(0)}, none, max(plan.rowMax, plan.valueMax)}
}

func randomAsset(random *rand.Rand, plan tablePlan, number int64) []any {
	group, none, zeros := int64(random.IntN(plan.groups)), []any{}, []any{int64(0)}
	value := random.Int64N(plan.valueMax)
	return []any{number, "asset", group, "major", int64(0), value, int64(0), int64(0), int64(0), value,
		randomColumn(random, plan.rows, plan.rowMax), zeros, value, randomColumn(random, plan.rows, plan.rowMax), zeros,
		[]any{[]any{group, random.Int64N(plan.rowMax)}}, []any{int64(0), int64(0)}, none, max(plan.rowMax, plan.valueMax)}
}

func boolean(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

func parsedTable(t testing.TB, encoded []byte) *risktable.Table {
	t.Helper()
	table, err := risktable.Parse(encoded)
	if err != nil {
		t.Fatalf("a legal table must parse: %v", err)
	}
	return table
}

func randomElement(random *rand.Rand) (element fr.Element) {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	element.SetBytes(bytes[:])
	return element
}

// someOf draws up to most different keys, sorted.
func someOf(random *rand.Rand, keys []int64, most int) []int64 {
	drawn := slices.Clone(keys)
	random.Shuffle(len(drawn), func(i, j int) { drawn[i], drawn[j] = drawn[j], drawn[i] })
	drawn = drawn[:random.IntN(min(most, len(drawn))+1)]
	slices.Sort(drawn)
	return drawn
}

// sealRequest puts an account with its secret into an epoch of its own and asks for a claim.
func sealRequest(random *rand.Rand, shape Shape, table *risktable.Table, account publicinput.AccountLeaf, claim publicinput.Claim) Request {
	request := Request{Account: account, Claim: claim, Secret: randomElement(random), OwnerTail: big.NewInt(random.Int64())}
	request.Challenge, request.Scope = publicinput.Signed(random.Int64()), publicinput.Signed(random.Int64())
	request.Account.Salt = randomElement(random)
	request.Account.Owner = publicinput.OwnerOf(request.Secret, account.Number, request.OwnerTail)
	request.Epoch = publicinput.EpochDocument{House: randomElement(random), Number: 1 + random.Int64N(1000), Previous: randomElement(random),
		TableRoot: table.Root, TableSha: table.Sha}
	return reseal(shape, request)
}

// reseal makes the account tree anew after a change of the account.
func reseal(shape Shape, request Request) Request {
	accounts := tree.New(shape.Depth)
	accounts.Update(map[int64]fr.Element{request.Account.Number: request.Account.Hash(), 1: publicinput.Signed(7)})
	if request.Account.Number == 1 {
		accounts.Update(map[int64]fr.Element{1: request.Account.Hash()})
	}
	request.Path, request.Epoch.AccountRoot = accounts.Path(request.Account.Number), accounts.Root()
	return request
}
