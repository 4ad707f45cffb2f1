package risktable

import (
	"fmt"
	"slices"
	"testing"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// legalVenues is the legal table over three venues, of which the second acts and the third does not. One path begins in row 0 and ends in
// row 1 (where another begins) or in row 2, in which the asset does not move.
func legalVenues() []any {
	table := legalTable()
	table[1] = int64(3)
	at(table, 9, 1)[2] = append(at(table, 9, 1, 2), []any{ints(1, 4_000), ints(2, 9_000)})
	at(table, 10)[0] = append(at(table, 10, 0), int64(1))
	at(table, 10)[1] = append(at(table, 10, 1), int64(0))
	asset := at(table, 11, 0)
	asset[10], asset[13] = ints(-300, 250, 0), ints(-280, 260, 0)
	at(table, 11)[0] = append(asset, int64(1), int64(830_000), ints(-650, 640))
	venues := []any{}
	for _, venue := range []struct {
		id   string
		acts int64
	}{{"free", 0}, {"perpetuals", 1}, {"wallet", 0}} {
		venues = append(venues, append([]any{venue.id, venue.acts}, ints(0, 0)...))
	}
	return append(table, []any{venues, []any{[]any{int64(0), ints(1, 2)}, []any{int64(1), ints(0, 2)}}, int64(1_500_000)})
}

func parsed(t *testing.T, tree []any) *Table {
	t.Helper()
	table, err := Parse(canonical.Encode(tree))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestShouldCountEntriesWhereTheyStand(t *testing.T) {
	table := parsed(t, legalVenues())
	perpetual, call, coin, owed := table.Instruments[0], table.Instruments[1], table.Collateral[0], table.Debts[0]
	for _, c := range []struct {
		name   string
		row    Row
		stands int64
		cells  []int64
	}{
		{"at a venue: its rows, no first cell", perpetual, publicinput.StandsActing, []int64{0, 900, -800}},
		{"free: its rows, first what it loses in the row back", call, publicinput.StandsFree, []int64{50, 400, -700}},
		{"collateral at a venue: its value, then the venue's own count", coin, publicinput.StandsActing, []int64{604, 650, -640}},
		{"a debt at a venue: its value negated, then its rows", owed, publicinput.StandsActing, []int64{-693, -280, 260}},
	} {
		want := append(slices.Clone(c.cells), make([]int64, publicinput.VenueCells-len(c.cells))...)
		if c.row.Stands != c.stands || !slices.Equal(c.row.AtVenue, want) {
			t.Errorf("%s: stands %d, cells %v", c.name, c.row.Stands, c.row.AtVenue)
		}
	}
	tree := legalVenues()
	at(tree, 11, 0)[19] = int64(0)
	if coin := parsed(t, tree).Collateral[0]; coin.Stands != publicinput.StandsFree || coin.AtVenue[1] != 300 || coin.AtVenue[2] != -250 {
		t.Errorf("free collateral counts by the house's own rows: %v", coin.AtVenue)
	}
	at(tree, 11, 0)[19] = int64(2)
	if coin := parsed(t, tree).Collateral[0]; coin.Stands != publicinput.StandsIdle {
		t.Errorf("a wallet never acts: %+v", coin)
	}
}

func TestShouldChargeDislocationByTheKeyOfTheVenue(t *testing.T) {
	table := parsed(t, legalVenues())
	if group, _ := table.Group(3); !slices.Equal(group.Basis(), []int64{0, 0, 4_000, 9_000}) || !slices.Equal(group.days, []int64{7, 35,
		1<<15 + 1, 1<<15 + 2}) {
		t.Fatalf("venues follow days: %v %v", group.days, group.Basis())
	}
	if perpetual := table.Instruments[0].Own; !slices.Equal(perpetual.Keys, []int{2}) || perpetual.columns(0)[publicinput.SenseDays+2] != 679 {
		t.Fatalf("what has no date counts by its venue alone: %v", perpetual.Keys)
	}
	tree := legalVenues()
	at(tree, 10, 1)[15] = int64(2)
	if call := parsed(t, tree).Instruments[1].Own; !slices.Equal(call.Keys, []int{1, 3}) {
		t.Fatalf("what is dated counts by its days and by its venue: %v", call.Keys)
	}
	if coin := table.Collateral[0].Own; len(coin.Keys) != 0 {
		t.Fatalf("assets have no mark that parts: %v", coin.Keys)
	}
}

// Every field that the circuit reads of venues is in the root, and the root of the same table without venues is another.
func TestShouldBindVenuesInTheRoot(t *testing.T) {
	plain := parsed(t, legalVenues())
	if parsed(t, legalTable()).Root == plain.Root {
		t.Fatal("formats must differ in the root")
	}
	for _, c := range []struct {
		where  string
		change func(table []any)
	}{
		{"table.instruments[0].venue", func(table []any) { at(table, 10, 0)[15] = int64(0) }},
		{"table.instruments[1].venue", func(table []any) { at(table, 10, 1)[15] = int64(2) }},
		{"table.assets[0].venue", func(table []any) { at(table, 11, 0)[19] = int64(2) }},
		{"table.assets[0].venueRow", func(table []any) { at(table, 11, 0)[21] = ints(-650, 641) }},
		{"table.groups[1].charges.dislocation", func(table []any) { at(table, 9, 1, 2)[5] = []any{ints(1, 4_001), ints(2, 9_000)} }},
		{"table.venueRisk.venues[2].liquidates", func(table []any) {
			at(table, 13, 0, 2)[1] = int64(1)
			at(table, 10, 1)[15] = int64(2)
		}},
		{"table.venueRisk.paths[0].first", func(table []any) { at(table, 13, 1, 0)[0], at(table, 13, 1, 1)[0] = int64(1), int64(0) }},
		{"table.venueRisk.paths[0].then", func(table []any) { at(table, 13, 1, 0)[1] = ints(2) }},
		{"table.venueRisk.prefunding", func(table []any) { at(table, 13)[2] = int64(1_500_001) }},
	} {
		tree := legalVenues()
		c.change(tree)
		if parsed(t, tree).Root == plain.Root {
			t.Errorf("%s must be in the root", c.where)
		}
	}
}

func TestShouldBindVenuesInTheEvaluatedRoot(t *testing.T) {
	point := publicinput.Signed(12_345)
	for _, packing := range []publicinput.Packing{publicinput.Wide, publicinput.Narrow} {
		root := parsed(t, legalVenues()).EvaluateAt(packing, point).Root
		for name, change := range map[string]func(*Row){
			"venue":     func(row *Row) { row.Venue++ },
			"stands":    func(row *Row) { row.Stands = publicinput.StandsIdle },
			"a cell":    func(row *Row) { row.AtVenue[1]++ },
			"its side":  func(row *Row) { row.Domain = publicinput.Debt },
			"no venues": func(row *Row) { row.AtVenue = nil },
		} {
			table := parsed(t, legalVenues())
			change(&table.Collateral[0])
			if table.EvaluateAt(packing, point).Root == root {
				t.Errorf("%s must be in the evaluated root", name)
			}
		}
	}
}

func TestShouldRefuseIllegalVenuesByFieldAndRule(t *testing.T) {
	for _, c := range []struct {
		code, where string
		change      func(table []any)
	}{
		{"WRONG_LENGTH", "table", func(table []any) { table[1] = int64(2) }},
		{"FREE_MONEY_ACTS", "table.venueRisk.venues[0].liquidates", func(table []any) { at(table, 13, 0, 0)[1] = int64(1) }},
		{"UNKNOWN_VENUE", "table.instruments[0].venue", func(table []any) { at(table, 10, 0)[15] = int64(3) }},
		{"UNKNOWN_VENUE", "table.assets[0].venue", func(table []any) { at(table, 11, 0)[19] = int64(3) }},
		{"UNKNOWN_VENUE", "table.groups[1].charges.dislocation[1].venue", func(table []any) {
			at(table, 9, 1, 2)[5] = []any{ints(1, 1), ints(3,
				1)}
		}},
		{"OUT_OF_RANGE", "table.groups[1].charges.dislocation[0].venue", func(table []any) { at(table, 9, 1, 2)[5] = []any{ints(0, 1)} }},
		{"NOT_SORTED", "table.groups[1].charges.dislocation[1].venue", func(table []any) {
			at(table, 9, 1, 2)[5] = []any{ints(1, 1), ints(1,
				1)}
		}},
		{"LIMIT_EXCEEDED", "table.groups[1].charges.basis", func(table []any) {
			at(table, 9, 1, 2)[4] = []any{ints(1, 1), ints(2, 1), ints(3, 1), ints(4, 1), ints(5, 1), ints(6, 1), ints(7, 1)}
		}},
		{"WRONG_LENGTH", "table.assets[0].venueRow", func(table []any) { at(table, 11, 0)[21] = ints(1) }},
		{"BOUND_TOO_SMALL", "table.assets[0].bound", func(table []any) { at(table, 11, 0)[21] = ints(701, 0) }},
		{"MOVES_IN_ROW_BACK", "table.assets[0].row", func(table []any) { at(table, 11, 0)[10] = ints(-300, 250, -1) }},
		{"MOVES_IN_ROW_BACK", "table.assets[0].debtRow", func(table []any) { at(table, 11, 0)[13] = ints(-280, 260, 1) }},
		{"NO_POINT_BY_ITSELF", "table.venueRisk.paths[0].first", func(table []any) { at(table, 13, 1, 0)[0] = int64(2) }},
		{"WRONG_LENGTH", "table.venueRisk.paths[0].then", func(table []any) { at(table, 13, 1, 0)[1] = ints(0, 1, 2) }},
		{"TWO_ROWS_BACK", "table.venueRisk.paths[1]", func(table []any) {
			table[3] = append(at(table, 3), []any{})
			widen(table)
			at(table, 13, 1, 1)[1] = ints(3)
		}},
		{"LIMIT_EXCEEDED", "table.venueRisk.paths", func(table []any) { at(table, 13)[1] = []any{} }},
		{"LIMIT_EXCEEDED", "table.venueRisk.paths", func(table []any) {
			at(table, 13)[1] = slices.Repeat([]any{[]any{int64(0), ints(1)}}, publicinput.PathsMax+1)
		}},
		{"OUT_OF_RANGE", "table.venueRisk.prefunding", func(table []any) { at(table, 13)[2] = int64(2_000_001) }},
	} {
		tree := legalVenues()
		c.change(tree)
		_, err := Parse(canonical.Encode(tree))
		if fault := refusal.Of(err); err == nil || fault.Code != c.code || fault.Where != c.where {
			t.Errorf("want %s at %s, have %v", c.code, c.where, err)
		}
	}
}

// widen gives every entry a row more, in which nothing moves.
func widen(table []any) {
	for _, instrument := range at(table, 10) {
		instrument.([]any)[6] = append(instrument.([]any)[6].([]any), int64(0))
	}
	for _, asset := range at(table, 11) {
		for _, column := range []int{10, 13} {
			asset.([]any)[column] = append(asset.([]any)[column].([]any), int64(0))
		}
	}
}

func TestShouldReadTheStructureThatItWrites(t *testing.T) {
	for _, tree := range [][]any{legalTable(), legalVenues()} {
		structure := parsed(t, tree).Structure
		root, document := canonical.Decode(canonical.Encode(structure.Encoded()), refusal.Key, "structure")
		if read := ReadStructure(root); document.Fault() != nil || !read.Equal(structure) || read.Digest() != structure.Digest() {
			t.Errorf("have %+v, %v", read, document.Fault())
		}
	}
	structure := parsed(t, legalVenues()).Structure
	other := structure
	other.Paths = structure.Paths[:1]
	if other.Digest() == structure.Digest() {
		t.Error("paths must be in the digest")
	}
}

// A table whose tree has depth 4 has another root and structure, and room for 256 leaves; depth 5 is not written.
func TestShouldReadADepthOfFour(t *testing.T) {
	tree := legalVenues()
	usual, err := Parse(canonical.Encode(tree))
	if err != nil {
		t.Fatal(err)
	}
	small, err := Parse(canonical.Encode(append(tree, int64(4))))
	if err != nil || small.Depth() != 4 || usual.Depth() != 5 || small.Root == usual.Root || small.Structure.Equal(usual.Structure) {
		t.Fatalf("depth %d and %d, %v", small.Depth(), usual.Depth(), err)
	}
	for place := range int64(small.leafCount()) {
		children, digits := small.Path(place)
		node := children[0]
		if len(children) != 1 || len(digits) != 1 || node[digits[0]] != small.Leaf(place) ||
			place > 0 && small.Leaf(place) != usual.Leaf(place) {
			t.Fatalf("leaf %d must stand one level below the cap", place)
		}
		if parent := publicinput.Node(node[0], node[1], node[2], node[3]); parent != small.Cap[place/4] {
			t.Fatalf("the path of leaf %d must lead to the cap", place)
		}
	}
	for _, depth := range []int64{3, 5, 6} {
		_, err := Parse(canonical.Encode(append(legalVenues(), depth)))
		if fault := refusal.Of(err); fault.Code != "OUT_OF_RANGE" || fault.Where != "table.depth" {
			t.Errorf("depth %d: %v", depth, err)
		}
	}
	groups := at(tree, 9)
	for number := int64(1 << 20); len(groups) < 256; number++ {
		groups = append(groups, []any{number, fmt.Sprint("group", number), []any{}})
	}
	tree[9] = groups
	if _, err := Parse(canonical.Encode(tree)); err != nil {
		t.Errorf("at depth 5: %v", err)
	}
	if _, err := Parse(canonical.Encode(append(tree, int64(4)))); refusal.Of(err).Code != "TABLE_FULL" {
		t.Errorf("more than 256 leaves at depth 4: %v", err)
	}
}
