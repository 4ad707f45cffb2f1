package book

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
)

// indexShowing is the index, an element and no integer, with which a statement of this tag and height would be another one.
func indexShowing(tag, height int64, other publicinput.Statement) fr.Element {
	index, own := other.Element(), publicinput.Statement{Tag: tag, Choice: height}.Element()
	minus(&index, own)
	return product(index, inverseOf(1<<publicinput.StatementAmountOffset))
}

// otherStatements are what a forger would show: each circuit's tag with amounts and names of its own.
func otherStatements() []publicinput.Statement {
	var others []publicinput.Statement
	for tag := range int64(24) {
		others = append(others, publicinput.Statement{Tag: tag, Amount: 1_000_000, Name: 5})
	}
	return others
}

// withIndex makes an honest batch stand at another place: its accounts' numbers, the root and the statement fit.
func withIndex(t *testing.T, shape Shape, request BatchRequest, index fr.Element) *Assignment {
	t.Helper()
	assignment := batchOf(t, shape, request)
	put(assignment.Circuit.(*Batch).Index, index, indexBits+indexSpare)
	recommit(assignment, shape, nil)
	return assignment
}

func TestShouldRangeTheIndexOfABatch(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	for _, shape := range []Shape{spot, full} {
		request := randomBatch(random, shape, 0, []int{1, 3}, 0)
		for index, accepted := range map[int64]bool{0: true, 1<<indexBits - 1: true, 1 << indexBits: false, 1 << (indexBits + 1): false,
			1<<(indexBits+indexSpare) - 1: false, 1 << (indexBits + indexSpare): false, 1 << 32: false, -1: false} {
			if accepts(t, shape, withIndex(t, shape, request, publicinput.Signed(index))) != accepted {
				t.Errorf("%v: index %d must be accepted: %t", shape, index, accepted)
			}
		}
	}
}

// A batch without accounts has the same root at every place, so nothing but the range keeps it from showing any statement.
func TestShouldShowNoOtherTagByAnIndexOfAnEmptyBatch(t *testing.T) {
	random := rand.New(rand.NewPCG(63, 64))
	request := randomBatch(random, spot, 0, nil, 0)
	if !accepts(t, spot, withIndex(t, spot, request, publicinput.Signed(77))) {
		t.Fatal("an empty batch may stand anywhere")
	}
	for _, other := range otherStatements() {
		assignment := withIndex(t, spot, request, indexShowing(publicinput.TagBookBatch, int64(spot.Levels), other))
		if assignment.Circuit.(*Batch).Statement != other.Element() {
			t.Fatal("the attack must show the other statement, or it tests nothing")
		}
		if accepts(t, spot, assignment) {
			t.Errorf("a batch must not say %+v", other)
		}
	}
}

func sumAt(t *testing.T, random *rand.Rand, index fr.Element) *Assignment {
	t.Helper()
	assignment, err := AssignSum(layer, SumRequest{Nodes: []Node{EmptyNode(layer.Assets, 0, layer.Height)}, Blinding: randomElement(random)})
	if err != nil {
		t.Fatal(err)
	}
	c := assignment.Circuit.(*Sum)
	statement := publicinput.Statement{Tag: publicinput.TagBookSum, Choice: int64(layer.Height + layer.Fan)}.Element()
	plus(&statement, product(index, publicinput.Signed(1<<publicinput.StatementAmountOffset)))
	c.Index, c.Statement = index, statement
	return assignment
}

func TestShouldRangeTheIndexOfASumAndShowNoOtherTag(t *testing.T) {
	random := rand.New(rand.NewPCG(65, 66))
	for index, accepted := range map[int64]bool{0: true, 1<<indexBits - 1: true, 1 << indexBits: false, -1: false} {
		if accepts(t, layer, sumAt(t, random, publicinput.Signed(index))) != accepted {
			t.Errorf("index %d of a sum must be accepted: %t", index, accepted)
		}
	}
	for _, other := range otherStatements() {
		if accepts(t, layer, sumAt(t, random, indexShowing(publicinput.TagBookSum, int64(layer.Height+layer.Fan), other))) {
			t.Errorf("a sum must not say %+v", other)
		}
	}
}

func TestShouldRefuseWhatABatchOrASumDoesNotUse(t *testing.T) {
	random := rand.New(rand.NewPCG(67, 68))
	standing, name, high := power(publicinput.StatementStandingOffset), power(publicinput.StatementNameOffset), power(publicinput.StatementNameOffset-1)
	one := fr.One()
	batch := func() (*Assignment, []*fr.Element) {
		assignment := batchOf(t, spot, randomBatch(random, spot, 1, everyPlace, 1))
		c := assignment.Circuit.(*Batch)
		places := []fr.Element{value(c.Challenge), value(c.Scope), value(c.Statement)}
		return assignment, []*fr.Element{&places[0], &places[1], &places[2]}
	}
	for i, change := range []struct {
		place int
		by    fr.Element
	}{{0, one}, {1, one}, {2, standing}, {2, name}, {2, high}, {2, one}, {2, power(publicinput.StatementChoiceOffset)}} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			assignment, places := batch()
			plus(places[change.place], change.by)
			c := assignment.Circuit.(*Batch)
			c.Challenge, c.Scope, c.Statement = *places[0], *places[1], *places[2]
			if accepts(t, spot, assignment) {
				t.Error("a batch must leave this 0")
			}
			sum := sumAt(t, random, publicinput.Signed(3)).Circuit.(*Sum)
			sums := []fr.Element{value(sum.Challenge), value(sum.Scope), value(sum.Statement)}
			plus(&sums[change.place], change.by)
			sum.Challenge, sum.Scope, sum.Statement = sums[0], sums[1], sums[2]
			if accepts(t, layer, &Assignment{Circuit: sum}) {
				t.Error("a sum must leave this 0")
			}
		})
	}
}

// A count and a shortfall at the end of their ranges stand in the statement; AssignTop refuses one more by name and the circuit by its range.
func TestShouldHoldTheLargestStatementOfTheTop(t *testing.T) {
	random := rand.New(rand.NewPCG(69, 70))
	h := drawHouse(t, random, 1)
	request := h.request(random, h.nodes)
	request.Nodes[0].Totals.Accounts, request.Shortfall = 1<<accountsBits-1, 1<<publishedBits-1
	assignment := topOf(t, top, request)
	said := publicinput.Statement{Tag: publicinput.TagBookTop, Amount: 1<<publishedBits - 1, Name: 1<<accountsBits - 1}
	if assignment.Public[publicinput.StatementInput] != said.Element() || !accepts(t, top, &assignment.Assignment) {
		t.Fatal("the largest count and the largest shortfall must be accepted")
	}
	request.Nodes[0].Totals.Accounts++
	if _, err := AssignTop(top, request); err == nil {
		t.Fatal("2³² accounts must be refused")
	}
}
