package ceremony

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/groth"
)

// result is what a verified ceremony comes to: sealed powers, or the keys of a circuit. Without a beacon it is empty.
type result struct {
	powers *mpcsetup.SrsCommons

	system    *cs.R1CS
	proving   *groth16.ProvingKey
	verifying *groth16.VerifyingKey
}

// digest is what the transcript names the result by.
func (r result) digest() digest {
	if r.powers != nil {
		return digestOf(r.powers)
	}
	return digestOf(r.verifying)
}

// finish verifies a folder and, where there is a beacon, seals what the contributions came to.
func (t *transcript) finish(catalogue groth.Catalogue, directory string, beacon []byte) (result, error) {
	if t.subject.circuit == nil {
		return t.finishPowers(directory, beacon)
	}
	folder, err := openSecond(directory, t)
	if err != nil {
		return result{}, err
	}
	checked, err := folder.verify(catalogue)
	if err != nil || beacon == nil {
		return result{}, err
	}
	proving, verifying := checked.keys(beacon)
	return result{system: folder.system, proving: proving, verifying: verifying}, nil
}

func (t *transcript) finishPowers(directory string, beacon []byte) (result, error) {
	if len(t.contributions) == 0 {
		return result{}, nil // and nothing to verify
	}
	last, err := powers{directory, "", t}.verify()
	if err != nil || beacon == nil {
		return result{}, err
	}
	parameters := last.Seal(beacon)
	return result{powers: &parameters}, nil
}

// status is the answer to every request: [circuit, shape, domain, constraints, contributions, seal, transcriptSha256, keys]; circuit and
// shape are empty for powers; a contribution is [number, name, sha256, link]; seal is empty or [[beacon, source, result]]; keys are empty or
// [[key record, pk]], where they were written.
func (t *transcript) status(encoded []byte, written *groth.Written) []byte {
	circuit, shape, constraints := "", "", 0
	if c := t.subject.circuit; c != nil {
		circuit, shape, constraints = c.shape.Circuit(), c.shape.String(), c.constraints
	}
	entries, sealed, keys := []any{}, []any{}, []any{}
	for _, c := range t.contributions {
		link := c.link()
		entries = append(entries, []any{int64(c.number), c.name, c.file[:], link[:]})
	}
	if s := t.sealed; s != nil {
		sealed = []any{[]any{s.beacon, s.source, s.result[:]}}
	}
	if written != nil {
		keys = []any{[]any{written.Record.Encode(), written.Pk[:]}}
	}
	transcriptSha := sha(encoded)
	return canonical.Encode([]any{circuit, shape, int64(t.subject.domain), int64(constraints), entries, sealed, transcriptSha[:], keys})
}
