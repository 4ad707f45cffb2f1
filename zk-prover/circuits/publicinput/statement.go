package publicinput

import (
	"encoding/binary"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// The public inputs of every circuit, in this order.
const (
	SealInput = iota
	ChallengeInput
	ScopeInput
	NullifierInput
	ClaimInput
	Count // number of public inputs
)

// HalfFieldBits bounds challenge and scope: 31 bytes of a SHA-256.
const HalfFieldBits = 248

// EpochDocument is what the epoch digest seals; what a house does not have is 0.
type EpochDocument struct {
	House                                   fr.Element
	Number                                  int64 // consecutive from 1
	Previous, AccountRoot, TableRoot        fr.Element
	TableSha, ParametersSha, InputsSha      [32]byte
	VenueRoot, VaultTableRoot, BufferDigest fr.Element
}

// EpochElements is the number of elements of the epoch digest; the indices name those that a circuit reads.
const (
	EpochHouse          = 0
	EpochNumber         = 1
	EpochAccountRoot    = 3
	EpochTableRoot      = 4
	EpochVenueRoot      = 11
	EpochVaultTableRoot = 12
	EpochBuffer         = 13
	EpochElements       = 14
)

// Elements are the inputs of the digest in order; a SHA-256 is two limbs of 128 bits, high first.
func (e EpochDocument) Elements() []fr.Element {
	elements := []fr.Element{e.House, Signed(e.Number), e.Previous, e.AccountRoot, e.TableRoot}
	for _, digest := range [][32]byte{e.TableSha, e.ParametersSha, e.InputsSha} {
		elements = append(elements, *new(fr.Element).SetBytes(digest[:16]), *new(fr.Element).SetBytes(digest[16:]))
	}
	return append(elements, e.VenueRoot, e.VaultTableRoot, e.BufferDigest)
}

// Digest is H_16(11; …).
func (e EpochDocument) Digest() fr.Element { return HashOf(Epoch, e.Elements()...) }

// RhoOf is the point at which a table is evaluated for the requests under a root: ρ = H_3(19; epoch digest, request root).
func RhoOf(epoch, requestRoot fr.Element) fr.Element { return HashOf(Rho, epoch, requestRoot) }

// RequestSealOf is H_4(12; epoch digest, request root, evaluated root).
func RequestSealOf(epoch, requestRoot, evaluatedRoot fr.Element) fr.Element {
	return HashOf(RequestSeal, epoch, requestRoot, evaluatedRoot)
}

// The kinds of claim.
const (
	ExcessOverInitial     = 1 // E − IM ≥ m
	ExcessOverMaintenance = 2 // E − MM ≥ m
	InitialMarginEquals   = 3 // IM = m
	BelowMaintenance      = 4 // E < MM and something owed, in every candidate: of the call circuit
	ExcessOverBuffer      = 5 // E − IM − Buffer ≥ m: of shapes that open a tariff
)

// The candidates of the house allocation.
const (
	Given    = 0
	AllPaid  = 1
	Returned = 2
	// Candidates is their number.
	Candidates = 3
)

// Bit offsets inside the claim's integer.
const (
	ClaimCandidateOffset = 8
	ClaimAmountOffset    = 16
	ClaimAmountBits      = 63
	ClaimNameOffset      = 80
)

// Claim is what a proof says, in one integer.
type Claim struct {
	Kind, Candidate, Amount int64 // amount m in u, 0 ≤ m < 2⁶³
	Name                    int64 // 0 ("some account of mine") or account number + 1
}

// Element is kind + 2⁸·candidate + 2¹⁶·m + 2⁸⁰·name.
func (c Claim) Element() fr.Element {
	packed := big.NewInt(c.Name)
	packed.Lsh(packed, ClaimNameOffset-ClaimAmountOffset).Or(packed, big.NewInt(c.Amount))
	packed.Lsh(packed, ClaimAmountOffset).Or(packed, big.NewInt(c.Candidate<<ClaimCandidateOffset|c.Kind))
	return *new(fr.Element).SetBigInt(packed)
}

// FitsHalfField says whether an element is below 2²⁴⁸.
func FitsHalfField(element fr.Element) bool {
	bytes := element.Bytes()
	return binary.BigEndian.Uint64(bytes[:8])>>56 == 0
}
