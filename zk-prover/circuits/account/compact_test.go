package account

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/constraint/margin"
	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/tree"
	"bulwark.io/circuits/refusal"
)

// cashOnly is an account whose gross is twice its cash.
func cashOnly(cash int64) drawn {
	random := rand.New(rand.NewPCG(111, 112))
	table := tabletest.Table(random, tabletest.SmallPlan(smallCompact.Structure.EsRows))
	claim := publicinput.Statement{Tag: publicinput.TagInitialMarginEquals}
	request := sealRequest(random, smallCompact, table, publicinput.AccountLeaf{Number: 3, Cash: cash}, claim)
	return drawn{shape: smallCompact, table: table, opened: table, request: request}
}

func TestShouldProveUpToTheLimitOfTheSmallKey(t *testing.T) {
	d := cashOnly(1<<46 - 1)
	d.request = requested(smallCompact, d.table, d.request)
	if !accepts(assign(t, d)) {
		t.Fatal("a gross below 2^47 must be accepted")
	}
}

func TestShouldRefuseAnAccountBeyondTheLimitOfTheSmallKey(t *testing.T) {
	d := cashOnly(1 << 46)
	_, err := Commit(smallCompact, d.table, d.request.Account, publicinput.Given, publicinput.Signed(1))
	var refused *refusal.Refusal
	if !errors.As(err, &refused) || refused.Code != "NO_PROOF_IN_THIS_SHAPE" || refused.Where != "account.gross" {
		t.Fatalf("a gross of 2^47 must be refused by name, have %v", err)
	}
	d.shape = smallChallenge
	d.request = requested(smallChallenge, d.table, d.request)
	laid, err := slotsOf(smallChallenge, d.table, d.request.Account, publicinput.Given)
	if err != nil || !accepts(forgeSlots(d, laid, margin.Honest)) {
		t.Fatalf("the wide packing must hold it: %v", err)
	}
	d.shape, laid.packing = smallCompact, publicinput.Narrow
	requests := tree.New(publicinput.RequestDepth)
	requests.Update(map[int64]fr.Element{4: commitmentOf(d, laid)})
	d.request.Sealed.Root, d.request.Sealed.Path = requests.Root(), requests.Path(4)
	if accepts(forgeSlots(d, laid, margin.Honest)) {
		t.Fatal("a gross of 2^47 must be rejected in the circuit")
	}
}

// The narrow packing has a tree of its own: rows at the same point, packed as the other key does, do not open.
func TestShouldRejectTheOtherPackingsTree(t *testing.T) {
	random := rand.New(rand.NewPCG(113, 114))
	d := drawFor(t, random, smallCompact, publicinput.Given, 5000, holding)
	laid, _ := slotsOf(smallCompact, d.table, d.request.Account, publicinput.Given)
	way, _ := tree.Climb(d.request.Account.Hash(), d.request.Account.Number, d.request.Path)
	request, _ := tree.Climb(commitmentOf(d, laid), d.request.Sealed.Place, d.request.Sealed.Path)
	for packing, wanted := range map[publicinput.Packing]bool{publicinput.Narrow: true, publicinput.Wide: false} {
		ways := ways{account: way, request: request, evaluated: d.table.EvaluateAt(packing, publicinput.RhoOf(d.request.Epoch.Digest(), d.request.Sealed.Root))}
		if accepts(fill(smallCompact, d.table, d.request, laid, ways, nil, margin.Honest)) != wanted {
			t.Fatalf("rows packed %v: accepted must be %t", packing, wanted)
		}
	}
}
