package groth

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// fifthPowers is x⁵ + 1 again and again, as in a permutation: without turning, every fourth power stands on the right.
type fifthPowers struct {
	X, Y frontend.Variable
}

func (c *fifthPowers) Define(api frontend.API) error {
	x := c.X
	for range 20 {
		square := api.Mul(x, x)
		x = api.Add(api.Mul(x, api.Mul(square, square)), 1)
	}
	api.AssertIsEqual(x, c.Y)
	return nil
}

func compiledFifthPowers(t *testing.T) *cs.R1CS {
	t.Helper()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &fifthPowers{})
	if err != nil {
		t.Fatal(err)
	}
	return system.(*cs.R1CS)
}

func onTheRight(constraints []constraint.R1C) int {
	wires := map[int]bool{}
	for _, c := range constraints {
		for _, term := range c.R {
			wires[term.WireID()] = true
		}
	}
	return len(wires)
}

func TestShouldTurnConstraintsWithoutChangingThem(t *testing.T) {
	plain, turned := compiledFifthPowers(t), compiledFifthPowers(t)
	turn(turned)
	before, after := plain.GetR1Cs(), turned.GetR1Cs()
	if len(before) != len(after) {
		t.Fatalf("%d constraints became %d", len(before), len(after))
	}
	for i := range before {
		same := slices.Equal(before[i].L, after[i].L) && slices.Equal(before[i].R, after[i].R)
		exchanged := slices.Equal(before[i].L, after[i].R) && slices.Equal(before[i].R, after[i].L)
		if (!same && !exchanged) || !slices.Equal(before[i].O, after[i].O) {
			t.Fatalf("constraint %d became another: %v, %v", i, before[i], after[i])
		}
	}
	if onTheRight(before)-onTheRight(after) != 20 {
		t.Errorf("each fourth power must leave the right: %d wires became %d", onTheRight(before), onTheRight(after))
	}
	again := compiledFifthPowers(t)
	turn(again)
	if fmt.Sprint(again.GetR1Cs()) != fmt.Sprint(after) {
		t.Error("the same system must be turned the same way")
	}
}

func TestShouldSolveATurnedSystemAsBefore(t *testing.T) {
	turned := compiledFifthPowers(t)
	turn(turned)
	field := ecc.BN254.ScalarField()
	y := big.NewInt(3)
	for range 20 {
		y.Exp(y, big.NewInt(5), field)
		y.Add(y, big.NewInt(1)).Mod(y, field)
	}
	for change, expected := range map[int64]bool{0: true, 1: false} {
		full, err := frontend.NewWitness(&fifthPowers{X: 3, Y: new(big.Int).Add(y, big.NewInt(change))}, field)
		if err != nil {
			t.Fatal(err)
		}
		if (turned.IsSolved(full) == nil) != expected {
			t.Errorf("the power and %d must be accepted: %t", change, expected)
		}
	}
}
