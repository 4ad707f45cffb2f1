package groth

import (
	"bytes"
	"crypto/sha256"
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

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
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
	return encoded.Bytes(), verification.Verify(k.vk, encoded.Bytes(), PublicInputs(public))
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
	encoded := make([]byte, 0, verification.PublicBytes)
	for _, input := range public {
		element := input.Bytes()
		encoded = append(encoded, element[:]...)
	}
	return encoded
}
