package publicinput

import (
	"math"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func TestShouldPutTheDomainAboveEveryHead(t *testing.T) {
	for _, field := range VenueRowHead {
		if field.Offset+field.Bits > VenueDomainOffset {
			t.Errorf("%s reaches into the domain", field.Name)
		}
	}
	largest := new(big.Int).Lsh(big.NewInt(int64(Debt)+1), VenueDomainOffset)
	if largest.Cmp(fr.Modulus()) >= 0 {
		t.Error("domain and head must fit an element")
	}
}

func TestShouldKeepTheSlotsOfARowBehindItsSensitivities(t *testing.T) {
	for _, domain := range []Domain{Instrument, Collateral} {
		with, without := RowLayoutOf(120, 256, domain).WithVenues(), RowLayoutOf(120, 256, domain)
		if with.Sense != without.Sense || with.Tail-without.Tail != 3 || with.End-without.End != 3 {
			t.Errorf("three elements between sensitivities and tail: %+v, %+v", with, without)
		}
	}
}

// Standings of different venues, distances, order or number have different hashes; no distance runs into the venue's bits.
func TestShouldHashStandingsApart(t *testing.T) {
	seen := map[fr.Element]int{}
	for i, standings := range [][]Standing{{}, {{1, 0}}, {{1, -1}}, {{1, 1}}, {{2, 0}}, {{1, math.MaxInt64}}, {{1, math.MinInt64}}, {{2,
		math.MinInt64}},
		{{1, 0}, {2, 0}}, {{1, 0}, {2, 1}}, {{1, 0}, {2, 0}, {3, -5}}, {{1, 0}, {2, 0}, {3, 5}}, {{VenueKey - 1, -5}}} {
		hash := StandingsHash(standings)
		if other, taken := seen[hash]; taken {
			t.Errorf("lists %d and %d have one hash", i, other)
		}
		seen[hash] = i
	}
	if word := (Standing{VenueKey - 1, math.MaxInt64}).word(); word.BitLen() > StandingWordBits {
		t.Error("a word must fit 96 bits")
	}
}

func TestShouldHashAnAccountOverVenuesWithItsStandings(t *testing.T) {
	account := AccountLeaf{Number: 3, Cash: -7, Salt: fr.NewElement(5)}
	seen := map[fr.Element]string{account.Hash(): "without venues"}
	for _, c := range []struct {
		name   string
		change func(*AccountLeaf)
	}{
		{"over venues", func(*AccountLeaf) {}}, {"another number", func(l *AccountLeaf) { l.Number++ }}, {"other cash",
			func(l *AccountLeaf) { l.Cash++ }},
		{"cash of the other sign", func(l *AccountLeaf) { l.Cash = 7 }}, {"least cash", func(l *AccountLeaf) { l.Cash = math.MinInt64 }},
		{"another owner", func(l *AccountLeaf) { l.Owner.SetOne() }}, {"another salt", func(l *AccountLeaf) { l.Salt.SetOne() }},
		{"a position", func(l *AccountLeaf) { l.Positions = []Entry{{1, 1}} }}, {"what is paid", func(l *AccountLeaf) {
			l.Paid = []Entry{{1,
				1}}
		}},
		{"a line", func(l *AccountLeaf) { l.Lines = []Entry{{1, 1}} }}, {"a standing", func(l *AccountLeaf) { l.Standings = []Standing{{1, 1}} }},
	} {
		changed := account
		changed.AtVenues = true
		c.change(&changed)
		if other, taken := seen[changed.Hash()]; taken {
			t.Errorf("%s and %s have one hash", c.name, other)
		}
		seen[changed.Hash()] = c.name
	}
}
