package account

import (
	"math/rand/v2"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// atMany asks for an account that stands at more venues than the usual key has room for.
func atMany(account publicinput.AccountLeaf, e seen) bool {
	return len(account.Standings) > 4 && e.Prefunding > 0
}

// Of an account at five to eight venues the large shape proves the formula's integer, in every opening, and nothing beside it.
func TestShouldAcceptExactlyTheIntegerOfTheFormulaAtManyVenues(t *testing.T) {
	random := rand.New(rand.NewPCG(261, 262))
	seen := map[int]bool{}
	for round := range witnesstest.Size(9, 300) {
		d := drawFor(t, random, []Shape{sealedAtMany, wideAtVenues, compactAtMany}[round%3], publicinput.Given, 5000, atMany)
		seen[len(d.request.Account.Standings)] = true
		assignment := assign(t, d)
		if !accepts(assignment) {
			t.Fatalf("seed 261,262 round %d: the claim at its bound must be accepted", round)
		}
		claimAmount(assignment, d.request.Claim.Amount+1)
		if accepts(assignment) {
			t.Fatalf("seed 261,262 round %d: one past the bound must be rejected", round)
		}
	}
	if len(seen) < 2 {
		t.Errorf("numbers of standings that were drawn: %v", seen)
	}
}

// A drawn account at many venues has a real proof in the large shape, and none in that of three standings, which says so.
func TestShouldProveAnAccountAtManyVenuesAndVerify(t *testing.T) {
	witnesstest.FullTier(t)
	d := drawFor(t, rand.New(rand.NewPCG(263, 264)), sealedAtMany, publicinput.Given, 5000, atMany)
	key, err := keytest.Open(sealedAtMany)
	if err != nil {
		t.Fatal(err)
	}
	assignment := assign(t, d)
	proof, err := key.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		t.Fatal(err)
	}
	if err := verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(assignment.Public)); err != nil {
		t.Fatalf("an honest proof must verify: %v", err)
	}
	few := sealedAtMany
	few.Standings = 3
	_, err = Assign(few, d.table, d.request)
	if fault := refusal.Of(err); fault.Code != "NO_PROOF_IN_THIS_SHAPE" || fault.Where != "account.standings" {
		t.Errorf("want NO_PROOF_IN_THIS_SHAPE of account.standings, have %v", err)
	}
}
