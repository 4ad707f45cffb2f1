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

// start is the state in which every secret is 1, or that of imported powers.
func (p powers) start() (*mpcsetup.Phase1, error) {
	if p.subject.imported == nil {
		return mpcsetup.NewPhase1(uint64(1) << p.subject.domain), nil
	}
	read, err := p.readImport()
	if err != nil {
		return nil, err
	}
	return startOf(&read.parameters)
}

// base is what powers come to, and what stands behind them.
type base struct {
	last       *mpcsetup.Phase1     // after the contributions; nil where there are none
	parameters *mpcsetup.SrsCommons // of imported powers without a contribution on top: they need no seal
	standing   standing
}

// standing says who stands behind powers: those who signed a contribution here, and those of a file that was made in public.
type standing struct {
	signed    int
	imported  *importedSubject
	published string
}

// covers counts the signed contributors of a key: at most as many as signed the powers, unless those were made in public. Whoever knows the
// secrets of the powers forges under every key that stands on them, whoever contributed to its second phase.
func (s standing) covers(signed int) int {
	if s.published != "" {
		return signed
	}
	return min(signed, s.signed)
}

// verify verifies imported powers and every contribution.
func (p powers) verify() (base, error) {
	if err := p.chain().checkLengths(); err != nil {
		return base{}, err
	}
	checked := base{standing: standing{signed: p.signers(), imported: p.subject.imported}}
	start := p.start
	if p.subject.imported != nil {
		read, err := p.readImport()
		if err != nil {
			return base{}, err
		}
		checked.standing.published = read.published
		if len(p.contributions) == 0 {
			checked.parameters = &read.parameters
		}
		start = func() (*mpcsetup.Phase1, error) { return startOf(&read.parameters) }
	}
	if len(p.contributions) == 0 {
		return checked, nil
	}
	first, err := start()
	if err != nil {
		return base{}, err
	}
	checked.last, err = p.chain().verify(first)
	return checked, err
}

// sealedBase verifies a whole folder of powers, which must be sealed or imported as they are, and gives its parameters, its transcript and
// the transcript's digest.
func sealedBase(catalogue groth.Catalogue, directory, place string) (base, *transcript, digest, error) {
	read, content, err := readTranscript(catalogue, directory, place)
	if err != nil {
		return base{}, nil, digest{}, err
	}
	refuse := func(code string) (base, *transcript, digest, error) {
		return base{}, nil, digest{}, refusal.New(refusal.Ceremony, code, "%s", filepath.Join(place, transcriptName))
	}
	asImported := read.subject.imported != nil && len(read.contributions) == 0
	if read.subject.circuit != nil {
		return refuse("NOT_POWERS")
	}
	if read.sealed == nil && !asImported {
		return refuse("NOT_SEALED")
	}
	checked, err := powers{directory, place, read}.verify()
	if err != nil {
		return base{}, nil, digest{}, err
	}
	if asImported {
		return checked, read, sha(content), nil
	}
	parameters := checked.last.Seal(read.sealed.beacon)
	if digestOf(&parameters) != read.sealed.result {
		return refuse("RESULT_DIFFERS")
	}
	checked.parameters = &parameters
	return checked, read, sha(content), nil
}

// truncate gives the powers of a smaller domain: powers of a large one serve every circuit that fits.
func truncate(parameters *mpcsetup.SrsCommons, domain int) {
	n := 1 << domain
	parameters.G1.Tau = parameters.G1.Tau[:2*n-1]
	parameters.G1.AlphaTau = parameters.G1.AlphaTau[:n]
	parameters.G1.BetaTau = parameters.G1.BetaTau[:n]
	parameters.G2.Tau = parameters.G2.Tau[:n]
}
