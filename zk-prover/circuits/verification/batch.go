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

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Submitted is one proof of many under one key, with its public inputs.
type Submitted struct {
	Proof, Public []byte
}

// VerifyAll checks many proofs under one key together and gives −1, or the place of the first that does not hold with its refusal.
//
// Each proof i has two equations, e(Aᵢ, Bᵢ)·e(Cᵢ, −δ)·e(Kᵢ, −γ) = e(α, β) and the knowledge of its commitment, e(Dᵢ, −σG)·e(Pᵢ, G) = 1. Raised
// to random weights, wᵢ and ρ·wᵢ, and multiplied, all of them are one product of n + 5 pairings with one final exponentiation. The weights follow
// from a hash of the key, of every proof and of every public input, so that none of these can be chosen after them; ρ is drawn from the whole
// field, so that one equation's excess pays for no lack of the other. Where the product is not 1, halves are tried.
func VerifyAll(vk []byte, submitted []Submitted) (int, error) {
	if len(submitted) == 0 {
		return -1, nil
	}
	verifying, err := readKey(vk)
	if err != nil {
		return -1, err
	}
	set, place, err := decodeAll(verifying, submitted, weightsOf(vk, submitted))
	if err != nil {
		return place, err
	}
	if set.holds(0, len(submitted)) {
		return -1, nil
	}
	for i, proof := range set.proofs {
		if !proof.Bs.IsInSubGroup() {
			return i, refusal.New(refusal.Form, "BAD_PROOF", "proof")
		}
	}
	bad := set.firstBad(0, len(submitted))
	return bad, refusal.New(refusal.Proof, "PROOF_REFUSED", "proofs[%d]", bad)
}

// weights are what the equations of a set are raised to.
type weights struct {
	pairing   []weight
	knowledge fr.Element // ρ
}

// weightsOf draws the weights: SHA-256 of everything, then SHA-256 of that and the place; ρ has the place behind the last.
func weightsOf(vk []byte, submitted []Submitted) weights {
	hash := sha256.New()
	hash.Write([]byte("bulwark-verify-all"))
	hash.Write(vk)
	hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(submitted))))
	for _, one := range submitted {
		hash.Write(one.Proof)
		hash.Write(one.Public)
	}
	seed := hash.Sum(nil)
	draw := func(place int) [sha256.Size]byte {
		return sha256.Sum256(binary.BigEndian.AppendUint64(append([]byte{}, seed...), uint64(place)))
	}
	drawn := weights{pairing: make([]weight, len(submitted))}
	for i := range drawn.pairing {
		bytes := draw(i)
		copy(drawn.pairing[i][:], bytes[:weightBytes])
	}
	last := draw(len(submitted))
	drawn.knowledge.SetBytes(last[:])
	return drawn
}

// proofSet are decoded proofs: every point is on its curve.
type proofSet struct {
	key     *groth16.VerifyingKey
	proofs  []*groth16.Proof
	public  []fr.Vector // the public inputs and the one that the commitment is hashed to
	weights weights
}

// decodeAll decodes on all processors and names the first that is no proof. It does not ask whether points of G2 lie in their subgroup; points of
// G1 have no other to lie in.
func decodeAll(key *groth16.VerifyingKey, submitted []Submitted, drawn weights) (*proofSet, int, error) {
	set := &proofSet{key: key, proofs: make([]*groth16.Proof, len(submitted)), public: make([]fr.Vector, len(submitted)), weights: drawn}
	faults := make([]error, len(submitted))
	shared(len(submitted), func(from, to int) {
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
	if s.proofs[i], err = readProof(one.Proof, curve.NoSubgroupChecks()); err != nil {
		return err
	}
	hash := sha3.NewLegacyKeccak256()
	hash.Write(s.proofs[i].Commitments[0].Marshal())
	s.public[i] = append(s.public[i], *new(fr.Element).SetBytes(hash.Sum(nil)))
	return nil
}

// shared runs parts of 0..n on all processors.
func shared(n int, part func(from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), n)
	var group sync.WaitGroup
	for number := range parts {
		group.Go(func() { part(number*n/parts, (number+1)*n/parts) })
	}
	group.Wait()
}

// firstBad is the first of a range that is known not to hold. Each half that does not hold has one that does not.
func (s *proofSet) firstBad(from, to int) int {
	middle := (from + to) / 2
	switch {
	case to-from == 1:
		return from
	case !s.holds(from, middle):
		return s.firstBad(from, middle)
	default:
		return s.firstBad(middle, to)
	}
}

// loopLength is the number of pairings that share the squarings of one Miller loop and the inversions of its lines: enough for these to cost
// nothing, and few enough for the lines to stay in a processor's own cache.
const loopLength = 64

// holds says whether all points of a range lie in their subgroups and its weighted product is 1.
func (s *proofSet) holds(from, to int) bool {
	product, err := curve.MillerLoop(s.fixed(from, to))
	holds := err == nil
	var lock sync.Mutex
	shared(to-from, func(first, last int) {
		part, inside := s.loops(from+first, from+last)
		lock.Lock()
		defer lock.Unlock()
		product.Mul(&product, &part)
		holds = holds && inside
	})
	if !holds {
		return false
	}
	result := curve.FinalExponentiation(&product)
	return result.IsOne()
}

// loops is Π e(wᵢ·Aᵢ, Bᵢ) of a range, without its final exponentiation, and whether every Bᵢ lies in its subgroup.
func (s *proofSet) loops(from, to int) (product curve.GT, inside bool) {
	scaled, q := make([]curve.G1Jac, to-from), make([]curve.G2Affine, to-from)
	for i := range scaled {
		scaled[i] = s.weights.pairing[from+i].times(&s.proofs[from+i].Ar)
		q[i] = s.proofs[from+i].Bs
	}
	p := curve.BatchJacobianToAffineG1(scaled)
	product.SetOne()
	for begin := 0; begin < len(p); begin += loopLength {
		end := min(begin+loopLength, len(p))
		lines, inside := walked(q[begin:end])
		if !inside {
			return product, false
		}
		part, err := curve.MillerLoopFixedQ(p[begin:end], lines)
		if err != nil {
			return product, false
		}
		product.Mul(&product, &part)
	}
	return product, true
}

// fixed are the five pairings whose second point is the key's: weighted sums of all proofs.
func (s *proofSet) fixed(from, to int) ([]curve.G1Affine, []curve.G2Affine) {
	n := to - from
	krs, commitments, knowledge := make([]curve.G1Affine, n), make([]curve.G1Affine, n), make([]curve.G1Affine, n)
	inputs := make(fr.Vector, publicinput.Count+2) // of the points of the public inputs: the constant first
	for i := range n {
		proof, weight := s.proofs[from+i], s.weights.pairing[from+i].element()
		krs[i], commitments[i], knowledge[i] = proof.Krs, proof.Commitments[0], proof.CommitmentPok
		inputs[0].Add(&inputs[0], &weight)
		for j, input := range s.public[from+i] {
			inputs[j+1].Add(&inputs[j+1], input.Mul(&input, &weight))
		}
	}
	drawn := s.weights.pairing[from:to]
	krsSum, committed, known := weighted(krs, drawn), weighted(commitments, drawn), weighted(knowledge, drawn)
	public := sumOf(s.key.G1.K, inputs)
	public.Add(&public, &committed)
	constant := sumOf([]curve.G1Affine{s.key.G1.Alpha}, inputs[:1])
	knowledgeWeight := s.weights.knowledge.BigInt(new(big.Int))
	committed.ScalarMultiplication(&committed, knowledgeWeight)
	known.ScalarMultiplication(&known, knowledgeWeight)
	// −δ, −γ and −e(α, β): the signs stand on the side of G1.
	p := []curve.G1Affine{*krsSum.Neg(&krsSum), *public.Neg(&public), *constant.Neg(&constant), committed, known}
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
