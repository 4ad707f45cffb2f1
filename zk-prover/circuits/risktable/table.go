// Package risktable reads the sealed risk table of format 2 and lays it out as the leaves of the table tree.
//
// Takes: the canonical encoding whose SHA-256 the epoch seals. Gives: the table's integers, the leaves, the tree and the nodes of its cap.
// Refuses by name every component that the account circuit does not charge, and every number outside the limits on which the circuit's
// soundness rests: above all that `bound` covers each column that a leaf packs.
package risktable

import (
	"crypto/sha256"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

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
	// CrowdingVegas: a short vega of one vol point is charged at most five times over.
	crowdingVegas = 5
)

// Parameters of a table; ratios in ppm, money in u.
type Parameters struct {
	Tail, Phi, CashResidual, MinimumMargin int64
}

// Group is a risk group: impact slopes in ppm of |Δ|.
type Group struct {
	Number                  int64
	ImpactLong, ImpactShort int64
	days                    []int64
}

// Row is one leaf of an instrument or asset: what one lot adds to each column. Losses, not profits; a debt is negated.
type Row struct {
	Domain        publicinput.Domain
	Number, Group int64
	PaidUp        bool
	Bound, Spread int64
	Loss          []int64 // by stress row, u
	Delta, Vega   int64   // u; u per vol point
	DaysKey       int     // which days key holds the delta too, or −1
	Value         int64   // u
}

// Table is a risk table that the account circuit can open.
type Table struct {
	Rows, EsRows int
	Parameters   Parameters
	Steep, Flat  int64
	Weights      [][]int64 // combo, family; ppm
	Groups       []Group   // by number, null groups included
	Instruments  []Row
	Collateral   []Row
	Debts        []Row

	Sha  [32]byte // SHA-256 of the encoding
	Root fr.Element
	Cap  [publicinput.TableCapNodes]fr.Element

	leaves *tree.Tree
	places map[place]int64
}

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

// seal lays the leaves out without gaps: global, groups, then domains 5, 7 and 8, each by number (this circuit has no domain 6).
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
	for _, rows := range [][]Row{t.Instruments, t.Collateral, t.Debts} {
		for _, row := range rows {
			add(row.Domain, row.Number, row.Elements(t.EsRows))
		}
	}
	t.leaves.Update(leaves)
	for i := range t.Cap {
		t.Cap[i] = t.leaves.Node(publicinput.TableCapLevel, int64(i))
	}
	t.Root = publicinput.HashOf(publicinput.TableCap, t.Cap[:]...)
}

// leafCount is the number of leaves that the table needs.
func (t *Table) leafCount() int {
	return 1 + len(t.Groups) + len(t.Instruments) + len(t.Collateral) + len(t.Debts)
}

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
	elements = append(elements, publicinput.PackWeights(NoTail, publicinput.GlobalStructure-publicinput.GlobalEsWeights)...)
	return append(elements, Structure(t.Rows, t.EsRows))
}

// NoTail are the ES weights of a table without expected shortfall: one row of zeros with the whole weight.
var NoTail = []int64{Million}

// Elements are the elements of a group leaf.
func (g Group) Elements() []fr.Element {
	days := map[string]int64{}
	for i, key := range g.days {
		days[publicinput.GroupDays[i].Name] = key
	}
	values := []map[string]int64{{"number": g.Number, "impactLong": g.ImpactLong, "impactShort": g.ImpactShort}, {}, {}, {}, {}, days}
	elements := make([]fr.Element, len(values))
	for i, layout := range publicinput.GroupLeaf {
		elements[i] = layout.Pack(values[i])
	}
	return elements
}

// Head is the packed head of the leaf.
func (r Row) Head() fr.Element {
	head := map[string]int64{"number": r.Number, "group": r.Group, "leg0": r.Group, "leg1": r.Group, "bound": r.Bound, "spread": r.Spread}
	if r.PaidUp {
		head["paidUp"] = 1
	}
	return publicinput.RowHead.Pack(head)
}

// Leg are the columns of the leaf's one underlying: delta, vega, delta by days key.
func (r Row) Leg() []int64 {
	columns := make([]int64, publicinput.LegColumns)
	columns[publicinput.LegDelta], columns[publicinput.LegVega] = r.Delta, r.Vega
	if r.DaysKey >= 0 {
		columns[publicinput.LegDays+r.DaysKey] = r.Delta
	}
	return columns
}

// Elements are the elements of the leaf.
func (r Row) Elements(esRows int) []fr.Element {
	elements := []fr.Element{r.Head(), {}}
	elements = append(elements, publicinput.PackColumns(r.Loss)...)
	elements = append(elements, publicinput.PackColumns(r.Leg())...)
	elements = append(elements, publicinput.PackColumns(make([]int64, publicinput.LegColumns))...)
	value := make([]int64, 1+esRows)
	value[0] = r.Value
	return append(elements, publicinput.PackColumns(value)...)
}
