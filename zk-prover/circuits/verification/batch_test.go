package verification_test

import (
	"bytes"
	"math/big"
	"os"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

func init() { logger.Disable() }

// square is a circuit small enough to be proved hundreds of times: the statement is the square of a byte.
type square struct {
	Seal      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Scope     frontend.Variable `gnark:",public"`
	Nullifier frontend.Variable `gnark:",public"`
	Statement frontend.Variable `gnark:",public"`

	Root frontend.Variable
}

func (c *square) Define(api frontend.API) error {
	rangecheck.New(api).Check(c.Root, 8)
	api.AssertIsEqual(api.Mul(c.Root, c.Root), c.Statement)
	api.AssertIsEqual(api.Mul(c.Challenge, c.Scope), api.Mul(c.Nullifier, c.Seal))
	return nil
}

// squares is the shape of square; its number tells key files apart.
type squares struct{ name string }

func (squares) Circuit() string         { return "square" }
func (s squares) String() string        { return s.name }
func (squares) Encoded() []any          { return []any{} }
func (squares) Empty() frontend.Circuit { return new(square) }

func keyOf(name string) *groth.Key {
	directory, err := os.MkdirTemp("", "keys")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(directory)
	if _, err := groth.Setup(squares{name}, directory); err != nil {
		panic(err)
	}
	key, err := groth.Open(groth.Wanted{Shape: squares{name}, Directory: directory})
	if err != nil {
		panic(err)
	}
	return key
}

func provedSquare(key *groth.Key, root int64) verification.Submitted {
	circuit := &square{Seal: root + 7, Challenge: 0, Scope: 3, Nullifier: 0, Statement: root * root, Root: root}
	var public [publicinput.Count]fr.Element
	for i, value := range []int64{root + 7, 0, 3, 0, root * root} {
		public[i].SetInt64(value)
	}
	proof, err := key.Prove(circuit, public)
	if err != nil {
		panic(err)
	}
	return verification.Submitted{Proof: proof, Public: groth.PublicInputs(public)}
}

const many = 256

// honest are many proofs under one key, made once.
var honest = sync.OnceValues(func() (*groth.Key, []verification.Submitted) {
	key := keyOf("honest")
	proofs := make([]verification.Submitted, many)
	for i := range proofs {
		proofs[i] = provedSquare(key, int64(i))
	}
	return key, proofs
})

func cloned(proofs []verification.Submitted) []verification.Submitted {
	copies := make([]verification.Submitted, len(proofs))
	for i, one := range proofs {
		copies[i] = verification.Submitted{Proof: bytes.Clone(one.Proof), Public: bytes.Clone(one.Public)}
	}
	return copies
}

func refusedAt(t *testing.T, place int, vk []byte, proofs []verification.Submitted) {
	t.Helper()
	if bad, err := verification.VerifyAll(vk, proofs); bad != place || err == nil {
		t.Fatalf("proof %d must be named; have %d, %v", place, bad, err)
	}
}

func TestShouldAcceptManyProofsTogether(t *testing.T) {
	key, proofs := honest()
	for _, n := range []int{0, 1, 2, 3, 17, many} {
		if bad, err := verification.VerifyAll(key.VerifyingKey(), proofs[:n]); err != nil || bad != -1 {
			t.Fatalf("%d honest proofs must be accepted: %v at %d", n, err, bad)
		}
	}
}

func TestShouldNameTheOneBadProofOfMany(t *testing.T) {
	key, proofs := honest()
	for _, place := range []int{0, 1, 127, 128, 254, many - 1} {
		forged := cloned(proofs)
		forged[place].Public[publicinput.SealInput*fr.Bytes+31] ^= 1
		refusedAt(t, place, key.VerifyingKey(), forged)
		forged = cloned(proofs)
		forged[place].Proof = forged[(place+1)%many].Proof // a true proof of something else
		refusedAt(t, place, key.VerifyingKey(), forged)
	}
	forged := cloned(proofs)
	forged[9].Public[31] ^= 1
	forged[200].Public[31] ^= 1
	refusedAt(t, 9, key.VerifyingKey(), forged)
}

func TestShouldNameWhatIsNoProof(t *testing.T) {
	key, proofs := honest()
	forged := cloned(proofs[:5])
	forged[3].Proof = forged[3].Proof[1:]
	bad, err := verification.VerifyAll(key.VerifyingKey(), forged)
	if bad != 3 || refusal.Of(err).Code != "WRONG_LENGTH" {
		t.Fatalf("a proof cut short must be named; have %d, %v", bad, err)
	}
	forged = cloned(proofs[:5])
	copy(forged[2].Public[4*fr.Bytes:], fr.Modulus().Bytes())
	if bad, err := verification.VerifyAll(key.VerifyingKey(), forged); bad != 2 || refusal.Of(err).Code != "NOT_A_FIELD_ELEMENT" {
		t.Fatalf("an input of r must be named; have %d, %v", bad, err)
	}
	if _, err := verification.VerifyAll(key.VerifyingKey()[1:], proofs[:5]); refusal.Of(err).Code != "WRONG_LENGTH" {
		t.Fatalf("a key cut short must be refused; have %v", err)
	}
}

// moved adds a point to one part of a proof.
func moved(t *testing.T, proof []byte, part func(*groth16.Proof) *curve.G1Affine, by *curve.G1Affine) []byte {
	t.Helper()
	decoded := new(groth16.Proof)
	if _, err := decoded.ReadFrom(bytes.NewReader(proof)); err != nil {
		t.Fatal(err)
	}
	point := part(decoded)
	point.Add(point, by)
	encoded := new(bytes.Buffer)
	if _, err := decoded.WriteTo(encoded); err != nil {
		t.Fatal(err)
	}
	return encoded.Bytes()
}

// Two proofs whose errors cancel where all weights are equal: the one has too much of what the other lacks.
func TestShouldRefuseTwoBadProofsThatCancelWithEqualWeights(t *testing.T) {
	key, proofs := honest()
	_, _, point, _ := curve.Generators()
	opposite := *new(curve.G1Affine).Neg(&point)
	for name, part := range map[string]func(*groth16.Proof) *curve.G1Affine{
		"krs":       func(p *groth16.Proof) *curve.G1Affine { return &p.Krs },
		"knowledge": func(p *groth16.Proof) *curve.G1Affine { return &p.CommitmentPok },
	} {
		forged := cloned(proofs)
		forged[30].Proof = moved(t, forged[30].Proof, part, &point)
		forged[31].Proof = moved(t, forged[31].Proof, part, &opposite)
		if !verification.HoldsWithEqualWeights(key.VerifyingKey(), forged) {
			t.Fatalf("%s: the attack must work on equal weights, or it tests nothing", name)
		}
		refusedAt(t, 30, key.VerifyingKey(), forged)
	}
}

func TestShouldRefuseAProofUnderAnotherKey(t *testing.T) {
	key, proofs := honest()
	mixed := cloned(proofs)
	mixed[77] = provedSquare(keyOf("other"), 5)
	refusedAt(t, 77, key.VerifyingKey(), mixed)
}

// A forger who knows the weights before he chooses a proof cancels one error with another: every weight depends on every byte.
func TestShouldDrawEveryWeightFromEveryProof(t *testing.T) {
	key, proofs := honest()
	vk := key.VerifyingKey()
	before := verification.WeightsOf(vk, proofs)
	seen := map[fr.Element]bool{}
	for _, weight := range before {
		if weight.IsZero() || seen[weight] || weight.BigInt(new(big.Int)).BitLen() > 128 {
			t.Fatal("weights must be different numbers of 128 bits")
		}
		seen[weight] = true
	}
	differs := func(name string, after []fr.Element) {
		for i := range after {
			if after[i] == before[i] {
				t.Fatalf("%s: weight %d stayed the same", name, i)
			}
		}
	}
	for place := range proofs {
		changed := cloned(proofs)
		changed[place].Proof[place%verification.ProofBytes] ^= 1
		differs("proof", verification.WeightsOf(vk, changed))
		changed = cloned(proofs)
		changed[place].Public[place%verification.PublicBytes] ^= 1
		differs("public", verification.WeightsOf(vk, changed))
	}
	changed := bytes.Clone(vk)
	changed[5] ^= 1
	differs("key", verification.WeightsOf(changed, proofs))
	differs("fewer", verification.WeightsOf(vk, proofs[:many-1]))
}

// BenchmarkVerifyAll gives the time of one proof among many, on one processor and on all.
func BenchmarkVerifyAll(b *testing.B) {
	key, proofs := honest()
	for b.Loop() {
		if _, err := verification.VerifyAll(key.VerifyingKey(), proofs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/many, "µs/proof")
}

// BenchmarkVerify is the same alone.
func BenchmarkVerify(b *testing.B) {
	key, proofs := honest()
	for b.Loop() {
		if err := verification.Verify(key.VerifyingKey(), proofs[3].Proof, proofs[3].Public); err != nil {
			b.Fatal(err)
		}
	}
}
