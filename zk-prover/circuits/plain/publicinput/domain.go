// Package publicinput defines, once, what prover and verifier must agree on outside the constraints: the hash and its domains, the order
// of the public inputs, the claim's integer, the account leaf, the epoch digest, and where each number stands inside a packed leaf.
//
// Takes: native integers and field elements. Gives: field elements and bit layouts, which the circuits read too.
// Invariant: vectors in zk-prover/vectors pin every one of them; Java reads the same files.
package publicinput

import "fmt"

// Domain separates the uses of the hash; the numbers are part of every hash and are never used again.
type Domain int

// The domains of encoding.md, "Hashes".
const (
	Account          Domain = 1
	PositionList     Domain = 2
	PaidList         Domain = 3
	LineList         Domain = 4
	Instrument       Domain = 5 // long side, and both sides where a product has one row
	InstrumentShort  Domain = 6 // short side of a two-asset product
	Collateral       Domain = 7
	Debt             Domain = 8
	Group            Domain = 9
	Global           Domain = 10
	Epoch            Domain = 11
	RequestSeal      Domain = 12
	Nullifier        Domain = 13
	Owner            Domain = 14
	VenueAttestation Domain = 15
	LossCommitment   Domain = 16
	EvaluatedLeaf    Domain = 17
	Vault            Domain = 18
	Rho              Domain = 19
	TableCap         Domain = 20
	BufferVectors    Domain = 21
	SmallKeyLeaf     Domain = 22
	BookNode         Domain = 23 // blinded totals of one part of the account tree
	BookList         Domain = 24 // one column of the values of a book
	BookValues       Domain = 25
	BookChildren     Domain = 26 // the commitments that one layer of a book sums
	BookTotals       Domain = 27 // what a book publishes
	MarginLeafHash   Domain = 28 // margins of an account: a leaf of the margin tree
	ContagionTerms   Domain = 29 // what a contagion certificate takes of table and tariff
	StandingList     Domain = 30
	VenueLeaf        Domain = 31 // evaluated leaf of a table that lists venues
	SmallVenueLeaf   Domain = 32 // the small key's
	VenueAccount     Domain = 33 // account of a house whose tables list venues
)

// DomainMax is the largest domain in use.
const DomainMax = VenueAccount

// Width is the width t of the permutation that hashes this domain: t − 1 elements a block.
func (d Domain) Width() int {
	switch d {
	case Owner, Rho:
		return 3
	case RequestSeal:
		return 4
	case Account, Nullifier, EvaluatedLeaf, SmallKeyLeaf, MarginLeafHash, VenueLeaf, SmallVenueLeaf, VenueAccount:
		return 8
	default:
		return 16
	}
}

// NodeWidth is the width of the permutation in a node of a 4-ary tree.
const NodeWidth = 4

// Rounds are the full and partial rounds of the permutation of one width.
func Rounds(width int) (full, partial int) {
	switch width {
	case 3, 4:
		return 8, 56
	case 8, 12, 16:
		return 8, 57
	default:
		panic(fmt.Sprintf("width must be 3, 4, 8, 12 or 16; have %d", width))
	}
}

// Capacity is what lane t − 1 starts with: the domain and the number of elements, so that inputs of different length never share a hash.
func Capacity(domain Domain, n int) int64 { return int64(domain) + 256*int64(n) }
