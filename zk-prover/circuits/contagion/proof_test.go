package contagion

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

func TestShouldProveAndRefuseEveryOtherPublicInput(t *testing.T) {
	witnesstest.FullTier(t)
	key, err := keytest.Open(small)
	if err != nil {
		t.Fatal(err)
	}
	request := falling(t, rand.New(rand.NewPCG(61, 62))).request(t)
	assignment := assign(t, request)
	proof, err := key.Prove(assignment.Circuit, assignment.Public)
	if err != nil {
		t.Fatal(err)
	}
	public := PublicInputs(request.Epoch.Digest(), request.Terms)
	if err := verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(public)); err != nil {
		t.Fatalf("what a verifier computes must be what was proved: %v", err)
	}
	one := fr.One()
	for i := range public {
		changed := public
		changed[i].Add(&changed[i], &one)
		if err := verification.Verify(key.VerifyingKey(), proof, groth.PublicInputs(changed)); err == nil || refusal.Of(err).Code != "PROOF_REFUSED" {
			t.Errorf("public input %d may be changed: %v", i, err)
		}
	}
}

func TestShouldReadARequest(t *testing.T) {
	h := falling(t, rand.New(rand.NewPCG(63, 64)))
	asked := h.request(t)
	zero := make([]byte, 32)
	bytesOf := func(element fr.Element) []byte { b := element.Bytes(); return b[:] }
	epoch := canonical.Encode([]any{"bulwark-epoch-digest", int64(2), []any{zero, int64(3), zero, bytesOf(asked.Epoch.AccountRoot),
		bytesOf(asked.Epoch.TableRoot), zero, zero, zero, zero, zero, bytesOf(asked.Epoch.BufferDigest), zero}})
	leaf := canonical.Encode([]any{"bulwark-account", int64(1), int64(2), zero, zero, int64(-5), []any{}, []any{}, []any{}, []any{}})
	encodedRows := make([]any, len(rows))
	for i, row := range rows {
		encodedRows[i] = row
	}
	ask := func(margin ...any) []byte {
		return canonical.Encode([]any{"bulwark-contagion-prove", int64(2), epoch, canonical.Encode(h.tariff), encodedRows, []any{leaf}, []any{margin}})
	}
	request, err := ParseRequest(small, ask(int64(4), int64(70), int64(60), int64(-5), int64(8)), h.table)
	if err != nil || request.Epoch.Number != 3 || request.Accounts[0].Cash != -5 || request.Margins[0].Initial != 70 || request.Terms.Digest() != asked.Terms.Digest() {
		t.Fatalf("a request must be read: %+v %v", request, err)
	}
	for code, wrong := range map[string][]byte{"OUT_OF_RANGE": ask(int64(4), int64(-1), int64(60), int64(-5), int64(8)),
		"WRONG_LENGTH": ask(int64(4), int64(1))} {
		if _, err := ParseRequest(small, wrong, h.table); err == nil || refusal.Of(err).Code != code {
			t.Errorf("want %s, have %v", code, err)
		}
	}
	if publicinput.ContagionTerms.Width() != 16 {
		t.Error("terms are hashed sixteen wide")
	}
}
