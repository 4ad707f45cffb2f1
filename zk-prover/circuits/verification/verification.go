// Package verification checks proofs from a verifying key, the proof and its public inputs, and says the same to contracts. It knows no
// circuit and no prover, so that it is small enough for a page.
package verification

import (
	"bytes"
	"encoding/binary"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// Lengths of what crosses to a verifier. A proof is three points, a count of commitments that must be one, the commitment and its proof
// of knowledge, all compressed. The count is a length that the decoder would allocate for, so it is compared before decoding; so are the marks of
// compression, since a point that is not compressed is longer and would stand where another thing is.
const (
	ProofBytes       = 196
	PublicBytes      = publicinput.Count * fr.Bytes
	countOffset      = 128
	verifyingKeySize = 656
	compressed       = 0b11 << 6 // of a point's first byte
)

// Verify checks a proof. Every length is compared before anything is decoded.
func Verify(vk, proof, public []byte) error {
	if err := checkForm(proof, public); err != nil {
		return err
	}
	inputs, err := decodePublic(public)
	if err != nil {
		return err
	}
	verifying, err := readKey(vk)
	if err != nil {
		return err
	}
	decoded, err := readProof(proof)
	if err != nil {
		return err
	}
	if err := groth16.Verify(decoded, verifying, inputs, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16)); err != nil {
		return refusal.New(refusal.Proof, "PROOF_REFUSED", "proof")
	}
	return nil
}

func checkForm(proof, public []byte) error {
	if err := checkProofForm(proof); err != nil {
		return err
	}
	if len(public) != PublicBytes {
		return refusal.New(refusal.Form, "WRONG_LENGTH", "public")
	}
	return nil
}

func checkProofForm(proof []byte) error {
	switch {
	case len(proof) != ProofBytes:
		return refusal.New(refusal.Form, "WRONG_LENGTH", "proof")
	case binary.BigEndian.Uint32(proof[countOffset:]) != 1:
		return refusal.New(refusal.Form, "BAD_PROOF", "proof")
	}
	for _, point := range []int{0, 32, 96, 132, 164} {
		if proof[point]&compressed == 0 {
			return refusal.New(refusal.Form, "BAD_PROOF", "proof")
		}
	}
	return nil
}

// readProof decodes a proof. Every point is on its curve, and in its subgroup unless an option leaves that to the caller.
func readProof(proof []byte, options ...func(*curve.Decoder)) (*groth16.Proof, error) {
	if err := checkProofForm(proof); err != nil {
		return nil, err
	}
	decoded, decoder := new(groth16.Proof), curve.NewDecoder(bytes.NewReader(proof), options...)
	for _, part := range []any{&decoded.Ar, &decoded.Bs, &decoded.Krs, &decoded.Commitments, &decoded.CommitmentPok} {
		if decoder.Decode(part) != nil {
			return nil, refusal.New(refusal.Form, "BAD_PROOF", "proof")
		}
	}
	if decoder.BytesRead() != ProofBytes {
		return nil, refusal.New(refusal.Form, "BAD_PROOF", "proof")
	}
	return decoded, nil
}

func readKey(vk []byte) (*groth16.VerifyingKey, error) {
	if err := CheckKey(vk); err != nil {
		return nil, err
	}
	verifying := new(groth16.VerifyingKey)
	if _, err := verifying.ReadFrom(bytes.NewReader(vk)); err != nil {
		return nil, refusal.New(refusal.Form, "BAD_KEY", "vk")
	}
	return verifying, nil
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

// CheckKey compares length and every count of an encoded verifying key, because its decoder allocates what they say.
func CheckKey(vk []byte) error {
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
