package fund

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

func TestShouldProveAndRefuseEveryOtherPublicInput(t *testing.T) {
	witnesstest.FullTier(t)
	key, err := keytest.Open(small)
	if err != nil {
		t.Fatal(err)
	}
	assignment := assign(t, losing(t, rand.New(rand.NewPCG(61, 62)), small.Instruments))
	proof, err := key.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		t.Fatal(err)
	}
	one := fr.One()
	for i := range assignment.Public {
		changed := assignment.Public
		changed[i].Add(&changed[i], &one)
		if err := verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(changed)); err == nil || refusal.Of(err).Code != "PROOF_REFUSED" {
			t.Errorf("public input %d may be changed: %v", i, err)
		}
	}
}

func TestShouldReadARequest(t *testing.T) {
	zero := make([]byte, 32)
	epoch := canonical.Encode([]any{"bulwark-epoch-digest", int64(2), []any{zero, int64(3), zero, zero, zero, zero, zero, zero, zero, zero, zero, zero}})
	leaf := canonical.Encode([]any{"bulwark-account", int64(1), int64(2), zero, zero, int64(-5), []any{}, []any{}, []any{}, []any{}})
	ask := func(margin ...any) []byte {
		return canonical.Encode([]any{"bulwark-fund-prove", int64(2), epoch, []any{leaf}, []any{margin}, int64(9)})
	}
	request, err := ParseRequest(ask(int64(4), int64(70), int64(60), int64(-5), int64(8)), &risktable.Table{})
	margin := publicinput.MarginLeaf{Number: 2, Member: 4, Initial: 70, Maintenance: 60, Equity: -5, Buffer: 8, Salt: publicinput.MarginSalt(fr.Element{}, 3, fr.Element{})}
	if err != nil || request.Epoch.Number != 3 || request.Accounts[0].Cash != -5 || request.Margins[0] != margin || request.Fund != 9 {
		t.Fatalf("a request must be read: %+v %v", request, err)
	}
	for code, wrong := range map[string][]byte{"OUT_OF_RANGE": ask(int64(4), int64(-1), int64(60), int64(-5), int64(8)), "WRONG_LENGTH": ask(int64(4), int64(1))} {
		if _, err := ParseRequest(wrong, &risktable.Table{}); err == nil || refusal.Of(err).Code != code {
			t.Errorf("want %s, have %v", code, err)
		}
	}
}
