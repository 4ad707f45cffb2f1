// Package risktable reads the sealed risk table of format 2 and lays it out as the leaves of the table tree.
//
// Takes: the canonical encoding whose SHA-256 the epoch seals. Gives: the table's integers, the leaves, the tree and the nodes of its cap.
// Every legal table has leaves and a root; a table with a component that the account circuit does not charge is named so (Unknown).
// Refuses every number outside the limits on which the circuit's soundness rests: above all that `bound` covers each column that a leaf packs.
package risktable

import (
	"crypto/sha256"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/tree"
)

// Limits of the format that the circuit's ranges rest on.
const (
	// LimitBits: an account is admitted iff B < 2⁶⁰.
	LimitBits = 60
	// BoundMax: every packed column of one lot is below 2³¹.
	BoundMax = 1<<31 - 1
	// Million is the scale of ppm.
	Million = 1_000_000
	// crowdingVegas: a short vega of one vol point is charged at most five times over.
	crowdingVegas = 5
)

// Parameters of a table; ratios in ppm, money in u.
type Parameters struct {
	Tail, Phi, CashResidual, MinimumMargin int64
}

// Knot adds a slope beyond a threshold.
type Knot struct {
	Threshold, Slope int64
}

// Group is a risk group: slopes in ppm, chi in 10⁻⁶ vol points, thresholds in u (of vega: u per vol point).
type Group struct {
	Number                                     int64
	ImpactLong, ImpactShort                    int64
	ContagionLong, ContagionShort, Chi, Psi    int64
	ImpactKnots, ContagionKnots, CrowdingKnots []Knot
	days, basis                                []int64
}

// Leg is an entry's sensitivity to one underlying group.
type Leg struct {
	Group, Delta, Vega int64 // u; u per vol point
	DaysKey            int   // which days key of the group holds the delta too, or −1
}

// Row is one leaf of an instrument or asset: what one lot adds to each column. Losses, not profits; a debt is negated.
type Row struct {
	Domain        publicinput.Domain
	Number, Group int64
	PaidUp        bool
	TwoSided      bool // a two-asset product: long and short lots have leaves of their own
	Bound, Spread int64
	CrowdLong     int64 // of an asset: the slope of the side that this leaf is
	CrowdShort    int64 // of an asset: 0
	Knots         []Knot
	Loss          []int64 // by stress row, u
	EsLoss        []int64 // by ES row, u
	Own           Leg     // sensitivity to the entry's own group
	Legs          []Leg   // to other groups, by group
	Value         int64   // u
}

// Table is a legal risk table.
type Table struct {
	Rows, EsRows int
	Parameters   Parameters
	Steep, Flat  int64
	Families     [][][]int64 // family, point, cell: a stress row
	Weights      [][]int64   // combo, family; ppm
	Groups       []Group     // by number, null groups included
	Instruments  []Row
	Shorts       []Row // short sides of two-asset products
	Collateral   []Row
	Debts        []Row

	Unknown   error      // the first component that the account circuit does not charge, or nil
	Sha       [32]byte   // SHA-256 of the encoding
	Structure fr.Element // which rows stand in which family
	Root      fr.Element
	Cap       [publicinput.TableCapNodes]fr.Element

	esWeights []int64 // by block
	leaves    *tree.Tree
	places    map[place]int64
}

// EsWeight is the weight of an ES row, ppm: weights are constant in blocks.
func (t *Table) EsWeight(row int) int64 {
	return t.esWeights[row/max(1, t.EsRows/len(t.esWeights))]
}

// Basis is the basis charge by days key, ppm.
func (g Group) Basis() []int64 { return slices.Clone(g.basis) }

type place struct {
	domain publicinput.Domain
	number int64
}

// Place is the leaf index of a group, instrument, collateral or debt, and whether the table has it.
func (t *Table) Place(domain publicinput.Domain, number int64) (int64, bool) {
	index, ok := t.places[place{domain, number}]
	return index, ok
}

// Path is the way of a leaf up to the cap: the four children of each node, the upper first, and the digits of the way.
func (t *Table) Path(index int64) (children [publicinput.TablePathLevels][tree.Arity]fr.Element, digits [publicinput.TablePathLevels]int) {
	all := tree.Digits(index, publicinput.TableDepth)
	for level := range children {
		depth := publicinput.TableCapLevel + level + 1
		first := index >> (2 * (publicinput.TableDepth - depth)) / tree.Arity * tree.Arity
		for child := range children[level] {
			children[level][child] = t.leaves.Node(depth, first+int64(child))
		}
		digits[level] = all[publicinput.TableCapLevel+level]
	}
	return children, digits
}

// rowLists are the lists of row leaves in the order of the tree: domains 5, 6, 7, 8.
func (t *Table) rowLists() [][]Row { return [][]Row{t.Instruments, t.Shorts, t.Collateral, t.Debts} }

// seal lays the leaves out without gaps: global, groups, then domains 5, 6, 7 and 8, each by number.
func (t *Table) seal(encoded []byte) {
	t.Sha = sha256.Sum256(encoded)
	t.leaves, t.places = tree.New(publicinput.TableDepth), map[place]int64{}
	leaves := map[int64]fr.Element{0: publicinput.HashOf(publicinput.Global, t.GlobalElements()...)}
	add := func(domain publicinput.Domain, number int64, elements []fr.Element) {
		index := int64(len(leaves))
		leaves[index] = publicinput.HashOf(domain, elements...)
		t.places[place{domain, number}] = index
	}
	for _, group := range t.Groups {
		add(publicinput.Group, group.Number, group.Elements())
	}
	for _, row := range slices.Concat(t.rowLists()...) {
		add(row.Domain, row.Number, row.Elements())
	}
	t.leaves.Update(leaves)
	for i := range t.Cap {
		t.Cap[i] = t.leaves.Node(publicinput.TableCapLevel, int64(i))
	}
	t.Root = publicinput.HashOf(publicinput.TableCap, t.Cap[:]...)
}

// leafCount is the number of leaves that the table needs.
func (t *Table) leafCount() int {
	count := 1 + len(t.Groups)
	for _, rows := range t.rowLists() {
		count += len(rows)
	}
	return count
}

// Leaf is a leaf of the tree by its index.
func (t *Table) Leaf(index int64) fr.Element { return t.leaves.Node(publicinput.TableDepth, index) }

// GlobalElements are the elements of the global leaf.
func (t *Table) GlobalElements() []fr.Element {
	head := publicinput.GlobalHead.Pack(map[string]int64{
		"tail": t.Parameters.Tail, "phi": t.Parameters.Phi, "cashResidual": t.Parameters.CashResidual, "lotsMax": publicinput.LotsMax,
		"steep": t.Steep, "flat": t.Flat, "families": int64(len(t.Weights[0])), "combos": int64(len(t.Weights)),
		"rows": int64(t.Rows), "esRows": int64(t.EsRows)})
	money := publicinput.GlobalMoney.Pack(map[string]int64{"minimumMargin": t.Parameters.MinimumMargin, "limit": 1 << LimitBits})
	weights := make([]int64, publicinput.FamiliesMax*publicinput.CombosMax)
	for combo, row := range t.Weights {
		copy(weights[publicinput.FamiliesMax*combo:], row)
	}
	elements := append([]fr.Element{head, money}, publicinput.PackWeights(weights, publicinput.GlobalEsWeights-publicinput.GlobalWeights)...)
	elements = append(elements, publicinput.PackWeights(t.esWeights, publicinput.GlobalStructure-publicinput.GlobalEsWeights)...)
	return append(elements, t.Structure)
}

// Elements are the elements of a group leaf.
func (g Group) Elements() []fr.Element {
	values := []map[string]int64{
		{"number": g.Number, "impactLong": g.ImpactLong, "impactShort": g.ImpactShort, "contagionLong": g.ContagionLong,
			"contagionShort": g.ContagionShort, "chi": g.Chi, "psi": g.Psi},
		knotFields("impact", g.ImpactKnots), knotFields("contagion", g.ContagionKnots), knotFields("crowding", g.CrowdingKnots), {}, {}}
	for i, key := range g.days {
		values[4][publicinput.GroupBasis[i].Name], values[5][publicinput.GroupDays[i].Name] = g.basis[i], key
	}
	elements := make([]fr.Element, len(values))
	for i, layout := range publicinput.GroupLeaf {
		elements[i] = layout.Pack(values[i])
	}
	return elements
}

// DaysElement is the packed element of the days keys.
func (g Group) DaysElement() fr.Element { return g.Elements()[len(publicinput.GroupLeaf)-1] }

func knotFields(name string, knots []Knot) map[string]int64 {
	fields := map[string]int64{}
	for i, knot := range knots {
		fields[publicinput.KnotName(name, "Theta", i)], fields[publicinput.KnotName(name, "Slope", i)] = knot.Threshold, knot.Slope
	}
	return fields
}

// head is the packed head of the leaf. A leg that an entry does not have repeats the entry's own group, without columns.
func (r Row) head() fr.Element {
	legs := [publicinput.Legs]int64{r.Group, r.Group}
	for i, leg := range r.Legs {
		legs[i] = leg.Group
	}
	return publicinput.RowHead.Pack(map[string]int64{"number": r.Number, "group": r.Group, "leg0": legs[0], "leg1": legs[1],
		"bound": r.Bound, "spread": r.Spread, "crowd": r.CrowdLong, "paidUp": bit(r.PaidUp), "twoSided": bit(r.TwoSided)})
}

func bit(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

// columns of a leg: delta, vega, delta by days key.
func (l Leg) columns() []int64 {
	columns := make([]int64, publicinput.LegColumns)
	columns[publicinput.LegDelta], columns[publicinput.LegVega] = l.Delta, l.Vega
	if l.DaysKey >= 0 {
		columns[publicinput.LegDays+l.DaysKey] = l.Delta
	}
	return columns
}

// Columns are the packed columns of the own group: stress, delta, value.
func (r Row) Columns() []fr.Element {
	return publicinput.PackColumns(append(slices.Clone(r.Loss), r.Own.Delta, r.Value))
}

// Rest are the packed columns of the own group that only an instrument has: vega and delta by days key.
func (r Row) Rest() []fr.Element {
	if r.Domain == publicinput.Collateral || r.Domain == publicinput.Debt {
		return nil
	}
	return publicinput.PackColumns(r.Own.columns()[publicinput.LegVega:])
}

// tail are the packed charges of size, legs and ES losses; nothing where they are all 0.
func (r Row) tail() []fr.Element {
	size := knotFields("", r.Knots)
	size["crowdShort"] = r.CrowdShort
	tail := []fr.Element{publicinput.RowSize.Pack(size)}
	for i := range publicinput.Legs {
		leg := Leg{DaysKey: -1}
		if i < len(r.Legs) {
			leg = r.Legs[i]
		}
		tail = append(tail, publicinput.PackColumns(leg.columns())...)
	}
	tail = append(tail, publicinput.PackColumns(r.EsLoss)...)
	if !slices.ContainsFunc(tail, func(element fr.Element) bool { return !element.IsZero() }) {
		return nil
	}
	return tail
}

// Elements are the elements of the leaf.
func (r Row) Elements() []fr.Element {
	return slices.Concat([]fr.Element{r.head()}, r.Columns(), r.Rest(), r.tail())
}

// The families and the number of combos that the account circuit knows: J, every row but the last alone; S, all rows per group.
const (
	JointFamily   = "J"
	SumFamily     = "S"
	FamiliesKnown = 2
	CombosKnown   = 2
)

// Families are the families that the account circuit knows, of a table with so many rows, as the encoding writes them.
func Families(rows int) []any {
	points, all := make([]any, rows-1), make([]any, rows)
	for r := range all {
		all[r] = int64(r)
		if r < rows-1 {
			points[r] = []any{int64(r)}
		}
	}
	return []any{[]any{JointFamily, points}, []any{SumFamily, []any{all}}}
}

// Structure identifies which rows stand in which family: 31 bytes of a SHA-256. It stands in the global leaf and in the circuit, so a
// key for one structure opens no table of another.
func Structure(rows, esRows int, families any, combos int) (structure fr.Element) {
	digest := sha256.Sum256(canonical.Encode([]any{"bulwark-structure", int64(1), int64(rows), int64(esRows), families, int64(combos)}))
	structure.SetBytes(digest[:31])
	return structure
}

// NoTail are the ES weights of a table without expected shortfall: one row of zeros with the whole weight.
var NoTail = []int64{Million}
