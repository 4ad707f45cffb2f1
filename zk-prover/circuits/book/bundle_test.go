package book

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/account"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// testKeys are keys of the small shapes: batches, one layer, the top above it. They are made once.
var testKeys = sync.OnceValue(func() Keys {
	open := func(shape groth.Shape) *groth.Key {
		key, err := keytest.Open(shape)
		if err != nil {
			panic(err)
		}
		return key
	}
	return Keys{Batch: open(spot), Layers: []*groth.Key{open(layer)}, Top: open(higher)}
})

// sealedHouse is a house whose accounts fill so many batches, over a table of values alone, with exactly the reserves that it needs.
func sealedHouse(random *rand.Rand, batches int) HouseRequest {
	return sealedHouseIn(random, spot, batches)
}

func sealedHouseIn(random *rand.Rand, shape Shape, batches int) HouseRequest {
	table := randomTable(random, shape)
	if shape.Format == account.OverVenues {
		table.Paths = []risktable.Path{{First: 0, Then: []int{0}}}
	}
	table.Root, table.Sha = randomElement(random), [32]byte{7}
	request := HouseRequest{Table: table, Shortfall: -1}
	values := ValuesOf(table)
	for number := range int64(batches * shape.Accounts()) {
		if number/int64(shape.Accounts()) != 1 { // the second batch has no account
			request.Accounts = append(request.Accounts, randomAccount(random, shape, values, number, 1))
		}
	}
	request.Reserves.Assets = make([]int64, shape.Assets)
	for _, account := range request.Accounts {
		request.Reserves.Cash += max(account.Cash, 0)
		for _, entry := range account.Lines {
			if entry.Key%2 == 0 {
				row, _ := values.lineRow(entry.Key)
				request.Reserves.Assets[row/2] += entry.Lots
			}
		}
	}
	return sealed(random, request)
}

// sealed seals the accounts of a request into an epoch.
func sealed(random *rand.Rand, request HouseRequest) HouseRequest {
	accounts, leaves := tree.New(higher.Depth), map[int64]fr.Element{}
	for _, account := range request.Accounts {
		leaves[account.Number] = account.Hash()
	}
	accounts.Update(leaves)
	request.Epoch = publicinput.EpochDocument{House: randomElement(random), Number: 1 + random.Int64N(1000), Previous: randomElement(random),
		AccountRoot: accounts.Root(), TableRoot: request.Table.Root, TableSha: request.Table.Sha}
	return request
}

func proveHouse(t *testing.T, request HouseRequest, kept *Kept) (*Bundle, *Kept, Figures) {
	t.Helper()
	bundle, made, figures, err := testKeys().Prove(request, kept)
	if err != nil {
		t.Fatal(err)
	}
	return bundle, made, figures
}

// bundleForgery changes a true bundle, or the table that the verifier holds.
type bundleForgery struct {
	name, code string
	make       func(*Bundle, *risktable.Table)
}

func empty() Part {
	return Part{Node: EmptyNode(spot.Assets, 0, spot.Levels).Commitment(), Proof: []byte{}}
}

var bundleForgeries = []bundleForgery{
	{"a published total less by one", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Published.Lines[0]-- }},
	{"a reserve more by one", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Published.Reserves[0]++ }},
	{"less shortfall", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Shortfall-- }},
	{"less accounts", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Accounts-- }},
	{"another epoch", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Epoch.Number++ }},
	{"the table of another epoch", "TABLE_ROOT_DIFFERS", func(_ *Bundle, table *risktable.Table) { table.Root = publicinput.Signed(3) }},
	{"a value below what was proved", "VALUES_NOT_COVERED", func(_ *Bundle, table *risktable.Table) { table.Collateral[1].Value -= 2 }},
	{"a debt dearer than what was proved", "VALUES_NOT_COVERED", func(_ *Bundle, table *risktable.Table) { table.Debts[1].Value -= 2 }},
	{"a residual above what was proved", "VALUES_NOT_COVERED", func(_ *Bundle, table *risktable.Table) { table.Parameters.CashResidual++ }},
	{"values that are not those proved", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Values[0].Lines[0].Value-- }},
	{"values under other keys", "VALUES_NOT_COVERED", func(b *Bundle, _ *risktable.Table) {
		b.Values[0].Lines[0].Key, b.Values[0].Lines[1].Key = 1_000, 1_001
		slices.SortFunc(b.Values[0].Lines, func(x, y LineValue) int { return int(x.Key - y.Key) })
	}},
	{"no such values", "OUT_OF_RANGE", func(b *Bundle, _ *risktable.Table) { b.Batches[0].Values = 1 }},
	{"a batch left out", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Batches = b.Batches[:4] }},
	{"a batch called empty", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Batches[0].Part = empty() }},
	{"an empty batch in the place of the last", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Batches[4].Part = empty() }},
	{"a batch without a proof", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Batches[0].Proof = []byte{} }},
	{"two batches changed over", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) {
		b.Batches[0], b.Batches[2] = b.Batches[2], b.Batches[0]
	}},
	{"a batch twice", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Batches[2] = b.Batches[0] }},
	{"the proof of another batch", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Batches[2].Proof = b.Batches[0].Proof }},
	{"a layer left out", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Layers = nil }},
	{"a layer too many", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Layers = append(b.Layers, b.Layers[0]) }},
	{"a sum left out", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Layers[0] = b.Layers[0][:1] }},
	{"two sums changed over", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) {
		b.Layers[0][0], b.Layers[0][1] = b.Layers[0][1], b.Layers[0][0]
	}},
	{"a sum's node of another", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Layers[0][1].Node = b.Layers[0][0].Node }},
	{"a batch's proof on top", "PROOF_REFUSED", func(b *Bundle, _ *risktable.Table) { b.Top = b.Batches[0].Proof }},
	{"a total that no asset names", "WRONG_LENGTH", func(b *Bundle, _ *risktable.Table) { b.Published.Lines = append(b.Published.Lines, 0) }},
	{"a negative total", "OUT_OF_RANGE", func(b *Bundle, _ *risktable.Table) { b.Published.Lines[1] = -1 }},
	{"a total in a row behind the table's", "OUT_OF_RANGE", func(b *Bundle, table *risktable.Table) {
		table.Collateral, table.Debts = table.Collateral[:2], table.Debts[:2]
		b.Published.Lines[4] = 1
	}},
}

func copied(t *testing.T, bundle *Bundle) *Bundle {
	t.Helper()
	again, err := ParseBundle(bundle.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestShouldVerifyAHouseAndRefuseEveryForgery(t *testing.T) {
	witnesstest.FullTier(t)
	random := rand.New(rand.NewPCG(51, 52))
	request := sealedHouse(random, 5)
	bundle, _, figures := proveHouse(t, request, nil)
	if figures != (Figures{Accounts: 16, Batches: 5, BatchesProved: 4}) {
		t.Fatalf("four of five batches have accounts; have %+v", figures)
	}
	keys, err := testKeys().Verifying()
	if err != nil {
		t.Fatal(err)
	}
	if err := copied(t, bundle).Verify(keys, request.Table); err != nil {
		t.Fatalf("a true bundle must be accepted: %v", err)
	}
	for _, forgery := range bundleForgeries {
		t.Run(forgery.name, func(t *testing.T) {
			forged, table := copied(t, bundle), *request.Table
			table.Collateral, table.Debts = slices.Clone(table.Collateral), slices.Clone(table.Debts)
			forgery.make(forged, &table)
			if err := forged.Verify(keys, &table); err == nil || refusal.Of(err).Code != forgery.code {
				t.Fatalf("want %s, have %v", forgery.code, err)
			}
		})
	}
	keys.Top.Shape.Height++
	if err := bundle.Verify(keys, request.Table); err == nil || refusal.Of(err).Code != "BAD_SHAPE" {
		t.Fatalf("a top that does not stand on its layers must be refused; have %v", err)
	}
}

func TestShouldRefuseWhatIsNoElement(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	bundle := &Bundle{Epoch: publicinput.EpochDocument{Number: 1}, Batches: []BatchPart{{Part: Part{Node: randomElement(random), Proof: []byte{}}}},
		Published: Published{}, Top: []byte{}}
	encoded := bundle.Encode()
	if _, err := ParseBundle(encoded); err != nil {
		t.Fatal(err)
	}
	modulus := fr.Modulus().Bytes()
	forged := bytes.Replace(encoded, bytesOf(bundle.Batches[0].Node), modulus, 1)
	if _, err := ParseBundle(forged); err == nil || refusal.Of(err).Code != "NOT_A_FIELD_ELEMENT" {
		t.Fatalf("r is no element: %v", err)
	}
}

func TestShouldProveOnlyWhatChanged(t *testing.T) {
	witnesstest.FullTier(t)
	random := rand.New(rand.NewPCG(55, 56))
	request := sealedHouse(random, 5)
	request.BandPpm = 20_000
	first, kept, _ := proveHouse(t, request, nil)

	again, err := parseKept(kept.Encode())
	if err != nil {
		t.Fatal(err)
	}
	request.Table.Collateral[0].Value += 5
	request.Table.Collateral[1].Value -= request.Table.Collateral[1].Value / 100
	request.Table.Debts[2].Value += request.Table.Debts[2].Value / 100
	second, kept, figures := proveHouse(t, sealed(random, request), again)
	if figures.BatchesProved != 0 || !bytes.Equal(second.Layers[0][0].Proof, first.Layers[0][0].Proof) || bytes.Equal(second.Top, first.Top) {
		t.Fatalf("within the band only the top is proved anew; have %+v", figures)
	}

	request.Accounts[15].Lines[0].Lots++
	if request.Accounts[15].Lines[0].Key%2 == 0 {
		row, _ := ValuesOf(request.Table).lineRow(request.Accounts[15].Lines[0].Key)
		request.Reserves.Assets[row/2]++
	}
	third, kept, figures := proveHouse(t, sealed(random, request), kept)
	if figures.BatchesProved != 1 || third.Layers[0][0].Node != second.Layers[0][0].Node || third.Layers[0][1].Node == second.Layers[0][1].Node {
		t.Fatalf("one account changed: one batch and the sum above it; have %+v", figures)
	}

	request.Table.Collateral[0].Value /= 2
	_, _, figures = proveHouse(t, sealed(random, request), kept)
	if figures.BatchesProved != 4 {
		t.Fatalf("a value that leaves the band needs every batch anew; have %+v", figures)
	}
}

func TestShouldReadWhatAHouseAsks(t *testing.T) {
	random := rand.New(rand.NewPCG(57, 58))
	request := sealedHouse(random, 1)
	leaf := []any{"bulwark-account", int64(1), int64(3), bytesOf(randomElement(random)), bytesOf(randomElement(random)), int64(-5), []any{}, []any{},
		[]any{}, []any{}}
	ask := func(accounts ...any) []byte {
		return canonical.Encode([]any{"bulwark-book-prove", int64(2), encodeEpoch(request.Epoch), accounts, int64(1), []any{int64(2)},
			[]any{int64(5)}, int64(3),
			int64(-1), []byte{}})
	}
	read, kept, err := ParseHouse(ask(canonical.Encode(leaf)), request.Table)
	if err != nil || kept != nil || read.Epoch != request.Epoch || read.Accounts[0].Cash != -5 || read.Reserves.Cash != 1 || read.Reserves.Instruments[0] != 5 || read.BandPpm != 3 || read.Shortfall != -1 {
		t.Fatalf("a request must be read: %+v %v", read, err)
	}
	if _, _, err := ParseHouse(ask(canonical.Encode(leaf), canonical.Encode(leaf)), request.Table); err == nil || refusal.Of(err).Code != "IDS_NOT_INCREASING" {
		t.Fatalf("an account twice must be refused; have %v", err)
	}
}
