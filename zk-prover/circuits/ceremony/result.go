package ceremony

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/verification"
)

// result is what a verified ceremony comes to: sealed powers, or the keys of a circuit. Without a beacon it has only its standing.
type result struct {
	standing standing // of the powers, or of those below the circuit

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
		return result{standing: checked.standing}, err
	}
	proving, verifying := checked.keys(beacon)
	return result{standing: checked.standing, system: folder.system, proving: proving, verifying: verifying}, nil
}

func (t *transcript) finishPowers(directory string, beacon []byte) (result, error) {
	checked, err := powers{directory, "", t}.verify()
	if err != nil || beacon == nil {
		return result{standing: checked.standing}, err
	}
	parameters := checked.last.Seal(beacon)
	return result{standing: checked.standing, powers: &parameters}, nil
}

// origin is what the record of the key says of those who made it.
func (t *transcript) origin(sealed digest, below standing) verification.Origin {
	return verification.Ceremony(sealed, t.subject.circuit.powers, int64(len(t.contributions)), int64(below.covers(t.signers())))
}

// told is what a step tells of a ceremony after it.
type told struct {
	standing *standing // of verified powers; nil where the step verified none
	written  *groth.Written
}

// status is the answer to every request: [circuit, shape, domain, constraints, contributions, seal, transcriptSha256, keys, signed, powers];
// circuit and shape are empty for powers; a contribution is [number, name, sha256, link, key], the key empty where nobody signed; seal is
// empty or [[beacon, source, result]]; keys are empty or [[key record, pk]], where they were written; signed is the number of
// different keys that signed; powers are empty or, where they were verified, [[signed, imported]], imported empty or
// [[name, sha256, points, published]].
func (t *transcript) status(encoded []byte, now told) []byte {
	circuit, shape, constraints := "", "", 0
	if c := t.subject.circuit; c != nil {
		circuit, shape, constraints = c.shape.Circuit(), c.shape.String(), c.constraints
	}
	entries, sealed, keys, below := []any{}, []any{}, []any{}, []any{}
	for _, c := range t.contributions {
		link := c.link()
		entries = append(entries, []any{int64(c.number), c.name, c.file[:], link[:], append([]byte{}, c.key...)})
	}
	if s := t.sealed; s != nil {
		sealed = []any{[]any{s.beacon, s.source, s.result[:]}}
	}
	if w := now.written; w != nil {
		keys = []any{[]any{w.Record.Encode(), w.Pk[:]}}
	}
	if now.standing != nil {
		below = []any{now.standing.tree()}
	}
	transcriptSha := sha(encoded)
	return canonical.Encode([]any{circuit, shape, int64(t.subject.domain), int64(constraints), entries, sealed, transcriptSha[:], keys, int64(t.signers()), below})
}

func (s standing) tree() []any {
	imported := []any{}
	if i := s.imported; i != nil {
		imported = []any{[]any{i.name, i.file[:], i.points[:], s.published}}
	}
	return []any{int64(s.signed), imported}
}
