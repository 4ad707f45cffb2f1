package verification

import (
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"golang.org/x/crypto/sha3"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

// Submitted is one proof of many under one key, with its public inputs.
type Submitted struct {
	Proof, Public []byte
}

// weightBytes: a set with a bad proof passes by a chance of 2⁻¹²⁸ for each set of weights that a forger tries.
const weightBytes = 16

// VerifyAll checks many proofs under one key together and gives −1, or the place of the first that does not hold with its refusal.
//
// Each proof i has two equations, e(Aᵢ, Bᵢ)·e(Cᵢ, −δ)·e(Kᵢ, −γ) = e(α, β) and the knowledge of its commitment, e(Dᵢ, −σG)·e(Pᵢ, G) = 1. Raised
// to random weights and multiplied, all of them are one product of n + 5 pairings with one final exponentiation. The weights follow from
// a hash of the key, of every proof and of every public input, so that none of these can be chosen after them; two equations have weights
// of their own, so that one's excess pays for no other's lack. Where the product is not 1, halves are tried.
func VerifyAll(vk []byte, submitted []Submitted) (int, error) {
	if len(submitted) == 0 {
		return -1, nil
	}
	verifying, err := readKey(vk)
	if err != nil {
		return -1, err
	}
	set, place, err := decodeAll(verifying, submitted)
	if err != nil {
		return place, err
	}
	set.weights = weightsOf(vk, submitted)
	if bad := set.firstBad(0, len(submitted)); bad >= 0 {
		return bad, refusal.New(refusal.Proof, "PROOF_REFUSED", "proofs[%d]", bad)
	}
	return -1, nil
}

// weight are the weights of a proof's two equations.
type weight struct {
	pairing, knowledge fr.Element
}

// weightsOf draws the weights: SHA-256 of everything, then SHA-256 of that and the place.
func weightsOf(vk []byte, submitted []Submitted) []weight {
	hash := sha256.New()
	hash.Write([]byte("bulwark-verify-all"))
	hash.Write(vk)
	hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(submitted))))
	for _, one := range submitted {
		hash.Write(one.Proof)
		hash.Write(one.Public)
	}
	seed := hash.Sum(nil)
	weights := make([]weight, len(submitted))
	for i := range weights {
		drawn := sha256.Sum256(binary.BigEndian.AppendUint64(append([]byte{}, seed...), uint64(i)))
		weights[i].pairing.SetBytes(drawn[:weightBytes])
		weights[i].knowledge.SetBytes(drawn[weightBytes:])
	}
	return weights
}

// proofSet are decoded proofs: every point is on its curve and in its subgroup, as the decoder checks.
type proofSet struct {
	key     *groth16.VerifyingKey
	proofs  []*groth16.Proof
	public  []fr.Vector // the public inputs and the one that the commitment is hashed to
	weights []weight
}

// decodeAll decodes on all processors and names the first that is no proof.
func decodeAll(key *groth16.VerifyingKey, submitted []Submitted) (*proofSet, int, error) {
	set := &proofSet{key: key, proofs: make([]*groth16.Proof, len(submitted)), public: make([]fr.Vector, len(submitted))}
	faults := make([]error, len(submitted))
	shared(len(submitted), func(_, from, to int) {
		for i := from; i < to; i++ {
			faults[i] = set.decode(i, submitted[i])
		}
	})
	for i, fault := range faults {
		if fault != nil {
			return nil, i, fault
		}
	}
	return set, -1, nil
}

func (s *proofSet) decode(i int, one Submitted) (err error) {
	if err = checkForm(one.Proof, one.Public); err != nil {
		return err
	}
	if s.public[i], err = decodePublic(one.Public); err != nil {
		return err
	}
	if s.proofs[i], err = readProof(one.Proof); err != nil {
		return err
	}
	hash := sha3.NewLegacyKeccak256()
	hash.Write(s.proofs[i].Commitments[0].Marshal())
	s.public[i] = append(s.public[i], *new(fr.Element).SetBytes(hash.Sum(nil)))
	return nil
}

// shared runs parts of 0..n on all processors; a part knows its number.
func shared(n int, part func(number, from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), n)
	var group sync.WaitGroup
	for number := range parts {
		group.Go(func() { part(number, number*n/parts, (number+1)*n/parts) })
	}
	group.Wait()
}

// firstBad is the first of a range that does not hold, or −1. Each half that does not hold has one that does not.
func (s *proofSet) firstBad(from, to int) int {
	switch {
	case s.holds(from, to, s.weights):
		return -1
	case to-from == 1:
		return from
	}
	middle := (from + to) / 2
	if bad := s.firstBad(from, middle); bad >= 0 {
		return bad
	}
	return s.firstBad(middle, to)
}

// holds says whether the weighted product of a range is 1.
func (s *proofSet) holds(from, to int, weights []weight) bool {
	fixedG1, fixedG2 := s.fixed(from, to, weights)
	loops := make([]curve.GT, runtime.GOMAXPROCS(0)+1)
	used := 0
	var failed error
	var lock sync.Mutex
	loop := func(p []curve.G1Affine, q []curve.G2Affine) {
		product, err := curve.MillerLoop(p, q)
		lock.Lock()
		defer lock.Unlock()
		if err != nil {
			failed = err
			return
		}
		loops[used] = product
		used++
	}
	shared(to-from, func(_, first, last int) {
		p, q := make([]curve.G1Affine, last-first), make([]curve.G2Affine, last-first)
		for i := range p {
			proof := s.proofs[from+first+i]
			p[i].ScalarMultiplication(&proof.Ar, weights[from+first+i].pairing.BigInt(new(big.Int)))
			q[i] = proof.Bs
		}
		loop(p, q)
	})
	loop(fixedG1, fixedG2)
	if failed != nil || used == 0 {
		return false
	}
	others := make([]*curve.GT, used-1)
	for i := range others {
		others[i] = &loops[i+1]
	}
	product := curve.FinalExponentiation(&loops[0], others...)
	return product.IsOne()
}

// fixed are the five pairings whose second point is the key's: weighted sums of all proofs.
func (s *proofSet) fixed(from, to int, weights []weight) ([]curve.G1Affine, []curve.G2Affine) {
	n := to - from
	krs, commitments, knowledge := make([]curve.G1Affine, n), make([]curve.G1Affine, n), make([]curve.G1Affine, n)
	pairing, known := make([]fr.Element, n), make([]fr.Element, n)
	inputs := make(fr.Vector, publicinput.Count+2) // of the points of the public inputs: the constant first
	for i := range n {
		proof := s.proofs[from+i]
		krs[i], commitments[i], knowledge[i] = proof.Krs, proof.Commitments[0], proof.CommitmentPok
		pairing[i], known[i] = weights[from+i].pairing, weights[from+i].knowledge
		inputs[0].Add(&inputs[0], &pairing[i])
		for j, input := range s.public[from+i] {
			inputs[j+1].Add(&inputs[j+1], input.Mul(&input, &pairing[i]))
		}
	}
	public := sumOf(s.key.G1.K, inputs)
	committed := sumOf(commitments, pairing)
	public.Add(&public, &committed)
	constant := sumOf([]curve.G1Affine{s.key.G1.Alpha}, inputs[:1])
	// −δ, −γ and −e(α, β): the signs stand on the side of G1.
	krsSum := sumOf(krs, pairing)
	p := []curve.G1Affine{*krsSum.Neg(&krsSum), *public.Neg(&public), *constant.Neg(&constant), sumOf(commitments, known), sumOf(knowledge, known)}
	commitmentKey := s.key.CommitmentKeys[0]
	return p, []curve.G2Affine{s.key.G2.Delta, s.key.G2.Gamma, s.key.G2.Beta, commitmentKey.GSigmaNeg, commitmentKey.G}
}

// sumOf is Σ scalars·points; the lengths are equal, so there is nothing that it could refuse.
func sumOf(points []curve.G1Affine, scalars []fr.Element) (sum curve.G1Affine) {
	if _, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
		panic(err)
	}
	return sum
}
