package contagion

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tariff"
	"bulwark.io/circuits/refusal"
)

// Terms are what a certificate takes of a table and its tariff, both public: a verifier computes them and compares their digest.
type Terms struct {
	Table  *risktable.Table
	Tariff *tariff.Certified

	shape     Shape
	scenarios []tariff.Certainty // those of the tariff in the places of the shape, and what fills the rest
	places    []place
	entries   []entry
}

// place is an unwind set in a liquidity group, by the group's place in the tariff.
type place struct {
	set   int64
	group int
}

// entry is an instrument that is neither option nor two-sided, collateral or debt.
type entry struct {
	key       int64
	exposures [exposures]exposure
	columns   []int64 // losses of one lot by scenario, then its value
}

// exposure is a delta in a place, from 1; 0 is none.
type exposure struct {
	place int
	delta int64
}

// TermsOf are the terms of a table and its tariff, whose scenarios are these rows of the table, or the reason why no certificate of the shape
// speaks of them.
func TermsOf(shape Shape, table *risktable.Table, encoded []byte, rows []int64) (*Terms, error) {
	if err := shape.Format.CheckTable(table); err != nil {
		return nil, err
	}
	certified, err := tariff.ParseCertified(table, encoded)
	if err != nil {
		return nil, err
	}
	t := &Terms{Table: table, Tariff: certified, shape: shape}
	if len(rows) != len(certified.Scenarios) || slices.ContainsFunc(rows, func(row int64) bool { return row < 0 || row >= int64(table.Rows) }) {
		return nil, refusal.New(refusal.Request, "OUT_OF_RANGE", "rows")
	}
	if len(certified.Scenarios) > shape.Scenarios || len(certified.Liquid) > shape.Groups {
		return nil, refusal.New(refusal.Key, "TABLE_SHAPE_DIFFERS", "tariff")
	}
	t.fillPlaces()
	for _, list := range [][]risktable.Row{table.Instruments, table.Collateral, table.Debts} {
		for _, row := range list {
			if listed, ok := certified.Entry(&row); ok && !row.TwoSided {
				t.add(row, listed, rows)
			}
		}
	}
	if len(t.entries) > shape.Entries || len(t.places) > shape.Places {
		return nil, refusal.New(refusal.Account, "NO_PROOF_IN_THIS_SHAPE", "terms")
	}
	return t, nil
}

// fillPlaces puts the tariff's scenarios and groups into the shape's. Nothing is held of a group behind the last, so neither rate nor room
// of it is read. A scenario behind the last moves nothing and leaves room for every flow: whatever accounts would be forced to in it, it
// refuses none and says nothing of them.
func (t *Terms) fillPlaces() {
	groups := len(t.Tariff.Liquid)
	widened := func(components []int64) []int64 {
		wide := make([]int64, t.shape.sides())
		copy(wide, components[:groups])
		copy(wide[t.shape.Groups:], components[groups:])
		return wide
	}
	for _, scenario := range t.Tariff.Scenarios {
		t.scenarios = append(t.scenarios, tariff.Certainty{Rates: widened(scenario.Rates), Rooms: widened(scenario.Rooms)})
	}
	for len(t.scenarios) < t.shape.Scenarios {
		t.scenarios = append(t.scenarios,
			tariff.Certainty{Rates: make([]int64, t.shape.sides()), Rooms: slices.Repeat([]int64{tariff.Unlimited}, t.shape.sides())})
	}
}

// flows are those of the tariff's scenarios and groups alone.
func (t *Terms) flows(ofPlaces [][]int64) [][]int64 {
	groups := len(t.Tariff.Liquid)
	flows := make([][]int64, len(t.Tariff.Scenarios))
	for s := range flows {
		flows[s] = slices.Concat(ofPlaces[s][:groups], ofPlaces[s][t.shape.Groups:t.shape.Groups+groups])
	}
	return flows
}

func (t *Terms) add(row risktable.Row, listed tariff.Entry, rows []int64) {
	added, sign := entry{key: row.Number + 1}, int64(1)
	if listed.Line {
		added.key = publicinput.LineKey(row.Number, row.Domain == publicinput.Debt) + 1 + lineOffset
	}
	if row.Domain == publicinput.Debt {
		sign = -1
	}
	deltas, groups := append([]int64{listed.Own}, listed.Legs[:]...), row.LegGroups()
	for i, group := range append([]int64{row.Group}, groups[:]...) {
		if deltas[i] != 0 {
			at := place{listed.Set, slices.Index(t.Tariff.Liquid, group)}
			known := slices.Index(t.places, at)
			if known < 0 {
				known = len(t.places)
				t.places = append(t.places, at)
			}
			added.exposures[i] = exposure{known + 1, sign * deltas[i]}
		}
	}
	for _, r := range rows {
		added.columns = append(added.columns, row.Loss[r])
	}
	added.columns = append(append(added.columns, make([]int64, t.shape.Scenarios-len(rows))...), row.Value)
	t.entries = append(t.entries, added)
}

// Digest is H_16(29; table root, digest of the tariff, φ, 10⁶ + residual, σ, rates and rooms by scenario and group, groups of the places, entries).
func (t *Terms) Digest() fr.Element {
	parameters := t.Table.Parameters
	elements := []fr.Element{t.Table.Root, t.Tariff.Digest, publicinput.Signed(parameters.Phi), publicinput.Signed(risktable.Million + parameters.CashResidual),
		publicinput.Signed(t.Tariff.Span)}
	for _, scenario := range t.scenarios {
		for k := range t.shape.Groups {
			rise := t.shape.Groups + k
			elements = append(elements, pack([]int64{scenario.Rates[k], scenario.Rates[rise], scenario.Rooms[k], scenario.Rooms[rise]},
				[]int{ratioBits, ratioBits, roomBits, roomBits}))
		}
	}
	groups := t.placeGroups()
	for begin := 0; begin < len(groups); begin += placeWords {
		part := groups[begin:min(begin+placeWords, len(groups))]
		elements = append(elements, pack(part, slices.Repeat([]int{groupBits}, len(part))))
	}
	for j := range t.shape.Entries {
		entry := t.entry(j)
		parts, bits := []int64{entry.key}, []int{entryBits}
		for _, exposure := range entry.exposures {
			parts, bits = append(parts, int64(exposure.place), exposure.delta+publicinput.BufferDeltaShift), append(bits, placeBits, deltaBits)
		}
		elements = append(append(elements, pack(parts, bits)), t.packed(entry)...)
	}
	return publicinput.HashOf(publicinput.ContagionTerms, elements...)
}

// entry is an entry, or one of zeros behind the last.
func (t *Terms) entry(j int) entry {
	if j < len(t.entries) {
		return t.entries[j]
	}
	return entry{columns: make([]int64, t.shape.columns())}
}

// placeGroups are the groups of all places from 1, 0 behind the last.
func (t *Terms) placeGroups() []int64 {
	groups := make([]int64, t.shape.Places)
	for p, place := range t.places {
		groups[p] = int64(place.group) + 1
	}
	return groups
}

// packed are the columns of an entry, three to an element.
func (t *Terms) packed(entry entry) []fr.Element {
	elements := make([]fr.Element, t.shape.packed())
	for c := len(entry.columns) - 1; c >= 0; c-- {
		shift := *new(fr.Element).SetBigInt(gadget.Power(slotBits))
		column := publicinput.Signed(entry.columns[c])
		elements[c/slots].Mul(&elements[c/slots], &shift).Add(&elements[c/slots], &column)
	}
	return elements
}

// pack packs non-negative parts, lowest first.
func pack(parts []int64, bits []int) fr.Element {
	word, offset := new(big.Int), 0
	for i, part := range parts {
		word.Add(word, new(big.Int).Lsh(big.NewInt(part), uint(offset)))
		offset += bits[i]
	}
	return *new(fr.Element).SetBigInt(word)
}
