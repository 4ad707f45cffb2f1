package risktable

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

func ints(numbers ...int64) []any {
	list := make([]any, len(numbers))
	for i, number := range numbers {
		list[i] = number
	}
	return list
}

func repeated(list []any, n int) (all []any) {
	for range n {
		all = append(all, list...)
	}
	return all
}

// legalFamilies are J, every row but the last alone, and S, all rows per group.
func legalFamilies() []any {
	return []any{[]any{"J", []any{ints(0), ints(1)}}, []any{"S", []any{ints(0, 1, 2)}}}
}

// legalTable is a small legal table of the components that the circuit knows, as a tree that a test may change.
func legalTable() []any {
	none := []any{}
	charges := []any{[]any{int64(2000), int64(3000), none}, []any{int64(0), int64(0), none}, []any{int64(0), none}, ints(2, 1, 0),
		[]any{ints(7, 0), ints(35, 0)}}
	return []any{"bulwark-risk-table", int64(2), []any{[]any{"kernel", "1"}}, []any{none, none, none}, legalFamilies(),
		[]any{[]any{"joint", ints(1_000_000, 0)}, []any{"breakdown", ints(800_000, 200_000)}}, none, ints(0), ints(1_000_000),
		[]any{[]any{int64(0), "USD", none}, []any{int64(3), "BTC", charges}},
		[]any{
			[]any{int64(1), "BTC-PERP", int64(3), int64(0), none, int64(0), ints(-900, 800, -50), none, ints(0), []any{ints(3, 679)}, none,
				int64(20), ints(0, 0), none, int64(900)},
			[]any{int64(4), "BTC-CALL", int64(3), int64(1), ints(30), int64(500), ints(-400, 700, -50), none, ints(0), []any{ints(3, 300)},
				[]any{ints(3, -40)}, int64(9), ints(0, 0), none, int64(700)},
		},
		[]any{[]any{int64(2), "BTC", int64(3), "major", int64(0), int64(679), int64(110_000), int64(20_000), int64(0), int64(604),
			ints(-300, 250, -9), ints(0), int64(693), ints(-280, 260, -8), ints(0), []any{ints(3, 679)}, ints(0, 0), none, int64(700)}},
		ints(10_000, 800_000, 10_000, 250_000, 1<<60, publicinput.LotsMax)}
}

// at gives the array inside a tree at these places.
func at(tree []any, places ...int) []any {
	for _, place := range places {
		tree = tree[place].([]any)
	}
	return tree
}

func TestShouldReadALegalTable(t *testing.T) {
	table, err := Parse(canonical.Encode(legalTable()))
	if err != nil {
		t.Fatal(err)
	}
	if table.leafCount() != 1+publicinput.GroupsFilled+2+0+1+1 {
		t.Fatalf("global, filled groups, instruments, collateral, debt; have %d leaves", table.leafCount())
	}
	if last := table.Groups[publicinput.GroupsFilled-1].Number; last != 9 {
		t.Fatalf("null groups are numbered after the last; have %d", last)
	}
	call := table.Instruments[1]
	if columns := call.Own.columns(0); columns[publicinput.SenseDays+1] != 300 || columns[publicinput.SenseDays] != 0 {
		t.Fatal("an option of 30 days takes the key of 35 days")
	}
	if debt := table.Debts[0]; debt.Value != -693 || debt.Own.Delta != -679 || debt.Loss[1] != 260 {
		t.Fatalf("a debt is negated, its rows are losses already; have %+v", debt)
	}
}

func TestShouldLayEveryLeafUnderTheRoot(t *testing.T) {
	table, err := Parse(canonical.Encode(legalTable()))
	if err != nil {
		t.Fatal(err)
	}
	if table.Root != publicinput.HashOf(publicinput.TableCap, table.Cap[:]...) {
		t.Fatal("the root is the hash of the cap")
	}
	for key, index := range table.places {
		children, digits := table.Path(index)
		node := table.Leaf(index)
		for level := publicinput.TablePathLevels - 1; level >= 0; level-- {
			if children[level][digits[level]] != node {
				t.Fatalf("leaf %v is not the child that its digit names", key)
			}
			node = publicinput.Node(children[level][0], children[level][1], children[level][2], children[level][3])
		}
		if node != table.Cap[index>>(2*publicinput.TablePathLevels)] {
			t.Fatalf("leaf %v does not stand under the cap", key)
		}
	}
	whole := tree.New(publicinput.TableDepth)
	for index := range int64(table.leafCount()) {
		whole.Update(map[int64]fr.Element{index: table.Leaf(index)})
	}
	if table.Leaf(int64(table.leafCount())) != (fr.Element{}) || whole.Node(publicinput.TableCapLevel, 0) != table.Cap[0] {
		t.Fatal("leaves stand without gaps from the left")
	}
}

func TestShouldBindEveryComponentInTheRoot(t *testing.T) {
	plain, _ := Parse(canonical.Encode(legalTable()))
	for _, c := range []struct {
		where  string
		change func(table []any)
	}{
		{"table.groups[1].charges.impact.knots", func(table []any) { at(table, 9, 1, 2, 0)[2] = []any{ints(5, 1)} }},
		{"table.groups[1].charges.contagion.short", func(table []any) { at(table, 9, 1, 2, 1)[1] = int64(1) }},
		{"table.groups[1].charges.crowding.chi", func(table []any) { at(table, 9, 1, 2, 2)[0] = int64(1) }},
		{"table.groups[1].charges.skew.psi", func(table []any) { at(table, 9, 1, 2, 3)[2] = int64(1) }},
		{"table.groups[1].charges.basis[0].ppm", func(table []any) { at(table, 9, 1, 2, 4, 0)[1] = int64(1) }},
		{"table.instruments[0].rowShort", func(table []any) { at(table, 10, 0)[7] = ints(-900, 900, -50) }},
		{"table.instruments[0].es", func(table []any) { at(table, 10, 0)[8] = ints(5) }},
		{"table.instruments[0].delta[0].group", func(table []any) { at(table, 10, 0)[9] = []any{ints(0, 679)} }},
		{"table.instruments[0].crowd.long", func(table []any) { at(table, 10, 0)[12] = ints(1, 0) }},
		{"table.instruments[0].knots", func(table []any) { at(table, 10, 0)[13] = []any{ints(5, 1), ints(9, 2)} }},
		{"table.assets[0].debtEs", func(table []any) { at(table, 11, 0)[14] = ints(5) }},
		{"table.assets[0].crowd.short", func(table []any) { at(table, 11, 0)[16] = ints(0, 3) }},
		{"table.families", func(table []any) { table[4] = []any{at(table, 4, 0), []any{"STAR", at(table, 4, 1)[1]}} }},
		{"table.combos", func(table []any) { table[5] = at(table, 5)[:1] }},
	} {
		tree := legalTable()
		c.change(tree)
		table, err := Parse(canonical.Encode(tree))
		if err != nil {
			t.Errorf("%s is legal: %v", c.where, err)
			continue
		}
		if table.Root == plain.Root {
			t.Errorf("%s must be in the root", c.where)
		}
	}
}

func TestShouldRefuseIllegalTablesByFieldAndRule(t *testing.T) {
	for _, c := range []struct {
		code, where string
		change      func(table []any)
	}{
		{"WRONG_SCHEMA", "table.version", func(table []any) { table[1] = int64(1) }},
		{"WEIGHTS", "table.combos[0].weights", func(table []any) { at(table, 5, 0)[1] = ints(999_999, 0) }},
		{"WEIGHTS", "table.esWeights", func(table []any) { table[8] = ints(999_999) }},
		{"LIMIT_EXCEEDED", "table.esWeights", func(table []any) {
			table[8] = append(ints(1_000_000-22, 1), append(repeated(ints(2, 1), 6), ints(2, 1, 0, 0, 0, 0)...)...)
		}},
		{"LIMIT_EXCEEDED", "table.esWeights", func(table []any) { table[8] = append(ints(1_000_000), repeated(ints(0), 31)...) }},
		{"OUT_OF_RANGE", "table.parameters.limit", func(table []any) { at(table, 12)[4] = int64(1) << 59 }},
		{"NOT_SORTED", "table.groups[1].number", func(table []any) { at(table, 9, 1)[0] = int64(0) }},
		{"LIMIT_EXCEEDED", "table.groups[1].charges.impact.knots", func(table []any) {
			at(table, 9, 1, 2, 0)[2] = []any{ints(5, 1), ints(6, 1), ints(7, 1)}
		}},
		{"NOT_SORTED", "table.groups[1].charges.impact.knots[1].threshold", func(table []any) {
			at(table, 9, 1, 2, 0)[2] = []any{ints(5, 1), ints(5, 1)}
		}},
		{"UNKNOWN_GROUP", "table.instruments[0].group", func(table []any) { at(table, 10, 0)[2] = int64(2) }},
		{"WRONG_LENGTH", "table.instruments[0].row", func(table []any) { at(table, 10, 0)[6] = ints(-900, 800) }},
		{"BOUND_TOO_SMALL", "table.instruments[0].bound", func(table []any) { at(table, 10, 0)[14] = int64(899) }},
		{"BOUND_TOO_SMALL", "table.instruments[1].bound", func(table []any) { at(table, 10, 1)[10] = []any{ints(3, -141)} }},
		{"BOUND_TOO_SMALL", "table.assets[0].bound", func(table []any) { at(table, 11, 0)[12] = int64(701) }},
		{"OUT_OF_RANGE", "table.instruments[0].row[0]", func(table []any) { at(table, 10, 0)[6] = ints(-1<<31, 0, 0) }},
		{"NOT_SORTED", "table.instruments[1].number", func(table []any) { at(table, 10, 1)[0] = int64(1) }},
	} {
		tree := legalTable()
		c.change(tree)
		_, err := Parse(canonical.Encode(tree))
		if fault := refusal.Of(err); err == nil || fault.Code != c.code || fault.Where != c.where {
			t.Errorf("want %s at %s, have %v", c.code, c.where, err)
		}
	}
}

func TestShouldRefuseOtherFormsOfTheSameTable(t *testing.T) {
	encoded := canonical.Encode(legalTable())
	longer := append([]byte{0x98, 0x0d}, encoded[1:]...) // array(13) with its length in a byte of its own
	for _, form := range [][]byte{longer, encoded[:len(encoded)-1], append(encoded, 0), {}, {0xf6}} {
		if _, err := Parse(form); refusal.Of(err).Code != "NOT_CANONICAL" {
			t.Errorf("want NOT_CANONICAL, have %v", err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(canonical.Encode(legalTable()))
	f.Fuzz(func(t *testing.T, encoded []byte) {
		if _, err := Parse(encoded); err != nil && refusal.Of(err).Class != refusal.Table {
			t.Fatalf("every fault of a table has a name: %v", err)
		}
	})
}
