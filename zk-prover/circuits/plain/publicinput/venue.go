package publicinput

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// VenueFormat is the format of a table that lists venues. Its global leaf says so, so that no leaf of another format opens as a free entry.
const VenueFormat = 3

// The heads of a table that lists venues: a row says where it stands, the global leaf what share of a missing sum is charged.
var (
	VenueRowHead    = append(slices.Clone(RowHead), Field{"venue", 226, VenueBits}, Field{"stands", 242, 2})
	VenueGlobalHead = append(slices.Clone(GlobalHead), Field{"format", 208, 8}, Field{"prefunding", 216, 32})
)

// Where an entry stands, as its head says.
const (
	StandsFree   = 0 // with the house, or pledged to it
	StandsActing = 1 // at a venue that closes by its own rule
	StandsIdle   = 2 // at one that never does, such as a wallet
)

// The columns of a row that venues are charged by: the first cell, then what a lot loses in the first row of each path. The first cell of
// an asset is its value (of a debt, negated); that of an instrument which stands free is its loss in the row back, where assets have
// none. So what free entries lose is there for every row in which a path ends. Of an entry at a venue, losses are the venue's own count.
// The elements stand after the sensitivities, before the tail.
const (
	VenueCells = 12
	PathsMax   = VenueCells - 1
	// ThenMax is the number of rows in which a path may end.
	ThenMax = 2

	// VenueBits holds the number of a venue: below VenueKey, which makes it a key of the same list as days.
	VenueBits = 16
	VenueKey  = 1 << 15

	// VenueDomainOffset is where the domain of an evaluated leaf stands above the head.
	VenueDomainOffset = 244
)

// WithVenues is the layout of the row leaves of a table that lists venues.
func (l RowLayout) WithVenues() RowLayout {
	more := Wide.Elements(VenueCells)
	return RowLayout{Sense: l.Sense, Tail: l.Tail + more, Legs: l.Legs + more, Es: l.Es + more, End: l.End + more}
}

// Standing is how far an account is from being acted on at a venue, as the venue itself counts: signed, u.
type Standing struct {
	Venue, Distance int64
}

// Bits of a standing's word: venue·2⁶⁴ + d + 2⁶³ < 2⁹⁶.
const (
	StandingVenueOffset    = 64
	StandingWordBits       = 96
	StandingsPerElement    = 2
	standingDistanceOffset = 63
)

func (s Standing) word() *big.Int {
	word := new(big.Int).Lsh(big.NewInt(s.Venue), StandingVenueOffset)
	shift := new(big.Int).Lsh(big.NewInt(1), standingDistanceOffset)
	return word.Add(word, shift.Add(shift, big.NewInt(s.Distance)))
}

// StandingsHash is the hash of a list of standings, in the order of venues: two words to an element, the first lowest; n counts standings.
func StandingsHash(standings []Standing) fr.Element {
	var elements []fr.Element
	for begin := 0; begin < len(standings); begin += StandingsPerElement {
		packed := new(big.Int)
		for i, standing := range standings[begin:min(begin+StandingsPerElement, len(standings))] {
			word := standing.word()
			packed.Or(packed, word.Lsh(word, uint(StandingWordBits*i)))
		}
		elements = append(elements, *new(fr.Element).SetBigInt(packed))
	}
	return Hash(StandingList, len(standings), elements)
}

// venueHash is H_8(33; number + 2³²·(cash + 2⁶³), owner, salt, positions, paid, lines, standings).
func (l AccountLeaf) venueHash() fr.Element {
	cash := new(big.Int).Lsh(big.NewInt(1), 63)
	cash.Add(cash, big.NewInt(l.Cash)).Lsh(cash, 32).Add(cash, big.NewInt(l.Number))
	return HashOf(VenueAccount, *new(fr.Element).SetBigInt(cash), l.Owner, l.Salt,
		ListHash(PositionList, l.Positions), ListHash(PaidList, l.Paid), ListHash(LineList, l.Lines), StandingsHash(l.Standings))
}
