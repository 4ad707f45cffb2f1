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
	written, err := Setup(toy{}, directory)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(wanted); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Wanted{Shape: toy{}, Directory: directory, Identity: make([]byte, 32)}); refusal.Of(err).Code != "KEY_DIGEST_DIFFERS" {
		t.Fatalf("want KEY_DIGEST_DIFFERS for another identity, have %v", err)
	}
	files := keyFiles(toy{}, directory, verification.Unsafe)
	honest, err := os.ReadFile(files.vk)
	if err != nil {
		t.Fatal(err)
	}
	key, err := verification.ParseKeyFile(honest)
	if err != nil {
		t.Fatal(err)
	}
	relabelled := func(change func(*verification.KeyRecord)) []byte {
		other := key
		change(&other.Record)
		return other.Encode()
	}
	for _, c := range []struct {
		code    string
		content []byte
	}{
		{"NOT_CANONICAL", []byte("cut short")},
		{"KEY_WITHOUT_RECORD", key.Vk},
		{"KEY_DIGEST_DIFFERS", relabelled(func(r *verification.KeyRecord) { r.Vk[0] ^= 1 })},
		{"KEY_DIGEST_DIFFERS", relabelled(func(r *verification.KeyRecord) { r.Origin = verification.Ceremony(r.Vk, r.Vk, 3, 3) })},
		{"KEY_DIGEST_DIFFERS", relabelled(func(r *verification.KeyRecord) { r.Circuit = "account" })},
	} {
		if err := os.WriteFile(files.vk, c.content, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(wanted); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
	renamed := keyFiles(toy{}, directory, verification.Ceremony(written.Pk, written.Pk, 3, 3)) // a new name does not make it safe
	for from, to := range map[string]string{files.pk: renamed.pk, files.system: renamed.system, files.digests: renamed.digests} {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(renamed.vk, honest, 0o644); err != nil {
		t.Fatal(err)
	}
	opened, err := Open(wanted)
	if err != nil {
		t.Fatal(err)
	}
	if opened.File().Record.Origin.Safe() {
		t.Error("an unsafe key under a name without the prefix must stay unsafe")
	}
}
