package risktable

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
)

// A row as polynomials in a point: own (the elements of stress rows that are summed by group, then the sensitivities to the own group),
// one for each leg (shifted to where own has its sensitivities, so that all that one group gets adds up), and whole (the other elements
// of stress rows, then ES losses). Degrees are below Degree.

// OwnElements is the number of coefficients of own: grouped stress elements, then sensitivities.
func (s Structure) OwnElements(packing publicinput.Packing) (stress, sense int) {
	grouped, _ := s.Parts(packing)
	return len(grouped), packing.Elements(publicinput.SenseColumns)
}

// Evaluation of a row at a point.
type Evaluation struct {
	Own, Whole fr.Element
	Venue      fr.Element // what venues are charged by; 0 in a table without
	Legs       [publicinput.Legs]fr.Element
}

// Evaluate evaluates a row's polynomials, whose coefficients are its elements in a packing.
func (s Structure) Evaluate(packing publicinput.Packing, row Row, point fr.Element) (e Evaluation) {
	grouped, whole := s.Parts(packing)
	stress := row.Stress(packing)
	var shift fr.Element
	e.Own, shift = horner(append(pick(stress, grouped), row.Sense(packing)...), point), power(point, len(grouped))
	for i, leg := range row.LegSense(packing) {
		e.Legs[i] = horner(leg, point)
		e.Legs[i].Mul(&e.Legs[i], &shift)
	}
	e.Whole = horner(append(pick(stress, whole), row.Es(packing)...), point)
	e.Venue = horner(packing.Pack(row.AtVenue), point)
	return e
}

func pick(elements []fr.Element, places []int) []fr.Element {
	picked := make([]fr.Element, len(places))
	for i, place := range places {
		picked[i] = elements[place]
	}
	return picked
}

// horner is the polynomial with these coefficients, lowest first.
func horner(coefficients []fr.Element, point fr.Element) (value fr.Element) {
	for i := len(coefficients) - 1; i >= 0; i-- {
		value.Mul(&value, &point).Add(&value, &coefficients[i])
	}
	return value
}

func power(point fr.Element, n int) fr.Element {
	result := fr.One()
	for range n {
		result.Mul(&result, &point)
	}
	return result
}

// Evaluated is the table's tree at a point: the same leaves in the same places, each row by its evaluation.
type Evaluated struct {
	Packing publicinput.Packing
	Point   fr.Element
	Root    fr.Element
	Cap     [publicinput.TableCapNodes]fr.Element

	leaves    *tree.Tree
	structure Structure
}

// EvaluateAt makes the evaluated tree. The global leaf is the table's own. The others are H_8(17; …), of the small key H_8(22; …): of a
// group its elements; of a row head, charges on size, own, the two legs, whole, and the domain. Lengths differ, so no leaf stands in for
// another. Of a table that lists venues they are H_8(31; …) and H_8(32; …): the domain stands above the head, and its place has what
// venues are charged by.
func (t *Table) EvaluateAt(packing publicinput.Packing, point fr.Element) *Evaluated {
	evaluated := &Evaluated{Packing: packing, Point: point, leaves: tree.New(t.Depth()), structure: t.Structure}
	leaves := map[int64]fr.Element{0: t.Leaf(0)}
	for _, group := range t.Groups {
		leaves[int64(len(leaves))] = publicinput.HashOf(t.Structure.EvaluatedLeaf(packing), group.Elements()...)
	}
	for _, rows := range t.rowLists() {
		for _, row := range rows {
			leaves[int64(len(leaves))] = row.EvaluatedLeaf(packing, t.Evaluate(packing, row, point))
		}
	}
	evaluated.leaves.Update(leaves)
	for i := range evaluated.Cap {
		evaluated.Cap[i] = evaluated.leaves.Node(publicinput.TableCapLevel, int64(i))
	}
	evaluated.Root = publicinput.HashOf(publicinput.TableCap, evaluated.Cap[:]...)
	return evaluated
}

// EvaluatedLeaf is the leaf of a row in an evaluated tree.
func (r Row) EvaluatedLeaf(packing publicinput.Packing, e Evaluation) fr.Element {
	if r.AtVenue != nil {
		domain := fr.NewElement(uint64(r.Domain))
		shift := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), publicinput.VenueDomainOffset))
		head := r.head()
		head.Add(&head, domain.Mul(&domain, shift))
		return publicinput.HashOf(packing.VenueLeaf(), head, r.Size(), e.Own, e.Legs[0], e.Legs[1], e.Whole, e.Venue)
	}
	return publicinput.HashOf(packing.EvaluatedLeaf(), r.head(), r.Size(), e.Own, e.Legs[0], e.Legs[1], e.Whole, publicinput.Signed(int64(r.Domain)))
}

// Path is the way of a leaf up to the cap, as Table.Path.
func (e *Evaluated) Path(index int64) (children [][tree.Arity]fr.Element, digits []int) {
	return e.structure.pathBelowCap(e.leaves, index)
}
