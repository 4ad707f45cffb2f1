package contagion

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/test"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/refusal"
)

var update = flag.Bool("update", false, "write the golden files anew")

var everyPlace = []int{0, 1, 2, 3}

// Every vector that one step does not exceed has a certificate, and no other: the least fixed point, less by one in any component, and
// vectors around it.
func TestShouldCertifyExactlyWhatOneStepDoesNotExceed(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var lowered, partly, merged, certified, refused int
	for round := range 25 {
		places := some(random, 4, 1, 4)
		h := drawHouse(t, random, places, []int64{7, 3, 7, 9}[:len(places)], 1)
		least := h.leastFixedPoint(t)
		flows, _ := h.rule(t, least)
		assignment := assign(t, h.request(t))
		if !slices.EqualFunc(assignment.Flows, flows, slices.Equal) {
			t.Fatalf("round %d: the flows are %v, have %v", round, flows, assignment.Flows)
		}
		if !accepts(assignment) {
			t.Fatalf("round %d: the least fixed point must be accepted", round)
		}
		for _, member := range assignment.Circuit.Members {
			for s := range rows {
				sold := value(member.Forced.Scenarios[s].Sold)
				if !sold.IsZero() && value(member.Forced.Scenarios[s].All) == value0 {
					partly++
				}
				for _, beyond := range member.ForcedMerged[s] {
					if value(beyond) != value0 {
						merged++
					}
				}
			}
		}
		for range 6 {
			vectors := clone(least)
			s, i := random.IntN(len(rows)), random.IntN(small.sides())
			if random.IntN(2) == 0 && vectors[s][i] > 0 {
				vectors[s][i]--
				lowered++
			} else {
				for i := range vectors[s] {
					vectors[s][i] = max(0, vectors[s][i]+random.Int64N(2_000)-500)
				}
			}
			h.publish(vectors)
			cut := h.cut(vectors)
			_, image := h.rule(t, cut)
			holds := true
			for s := range image {
				for i := range image[s] {
					holds = holds && image[s][i] <= cut[s][i]
				}
			}
			request := h.request(t)
			assignment, err := fill(small, request)
			if err != nil {
				t.Fatal(err)
			}
			if accepts(assignment) != holds {
				t.Fatalf("round %d: the rule says %t of %v, the circuit %t", round, holds, vectors, !holds)
			}
			_, err = Assign(small, request)
			if holds != (err == nil) || !holds && refusal.Of(err).Code != "CLAIM_NOT_MET" {
				t.Fatalf("round %d: the rule says %t, the answer is %v", round, holds, err)
			}
			if holds {
				certified++
			} else {
				refused++
			}
		}
	}
	if lowered < 10 || partly < 10 || merged < 3 || certified < 10 || refused < 20 {
		t.Fatalf("the draws must be rich: %d lowered, %d sold in part, %d merged beyond, %d certified, %d refused", lowered, partly, merged, certified, refused)
	}
}

func clone(vectors [][]int64) [][]int64 {
	copied := slices.Clone(vectors)
	for s := range copied {
		copied[s] = slices.Clone(copied[s])
	}
	return copied
}

// cut cuts vectors to the bounds of their scenarios.
func (h *house) cut(vectors [][]int64) [][]int64 {
	cut, groups := clone(vectors), list(h.tariff[groupsField])
	for s := range cut {
		for i := range cut[s] {
			bound := list(groups[i%len(groups)])[2].(int64)
			if i < len(groups) {
				bound = min(bound, max(0, 1_000_000+list(list(list(h.tariff[scenariosField])[s])[0])[i].(int64)))
			}
			cut[s][i] = min(cut[s][i], bound)
		}
	}
	return cut
}

func TestShouldAgreeWithTheTestEngine(t *testing.T) {
	h := drawHouse(t, rand.New(rand.NewPCG(3, 4)), everyPlace, []int64{1, 2, 1, 5}, 1)
	h.leastFixedPoint(t)
	if err := test.IsSolved(New(small), assign(t, h.request(t)).Circuit, ecc.BN254.ScalarField()); err != nil {
		t.Fatal(err)
	}
}

func TestShouldKeepItsSize(t *testing.T) {
	witnesstest.FullTier(t)
	house := Shape{Levels: 2, Positions: 16, Lines: 8, Entries: 64, Places: 32, Groups: 3, Scenarios: 27, Members: 16, Depth: 10}
	sizes := map[string]int{}
	for _, shape := range []Shape{small, house, venues, overVenues(house)} {
		system, err := groth.Compile(shape)
		if err != nil {
			t.Fatal(err)
		}
		sizes[shape.String()] = system.GetNbConstraints()
	}
	witnesstest.Golden(t, *update, sizes)
}
