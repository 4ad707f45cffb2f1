package verification_test

import (
	"bytes"
	"encoding/binary"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
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
	witnesstest.FullTier(t)
	key, proofs := honest()
	for _, n := range []int{0, 1, 2, 3, 17, many} {
		if bad, err := verification.VerifyAll(key.VerifyingKey(), proofs[:n]); err != nil || bad != -1 {
			t.Fatalf("%d honest proofs must be accepted: %v at %d", n, err, bad)
		}
	}
}

func TestShouldNameTheOneBadProofOfMany(t *testing.T) {
	witnesstest.FullTier(t)
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
	witnesstest.FullTier(t)
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
	witnesstest.FullTier(t)
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
	witnesstest.FullTier(t)
	key, proofs := honest()
	mixed := cloned(proofs)
	mixed[77] = provedSquare(keyOf("other"), 5)
	refusedAt(t, 77, key.VerifyingKey(), mixed)
}

// A forger who knows the weights before he chooses a proof cancels one error with another: every weight depends on every byte.
func TestShouldDrawEveryWeightFromEveryProof(t *testing.T) {
	witnesstest.FullTier(t)
	key, proofs := honest()
	vk := key.VerifyingKey()
	before := verification.WeightsOf(vk, proofs)
	seen := map[fr.Element]bool{}
	for _, weight := range before {
		if weight.IsZero() || seen[weight] {
			t.Fatal("weights must be different numbers")
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

func TestShouldWeightPointsAsTheirElementsDo(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 72))
	_, _, generator, _ := curve.Generators()
	for range 100 {
		var bytes [16]byte
		binary.BigEndian.PutUint64(bytes[:8], random.Uint64()>>random.IntN(64))
		binary.BigEndian.PutUint64(bytes[8:], random.Uint64()>>random.IntN(64))
		if !verification.CheckWeight(bytes, &generator) {
			t.Fatalf("weight %x times a point must be the point times its element", bytes)
		}
		generator.Double(&generator)
	}
}

// A point of the twist beside the subgroup: the one drawn, and one of the smallest order that is added to an honest proof's.
func TestShouldNameAPointBesideTheSubgroup(t *testing.T) {
	witnesstest.FullTier(t)
	key, proofs := honest()
	beside := besideTheSubgroup()
	order := big.NewInt(10_069)
	if new(big.Int).Mod(cofactor, order).Sign() != 0 {
		t.Fatal("the order must divide the cofactor")
	}
	small := multiple(&beside, new(big.Int).Mul(fr.Modulus(), new(big.Int).Div(cofactor, order)))
	if small.IsInfinity() || !new(curve.G2Affine).Set(&small).IsOnCurve() {
		t.Fatal("a point of small order must be found")
	}
	if none := multiple(&small, order); !none.IsInfinity() {
		t.Fatal("its order must be the smallest")
	}
	for _, n := range []int{5, many} {
		for name, by := range map[string]curve.G2Affine{"of any order": beside, "of the smallest order": small} {
			forged := cloned(proofs[:n])
			decoded := new(groth16.Proof)
			if _, err := decoded.ReadFrom(bytes.NewReader(forged[3].Proof)); err != nil {
				t.Fatal(err)
			}
			decoded.Bs.Add(&decoded.Bs, &by)
			encoded := decoded.Bs.Bytes()
			copy(forged[3].Proof[32:], encoded[:])
			if bad, err := verification.VerifyAll(key.VerifyingKey(), forged); bad != 3 || refusal.Of(err).Code != "BAD_PROOF" {
				t.Fatalf("a point %s must be named among %d; have %d, %v", name, n, bad, err)
			}
		}
	}
}

// Lines of many points at once give the pairing that the library's own loop gives, points at infinity among them.
func TestShouldPairAsTheLibraryDoes(t *testing.T) {
	_, _, first, second := curve.Generators()
	random := rand.New(rand.NewPCG(73, 74))
	for n := 1; n < 40; n += 3 {
		p, q := make([]curve.G1Affine, n), make([]curve.G2Affine, n)
		for k := range p {
			p[k].ScalarMultiplication(&first, new(big.Int).SetUint64(random.Uint64()))
			q[k].ScalarMultiplication(&second, new(big.Int).SetUint64(random.Uint64()))
		}
		if n > 20 {
			p[2].SetInfinity()
			q[5].SetInfinity()
		}
		expected, err := curve.Pair(p, q)
		if found, inside := verification.PairedByWalk(p, q); err != nil || !inside || !found.Equal(&expected) {
			t.Fatalf("%d pairs must give the library's product", n)
		}
	}
}

// Every prime order that a point beside the subgroup may have, alone and with a point of the subgroup added.
func TestShouldFindEveryPointBesideTheSubgroup(t *testing.T) {
	_, _, first, second := curve.Generators()
	rest := new(big.Int).Set(cofactor)
	for _, order := range []string{"10069", "5864401", "1875725156269", ""} {
		prime, known := new(big.Int).SetString(order, 10)
		if !known {
			prime = rest // what the others leave
		} else if remainder := new(big.Int); remainder.Mod(rest, prime).Sign() != 0 {
			t.Fatalf("%s must divide the cofactor", order)
		} else {
			rest.Div(rest, prime)
		}
		beside := besideTheSubgroup()
		point := multiple(&beside, new(big.Int).Mul(fr.Modulus(), new(big.Int).Div(cofactor, prime)))
		if point.IsInfinity() {
			t.Fatalf("a point of order %s must be found", prime)
		}
		for range 20 {
			for _, at := range []curve.G2Affine{point, *new(curve.G2Affine).Add(&point, &second)} {
				if _, inside := verification.PairedByWalk([]curve.G1Affine{first, first}, []curve.G2Affine{second, at}); inside {
					t.Fatalf("a point of order %s must be found beside the subgroup", prime)
				}
			}
			point.Double(&point)
			second.Double(&second)
		}
	}
}

// cofactor is 2p − r: the twist has cofactor · r points.
var cofactor = new(big.Int).Sub(new(big.Int).Lsh(fp.Modulus(), 1), fr.Modulus())

// besideTheSubgroup is a point of the twist of which a part is not in the subgroup.
func besideTheSubgroup() curve.G2Affine {
	for x := uint64(1); ; x++ {
		var encoded [curve.SizeOfG2AffineCompressed]byte
		binary.BigEndian.PutUint64(encoded[len(encoded)-8:], x)
		encoded[0] = 0b10 << 6
		var point curve.G2Affine
		if decoder := curve.NewDecoder(bytes.NewReader(encoded[:]), curve.NoSubgroupChecks()); decoder.Decode(&point) == nil && !point.IsInSubGroup() {
			return point
		}
	}
}

// multiple doubles and adds: the library's multiplication is that of the subgroup.
func multiple(point *curve.G2Affine, scalar *big.Int) curve.G2Affine {
	var sum curve.G2Affine
	for i := scalar.BitLen() - 1; i >= 0; i-- {
		sum.Double(&sum)
		if scalar.Bit(i) == 1 {
			sum.Add(&sum, point)
		}
	}
	return sum
}

// A point that is not compressed is longer: with no commitment behind it a proof has the right length, and 1 stands where the count is read.
func TestShouldRefuseAPointThatIsNotCompressed(t *testing.T) {
	witnesstest.FullTier(t)
	key, proofs := honest()
	forged := cloned(proofs[:2])
	proof := forged[1].Proof
	clear(proof[96:164])
	proof[127], proof[131] = 1, 1
	for name, err := range map[string]error{
		"alone": verification.Verify(key.VerifyingKey(), proof, forged[1].Public),
		"among others": func() error {
			_, err := verification.VerifyAll(key.VerifyingKey(), forged)
			return err
		}(),
	} {
		if err == nil || refusal.Of(err).Code != "BAD_PROOF" {
			t.Errorf("%s: it must be refused by its form; have %v", name, err)
		}
	}
}

// BenchmarkVerifyAll gives the time of one proof among as many as a house of five million has batches, on one processor and on all.
func BenchmarkVerifyAll(b *testing.B) {
	key, proofs := honest()
	const copies = 40
	all := slices.Repeat(proofs, copies)
	for b.Loop() {
		if _, err := verification.VerifyAll(key.VerifyingKey(), all); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/many/copies, "µs/proof")
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
