package tariff_test

import (
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// Places of the encoding's fields.
const (
	groups, symbols, scenarios, charged, exits = 3, 4, 5, 7, 8
	symbolName, symbolSet                      = 0, 2
)

func list(value any) []any { return value.([]any) }

func drawn(t *testing.T, random *rand.Rand) (*risktable.Table, []any) {
	t.Helper()
	table := tabletest.Table(random, tabletest.SmallPlan(1))
	root, document := canonical.Decode(tabletest.Tariff(random, table), refusal.Table, "tariff")
	if document.Fault() != nil {
		t.Fatal(document.Fault())
	}
	return table, list(root.Content())
}

func TestShouldRefuseWhatIsNoTariffOfTheTable(t *testing.T) {
	for _, c := range []struct {
		code, where string
		change      func(tree []any)
	}{
		{"WRONG_SCHEMA", "tariff.version", func(tree []any) { tree[1] = int64(1) }},
		{"UNKNOWN_GROUP", "tariff.groups", func(tree []any) { list(list(tree[groups])[1])[0] = "another" }},
		{"WRONG_LENGTH", "tariff.charged", func(tree []any) { tree[charged] = list(tree[charged])[1:] }},
		{"WRONG_LENGTH", "tariff.charged[2]", func(tree []any) { list(tree[charged])[2] = list(list(tree[charged])[2])[1:] }},
		{"WRONG_LENGTH", "tariff.charged", func(tree []any) { tree[exits] = list(tree[exits])[1:] }},
		{"OUT_OF_RANGE", "tariff.charged[1][0]", func(tree []any) { list(list(tree[charged])[1])[0] = int64(1_000_001) }},
		{"OUT_OF_RANGE", "tariff.charged[1][0]", func(tree []any) { list(list(tree[charged])[1])[0] = int64(-1) }},
		{"OUT_OF_RANGE", "tariff.exits[0].quantity", func(tree []any) { list(list(tree[exits])[0])[0] = int64(1) << tariff.QuantityBits }},
		{"NOT_SORTED", "tariff.exits[1]", func(tree []any) { list(tree[exits])[1] = []any{int64(5), int64(8), int64(7), int64(9)} }},
		{"NOT_SORTED", "tariff.exits[1]", func(tree []any) { list(tree[exits])[1] = []any{int64(5), int64(8), int64(9), int64(8)} }},
		{"OUT_OF_RANGE", "tariff.symbols[0].group", func(tree []any) { list(list(tree[symbols])[0])[1] = int64(2) }},
		{"UNKNOWN_ID", "tariff.symbols", func(tree []any) {
			for _, symbol := range list(tree[symbols]) {
				list(symbol)[symbolName] = "nobody in 0"
			}
		}},
		{"LIMIT_EXCEEDED", "tariff.scenarios[3].basis", func(tree []any) { list(list(list(tree[scenarios])[3])[1])[0] = int64(1) }},
		{"LIMIT_EXCEEDED", "tariff.scenarios", func(tree []any) { tree[scenarios], tree[charged] = []any{}, []any{} }},
		{"LIMIT_EXCEEDED", "tariff.scenarios", func(tree []any) {
			for len(list(tree[scenarios])) <= tariff.ScenariosMax {
				tree[scenarios], tree[charged] = append(list(tree[scenarios]), list(tree[scenarios])[0]), append(list(tree[charged]), list(tree[charged])[0])
			}
		}},
	} {
		table, tree := drawn(t, rand.New(rand.NewPCG(1, 2)))
		c.change(tree)
		_, err := tariff.Parse(table, canonical.Encode(tree))
		if fault := refusal.Of(err); fault.Code != c.code || fault.Where != c.where {
			t.Errorf("want %s at %s, have %v", c.code, c.where, err)
		}
	}
}

// An entry that stands in two sets could be netted in neither.
func TestShouldRefuseAnEntryInTwoUnwindSets(t *testing.T) {
	for seed := range uint64(50) {
		table, tree := drawn(t, rand.New(rand.NewPCG(seed, 3)))
		split := false
		for _, row := range table.Instruments {
			if row.Option || len(row.Legs) == 0 || row.Own.Delta == 0 && len(row.Legs) < 2 {
				continue
			}
			for _, symbol := range list(tree[symbols]) {
				if list(symbol)[symbolName] == row.Id+" in 1" {
					list(symbol)[symbolSet], split = "elsewhere", true
				}
			}
		}
		if _, err := tariff.Parse(table, canonical.Encode(tree)); split && err != nil {
			if fault := refusal.Of(err); fault.Code == "UNKNOWN_ID" && fault.Where == "tariff.symbols" {
				return
			}
			t.Fatalf("want UNKNOWN_ID at tariff.symbols, have %v", err)
		}
	}
	t.Fatal("no table had a product on two liquidity groups")
}

func TestShouldHaveNoEntryForAnOptionEvenWithoutVega(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 5))
	root, _ := canonical.Decode(tabletest.Encoding(random, tabletest.SmallPlan(1)), refusal.Table, "table")
	tree := list(root.Content())
	for _, instrument := range list(tree[10]) {
		for _, vega := range list(list(instrument)[10]) {
			list(vega)[1] = int64(0)
		}
	}
	table, err := risktable.Parse(canonical.Encode(tree))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := tariff.Parse(table, tabletest.Tariff(random, table))
	if err != nil {
		t.Fatal(err)
	}
	options := 0
	for i := range table.Instruments {
		row := &table.Instruments[i]
		if _, ok := opened.Entry(row); ok == row.Option {
			t.Errorf("instrument %d: option %v, entry %v", row.Number, row.Option, ok)
		}
		if row.Option {
			options++
		}
	}
	if options == 0 || len(opened.Entries) != len(table.Instruments)-options+len(table.Collateral) {
		t.Fatalf("%d options, %d entries", options, len(opened.Entries))
	}
}

// What a circuit opens: another rate, exit, delta or set is another digest, and so is another word of the document that no leaf holds.
func TestShouldCommitToEveryPart(t *testing.T) {
	table, tree := drawn(t, rand.New(rand.NewPCG(6, 7)))
	honest, err := tariff.Parse(table, canonical.Encode(tree))
	if err != nil {
		t.Fatal(err)
	}
	list(list(tree[groups])[0])[2] = int64(499_999) // a cap
	other, err := tariff.Parse(table, canonical.Encode(tree))
	if err != nil || other.Digest == honest.Digest || other.Sha == honest.Sha {
		t.Fatalf("another document is another digest: %v", err)
	}
	for i, leaf := range other.Leaves() {
		if leaf != honest.Leaves()[i] {
			t.Fatal("a cap stands in no leaf")
		}
	}
	list(list(tree[charged])[0])[0] = 1_000_000 - list(list(tree[charged])[0])[0].(int64)
	again, err := tariff.Parse(table, canonical.Encode(tree))
	if err != nil || again.Leaves()[1] == other.Leaves()[1] || again.Leaves()[2] != other.Leaves()[2] {
		t.Fatalf("the rate of the first liquidity group stands in its leaf and in no other: %v", err)
	}
	if honest.GroupPlaces() != 8 || honest.EntryPlaces() != 16 || len(honest.Leaves()) != 8 || len(honest.Words()) != 16 {
		t.Fatalf("places %d and %d", honest.GroupPlaces(), honest.EntryPlaces())
	}
	if elements := len(honest.Groups[1].Elements()); elements != 2+(2*tabletest.TariffScenarios+publicinput.WeightsPerElement-1)/publicinput.WeightsPerElement {
		t.Fatalf("a leaf has %d elements", elements)
	}
}
