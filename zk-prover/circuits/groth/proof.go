package groth

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	gnarkcs "github.com/consensys/gnark/frontend/cs"

	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

// Lengths of what crosses to a verifier. A proof is three points, a count of commitments that must be one, the commitment and its proof
// of knowledge, all compressed. The count is a length that the decoder would allocate for, so it is compared before decoding.
const (
	ProofBytes       = 196
	PublicBytes      = publicinput.Count * fr.Bytes
	countOffset      = 128
	verifyingKeySize = 656
)

// Prove proves an assignment and verifies the proof before it gives it: a key that does not fit is found here and not by a stranger.
func (k *Key) Prove(assignment frontend.Circuit, public [publicinput.Count]fr.Element) ([]byte, error) {
	if k.proving == nil {
		return nil, refusal.New(refusal.Key, "KEY_MISSING", "circuit")
	}
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, err
	}
	encoded := new(bytes.Buffer)
	if err := k.systems.with(func(system *cs.R1CS) error {
		proof, err := groth16.Prove(system, k.proving, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
		if err != nil {
			return unsatisfied(err)
		}
		_, err = proof.WriteTo(encoded)
		return err
	}); err != nil {
		return nil, err
	}
	return encoded.Bytes(), Verify(k.vk, encoded.Bytes(), PublicInputs(public))
}

// unsatisfied keeps the number of the constraint and drops the text, which holds values of the witness.
func unsatisfied(err error) error {
	var constraint *cs.UnsatisfiedConstraintError
	if !errors.As(err, &constraint) {
		return refusal.New(refusal.Internal, "INTERNAL", "prover")
	}
	fault := refusal.New(refusal.Unsatisfied, "NOT_SATISFIED", "circuit")
	fault.Constraint = int64(constraint.CID)
	return fault
}

// Solve runs the constraints on an assignment without proving.
func (k *Key) Solve(assignment frontend.Circuit) error {
	return k.systems.with(func(system *cs.R1CS) error { return Solve(system, assignment) })
}

// Solve runs the constraints of a system, which nobody else may use meanwhile, on an assignment without proving.
func Solve(system *cs.R1CS, assignment frontend.Circuit) error {
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return err
	}
	return SolveWitness(system, full)
}

// SolveWitness is Solve for a witness that need not come from an assignment. The commitment's hint is replaced by a digest of what is
// committed.
func SolveWitness(system *cs.R1CS, full witness.Witness, options ...solver.Option) error {
	placeholder := solver.GetHintID(gnarkcs.Bsb22CommitmentComputePlaceholder)
	commitment := solver.OverrideHint(placeholder, func(field *big.Int, committed, out []*big.Int) error {
		hash := sha256.New()
		for _, value := range committed {
			hash.Write(value.FillBytes(make([]byte, fr.Bytes)))
		}
		out[0].Mod(out[0].SetBytes(hash.Sum(nil)), field)
		return nil
	})
	if _, err := system.Solve(full, append(options, commitment)...); err != nil {
		return unsatisfied(err)
	}
	return nil
}

// PublicInputs are the public inputs as bytes, in order.
func PublicInputs(public [publicinput.Count]fr.Element) []byte {
	encoded := make([]byte, 0, PublicBytes)
	for _, input := range public {
		element := input.Bytes()
		encoded = append(encoded, element[:]...)
	}
	return encoded
}

// Verify checks a proof. Every length is compared before anything is decoded.
func Verify(vk, proof, public []byte) error {
	if err := checkForm(proof, public); err != nil {
		return err
	}
	inputs, err := decodePublic(public)
	if err != nil {
		return err
	}
	if err := checkKeyForm(vk); err != nil {
		return err
	}
	var verifying groth16.VerifyingKey
	if _, err := verifying.ReadFrom(bytes.NewReader(vk)); err != nil {
		return refusal.New(refusal.Form, "BAD_KEY", "vk")
	}
	var decoded groth16.Proof
	if n, err := decoded.ReadFrom(bytes.NewReader(proof)); err != nil || n != ProofBytes {
		return refusal.New(refusal.Form, "BAD_PROOF", "proof")
	}
	if err := groth16.Verify(&decoded, &verifying, inputs, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
		return refusal.New(refusal.Proof, "PROOF_REFUSED", "proof")
	}
	return nil
}

func checkForm(proof, public []byte) error {
	switch {
	case len(proof) != ProofBytes:
		return refusal.New(refusal.Form, "WRONG_LENGTH", "proof")
	case binary.BigEndian.Uint32(proof[countOffset:]) != 1:
		return refusal.New(refusal.Form, "BAD_PROOF", "proof")
	case len(public) != PublicBytes:
		return refusal.New(refusal.Form, "WRONG_LENGTH", "public")
	default:
		return nil
	}
}

func decodePublic(public []byte) (fr.Vector, error) {
	inputs := make(fr.Vector, publicinput.Count)
	for i := range inputs {
		if inputs[i].SetBytesCanonical(public[i*fr.Bytes:(i+1)*fr.Bytes]) != nil {
			return nil, refusal.New(refusal.Form, "NOT_A_FIELD_ELEMENT", "public[%d]", i)
		}
	}
	for _, half := range []int{publicinput.ChallengeInput, publicinput.ScopeInput} {
		if !publicinput.FitsHalfField(inputs[half]) {
			return nil, refusal.New(refusal.Form, "OUT_OF_RANGE", "public[%d]", half)
		}
	}
	return inputs, nil
}

// keyCounts are the counts inside an encoded verifying key of five public inputs and one commitment over no public input: points of the
// public inputs (with the constant and the commitment), committed lists, entries of the first, commitment keys.
var keyCounts = []struct {
	offset int
	count  uint32
}{{288, publicinput.Count + 2}, {516, 1}, {520, 0}, {524, 1}}

// checkKeyForm compares length and every count of an encoded verifying key, because its decoder allocates what they say.
func checkKeyForm(vk []byte) error {
	if len(vk) != verifyingKeySize {
		return refusal.New(refusal.Form, "WRONG_LENGTH", "vk")
	}
	for _, place := range keyCounts {
		if binary.BigEndian.Uint32(vk[place.offset:]) != place.count {
			return refusal.New(refusal.Form, "BAD_KEY", "vk")
		}
	}
	return nil
}
