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
	StatementInput
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
	MarginRoot                              fr.Element // of the tree of MarginLeaf, at the places of the account tree
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
	EpochMarginRoot     = 14
	EpochElements       = 15
)

// Elements are the inputs of the digest in order; a SHA-256 is two limbs of 128 bits, high first.
func (e EpochDocument) Elements() []fr.Element {
	elements := []fr.Element{e.House, Signed(e.Number), e.Previous, e.AccountRoot, e.TableRoot}
	for _, digest := range [][32]byte{e.TableSha, e.ParametersSha, e.InputsSha} {
		elements = append(elements, *new(fr.Element).SetBytes(digest[:16]), *new(fr.Element).SetBytes(digest[16:]))
	}
	return append(elements, e.VenueRoot, e.VaultTableRoot, e.BufferDigest, e.MarginRoot)
}

// Digest is H_16(11; …).
func (e EpochDocument) Digest() fr.Element { return HashOf(Epoch, e.Elements()...) }

// RhoOf is the point at which a table is evaluated for the requests under a root: ρ = H_3(19; epoch digest, request root).
func RhoOf(epoch, requestRoot fr.Element) fr.Element { return HashOf(Rho, epoch, requestRoot) }

// RequestSealOf is H_4(12; epoch digest, request root, evaluated root).
func RequestSealOf(epoch, requestRoot, evaluatedRoot fr.Element) fr.Element {
	return HashOf(RequestSeal, epoch, requestRoot, evaluatedRoot)
}

// The tags of statements. A tag belongs to one circuit for ever, so that no proof of one circuit is taken for that of another: the low
// eight bits of the last public input are the tag, and nothing else.
const (
	TagRehearsal             = 0  // of circuit rehearsal; no verifier takes it
	TagExcessOverInitial     = 1  // account: E − IM ≥ m
	TagExcessOverMaintenance = 2  // account: E − MM ≥ m
	TagInitialMarginEquals   = 3  // account: IM = m
	TagBelowMaintenance      = 4  // call: E < MM and something owed, in every candidate
	TagExcessOverBuffer      = 5  // account: E − IM − Buffer ≥ m, of shapes that open a tariff
	TagMarginSealed          = 6  // account, by the house: the leaf of the margin tree is the formula's
	TagBookBatch             = 16 // book-batch: height · index
	TagBookSum               = 17 // book-sum: height · index
	TagBookTop               = 18 // book-top: shortfall · accounts
	TagFund                  = 19 // fund: cover number · fund · scenarios
	TagContagion             = 20 // contagion: groups · scenarios
)

// The candidates of the house allocation.
const (
	Given    = 0
	AllPaid  = 1
	Returned = 2
	// Candidates is their number.
	Candidates = 3
)

// Where the fields of a statement stand, and how wide they are. The bit between amount and name is 0.
const (
	StatementTagBits        = 8
	StatementChoiceOffset   = 8
	StatementChoiceBits     = 7
	StatementStandingOffset = 15
	StatementAmountOffset   = 16
	StatementAmountBits     = 63
	StatementNameOffset     = 80
	StatementNameBits       = 33 // ≤ 2³²
)

// Statement is what a proof says, in one integer. What its fields are follows from the tag; a field that a tag does not use is 0.
type Statement struct {
	Tag      int64
	Choice   int64 // candidate, cover number, groups, height
	Standing bool  // the nullifier is the same in every epoch
	Amount   int64 // m, 0 ≤ m < 2⁶³: u, or an index
	Name     int64 // 0 ("some account of mine"), account number + 1, or a count
}

// Element is tag + 2⁸·choice + 2¹⁵·standing + 2¹⁶·m + 2⁸⁰·name.
func (s Statement) Element() fr.Element {
	low := s.Choice<<StatementChoiceOffset | s.Tag
	if s.Standing {
		low |= 1 << StatementStandingOffset
	}
	packed := big.NewInt(s.Name)
	packed.Lsh(packed, StatementNameOffset-StatementAmountOffset).Or(packed, big.NewInt(s.Amount))
	packed.Lsh(packed, StatementAmountOffset).Or(packed, big.NewInt(low))
	return *new(fr.Element).SetBigInt(packed)
}

// FitsHalfField says whether an element is below 2²⁴⁸.
func FitsHalfField(element fr.Element) bool {
	bytes := element.Bytes()
	return binary.BigEndian.Uint64(bytes[:8])>>56 == 0
}
