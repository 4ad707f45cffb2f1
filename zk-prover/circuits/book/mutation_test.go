package book

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
)

// assertNoSurvivor mutates every value of a witness by +1, and every fifth to a random element; only values whose names are allowed may
// change without notice.
func assertNoSurvivor(t *testing.T, random *rand.Rand, shape groth.Shape, assignment *Assignment, allowed string) {
	t.Helper()
	full, err := frontend.NewWitness(assignment.Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	system, pattern := systemOf(t, shape), regexp.MustCompile(allowed)
	if groth.SolveWitness(system, full) != nil {
		t.Fatal("the honest witness must be accepted")
	}
	vector, one, names := full.Vector().(fr.Vector), fr.One(), witnesstest.Names(t, assignment.Circuit)
	changed := witnesstest.Changed(names)
	for i, name := range names {
		if !changed[i] {
			continue
		}
		kept := vector[i]
		mutants := []fr.Element{*new(fr.Element).Add(&kept, &one)}
		if i%5 == 0 {
			mutants = append(mutants, randomElement(random))
		}
		for _, mutant := range mutants {
			vector[i] = mutant
			if groth.SolveWitness(system, full) == nil && !pattern.MatchString(name) {
				t.Errorf("%s may be changed without notice", name)
			}
		}
		vector[i] = kept
	}
}

const nothingAllowed = `^$`

func TestShouldRejectEveryMutationOfAFullBatch(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for _, shape := range []Shape{spot, full, venues} {
		request := randomBatch(random, shape, 1, everyPlace, 2)
		request.Accounts[0].Cash = -1 << 50
		assertNoSurvivor(t, random, shape, batchOf(t, shape, request), nothingAllowed)
	}
}

// Of a place without account only what its hash would be made from is free: the leaf is 0 whatever it is.
func TestShouldRejectEveryMutationThatAnEmptyPlaceDoesNotExcuse(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	request := randomBatch(random, spot, 0, []int{2}, 0)
	request.Accounts[0].Lines = nil
	assertNoSurvivor(t, random, spot, batchOf(t, spot, request), `^Accounts_[013]_(Owner|Salt|LineCount_0)$`)
}

func TestShouldRejectEveryMutationOfALayerAndOfTheTop(t *testing.T) {
	random := rand.New(rand.NewPCG(25, 26))
	h := drawHouse(t, random, 3)
	sum, err := AssignSum(layer, SumRequest{Index: 1, Nodes: h.nodes, Blinding: randomElement(random)})
	if err != nil {
		t.Fatal(err)
	}
	assertNoSurvivor(t, random, layer, sum, nothingAllowed)
	assertNoSurvivor(t, random, top, &topOf(t, top, h.request(random, h.nodes)).Assignment, nothingAllowed)
}

// The only hint of a batch is that of the tables: how often each limb occurs. Wrong counts must not help.
func TestShouldRejectWrongHints(t *testing.T) {
	random := rand.New(rand.NewPCG(27, 28))
	full, err := frontend.NewWitness(batchOf(t, spot, randomBatch(random, spot, 0, everyPlace, 1)).Circuit, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	lie := func(field *big.Int, in, out []*big.Int) error {
		err := countHint(field, in, out)
		out[3].Add(out[3], big.NewInt(1))
		return err
	}
	system := systemOf(t, spot)
	if groth.SolveWitness(system, full) != nil {
		t.Fatal("honest hints must be accepted")
	}
	if groth.SolveWitness(system, full, solver.OverrideHint(solver.GetHintID(countHint), lie)) == nil {
		t.Fatal("wrong counts must be rejected")
	}
}
