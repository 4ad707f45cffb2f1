package vectors

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/plain/tree"
)

var update = flag.Bool("update", false, "write the vectors anew")

// directory is zk-prover/vectors, beside the circuits.
var directory = filepath.Join("..", "..", "vectors")

func text(element fr.Element) string {
	encoded := element.Bytes()
	return hex.EncodeToString(encoded[:])
}

func texts(elements []fr.Element) []string {
	list := make([]string, len(elements))
	for i, element := range elements {
		list[i] = text(element)
	}
	return list
}

// assertFile compares a golden file with what was computed.
func assertFile(t *testing.T, name string, computed any) {
	t.Helper()
	encoded, err := json.MarshalIndent(computed, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(directory, name)
	if *update {
		if err := os.WriteFile(path, append(encoded, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(bytes.TrimSpace(golden), encoded) {
		t.Fatalf("%s differs from what is computed: %v", name, err)
	}
}

// sequence are n elements that fill the field: powers of 7 with alternating sign.
func sequence(n int) []fr.Element {
	elements, seven := make([]fr.Element, n), fr.NewElement(7)
	for i := range elements {
		elements[i].Exp(seven, big.NewInt(int64(31*i+1)))
		if i%2 == 1 {
			elements[i].Neg(&elements[i])
		}
	}
	return elements
}

type hashVector struct {
	Domain   int      `json:"domain"`
	Width    int      `json:"width"`
	N        int      `json:"n"`
	Elements []string `json:"elements"`
	Hash     string   `json:"hash"`
}

func TestShouldHashAsTheVectors(t *testing.T) {
	var hashes []hashVector
	for domain := publicinput.Account; domain <= publicinput.DomainMax; domain++ {
		width := domain.Width()
		for _, n := range []int{0, 1, width - 1, width, 2*width - 1} {
			elements := sequence(n)
			hashes = append(hashes, hashVector{int(domain), width, n, texts(elements), text(publicinput.HashOf(domain, elements...))})
		}
	}
	four := sequence(4)
	assertFile(t, "hash.json", map[string]any{"hashes": hashes,
		"node": map[string]any{"children": texts(four), "parent": text(publicinput.Node(four[0], four[1], four[2], four[3]))}})
}

type listVector struct {
	Domain  int        `json:"domain"`
	Entries [][2]int64 `json:"entries"`
	Hash    string     `json:"hash"`
}

func listVectors() (vectors []listVector) {
	long := make([]publicinput.Entry, 45)
	for i := range long {
		long[i] = publicinput.Entry{Key: int64(3 * i), Lots: int64(1-2*(i%2)) * int64(1+i*i)}
	}
	extremes := []publicinput.Entry{{Key: 0, Lots: -publicinput.LotsMax}, {Key: 1<<32 - 1, Lots: publicinput.LotsMax}}
	for _, domain := range []publicinput.Domain{publicinput.PositionList, publicinput.PaidList, publicinput.LineList} {
		for _, entries := range [][]publicinput.Entry{nil, long[:1], long[:3], long[:4], long, extremes} {
			vector := listVector{Domain: int(domain), Entries: [][2]int64{}, Hash: text(publicinput.ListHash(domain, entries))}
			for _, entry := range entries {
				vector.Entries = append(vector.Entries, [2]int64{entry.Key, entry.Lots})
			}
			vectors = append(vectors, vector)
		}
	}
	return vectors
}

func TestShouldHashAccountsAsTheVectors(t *testing.T) {
	elements := sequence(8)
	tail := new(big.Int).Lsh(big.NewInt(0x1234_5678_9abc_def0), 64)
	owner := publicinput.OwnerOf(elements[0], 1_048_575, tail)
	account := publicinput.AccountLeaf{Number: 1_048_575, Owner: owner, Salt: elements[1], Cash: -12_345_678,
		Positions: []publicinput.Entry{{Key: 1, Lots: -5}, {Key: 7, Lots: 9_000}}, Paid: []publicinput.Entry{{Key: 7, Lots: 3}},
		Lines: []publicinput.Entry{{Key: publicinput.LineKey(2, false), Lots: 10}, {Key: publicinput.LineKey(2, true), Lots: 4}}}
	assertFile(t, "account.json", map[string]any{
		"lists": listVectors(),
		"owner": map[string]any{"secret": text(elements[0]), "number": account.Number, "tail": tail.Text(16), "owner": text(owner)},
		"leaf": map[string]any{"number": account.Number, "owner": text(owner), "salt": text(account.Salt), "cash": account.Cash,
			"positions": [][2]int64{{1, -5}, {7, 9_000}}, "paid": [][2]int64{{7, 3}}, "collateral": [][2]int64{{2, 10}}, "debt": [][2]int64{{2, 4}},
			"leaf": text(account.Hash())},
		"nullifier": map[string]any{"secret": text(elements[0]), "house": text(elements[2]), "epoch": 17, "scope": text(elements[3]),
			"number": account.Number, "nullifier": text(publicinput.NullifierOf(elements[0], elements[2], publicinput.Signed(17), elements[3], account.Number))},
	})
}

func digest(first byte) (digest [32]byte) {
	for i := range digest {
		digest[i] = first + byte(i)
	}
	return digest
}

func TestShouldMakeStatementsAsTheVectors(t *testing.T) {
	e := sequence(8)
	epoch := publicinput.EpochDocument{House: e[0], Number: 17, Previous: e[1], AccountRoot: e[2], TableRoot: e[3], TableSha: digest(1),
		ParametersSha: digest(64), InputsSha: digest(200), VenueRoot: e[4], VaultTableRoot: e[5], BufferDigest: e[6], MarginRoot: e[7]}
	names := []string{"house", "epoch", "previous", "accountRoot", "tableRoot", "tableShaHigh", "tableShaLow", "parametersShaHigh",
		"parametersShaLow", "inputsShaHigh", "inputsShaLow", "venueRoot", "vaultTableRoot", "bufferDigest", "marginRoot"}
	var claims []map[string]any
	for _, claim := range []publicinput.Statement{{Tag: 1}, {Tag: 2, Choice: 2, Amount: 77, Name: 1}, {Tag: 3, Amount: 1<<63 - 1, Name: 1 << 20},
		{Tag: 1, Choice: 1, Standing: true, Amount: 5}} {
		claims = append(claims, map[string]any{"kind": claim.Tag, "candidate": claim.Choice, "standing": claim.Standing, "m": claim.Amount, "name": claim.Name,
			"claim": text(claim.Element())})
	}
	assertFile(t, "statement.json", map[string]any{
		"epoch": map[string]any{"names": names, "elements": texts(epoch.Elements()), "tableSha": hex.EncodeToString(epoch.TableSha[:]),
			"digest": text(epoch.Digest())},
		"publicInputs": []string{"seal", "challenge", "scope", "nullifier", "statement"},
		"claims":       claims,
	})
}

func layoutOf(layout publicinput.Layout) []map[string]any {
	fields := make([]map[string]any, len(layout))
	for i, field := range layout {
		fields[i] = map[string]any{"name": field.Name, "offset": field.Offset, "bits": field.Bits}
	}
	return fields
}

func partsOf(layout publicinput.RowLayout) map[string]int {
	return map[string]int{"sensitivities": layout.Sense, "size": layout.Tail, "legs": layout.Legs, "shortfall": layout.Es, "end": layout.End}
}

func TestShouldPackAsTheVectors(t *testing.T) {
	var columns []map[string]any
	for _, values := range [][]int64{{}, {1}, {-1}, {1, -1, 2, -2}, {-1 << 60, 1<<60 - 1, 0, -1 << 60, 5}} {
		columns = append(columns, map[string]any{"columns": values, "elements": texts(publicinput.Wide.Pack(values))})
	}
	group := make([][]map[string]any, len(publicinput.GroupLeaf))
	for i, layout := range publicinput.GroupLeaf {
		group[i] = layoutOf(layout)
	}
	instrument, asset := publicinput.RowLayoutOf(120, 256, publicinput.Instrument), publicinput.RowLayoutOf(120, 256, publicinput.Collateral)
	weightElement, weightField := publicinput.WeightAt(publicinput.FamiliesMax + 1)
	assertFile(t, "packing.json", map[string]any{
		"columns": columns,
		"row": map[string]any{"head": layoutOf(publicinput.RowHead), "size": layoutOf(publicinput.RowSize), "elementsAt120RowsAnd256OfShortfall": map[string]any{
			"stress": publicinput.RowHeadElements, "instrument": partsOf(instrument), "asset": partsOf(asset)}},
		"group": group,
		"global": map[string]any{"head": layoutOf(publicinput.GlobalHead), "money": layoutOf(publicinput.GlobalMoney),
			"weightOfCombo1Family1": map[string]any{"element": publicinput.GlobalWeights + weightElement, "offset": weightField.Offset, "bits": weightField.Bits},
			"esWeights":             publicinput.GlobalEsWeights, "structure": publicinput.GlobalStructure, "elements": publicinput.GlobalElements},
	})
}

func TestShouldGrowTreesAsTheVectors(t *testing.T) {
	var trees []map[string]any
	for _, depth := range []int{1, 3, 10} {
		grown, leaves := tree.New(depth), map[string]string{}
		last := grown.Size() - 1
		empty := grown.Root()
		for i, index := range []int64{0, last, last / 3} {
			leaf := sequence(3)[i]
			grown.Update(map[int64]fr.Element{index: leaf})
			leaves[big.NewInt(index).String()] = text(leaf)
		}
		var path []string
		for _, siblings := range grown.Path(last / 3) {
			path = append(path, texts(siblings[:])...)
		}
		trees = append(trees, map[string]any{"depth": depth, "emptyRoot": text(empty), "leaves": leaves, "root": text(grown.Root()),
			"pathOf": last / 3, "path": path})
	}
	assertFile(t, "tree.json", trees)
}

func ints(numbers ...int64) []any {
	list := make([]any, len(numbers))
	for i, number := range numbers {
		list[i] = number
	}
	return list
}

// fullTable uses every component of the format, also those that no circuit charges yet, so that their places are pinned too.
func fullTable() []any {
	none := []any{}
	charges := []any{[]any{int64(2000), int64(3000), []any{ints(1<<40, 11), ints(1<<62, 22)}}, []any{int64(400), int64(500), []any{ints(7, 8)}},
		[]any{int64(4_000_000), []any{ints(9, 10)}}, ints(2, 1, 500_000), []any{ints(7, 2000), ints(35, 4000)}}
	volatility := func(text string) []any { return []any{"vs", text} }
	rows := []any{[]any{volatility("1"), []any{"x", int64(-1_000_000)}}, []any{volatility("1"), []any{"x", int64(1_000_000)}},
		[]any{[]any{"cross", int64(1)}, volatility("0"), []any{"x", int64(0)}}}
	return []any{"bulwark-risk-table", int64(2), none, rows, []any{[]any{"J", []any{ints(0), ints(1)}}, []any{"S", []any{ints(0, 1, 2)}}},
		[]any{[]any{"joint", ints(1_000_000, 0)}, []any{"breakdown", ints(800_000, 200_000)}}, none, ints(0), ints(1_000_000),
		[]any{[]any{int64(0), "USD", none}, []any{int64(3), "BTC", charges}, []any{int64(4), "ETH", charges}, []any{int64(6), "ETH/BTC", none}},
		[]any{
			[]any{int64(1), "BTC-PERP", int64(3), int64(0), none, int64(0), ints(-900, 800, -50), none, ints(0), []any{ints(3, 679)}, none,
				int64(20), ints(3, 5), []any{ints(100, 1), ints(200, 2)}, int64(900)},
			[]any{int64(4), "BTC-CALL", int64(3), int64(1), ints(30), int64(500), ints(-400, 700, -50), none, ints(-6), []any{ints(3, 300)},
				[]any{ints(3, -40)}, int64(9), ints(0, 0), none, int64(700)},
			[]any{int64(5), "ETH/BTC", int64(6), int64(0), ints(60), int64(0), ints(-90, -10, -80), ints(90, 20, 85), ints(3), []any{ints(3, -70), ints(4, 75)},
				[]any{ints(3, 1), ints(4, -2)}, int64(2), ints(0, 0), none, int64(150)},
		},
		[]any{[]any{int64(2), "BTC", int64(3), "major", int64(0), int64(679), int64(110_000), int64(20_000), int64(0), int64(604),
			ints(-300, 250, -9), ints(4), int64(693), ints(-280, 260, -8), ints(-5), []any{ints(3, 679)}, ints(6, 7), []any{ints(50, 3)}, int64(700)}},
		ints(10_000, 800_000, 10_000, 250_000, 1<<60, publicinput.LotsMax)}
}

func TestShouldLayOutTablesAsTheVectors(t *testing.T) {
	encoded := canonical.Encode(fullTable())
	table, err := risktable.Parse(encoded)
	if err != nil {
		t.Fatal(err)
	}
	leaves := []map[string]any{{"domain": int(publicinput.Global), "elements": texts(table.GlobalElements()), "leaf": text(table.Leaf(0))}}
	add := func(domain publicinput.Domain, number int64, elements []fr.Element) {
		place, _ := table.Place(domain, number)
		leaves = append(leaves, map[string]any{"domain": int(domain), "number": number, "place": place, "elements": texts(elements),
			"leaf": text(table.Leaf(place))})
	}
	for _, group := range table.Groups {
		add(publicinput.Group, group.Number, group.Elements())
	}
	for _, rows := range [][]risktable.Row{table.Instruments, table.Shorts, table.Collateral, table.Debts} {
		for _, row := range rows {
			add(row.Domain, row.Number, row.Elements())
		}
	}
	epoch, requestRoot := sequence(2)[0], sequence(2)[1]
	evaluated := table.EvaluateAt(publicinput.Wide, publicinput.RhoOf(epoch, requestRoot))
	assertFile(t, "table.json", map[string]any{"evaluated": map[string]string{"epochDigest": text(epoch), "requestRoot": text(requestRoot),
		"rho": text(evaluated.Point), "root": text(evaluated.Root), "requestSeal": text(publicinput.RequestSealOf(epoch, requestRoot, evaluated.Root))},
		"encoding": hex.EncodeToString(encoded), "sha256": hex.EncodeToString(table.Sha[:]),
		"leaves": leaves, "root": text(table.Root)})
}

// A tariff of the table above: what nets is apart, and the two options, one of them a product, have no entry.
func TestShouldCommitToTariffsAsTheVectors(t *testing.T) {
	table, err := risktable.Parse(canonical.Encode(fullTable()))
	if err != nil {
		t.Fatal(err)
	}
	none := []any{}
	ladder := []any{ints(0, 150)}
	symbols := []any{[]any{"BTC-PERP in 0", int64(0), "BTC-PERP"}, []any{"BTC-CALL in 0", int64(0), "BTC-CALL"}, []any{"ETH/BTC in 0", int64(0), "ETH/BTC"},
		[]any{"ETH/BTC in 1", int64(1), "ETH/BTC"}, []any{"BTC in 0", int64(0), "BTC"}}
	encoded := canonical.Encode([]any{"bulwark-buffer-tariff", int64(2), ints(500_000, 250_000, 30_000),
		[]any{[]any{"BTC", ladder, int64(500_000), int64(100_000_000_000), int64(0), none}, []any{"ETH", ladder, int64(500_000), int64(1 << 50), int64(0), none}},
		symbols, []any{[]any{ints(-100_000, 0), ints(0, 0, 0, 0, 0)}, []any{ints(80_000, 90_000), ints(0, 0, 0, 0, 0)}},
		[]any{ints(20_000, 0, 5, 6), ints(0, 0, 30_000, 7)}, []any{ints(20_001, 1, 5, 6), ints(0, 0, 30_000, 1_000_000)},
		[]any{ints(1, 7_500, 7_575, 7_725), ints(1<<56-1, 0, 0, 1_000_000), ints(3, 4, 5, 6), ints(0, 0, 0, 0)},
		[]any{[]any{ints(0, 14, 1, 43_750_000_000, 18, 9_000_000_000, 52_858)}, []any{[]any{"BTC-CALL", []any{ints(0, 4_000_000)}}}}})
	opened, err := tariff.Parse(table, encoded)
	if err != nil {
		t.Fatal(err)
	}
	var groups, entries []map[string]any
	for _, group := range opened.Groups {
		groups = append(groups, map[string]any{"number": group.Number, "elements": texts(group.Elements())})
	}
	for _, entry := range opened.Entries {
		entries = append(entries, map[string]any{"number": entry.Number, "asset": entry.Line, "set": entry.Set, "own": entry.Own, "legs": entry.Legs,
			"word": text(entry.Word())})
	}
	assertFile(t, "tariff.json", map[string]any{"encoding": hex.EncodeToString(encoded), "exits": layoutOf(publicinput.BufferExits),
		"entry": layoutOf(publicinput.BufferEntry), "groups": groups, "entries": entries, "leaves": texts(opened.Leaves()), "digest": text(opened.Digest)})
}
