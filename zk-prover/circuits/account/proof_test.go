package account

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

var update = flag.Bool("update", false, "write the golden files anew")

// constraintCount is one line of the golden file: a change in either direction is seen and explained in the commit that makes it.
type constraintCount struct {
	Shape       string `json:"shape"`
	Constraints int    `json:"constraints"`
	Domain      uint64 `json:"domain"`
	Secret      int    `json:"secretInputs"`
}

func TestShouldCountTheConstraintsOfTheGoldenFile(t *testing.T) {
	var counts []constraintCount
	for _, shape := range []Shape{Production, small, tiny} {
		system, err := Compile(shape)
		if err != nil {
			t.Fatal(err)
		}
		constraints := system.GetNbConstraints()
		counts = append(counts, constraintCount{shape.String(), constraints, fft.NewDomain(uint64(constraints)).Cardinality, system.GetNbSecretVariables()})
	}
	encoded, _ := json.MarshalIndent(counts, "", "  ")
	path := filepath.Join("testdata", "constraints.json")
	if *update {
		if err := os.WriteFile(path, append(encoded, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(bytes.TrimSpace(golden), encoded) {
		t.Fatalf("constraints changed:\n%s\nrun with -update and say why", encoded)
	}
}

// proved is one real proof, made once for the tests that attack it.
var proved = sync.OnceValue(func() (result struct {
	vk, proof, public []byte
	key               *Key
	err               error
}) {
	directory, err := os.MkdirTemp("", "keys")
	if err != nil {
		result.err = err
		return
	}
	defer os.RemoveAll(directory)
	if _, result.err = Setup(tiny, directory); result.err != nil {
		return
	}
	if result.key, result.err = Open(tiny, directory, nil); result.err != nil {
		return
	}
	d := drawFor(&testing.T{}, rand.New(rand.NewPCG(41, 42)), tiny, publicinput.Given, 5000, anyAccount)
	assignment, err := Assign(tiny, d.table, d.request)
	if err != nil {
		result.err = err
		return
	}
	result.proof, result.err = result.key.Prove(assignment)
	result.vk, result.public = result.key.VerifyingKey(), PublicInputs(assignment.Public)
	return
})

func TestShouldProveAndVerify(t *testing.T) {
	p := proved()
	if p.err != nil {
		t.Fatal(p.err)
	}
	if len(p.proof) != ProofBytes || len(p.public) != PublicBytes {
		t.Fatalf("proof has %d bytes, public inputs %d", len(p.proof), len(p.public))
	}
	if err := Verify(p.vk, p.proof, p.public); err != nil {
		t.Fatal(err)
	}
}

func TestShouldRefuseEveryOtherPublicInput(t *testing.T) {
	p := proved()
	for input := range publicinput.Count {
		changed := bytes.Clone(p.public)
		changed[fr.Bytes*(input+1)-1] ^= 1
		if fault := refusal.Of(Verify(p.vk, p.proof, changed)); fault.Code != "PROOF_REFUSED" {
			t.Errorf("input %d: want PROOF_REFUSED, have %v", input, fault)
		}
		aliased := bytes.Clone(p.public)
		value := new(big.Int).SetBytes(aliased[fr.Bytes*input : fr.Bytes*(input+1)])
		if value.Add(value, fr.Modulus()); value.BitLen() <= 8*fr.Bytes {
			value.FillBytes(aliased[fr.Bytes*input : fr.Bytes*(input+1)])
			if fault := refusal.Of(Verify(p.vk, p.proof, aliased)); fault.Code != "NOT_A_FIELD_ELEMENT" {
				t.Errorf("input %d + r: want NOT_A_FIELD_ELEMENT, have %v", input, fault)
			}
		}
	}
}

func TestShouldRefuseWhatIsNotExactlyAProof(t *testing.T) {
	p := proved()
	huge := bytes.Clone(p.proof)
	huge[countOffset] = 0x10 // 2²⁸ commitments: 16 GiB, were it decoded
	longKey := bytes.Clone(p.vk)
	longKey[keyCounts[0].offset] = 0x10
	for _, c := range []struct {
		code              string
		vk, proof, public []byte
	}{
		{"WRONG_LENGTH", p.vk, p.proof[:195], p.public}, {"WRONG_LENGTH", p.vk, append(bytes.Clone(p.proof), 0), p.public},
		{"BAD_PROOF", p.vk, huge, p.public}, {"WRONG_LENGTH", p.vk, p.proof, p.public[:128]}, {"WRONG_LENGTH", p.vk, p.proof, nil},
		{"BAD_KEY", longKey, p.proof, p.public}, {"WRONG_LENGTH", p.vk[1:], p.proof, p.public},
	} {
		if fault := refusal.Of(Verify(c.vk, c.proof, c.public)); fault.Code != c.code {
			t.Errorf("want %s, have %v", c.code, fault)
		}
	}
}

func TestShouldRefuseEveryFlippedBitOfAProof(t *testing.T) {
	p, random := proved(), rand.New(rand.NewPCG(43, 44))
	for range 200 {
		changed := bytes.Clone(p.proof)
		changed[random.IntN(len(changed))] ^= 1 << random.IntN(8)
		if Verify(p.vk, changed, p.public) == nil {
			t.Fatal("a changed proof must be refused")
		}
	}
}

// Proofs over different tables at the same time: what one leaves in the constraint system must not reach another.
func TestShouldProveAtOnceOverDifferentTables(t *testing.T) {
	p, random := proved(), rand.New(rand.NewPCG(45, 46))
	var waiting sync.WaitGroup
	for range 3 {
		d := drawFor(t, random, tiny, publicinput.Given, 5000, anyAccount)
		assignment, err := Assign(tiny, d.table, d.request)
		if err != nil {
			t.Fatal(err)
		}
		waiting.Go(func() {
			if _, err := p.key.Prove(assignment); err != nil {
				t.Error(err)
			}
		})
	}
	waiting.Wait()
}

func TestShouldNameTheConstraintAndNoValueWhenUnsatisfied(t *testing.T) {
	p, random := proved(), rand.New(rand.NewPCG(47, 48))
	d := drawFor(t, random, tiny, publicinput.Given, 5000, anyAccount)
	assignment, err := Assign(tiny, d.table, d.request)
	if err != nil {
		t.Fatal(err)
	}
	assignment.Circuit.Margin.Core = signed(123_456_789)
	_, err = p.key.Prove(assignment)
	if fault := refusal.Of(err); fault.Code != "NOT_SATISFIED" || fault.Constraint < 0 || fault.Where != "circuit" {
		t.Fatalf("want NOT_SATISFIED with a constraint, have %+v", fault)
	}
}

func TestShouldRefuseKeysThatAreNotTheNamedOnes(t *testing.T) {
	directory := t.TempDir()
	if _, err := Setup(small, filepath.Join(directory, "absent")); refusal.Of(err).Code != "KEY_NOT_WRITTEN" {
		t.Fatalf("want KEY_NOT_WRITTEN before any work, have %v", err)
	}
	if _, err := Open(small, directory, nil); refusal.Of(err).Code != "KEY_MISSING" {
		t.Fatalf("want KEY_MISSING, have %v", err)
	}
	files := keyFiles(small, directory)
	digests := KeyDigests{Constraints: 1}
	if err := os.WriteFile(files.digests, digests.encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(small, directory, make([]byte, 31)); refusal.Of(err).Code != "KEY_DIGEST_DIFFERS" {
		t.Fatalf("want KEY_DIGEST_DIFFERS for another verifying key, have %v", err)
	}
	if err := os.WriteFile(files.vk, []byte("cut short"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(small, directory, nil); refusal.Of(err).Code != "KEY_DIGEST_DIFFERS" {
		t.Fatalf("want KEY_DIGEST_DIFFERS for a file cut short, have %v", err)
	}
}
