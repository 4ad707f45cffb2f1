package account

import (
	"bytes"
	"flag"
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"bulwark.io/circuits/constraint/gadget"
	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/keytest"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
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
	witnesstest.FullTier(t)
	var counts []constraintCount
	shapes := []groth.Shape{full(Direct), full(Challenge), attestedFull(), ordinary(), large(), CallShape{full(Direct)}, small, smallChallenge, smallCompact, CallShape{small}, tiny,
		tinyChallenge, housed(Direct), housed(Challenge), buffered, smallBuffered,
		fullAtVenues(Challenge), attestedAtVenues(), fullAtVenues(Direct),
		ordinaryAtVenues(), housedAtVenues(), atVenues, smallAtVenues, compactAtVenues,
		CallShape{fullAtVenues(Direct)}, CallShape{atVenues},
		largeAtVenues(), housedLargeAtVenues(), calledLargeAtVenues(), sealedAtMany,
		ordinaryAtDepthFour(), atDepthFour(fullAtVenues(Challenge)), atDepthFour(fullAtVenues(Direct)),
		shallow, shallowChallenge, shallowCompact}
	for _, shape := range shapes {
		if !*update && !witnesstest.DrawnOf(4, shape.Circuit()+shape.String()) {
			continue
		}
		system, err := groth.Compile(shape)
		if err != nil {
			t.Fatal(err)
		}
		constraints := system.GetNbConstraints()
		counts = append(counts, constraintCount{shape.Circuit() + " " + shape.String(), constraints, fft.NewDomain(uint64(constraints)).Cardinality, system.GetNbSecretVariables()})
	}
	witnesstest.GoldenPart(t, *update, len(shapes), counts)
}

// proved is one real proof, made once for the tests that attack it.
var proved = sync.OnceValue(func() (result struct {
	vk, proof, public []byte
	key               *groth.Key
	err               error
}) {
	if result.key, result.err = keytest.Open(tiny); result.err != nil {
		return
	}
	d := drawFor(&testing.T{}, rand.New(rand.NewPCG(41, 42)), tiny, publicinput.Given, 5000, anyAccount)
	assignment, err := Assign(tiny, d.table, d.request)
	if err != nil {
		result.err = err
		return
	}
	result.proof, result.err = result.key.Prove(assignment.Circuit, assignment.Public)
	result.vk, result.public = result.key.VerifyingKey(), groth.PublicInputs(assignment.Public)
	return
})

func TestShouldProveAndVerify(t *testing.T) {
	witnesstest.FullTier(t)
	p := proved()
	if p.err != nil {
		t.Fatal(p.err)
	}
	if len(p.proof) != verification.ProofBytes || len(p.public) != verification.PublicBytes {
		t.Fatalf("proof has %d bytes, public inputs %d", len(p.proof), len(p.public))
	}
	if err := verification.Verify(p.vk, p.proof, p.public); err != nil {
		t.Fatal(err)
	}
}

func TestShouldRefuseEveryOtherPublicInput(t *testing.T) {
	witnesstest.FullTier(t)
	p := proved()
	for input := range publicinput.Count {
		changed := bytes.Clone(p.public)
		changed[fr.Bytes*(input+1)-1] ^= 1
		if fault := refusal.Of(verification.Verify(p.vk, p.proof, changed)); fault.Code != "PROOF_REFUSED" {
			t.Errorf("input %d: want PROOF_REFUSED, have %v", input, fault)
		}
		aliased := bytes.Clone(p.public)
		value := new(big.Int).SetBytes(aliased[fr.Bytes*input : fr.Bytes*(input+1)])
		if value.Add(value, fr.Modulus()); value.BitLen() <= 8*fr.Bytes {
			value.FillBytes(aliased[fr.Bytes*input : fr.Bytes*(input+1)])
			if fault := refusal.Of(verification.Verify(p.vk, p.proof, aliased)); fault.Code != "NOT_A_FIELD_ELEMENT" {
				t.Errorf("input %d + r: want NOT_A_FIELD_ELEMENT, have %v", input, fault)
			}
		}
	}
}

// Proofs over different tables at the same time: what one leaves in the constraint system must not reach another.
func TestShouldProveAtOnceOverDifferentTables(t *testing.T) {
	witnesstest.FullTier(t)
	p, random := proved(), rand.New(rand.NewPCG(45, 46))
	var waiting sync.WaitGroup
	for range 3 {
		d := drawFor(t, random, tiny, publicinput.Given, 5000, anyAccount)
		assignment, err := Assign(tiny, d.table, d.request)
		if err != nil {
			t.Fatal(err)
		}
		waiting.Go(func() {
			if _, err := p.key.Prove(assignment.Circuit, assignment.Public); err != nil {
				t.Error(err)
			}
		})
	}
	waiting.Wait()
}

func TestShouldNameTheConstraintAndNoValueWhenUnsatisfied(t *testing.T) {
	witnesstest.FullTier(t)
	p, random := proved(), rand.New(rand.NewPCG(47, 48))
	d := drawFor(t, random, tiny, publicinput.Given, 5000, anyAccount)
	assignment, err := Assign(tiny, d.table, d.request)
	if err != nil {
		t.Fatal(err)
	}
	assignment.Circuit.Margin.Core = gadget.Signed(123_456_789)
	_, err = p.key.Prove(assignment.Circuit, assignment.Public)
	if fault := refusal.Of(err); fault.Code != "NOT_SATISFIED" || fault.Constraint < 0 || fault.Where != "circuit" {
		t.Fatalf("want NOT_SATISFIED with a constraint, have %+v", fault)
	}
}
