package ceremony

import (
	"bytes"
	"crypto/sha256"
	"math/bits"
	"path/filepath"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/refusal"
)

func sha(content []byte) digest { return sha256.Sum256(content) }

// circuitLayout: number of commitments, [δ]₁, the private part and the quotient's powers over δ, [δ]₂, the committed part times σ, [σ]₂,
// proofs of the updates to δ and σ, the challenge.
func circuitLayout(system *cs.R1CS, domain int) layout {
	committed := int64(len(system.CommitmentInfo.(constraint.Groth16Commitments)[0].PrivateCommitted))
	private := int64(system.GetNbInternalVariables()+system.GetNbSecretVariables()) - committed - 1 // the commitment itself is in the verifying key
	quotient := int64(1)<<domain - 1
	l := layout{counts: []count{{offset: 0, bytes: 2, value: 1}}, length: 2 + g1Bytes}
	slice := func(points int64) {
		l.counts = append(l.counts, count{offset: l.length, bytes: sliceCountBytes, value: uint64(points)})
		l.length += sliceCountBytes + points*g1Bytes
	}
	slice(private)
	slice(quotient)
	l.length += g2Bytes
	slice(committed)
	l.length += g2Bytes + 2*updateProofBytes + challengeBytes
	return l
}

// second is a folder of the second phase: one circuit in one shape.
type second struct {
	directory string
	*transcript
	system *cs.R1CS
}

// openSecond compiles the circuit of a transcript, which must be the circuit that this library knows under that name and shape.
func openSecond(directory string, t *transcript) (second, error) {
	system, encoded, err := compile(t.subject.circuit.shape)
	if err != nil {
		return second{}, err
	}
	c := t.subject.circuit
	if sha(encoded) != c.system || system.GetNbConstraints() != c.constraints || domainOf(system) != t.subject.domain {
		return second{}, refusal.New(refusal.Ceremony, "CIRCUIT_DIFFERS", transcriptName)
	}
	return second{directory, t, system}, nil
}

func compile(shape groth.Shape) (*cs.R1CS, []byte, error) {
	system, err := groth.Compile(shape)
	if err != nil {
		return nil, nil, err
	}
	return system, encode(system), nil
}

// domainOf is the binary logarithm of the least domain that holds the constraints.
func domainOf(system *cs.R1CS) int {
	return max(domainLeast, bits.Len(uint(system.GetNbConstraints()-1)))
}

func (s second) chain() chain[mpcsetup.Phase2, *mpcsetup.Phase2] {
	return chain[mpcsetup.Phase2, *mpcsetup.Phase2]{directory: s.directory, entries: s.contributions, layout: circuitLayout(s.system, s.subject.domain)}
}

// writtenStart reads the first state from its file, whose digest the transcript names. Only a verifier, who computes it anew, knows that it
// is right.
func (s second) writtenStart() (*mpcsetup.Phase2, error) {
	refuse := func(code string) (*mpcsetup.Phase2, error) {
		return nil, refusal.New(refusal.Ceremony, code, startName)
	}
	form := circuitLayout(s.system, s.subject.domain).start()
	content, err := readBounded(filepath.Join(s.directory, startName), startName, form.length)
	switch {
	case err != nil:
		return nil, err
	case int64(len(content)) != form.length:
		return refuse("WRONG_LENGTH")
	case sha(content) != s.subject.circuit.start:
		return refuse("DIGEST_DIFFERS")
	case !form.checkCounts(content) || content[form.length-1] != 0:
		return refuse("BAD_CONTRIBUTION")
	}
	start := new(mpcsetup.Phase2)
	if n, err := start.ReadFrom(bytes.NewReader(content)); err != nil || n != form.length {
		return refuse("BAD_CONTRIBUTION")
	}
	return start, nil
}

// verified is a second phase whose whole folder was verified.
type verified struct {
	parameters  mpcsetup.SrsCommons
	evaluations mpcsetup.Phase2Evaluations
	last        *mpcsetup.Phase2
	standing    standing // of the powers
}

// verify computes the first state anew from the powers and goes through every contribution.
func (s second) verify(catalogue groth.Catalogue) (verified, error) {
	if _, err := s.writtenStart(); err != nil {
		return verified{}, err
	}
	if err := s.chain().checkFiles(s.subject.circuit.start); err != nil {
		return verified{}, err
	}
	below, read, powersSha, err := sealedBase(catalogue, filepath.Join(s.directory, powersFolder), powersFolder)
	if err != nil {
		return verified{}, err
	}
	parameters := *below.parameters
	if powersSha != s.subject.circuit.powers || read.subject.domain < s.subject.domain {
		return verified{}, refusal.New(refusal.Ceremony, "POWERS_DIFFER", "%s", filepath.Join(powersFolder, transcriptName))
	}
	truncate(&parameters, s.subject.domain)
	start := new(mpcsetup.Phase2)
	evaluations := start.Initialize(s.system, &parameters)
	if digestOf(start) != s.subject.circuit.start {
		return verified{}, refusal.New(refusal.Ceremony, "START_DIFFERS", startName)
	}
	last, err := s.chain().verify(start)
	return verified{parameters, evaluations, last, below.standing}, err
}

// keys are the keys after the beacon.
func (v verified) keys(beacon []byte) (*groth16.ProvingKey, *groth16.VerifyingKey) {
	proving, verifying := v.last.Seal(&v.parameters, &v.evaluations, beacon)
	return proving.(*groth16.ProvingKey), verifying.(*groth16.VerifyingKey)
}
