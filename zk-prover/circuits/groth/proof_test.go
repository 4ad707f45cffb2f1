package groth

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// proved is a proof of the toy circuit.
func proved(t *testing.T) (vk, proof, public []byte) {
	t.Helper()
	key := toyKey(t)
	circuit, inputs := toyAssignment(7)
	proof, err := key.Prove(circuit, inputs)
	if err != nil {
		t.Fatal(err)
	}
	return key.VerifyingKey(), proof, PublicInputs(inputs)
}

func TestShouldRefuseWhatIsNotExactlyAProof(t *testing.T) {
	vk, proof, public := proved(t)
	huge := bytes.Clone(proof)
	huge[128] = 0x10 // the count of commitments: 2²⁸ commitments: 16 GiB, were it decoded
	longKey := bytes.Clone(vk)
	longKey[288] = 0x10 // the count of points
	for _, c := range []struct {
		code              string
		vk, proof, public []byte
	}{
		{"WRONG_LENGTH", vk, proof[:195], public}, {"WRONG_LENGTH", vk, append(bytes.Clone(proof), 0), public},
		{"BAD_PROOF", vk, huge, public}, {"WRONG_LENGTH", vk, proof, public[:128]}, {"WRONG_LENGTH", vk, proof, nil},
		{"BAD_KEY", longKey, proof, public}, {"WRONG_LENGTH", vk[1:], proof, public},
	} {
		if fault := refusal.Of(verification.Verify(c.vk, c.proof, c.public)); fault.Code != c.code {
			t.Errorf("want %s, have %v", c.code, fault)
		}
	}
}

// A count of 2²⁸ would have the decoder allocate 16 GiB, which no recovery survives: it must be refused before.
func TestShouldAllocateNothingForACountThatIsAClaim(t *testing.T) {
	vk, proof, public := proved(t)
	huge := bytes.Clone(proof)
	huge[128] = 0x10 // the count of commitments
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if verification.Verify(vk, huge, public) == nil {
		t.Error("a proof of 2²⁸ commitments must be refused")
	}
	for _, offset := range []int{288, 516, 520, 524} { // the counts of a key
		key := bytes.Clone(vk)
		key[offset] = 0x10
		if verification.Verify(key, proof, public) == nil {
			t.Errorf("a key whose count at %d is 2²⁸ must be refused", offset)
		}
	}
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
		t.Errorf("%d bytes were allocated for counts", allocated)
	}
}

func TestShouldRefuseEveryFlippedBitOfAProof(t *testing.T) {
	vk, proof, public := proved(t)
	random := rand.New(rand.NewPCG(43, 44))
	for range 200 {
		changed := bytes.Clone(proof)
		changed[random.IntN(len(changed))] ^= 1 << random.IntN(8)
		if verification.Verify(vk, changed, public) == nil {
			t.Fatal("a changed proof must be refused")
		}
	}
}

func TestShouldRefuseKeysThatAreNotTheNamedOnes(t *testing.T) {
	directory := t.TempDir()
	if _, err := Setup(toy{}, filepath.Join(directory, "absent")); refusal.Of(err).Code != "KEY_NOT_WRITTEN" {
		t.Fatalf("want KEY_NOT_WRITTEN before any work, have %v", err)
	}
	wanted := Wanted{Shape: toy{}, Directory: directory}
	if _, err := Open(wanted); refusal.Of(err).Code != "KEY_MISSING" {
		t.Fatalf("want KEY_MISSING, have %v", err)
	}
	files := keyFiles(toy{}, directory, Unsafe)
	digests := Digests{Constraints: 1}
	if err := os.WriteFile(files.digests, digests.encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Wanted{Shape: toy{}, Directory: directory, VkSha: make([]byte, 31)}); refusal.Of(err).Code != "KEY_DIGEST_DIFFERS" {
		t.Fatalf("want KEY_DIGEST_DIFFERS for another verifying key, have %v", err)
	}
	if err := os.WriteFile(files.vk, []byte("cut short"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(wanted); refusal.Of(err).Code != "KEY_DIGEST_DIFFERS" {
		t.Fatalf("want KEY_DIGEST_DIFFERS for a file cut short, have %v", err)
	}
}
