package publicinput

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Field is a non-negative integer inside a packed element.
type Field struct {
	Name   string
	Offset uint
	Bits   uint
}

// Layout is one packed element: fields that do not overlap, within 253 bits, so that different fields give different elements.
type Layout []Field

// Head and own-size charges of an instrument or asset leaf. A leg that an entry does not have names its own group.
var (
	RowHead = Layout{{"number", 0, 32}, {"group", 32, 32}, {"leg0", 64, 32}, {"leg1", 96, 32}, {"bound", 128, 32},
		{"spread", 160, 32}, {"crowd", 192, 32}, {"paidUp", 224, 1}, {"twoSided", 225, 1}}
	RowSize = Layout{{"crowdShort", 0, 32}, {KnotName("", "Theta", 0), 32, 32}, {KnotName("", "Slope", 0), 64, 32},
		{KnotName("", "Theta", 1), 96, 32}, {KnotName("", "Slope", 1), 128, 32}}
)

// The elements of a group leaf: slopes in ppm (chi in 10⁻⁶ vol points), thresholds in u (vega: u per vol point).
var (
	GroupHead = Layout{{"number", 0, 32}, {"impactLong", 32, 32}, {"impactShort", 64, 32}, {"contagionLong", 96, 32},
		{"contagionShort", 128, 32}, {"chi", 160, 32}, {"psi", 192, 32}}
	GroupImpactKnots    = knots("impact")
	GroupContagionKnots = knots("contagion")
	GroupCrowdingKnots  = knots("crowding")
	GroupBasis          = repeated("basis", basisKeys, 20)
	GroupDays           = repeated("days", basisKeys, 16)
	GroupLeaf           = []Layout{GroupHead, GroupImpactKnots, GroupContagionKnots, GroupCrowdingKnots, GroupBasis, GroupDays}
)

// The elements of the global leaf: parameters, the weights of combos over families (family fastest), ES weights by block, structure.
var (
	GlobalHead = Layout{{"tail", 0, 32}, {"phi", 32, 32}, {"cashResidual", 64, 32}, {"lotsMax", 96, 32}, {"steep", 128, 16},
		{"flat", 144, 16}, {"families", 160, 8}, {"combos", 168, 8}, {"rows", 176, 16}, {"esRows", 192, 16}}
	GlobalMoney = Layout{{"minimumMargin", 0, 63}, {"limit", 63, 63}}
)

// The elements that a tariff's leaves are made of: exits of both sides of a group (quantity in µ$, rates in ppm), and what an entry holds of
// which group (deltas of one lot in u, shifted by 2³¹).
var (
	BufferExits = Layout{{"longQuantity", 0, 56}, {"longLinear", 56, 20}, {"longBeyond", 76, 20}, {"longFar", 96, 20}, {"shortQuantity", 116, 56},
		{"shortLinear", 172, 20}, {"shortBeyond", 192, 20}, {"shortFar", 212, 20}}
	BufferEntry = Layout{{"number", 0, 32}, {"line", 32, 1}, {"present", 33, 1}, {"set", 34, 32}, {"own", 66, 32}, {"leg0", 98, 32}, {"leg1", 130, 32}}
)

// BufferDeltaShift makes a delta of one lot non-negative.
const BufferDeltaShift = 1 << 31

const (
	// WeightsPerElement weights of weightBits bits share an element.
	WeightsPerElement = 12
	weightBits        = 20
	// FamiliesMax and CombosMax bound the table; the weights of a combo begin at FamiliesMax·combo.
	FamiliesMax = 8
	CombosMax   = 8
	// EsBlocks is the number of blocks of ES rows with one weight each.
	EsBlocks  = 16
	basisKeys = 8
	// BasisKeysMax is the number of days keys of a group.
	BasisKeysMax = basisKeys
	// KnotsMax is the number of own-size knots of a list.
	KnotsMax = 2

	comboElements = (FamiliesMax*CombosMax + WeightsPerElement - 1) / WeightsPerElement
	esElements    = (EsBlocks + WeightsPerElement - 1) / WeightsPerElement

	// GlobalWeights, GlobalEsWeights and GlobalStructure are places in the global leaf, GlobalElements its length.
	GlobalWeights   = 2
	GlobalEsWeights = GlobalWeights + comboElements
	GlobalStructure = GlobalEsWeights + esElements
	GlobalElements  = GlobalStructure + 1
)

// WeightAt is where weight i of a sequence of weights stands: its element, counted from the first, and its field there.
func WeightAt(i int) (element int, field Field) {
	return i / WeightsPerElement, Field{fmt.Sprintf("weight%d", i), uint(weightBits * (i % WeightsPerElement)), weightBits}
}

func knots(name string) Layout {
	return Layout{{KnotName(name, "Theta", 0), 0, 63}, {KnotName(name, "Slope", 0), 63, 32}, {KnotName(name, "Theta", 1), 95, 63},
		{KnotName(name, "Slope", 1), 158, 32}}
}

// KnotName is the name of the field of a knot's part: Theta, the threshold, or Slope.
func KnotName(list, part string, i int) string { return fmt.Sprintf("%s%s%d", list, part, i+1) }

func repeated(name string, n int, bits uint) Layout {
	layout := make(Layout, n)
	for i := range layout {
		layout[i] = Field{fmt.Sprintf("%s%d", name, i), uint(i) * bits, bits}
	}
	return layout
}

// Pack packs named values; a field without a value is 0. A value that does not fit its field is a defect of the caller.
func (l Layout) Pack(values map[string]int64) fr.Element {
	packed, used := new(big.Int), 0
	for _, field := range l {
		value, ok := values[field.Name]
		if ok {
			used++
		}
		packed.Or(packed, field.placed(value))
	}
	if used != len(values) {
		panic("a value names no field of the layout")
	}
	return *new(fr.Element).SetBigInt(packed)
}

func (f Field) placed(value int64) *big.Int {
	number := big.NewInt(value)
	if value < 0 || uint(number.BitLen()) > f.Bits {
		panic(fmt.Sprintf("%s must fit %d bits", f.Name, f.Bits))
	}
	return number.Lsh(number, f.Offset)
}

// PackWeights packs weights below 2²⁰, twelve to an element, into n elements.
func PackWeights(weights []int64, n int) []fr.Element {
	packed := make([]*big.Int, n)
	for i := range packed {
		packed[i] = new(big.Int)
	}
	for i, weight := range weights {
		element, field := WeightAt(i)
		packed[element].Or(packed[element], field.placed(weight))
	}
	elements := make([]fr.Element, n)
	for i := range packed {
		elements[i].SetBigInt(packed[i])
	}
	return elements
}

// Packing is how columns stand in elements: so many slots of so many bits, lowest slot first, negatives as integers mod r. Soundness: a
// column of an account is below 2^LimitBits in absolute value (the guard), the slacks that rebuild it below twice that, so two slots differ
// by less than half a slot and the packed differences of one element stay below r/2: equal elements have equal slots, from the lowest.
type Packing struct {
	Slots, Bits int
}

// The packings. Wide is that of a table's leaves. Narrow is that of the small key, for accounts below 2⁴⁷ u (14 bn USD, every entry at its
// worst row): fewer elements, narrower ranges.
var (
	Wide   = Packing{Slots: 4, Bits: 63}
	Narrow = Packing{Slots: 5, Bits: 50}
)

// EvaluatedLeaf is the domain of the leaves of a table evaluated in this packing.
func (p Packing) EvaluatedLeaf() Domain {
	if p == Narrow {
		return SmallKeyLeaf
	}
	return EvaluatedLeaf
}

// VenueLeaf is the domain of such leaves of a table that lists venues.
func (p Packing) VenueLeaf() Domain {
	if p == Narrow {
		return SmallVenueLeaf
	}
	return VenueLeaf
}

// LimitBits: an account may be packed iff B = Σ|lots|·bound + 2|cash| < 2^LimitBits; where it has standings, with 2·Σ|d|.
func (p Packing) LimitBits() int { return p.Bits - 3 }

// Elements is the number of elements that n columns take.
func (p Packing) Elements(n int) int { return (n + p.Slots - 1) / p.Slots }

// Pack packs signed columns.
func (p Packing) Pack(columns []int64) []fr.Element {
	elements := make([]fr.Element, p.Elements(len(columns)))
	for i := range elements {
		packed := new(big.Int)
		for j := min(p.Slots*(i+1), len(columns)) - 1; j >= p.Slots*i; j-- {
			packed.Lsh(packed, uint(p.Bits)).Add(packed, big.NewInt(columns[j]))
		}
		elements[i].SetBigInt(packed)
	}
	return elements
}

// A row leaf is RowHead; the packed stress rows (loss of one lot); the packed sensitivities of the entry's own group; and a tail: RowSize,
// the packed sensitivities in each of the two groups that the head names as legs, then ES losses. A tail of zeros is left out, and the
// hash's n says so: an entry with one underlying, no own-size charge and no expected shortfall is short. A debt is negated, so that lots
// are never negative there.
//
// Sensitivities are delta, value, vega and delta by days key; a leg has no value of its own. Collateral and debt have neither vega nor
// dates, and pack delta and value alone.
const (
	// RowHeadElements is where the columns begin.
	RowHeadElements = 1
	// SenseDelta, SenseValue, SenseVega and SenseDays are columns of the sensitivities, SenseColumns their number.
	SenseDelta   = 0
	SenseValue   = 1
	SenseVega    = 2
	SenseDays    = 3
	SenseColumns = SenseDays + basisKeys
	// LineSenseColumns are those of collateral and debt.
	LineSenseColumns = SenseVega
	// Legs is the number of other groups that an entry may have sensitivities to.
	Legs = 2
)

// SenseElements is the number of elements that the sensitivities to one group take.
func SenseElements(domain Domain) int {
	if domain == Collateral || domain == Debt {
		return Wide.Elements(LineSenseColumns)
	}
	return Wide.Elements(SenseColumns)
}

// RowLayout says where the parts of a row leaf begin; stress rows begin at RowHeadElements.
type RowLayout struct {
	Sense, Tail, Legs, Es, End int
}

// RowLayoutOf is the layout of the row leaves of one domain in a table with so many stress and ES rows.
func RowLayoutOf(rows, esRows int, domain Domain) RowLayout {
	sense := RowHeadElements + Wide.Elements(rows)
	tail := sense + SenseElements(domain)
	legs := tail + 1
	es := legs + Legs*SenseElements(domain)
	return RowLayout{Sense: sense, Tail: tail, Legs: legs, Es: es, End: es + Wide.Elements(esRows)}
}

// The table tree: of depth 5, or of depth 4 where a house was founded so: 1,024 leaves or 256. The 64 nodes of level 3 are hashed to the
// root, so that a path has two levels, or one, and a look-up. A tree of one depth is opened by no circuit of the other: a node is no hash
// of a leaf.
const (
	TableDepth      = 5
	SmallTableDepth = 4
	TableCapLevel   = 3
	TableCapNodes   = 64
	TableLeaves     = 1024
	// RequestDepth is the depth of the trees of requests: 4,096 a seal, as many seals as are asked for.
	RequestDepth = 6
	// VenueDepth is the depth of the tree of venue attestations.
	VenueDepth = 10
	// TablePathLevels is the number of nodes on a path below the cap of a table of the usual depth.
	TablePathLevels = TableDepth - TableCapLevel
	// GroupsFilled is the number of group leaves that null groups fill up to.
	GroupsFilled = 8
)
