package ceremony

import (
	"path/filepath"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/refusal"
)

// Lengths of what contributions consist of.
const (
	g1Bytes          = curve.SizeOfG1AffineCompressed
	g2Bytes          = curve.SizeOfG2AffineCompressed
	updateProofBytes = g1Bytes + g2Bytes
	sliceCountBytes  = 4
)

// powersLayout: proofs of the updates to τ, α and β, the domain size N, [β]₂, [τ]₁ to the power 2N − 2, [τ]₂ to N − 1, N each of [βτⁱ]₁ and
// [ατⁱ]₁, the challenge.
func powersLayout(domain int) layout {
	n := int64(1) << domain
	return layout{
		length: 3*updateProofBytes + 8 + g2Bytes + (2*n-2)*g1Bytes + (n-1)*g2Bytes + 2*n*g1Bytes + challengeBytes,
		counts: []count{{offset: 3 * updateProofBytes, bytes: 8, value: uint64(n)}},
	}
}

// powers is a folder of the first phase.
type powers struct {
	directory, place string
	*transcript
}

func (p powers) chain() chain[mpcsetup.Phase1, *mpcsetup.Phase1] {
	return chain[mpcsetup.Phase1, *mpcsetup.Phase1]{directory: p.directory, place: p.place, entries: p.contributions,
		layout: powersLayout(p.subject.domain)}
}

// start is the state in which every secret is 1.
func (p powers) start() (*mpcsetup.Phase1, error) {
	return mpcsetup.NewPhase1(uint64(1) << p.subject.domain), nil
}

// verify verifies the contributions and gives the last state.
func (p powers) verify() (*mpcsetup.Phase1, error) {
	if err := p.chain().checkLengths(); err != nil {
		return nil, err
	}
	start, err := p.start()
	if err != nil {
		return nil, err
	}
	return p.chain().verify(start)
}

// sealedPowers verifies a whole folder of powers, which must be sealed, and gives its parameters and its transcript's digest.
func sealedPowers(catalogue groth.Catalogue, directory, place string) (mpcsetup.SrsCommons, *transcript, digest, error) {
	read, content, err := readTranscript(catalogue, directory, place)
	if err != nil {
		return mpcsetup.SrsCommons{}, nil, digest{}, err
	}
	refuse := func(code string) (mpcsetup.SrsCommons, *transcript, digest, error) {
		return mpcsetup.SrsCommons{}, nil, digest{}, refusal.New(refusal.Ceremony, code, "%s", filepath.Join(place, transcriptName))
	}
	if read.subject.circuit != nil {
		return refuse("NOT_POWERS")
	}
	if read.sealed == nil {
		return refuse("NOT_SEALED")
	}
	last, err := powers{directory, place, read}.verify()
	if err != nil {
		return mpcsetup.SrsCommons{}, nil, digest{}, err
	}
	parameters := last.Seal(read.sealed.beacon)
	if digestOf(&parameters) != read.sealed.result {
		return refuse("RESULT_DIFFERS")
	}
	return parameters, read, sha(content), nil
}

// truncate gives the powers of a smaller domain: powers of a large one serve every circuit that fits.
func truncate(parameters *mpcsetup.SrsCommons, domain int) {
	n := 1 << domain
	parameters.G1.Tau = parameters.G1.Tau[:2*n-1]
	parameters.G1.AlphaTau = parameters.G1.AlphaTau[:n]
	parameters.G1.BetaTau = parameters.G1.BetaTau[:n]
	parameters.G2.Tau = parameters.G2.Tau[:n]
}
