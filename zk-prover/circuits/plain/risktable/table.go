// Package risktable reads the sealed risk table of format 2, or 3 where it lists venues, and lays it out as the leaves of the table tree.
//
// Takes: the canonical encoding whose SHA-256 the epoch seals. Gives: the table's integers, the leaves, the tree and the nodes of its cap.
// Refuses every number outside the limits on which the circuit's soundness rests: above all that `bound` covers each column that a leaf packs.
package risktable

import (
	"crypto/sha256"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

// Limits of the format that the circuit's ranges rest on.
const (
	// LimitBits: an account is admitted iff B < 2⁶⁰.
	LimitBits = 60 // of publicinput.Wide
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
	Prefunding                             int64 // χ: the share of what cannot reach a venue in time that is charged; 0 without venues
}

// Venue is where entries stand; its number is its place in the table, 0 that of free money.
type Venue struct {
	Id   string
	Acts bool // it closes what it holds by its own rule
}

// Knot adds a slope beyond a threshold.
type Knot struct {
	Threshold, Slope int64
}

// Group is a risk group: slopes in ppm, chi in 10⁻⁶ vol points, thresholds in u (of vega: u per vol point).
type Group struct {
	Id                                         string
	Charged                                    bool // it has slopes of its own: one economic asset
	Number                                     int64
	ImpactLong, ImpactShort                    int64
	ContagionLong, ContagionShort, Chi, Psi    int64
	ImpactKnots, ContagionKnots, CrowdingKnots []Knot
	days, basis                                []int64
	dates                                      int // how many of days are days; the others are venues
}

// Leg is an entry's sensitivity to one underlying group.
type Leg struct {
	Group, Delta, Vega int64 // u; u per vol point
	Keys               []int // which keys of the group hold the delta too: that of its days, that of its venue
}

// Row is one leaf of an instrument or asset: what one lot adds to each column. Losses, not profits; a debt is negated.
type Row struct {
	Domain        publicinput.Domain
	Id            string
	Number, Group int64
	PaidUp        bool
	TwoSided      bool // a two-asset product: long and short lots have leaves of their own
	Option        bool // its delta moves with prices: the table lists a vega for it, which may be 0
	Bound, Spread int64
	CrowdLong     int64 // of an asset: the slope of the side that this leaf is
	CrowdShort    int64 // of an asset: 0
	Knots         []Knot
	Loss          []int64 // by stress row, u
	EsLoss        []int64 // by ES row, u
	Own           Leg     // sensitivity to the entry's own group
	Legs          []Leg   // to other groups, by group
	Value         int64   // u
	Venue, Stands int64   // number of the venue and what the head says of it
	AtVenue       []int64 // what venues are charged by, cell by cell; nil in a table without venues
}

// Table is a legal risk table.
type Table struct {
	Structure
	Parameters  Parameters
	Weights     [][]int64 // combo, family; ppm
	EsWeights   []int64   // by run, ppm
	Groups      []Group   // by number, null groups included
	Instruments []Row
	Shorts      []Row // short sides of two-asset products
	Collateral  []Row
	Debts       []Row
	Venues      []Venue // none in format 2

	Sha  [32]byte // SHA-256 of the encoding
	Root fr.Element
	Cap  [publicinput.TableCapNodes]fr.Element

	leaves *tree.Tree
	places map[place]int64
}

// EsWeight is the weight of an ES row, ppm: weights are constant in runs.
func (t *Table) EsWeight(row int) int64 {
	for block, length := range t.Blocks {
		if row < length {
			return t.EsWeights[block]
		}
		row -= length
	}
	panic("the table has no such row")
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
func (t *Table) Path(index int64) (children [][tree.Arity]fr.Element, digits []int) {
	return t.pathBelowCap(t.leaves, index)
}

func (s Structure) pathBelowCap(leaves *tree.Tree, index int64) (children [][tree.Arity]fr.Element, digits []int) {
	all := tree.Digits(index, s.Depth())
	children, digits = make([][tree.Arity]fr.Element, s.PathLevels()), make([]int, s.PathLevels())
	for level := range children {
		depth := publicinput.TableCapLevel + level + 1
		first := index >> (2 * (s.Depth() - depth)) / tree.Arity * tree.Arity
		for child := range children[level] {
			children[level][child] = leaves.Node(depth, first+int64(child))
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
	t.leaves, t.places = tree.New(t.Depth()), map[place]int64{}
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
func (t *Table) Leaf(index int64) fr.Element { return t.leaves.Node(t.Depth(), index) }

// GlobalElements are the elements of the global leaf.
func (t *Table) GlobalElements() []fr.Element {
	fields := map[string]int64{
		"tail": t.Parameters.Tail, "phi": t.Parameters.Phi, "cashResidual": t.Parameters.CashResidual, "lotsMax": publicinput.LotsMax,
		"steep": int64(t.Steep), "flat": int64(t.Flat), "families": int64(len(t.Weights[0])), "combos": int64(len(t.Weights)),
		"rows": int64(t.Rows), "esRows": int64(t.EsRows)}
	layout := publicinput.GlobalHead
	if t.AtVenues() {
		layout, fields["format"], fields["prefunding"] = publicinput.VenueGlobalHead, publicinput.VenueFormat, t.Parameters.Prefunding
	}
	head := layout.Pack(fields)
	money := publicinput.GlobalMoney.Pack(map[string]int64{"minimumMargin": t.Parameters.MinimumMargin, "limit": 1 << LimitBits})
	weights := make([]int64, publicinput.FamiliesMax*publicinput.CombosMax)
	for combo, row := range t.Weights {
		copy(weights[publicinput.FamiliesMax*combo:], row)
	}
	elements := append([]fr.Element{head, money}, publicinput.PackWeights(weights, publicinput.GlobalEsWeights-publicinput.GlobalWeights)...)
	elements = append(elements, publicinput.PackWeights(t.EsWeights, publicinput.GlobalStructure-publicinput.GlobalEsWeights)...)
	return append(elements, t.Digest())
}

// Elements are the elements of a group leaf.
func (g Group) Elements() []fr.Element {
	basis := map[string]int64{}
	for i := range g.days {
		basis[publicinput.GroupBasis[i].Name] = g.basis[i]
	}
	return []fr.Element{
		publicinput.GroupHead.Pack(map[string]int64{"number": g.Number, "impactLong": g.ImpactLong, "impactShort": g.ImpactShort,
			"contagionLong": g.ContagionLong, "contagionShort": g.ContagionShort, "chi": g.Chi, "psi": g.Psi}),
		publicinput.GroupImpactKnots.Pack(knotFields("impact", g.ImpactKnots)),
		publicinput.GroupContagionKnots.Pack(knotFields("contagion", g.ContagionKnots)),
		publicinput.GroupCrowdingKnots.Pack(knotFields("crowding", g.CrowdingKnots)), publicinput.GroupBasis.Pack(basis), g.DaysElement()}
}

// DaysElement is the packed element of the days keys.
func (g Group) DaysElement() fr.Element {
	days := map[string]int64{}
	for i, key := range g.days {
		days[publicinput.GroupDays[i].Name] = key
	}
	return publicinput.GroupDays.Pack(days)
}

func knotFields(name string, knots []Knot) map[string]int64 {
	fields := map[string]int64{}
	for i, knot := range knots {
		fields[publicinput.KnotName(name, "Theta", i)], fields[publicinput.KnotName(name, "Slope", i)] = knot.Threshold, knot.Slope
	}
	return fields
}

// head is the packed head of the leaf.
func (r Row) head() fr.Element {
	legs := r.LegGroups()
	fields := map[string]int64{"number": r.Number, "group": r.Group, "leg0": legs[0], "leg1": legs[1],
		"bound": r.Bound, "spread": r.Spread, "crowd": r.CrowdLong, "paidUp": bit(r.PaidUp), "twoSided": bit(r.TwoSided)}
	if r.AtVenue == nil {
		return publicinput.RowHead.Pack(fields)
	}
	fields["venue"], fields["stands"] = r.Venue, r.Stands
	return publicinput.VenueRowHead.Pack(fields)
}

func bit(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

// columns of a leg: delta, value, vega, delta by days key.
func (l Leg) columns(value int64) []int64 {
	columns := make([]int64, publicinput.SenseColumns)
	columns[publicinput.SenseDelta], columns[publicinput.SenseValue], columns[publicinput.SenseVega] = l.Delta, value, l.Vega
	for _, key := range l.Keys {
		columns[publicinput.SenseDays+key] = l.Delta
	}
	return columns
}

// sense packs sensitivities: as many as the row's domain has.
func (r Row) sense(packing publicinput.Packing, leg Leg, value int64) []fr.Element {
	return packing.Pack(leg.columns(value))[:publicinput.SenseElements(r.Domain)]
}

// Stress are the packed stress rows.
func (r Row) Stress(packing publicinput.Packing) []fr.Element { return packing.Pack(r.Loss) }

// Sense are the packed sensitivities to the own group, the value among them.
func (r Row) Sense(packing publicinput.Packing) []fr.Element {
	return r.sense(packing, r.Own, r.Value)
}

// SenseColumns are the columns that the first element of Sense packs.
func (r Row) SenseColumns() []int64 { return r.Own.columns(r.Value)[:publicinput.Wide.Slots] }

// LegSense are the packed sensitivities to the other groups that the head names.
func (r Row) LegSense(packing publicinput.Packing) (legs [publicinput.Legs][]fr.Element) {
	for i := range legs {
		leg := Leg{}
		if i < len(r.Legs) {
			leg = r.Legs[i]
		}
		legs[i] = r.sense(packing, leg, 0)
	}
	return legs
}

// LegGroups are the groups that the head names as legs. A leg that an entry does not have repeats the entry's own group, without columns.
func (r Row) LegGroups() [publicinput.Legs]int64 {
	groups := [publicinput.Legs]int64{r.Group, r.Group}
	for i, leg := range r.Legs {
		groups[i] = leg.Group
	}
	return groups
}

// Size is the packed element of the charges on size.
func (r Row) Size() fr.Element {
	size := knotFields("", r.Knots)
	size["crowdShort"] = r.CrowdShort
	return publicinput.RowSize.Pack(size)
}

// Es are the packed ES losses.
func (r Row) Es(packing publicinput.Packing) []fr.Element { return packing.Pack(r.EsLoss) }

// Short says whether the leaf is short: charges on size, legs and ES losses are all 0, and the tail that would hold them is left out.
func (r Row) Short() bool {
	charged := r.CrowdShort != 0 || len(r.Knots) > 0
	sensitive := slices.ContainsFunc(r.Legs, func(leg Leg) bool { return leg.Delta != 0 || leg.Vega != 0 })
	return !charged && !sensitive && !slices.ContainsFunc(r.EsLoss, func(loss int64) bool { return loss != 0 })
}

func (r Row) tail() []fr.Element {
	if r.Short() {
		return nil
	}
	legs := r.LegSense(publicinput.Wide)
	return slices.Concat([]fr.Element{r.Size()}, legs[0], legs[1], r.Es(publicinput.Wide))
}

// Elements are the elements of the leaf.
func (r Row) Elements() []fr.Element {
	return slices.Concat([]fr.Element{r.head()}, r.Stress(publicinput.Wide), r.Sense(publicinput.Wide), publicinput.Wide.Pack(r.AtVenue),
		r.tail())
}
